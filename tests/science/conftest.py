"""Small literal frames for unit tests; the bundled tables for golden values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import settings

settings.register_profile("science", settings.get_profile("same"), max_examples=40)
settings.load_profile("science")

Rows = Callable[..., pd.DataFrame]


@pytest.fixture
def make_estimates() -> Rows:
    """Estimates from tuples (place, code, type, indicator, year, value, low, high, mark)."""

    def build(
        *rows: tuple[Any, ...], release: str = "2025", is_rounded: bool = True
    ) -> pd.DataFrame:
        columns = ["location", "location_code", "location_type", "indicator", "year"]
        columns += ["estimate", "low", "high", "estimate_mark"]
        padded = [row + (None,) * (len(columns) - len(row)) for row in rows]
        frame = pd.DataFrame(padded, columns=columns)
        for column in ("estimate", "low", "high"):
            frame[column] = frame[column].astype(float)
        return frame.assign(
            release=release, low_mark=None, high_mark=None, unit="people", verified="two_sources",
            source_id="made_up", is_rounded=is_rounded, age_group="all ages",
        )  # fmt: skip

    return build


@pytest.fixture
def world(make_estimates: Rows) -> pd.DataFrame:
    """A made-up world of three years in which stock and flows agree in 2001 and not in 2002."""
    place = ("World", "WLD", "world")
    figures = {
        "plhiv": [(2000, 10e6, 9e6, 12e6), (2001, 11e6, 10e6, 13e6), (2002, 11.2e6, 10e6, 13e6)],
        "new_infections": [
            (2000, 2e6, 1.5e6, 3e6),
            (2001, 1.8e6, 1e6, 2e6),
            (2002, 1.5e6, 1e6, 2e6),
        ],
        "aids_deaths": [(2000, 7e5, 6e5, 9e5), (2001, 8e5, 6e5, 9e5), (2002, 8e5, 7e5, 9e5)],
    }
    return make_estimates(*((*place, name, *row) for name, rows in figures.items() for row in rows))


@pytest.fixture
def small_cases() -> pd.DataFrame:
    """Three made-up people: one died in remission, one without a paper, one later case."""
    return pd.DataFrame(
        {
            "case_id": ["one", "two", "three"],
            "short_name": ["One", "Two", "Three"],
            "is_later_case": [False, False, True],
            "donor_ccr5": ["homozygous", "wild_type", "homozygous"],
            "donor_ccr5_is_stated": [True, True, False],
            "verified": ["two_sources", "one_source", "no"],
            "transplant_date": ["2010-01-15", "2015-06", None],
            "art_stop_date": ["2011-01", "2016-01-31", "2020"],
            "first_announced_date": ["2012-01", "2020-01-01", "2021"],
            "last_report_date": ["2014-01", "2018-01", "2022"],
            "time_off_art_months": [36.0, 24.0, 12.0],
            "time_off_art_peer_reviewed_months": [30.0, None, None],
            "time_off_art_basis": ["stated", "lower_bound", "computed"],
            "outcome": ["died_in_remission", "ongoing_remission", "ongoing_remission"],
        }
    )
