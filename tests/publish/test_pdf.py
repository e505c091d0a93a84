"""Paper: the page printed by a real browser, tagged, with an outline, the same bytes each time."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pypdf
import pytest

from explainer.errors import ExplainerError
from explainer.publish import build, digest, pdf
from explainer.publish.pages import Task
from tests.cli.conftest import write_notebook
from tests.conftest import need_browser

STORY = [
    ("md", "# On paper"),
    ("md", "## A heading\n\nWords, [elsewhere](https://example.org/) and [near](other.html)."),
    ("code", "import explainer\nexplainer.load_targets().head(2)"),
]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook exported as page and as PDF."""
    monkeypatch.setenv(pdf.VARIABLE, need_browser())
    write_notebook(tmp_path / "paper.ipynb", STORY)
    outcome = build.export([str(tmp_path / "paper.ipynb")], formats=["pdf", "html"], out=tmp_path)
    assert outcome.failures == ()
    return tmp_path / "paper.pdf"


def test_the_pdf_is_tagged_titled_and_has_an_outline(made: Path) -> None:
    document = pypdf.PdfReader(made)
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en"
    assert document.metadata is not None
    assert document.metadata.title is not None
    assert document.metadata.title.startswith("On paper")
    titles = [line.title for line in _flat(document.outline)]
    assert "A heading" in titles
    assert document.pages[0].mediabox.width == pytest.approx(595, abs=2)  # A4
    assert "1 / " in document.pages[0].extract_text()


def _flat(outline: list[object]) -> list[pypdf.generic.Destination]:
    """All lines of an outline, whatever their level."""
    found: list[pypdf.generic.Destination] = []
    for line in outline:
        found += _flat(line) if isinstance(line, list) else [line]  # type: ignore[list-item]
    return found


def test_printing_again_gives_the_same_bytes_without_clock_or_paths(made: Path) -> None:
    before = made.read_bytes()
    build.export([str(made.with_suffix(".ipynb"))], formats=["pdf"], out=made.parent, force=True)
    assert made.read_bytes() == before
    assert b"file:" not in before
    assert b"file\\072" not in before  # as a PDF may write it
    assert b"example.org" in before.replace(b"\\056", b".")


def test_an_unchanged_pdf_is_kept_and_a_changed_input_prints_it_anew(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = Task(made.with_suffix(".ipynb"), "paper", ("pdf",))
    stamp = digest.of_page(made)
    assert stamp is not None
    assert stamp.tables == ("targets",)
    assert build.is_current(task, made.parent)
    shutil.copytree(build.data_dir(), made.parent / "data")
    with (made.parent / "data" / "targets.csv").open("a") as table:
        table.write("\n")
    monkeypatch.setenv("EXPLAINER_DATA_DIR", str(made.parent / "data"))
    assert not build.is_current(task, made.parent)


def test_without_a_browser_the_other_pages_are_made_and_a_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(pdf.VARIABLE, raising=False)
    monkeypatch.setattr(pdf, "BROWSERS", ("no-such-browser",))
    monkeypatch.setattr(pdf, "ELSEWHERE", ())
    for name in ("one", "two"):
        write_notebook(tmp_path / f"{name}.ipynb", STORY)
    names = [str(tmp_path / "one.ipynb"), str(tmp_path / "two.ipynb")]
    outcome = build.export(names, formats=["pdf", "html"], out=tmp_path / "pages")
    assert sorted(p.path.name for p in outcome.exported) == ["one.html", "two.html"]
    (sentence,) = outcome.failures
    assert sentence == (
        "a PDF needs a browser to print it and none was found; install Chromium, Chrome or Edge, "
        "or name one in EXPLAINER_BROWSER"
    )
    with pytest.raises(ExplainerError, match="needs a browser"):
        build.export(names, formats=["pdf"], out=tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_browser_that_is_not_there_or_cannot_print_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(pdf.VARIABLE, "no-such-browser")
    with pytest.raises(ExplainerError, match="EXPLAINER_BROWSER: no-such-browser is no program"):
        pdf.browser()
    for program, reason in (("false", "could not print the page"), ("true", "printed nothing")):
        monkeypatch.setenv(pdf.VARIABLE, program)
        with pytest.raises(ExplainerError, match=reason):
            pdf.printed("<html></html>", frozen="2026-11-20")


@pytest.mark.slow
def test_a_chapter_prints_whole(exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pdf.VARIABLE, need_browser())
    page = (exports / "01-global-epidemic.html").read_text(encoding="utf-8")
    document = pypdf.PdfReader(io.BytesIO(pdf.printed(page, frozen="2026-11-20")))
    text = " ".join(leaf.extract_text() for leaf in document.pages)
    assert "About this page" in text
    assert text.count("Figure ") >= page.count('<figure class="chart"')
    assert "Show the numbers" not in text
