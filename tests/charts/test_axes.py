"""Parts of pictures: labels apart, open bounds, ticks in words."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.charts import style
from explainer.charts.axes import (
    drawn_range,
    people_word,
    percent_word,
    ranged_line,
    spread,
    year_ticks,
)

POSITIONS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8)


def rows(**columns: object) -> pd.DataFrame:
    """Two years of a series; columns given replace the usual ones."""
    usual: dict[str, object] = {
        "year": [2023, 2024], "estimate": [200.0, 150.0], "estimate_mark": "",
        "estimate_threshold": np.nan, "low": [100.0, 90.0], "low_mark": "",
        "high": [300.0, 250.0], "high_mark": "", "unit": "people",
    }  # fmt: skip
    return pd.DataFrame(usual | columns)


@given(POSITIONS, st.floats(0.001, 1e5))
def test_labels_end_up_apart(wanted, gap):
    placed = sorted(spread(wanted, gap))
    assert all(b - a >= gap * (1 - 1e-6) - 1e-6 for a, b in itertools.pairwise(placed))


@given(POSITIONS, st.floats(0.001, 1e5))
def test_labels_keep_their_order(wanted, gap):
    placed = spread(wanted, gap)
    assert [placed[i] for i in np.argsort(wanted, kind="stable")] == sorted(placed)


def test_labels_with_room_stay_where_they_are():
    assert spread([30.0, 10.0, 20.0], 5) == [30.0, 10.0, 20.0]


def test_colliding_labels_share_the_room_around_their_middle():
    assert spread([10.0, 10.0], 4) == [8.0, 12.0]


def test_block_that_grows_into_a_neighbour_takes_it_along():
    assert spread([10.0, 10.0, 13.0], 4) == pytest.approx([7.0, 11.0, 15.0])


def test_published_range_is_drawn_as_published():
    low, high = drawn_range(rows())
    assert low.tolist() == [100.0, 90.0]
    assert high.tolist() == [300.0, 250.0]


def test_low_bound_that_is_a_threshold_runs_to_zero():
    low, _ = drawn_range(rows(low_mark=["<", ""]))
    assert low.tolist() == [0.0, 90.0]


def test_share_bound_above_the_scale_runs_to_everyone():
    _, high = drawn_range(rows(high=[0.98, 0.9], high_mark=[">", ""], unit="share"))
    assert high.tolist() == [1.0, 0.9]


def test_threshold_has_no_range_around_it():
    low, high = drawn_range(rows(estimate=[np.nan, 150.0]))
    assert np.isnan(low[0])
    assert np.isnan(high[0])
    assert high[1] == 250.0


def test_threshold_is_drawn_as_a_ceiling_not_as_a_value():
    frame = rows(estimate=[np.nan, 150.0], estimate_threshold=[500.0, np.nan])
    with style.context():
        _, axes = style.canvas()
        ranged_line(axes[0, 0], frame, "aids_deaths")
    line, _, ceilings = axes[0, 0].get_lines()
    assert np.isnan(line.get_ydata()[0])
    assert ceilings.get_marker() == "v"
    assert ceilings.get_xydata().tolist() == [[2023, 500]]


def test_year_without_a_figure_breaks_the_line():
    frame = rows(year=[2022, 2024]).set_index("year").reindex([2022, 2023, 2024]).reset_index()
    with style.context():
        _, axes = style.canvas()
        ranged_line(axes[0, 0], frame, "plhiv")
    assert np.isnan(axes[0, 0].get_lines()[0].get_ydata()[1])


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [(1990, 2024, [1990, 1995, 2000, 2005, 2010, 2015, 2020, 2024]), (2024, 2024, [2024]),
     (2021, 2024, [2021, 2022, 2023, 2024]), (2010, 2023, [2010, 2015, 2020, 2023])],
)  # fmt: skip
def test_last_year_is_always_written(first, last, shown):
    with style.context():
        _, axes = style.canvas()
        year_ticks(axes[0, 0], first, last)
    assert axes[0, 0].get_xticks().tolist() == shown
    assert axes[0, 0].get_xlim()[1] == last + 0.5


def test_ticks_are_words():
    assert [people_word(v) for v in (0, 500_000, 2_500_000, 40_000_000)] == [
        "0", "500,000", "2.5 million", "40 million",
    ]  # fmt: skip
    assert people_word(-1_000_000) == "−1 million"
    assert percent_word(0.30000000000000004) == "30%"


def test_slide_ticks_are_shorter():
    with style.context(talk=True):
        assert people_word(40_000_000) == "40 m"


def test_lone_year_between_unpublished_ones_is_a_dot():
    frame = rows(year=[2020, 2024]).set_index("year").reindex(range(2020, 2025)).reset_index()
    with style.context():
        _, axes = style.canvas()
        ranged_line(axes[0, 0], frame, "plhiv")
    dots = [line for line in axes[0, 0].get_lines() if line.get_marker() == "o"]
    assert sorted(float(x) for dot in dots for x in dot.get_xdata()) == [2020, 2024]
