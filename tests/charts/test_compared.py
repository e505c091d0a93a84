"""Two releases side by side: two lines, each with its own range, told at one year."""

from __future__ import annotations

import pandas as pd
import pytest

from explainer import ExplainerError, charts
from explainer.charts import style
from explainer.tables import load_estimates
from tests.charts.epidemic_frames import band_at, with_value, words

R2019, R2024, R2025 = (load_estimates(name) for name in ("2019", "2024", "2025"))


@pytest.fixture(scope="module")
def world():
    return charts.compared(R2024, R2025)


def published(frame, indicator="plhiv", location="World"):
    rows = frame[(frame["location"] == location) & (frame["indicator"] == indicator)]
    return rows.sort_values("year")


def lines(chart, dashed):
    """Lines through years, solid or dashed, the dotted edges left out."""
    axes = chart.figure.axes[0]
    found = [line for line in axes.get_lines() if len(line.get_xdata()) > 5]
    is_dashed = {"--": True, "-": False}
    return [line for line in found if is_dashed.get(line.get_linestyle()) is dashed]


def test_each_line_holds_one_release_only(world):
    (newer,) = lines(world, dashed=False)
    assert tuple(newer.get_ydata()) == tuple(published(R2025)["estimate"])
    older = [tuple(line.get_ydata()) for line in lines(world, dashed=True)]
    assert tuple(published(R2024)["estimate"]) in older


def test_newer_range_is_shade_and_older_range_its_edges(world):
    assert band_at(world.figure.axes[0], 2023) == (36_600_000, 45_100_000)
    drawn = [tuple(line.get_ydata()) for line in world.figure.axes[0].get_lines()]
    assert tuple(published(R2024)["low"]) in drawn
    assert tuple(published(R2024)["high"]) in drawn
    notes = "\n".join(words(world.figure.axes[0]))
    assert "shaded: range of the 2025 release\ndotted: range of the 2024 release" in notes


def test_two_releases_differ_by_dash_as_well_as_by_colour(world):
    (newer,) = lines(world, dashed=False)
    assert newer.get_color() == style.colour("plhiv").mark
    assert all(line.get_color() != newer.get_color() for line in lines(world, dashed=True))


def test_both_lines_are_named_with_their_figure_of_one_year(world):
    said = words(world.figure.axes[0])
    assert "2024 release:\n39.9 million in 2023" in said
    assert "2025 release:\n40.4 million in 2023" in said
    assert not [word for word in said if "in 2024" in word]


@pytest.mark.parametrize(
    ("frames", "indicator", "location", "told"),
    [
        (
            (R2024, R2025), "plhiv", "World",
            "Solid line and shade: the newer release with its range. "
            "Dashed line and dotted edges: the older one with its range. ",
        ),
        (
            (R2024, R2025), "on_art", "World",
            "Solid line and upright lines: the newer release with its range, where one is "
            "published. Dashed line: the older one, of which our tables hold no range. ",
        ),
        (
            (R2019, R2025), "plhiv", "SWZ",
            "Solid line and shade: the newer release with its range. Dashed line, squares, dotted "
            "edges and dotted upright lines: the older one with its range. ",
        ),
    ],
)  # fmt: skip
def test_caption_names_what_is_drawn(frames, indicator, location, told):
    chart = charts.compared(*frames, indicator=indicator, location=location)
    assert chart.caption.startswith(told)


def test_finding_tells_one_year_and_both_releases(world):
    assert world.title == (
        "People living with HIV in 2023: the 2024 release said 39.9 million; "
        "the 2025 release says 40.4 million for the same year"
    )


def test_order_in_which_releases_are_given_is_no_matter(world):
    turned = charts.compared(R2025, R2024)
    assert (turned.title, turned.alt) == (world.title, world.alt)
    assert turned.svg() == world.svg()
    pd.testing.assert_frame_equal(turned.table, world.table)


def test_finding_says_when_releases_agree():
    same = with_value("plhiv", 2023, 39_900_000, frame=R2025)
    assert charts.compared(R2024, same).title == (
        "People living with HIV in 2023: the 2024 and 2025 releases both say 39.9 million"
    )


def test_alt_text_gives_both_figures_with_their_ranges(world):
    assert "2024 release said 39.9 million (36.1–44.6 million)" in world.alt
    assert "2025 release says 40.4 million (36.6–45.1 million)" in world.alt


def test_table_keeps_years_that_one_release_lacks(world):
    last = world.table[world.table["Year"] == 2024].iloc[0]
    assert last["2025 release"] == 40_800_000
    assert last[["2024 release", "2024 release: low"]].isna().all()


def test_prevalence_keeps_the_decimal_that_is_printed():
    chart = charts.compared(R2019, R2025, indicator="prevalence_share", location="SWZ")
    assert "27.3%" in chart.title
    assert "28.1%" in chart.title


def test_single_years_of_the_older_release_are_squares():
    chart = charts.compared(R2019, R2025, location="SWZ")
    squares = [line for line in chart.figure.axes[0].get_lines() if line.get_marker() == "s"]
    assert [line.get_xdata().tolist() for line in squares] == [[2010, 2015]]


def test_figures_that_are_limits_only_are_one_sentence():
    with pytest.raises(ExplainerError, match="AIDS-related deaths of Norway is published only"):
        charts.compared(R2019, R2025, indicator="aids_deaths", location="Norway")
