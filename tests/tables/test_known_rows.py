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


def outcome(approach):
    return tables.load_curative_approaches().set_index("approach").loc[approach, "outcome"]


def rebounds(donor):
    rows = tables.load_remission_comparisons()
    rows = rows[(rows["group"] == "rebound_after_transplant") & (rows["donor_ccr5"] == donor)]
    return set(rows["comparison_id"])


def test_transplants_from_donors_with_two_copies_are_told_with_failures_and_deaths():
    cases = tables.load_remission_cases(include_later=True)
    two = cases[cases["donor_ccr5"] == "homozygous"]["is_later_case"].astype(bool)
    icistem = tables.load_cohorts().set_index("cohort").loc["IciStem 2019"]
    facts = tables.load_facts().set_index("fact_id")["value"]
    told = outcome("allogeneic HSCT, CCR5 Δ32/Δ32 donor")
    assert "no success rate" in told
    assert f"of the {(~cases['is_later_case'].astype(bool)).sum()} remissions counted" in told
    assert f"counted {(~two).sum()} had such a donor" in told
    assert f"so had {two.sum()} later ones" in told
    assert rebounds("homozygous") == {"essen", "chicago_first_ati"}
    assert "in Essen and at Chicago's first stop" in told
    assert f"of {icistem['n']} people given a transplant in IciStem" in told
    assert f"{facts['icistem_2019_homozygous_donor']:.0f} of them from such donors" in told
    assert told.endswith(f"{icistem['n_events']} had died")


def test_transplants_from_other_donors_are_told_with_all_three_rebounds():
    told = outcome("allogeneic HSCT, donor with one or no Δ32 copy")
    assert rebounds("wild_type") == {"boston_a", "boston_b", "mayo"}
    assert "two people in Boston (12 and 32 weeks after the stop)" in told
    assert "one at the Mayo Clinic (day 288)" in told
    assert "no success rate" in told
