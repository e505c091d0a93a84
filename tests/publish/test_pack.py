"""One zip for a USB stick: everything in it, every link inside it, the same bytes each time."""

from __future__ import annotations

import re
import shutil
import time
import zipfile
from pathlib import Path

import nbformat
import pytest

from explainer.publish import notebooks, pack, profiles
from explainer.publish.build import Outcome
from explainer.publish.pages import Task
from tests.cli.conftest import write_notebook

STORY = [
    ("md", "# One small chapter\n\nSee [the next](02-two.html)."),
    ("code", "import explainer\nexplainer.load_targets().head(1)"),
]

ASKED = (
    "code",
    "explainer.item('Why?', right='So.', because='It is.', wrong={'No.': 'Yes.', 'Or.': 'Yes.'})",
)


@pytest.fixture
def chapters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two chapters, one with questions; no format that needs a browser is packed."""
    write_notebook(tmp_path / "02-two.ipynb", STORY)
    one = nbformat.read(write_notebook(tmp_path / "01-one.ipynb", [*STORY, ASKED]), as_version=4)
    one.cells[-2].metadata["tags"], one.cells[-1].metadata["tags"] = ["solution"], ["quiz"]
    nbformat.write(one, tmp_path / "01-one.ipynb")
    monkeypatch.setattr(notebooks, "notebooks_dir", lambda: tmp_path)
    monkeypatch.setattr(pack, "FORMATS", ["html", "slides", "lesson"])
    return tmp_path


def packed(folder: Path) -> tuple[Outcome, Path]:
    outcome, made = pack.pack(folder, countries=False)
    assert outcome.failures == ()
    assert made is not None
    return outcome, made


def test_the_zip_holds_every_page_and_each_link_stays_inside(chapters: Path) -> None:
    outcome, made = packed(chapters / "out")
    with zipfile.ZipFile(made) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        held = {name.removeprefix("hiv-explainer/") for name in names}
        pages = {n: archive.read(f"hiv-explainer/{n}").decode() for n in held if n.endswith("html")}
    kinds = ("", ".slides", ".lesson")
    files = {f"{slug}{kind}.html" for slug in ("01-one", "02-two") for kind in kinds}
    files |= {f"01-one.{page}.html" for page in ("worksheet", "answers", "quiz")}
    assert len(outcome.notes) == 1, "the other asks nothing"
    assert "country" not in pages["index.html"]
    assert held == {"index.html", "README.txt", *files}
    assert {page.path.name for page in outcome.exported} == files | {made.name}
    for page in pages.values():
        text = re.sub(r"<script.*?</script>", "", page, flags=re.S)
        near = {
            link.split("#")[0] for link in re.findall(r'href="(?!https?:|#|data:)([^"]*)"', text)
        }
        assert near <= held
    assert 'href="01-one.quiz.html"' in pages["index.html"]


def test_profiles_go_in_and_lead_to_the_chapters_and_back(
    chapters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profiles, "_codes", lambda *_: ["SWZ"])
    outcome, made = pack.pack(chapters / "out")
    assert outcome.failures == ()
    assert made is not None
    with zipfile.ZipFile(made) as archive:
        pages = {name.partition("/")[2]: archive.read(name).decode() for name in archive.namelist()}
    assert {name for name in pages if "/" in name} == {"countries/SWZ.html", "countries/index.html"}
    assert 'href="countries/index.html">One country profile<' in pages["index.html"]
    assert 'href="../index.html"' in pages["countries/index.html"]
    assert 'href="SWZ.html"' in pages["countries/index.html"]
    assert 'href="index.html"' in pages["countries/SWZ.html"]


def test_index_of_earlier_profiles_learns_of_chapters_made_after_them(
    chapters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profiles, "_codes", lambda *_: ["SWZ"])
    out = chapters / "out"
    profiles.export_profiles(out=out / "countries")
    index = out / "countries" / "index.html"
    assert "../index.html" not in index.read_text(encoding="utf-8")
    packed(out)
    assert "../index.html" in index.read_text(encoding="utf-8")
    assert "One country profile" in (out / "index.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(out / "hiv-explainer.zip") as archive:
        assert "hiv-explainer/countries/SWZ.html" in archive.namelist()


def test_packing_again_gives_the_same_bytes_whatever_the_clock_says(
    chapters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, first = packed(chapters / "out")
    before = first.read_bytes()
    outcome, _ = packed(chapters / "out")
    assert not any(page.is_new for page in outcome.exported)
    for page in (chapters / "out").iterdir():
        page.touch()
    shutil.rmtree(chapters / "out")
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(0))
    _, again = packed(chapters / "out")
    assert again.read_bytes() == before


def test_a_page_that_is_not_ours_stays_out_and_a_teachers_own_goes_in(chapters: Path) -> None:
    folder = chapters / "out"
    packed(folder)
    (folder / "diary.html").write_text("<!doctype html><title>Mine</title>")
    own = Task(chapters / "01-one.ipynb", "own")
    shutil.copy(folder / "01-one.html", folder / own.files()["html"])
    _, made = packed(folder)
    names = zipfile.ZipFile(made).namelist()
    assert "hiv-explainer/diary.html" not in names
    assert "hiv-explainer/own.html" in names


def test_one_page_that_fails_does_not_cost_the_others(
    chapters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_notebook(chapters / "02-two.ipynb", [("md", "# Two"), ("code", "1 / 0")])
    outcome, made = pack.pack(chapters / "out", countries=False)
    assert len(outcome.failures) == 1
    assert made is not None
    names = zipfile.ZipFile(made).namelist()
    assert "hiv-explainer/01-one.html" in names
    assert not any("02-two" in name for name in names)


def test_dates_in_the_zip_are_the_datas(chapters: Path) -> None:
    _, made = packed(chapters / "out")
    with zipfile.ZipFile(made) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 20, 0, 0, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {3}
