"""Live pictures in a real browser, opened from disk with the network off."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from explainer.charts.live import Again, Choice, Slider, written
from tests.browser.conftest import Watched, assert_accessible, shown_at
from tests.browser.live_page import Moved, page_with
from tests.charts.test_live import MADE, made

pytestmark = pytest.mark.browser

LARGEST = 1_800_000  # bytes of a page with live pictures


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page for each live picture."""
    folder = tmp_path_factory.mktemp("live")
    return {name: page_with(made(name), folder / f"{name}.html") for name in MADE}


def opened(pages: dict[str, Path], watched: Watched, name: str) -> Moved:
    return Moved(watched.open(pages[name]), name.replace("_", "-"))


def state(moved: Moved) -> tuple[str, str]:
    """What is read out, and what is drawn."""
    return moved.said(), moved.figure.locator(".stage svg").inner_html()


@pytest.mark.parametrize("name", MADE)
def test_every_control_moves_by_keyboard_and_is_read_out(
    pages: dict[str, Path], watched: Watched, name: str
) -> None:
    moved = opened(pages, watched, name)
    assert not moved.figure.locator(".picture").is_visible()
    first = moved.said()
    for control in made(name).controls:
        before = state(moved)
        if isinstance(control, Slider):
            at_end = control.value == control.high
            moved.press(control.name, "Home" if at_end else "End")
            words = moved.control(control.name).get_attribute("aria-valuetext")
            assert words == moved.signals(f"{control.name}_words")[0]
        elif isinstance(control, Choice):
            others = [value for value, _ in control.options if value != control.value]
            moved.control(control.name).select_option(written(others[-1]))
        else:
            assert isinstance(control, Again)
            moved.press(control.name, "Enter")
        assert state(moved) != before, control.name
    assert moved.figure.locator(".said").get_attribute("aria-live") == "polite"
    assert "NaN" not in moved.said()
    assert "undefined" not in moved.said()
    moved.figure.get_by_role("button", name="Start again").press("Enter")
    if not any(isinstance(control, Again) for control in made(name).controls):
        assert moved.said() == first
    assert [url for url in watched.requests if not url.startswith(("file:", "data:"))] == []
    assert watched.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", MADE)
def test_live_picture_is_accessible_and_fits(
    pages: dict[str, Path], browser: Browser, name: str, width: int, scheme: str
) -> None:
    with shown_at(browser, pages[name], width, scheme) as page:
        Moved(page, name.replace("_", "-"))
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", MADE)
def test_print_shows_the_default_state(pages: dict[str, Path], watched: Watched, name: str) -> None:
    moved = opened(pages, watched, name)
    for control in made(name).controls:
        if isinstance(control, Slider):
            moved.press(control.name, "End")
    moved.page.emulate_media(media="print")
    assert moved.figure.locator(".picture svg").is_visible()
    assert not moved.figure.locator(".panel").is_visible()


@pytest.mark.parametrize("name", MADE)
def test_page_without_scripts_shows_the_default_state(
    pages: dict[str, Path], browser: Browser, name: str
) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(pages[name].as_uri())
    visible = [page.locator(f"figure.live {part}").is_visible() for part in (".picture", ".panel")]
    context.close()
    assert visible == [True, False]


@pytest.mark.parametrize("name", MADE)
def test_page_is_small_enough_to_send(pages: dict[str, Path], name: str) -> None:
    assert pages[name].stat().st_size <= LARGEST


def test_picture_is_taken_away_as_the_reader_left_it(
    pages: dict[str, Path], watched: Watched
) -> None:
    moved = opened(pages, watched, "remission_explorer")
    moved.press("months", "End")
    assert "180 months" in moved.said()
    with moved.page.expect_download() as got:
        moved.page.get_by_role("button", name="Picture (SVG)").click()
    assert b"100%" in Path(got.value.path()).read_bytes()
    with moved.page.expect_download() as got:
        moved.page.get_by_role("button", name="Picture (PNG)").click()
    assert Path(got.value.path()).read_bytes().startswith(b"\x89PNG")
    assert watched.complaints == []
