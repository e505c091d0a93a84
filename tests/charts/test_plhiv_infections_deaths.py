"""Three panels: lines and ranges as published, gaps and thresholds kept apart, peaks named."""

from __future__ import annotations

import numpy as np
import pytest

from explainer import ExplainerError, charts
from explainer.charts import style
from tests.charts.epidemic_frames import (
    ESTIMATES,
    band_at,
    longest_line,
    published,
    with_value,
    words,
)

PANELS = ["plhiv", "new_infections", "aids_deaths"]


@pytest.fixture(scope="module")
def world():
    return charts.plhiv_infections_deaths(ESTIMATES)


@pytest.mark.parametrize(("panel", "indicator"), list(enumerate(PANELS)))
def test_line_is_the_published_series(world, panel, indicator):
    line = longest_line(world.figure.axes[panel])
    rows = published(indicator)
    assert line.get_xdata().tolist() == rows["year"].tolist()
    assert line.get_ydata().tolist() == rows["estimate"].tolist()


@pytest.mark.parametrize(("panel", "indicator"), list(enumerate(PANELS)))
def test_band_is_the_published_range(world, panel, indicator):
    row = published(indicator).iloc[-1]
    assert band_at(world.figure.axes[panel], 2024) == (row["low"], row["high"])


def test_panels_share_years_and_start_at_zero(world):
    limits = [axes.get_xlim() for axes in world.figure.axes]
    assert limits == [limits[0]] * 3
    assert [axes.get_ylim()[0] for axes in world.figure.axes] == [0, 0, 0]


def test_last_values_are_written_with_their_ranges(world):
    said = [words(axes) for axes in world.figure.axes]
    assert "40.8 million\n37.0–45.6 million" in said[0]
    assert "1.3 million\n1.0–1.7 million" in said[1]
    assert "630,000\n490,000–820,000" in said[2]


def test_peaks_are_named_where_a_series_has_passed_one(world):
    said = [" ".join(words(axes)) for axes in world.figure.axes]
    assert "peak" not in said[0]
    assert "peak 3.4 million, 1996" in said[1]
    assert "peak 2.1 million, 2003–2005" in said[2]


def test_peak_has_a_ring_and_on_a_slide_its_year_in_the_title(monkeypatch):
    monkeypatch.setenv(style.FORMATS_VARIABLE, "slides")
    chart = charts.plhiv_infections_deaths(ESTIMATES)
    for figure in (chart.figure, chart.talk):
        rings = [
            line.get_xydata().tolist()
            for line in figure.axes[2].get_lines()
            if line.get_markerfacecolor() == "white"
        ]
        assert rings == [[[2004, 2_100_000]]]
    assert chart.talk.axes[2].get_title(loc="left") == "AIDS-related deaths a year, peak 2003–2005"


def test_range_is_explained_once(world):
    said = [word for axes in world.figure.axes for word in words(axes)]
    assert said.count("shaded: range published by UNAIDS") == 1


def test_finding_is_the_published_one(world):
    assert world.title == (
        "Since 2010, the number of people living with HIV rose to 40.8 million, "
        "new infections fell to 1.3 million and AIDS-related deaths fell to 630,000"
    )


def test_finding_turns_when_the_data_turn():
    turned = with_value("new_infections", 2024, 2_600_000)
    assert "new infections rose to 2.6 million" in charts.plhiv_infections_deaths(turned).title


def test_finding_says_so_when_nothing_moved():
    level = with_value("aids_deaths", 2024, 1_400_000)
    title = charts.plhiv_infections_deaths(level).title
    assert "AIDS-related deaths stayed about the same, at 1.4 million" in title


def test_code_and_name_mean_the_same_place():
    assert (
        charts.plhiv_infections_deaths(ESTIMATES, location="SWZ").title
        == charts.plhiv_infections_deaths(ESTIMATES, location="Eswatini").title
    )


def test_missing_indicator_leaves_a_panel_that_says_so():
    france = charts.plhiv_infections_deaths(ESTIMATES, location="FRA")
    assert "no figures published" in words(france.figure.axes[2])
    assert "Our tables hold no AIDS-related deaths for this place." in france.caption
    assert not [column for column in france.table if "deaths" in column]


def test_thresholds_hang_as_triangles_and_are_never_values():
    norway = charts.plhiv_infections_deaths(ESTIMATES, location="NOR")
    deaths = norway.figure.axes[2]
    assert np.isnan(longest_line(deaths).get_ydata()).all()
    (triangles,) = [line for line in deaths.get_lines() if line.get_marker() == "v"]
    assert set(triangles.get_ydata()) == {100}
    assert "fewer than 100" in words(deaths)
    assert "hollow triangle" in norway.caption
    assert norway.table["AIDS-related deaths"].iloc[-1] == "<100"


def test_single_year_is_a_dot_with_an_upright_range():
    india = charts.plhiv_infections_deaths(ESTIMATES, location="IND")
    (upright,) = [
        c for c in india.figure.axes[0].collections if len(c.get_paths()[0].vertices) == 2
    ]
    assert upright.get_paths()[0].vertices[:, 1].tolist() == [2_200_000, 3_100_000]
    assert "upright line: range of UNAIDS" in words(india.figure.axes[0])


def test_unknown_place_is_an_error():
    with pytest.raises(ExplainerError, match="Atlantis"):
        charts.plhiv_infections_deaths(ESTIMATES, location="Atlantis")


def test_table_holds_every_year_and_range(world):
    row = world.table.set_index("Year").loc[2024]
    assert row["People living with HIV"] == 40_800_000
    assert row["AIDS-related deaths: high"] == 820_000
    assert len(world.table) == 35
