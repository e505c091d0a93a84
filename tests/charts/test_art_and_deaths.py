"""Coverage against deaths: a dot a year, joined in order, ranges behind, years beside."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import LineCollection

from explainer import ExplainerError, art_against_deaths, charts, load_estimates
from tests.charts.epidemic_frames import ESTIMATES, longest_line, with_value, words

YEARS = [str(year) for year in range(2000, 2030)]


@pytest.fixture(scope="module")
def world():
    return charts.art_and_deaths(ESTIMATES)


def test_dots_are_the_years_in_their_order(world):
    rows = art_against_deaths(ESTIMATES)
    line = longest_line(world.figure.axes[0])
    assert line.get_xdata().tolist() == rows["art_coverage_share"].tolist()
    assert line.get_ydata().tolist() == rows["aids_deaths"].tolist()


def test_deaths_carry_their_published_ranges(world):
    rows = art_against_deaths(ESTIMATES)
    uprights, levels = (
        c for c in world.figure.axes[0].collections if isinstance(c, LineCollection)
    )
    ends = [segment[:, 1].tolist() for segment in uprights.get_segments()]
    assert ends == rows[["aids_deaths_low", "aids_deaths_high"]].to_numpy().tolist()
    known = [s for s in levels.get_segments() if len(s) and not np.isnan(s).any()]
    assert [s[:, 0].tolist() for s in known] == [[0.62, 0.9]]


def test_first_and_last_year_are_written(world):
    said = words(world.figure.axes[0])
    assert {"2010", "2015", "2020", "2024"} <= set(said)


def test_years_without_room_stay_unwritten():
    said = words(charts.art_and_deaths(ESTIMATES, location="SWZ").figure.axes[0])
    assert {"2010", "2015", "2024"} <= set(said)
    assert "2020" not in said


def test_a_written_year_stands_over_its_own_line():
    """Kenya's 2020 came after 2017 from the right: over the line of 2017 it named the wrong dot."""
    estimates = load_estimates()
    for place in ("Kenya", "World", "Eswatini"):
        rows = art_against_deaths(estimates, place).set_index("year")
        axes = charts.art_and_deaths(estimates, location=place).figure.axes[0]
        written = {text.get_text(): text.xy for text in axes.texts if text.get_text() in YEARS}
        assert len(written) >= 2
        for year, (across, up) in written.items():
            row = rows.loc[int(year)]
            assert (across, up) == (row["art_coverage_share"], row["aids_deaths_high"]), place


def test_both_axes_start_at_zero(world):
    axes = world.figure.axes[0]
    assert (axes.get_xlim()[0], axes.get_ylim()[0]) == (0, 0)
    assert axes.get_xlabel() == "share of people living with HIV who are on treatment"
    assert axes.get_ylabel() == "AIDS-related deaths a year"


def test_finding_is_the_published_one(world):
    assert world.title == (
        "As treatment coverage rose from 24% to 77%, AIDS-related deaths fell "
        "from 1.4 million to 630,000"
    )


def test_finding_turns_when_deaths_rise():
    risen = with_value("aids_deaths", 2024, 2_000_000)
    assert "AIDS-related deaths rose from 1.4 million to 2.0 million" in (
        charts.art_and_deaths(risen).title
    )


def test_caption_does_not_claim_a_cause(world):
    assert "do not prove a cause" in world.caption
    assert "14 of 15 years have none" in world.caption


def test_single_year_is_told_as_one():
    india = charts.art_and_deaths(ESTIMATES, location="IND")
    assert india.title == (
        "India: in 2024, 72% of people living with HIV were on treatment and "
        "AIDS-related deaths were 32,000"
    )
    assert "From" not in india.alt


@pytest.mark.parametrize("location", ["NOR", "FRA", "Germany"])
def test_place_without_both_figures_is_an_error(location):
    with pytest.raises(ExplainerError, match=r"no figure of|no year with ordinary figures"):
        charts.art_and_deaths(ESTIMATES, location=location)
