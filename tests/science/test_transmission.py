"""The teaching model itself: nobody is lost, nobody is negative, and every knob turns its way."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import erlang

from explainer.errors import ExplainerError
from explainer.science import transmission_course
from explainer.science.transmission import (
    NO_PROGRAMME,
    Parameters,
    Programme,
    critical_suppression,
    fixed_parameters,
)
from explainer.science.transmission_course import rates, simulate, solve, straight_lines
from explainer.tables import load_model_parameters

PLAIN = Parameters(0.8, 6.5, 4e-6, 12.0, 0.94, 0.01, 1 / 45, 0.035)
TREATED = Programme((2003.0, 2011.0, 2025.0), (0.0, 0.4, 0.9), (0.0, 0.0, 0.0))

shares = st.floats(0, 1)
parameters = st.builds(
    Parameters,
    beta=st.floats(0.01, 3), alpha=st.floats(0, 50), seed=st.floats(1e-6, 0.01),
    survival_years=st.floats(4, 20), epsilon=shares, delta=st.floats(0, 0.1),
    mu=st.floats(0.01, 0.05), b=st.floats(0, 0.06), n_stages=st.sampled_from([1, 4]),
)  # fmt: skip
programmes = st.builds(
    lambda first, then, last, prep: Programme(
        (2000.0, 2010.0, 2020.0), (first, then, last), (0.0, 0.0, prep)
    ),
    shares, shares, shares, st.floats(0, 0.5),
)  # fmt: skip
groups = st.lists(st.floats(1e-6, 1), min_size=6, max_size=6)


@given(groups, parameters, shares, st.floats(0, 0.9))
def test_people_change_only_by_entry_exit_and_hiv_deaths(state, p, art, protection):
    p = replace(p, n_stages=4)
    *change, _, died = rates(state, p, art, protection)
    people, treated = sum(state), state[-1]
    assert sum(change) == pytest.approx((p.b - p.mu) * people - died, rel=1e-9, abs=1e-12)
    assert died == pytest.approx(p.rho * state[4] + p.delta * treated)


@settings(max_examples=12)
@given(parameters, programmes)
def test_nobody_is_lost_where_nobody_enters_or_leaves(p, programme):
    p = replace(p, b=0.0, mu=1e-12)
    state = solve(p, programme, np.arange(1981.0, 2030.0))
    people, infections, deaths = state[:-2].sum(axis=0), state[-2], state[-1]
    assert people + deaths == pytest.approx(np.ones(49), abs=1e-5)
    assert state[0] + infections == pytest.approx(np.full(49, 1 - p.seed), abs=1e-5)


@settings(max_examples=20)
@given(parameters, programmes)
def test_no_group_is_ever_negative(p, programme):
    state = solve(p, programme, np.linspace(1980, 2040, 61))
    assert (state >= -1e-9).all()
    assert (np.diff(state[-2:], axis=1) >= -1e-9).all(), "infections and deaths add up"


@given(st.floats(0.1, 40), st.floats(0.005, 0.1), st.sampled_from([1, 2, 4, 8]))
def test_infectious_years_are_the_mean_time_until_death_or_age_50(survival, mu, stages):
    p = replace(PLAIN, survival_years=survival, mu=mu, n_stages=stages)
    alive = erlang(stages, scale=survival / stages).sf
    mean, _ = quad(lambda years: alive(years) * math.exp(-mu * years), 0, np.inf)
    assert p.infectious_years == pytest.approx(mean, rel=1e-4)
    assert p.r0 == pytest.approx(p.beta * mean, rel=1e-4)


def test_prototype_of_beta_082_has_r0_of_8_4():
    assert replace(PLAIN, beta=0.82).r0 == pytest.approx(8.4, abs=0.01)


def test_median_of_four_stages_is_918_thousandths_of_their_mean():
    assert erlang(4, scale=1 / 4).median() == pytest.approx(0.918, abs=5e-4)


def test_threshold_at_r0_8_4_and_epsilon_94_is_94_percent():
    assert critical_suppression(8.4, 0.94) == pytest.approx(0.937, abs=5e-4)
    assert critical_suppression(8.4, 0.94) > 0.95**3 == pytest.approx(0.857, abs=5e-4)


def test_below_r0_of_one_nothing_is_needed_and_weak_treatment_may_never_do():
    assert critical_suppression(0.8) == 0
    assert critical_suppression(8, 0.5) > 1


def test_nobody_on_art_is_r0_and_everybody_what_treatment_leaves_over_a_longer_life():
    assert PLAIN.r_at(0) == pytest.approx(PLAIN.r0)
    assert PLAIN.treated_years == pytest.approx(31.03, abs=0.01)
    assert PLAIN.treated_years > 3 * PLAIN.infectious_years
    assert PLAIN.r_at(1) == pytest.approx(0.06 * PLAIN.beta * PLAIN.treated_years)
    assert PLAIN.r_at(1) == pytest.approx(PLAIN.r_at(1 - 1e-9), rel=1e-6)
    with pytest.raises(ExplainerError, match=r"ART coverage is 1\.2; give a share from 0 to 1"):
        PLAIN.r_at(1.2)


@settings(max_examples=25)
@given(parameters, st.floats(0, 0.99), st.floats(0, 0.99))
def test_more_people_on_art_never_lets_one_person_pass_hiv_on_to_more(p, one, other):
    p = replace(p, epsilon=1.0)
    less, more = sorted((one, other))
    assert p.r_at(more) <= p.r_at(less) * (1 + 1e-9)


@pytest.mark.parametrize("epsilon", [0.94, 1.0])
@pytest.mark.parametrize("share", [0.5, 0.93, 0.95, 0.98, 1.0])
def test_hiv_dies_out_in_the_model_exactly_where_one_person_passes_it_on_to_less_than_one(
    epsilon, share
):
    p = replace(PLAIN, alpha=0.0, seed=1e-6, epsilon=epsilon)
    held = Programme((1980.0,), (share,), (0.0,))
    course = simulate(p, held, 1990, 2000).set_index("year")
    infections = course["ever_infected"].diff()
    # A little short of the share aimed at: people still wait for treatment.
    reached = float(course["art_coverage_share"][2000])
    assert share - 0.06 < reached <= share
    assert (infections[2000] < infections[1992]) == (p.r_at(reached) < 1)


def test_simple_rule_asks_for_less_than_the_model_needs_as_treated_people_live_longer():
    rule = critical_suppression(PLAIN.r0, PLAIN.epsilon)
    assert rule < 0.95
    assert PLAIN.r_at(rule) > PLAIN.r_at(0.95) > PLAIN.r_at(1) > 1
    # Were life no longer with treatment, the rule would be right.
    alike = replace(PLAIN, survival_years=1e5, delta=0.0, epsilon=1.0)
    assert alike.r_at(critical_suppression(alike.r0)) == pytest.approx(1, rel=1e-2)


def test_early_growth_is_that_of_beta_less_the_losses():
    p = replace(PLAIN, alpha=0.0, n_stages=1, seed=1e-8)
    early = solve(p, NO_PROGRAMME, np.array([1982.0, 1984.0]))[1]
    # People with HIV among a population that itself grows by b - mu.
    expected = p.beta - p.mu - p.rho
    assert math.log(early[1] / early[0]) / 2 == pytest.approx(expected, rel=1e-3)


def course(p: Parameters = PLAIN, programme: Programme = TREATED):
    return simulate(p, programme, 1990, 2024).set_index("year")


@pytest.mark.parametrize(
    ("change", "indicator", "rises"),
    [
        ({"beta": 0.9}, "prevalence_share", True),
        ({"alpha": 8.0}, "prevalence_share", False),
        ({"epsilon": 0.99}, "incidence_per_1000", False),
        ({"epsilon": 0.99}, "ever_infected", False),
        ({"delta": 0.05}, "hiv_deaths_per_1000", True),
        ({"survival_years": 15.0}, "prevalence_share", True),
        ({"b": 0.045}, "prevalence_share", False),
    ],
)
def test_each_parameter_moves_the_model_its_way(change, indicator, rises):
    before, after = (course(p)[indicator][2024] for p in (PLAIN, replace(PLAIN, **change)))
    assert after > before if rises else after < before


def test_leaving_at_50_changes_no_share():
    """It takes people with and without HIV alike."""
    usual, longer = course(), course(replace(PLAIN, mu=1 / 60))
    for indicator in ("prevalence_share", "incidence_per_1000", "art_coverage_share"):
        assert longer[indicator].to_list() == pytest.approx(usual[indicator].to_list(), rel=1e-4)
    assert longer["uninfected"][2024] > usual["uninfected"][2024]


def test_coverage_of_the_model_follows_the_programme():
    followed = course()["art_coverage_share"]
    wanted = straight_lines(TREATED.times, TREATED.art_share)
    off = [followed[year] - wanted(year + 1.0) for year in range(2003, 2025)]
    assert max(map(abs, off)) < 0.03


def test_coverage_that_falls_is_followed_too():
    cut = TREATED.held_at(0.5, by=2030.0)
    assert simulate(PLAIN, cut, 2034, 2034)["art_coverage_share"][0] == pytest.approx(0.5, abs=0.02)


def test_prep_lowers_incidence_by_its_share_at_once():
    shielded = replace(TREATED, prep_protection=(0.0, 0.0, 0.4))
    with_prep, without = (
        simulate(PLAIN, programme.held_at(0.9, by=2026.0), 2025, 2025)["incidence_per_1000"][0]
        for programme in (shielded, TREATED)
    )
    assert with_prep / without == pytest.approx(0.6, abs=0.08)


def test_prep_spares_the_infections_that_it_prevents():
    shielded = replace(TREATED, prep_protection=(0.0, 0.0, 0.4)).held_at(0.9, by=2026.0)
    bare = TREATED.held_at(0.9, by=2026.0)
    spared = []
    for programme in (shielded, bare):
        first, last = simulate(PLAIN, programme, 2025, 2030)["ever_infected"].iloc[[0, -1]]
        spared.append(last - first)
    assert spared[0] / spared[1] == pytest.approx(0.6, abs=0.05)


def test_transmission_slows_by_e_to_the_minus_alpha_p():
    assert PLAIN.speed_left(0) == 1
    assert replace(PLAIN, alpha=8.0).speed_left(0.25) == pytest.approx(0.135, abs=5e-4)


def test_deaths_of_a_year_are_those_added_to_the_total():
    table = course()
    people = table[["uninfected", "untreated", "treated"]].sum(axis=1)
    rate = 1000 * table["ever_died"].diff() / ((people + people.shift()) / 2)
    told = table["hiv_deaths_per_1000"].loc[2000:].to_list()
    assert len(told) == 25
    assert told == pytest.approx(rate.loc[2000:].to_list(), rel=1e-3)


def test_one_solve_takes_15_milliseconds_at_most():
    assert transmission_course.RELATIVE <= 1e-5
    times = np.arange(1990, 2025.5, 0.5)
    solve(PLAIN, TREATED, times)
    spent = []
    for _ in range(7):
        begun = time.process_time()
        solve(PLAIN, TREATED, times)
        spent.append(time.process_time() - begun)
    assert min(spent) < 0.015


def test_solution_is_as_exact_as_it_claims(monkeypatch):
    usual = course()
    monkeypatch.setattr(transmission_course, "RELATIVE", 1e-10)
    monkeypatch.setattr(transmission_course, "ABSOLUTE", 1e-16)
    exact = course()
    assert usual.to_numpy() == pytest.approx(exact.to_numpy(), rel=1e-4, abs=1e-9)


def test_given_parameters_are_those_of_the_table():
    p = fixed_parameters(load_model_parameters())
    assert (p.survival_years, p.epsilon, p.delta, p.b) == (12, 0.94, 0.01, 0.035)
    assert p.mu == pytest.approx(1 / 45, abs=1e-6)


@pytest.mark.parametrize(
    ("change", "said"),
    [({"epsilon": 1.2}, "epsilon is 1.2; a share is at most 1"),
     ({"alpha": -1.0}, "alpha is -1.0; give a number from 0 up"),
     ({"beta": math.nan}, "beta is nan"), ({"mu": 0.0}, "mu is 0; the model needs"),
     ({"n_stages": 0}, "n_stages is 0")],
)  # fmt: skip
def test_impossible_parameters_are_refused(change, said):
    with pytest.raises(ExplainerError, match=said):
        replace(PLAIN, **change)


@pytest.mark.parametrize(
    ("times", "art", "said"),
    [((2000.0, 2000.0), (0.1, 0.2), "must rise"), ((2000.0,), (0.1, 0.2), "for each time"),
     ((2000.0,), (1.1,), "1.1 is no share"), ((), (), "for each time")],
)  # fmt: skip
def test_impossible_programmes_are_refused(times, art, said):
    with pytest.raises(ExplainerError, match=said):
        Programme(times, art, (0.0,) * len(art))


def test_model_does_not_run_backwards():
    with pytest.raises(ExplainerError, match="runs forward from 1980"):
        simulate(PLAIN, TREATED, 1975, 1990)


def test_threshold_of_no_epidemic_is_refused():
    with pytest.raises(ExplainerError, match="give R0 above 0"):
        critical_suppression(0)


def test_table_without_a_parameter_is_refused():
    table = load_model_parameters()
    with pytest.raises(ExplainerError, match="no symbol 'mu'"):
        fixed_parameters(table[table["symbol"] != "mu"])
