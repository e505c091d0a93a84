"""Revisions: a line a release, never joined, the newest marked, headlines as rings."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.collections import LineCollection

from explainer import ExplainerError, charts
from explainer.charts import style
from tests.charts.epidemic_frames import EVERY_RELEASE, band_at, with_value, words


@pytest.fixture(scope="module")
def world():
    return charts.revisions(EVERY_RELEASE)


def curves(chart):
    """Every drawn line with more than two points."""
    return [line for line in chart.figure.axes[0].get_lines() if len(line.get_xdata()) > 5]


def of_release(release, indicator="plhiv"):
    rows = EVERY_RELEASE[
        (EVERY_RELEASE["release"] == release) & (EVERY_RELEASE["location"] == "World")
        & (EVERY_RELEASE["indicator"] == indicator) & EVERY_RELEASE["is_rounded"]
    ]  # fmt: skip
    return rows.sort_values("year")


def test_each_line_holds_one_release_only(world):
    drawn = {tuple(line.get_ydata()) for line in curves(world) if line.get_linestyle() != "None"}
    assert drawn == {tuple(of_release(name)["estimate"]) for name in ("2019", "2024", "2025")}


def test_newest_release_is_in_colour_with_its_range(world):
    newest = max(curves(world), key=lambda line: line.get_linewidth())
    assert newest.get_color() == style.colour("plhiv").mark
    assert tuple(newest.get_ydata()) == tuple(of_release("2025")["estimate"])
    assert band_at(world.figure.axes[0], 2024) == (37_000_000, 45_600_000)


def test_older_lines_differ_by_dash_as_well(world):
    dashes = {str(line._dash_pattern) for line in curves(world) if line.get_linestyle() != "None"}
    assert len(dashes) == 3


def test_rings_are_the_releases_with_one_year(world):
    (rings,) = [
        line for line in world.figure.axes[0].get_lines()
        if line.get_marker() == "o" and line.get_markerfacecolor() == "white"
    ]  # fmt: skip
    assert rings.get_xdata().tolist() == [2015, 2019, 2020, 2021, 2022]
    assert rings.get_linestyle() == "None"
    assert {"2016", "2020", "2021", "2022", "2023"} <= set(words(world.figure.axes[0]))


def test_lone_value_without_a_range_is_not_shown(world):
    assert "2026" not in world.source
    assert world.table["Release"].max() == "2025"


def test_releases_are_named_beside_their_lines_with_figures_of_one_year(world):
    said = words(world.figure.axes[0])
    assert "2025 release:\n40.4 million in 2023" in said
    assert "2024 release:\n39.9 million in 2023" in said
    assert "2019 release,\nends in 2018" in said
    assert not [word for word in said if "in 2024" in word]


def test_each_name_is_led_to_its_own_line(world):
    leaders = {
        (line.get_xdata()[0], line.get_ydata()[0])
        for line in world.figure.axes[0].get_lines()
        if len(line.get_xdata()) == 2 and not line.get_clip_on()
    }
    assert leaders == {(2023, 40_400_000), (2023, 39_900_000), (2018, 37_900_000)}


def test_a_line_alone_tells_its_own_last_figure():
    only = EVERY_RELEASE[EVERY_RELEASE["release"] == "2025"]
    assert "2025 release:\n40.8 million in 2024" in words(charts.revisions(only).figure.axes[0])


def test_axis_starts_at_zero(world):
    assert world.figure.axes[0].get_ylim()[0] == 0


def test_finding_compares_one_year_not_two_headlines(world):
    assert world.title == (
        "For 2023 the 2024 release put people living with HIV at 39.9 million, "
        "the 2025 release at 40.4 million"
    )


def test_finding_says_when_releases_agree():
    newest = EVERY_RELEASE["release"] == "2025"
    agreeing = with_value("plhiv", 2023, 39_900_000, frame=EVERY_RELEASE[newest])
    both = pd.concat([EVERY_RELEASE[~newest], agreeing])
    assert charts.revisions(both).title == (
        "The 2024 and 2025 releases both put people living with HIV at 39.9 million in 2023"
    )


def test_shares_are_read_in_percent():
    chart = charts.revisions(EVERY_RELEASE, indicator="prevalence_share", location="SWZ")
    assert "%" in chart.title
    assert "million" not in chart.title


def test_two_or_three_years_of_a_release_are_not_joined():
    chart = charts.revisions(EVERY_RELEASE, indicator="new_infections")
    named = [
        word.split(" release")[0]
        for word in words(chart.figure.axes[0])
        if " release:" in word or "ends in" in word
    ]
    assert sorted(named) == ["2019", "2024", "2025"]
    assert len(chart.table[chart.table["Release"] == "2020"]) == 1


def test_range_of_single_years_is_an_upright_line_without_a_note():
    chart = charts.revisions(EVERY_RELEASE, indicator="on_art")
    assert not [word for word in words(chart.figure.axes[0]) if "shaded" in word]
    uprights = [
        segment.tolist()
        for collection in chart.figure.axes[0].collections
        if isinstance(collection, LineCollection)
        for segment in collection.get_segments()
    ]
    assert [[2024, 27_800_000], [2024, 32_900_000]] in uprights


def test_place_with_single_years_only_has_rings_and_no_line():
    india = charts.revisions(EVERY_RELEASE, location="IND")
    assert curves(india) == []
    assert "put people living with HIV at 2.6 million in 2025" in india.title


def test_unknown_place_is_an_error():
    with pytest.raises(ExplainerError, match="Atlantis"):
        charts.revisions(EVERY_RELEASE, location="Atlantis")
