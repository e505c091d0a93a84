"""A country's profile: courses, gaps, balance and place say what is published and no more."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd
import pytest

import explainer as hiv
from explainer import ExplainerError
from explainer.science.gaps import GapKind
from explainer.science.published import figures_of

Rows = Callable[..., pd.DataFrame]
ESTIMATES = hiv.load_estimates()
LAND = ("Land", "LND", "country")
OTHER = ("Other", "OTH", "country")


def value(indicator: str, year: int, number: float, mark: str | None = None, place=LAND):
    """One row of a made-up country."""
    return (*place, indicator, year, number, number, number, mark)


# courses


def test_course_runs_from_the_base_year_to_the_newest() -> None:
    course = hiv.course(ESTIMATES, "new_infections", "SWZ")
    assert (course.base_year, course.year) == (2010, 2024)
    assert (course.base.value, course.last.value) == (14_000, 4_200)
    assert course.direction == "fell"
    assert course.change_share == pytest.approx(4_200 / 14_000 - 1)


@pytest.mark.parametrize(
    ("first", "last", "word"),
    [
        ((100, None), (200, None), "rose"),
        ((200, None), (100, None), "fell"),
        ((100, None), (100, None), "stayed about the same"),
        ((600, None), (500, "<"), "fell"),
        ((500, "<"), (600, None), "rose"),
        ((500, None), (500, "<"), ""),
        ((300, None), (500, "<"), ""),
        ((500, "<"), (500, "<"), ""),
        ((500, "<"), (400, None), ""),
    ],
)
def test_ceiling_gives_a_direction_only_where_it_proves_one(
    make_estimates: Rows, first: tuple, last: tuple, word: str
) -> None:
    rows = [value("aids_deaths", year, *figure) for year, figure in ((2010, first), (2020, last))]
    course = hiv.course(make_estimates(*rows), "aids_deaths", "LND")
    assert course.direction == word
    assert math.isnan(course.change_share) == bool(first[1] or last[1])


def test_course_without_the_base_year_starts_at_the_next_one() -> None:
    assert hiv.course(ESTIMATES, "plhiv", "GBR").base_year == 2016


def test_single_year_has_no_base_and_no_direction() -> None:
    course = hiv.course(ESTIMATES, "plhiv", "India")
    assert course.last.value == 2_600_000
    assert (course.base, course.base_year, course.direction) == (None, None, "")
    assert not course.has_line


def test_unpublished_is_told_from_not_held(make_estimates: Rows) -> None:
    rows = make_estimates(value("plhiv", 2010, 10), value("aids_deaths", 2010, 1, place=OTHER))
    assert hiv.course(rows, "aids_deaths", "LND").is_held
    assert not hiv.course(rows, "new_infections", "LND").is_held
    assert hiv.course(rows, "new_infections", "LND").last is None


def test_line_needs_two_ordinary_figures_from_an_ordinary_base(make_estimates: Rows) -> None:
    years = [value("plhiv", 2010, 9), value("plhiv", 2011, 9), value("plhiv", 2012, 5, "<")]
    assert hiv.course(make_estimates(*years), "plhiv", "LND").has_line
    assert not hiv.course(make_estimates(years[0], years[2]), "plhiv", "LND").has_line
    ceiling_first = [value("plhiv", 2010, 5, "<"), *years[1:2]]
    assert not hiv.course(make_estimates(*ceiling_first), "plhiv", "LND").has_line


def test_course_before_the_base_year_looks_back_ten_years() -> None:
    course = hiv.course(ESTIMATES[ESTIMATES["year"] <= 2005], "plhiv", "SWZ")
    assert (course.base_year, course.year) == (1995, 2005)


@pytest.mark.parametrize(("newest", "base"), [(2024, 2010), (2015, 2010), (2012, 2002)])
def test_base_year_leaves_some_years_to_compare(newest: int, base: int) -> None:
    rows = ESTIMATES[ESTIMATES["year"] <= newest]
    assert hiv.course(rows, "plhiv", "SWZ").base_year == base


def test_figures_keep_number_range_and_marks() -> None:
    figure = figures_of(ESTIMATES, "NOR")["aids_deaths"][2024]
    assert (figure.value, figure.mark, figure.high_mark) == (100, "<", "<")


# gaps


def kinds(country: str, estimates: pd.DataFrame = ESTIMATES) -> dict[str, tuple]:
    """Indicators and year of each gap, by kind."""
    return {str(gap.kind): (gap.indicators, gap.year) for gap in hiv.gaps(estimates, country)}


def test_full_country_lacks_only_the_range_of_its_coverage() -> None:
    assert kinds("SWZ") == {"no_range": (("art_coverage_share",), None)}


def test_last_published_years_are_named_together() -> None:
    ended = [gap for gap in hiv.gaps(ESTIMATES, "FRA") if gap.kind is GapKind.ENDED]
    assert [(gap.indicators, gap.year, gap.newest_year) for gap in ended] == [
        (("plhiv", "new_infections", "prevalence_share"), 2023, 2024),
        (("art_coverage_share",), 2022, 2024),
    ]


def test_never_published_and_one_year_are_different_gaps() -> None:
    assert kinds("NOR")["never"] == (("new_infections", "art_coverage_share"), None)
    assert kinds("IND")["one_year"][1] == 2024
    assert kinds("IND")["begins"] == (("art_coverage_share",), 2022)


def test_indicator_that_no_country_has_is_not_laid_at_unaids_door() -> None:
    older = hiv.load_estimates("2024")
    assert kinds("SWZ", older) == {"not_held": (("art_coverage_share",), None)}


def test_new_figure_closes_the_gap(make_estimates: Rows) -> None:
    rows = [value("plhiv", year, 10) for year in (2010, 2011)]
    newer = value("plhiv", 2012, 10, place=OTHER)
    assert "ended" in kinds("LND", make_estimates(*rows, newer))
    assert "ended" not in kinds("LND", make_estimates(*rows, newer, value("plhiv", 2012, 10)))


# balance


def flows(first: int, *years: tuple[float, float, float]) -> list[tuple]:
    """People living with HIV, new infections and deaths of years in a row."""
    names = ("plhiv", "new_infections", "aids_deaths")
    return [
        value(name, first + step, number)
        for step, figures in enumerate(years)
        for name, number in zip(names, figures, strict=True)
    ]


def test_flows_after_the_first_year_add_up(make_estimates: Rows) -> None:
    rows = flows(2010, (10_000, 9_000, 9_000), (11_000, 2_000, 800), (12_000, 1_500, 700))
    balance = hiv.balance(make_estimates(*rows), "LND")
    assert (balance.base_year, balance.year) == (2010, 2012)
    assert (balance.new_infections, balance.aids_deaths) == (3_500, 1_500)
    assert (balance.net_flow, balance.plhiv_change, balance.residual) == (2_000, 2_000, 0)
    assert balance.reading == "within_rounding"


def test_balance_of_a_hyperendemic_country() -> None:
    balance = hiv.balance(ESTIMATES, "SWZ")
    rows = ESTIMATES[(ESTIMATES["location_code"] == "SWZ") & ESTIMATES["year"].gt(2010)]
    sums = rows.groupby("indicator")["estimate"].sum()
    assert balance.new_infections == sums["new_infections"]
    assert balance.aids_deaths == sums["aids_deaths"]
    assert balance.reading == "other_deaths"


def test_more_arrivals_than_infections_read_as_migration(make_estimates: Rows) -> None:
    rows = flows(2010, (10_000, 100, 100), (20_000, 100, 100))
    assert hiv.balance(make_estimates(*rows), "LND").reading == "other_arrivals"


def test_balance_stops_at_a_break(make_estimates: Rows) -> None:
    early, late = flows(2010, (100, 10, 1), (110, 10, 1)), flows(2015, (100, 10, 1), (108, 9, 1))
    balance = hiv.balance(make_estimates(*early, *late), "LND")
    assert (balance.base_year, balance.year, balance.new_infections) == (2015, 2016, 9)


@pytest.mark.parametrize(
    ("country", "never", "thresholds"),
    [
        ("FRA", ("aids_deaths",), ()),
        ("CHE", (), ("new_infections", "aids_deaths")),
        ("NOR", ("new_infections",), ("aids_deaths",)),
        ("IND", (), ()),
    ],
)
def test_balance_names_what_stands_in_its_way(
    country: str, never: tuple, thresholds: tuple
) -> None:
    balance = hiv.balance(ESTIMATES, country)
    assert balance.year is None
    assert (balance.never, balance.thresholds) == (never, thresholds)
    assert balance.reading == "not_known"


# place


def test_place_counts_ordinary_figures_only() -> None:
    norway = hiv.place(ESTIMATES, "NOR")
    assert norway.count.rank == norway.count.n_ranked == 43
    assert norway.rate.rank is None
    assert norway.rate.figure.mark == "<"
    assert norway.rate.n_thresholds == 2


def test_same_printed_figure_shares_the_better_place() -> None:
    swz = hiv.place(ESTIMATES, "SWZ").count
    rows = hiv.ranking(ESTIMATES, "plhiv", 2024)
    assert swz.n_sharing == (rows["estimate"] == swz.figure.value).sum() - 1 == 2
    assert swz.rank == 1 + (rows["estimate"] > swz.figure.value).sum()


def test_country_that_ended_is_placed_in_its_last_year() -> None:
    assert hiv.place(ESTIMATES, "FRA").year == 2023


def test_country_without_either_figure_has_no_place() -> None:
    assert hiv.place(hiv.load_estimates("2019"), "CHE") is None


def test_place_moves_with_the_figure() -> None:
    changed = ESTIMATES.copy()
    row = (changed["location_code"] == "NOR") & (changed["indicator"] == "plhiv")
    changed.loc[row & (changed["year"] == 2024), "estimate"] = 9e6
    assert hiv.place(changed, "NOR").count.rank == 1


def test_ranking_puts_thresholds_last_without_a_rank() -> None:
    rows = hiv.ranking(ESTIMATES, "prevalence_share", 2024)
    assert rows["rank"].iloc[0] == 1
    assert rows["location"].iloc[0] == "Eswatini"
    assert set(rows.tail(2)["location"]) == {"Egypt", "Norway"}
    assert rows.tail(2)["rank"].isna().all()


# the profile


@pytest.mark.parametrize("release", ["2019", "2024", "2025", "2026"])
def test_every_country_of_every_release_has_a_profile(release: str) -> None:
    estimates = hiv.load_estimates(release)
    codes = hiv.countries(estimates)
    assert len(codes) >= 42
    for code in codes:
        profile = hiv.profile(estimates, code)
        assert profile.iso3 == code
        assert profile.release == release
        assert set(profile.rows["location"]) == {profile.country, "World"}


def test_world_is_compared_over_the_years_of_the_country() -> None:
    profile = hiv.profile(ESTIMATES, "GBR")
    assert profile.world_infections.base_year == profile.new_infections.base_year == 2016
    assert profile.world_infections.year == profile.new_infections.year == 2023
    assert profile.world_coverage.year == profile.coverage.year


def test_years_are_named_only_where_some_are_missing() -> None:
    assert hiv.profile(hiv.load_estimates("2019"), "SWZ").years_held == (2010, 2015, 2017, 2018)
    assert hiv.profile(ESTIMATES, "SWZ").years_held == ()


def test_place_that_is_no_country_of_the_release_is_one_sentence() -> None:
    for wrong in ("Norway", "World", "XXX"):
        with pytest.raises(ExplainerError, match=f"holds no figures of {wrong}.* AGO, ARG") as said:
            hiv.profile(hiv.load_estimates("2024"), wrong)
        assert "\n" not in str(said.value)


def test_country_by_another_name_or_misspelt_is_suggested() -> None:
    for wrong, meant in (("Kenia", "Kenya"), ("UK", "United Kingdom"), ("Tanzania", "United Rep")):
        with pytest.raises(ExplainerError, match=f"no figures of {wrong}; did you mean {meant}"):
            hiv.profile(ESTIMATES, wrong)


# the cascade


def test_steps_are_those_of_the_newest_whole_year() -> None:
    steps = hiv.conditional_steps(hiv.load_cascade())
    assert (steps.location, steps.year) == ("World", 2024)
    assert (steps.knows_status, steps.on_art, steps.suppressed) == (0.87, 0.89, 0.94)
    assert hiv.conditional_steps(hiv.load_cascade(), until=2020).year == 2020


def test_country_without_a_cascade_has_no_steps() -> None:
    assert hiv.conditional_steps(hiv.load_cascade(), "SWZ") is None
    assert hiv.conditional_steps(hiv.load_cascade(), until=1999) is None


def test_change_between_a_threshold_and_a_figure_has_no_size() -> None:
    rows = hiv.load_estimates().query("location_code in ('WLD', 'KEN') and indicator == 'plhiv'")
    rows.loc[rows["location_code"].eq("KEN") & rows["year"].eq(2010), "estimate_mark"] = "<"
    rows.loc[rows["location_code"].eq("KEN") & rows["year"].eq(2010), "estimate"] = 500
    ken = hiv.course(rows, "plhiv", "KEN")
    assert (ken.direction, ken.has_share) == ("rose", False)
    assert hiv.course(rows, "plhiv", "WLD").has_share
