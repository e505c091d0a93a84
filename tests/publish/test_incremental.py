"""Change one input of any kind: exactly the pages made from it are stale."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from explainer import paths
from explainer.publish import digest
from explainer.publish.build import is_current
from explainer.publish.pages import Task, compose, in_process
from tests.cli.conftest import write_notebook


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with copies of all that a page is made from, and two pages: one reads targets,
    the other cohorts."""
    shutil.copytree(paths.data_dir(), tmp_path / "data")
    shutil.copytree(
        paths.PACKAGE, tmp_path / "code", ignore=shutil.ignore_patterns("__pycache__", "bundled")
    )
    monkeypatch.setenv("EXPLAINER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(digest, "PACKAGE", tmp_path / "code")
    # The digest of the true code is remembered: forget it here, and ours when the test is over.
    monkeypatch.setattr(digest, "_of_code", lru_cache(digest._of_code.__wrapped__))
    (tmp_path / "pages").mkdir()
    for table in ("targets", "cohorts"):
        source = f"import explainer\nlen(explainer.load_{table}())"
        write_notebook(tmp_path / f"{table}.ipynb", [("md", f"# {table}"), ("code", source)])
        task = task_of(tmp_path, table)
        (tmp_path / "pages" / f"{table}.html").write_text(compose(task, in_process)["html"])
    return tmp_path


def task_of(world: Path, table: str, **wishes: str) -> Task:
    return Task(world / f"{table}.ipynb", table, **wishes)


def stale(world: Path) -> set[str]:
    digest._of_code.cache_clear()
    pages = world / "pages"
    return {t for t in ("targets", "cohorts") if not is_current(task_of(world, t), pages)}


def append(path: Path, text: str = "\n") -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def touch(path: Path) -> None:
    path.touch()


BOTH = {"targets", "cohorts"}
CHANGES: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "nothing": (lambda w: None, set()),
    "times only": (lambda w: touch(w / "targets.ipynb"), set()),
    "a notebook": (lambda w: append(w / "targets.ipynb"), {"targets"}),
    "a table that one page read": (lambda w: append(w / "data/targets.csv"), {"targets"}),
    "a table that no page read": (lambda w: append(w / "data/trials.csv"), set()),
    "helper code": (lambda w: append(w / "code/wording/amounts.py"), BOTH),
    "the look": (lambda w: append(w / "code/charts/explainer.mplstyle"), BOTH),
    "the template": (
        lambda w: append(w / "code/publish/templates/explainer_report/index.html.j2"),
        BOTH,
    ),
    "the look of slides": (lambda w: append(w / "code/publish/templates/shared/deck.css"), BOTH),
    "the release of reveal.js": (lambda w: append(w / "code/publish/assets/reveal.js"), BOTH),
    "the style sheet": (lambda w: append(w / "code/publish/templates/shared/page.css"), BOTH),
    "the freeze date": (
        lambda w: replace(w / "data/datapackage.json", "2026-11-20", "2026-11-21"),
        BOTH,
    ),
    "a hash in the descriptor": (
        lambda w: replace(w / "data/datapackage.json", "sha256:", "sha256:0"),
        set(),
    ),
    "a page cut short": (
        lambda w: (w / "pages/cohorts.html").write_text("<!doctype html>"),
        {"cohorts"},
    ),
    "a page gone": (lambda w: (w / "pages/cohorts.html").unlink(), {"cohorts"}),
}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("change", CHANGES)
def test_exactly_the_right_pages_are_stale(world: Path, change: str) -> None:
    make, expected = CHANGES[change]
    assert stale(world) == set()
    make(world)
    assert stale(world) == expected


def test_another_release_parameter_or_library_makes_a_page_stale(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = world / "pages"
    assert is_current(task_of(world, "targets"), pages)
    assert not is_current(task_of(world, "targets", release="2024"), pages)
    other = Task(world / "targets.ipynb", "targets", parameters=(("iso3", "SWZ"),))
    assert not is_current(other, pages)
    digest._of_code.cache_clear()
    monkeypatch.setattr(digest, "version", lambda _: "0")
    assert not is_current(task_of(world, "targets"), pages)
