"""Series, change since a year and peak, within one release."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.science import epidemic
from explainer.science.profile import course
from explainer.science.regions import region_changes
from explainer.tables import default_release, load_estimates

KENYA = ("Kenya", "KEN", "country")


def test_anchor_values_of_2024_in_the_2025_release() -> None:
    estimates = load_estimates("2025")
    anchors = {
        "plhiv": (40.8e6, 37.0e6, 45.6e6),
        "new_infections": (1.3e6, 1.0e6, 1.7e6),
        "aids_deaths": (630_000, 490_000, 820_000),
        "on_art": (31.6e6, 27.8e6, 32.9e6),
        "art_coverage_share": (0.77, 0.62, 0.90),
    }
    for indicator, anchor in anchors.items():
        figure = epidemic.value_in(estimates, indicator, 2024)
        assert (figure.value, figure.low, figure.high) == anchor, indicator


def test_year_2023_differs_between_the_2024_and_the_2025_release() -> None:
    older, newer = load_estimates("2024"), load_estimates("2025")
    indicators = ("plhiv", "new_infections", "aids_deaths")
    values = [[epidemic.value_in(f, i, 2023).value for i in indicators] for f in (older, newer)]
    assert values == [[39.9e6, 1.3e6, 630_000], [40.4e6, 1.4e6, 650_000]]


def test_within_the_2025_release_plhiv_rose_by_0_4_million_from_2023() -> None:
    change = epidemic.change_since(load_estimates("2025"), "plhiv", 2024, 2023)
    assert change.difference == pytest.approx(0.4e6)
    assert change.direction == "rose"


def test_deaths_peaked_in_2003_to_2005_and_plhiv_kept_rising() -> None:
    estimates = load_estimates("2025")
    peak = epidemic.peak(estimates, "aids_deaths")
    assert (peak.years, peak.estimate.value) == ((2003, 2004, 2005), 2.1e6)
    assert (peak.first, peak.last) == (2003, 2005)
    assert epidemic.change_since(estimates, "plhiv", 2024, peak.last).direction == "rose"


def test_unrounded_deaths_of_the_2024_release_peak_in_2004_at_2_06_million() -> None:
    peak = epidemic.peak(load_estimates("2024", unrounded=True), "aids_deaths")
    assert peak.years == (2004,)
    assert peak.estimate.value == pytest.approx(2.06e6, abs=5e3)


def test_infections_fell_by_41_percent_since_2010() -> None:
    change = epidemic.change_since(load_estimates("2025"), "new_infections", base_year=2010)
    assert change.change_share == pytest.approx(1.3 / 2.2 - 1)
    assert (change.year, change.direction) == (2024, "fell")
    assert (1 + change.per_year_share) ** 14 == pytest.approx(change.ratio)


@given(first=st.integers(1, 99), last=st.integers(1, 99))
def test_the_word_for_a_change_agrees_with_its_sign(first: int, last: int) -> None:
    word = epidemic.direction(first * 1e5, last * 1e5, "new_infections")
    one_step = 1 if max(first, last) >= 10 else 0.1  # from a million on, figures end in 100,000
    is_same = abs(first - last) <= one_step
    assert word == ("stayed about the same" if is_same else "rose" if last > first else "fell")


def test_one_step_of_rounding_is_no_change() -> None:
    estimates = load_estimates()
    moved = epidemic.change_since(estimates, "new_infections", location="Latin America")
    assert (moved.first.value, moved.last.value) == (110_000, 120_000)
    assert moved.direction == "stayed about the same"
    words = epidemic.trend(estimates, "new_infections", location="Latin America")
    assert words["direction"].iloc[-1] == moved.direction
    regions = region_changes(estimates).set_index("location")
    assert regions.loc["Latin America", "direction"] == moved.direction
    assert course(estimates, "plhiv", "Kenya").direction == moved.direction  # 1.4 and 1.3 million


def test_equal_figures_stayed_about_the_same(make_estimates) -> None:
    frame = make_estimates((*KENYA, "plhiv", 2010, 5.0), (*KENYA, "plhiv", 2011, 5.0))
    assert epidemic.change_since(frame, "plhiv", 2011, 2010, "KEN").direction == (
        "stayed about the same"
    )


def test_an_unpublished_year_is_a_gap_in_the_series(make_estimates) -> None:
    frame = make_estimates((*KENYA, "plhiv", 2010, 5.0), (*KENYA, "plhiv", 2012, 7.0))
    table = epidemic.series(frame, "plhiv", "Kenya")
    assert table["year"].tolist() == [2010, 2011, 2012]
    assert table["estimate"].isna().tolist() == [False, True, False]
    assert table["location"].tolist() == ["Kenya"] * 3


def test_a_threshold_never_stands_among_the_estimates(make_estimates) -> None:
    frame = make_estimates(
        (*KENYA, "aids_deaths", 2010, 900.0), (*KENYA, "aids_deaths", 2011, 500.0, None, None, "<")
    )
    table = epidemic.series(frame, "aids_deaths", "Kenya")
    assert math.isnan(table["estimate"].iloc[1])
    assert table["estimate_threshold"].iloc[1] == 500
    assert table["estimate_mark"].tolist() == ["", "<"]
    figure = epidemic.value_in(frame, "aids_deaths", 2011, "Kenya")
    assert (figure.value, figure.mark) == (500, "<")
    assert epidemic.peak(frame, "aids_deaths", "Kenya").years == (2010,)
    with pytest.raises(ExplainerError, match="published as <500"):
        epidemic.change_since(frame, "aids_deaths", 2011, 2010, "Kenya")


def test_no_threshold_of_any_real_country_enters_a_series() -> None:
    estimates = load_estimates("2025")
    marked = estimates[estimates["estimate_mark"].notna()]
    assert len(marked) > 100
    for (place, indicator), rows in list(marked.groupby(["location", "indicator"]))[:40]:
        table = epidemic.series(estimates, indicator, place).set_index("year")
        assert table.loc[rows["year"], "estimate"].isna().all()


def test_trend_starts_at_no_change_and_leaves_thresholds_without_a_word(make_estimates) -> None:
    frame = make_estimates(
        (*KENYA, "aids_deaths", 2010, 1000.0),
        (*KENYA, "aids_deaths", 2011, 1500.0),
        (*KENYA, "aids_deaths", 2012, 500.0, None, None, "<"),
    )
    table = epidemic.trend(frame, "aids_deaths", 2010, "Kenya")
    assert table["direction"].tolist() == ["stayed about the same", "rose", ""]
    assert table["change_share"].iloc[1] == pytest.approx(0.5)
    assert table["difference"].iloc[:2].tolist() == [0, 500]


def test_two_releases_are_never_joined(world: pd.DataFrame) -> None:
    both = pd.concat([world, world.assign(release="2024")])
    for call in (epidemic.series, epidemic.value_in, epidemic.change_since, epidemic.peak):
        with pytest.raises(ExplainerError, match=r"rows of 2 releases \(2024, 2025\)"):
            call(both, "plhiv")
    with pytest.raises(ExplainerError, match=rf"load_estimates\('{default_release()}'\) does"):
        epidemic.peak(load_estimates("all"), "plhiv")


def test_rounded_and_unrounded_rows_are_never_mixed(world: pd.DataFrame) -> None:
    both = pd.concat([world, world.assign(is_rounded=False)])
    with pytest.raises(ExplainerError, match="two rows for 2000"):
        epidemic.series(both, "plhiv")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("plhvi",), "no indicator 'plhvi'; did you mean plhiv"),
        (("plhiv", 2001, "Wrold"), "no location 'Wrold'; did you mean World"),
        (("plhiv", 1980), "no figure for 1980; published years run from 2000 to 2002, .* 2000"),
        (("zzz",), "no indicator 'zzz'; it has plhiv, new_infections, aids_deaths"),
    ],
)
def test_unknown_names_get_the_nearest_known_ones(
    world: pd.DataFrame, arguments: tuple[object, ...], words: str
) -> None:
    with pytest.raises(ExplainerError, match=words):
        epidemic.value_in(world, *arguments)


@pytest.mark.parametrize(
    "ask",
    [
        epidemic.series,
        epidemic.latest_year,
        epidemic.peak,
        lambda frame, what, where: epidemic.value_in(frame, what, location=where),
        lambda frame, what, where: epidemic.change_since(frame, what, location=where),
        lambda frame, what, where: epidemic.trend(frame, what, location=where),
    ],
)
def test_figure_that_a_place_lacks_is_told_from_an_unknown_indicator(ask) -> None:
    with pytest.raises(ExplainerError) as said:
        ask(load_estimates("2025"), "art_coverage_share", "Norway")
    assert str(said.value) == (
        "no figure of treatment coverage for Norway in release 2025; there are figures of "
        "AIDS-related deaths, people living with HIV and HIV prevalence"
    )


def test_thresholds_are_refused_in_words() -> None:
    estimates = load_estimates("2025")
    with pytest.raises(
        ExplainerError,
        match="AIDS-related deaths in Norway: the figure for 2010 is published as <100, from which",
    ):
        epidemic.change_since(estimates, "aids_deaths", location="Norway")
    with pytest.raises(ExplainerError, match="AIDS-related deaths in Norway: published only as"):
        epidemic.peak(estimates, "aids_deaths", "Norway")


def test_a_missing_column_is_named(world: pd.DataFrame) -> None:
    with pytest.raises(ExplainerError, match="column location_code is missing"):
        epidemic.series(world.drop(columns="location_code"), "plhiv")


def test_a_place_is_found_by_name_and_by_code(world: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(
        epidemic.series(world, "plhiv", "WLD"), epidemic.series(world, "plhiv", "World")
    )
    assert epidemic.latest_year(world, "plhiv") == 2002


def test_a_year_before_the_base_year_has_neither_risen_nor_fallen() -> None:
    table = epidemic.trend(load_estimates("2025"), "plhiv", 2010).set_index("year")
    assert table.loc[1990, "difference"] < 0
    assert set(table.loc[:2009, "direction"]) == {""}
    assert table.loc[2024, "direction"] == "rose"
