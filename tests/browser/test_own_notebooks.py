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
from tests.cli.conftest import write_notebook

pytestmark = pytest.mark.browser

LOADED = ("code", "import explainer as hiv\nestimates = hiv.load_estimates()")
BARE = [
    ("md", "# No headings here"), LOADED,
    ("code", "hiv.charts.plhiv_infections_deaths(estimates, location='Kenya')"),
    ("code", "estimates.head()"),
    ("md", "Some words below it."),
]  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the pages."""
    folder = tmp_path_factory.mktemp("own")
    made = write_notebook(folder / "bare.ipynb", BARE)
    outcome = export([str(made)], formats=["html"], out=folder)
    assert outcome.failures == ()
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
