"""The model taken apart, its parameters moved, and ART and PrEP changed."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from explainer.errors import ExplainerError
from explainer.science.transmission_course import simulate
from explainer.science.transmission_fit import Fit, fit_transmission
from explainer.science.transmission_grid import (
    ART_LEVELS,
    PREP_LEVELS,
    art_prep_scenarios,
    made_up_by_prep,
    prep_efficacies,
)
from explainer.science.transmission_scenarios import (
    SCALE_UP_YEARS,
    VARIANTS,
    ablations,
    held_coverage,
    judge_each,
    tornado,
    without_art,
)
from explainer.tables import load_epidemic_series, load_model_parameters

PARAMETERS = load_model_parameters()


@pytest.fixture(scope="module")
def eswatini() -> Fit:
    return fit_transmission(load_epidemic_series(), PARAMETERS)


@pytest.fixture(scope="module")
def verdicts(eswatini):
    return judge_each(ablations(eswatini)).set_index("variant")


@pytest.fixture(scope="module")
def swings(eswatini):
    return tornado(eswatini, PARAMETERS).set_index("symbol")


@pytest.fixture(scope="module")
def grid(eswatini):
    return art_prep_scenarios(eswatini, PARAMETERS)


def test_each_part_brings_incidence_nearer_and_plain_si_fails(verdicts):
    assert list(verdicts.index) == list(VARIANTS)
    ratios = verdicts["incidence_ratio"]
    assert ratios["plain SI"] > 10
    assert abs(ratios["+ four stages"] - 1) < abs(ratios["plain SI"] - 1)
    assert ratios["+ heterogeneity"] == pytest.approx(2.31, abs=0.02)
    assert ratios["+ ART"] == pytest.approx(0.797, abs=0.005)
    assert verdicts.loc["plain SI", "prevalence"] > 0.7
    assert verdicts.loc["+ heterogeneity", "prevalence_rmse_points"] == pytest.approx(
        1.86, abs=0.02
    )


def test_every_version_is_fitted_to_the_same_figures(eswatini):
    table = ablations(eswatini)
    for _, rows in table.groupby("variant"):
        assert rows["estimate"].to_list() == table["estimate"][: len(rows)].to_list()
    assert set(table["variant"]) == set(VARIANTS)


def test_effect_of_art_matters_most_and_exit_at_50_not_at_all(swings):
    assert swings.index[0] == "epsilon"
    assert swings.index[-1] == "mu"
    low, high = swings.loc["epsilon", ["at_low", "at_high"]]
    assert low == pytest.approx(8.23, abs=0.05)
    assert high == pytest.approx(3.05, abs=0.05)
    assert abs(swings.loc["mu", "at_high"] - swings.loc["mu", "at_low"]) < 0.02


def test_model_is_fitted_anew_for_each_end(eswatini, swings):
    assert swings.loc["4/rho", "at_low"] == pytest.approx(5.92, abs=0.05)
    shorter = replace(eswatini.parameters, survival_years=9.0)
    unfitted = simulate(shorter, eswatini.programme, 2024, 2024)["incidence_per_1000"][0]
    assert unfitted == pytest.approx(5.56, abs=0.05)


def test_tornado_covers_every_given_parameter_with_its_range(swings):
    assert set(swings.index) == {"epsilon", "4/rho", "b", "delta", "mu"}
    table = PARAMETERS.set_index("symbol")
    for symbol in swings.index:
        assert swings.loc[symbol, "low"] == table.loc[symbol, "low"]
        assert swings.loc[symbol, "high"] == table.loc[symbol, "high"]
    assert set(swings["year"]) == {2024}
    assert swings["main"].nunique() == 1
    assert set(swings["published_low"]) == {5.8}
    assert set(swings["published_high"]) == {9.6}


def test_without_art_incidence_of_2024_would_be_36_per_1000(eswatini):
    table = without_art(eswatini).set_index(["indicator", "year"])
    rate = table.loc[("incidence_per_1000", 2024)]
    assert rate["without_art"] == pytest.approx(35.9, abs=0.1)
    assert rate["with_art"] == pytest.approx(5.37, abs=0.05)
    deaths = table.loc[("hiv_deaths_per_1000", 2024)]
    assert deaths["without_art"] > 5 * deaths["with_art"]


def test_counterfactual_is_the_same_until_treatment_begins(eswatini):
    table = without_art(eswatini)
    before = table[table["year"] < 2000]
    assert before["with_art"].to_list() == pytest.approx(before["without_art"].to_list(), rel=1e-4)


def test_95_95_holds_hiv_down_but_does_not_end_it_in_this_model(eswatini):
    future = held_coverage(eswatini, 0.95 * 0.95).set_index("year")
    assert future["art_coverage_share"][2060] == pytest.approx(0.9025, abs=0.01)
    assert future["incidence_per_1000"][2100] == pytest.approx(7.09, abs=0.05)
    assert future["prevalence_share"][2100] == pytest.approx(0.139, abs=2e-3)
    assert future["prevalence_share"][2100] < future["prevalence_share"][2025]


def test_grid_has_11_by_6_by_2_scenarios_to_2040(grid):
    cells = grid[["prep_kind", "art_coverage_share", "prep_coverage_share"]].drop_duplicates()
    assert len(cells) == len(ART_LEVELS) * len(PREP_LEVELS) * 2 == 132
    assert (grid["year"].min(), grid["year"].max()) == (2026, 2040)
    assert len(grid) == 132 * 15


@pytest.mark.parametrize(("art", "prep"), [(0.5, 0.0), (0.8, 0.3), (0.95, 0.5), (1.0, 0.1)])
def test_cells_of_the_grid_are_what_single_solutions_give(eswatini, grid, art, prep):
    begin, done = eswatini.programme.times[-1], eswatini.programme.times[-1] + SCALE_UP_YEARS
    held = eswatini.programme.held_at(art, by=done)
    alone = replace(held, prep_protection=(*held.prep_protection[:-1], 0.96 * prep))
    course = simulate(eswatini.parameters, alone, int(begin), 2040)
    cell = grid[
        (grid["prep_kind"] == "injectable")
        & (grid["art_coverage_share"] == art)
        & (grid["prep_coverage_share"] == prep)
    ]
    for indicator in ("prevalence_share", "incidence_per_1000"):
        assert cell[indicator].to_list() == pytest.approx(course[indicator].to_list(), rel=1e-4)
    start = simulate(eswatini.parameters, eswatini.programme, 2025, 2025).iloc[0]
    people = start[["uninfected", "untreated", "treated"]].sum()
    infections = 1000 * (course["ever_infected"] - start["ever_infected"]) / people
    assert cell["infections_per_1000"].to_list() == pytest.approx(infections.to_list(), rel=1e-4)


@pytest.mark.parametrize(
    ("prep", "holds", "at_hold", "fails", "at_fail"),
    [(0.2, 0.95, 4.0, 0.9, 5.7), (0.5, 0.85, 4.7, 0.8, 5.8)],
)
def test_injected_prep_makes_up_for_little_lost_art(grid, prep, holds, at_hold, fails, at_fail):
    table = made_up_by_prep(grid, 0.95).set_index(["prep_kind", "prep_coverage_share"])
    row = table.loc[("injectable", prep)]
    assert (row["holds_at"], row["fails_at"], row["start_at"]) == (holds, fails, 0.95)
    told = [row["at_hold"], row["at_fail"], row["at_start"]]
    assert told == pytest.approx([at_hold, at_fail, 5.0], abs=0.05)


def test_lost_art_is_made_up_for_exactly_while_infections_stay_at_those_begun_with(grid):
    last = grid[grid["year"] == 2040].set_index(["prep_kind", "prep_coverage_share"])
    for key, row in made_up_by_prep(grid, 0.94).set_index(last.index.names).iterrows():
        rates = last.loc[[key]].set_index("art_coverage_share")["incidence_per_1000"]
        at_most = rates[(rates <= row["at_start"]) & (rates.index <= row["start_at"])]
        assert at_most.index.min() == row["holds_at"]
        assert rates[rates.index < row["holds_at"]].index.max() == row["fails_at"]


def test_prep_that_makes_up_for_all_art_that_can_be_lost_fails_nowhere(grid):
    table = made_up_by_prep(grid.assign(incidence_per_1000=1.0), 0.95)
    assert set(table["holds_at"]) == {0.5}
    assert table["fails_at"].isna().all()


def test_held_coverage_settles_above_nothing_because_hiv_would_grow_if_it_were_rare(eswatini):
    p = eswatini.parameters
    assert [p.r_at(share) for share in (0.9025, 0.95, 1)] == pytest.approx(
        [3.5, 2.57, 1.44], abs=0.01
    )
    settled = held_coverage(eswatini, 0.95, until=2150)["incidence_per_1000"]
    assert settled.iloc[-1] == pytest.approx(4.7, abs=0.05)


def test_more_art_and_more_prep_both_lower_incidence(grid):
    last = grid[grid["year"] == 2040]
    for _, rows in last.groupby(["prep_kind", "prep_coverage_share"]):
        assert rows.sort_values("art_coverage_share")["incidence_per_1000"].is_monotonic_decreasing
    for _, rows in last.groupby(["prep_kind", "art_coverage_share"]):
        assert rows.sort_values("prep_coverage_share")["incidence_per_1000"].is_monotonic_decreasing


def test_both_kinds_are_alike_where_nobody_takes_prep(grid):
    none = grid[grid["prep_coverage_share"] == 0].pivot(
        index=["art_coverage_share", "year"], columns="prep_kind", values="incidence_per_1000"
    )
    assert none["injectable"].to_list() == pytest.approx(none["oral"].to_list(), rel=1e-6)


def test_efficacies_are_those_of_purpose_1_and_2():
    found = prep_efficacies(PARAMETERS)
    assert (found["injectable"].value, found["injectable"].low, found["injectable"].high) == (
        (0.96, 0.82, 0.99)
    )
    assert (found["oral"].value, found["oral"].high) == (0.16, 0.45)
    assert math.isnan(found["oral"].low), "below zero, so the table leaves it blank"


def test_grid_carries_the_interval_of_each_efficacy(grid):
    rows = grid.groupby("prep_kind")[["efficacy", "efficacy_low", "efficacy_high"]].first()
    assert rows.loc["injectable"].to_list() == [0.96, 0.82, 0.99]
    assert rows.loc["oral", "efficacy_high"] == 0.45


def test_missing_efficacy_is_one_sentence():
    with pytest.raises(ExplainerError, match="no parameter 'PrEP efficacy, injectable'"):
        prep_efficacies(PARAMETERS[~PARAMETERS["parameter"].str.contains("injectable")])
