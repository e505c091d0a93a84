"""Every exported page, opened from disk in a real browser with the network off."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from explainer.publish.notebooks import chapters
from tests.browser.conftest import Watched, assert_accessible, shown_at

pytestmark = pytest.mark.browser

PAGES = ["index", *(chapter.slug for chapter in chapters())]
REPORTS = PAGES[1:]


@pytest.mark.parametrize("name", PAGES)
def test_page_reaches_nothing_and_complains_of_nothing(
    exports: Path, watched: Watched, name: str
) -> None:
    page = watched.open(exports / f"{name}.html")
    page.wait_for_load_state("networkidle")
    assert [url for url in watched.requests if not url.startswith(("file:", "data:"))] == []
    assert watched.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible(
    exports: Path, browser: Browser, name: str, width: int, scheme: str
) -> None:
    with shown_at(browser, exports / f"{name}.html", width, scheme) as page:
        assert_accessible(page)


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_page_never_scrolls_sideways(
    exports: Path, watched: Watched, name: str, width: int
) -> None:
    watched.page.set_viewport_size({"width": width, "height": 800})
    page = watched.open(exports / f"{name}.html")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width


@pytest.mark.parametrize("name", REPORTS)
def test_every_picture_is_described_with_numbers_of_its_table(
    exports: Path, watched: Watched, name: str
) -> None:
    page = watched.open(exports / f"{name}.html")
    figures = page.locator("figure.chart").all()
    assert len(figures) >= 2
    for figure in figures:
        described = figure.locator("svg desc").first.text_content() or ""
        numbers = _numbers(described)
        cells = figure.locator("table td, table th").all_text_contents()
        table = {number for cell in cells for number in _numbers(cell)}
        assert numbers & _scales(table), f"no number of the table in: {described}"


def _numbers(text: str) -> set[float]:
    return {float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def _scales(numbers: set[float]) -> set[float]:
    """Numbers as prose writes them too: in millions, and shares as percent."""
    millions = {round(n / 1e6, 1) for n in numbers}
    percents = {round(n * 100, digits) for n in numbers for digits in (0, 1, 2)}
    return numbers | millions | percents


@pytest.mark.parametrize("name", REPORTS)
def test_every_anchor_leads_somewhere(exports: Path, watched: Watched, name: str) -> None:
    page = watched.open(exports / f"{name}.html")
    links = page.eval_on_selector_all("a[href^='#']", "all => all.map((a) => a.hash.slice(1))")
    ids = set(page.eval_on_selector_all("[id]", "all => all.map((e) => e.id)"))
    assert len(links) >= 4
    assert set(links) <= ids


@pytest.mark.parametrize("name", REPORTS)
def test_ids_are_unique(exports: Path, watched: Watched, name: str) -> None:
    page = watched.open(exports / f"{name}.html")
    ids = page.eval_on_selector_all("[id]", "all => all.map((e) => e.id)")
    assert len(ids) == len(set(ids))


def test_theme_button_changes_the_colours(exports: Path, watched: Watched) -> None:
    page = watched.open(exports / "01-global-epidemic.html")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark colours").press("Enter")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    page.get_by_role("button", name="Light colours").press("Enter")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == before


def test_skip_link_is_the_first_stop_of_the_keyboard(exports: Path, watched: Watched) -> None:
    page = watched.open(exports / "01-global-epidemic.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_numbers_can_be_taken_away_with_their_citation(exports: Path, watched: Watched) -> None:
    page = watched.open(exports / "01-global-epidemic.html")
    with page.expect_download() as got:
        page.get_by_role("button", name="Numbers (CSV)").first.click()
    text = Path(got.value.path()).read_text(encoding="utf-8")
    first, title, alt, head, *rows = text.splitlines()
    assert first.startswith("# ")
    assert "UNAIDS" in first
    assert title == f"# {page.locator('figure.chart svg title').first.text_content()}"
    assert alt.startswith("# ")
    assert "world" in alt.casefold()
    assert head.startswith("Year")
    assert len(rows) >= 30


@pytest.mark.parametrize(("label", "start"), [("SVG", b"<svg"), ("PNG", b"\x89PNG")])
def test_picture_can_be_taken_away(
    exports: Path, watched: Watched, label: str, start: bytes
) -> None:
    page = watched.open(exports / "01-global-epidemic.html")
    with page.expect_download() as got:
        page.get_by_role("button", name=f"Picture ({label})").first.click()
    assert Path(got.value.path()).read_bytes().startswith(start)
    assert watched.complaints == []


def test_citation_of_page_and_picture_can_be_copied(exports: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto((exports / "01-global-epidemic.html").as_uri())
    buttons = page.get_by_role("button", name="Copy citation")
    buttons.last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("footer [role=status]")).to_have_text("The citation is copied.")
    whole = page.evaluate("navigator.clipboard.readText()")
    assert whole.startswith("How is the global HIV epidemic changing?")
    assert "UNAIDS release 2025" in whole
    assert whole == " ".join(page.locator("footer cite").inner_text().split())
    buttons.first.click()
    expect(buttons.first).to_have_text("Copied")
    picture = page.evaluate("navigator.clipboard.readText()")
    title = " ".join((page.locator("figure.chart svg > title").first.text_content() or "").split())
    assert picture.startswith(f"{title} (Figure 1). In: {whole} Source: UNAIDS (2025)")
    context.close()


def test_citation_is_shown_where_copying_is_forbidden(exports: Path, watched: Watched) -> None:
    page = watched.open(exports / "01-global-epidemic.html")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    shown = []
    page.on("dialog", lambda dialog: (shown.append(dialog.default_value), dialog.dismiss()))
    page.get_by_role("button", name="Copy citation").last.click()
    page.wait_for_timeout(100)
    assert len(shown) == 1
    assert shown[0].startswith("How is the global HIV epidemic changing?")


def test_cards_lead_to_the_reports(exports: Path, watched: Watched) -> None:
    page = watched.open(exports / "index.html")
    cards = page.locator(".card")
    assert cards.count() == len(REPORTS)
    cards.first.locator("a").press("Enter")
    assert page.url.endswith("01-global-epidemic.html")


@pytest.mark.parametrize("name", REPORTS)
def test_print_shows_pictures_and_hides_buttons(exports: Path, watched: Watched, name: str) -> None:
    page = watched.open(exports / f"{name}.html")
    page.emulate_media(media="print")
    assert page.locator("figure.chart svg").first.is_visible()
    assert not page.locator("button.theme").is_visible()
    assert not page.locator(".tools").first.is_visible()
