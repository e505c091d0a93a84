"""What leaves as CSV is text to a spreadsheet, never a formula."""

from __future__ import annotations

import pandas as pd
import pytest

from explainer.tables import harmless


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_obey_gets_an_apostrophe(start: str) -> None:
    frame = pd.DataFrame({"location": [f"{start}cmd|' /C calc'!A0", "Kenya", None]})
    kept = harmless(frame)["location"].tolist()
    assert kept[:2] == [f"'{start}cmd|' /C calc'!A0", "Kenya"]
    assert pd.isna(kept[2])


def test_numbers_stay_numbers() -> None:
    frame = pd.DataFrame({"difference": [-1.5, 2.0], "year": [2010, 2011], "is_new": [True, False]})
    pd.testing.assert_frame_equal(harmless(frame), frame)


def test_name_of_a_column_is_text_too() -> None:
    assert list(harmless(pd.DataFrame({"=1+1": ["a"], "year": [1]}))) == ["'=1+1", "year"]


def test_the_frame_given_is_not_changed() -> None:
    frame = pd.DataFrame({"location": ["=a"]})
    harmless(frame)
    assert frame["location"].tolist() == ["=a"]
