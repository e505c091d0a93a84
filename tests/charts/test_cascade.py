"""The cascade: shares of all people living with HIV, targets as products, words for the steps."""

from __future__ import annotations

import pytest
from matplotlib.collections import LineCollection

from explainer import ExplainerError, charts, load_cascade
from tests.charts.epidemic_frames import CASCADE, TARGETS, words


@pytest.fixture(scope="module")
def world():
    return charts.cascade(CASCADE, TARGETS)


def segments(axes):
    """Start and end of every thin line, as (x0, x1, y0, y1)."""
    return [
        (*segment[:, 0].round(6), *segment[:, 1].round(6))
        for c in axes.collections if isinstance(c, LineCollection)
        for segment in c.get_segments() if len(segment)
    ]  # fmt: skip


def test_bars_are_shares_of_all_people_living_with_hiv(world):
    everyone, reached = world.figure.axes[0].containers
    assert [bar.get_width() for bar in everyone] == [1, 1, 1]
    assert [bar.get_width() for bar in reached] == [0.87, 0.77, 0.73]


def test_target_marks_are_the_products_of_95(world):
    marks = [line for line in segments(world.figure.axes[0]) if line[0] == line[1]]
    assert [mark[0] for mark in marks] == [0.95, 0.9025, 0.857375]
    assert {"target 95%", "target 90.3%", "target 85.7%"} <= set(words(world.figure.axes[0]))


def test_ranges_are_drawn_and_an_open_bound_reaches_everyone(world):
    levels = [line[:2] for line in segments(world.figure.axes[0]) if line[2] == line[3]]
    assert (0.69, 1.0) in levels
    assert (0.62, 0.9) in levels


def test_shares_are_written_with_their_ranges(world):
    said = words(world.figure.axes[0])
    assert {"87%\n69 to >98%", "77%\n62–90%", "73%\nno range given"} <= set(said)


def test_conditional_shares_are_said_in_words(world):
    said = words(world.figure.axes[0])
    assert "On treatment\n89% of those who know" in said
    assert "Virally suppressed\n94% of those on treatment" in said


def test_finding_sets_the_last_step_against_its_target(world):
    assert world.title == (
        "73% of all people living with HIV were virally suppressed in 2024; "
        "the target for 2025 is 86%"
    )


def test_finding_changes_with_the_data():
    changed = CASCADE.copy()
    row = (
        (changed["location"] == "World") & (changed["year"] == 2024)
        & (changed["indicator"] == "suppressed_share")
    )  # fmt: skip
    changed.loc[row, "estimate"] = 0.9
    assert charts.cascade(changed, TARGETS).title.startswith("90% of all people living with HIV")


def test_step_that_is_not_published_is_said_and_left_empty():
    chart = charts.cascade(CASCADE, TARGETS, location="Eastern Europe and central Asia")
    assert "not published" in words(chart.figure.axes[0])
    assert "were on treatment in 2024; the target for 2025 is 90%" in chart.title


def test_year_and_group_can_be_chosen():
    groups = load_cascade(population=None)
    chart = charts.cascade(groups, TARGETS, year=2024, population="children 0-14")
    assert chart.title.startswith("World, children 0-14: 47% of all people living with HIV")


def test_source_of_the_targets_is_cited(world):
    assert "Political Declaration" in world.source


def test_place_without_a_cascade_is_an_error():
    with pytest.raises(ExplainerError, match="no location 'FRA'"):
        charts.cascade(CASCADE, TARGETS, location="FRA")


def test_open_end_of_a_range_keeps_its_mark_in_the_table(world):
    ends = world.table.set_index("Step")[["Share of all: low", "Share of all: high"]]
    assert ends.loc["knows status"].tolist() == [0.69, ">0.98"]
    assert ends.loc["on treatment"].tolist() == [0.62, 0.9]
