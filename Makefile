# `make report` and `make test` do all their own set-up on a machine with Python >= 3.11, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := pyproject.toml constraints.txt hatch_build.py
VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)

.PHONY: report test check lab site dist benchmark clean

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

# All pages with their index, and one zip of them, to be put on a web server as they are.
site: $(VENV)/.report
	$(BIN)/explainer pack --out site

# A release: the package, the pages in one zip, and what CHANGELOG.md says of this version.
dist: $(VENV)/.test
	@test -z "$(TAG)" || test "$(TAG)" = "v$(VERSION)" || { echo "tag $(TAG), but pyproject.toml says version $(VERSION); name the tag v$(VERSION)"; exit 2; }
	@mkdir -p dist
	@awk '/^## /{on=($$2=="$(VERSION)")} on && !/^## /' CHANGELOG.md >dist/notes.md
	@test -s dist/notes.md || { echo "CHANGELOG.md: no section '## $(VERSION)'; give Unreleased that name"; exit 2; }
	$(MAKE) site
	$(BIN)/python -m hatchling build -d dist
	cp site/hiv-explainer.zip dist/

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
	rm -rf $(VENV) exports/*.html exports/*.pdf exports/*.zip exports/countries site dist
