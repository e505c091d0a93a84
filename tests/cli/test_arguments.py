"""A wrong word on the command line is answered before anything is run or written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from explainer.publish.notebooks import chapters
from tests.cli.conftest import EarlierExport, assert_refused, explainer

KNOWN = ", ".join(chapter.slug for chapter in chapters())


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("global-epidemc", "did you mean 01-global-epidemic?"),
        ("99", "or give the path of a .ipynb file"),
        ("", "or give the path of a .ipynb file"),
    ],
)
def test_unknown_chapter(tmp_path: Path, earlier: EarlierExport, name: str, hint: str) -> None:
    ran = explainer("export", name, cwd=tmp_path)
    assert_refused(ran, f"unknown chapter {name}; the chapters are {KNOWN}; {hint}")
    assert earlier.is_untouched()


def test_one_wrong_name_among_right_ones_stops_everything(
    tmp_path: Path, earlier: EarlierExport
) -> None:
    ran = explainer("export", "1", "nothing.ipynb", cwd=tmp_path)
    assert_refused(ran, "nothing.ipynb: there is no such notebook; check the path")
    assert earlier.is_untouched()


def test_folder_named_like_a_notebook(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").mkdir()
    ran = explainer("export", "a.ipynb", cwd=tmp_path)
    assert_refused(ran, "a.ipynb: is a folder, not a notebook; check the path")


def test_unknown_format(tmp_path: Path, earlier: EarlierExport) -> None:
    ran = explainer("export", "1", "--to", "html", "--to", "docx", cwd=tmp_path)
    assert ran.err.startswith("explainer: unknown format docx; the formats are html")
    assert (ran.status, ran.out) == (2, "")
    assert earlier.is_untouched()


@pytest.mark.parametrize("release", ["2016", "newest"])
def test_release_without_full_series(tmp_path: Path, earlier: EarlierExport, release: str) -> None:
    from explainer.tables import full_releases

    ran = explainer("export", "1", "--release", release, cwd=tmp_path)
    assert_refused(
        ran,
        f"no full series in release {release}; choose one that holds the world since 1990 "
        f"with ranges: {', '.join(full_releases())}",
    )
    assert earlier.is_untouched()


def test_two_notebooks_of_one_name(tmp_path: Path, make_notebook: Callable[..., Path]) -> None:
    one = make_notebook()
    (tmp_path / "elsewhere").mkdir()
    other = tmp_path / "elsewhere" / one.name
    other.write_bytes(one.read_bytes())
    ran = explainer("export", one, other, cwd=tmp_path)
    assert_refused(
        ran, f"{other} and {one} would both be written to my-own.html; rename one of them"
    )
    assert not (tmp_path / "exports").exists()


def test_notebook_that_would_be_the_landing_page(
    tmp_path: Path, make_notebook: Callable[..., Path]
) -> None:
    path = make_notebook(name="index")
    ran = explainer("export", path, cwd=tmp_path)
    assert_refused(
        ran, f"{path} and the landing page would both be written to index.html; rename one of them"
    )


@pytest.mark.parametrize("page", ["slides", "lesson", "quiz"])
def test_notebook_whose_page_has_the_name_of_a_deck_or_lesson(
    tmp_path: Path, make_notebook: Callable[..., Path], page: str
) -> None:
    mine, its = make_notebook(), make_notebook(name=f"my-own.{page}")
    deck = tmp_path / "exports" / f"my-own.{page}.html"
    deck.parent.mkdir()
    deck.write_text("made earlier")
    ran = explainer("export", mine, its, cwd=tmp_path)
    assert_refused(
        ran,
        f"{its}: its page my-own.{page}.html would be taken for one made of my-own.ipynb; "
        f"rename the notebook, for instance to my-own-{page}.ipynb",
    )
    assert [path.name for path in deck.parent.iterdir()] == [deck.name]
    assert deck.read_text() == "made earlier"


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("a-file", "a-file: is a file, not a folder"),
        ("a-file/below", "a-file/below: cannot write there (Not a directory)"),
        ("nowhere", "nowhere: cannot write there (File exists)"),
        ("/proc/explainer", "/proc/explainer: cannot write there (No such file or directory)"),
        ("/proc", "/proc: cannot write there (No such file or directory)"),
    ],
    ids=["file", "below-file", "broken-link", "unmakeable", "unwritable"],
)
def test_folder_that_cannot_be_written(
    tmp_path: Path, make_notebook: Callable[..., Path], out: str, said: str
) -> None:
    (tmp_path / "a-file").write_text("kept")
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing" / "folder")
    ran = explainer("export", make_notebook(), "--out", out, cwd=tmp_path)
    assert_refused(ran, f"{said}; name another folder with --out")
    assert (tmp_path / "a-file").read_text() == "kept"


def test_page_that_is_a_folder(tmp_path: Path, make_notebook: Callable[..., Path]) -> None:
    (tmp_path / "exports" / "my-own.html").mkdir(parents=True)
    ran = explainer("export", make_notebook(), cwd=tmp_path)
    assert_refused(
        ran,
        "exports/my-own.html: not written (Is a directory); the earlier file is unchanged; "
        "free space or name another folder with --out",
    )
    assert [path.name for path in (tmp_path / "exports").iterdir()] == ["my-own.html"]
