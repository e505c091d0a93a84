"""One country among all: bars in order, this one in colour, ceilings without a place."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PolyCollection

from explainer import ExplainerError, charts, load_estimates, ranking
from explainer.charts import style
from tests.charts.epidemic_frames import ESTIMATES, with_value, words
from tests.charts.overlap import overlapping

OLDER = load_estimates("2019")


def bars(axes, is_here):
    """Heights of the bars from left to right: those in colour, or the others."""
    mark = style.COLOURS["plhiv"].mark
    found = [c for c in axes.collections if isinstance(c, PolyCollection)]
    corners = [
        path.vertices
        for collection in found
        for path in collection.get_paths()
        if (style.mpl.colors.to_hex(collection.get_facecolor()[0]).upper() == mark) == is_here
    ]
    return [float(c[:, 1].max()) for c in sorted(corners, key=lambda c: c[:, 0].min())]


def ceilings(axes):
    """Heights of the hollow triangles."""
    drawn = [line.get_ydata() for line in axes.get_lines() if line.get_marker() == "v"]
    return sorted(float(y) for ys in drawn for y in ys if not np.isnan(y))


@pytest.fixture(scope="module")
def eswatini():
    return charts.country_place(ESTIMATES, location="SWZ")


def test_every_ranked_country_has_its_bar_in_order(eswatini):
    for axes, indicator in zip(eswatini.figure.axes, ("plhiv", "prevalence_share"), strict=True):
        rows = ranking(ESTIMATES, indicator, 2024).dropna(subset=["rank"])
        heights = bars(axes, False) + bars(axes, True)
        top = rows["estimate"].max()
        published = np.sort(rows["estimate"].clip(lower=0.006 * top))
        assert np.sort(heights) == pytest.approx(published)
        assert bars(axes, False) == sorted(bars(axes, False), reverse=True)


def test_this_country_alone_is_in_colour(eswatini):
    count, rate = eswatini.figure.axes
    assert bars(count, True) == [220_000]
    assert bars(rate, True) == [0.234]


def test_axis_starts_at_zero(eswatini):
    assert [axes.get_ylim()[0] for axes in eswatini.figure.axes] == [0, 0]


def test_place_figure_and_range_are_written(eswatini):
    count, rate = eswatini.figure.axes
    assert "Eswatini: 28th\n220,000\n(210,000–240,000)" in words(count)
    assert "Eswatini: 1st\n23.4% (22.9–23.8%)" in words(rate)


def test_low_bar_is_led_to_its_words(eswatini):
    count, rate = eswatini.figure.axes
    leaders = [c for c in count.collections if isinstance(c, LineCollection)]
    assert leaders[0].get_segments()[0][0][0] == 28
    assert not [c for c in rate.collections if isinstance(c, LineCollection)]


def test_leading_country_is_named_once(eswatini):
    count, rate = eswatini.figure.axes
    assert "South Africa, 7.8 million" in words(count)
    assert [word for word in words(rate) if "23.4%" in word] == [
        "Eswatini: 1st\n23.4% (22.9–23.8%)"
    ]


def test_ceiling_is_a_hollow_triangle_without_a_place():
    chart = charts.country_place(ESTIMATES, location="Norway")
    rate = chart.figure.axes[1]
    assert bars(rate, True) == []
    assert ceilings(rate) == [0.001, 0.001]
    places = [x for line in rate.get_lines() if line.get_marker() == "v" for x in line.get_xdata()]
    assert sorted(places)[-2] > 41 + 2  # set off from the last country with a place
    assert "Norway: no rank\nless than 0.1%" in words(rate)
    assert "without a place by prevalence" in chart.title
    assert chart.table.set_index("Country").isna().loc["Norway", "Place by prevalence"]


def test_last_published_year_is_used_and_said():
    chart = charts.country_place(ESTIMATES, location="FRA")
    assert chart.title.endswith("in 2023")
    assert chart.table.set_index("Country").loc["France", "People living with HIV"] == 180_000


def test_finding_changes_with_the_data(eswatini):
    changed = with_value("plhiv", 2024, 9e6, location="Eswatini")
    assert "28th of 43 countries" in eswatini.title
    assert "1st of 43 countries" in charts.country_place(changed, location="SWZ").title


def test_finding_names_a_country_as_a_sentence_does():
    title = charts.country_place(ESTIMATES, location="PHL").title
    assert title.startswith("The Philippines is ")


def test_range_that_rounding_hides_is_not_written():
    rate = charts.country_place(ESTIMATES, location="IND").figure.axes[1]
    assert "India: 37th\n0.2%" in words(rate)


@pytest.mark.parametrize("country", ["LSO", "ZAF", "BWA", "NOR", "AGO"])
def test_words_of_leaders_and_country_never_collide(country):
    assert overlapping(charts.country_place(OLDER, location=country).figure) == []


def test_table_holds_every_country_with_both_places(eswatini):
    table = eswatini.table.set_index("Country")
    assert len(table) == 43
    assert table.loc["Eswatini", ["Place by count", "Place by prevalence"]].tolist() == [28, 1]
    assert table.loc["Norway", "HIV prevalence, ages 15–49 (share)"] == "<0.001"


def test_country_without_both_figures_and_places_that_are_none_are_refused():
    with pytest.raises(ExplainerError, match=r"no people living with HIV and no prevalence .* CHE"):
        charts.country_place(OLDER, location="CHE")
    with pytest.raises(ExplainerError, match="World is no country"):
        charts.country_place(ESTIMATES, location="World")
