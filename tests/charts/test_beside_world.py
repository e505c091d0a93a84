"""One country beside the world: a common start, treatment coverage, and what is not published."""

from __future__ import annotations

import numpy as np
import pytest

from explainer import ExplainerError, charts, load_estimates, value_in
from explainer.charts import style
from tests.charts.epidemic_frames import ESTIMATES, with_value, words


@pytest.fixture(scope="module")
def eswatini():
    return charts.beside_world(ESTIMATES, location="SWZ")


def lines(axes):
    """The country's line and the world's, as year to value."""
    solid = next(line for line in axes.get_lines() if line.get_marker() == "o")
    dashed = next(line for line in axes.get_lines() if line.get_linestyle() == "--")
    return [dict(zip(*line.get_data(), strict=True)) for line in (solid, dashed)]


def test_both_lines_start_at_a_hundred(eswatini):
    here, world = lines(eswatini.figure.axes[0])
    assert here[2010] == world[2010] == 100
    assert here[2024] == pytest.approx(100 * 4_200 / 14_000)
    first, last = (value_in(ESTIMATES, "new_infections", y).value for y in (2010, 2024))
    assert world[2024] == pytest.approx(100 * last / first)


def test_coverage_is_drawn_as_published(eswatini):
    here, world = lines(eswatini.figure.axes[1])
    assert (here[2024], world[2024]) == (0.94, 0.77)
    assert eswatini.figure.axes[1].get_ylim() == (0, 1)


def test_names_values_and_widest_range_stand_beside_the_lines(eswatini):
    infections, coverage = eswatini.figure.axes
    assert {"Eswatini\n30 (21–40)", "world 59"} <= set(words(infections))
    assert {"Eswatini\n94%", "world 77%"} <= set(words(coverage))


def test_finding_compares_over_the_same_years():
    title = charts.beside_world(ESTIMATES, location="GBR").title
    assert "from 2016 to 2023 (world: fell by 22%)" in title
    assert "in 2023, 94% of people living with HIV were on treatment (world: 75%)" in title


def test_finding_changes_with_the_data():
    changed = with_value("new_infections", 2024, 28_000, location="Eswatini")
    assert "rose by 100%" in charts.beside_world(changed, location="SWZ").title


def test_line_ends_where_figures_become_ceilings():
    here, _ = lines(charts.beside_world(ESTIMATES, location="AUS").figure.axes[0])
    assert max(year for year, value in here.items() if not np.isnan(value)) == 2021


def test_panel_without_figures_is_left_out():
    india = charts.beside_world(ESTIMATES, location="IND")
    assert [axes.get_title(loc="left") for axes in india.figure.axes] == ["Share on treatment"]
    assert "new infections" not in india.title


def test_unpublished_years_break_the_line_and_lone_years_are_dots():
    older = load_estimates("2019")
    axes = charts.beside_world(older, location="SWZ").figure.axes[0]
    here, _ = lines(axes)
    assert np.isnan(here[2012])
    solid = next(line for line in axes.get_lines() if line.get_marker() == "o")
    assert solid.get_markevery() == [0, 5, 8]


def test_range_that_the_tables_lack_is_said(eswatini):
    assert "our tables hold no range" in eswatini.caption
    older = charts.beside_world(load_estimates("2019"), location="SWZ")
    assert "our tables hold no range" not in older.caption
    assert "Eswatini\n86% (80–94%)" in words(older.figure.axes[1])


def test_colours_keep_their_meaning(eswatini):
    infections, coverage = (
        next(line for line in axes.get_lines() if line.get_marker() == "o").get_color()
        for axes in eswatini.figure.axes
    )
    assert infections == style.colour("new_infections").mark
    assert coverage == style.colour("art").mark


def test_place_without_two_years_and_the_world_itself_are_refused():
    with pytest.raises(ExplainerError, match="of Norway no two years"):
        charts.beside_world(ESTIMATES, location="NOR")
    with pytest.raises(ExplainerError, match="World is the world itself"):
        charts.beside_world(ESTIMATES, location="World")
