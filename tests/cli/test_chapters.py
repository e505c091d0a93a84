"""The chapters through the command: kept when nothing changed, the same bytes when built again,
and changed exactly where a changed figure is told."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import html5lib
import pytest

from explainer.paths import data_dir
from explainer.publish.notebooks import chapters
from tests.cli.conftest import explainer
from tests.tables.conftest import Folder

pytestmark = pytest.mark.slow

CHAPTERS = [chapter.slug for chapter in chapters()]
LONG_AGO = 1_700_000_000


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_unchanged_chapters_are_kept_as_they_lie(exports: Path, tmp_path: Path) -> None:
    shutil.copytree(exports, tmp_path / "exports")
    for page in (tmp_path / "exports").iterdir():
        os.utime(page, (LONG_AGO, LONG_AGO))
    ran = explainer("export", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert [line.split()[0] for line in ran.out.splitlines()] == ["kept"] * len(CHAPTERS) + ["open"]
    assert contents(tmp_path / "exports") == contents(exports)
    assert {page.stat().st_mtime for page in (tmp_path / "exports").iterdir()} == {LONG_AGO}


def test_missing_landing_page_is_made_without_running_a_notebook(
    exports: Path, tmp_path: Path
) -> None:
    shutil.copytree(exports, tmp_path / "exports")
    (tmp_path / "exports" / "index.html").unlink()
    ran = explainer("export", "1", cwd=tmp_path)
    assert ran.out.startswith("kept  exports/01-global-epidemic.html")
    assert contents(tmp_path / "exports") == contents(exports)


def test_building_again_gives_the_same_bytes(exports: Path, tmp_path: Path) -> None:
    ran = explainer("export", *CHAPTERS, "--force", "--out", "again", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    said = [line.split()[0] for line in ran.out.splitlines()]
    assert said == ["wrote"] * len(CHAPTERS) + ["open"]
    again, first = contents(tmp_path / "again"), contents(exports)
    assert again.keys() == first.keys()
    assert [name for name in first if again[name] != first[name]] == []


# What a changed number of people living with HIV in the world changes, and where.
TOLD = {
    "say-answer", "say-stock-flow", "say-ipr", "say-left-out", "say-revisions", "answer-releases",
    "fig-three-curves", "fig-stock-flow", "fig-ipr", "fig-revisions", "fig-tub-live",
    "fig-explorer-live", "question-releases",
}  # fmt: skip


@pytest.fixture(scope="module")
def pages(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """The first chapter as it is, and from tables in which the world has 41.3 million."""
    here = tmp_path_factory.mktemp("changed")
    data = Folder(Path(shutil.copytree(data_dir(), here / "data")))
    world = {"release": "2025", "year": "2024", "location_code": "WLD", "indicator": "plhiv"}
    data.edit("hiv_estimates", world | {"is_rounded": "true"}, {"estimate": "41300000"})
    ran = explainer("export", "1", cwd=here, EXPLAINER_DATA_DIR="data")
    assert (ran.status, ran.err) == (0, "")
    return parsed(exports), parsed(here / "exports")


def parsed(folder: Path) -> Any:
    text = (folder / "01-global-epidemic.html").read_text(encoding="utf-8")
    return html5lib.parse(text, namespaceHTMLElements=False)


def cells(page: Any) -> dict[str, Any]:
    """The cells of a page by id."""
    return {element.get("id"): element for element in page.find(".//main")}


def text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_changed_figure_changes_the_cells_that_tell_it_and_no_other(
    pages: tuple[Any, Any],
) -> None:
    before, after = map(cells, pages)
    assert before.keys() == after.keys()
    assert {name for name in before if text(before[name]) != text(after[name])} == TOLD


def test_changed_figure_changes_the_prose(pages: tuple[Any, Any]) -> None:
    before, after = (text(cells(page)["say-answer"]) for page in pages)
    assert "40.8 million (range 37.0–45.6 million)" in before
    assert "41.3 million (range 37.0–45.6 million)" in after
    assert "40.8" not in after


@pytest.mark.parametrize("part", ["title", "desc", "table/caption"])
def test_changed_figure_changes_title_alt_text_and_table_caption(
    pages: tuple[Any, Any], part: str
) -> None:
    before, after = (text(_part(cells(page)["fig-three-curves"], part)) for page in pages)
    assert "40.8 million" in before
    assert "41.3 million" in after
    assert "40.8" not in after


def test_changed_figure_changes_the_caption(pages: tuple[Any, Any]) -> None:
    before, after = (text(cells(page)["fig-stock-flow"].find(".//figcaption")) for page in pages)
    assert "270,000 below" in before
    assert "230,000 above" in after


def test_changed_figure_changes_one_number_of_the_table(pages: tuple[Any, Any]) -> None:
    before, after = (
        [cell.get("data-value") for cell in cells(page)["fig-three-curves"].iter("td")]
        for page in pages
    )
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [tuple(float(value) for value in pair) for pair in changed] == [(40_800_000, 41_300_000)]


def test_changed_figure_changes_the_picture(pages: tuple[Any, Any]) -> None:
    before, after = (
        [path.get("d") for path in _part(cells(page)["fig-three-curves"], "svg").iter()
         if path.get("d")]
        for page in pages
    )  # fmt: skip
    assert len(before) == len(after)
    changed = sum(old != new for old, new in zip(before, after, strict=True))
    assert 1 <= changed <= 3, "the line of one panel, and its dot"


def test_citation_is_that_of_the_same_release(pages: tuple[Any, Any]) -> None:
    before, after = (text(page.find(".//footer")) for page in pages)
    assert before.split(" · build ")[0] == after.split(" · build ")[0]
    assert before != after, "the build's digest tells the two apart"


def _part(figure: Any, path: str) -> Any:
    """The first element at the end of ``path``, whatever its namespace."""
    for name in path.split("/"):
        figure = next(e for e in figure.iter() if str(e.tag).rpartition("}")[2] == name)
    return figure
