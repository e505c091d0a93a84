"""Incidence:prevalence ratio: line, widest range, benchmark, and what may be said of them."""

from __future__ import annotations

import pytest

from explainer import ExplainerError, charts, incidence_prevalence_ratio
from tests.charts.epidemic_frames import ESTIMATES, band_at, longest_line, with_value, words


@pytest.fixture(scope="module")
def world():
    return charts.incidence_prevalence(ESTIMATES)


def test_line_is_the_ratio(world):
    rows = incidence_prevalence_ratio(ESTIMATES)
    line = longest_line(world.figure.axes[0])
    assert line.get_xdata().tolist() == rows["year"].tolist()
    assert line.get_ydata().tolist() == rows["ratio"].tolist()


def test_band_is_the_widest_possible_range(world):
    assert band_at(world.figure.axes[0], 2024) == pytest.approx((1.0 / 45.6, 1.7 / 37.0))
    assert "shaded: widest possible range" in words(world.figure.axes[0])


def test_benchmark_is_a_dashed_line_at_three_percent(world):
    level = [line for line in world.figure.axes[0].get_lines() if set(line.get_ydata()) == {0.03}]
    assert len(level) == 1
    assert level[0].get_linestyle() == "--"
    assert "benchmark 3%" in words(world.figure.axes[0])


def test_last_value_is_written_with_its_range(world):
    assert "3.2%\n2.2–4.6%" in words(world.figure.axes[0])


def test_axis_starts_at_zero_and_names_its_quantity(world):
    axes = world.figure.axes[0]
    assert axes.get_ylim()[0] == 0
    assert axes.get_title(loc="left") == (
        "New infections a year as a share of people living with HIV"
    )


def test_finding_does_not_say_more_than_the_range(world):
    assert world.title == (
        "New infections fell from 6.8% of people living with HIV in 2010 to 3.2% in 2024; "
        "its widest possible range includes the 3% benchmark"
    )


@pytest.mark.parametrize(
    ("infections", "said"),
    [(400_000, "that is below the 3% benchmark"), (4_000_000, "that is above the 3% benchmark")],
)
def test_finding_takes_a_side_when_the_whole_range_does(infections, said):
    changed = with_value("new_infections", 2024, infections)
    assert charts.incidence_prevalence(changed).title.endswith(said)


def test_figures_that_print_alike_did_not_fall():
    title = charts.incidence_prevalence(ESTIMATES, location="Egypt").title
    assert "stayed about the same since 2010, at 11% of people living with HIV in 2024" in title


def test_single_year_has_no_direction():
    india = charts.incidence_prevalence(ESTIMATES, location="IND")
    assert "new infections were 2.5% of people living with HIV in 2024" in india.title
    assert "upright line: widest possible range" in words(india.figure.axes[0])


def test_benchmark_has_its_source(world):
    assert "Ghys" in world.source


@pytest.mark.parametrize("location", ["NOR", "Pakistan"])
def test_place_without_infections_is_an_error(location):
    with pytest.raises(ExplainerError, match="no figure of new HIV infections for"):
        charts.incidence_prevalence(ESTIMATES, location=location)
