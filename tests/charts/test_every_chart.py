"""No picture goes without its promises: each is drawn where overlapping words would be found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explainer import charts

LIVE = [name for name in charts.__all__ if name.endswith("_explorer")]
STILL = [name for name in charts.__all__ if name[0].islower() and name not in LIVE]


def drawn_in(*marks: str) -> str:
    """The text of all tests of pictures that hold one of these words."""
    texts = (path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    return "\n".join(text for text in texts if any(mark in text for mark in marks))


@pytest.mark.parametrize("name", STILL)
def test_words_of_every_still_picture_are_looked_at(name: str) -> None:
    held = drawn_in("overlapping(")
    assert re.search(rf"\b{name}\(", held), f"add {name} to PICTURES of a test_*_promises.py"


@pytest.mark.parametrize("name", LIVE)
def test_every_live_picture_is_held_to_its_promises(name: str) -> None:
    assert f'"{name}": lambda' in drawn_in("MADE"), f"add {name} to MADE of test_live.py"
