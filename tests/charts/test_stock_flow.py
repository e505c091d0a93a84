"""Tap, tub, drain: bars with their signs and ranges, the change, and what rounding hides."""

from __future__ import annotations

import pytest
from matplotlib.collections import LineCollection

from explainer import ExplainerError, charts
from tests.charts.epidemic_frames import (
    ESTIMATES,
    longest_line,
    published,
    with_value,
    words,
)


@pytest.fixture(scope="module")
def world():
    return charts.stock_flow(ESTIMATES)


def test_inflow_stands_up_and_outflow_hangs_down(world):
    inflow, outflow = world.figure.axes[0].containers
    assert [bar.get_height() for bar in inflow] == published("new_infections")["estimate"].tolist()
    deaths = published("aids_deaths")["estimate"]
    assert [bar.get_height() for bar in outflow] == (-deaths).tolist()


def test_outflow_has_a_hatch_beside_its_colour(world):
    inflow, outflow = world.figure.axes[0].containers
    assert all(bar.get_hatch() for bar in outflow)
    assert not any(bar.get_hatch() for bar in inflow)


def test_line_is_the_change_of_the_stock(world):
    stock = published("plhiv")["estimate"]
    drawn = longest_line(world.figure.axes[0])
    assert drawn.get_ydata()[1:].tolist() == stock.diff()[1:].tolist()
    assert drawn.get_linestyle() == "-"


def test_bars_carry_their_ranges(world):
    uprights = [c for c in world.figure.axes[0].collections if isinstance(c, LineCollection)]
    row = published("new_infections").iloc[-1]
    ends = [segment[:, 1].tolist() for c in uprights for segment in c.get_segments()]
    assert [row["low"], row["high"]] in ends
    row = published("aids_deaths").iloc[-1]
    assert [-row["low"], -row["high"]] in ends


def test_labels_stand_beside_the_last_year(world):
    said = words(world.figure.axes[0])
    assert "+1.3 million\nnew infections" in said
    assert "+400,000\nliving with HIV" in said
    assert "−630,000\nAIDS-related deaths" in said


def test_residual_is_read_in_the_caption(world):
    assert "In 2024 the dot is 270,000 below the difference of the bars" in world.caption
    assert "other causes." in world.caption


def test_country_may_also_lose_people_who_move_away():
    caption = charts.stock_flow(ESTIMATES, location="COD").caption
    assert "In 2024 the change of the level is 12,000 below" in caption
    assert "and some move away" in caption


def test_finding_turns_when_the_stock_falls():
    fallen = with_value("plhiv", 2024, 39_000_000)
    title = charts.stock_flow(fallen).title
    assert "1.4 million fewer people live with HIV than a year before" in title


def test_change_within_rounding_is_not_given_out_as_one():
    eswatini = charts.stock_flow(ESTIMATES, location="SWZ")
    assert "rounding hides how the number living with HIV changed" in eswatini.title
    assert "within rounding" in eswatini.alt
    assert longest_line(eswatini.figure.axes[0]).get_linestyle() == "None"
    assert "rounded, so the dots move in steps" in eswatini.caption


def test_change_that_is_rounding_only_has_no_dot():
    south_africa = charts.stock_flow(ESTIMATES, location="ZAF", since=2010)
    dots = longest_line(south_africa.figure.axes[0]).get_ydata()
    assert [value for value in dots if value == value] == [200_000] * 8  # not 100,000
    assert "left out where rounding of the counts is as large" in south_africa.caption
    assert "left out" not in charts.stock_flow(ESTIMATES).caption


def test_picture_without_a_dot_says_why():
    eswatini = charts.stock_flow(ESTIMATES, location="SWZ", since=2010)
    dots = longest_line(eswatini.figure.axes[0]).get_ydata()
    assert all(value != value for value in dots)
    assert "no dot shows how much the level in the tub changed" in eswatini.caption
    assert "dots move" not in eswatini.caption
    assert "with dots" not in eswatini.alt
    assert not [word for word in words(eswatini.figure.axes[0]) if "living with HIV" in word]


def test_since_leaves_earlier_years_out():
    chart = charts.stock_flow(ESTIMATES, since=2010)
    assert chart.table["Year"].min() == 2010


@pytest.mark.parametrize(
    ("location", "said"),
    [("IND", "India has no two years in a row"), ("FRA", "no figure of AIDS-related deaths for F"),
     ("NOR", "no figure of new HIV infections for Norway"), ("Atlantis", "Atlantis")],
)  # fmt: skip
def test_place_that_cannot_be_drawn_is_an_error(location, said):
    with pytest.raises(ExplainerError, match=said):
        charts.stock_flow(ESTIMATES, location=location)
