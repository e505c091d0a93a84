"""Country profiles and their index, opened from disk: sorted and searched by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from explainer.publish.profiles import export_profiles
from tests.browser.conftest import Watched, assert_accessible, shown_at

pytestmark = pytest.mark.browser

CODES = ["SWZ", "NOR", "IND", "FRA", "CIV"]
PAGES = ["index", "SWZ", "NOR"]
BY_NAME = ["Cote d'Ivoire", "Eswatini", "France", "India", "Norway"]


@pytest.fixture(scope="module")
def countries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with five profiles and their index."""
    folder = tmp_path_factory.mktemp("countries")
    assert export_profiles(CODES, out=folder).failures == ()
    return folder


@pytest.fixture
def index(countries: Path, watched: Watched) -> Page:
    return watched.open(countries / "index.html")


def shown(page: Page) -> list[str]:
    """Names of the countries that can be seen, from top to bottom."""
    return [row.inner_text() for row in page.locator("tbody tr:not([hidden]) th").all()]


def tab_to(page: Page, name: str) -> None:
    """Press Tab until a control is reached; ten stops are plenty."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == name:
            return
    raise AssertionError(f"the keyboard does not reach {name}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible(
    countries: Path, browser: Browser, name: str, width: int, scheme: str
) -> None:
    with shown_at(browser, countries / f"{name}.html", width, scheme) as page:
        assert_accessible(page)


@pytest.mark.parametrize("name", PAGES)
def test_page_reaches_nothing_and_complains_of_nothing(
    countries: Path, watched: Watched, name: str
) -> None:
    page = watched.open(countries / f"{name}.html")
    page.wait_for_load_state("networkidle")
    assert [url for url in watched.requests if not url.startswith(("file:", "data:"))] == []
    assert watched.complaints == []


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_page_never_scrolls_sideways(
    countries: Path, watched: Watched, name: str, width: int
) -> None:
    watched.page.set_viewport_size({"width": width, "height": 800})
    page = watched.open(countries / f"{name}.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_title_said_by_code_is_the_title_of_the_tab(countries: Path, watched: Watched) -> None:
    page = watched.open(countries / "SWZ.html")
    assert page.title().startswith("HIV in Eswatini · ")
    assert page.locator("h1").all_inner_texts() == ["HIV in Eswatini"]


def test_countries_stand_by_name_at_first(index: Page) -> None:
    assert shown(index) == BY_NAME
    assert index.locator("[aria-sort]").all_inner_texts() == ["Country"]
    assert index.locator("[aria-sort]").get_attribute("aria-sort") == "ascending"


def test_keyboard_sorts_by_figures_and_turns_the_order_round(index: Page) -> None:
    tab_to(index, "People living with HIV")
    index.keyboard.press("Enter")
    largest_first = ["India", "Cote d'Ivoire", "Eswatini", "France", "Norway"]
    assert shown(index) == largest_first
    assert index.locator("[aria-sort]").get_attribute("aria-sort") == "descending"
    index.keyboard.press("Space")
    assert shown(index) == largest_first[::-1]
    assert index.locator("[aria-sort]").get_attribute("aria-sort") == "ascending"
    assert index.locator("[aria-sort]").count() == 1
    assert index.evaluate("document.activeElement.textContent") == "People living with HIV"


def test_unpublished_figures_stay_at_the_end_both_ways(index: Page) -> None:
    column = index.get_by_role("button", name="New infections a year")
    for _ in range(2):
        column.press("Enter")
        assert shown(index)[-1] == "Norway"


def test_ceiling_sorts_under_the_smallest_figure(index: Page) -> None:
    index.get_by_role("button", name="Prevalence, ages 15–49").press("Enter")
    assert shown(index)[0] == "Eswatini"
    assert shown(index)[-1] == "Norway"


def test_names_can_be_turned_round(index: Page) -> None:
    index.get_by_role("button", name="Country").press("Enter")
    assert shown(index) == BY_NAME[::-1]


def test_keyboard_finds_a_country_and_tells_how_many(index: Page) -> None:
    index.get_by_label("Find a country").focus()
    index.keyboard.type("nor")
    assert shown(index) == ["Norway"]
    assert index.get_by_role("status").inner_text() == "1 of 5 pages"
    index.keyboard.press("Tab")  # the table, which can be scrolled
    tab_to(index, "Norway")
    index.keyboard.press("Enter")
    index.wait_for_url("**/NOR.html")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("ivoire", ["Cote d'Ivoire"]), ("CÔTE", ["Cote d'Ivoire"]), ("swz", ["Eswatini"]),
     ("  an ", ["France"]), ("xyz", []), ("", BY_NAME)],
)  # fmt: skip
def test_search_forgives_accents_case_and_blanks(index: Page, typed: str, found: list[str]) -> None:
    index.get_by_label("Find a country").fill(typed)
    assert shown(index) == found


def test_enter_in_the_search_leaves_the_page_alone(index: Page) -> None:
    before = index.url
    index.get_by_label("Find a country").press("Enter")
    assert index.url == before


def test_search_and_order_go_together(index: Page) -> None:
    index.get_by_label("Find a country").fill("n")
    index.get_by_role("button", name="People living with HIV").press("Enter")
    assert shown(index) == ["India", "Eswatini", "France", "Norway"]


def test_without_scripts_the_table_still_stands(countries: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto((countries / "index.html").as_uri())
    assert shown(page) == BY_NAME
    assert not page.get_by_label("Find a country").is_visible()
    context.close()


def test_focused_header_is_not_hidden_on_a_phone(countries: Path, watched: Watched) -> None:
    watched.page.set_viewport_size({"width": 320, "height": 700})
    page = watched.open(countries / "index.html")
    for name in ("Release", "People living with HIV"):
        button = page.get_by_role("button", name=name)
        button.focus()
        box, sticky = button.bounding_box(), page.locator("thead th").first.bounding_box()
        assert box is not None
        assert sticky is not None
        assert box["x"] >= sticky["x"] + sticky["width"] - 1
        assert box["x"] + box["width"] <= 320
