"""An edited sentence costs no run: what the code shows is taken from the page that stands."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from explainer import paths
from explainer.errors import ExplainerError
from explainer.publish import build, digest, notebooks
from explainer.publish.pages import Task, compose, in_process, take_up
from tests.cli.conftest import write_notebook

CHAPTERS = [chapter.slug for chapter in notebooks.chapters()]
COUNTING = """\
import explainer
with open("runs", "a") as runs:
    runs.write("x")
explainer.load_targets().head(1)"""


def edit(path: Path, change: Callable[[list[dict[str, object]]], None]) -> None:
    """Change the cells of a notebook."""
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content["cells"])
    path.write_text(json.dumps(content), encoding="utf-8")


def add_words(cells: list[dict[str, object]]) -> None:
    """Say more in the first and the last Markdown cell, and put a new one between."""
    words = [cell for cell in cells if cell["cell_type"] == "markdown"]
    for cell in (words[1], words[-1]):
        cell["source"] = "".join(cell["source"]) + "\n\nOne more *sentence*."  # type: ignore[arg-type]
    new = {"cell_type": "markdown", "id": "new", "metadata": {}, "source": "## A new heading"}
    cells.insert(cells.index(words[-1]), new)


@pytest.mark.slow
@pytest.mark.parametrize("slug", CHAPTERS)
def test_a_reworded_chapter_is_byte_for_byte_what_a_run_would_make(
    slug: str, exports: Path, tmp_path: Path
) -> None:
    task = Task(Path(shutil.copy(notebooks.find(slug).path, tmp_path)), slug)
    edit(task.path, add_words)
    reworded = take_up(task, exports)
    assert reworded == compose(task, in_process)
    assert "One more <em>sentence</em>" in reworded["html"]


@pytest.mark.slow
def test_reworded_slides_are_byte_for_byte_what_a_run_would_make(tmp_path: Path) -> None:
    path = Path(shutil.copy(notebooks.find(CHAPTERS[0]).path, tmp_path))
    task = Task(path, CHAPTERS[0], ("html", "slides"))
    for name, page in compose(task, in_process).items():
        (tmp_path / task.files()[name]).write_text(page, encoding="utf-8")
    edit(path, add_to_slides)
    reworded = take_up(task, tmp_path)
    assert reworded == compose(task, in_process)
    assert reworded["slides"].count("One more <em>sentence</em>") == 2
    assert "One more" not in reworded["html"]
    edit(path, ask_for_another_picture)
    with pytest.raises(ExplainerError, match="no picture at #fig-ipr"):
        take_up(task, tmp_path)


def add_to_slides(cells: list[dict[str, object]]) -> None:
    """Say more on a slide and in its notes."""
    for tag in ("deck", "teacher"):
        tagged = (cell for cell in cells if tag in cell["metadata"].get("tags", []))  # type: ignore[attr-defined]
        cell = next(cell for cell in tagged if cell["cell_type"] == "markdown")
        cell["source"] = "".join(cell["source"]) + "\n\nOne more *sentence*."  # type: ignore[arg-type]


def ask_for_another_picture(cells: list[dict[str, object]]) -> None:
    """Put a picture on a slide that stands on no slide yet."""
    cells.append(
        {"cell_type": "markdown", "id": "new", "metadata": {"tags": ["deck"]},
         "source": "## New\n\n[Picture](#fig-ipr)"}
    )  # fmt: skip


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of chapters holding one that counts its runs; it has run once."""
    path = write_notebook(
        tmp_path / "01-counted.ipynb",
        [("md", "# Counted"), ("md", "Words."), ("code", COUNTING), ("md", "End.")],
    )
    monkeypatch.setattr(notebooks, "notebooks_dir", lambda: tmp_path)
    build.export(out=tmp_path / "pages")
    assert runs(path) == 1
    return path


def runs(path: Path) -> int:
    return len((path.parent / "runs").read_text())


def test_an_edited_sentence_costs_no_run(counted: Path) -> None:
    edit(counted, add_words)
    outcome = build.export(out=counted.parent / "pages")
    assert [page.is_new for page in outcome.exported] == [True]
    assert "One more" in outcome.exported[0].path.read_text(encoding="utf-8")
    assert runs(counted) == 1


def test_force_runs_it(counted: Path) -> None:
    edit(counted, add_words)
    build.export(out=counted.parent / "pages", force=True)
    assert runs(counted) == 2


def test_edited_code_runs(counted: Path) -> None:
    edit(counted, lambda cells: cells[2].update(source=COUNTING + " "))
    build.export(out=counted.parent / "pages")
    assert runs(counted) == 2


def test_a_changed_table_runs_it(counted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(paths.data_dir(), counted.parent / "data")
    monkeypatch.setenv("EXPLAINER_DATA_DIR", str(counted.parent / "data"))
    with (counted.parent / "data" / "targets.csv").open("a") as table:
        table.write("\n")
    edit(counted, add_words)
    build.export(out=counted.parent / "pages")
    assert runs(counted) == 2


def test_an_altered_or_cut_page_is_not_taken_up(counted: Path) -> None:
    page = counted.parent / "pages" / "01-counted.html"
    text = page.read_text(encoding="utf-8")
    shown = text.index("<!--shown")
    for harmed in (text[: shown + 40], text[: shown + 40] + "9" + text[shown + 40 :]):
        page.write_text(harmed, encoding="utf-8")
        assert take_up(Task(counted, "01-counted"), page.parent) is None
        assert digest.of_page(page) is not None
    page.write_text(text, encoding="utf-8")
    assert take_up(Task(counted, "01-counted"), page.parent) == {"html": text}


def test_a_readers_own_notebook_always_runs(tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "own.ipynb", [("md", "# Own"), ("code", COUNTING)])
    for _ in range(2):
        build.export([str(path)], out=tmp_path / "pages")
    assert runs(path) == 2
