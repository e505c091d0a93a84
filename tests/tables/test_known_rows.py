"""The smaller tables hold what their sources print."""

from __future__ import annotations

import pytest

from explainer import tables


def test_agt103_treated_seven():
    approaches = tables.load_curative_approaches().set_index("approach")
    assert approaches.loc["AGT103-T", "n_treated"] == 7


def test_epistem_found_four_homozygous_donors_for_thirteen_patients():
    search = tables.load_donor_searches().set_index("search_id").loc["cohort_epistem2016"]
    assert (search["n_found"], search["n_screened"]) == (4, 13)


def test_survey_of_eswatini_has_its_confidence_interval():
    series = tables.load_epidemic_series()
    survey = series[series["indicator"] == "survey_prevalence_15_49_all"]
    first = survey[(survey["location"] == "Eswatini") & (survey["year"] == 2006)].iloc[0]
    assert (first["estimate"], first["low"], first["high"]) == (0.259, 0.244, 0.273)


def test_treatment_makes_94_percent_less_infectious():
    parameters = tables.load_model_parameters().set_index("symbol")
    assert parameters.loc["epsilon", "value"] == pytest.approx(0.94)


def test_seven_in_ten_children_rebound_within_two_months():
    times = tables.load_rebound_times().set_index("rebound_id")
    children = times.loc["children_off_art_begun_in_infancy_01"]
    assert (children["time_days"], children["rebounded_share"]) == (61, 0.7)


def test_delta32_is_thousands_of_years_old():
    facts = tables.load_delta32_facts().set_index("fact_id")
    assert "3000" in facts.loc["age_ancient_dna_bronze_age", "value"]
