"""Figures beside their targets."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.science.intervals import Estimate
from explainer.science.targets import target_gap, target_gaps
from explainer.tables import load_cascade, load_estimates, load_targets


def gaps(location: str = "World"):
    table = target_gaps(
        load_estimates("2025"), load_targets(), cascade=load_cascade("2025"), location=location
    )
    return table.set_index(["indicator", "target_year"])


def test_infections_of_2024_are_3_5_times_the_target_of_370_000() -> None:
    row = gaps().loc[("new_infections", 2025)]
    assert row["goal"] == 370_000
    assert row["ratio"] == pytest.approx(3.5, abs=0.05)
    assert row["reading"] == "missed"


def test_the_range_of_people_who_know_their_status_includes_95_percent() -> None:
    row = gaps().loc[("knows_status_share", 2025)]
    assert (row["estimate"], row["goal"]) == (0.87, 0.95)
    assert row["range_includes_target"]
    assert row["reading"] == "range_includes_target"


def test_goals_of_2030_are_a_tenth_of_2010() -> None:
    table = gaps()
    assert table.loc[("new_infections", 2030), "goal"] == pytest.approx(220_000)
    assert table.loc[("aids_deaths", 2030), "goal"] == pytest.approx(140_000)
    assert table.loc[("new_infections", 2030), "comparison"] == "fewer than"


def test_a_region_has_relative_goals_and_no_goals_in_people() -> None:
    table = gaps("Caribbean")
    assert ("new_infections", 2030) in table.index
    assert ("new_infections", 2025) not in table.index
    assert ("knows_status_share", 2025) in table.index
    assert not table["has_range"].loc[("knows_status_share", 2025)]


def test_every_target_of_the_table_is_answered_for_the_world() -> None:
    assert len(gaps()) == len(load_targets())


@pytest.mark.parametrize(
    ("low", "high", "comparison", "reading"),
    [
        (1.0, 2.0, "fewer than", "met"),
        (4.0, 6.0, "fewer than", "missed"),
        (1.0, 6.0, "fewer than", "range_includes_target"),
        (4.0, 6.0, "at least", "met"),
        (1.0, 2.0, "at least", "missed"),
        (1.0, 3.0, "at least", "range_includes_target"),
    ],
)
def test_only_a_range_on_one_side_settles_a_target(
    low: float, high: float, comparison: str, reading: str
) -> None:
    gap = target_gap(Estimate((low + high) / 2, low, high), 3.0, comparison)
    assert gap.reading == reading


@given(st.floats(0.1, 10), st.floats(0, 5), st.floats(0.1, 10))
def test_met_and_missed_exclude_the_target_from_the_range(
    value: float, width: float, goal: float
) -> None:
    gap = target_gap(Estimate(value, value - width, value + width), goal)
    assert gap.range_includes_target == (value - width <= goal <= value + width)
    assert (gap.reading == "range_includes_target") == gap.range_includes_target
    assert gap.ratio == pytest.approx(value / goal)


def test_without_a_range_the_figure_alone_decides_and_says_so() -> None:
    gap = target_gap(0.96, 0.95, "at least")
    assert (gap.reading, gap.has_range, gap.is_met_by_estimate) == ("met", False, True)


def test_a_threshold_settles_only_what_lies_before_it() -> None:
    above = Estimate(0.98, mark=">")
    gap = target_gap(above, 0.95, "at least")
    assert gap.reading == "met"
    assert math.isnan(gap.ratio)
    with pytest.raises(ExplainerError, match=r"published as >0\.98"):
        target_gap(above, 0.99, "at least")


def test_an_unknown_comparison_is_refused() -> None:
    with pytest.raises(ExplainerError, match="it is 'fewer than' or 'at least'"):
        target_gap(1.0, 2.0, "below")
