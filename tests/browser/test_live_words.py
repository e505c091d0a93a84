"""Words in a live picture keep inside it and off each other, wherever its controls stand."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser

from explainer.charts.live import Choice, Slider
from tests.browser.conftest import shown_at
from tests.browser.live_page import Moved, deck_with, page_with
from tests.charts.test_live import MADE, made

pytestmark = pytest.mark.browser

PLACES = 5  # at which each slider stands, from end to end


def reach(control: object) -> dict[str, list[Any]]:
    """Values of a control from one end to the other, its first one among them."""
    if isinstance(control, Choice):
        options = sorted(control.options, key=lambda option: len(option[1]))
        few = options if len(options) < 8 else [options[0], options[-1]]  # of all places, two
        return {control.name: [value for value, _ in few]}
    if not isinstance(control, Slider):
        return {}
    ends = np.linspace(control.low, control.high, PLACES)
    steps = np.round((ends - control.low) / control.step) * control.step + control.low
    return {control.name: sorted({*np.round(steps, 6).tolist(), control.value})}


def assert_whole(moved: Moved, name: str) -> None:
    held: dict[str, list[Any]] = {}
    for control in made(name).controls:
        held |= reach(control)
    for values in product(*held.values()):
        place = dict(zip(held, values, strict=True))
        assert moved.cut(**place) == [[], []], place


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", MADE)
def test_words_are_whole_on_the_page(
    browser: Browser, tmp_path: Path, name: str, width: int
) -> None:
    page = page_with(made(name), tmp_path / "page.html")
    with shown_at(browser, page, width, "light") as shown:
        assert_whole(Moved(shown, name.replace("_", "-")), name)


@pytest.mark.parametrize("name", MADE)
def test_words_are_whole_on_a_slide(browser: Browser, tmp_path: Path, name: str) -> None:
    deck = deck_with(made(name), tmp_path / "deck.html")
    with shown_at(browser, deck, 1280, "light") as page:
        page.set_viewport_size({"width": 1280, "height": 720})
        page.evaluate("location.hash = '#/1'")
        page.wait_for_timeout(800)
        assert_whole(Moved(page, name.replace("_", "-")), name)
