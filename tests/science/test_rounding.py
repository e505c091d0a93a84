"""Printed figures and their last step: what a change between two of them leaves open."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer import change_since
from explainer.science.rounding import (
    change_band,
    half_unit,
    is_one_step,
    printed_step,
    rounded_change,
)
from explainer.tables import load_estimates


@pytest.mark.parametrize(
    ("value", "indicator", "step"),
    [
        (40.8e6, "plhiv", 100_000),
        (1.3e6, "new_infections", 100_000),
        (630_000, "aids_deaths", 10_000),
        (990, "plhiv", 10),
        (7_300, "plhiv", 100),
        (177_000, "on_art", 1_000),  # a reported number shows more digits
        (30.7e6, "on_art", 100_000),
        (0.77, "art_coverage_share", 0.01),
        (0.234, "prevalence_share", 0.001),
    ],
)
def test_last_printed_step(value: float, indicator: str, step: float) -> None:
    assert printed_step(value, indicator) == pytest.approx(step)


def test_half_of_the_last_step() -> None:
    assert half_unit(pd.Series([40.8e6, 630_000.0])).tolist() == [50_000, 5_000]
    assert half_unit(pd.Series([math.nan, 0.0])).isna().all()


def test_every_published_count_has_the_step_of_its_size() -> None:
    estimates = load_estimates("2025")
    counts = estimates[estimates["indicator"].isin(["plhiv", "new_infections", "aids_deaths"])]
    for value in set(counts["estimate"].dropna()):
        expected = 1e5 if value >= 1e6 else 10.0 ** (len(str(int(value))) - 2)
        assert printed_step(value) == expected, value


def test_an_unrounded_figure_leaves_next_to_nothing_open() -> None:
    low, high = change_band(2_153_417.0, 1_304_802.0, "new_infections")
    assert high - low < 1e-5


def test_published_falls_since_2010_with_what_rounding_leaves_open() -> None:
    infections = change_since(load_estimates("2025"), "new_infections").rounding
    assert infections.value == pytest.approx(0.9 / 2.2)
    assert (infections.low, infections.high) == pytest.approx((1 - 1.35 / 2.15, 1 - 1.25 / 2.25))
    deaths = change_since(load_estimates("2025"), "aids_deaths").rounding
    assert (deaths.low, deaths.high) == pytest.approx((1 - 635 / 1350, 1 - 625 / 1450))


def test_a_rise_keeps_its_sign() -> None:
    rise = change_since(load_estimates("2025"), "plhiv").rounding
    assert rise.low < rise.value < rise.high
    assert rise.value == pytest.approx(40.8 / 32.2 - 1)


@given(st.integers(10, 99), st.integers(10, 99))
def test_the_change_lies_in_its_band(first: int, last: int) -> None:
    low, high = change_band(first * 1000.0, last * 1000.0, "plhiv")
    assert low < last / first - 1 < high


@pytest.mark.parametrize(
    ("first", "last", "indicator", "expected"),
    [
        (120_000, 130_000, "new_infections", True),
        (120_000, 140_000, "new_infections", False),
        (990_000, 1_000_000, "plhiv", True),
        (940_000, 1_100_000, "plhiv", False),
        (0.005, 0.006, "prevalence_share", True),
        (0.29, 0.28, "art_coverage_share", True),
        (0.77, 0.75, "art_coverage_share", False),
    ],
)
def test_one_step_of_the_coarser_figure(
    first: float, last: float, indicator: str, expected: bool
) -> None:
    assert is_one_step(first, last, indicator) is expected
    assert is_one_step(last, first, indicator) is expected


def test_a_change_has_the_digits_of_its_coarser_figure() -> None:
    assert rounded_change(1_100_000, 490_000, "new_infections") == -600_000
    assert rounded_change(360_000, 160_000, "new_infections") == -200_000
    assert rounded_change(40.4e6, 40.8e6, "plhiv") == pytest.approx(400_000)
