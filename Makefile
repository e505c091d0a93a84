# `make report` and `make test` do all their own set-up on a machine with Python >= 3.11, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := pyproject.toml constraints.txt hatch_build.py

.PHONY: report test check lab benchmark clean

report: $(VENV)/.report
	$(BIN)/explainer export
	@echo "report: $(CURDIR)/exports/index.html"

test: $(VENV)/.test
	$(BIN)/ruff check explainer tests benchmarks hatch_build.py
	$(BIN)/ruff format --check explainer tests benchmarks hatch_build.py
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/explainer check
	$(BIN)/python -m pytest

check: $(VENV)/.report
	$(BIN)/explainer check

lab: $(VENV)/.report
	$(BIN)/explainer lab

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.report: $(BIN)/python $(SOURCES)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.report $(SOURCES)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $@

# An idle machine, half an hour: everything is measured beside the tools one would pick instead.
benchmark: $(VENV)/.benchmark
	$(BIN)/python -m benchmarks.run
	$(BIN)/python -m benchmarks.run --scale

$(VENV)/.benchmark: $(VENV)/.report $(SOURCES)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[benchmark]'
	@touch $@

clean:
	rm -rf $(VENV) exports/*.html
