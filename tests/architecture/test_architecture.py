"""The house keeps its rooms apart, and nothing in it goes untested."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from importlinter.cli import lint_imports

import explainer
from explainer import charts, tables
from explainer.publish.check import check_notebooks
from explainer.publish.notebooks import chapters
from tests.conftest import ROOT

PACKAGE = ROOT / "explainer"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = ["pandas", "numpy", "scipy", "matplotlib", "jinja2", "nbformat", "IPython", "pandera"]


def test_every_import_contract_holds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(no_cache=True)
    assert status == 0, capsys.readouterr().out


def functions_of(module: ModuleType, prefix: str = "") -> list[str]:
    """Names of the public functions a room offers."""
    return [
        name
        for name in module.__all__
        if name.startswith(prefix) and inspect.isfunction(getattr(module, name))
    ]


@cache
def names_in_tests() -> set[str]:
    """Every name that a test uses (a comment does not count)."""
    here = Path(__file__).parent
    files = [path for path in (ROOT / "tests").rglob("test_*.py") if here not in path.parents]
    return {name for path in files for name in names_in(path)}


def names_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


LOADERS = functions_of(tables, "load_")
PICTURES = functions_of(charts)


def test_inspection_finds_what_there_is() -> None:
    assert len(LOADERS) >= 20
    assert len(PICTURES) >= 16


@pytest.mark.parametrize("name", [*LOADERS, *PICTURES])
def test_every_loader_and_chart_has_a_test(name: str) -> None:
    assert name in names_in_tests()


@pytest.mark.parametrize("name", LOADERS)
def test_every_loader_is_public(name: str) -> None:
    assert inspect.unwrap(getattr(explainer, name)) is getattr(tables, name)


@pytest.mark.parametrize("path", sorted((PACKAGE / "charts").glob("*.py")), ids=lambda p: p.stem)
def test_every_chart_function_is_offered(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    drawn = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(mark, ast.Name) and mark.id == "picture" for mark in node.decorator_list)
    ]
    assert set(drawn) <= set(charts.__all__)
    assert len(drawn) <= 1, "one picture a file"


@pytest.mark.parametrize("name", PICTURES)
def test_every_chart_function_wears_the_style_and_its_name(name: str) -> None:
    assert hasattr(getattr(charts, name), "__wrapped__"), "decorate it with @picture"


@pytest.mark.parametrize("name", explainer.__all__)
def test_every_public_name_resolves_and_explains_itself(name: str) -> None:
    thing = getattr(explainer, name)
    assert inspect.getdoc(thing)
    assert name in dir(explainer)


def test_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'explainer' has no attribute 'plhiv'"):
        _ = explainer.plhiv


def loaded_after(statement: str) -> set[str]:
    """Top-level modules a fresh Python holds after a statement."""
    program = f"import sys; {statement}; print(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("statement", ["import explainer", "import explainer.cli"])
def test_import_is_light(statement: str) -> None:
    assert loaded_after(statement) & set(HEAVY) == set()


def test_loading_a_table_draws_nothing() -> None:
    loaded = loaded_after("import explainer; explainer.load_targets()")
    assert "pandas" in loaded
    assert loaded & {"matplotlib", "scipy", "nbformat", "jinja2"} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_holds_one_idea(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    assert ast.get_docstring(ast.parse(text)), "say what the module is for"


def long_functions(path: Path) -> Iterator[str]:
    """Functions with more than 30 lines, their documentation not counted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            if body and (body[-1].end_lineno or 0) - body[0].lineno + 1 > 30:
                yield node.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_function_is_short(path: Path) -> None:
    assert list(long_functions(path)) == []


def test_chapters_are_thin_clean_and_honest() -> None:
    assert check_notebooks() == []
    assert len(chapters()) >= 3


def test_no_rule_is_broken_by_a_leftover_import() -> None:
    """Only publish and the command may start processes; only a download opens a connection."""
    allowed: dict[str, Callable[[Path], bool]] = {
        "subprocess": lambda path: path.name == "cli.py" or "publish" in path.parts,
        "socket": lambda _: False,
        "urllib": lambda _: False,
        "requests": lambda path: path.name == "download.py" and "tables" in path.parts,
        "pooch": lambda path: path.name == "download.py" and "tables" in path.parts,
    }
    broken = [
        (path.name, name)
        for path in MODULES
        for name in imported(path)
        if name in allowed and not allowed[name](path)
    ]
    assert broken == []


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]
