"""The model fitted to Eswatini up to 2010, and judged by the years and surveys it never saw."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from explainer.errors import ExplainerError
from explainer.science.transmission import NO_PROGRAMME
from explainer.science.transmission_fit import (
    Fit,
    against_published,
    fit_transmission,
    published_programme,
    refit,
)
from explainer.science.transmission_surveys import against_surveys, survey_points
from explainer.science.transmission_verdict import judge
from explainer.tables import load_epidemic_series, load_model_parameters

SERIES, PARAMETERS = load_epidemic_series(), load_model_parameters()


@pytest.fixture(scope="module")
def eswatini() -> Fit:
    return fit_transmission(SERIES, PARAMETERS)


@pytest.fixture(scope="module")
def compared(eswatini):
    return against_published(eswatini)


def test_fit_to_eswatini_gives_beta_773_alpha_640_and_r0_near_8(eswatini):
    found = eswatini.parameters
    assert found.beta == pytest.approx(0.773, abs=2e-3)
    assert found.alpha == pytest.approx(6.40, abs=0.02)
    assert found.seed == pytest.approx(4.35e-6, rel=0.03)
    assert found.r0 == pytest.approx(7.92, abs=0.03)


def test_held_out_years_of_eswatini_prevalence_2_6_points_incidence_four_fifths(compared):
    verdict = judge(compared)
    assert (verdict.first_year, verdict.last_year) == (2011, 2024)
    assert verdict.prevalence_rmse_points == pytest.approx(2.57, abs=0.03)
    assert verdict.incidence_ratio == pytest.approx(0.797, abs=0.005)
    assert verdict.prevalence == pytest.approx(0.216, abs=1e-3)
    assert verdict.incidence_per_1000 == pytest.approx(5.37, abs=0.05)
    last, rate = verdict.published_prevalence, verdict.published_incidence_per_1000
    assert (last.value, last.low, last.high) == (0.234, 0.229, 0.238)
    assert (rate.value, rate.low, rate.high) == (7.5, 5.8, 9.6)


def test_model_of_eswatini_lies_below_the_published_range_in_nearly_every_later_year(compared):
    """A ratio of 0.8 hides this: the ranges are narrow."""
    prevalence, rates = judge(compared).prevalence_outside, judge(compared).incidence_outside
    assert (prevalence.below, prevalence.above, prevalence.n_years) == (14, 0, 14)
    assert (rates.below, rates.above, rates.n_years) == (13, 0, 14)


def test_model_on_the_edge_of_a_range_lies_within_it(compared):
    low = compared.assign(model=compared["low"])
    assert judge(low).prevalence_outside.below == 0
    high = compared.assign(model=compared["high"] * 1.01)
    assert judge(high).incidence_outside.above == judge(high).incidence_outside.n_years


def test_fit_says_that_coverage_is_of_another_release_and_of_one_source(eswatini):
    assert eswatini.releases == ("2026", "2025")
    assert eswatini.art_year == 2025
    now = eswatini.art_now
    assert (now.value, now.low, now.high, now.high_mark) == (0.95, 0.88, 0.98, ">")
    assert set(eswatini.coverage["verified"]) == {"one_source"}


def test_fit_is_close_in_the_years_it_saw(eswatini, compared):
    seen = compared[~compared["is_held_out"] & (compared["year"] >= 1990)]
    off = (seen["model"] / seen["estimate"])[seen["indicator"] == "incidence_per_1000"]
    assert np.exp(np.abs(np.log(off)).mean()) < 1.15
    assert eswatini.misfit == pytest.approx(5.73, abs=0.02)


def test_fit_takes_at_most_five_seconds():
    begun = time.process_time()
    fit_transmission(SERIES, PARAMETERS)
    assert time.process_time() - begun < 5


def test_fit_sees_no_later_year():
    changed = SERIES.copy()
    later = (changed["year"] > 2010) & changed["indicator"].isin(
        ["prevalence_share", "incidence_per_1000"]
    )
    changed.loc[later, "estimate"] *= 0.5
    assert (
        fit_transmission(changed, PARAMETERS).parameters
        == fit_transmission(SERIES, PARAMETERS).parameters
    )


def test_fit_does_not_depend_on_where_the_search_begins(eswatini):
    for beta, alpha, seed in [(0.3, 1.0, 1e-4), (1.0, 20.0, 1e-6)]:
        elsewhere = replace(eswatini.parameters, beta=beta, alpha=alpha, seed=seed)
        again = refit(eswatini, elsewhere)
        assert again.misfit == pytest.approx(eswatini.misfit, rel=1e-3)
        assert again.parameters.alpha == pytest.approx(eswatini.parameters.alpha, rel=5e-3)


def test_fit_finds_again_the_parameters_that_made_the_figures(eswatini):
    made = replace(eswatini.parameters, beta=0.6, alpha=4.0, seed=2e-5)
    figures = against_published(replace(eswatini, parameters=made))
    figures = figures.assign(estimate=figures["model"]).drop(columns=["model", "is_held_out"])
    found = refit(replace(eswatini, published=figures)).parameters
    assert (found.beta, found.alpha) == pytest.approx((made.beta, made.alpha), rel=2e-3)
    assert found.seed == pytest.approx(made.seed, rel=0.02)


def test_coverage_is_one_release_and_zero_before_it():
    programme = published_programme(SERIES, "Eswatini")
    assert dict(zip(programme.times, programme.art_share, strict=True)) | {} == {
        2000.0: 0.0,
        **{
            row["year"] + 1.0: row["estimate"]
            for _, row in SERIES[
                (SERIES["release"] == "2026")
                & (SERIES["location_code"] == "SWZ")
                & (SERIES["indicator"] == "art_coverage_share")
            ].iterrows()
        },
    }
    assert programme.times[-1] == 2026.0
    assert set(programme.prep_protection) == {0.0}


def test_fit_names_its_sources(eswatini, compared):
    assert eswatini.sources == ("who_gho_2026", "unaids_workbook_2025")
    assert set(compared["source_id"]) == {"unaids_workbook_2025"}
    assert eswatini.years == (1990, 2024)


def test_comparison_holds_each_published_figure_once(compared):
    rows = SERIES[(SERIES["release"] == "2025") & (SERIES["location_code"] == "SWZ")]
    for indicator in ("prevalence_share", "incidence_per_1000"):
        published = rows[rows["indicator"] == indicator].sort_values("year")
        held = compared[compared["indicator"] == indicator]
        assert held["estimate"].to_list() == published["estimate"].to_list()
    assert not compared.duplicated(["year", "indicator"]).any()


def test_thailand_is_the_epidemic_where_the_model_fails(eswatini):
    """Few ran a risk and they changed early; the model spreads the risk over everybody."""
    thailand = fit_transmission(SERIES, PARAMETERS, "THA")
    assert thailand.location == "Thailand"
    assert thailand.parameters.alpha > 100
    assert thailand.misfit > 30 * eswatini.misfit
    compared = against_published(thailand).set_index(["indicator", "year"])
    peak = compared.loc["prevalence_share"]
    assert peak["estimate"].max() == 0.025
    assert peak["model"].max() < 0.6 * 0.025
    assert judge(compared.reset_index()).incidence_ratio > 2


def test_prevalence_alone_would_prefer_the_model_without_art(eswatini):
    """Longer lives hide fewer infections; incidence tells the two apart."""
    bare = judge(against_published(refit(eswatini, programme=NO_PROGRAMME)))
    full = judge(against_published(eswatini))
    assert bare.prevalence_rmse_points < full.prevalence_rmse_points
    assert bare.incidence_ratio > 2


def test_surveys_are_two_source_rows_of_plain_ages():
    points = survey_points(SERIES)
    assert set(points["ages"]) == {"15–49", "18–49", "15+"}
    both = points[points["sex"] == "all"]
    figures = both.set_index(["indicator", "year", "ages", "method"])["estimate"].to_dict()
    assert figures == {
        ("prevalence_share", 2006, "15–49", ""): 0.259,
        ("prevalence_share", 2011, "18–49", ""): 0.321,
        ("prevalence_share", 2016, "15+", ""): 0.27,
        ("prevalence_share", 2021, "15–49", ""): 0.237,
        ("incidence_per_1000", 2011, "18–49", "cohort"): 23.8,
        ("incidence_per_1000", 2011, "18–49", "recency"): 24.8,
        ("incidence_per_1000", 2016, "15+", "recency"): 13.6,
    }


def test_survey_of_2021_at_the_models_ages_is_met_by_half_a_point(eswatini):
    table = against_surveys(eswatini, survey_points(SERIES))
    row = table[(table["year"] == 2021) & (table["sex"] == "all") & table["has_model_ages"]].iloc[0]
    assert row["estimate"] == 0.237
    assert row["model"] == pytest.approx(0.2326, abs=1e-3)
    assert row["low"] < row["model"] < row["high"]
    assert row["is_held_out"]


def test_model_without_sexes_lies_between_women_and_men_in_2021(eswatini):
    table = against_surveys(eswatini, survey_points(SERIES))
    rows = table[(table["year"] == 2021) & (table["indicator"] == "incidence_per_1000")]
    by_sex = rows.set_index("sex")
    assert by_sex.loc["men", "estimate"] < by_sex.loc["men", "model"]
    assert by_sex.loc["women", "model"] < by_sex.loc["women", "estimate"]


def test_country_without_surveys_is_one_sentence():
    with pytest.raises(ExplainerError, match="no household survey of Thailand"):
        survey_points(SERIES, "Thailand")


def test_unknown_country_is_named_with_the_known_ones():
    with pytest.raises(ExplainerError, match="did you mean Eswatini"):
        fit_transmission(SERIES, PARAMETERS, "Eswatni")


def test_fit_needs_more_years_than_unknowns():
    with pytest.raises(ExplainerError, match="2 years up to 1991 for 3 unknowns"):
        fit_transmission(SERIES, PARAMETERS, until=1991)


def test_nothing_can_be_judged_if_everything_was_seen(eswatini):
    with pytest.raises(ExplainerError, match="no year was held out"):
        judge(against_published(replace(eswatini, until=2024)))
