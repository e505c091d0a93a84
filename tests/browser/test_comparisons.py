"""The page on two releases in a real browser: accessible, offline, never wider than the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from explainer.publish.comparisons import export_comparison
from explainer.science.compare_place import comparison
from explainer.tables import load_estimates
from tests.browser.conftest import Watched, assert_accessible, shown_at

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world in the releases of 2019 and 2025."""
    found = comparison(load_estimates("2019"), load_estimates("2025"))
    outcome = export_comparison(found, out=tmp_path_factory.mktemp("compared"))
    assert outcome.failures == ()
    return outcome.exported[0].path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_page_is_accessible(page: Path, browser: Browser, width: int, scheme: str) -> None:
    with shown_at(browser, page, width, scheme) as shown:
        assert_accessible(shown)
        assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_page_reaches_nothing_and_complains_of_nothing(page: Path, watched: Watched) -> None:
    shown = watched.open(page)
    shown.wait_for_load_state("networkidle")
    assert [url for url in watched.requests if not url.startswith(("file:", "data:"))] == []
    assert watched.complaints == []
    assert shown.locator("figure.chart").count() == 4
    assert "2019 and 2025 releases side by side" in shown.title()
