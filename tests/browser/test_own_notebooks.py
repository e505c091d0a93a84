"""What an analyst's own notebook becomes, without a tag: report and paper in a real browser."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from explainer.publish.build import export
from explainer.tables import load_estimates
from tests.browser.conftest import Watched, shown_at
from tests.browser.test_slides import on_paper, opened, steps
from tests.cli.conftest import write_notebook

pytestmark = pytest.mark.browser

LOADED = ("code", "import explainer as hiv\nestimates = hiv.load_estimates()")
BARE = [
    ("md", "# No headings here"), LOADED,
    ("code", "hiv.charts.plhiv_infections_deaths(estimates, location='Kenya')"),
    ("code", "estimates.head()"),
    ("md", "Some words below it."),
    ("code", "hiv.charts.lasting_remission(hiv.load_remission_cases(), "
     "hiv.load_remission_comparisons(), hiv.load_rebound_times())"),
]  # fmt: skip
HARD = [
    ("md", "# Kenya and its region"), LOADED,
    ("md", "## Kenya\n\nWe look at people living with HIV, and ask what treatment did to this."),
    ("code", "hiv.charts.plhiv_infections_deaths(estimates, location='Kenya')"),
    ("md", "What it shows:\n\n- one thing\n- another\n\n### In numbers"),
    ("code", "print(estimates.head(30).to_string())\nprint('done')\ndisplay(estimates.head())\n"
     "display(estimates.head(50))\nhiv.charts.art_and_deaths(estimates, location='Kenya')"),
    ("code", "display(hiv.charts.regions(estimates))\n"
     "hiv.charts.stock_flow(estimates, location='Kenya')"),
    ("md", "## A heading that tells the whole finding, with all its numbers and its years, and "
     "goes on and on until it has four lines or more, as a careful analyst's heading may"),
    ("code", "hiv.charts.regions(estimates, indicator='aids_deaths')"),
    ("code", "hiv.explorer(hiv.charts.regions, estimates)"),
    ("code", "hiv.charts.tub_explorer(estimates)"),
    ("md", "## Words\n\n" + "\n\n".join(["Many words of what was done, and why. " * 12] * 4)),
    ("md", "One thought, but a long one. " * 60),
]  # fmt: skip
TURNED = [
    ("md", "# Mine"), LOADED, ("md", "## First\n\nWords of it."),
    ("md", "### The table below"), ("code", "estimates.head()"), ("md", "## After\n\nWords."),
]  # fmt: skip
CHARTS = 7


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the pages."""
    folder = tmp_path_factory.mktemp("own")
    made = [
        write_notebook(folder / "bare.ipynb", BARE),
        write_notebook(folder / "hard.ipynb", HARD),
        write_notebook(folder / "turned.ipynb", TURNED),
    ]
    outcome = export([*map(str, made)], formats=["html", "slides"], out=folder)
    assert (outcome.failures, outcome.notes) == ((), ())
    return folder


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280, 1366, 1920])
def test_report_without_headings_stands_in_the_middle(
    pages: Path, browser: Browser, width: int, scheme: str
) -> None:
    with shown_at(browser, pages / "bare.html", width, scheme) as shown:
        assert shown.locator("nav.contents").count() == 0
        box = shown.locator("main").bounding_box()
        assert box is not None
        assert box["x"] == pytest.approx(width - box["x"] - box["width"], abs=20)
        assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_heading_is_turned_with_its_table(pages: Path, watched: Watched) -> None:
    printed = watched.open(pages / "turned.html").pdf(format="A4", prefer_css_page_size=True)
    leaves = PdfReader(io.BytesIO(printed)).pages
    (turned,) = (leaf.extract_text() for leaf in leaves if leaf.mediabox.width > 800)
    assert "The table below" in turned
    assert "location" in turned
    assert "After" not in turned


def test_sources_are_printed_in_full_where_no_bibliography_holds_them(
    pages: Path, watched: Watched
) -> None:
    printed = watched.open(pages / "bare.html").pdf(format="A4", prefer_css_page_size=True)
    leaves = PdfReader(io.BytesIO(printed)).pages
    text = " ".join(" ".join(leaf.extract_text() for leaf in leaves).split())
    assert "Pinkevych et al. (2015). HIV reactivation from" in text
    assert "Sources in full" not in text


def test_headline_over_a_live_picture_stays_true_when_it_is_moved(
    pages: Path, browser: Browser
) -> None:
    deck = (pages / "hard.slides.html").read_text(encoding="utf-8")
    assert "<h2>Move the controls: tub explorer</h2>" in deck
    with shown_at(browser, pages / "hard.html", 390, "light") as shown:
        figure = shown.locator("figure.live")
        assert figure.locator(".said").is_visible()
        assert not figure.locator(".finding").is_visible()
        assert shown.locator("figure:not(.live) .finding").first.is_visible()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_wide_table_is_printed_whole(pages: Path, watched: Watched, paper: str) -> None:
    page = watched.open(pages / "bare.html")
    printed = page.pdf(format=paper, prefer_css_page_size=True)
    leaves = PdfReader(io.BytesIO(printed)).pages
    drawn = " ".join(leaf.extract_text() for leaf in leaves)  # what is cut off is not drawn
    drawn = unicodedata.normalize("NFKC", drawn)  # fi is one letter there
    asked = " ".join([*load_estimates().columns, "prevalence_share", "unaids_workbook_2025"])
    parts = re.compile(r"[\s_]+")  # a name may break behind its underscores
    assert set(parts.split(asked)) <= set(parts.split(drawn))
    assert any(leaf.mediabox.width > leaf.mediabox.height for leaf in leaves), "it is turned"
    assert leaves[0].mediabox.width < leaves[0].mediabox.height


LARGEST = """[...document.querySelectorAll(".present .layer, .present :is(pre, .scroll)")].map(
  (part) => [part.scrollHeight - part.clientHeight, part.scrollWidth - part.clientWidth])"""


@pytest.mark.parametrize("name", ["bare", "hard"])
def test_every_slide_is_whole(pages: Path, watched: Watched, name: str) -> None:
    watched.page.set_viewport_size({"width": 1280, "height": 720})
    page = opened(watched, pages, name)
    page.wait_for_timeout(500)  # a live picture is drawn
    seen = []
    for step in steps(page):
        seen.append(step)
        assert (step["out"], step["crossed"]) == ([], []), step["id"]
        assert step["pictures"] <= 1
        assert all(max(over) <= 1 for over in page.evaluate(LARGEST)), step["id"]
    assert sum(step["pictures"] for step in seen) == (CHARTS if name == "hard" else 2)
    assert page.locator(".scrolls").count() == 0
    assert (
        page.locator("section:has(figure)").count()
        == page.locator("section:has(figure) h2").count()
    )
    assert watched.complaints == []


def test_slides_are_printed_whole(pages: Path, watched: Watched) -> None:
    watched.page.set_viewport_size({"width": 1280, "height": 720})
    leaves = [leaf.extract_text() for leaf in on_paper(watched, pages, "hard").pages]
    assert len(leaves) == watched.page.locator("section").count()
    assert sum("Source: UNAIDS" in leaf for leaf in leaves) == CHARTS
    told = " ".join(" ".join(leaves).split())
    assert "… 22 more lines and the ends of long lines: see the report" in told
    assert "… 41 more rows: see the report" in told
    assert told.count("One thought, but a long one.") == 60
