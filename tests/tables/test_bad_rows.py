"""Each rule of each table, broken once: the sentence names the row, what it holds, the remedy."""

from __future__ import annotations

import pytest

from explainer.errors import ExplainerError
from explainer.tables.load import load
from explainer.tables.registry import TABLES

WORLD = {
    "release": "2025",
    "year": "2024",
    "location_code": "WLD",
    "indicator": "plhiv",
    "is_rounded": "true",
}
COVERAGE = {**WORLD, "indicator": "art_coverage_share"}
FALLEN = {
    "release": "2025",
    "year": "2024",
    "location_code": "WLD",
    "population": "all ages",
    "indicator": "suppressed_share",
}
POLAND = {"sample_id": "poland_blood_donors_of_16_provinces_2000"}
WORLD_LABEL = "(World, 2024, plhiv)"
POLAND_LABEL = "(Poland, blood donors of 16 provinces)"

BROKEN = {
    "low above estimate": (
        "hiv_estimates",
        WORLD,
        {"low": "41000000"},
        f"low 41,000,000 is above estimate 40,800,000 {WORLD_LABEL}; correct the row",
    ),
    "estimate above high": (
        "hiv_estimates",
        WORLD,
        {"high": "39000000"},
        f"estimate 40,800,000 is above high 39,000,000 {WORLD_LABEL}; correct the row",
    ),
    "negative count": (
        "hiv_estimates",
        WORLD,
        {"low": "-5"},
        f"low is -5, expected 0 or more {WORLD_LABEL}; correct the cell",
    ),
    "share above one": (
        "hiv_estimates",
        COVERAGE,
        {"estimate": "0.77", "high": "90"},
        "high 90 is no share, expected 0 to 1 (World, 2024, art_coverage_share); correct the row",
    ),
    "text in a number": (
        "hiv_estimates",
        WORLD,
        {"estimate": "40.8 million"},
        f"estimate is '40.8 million', expected a number {WORLD_LABEL}; correct the cell",
    ),
    "thousands separators": (
        "hiv_estimates",
        WORLD,
        {"estimate": "40,800,000"},
        f"estimate is '40,800,000', expected a number {WORLD_LABEL}; correct the cell",
    ),
    "NaN written out": (
        "hiv_estimates",
        WORLD,
        {"estimate": "NaN"},
        f"estimate is 'NaN', expected a number {WORLD_LABEL}; correct the cell",
    ),
    "infinity": (
        "hiv_estimates",
        WORLD,
        {"high": "inf"},
        f"high is 'inf', expected a number {WORLD_LABEL}; correct the cell",
    ),
    "required cell blank": (
        "hiv_estimates",
        WORLD,
        {"estimate": ""},
        f"estimate is blank, expected a value {WORLD_LABEL}; correct the cell",
    ),
    "flag neither true nor false": (
        "hiv_estimates",
        WORLD,
        {"is_rounded": "yes"},
        f"is_rounded is 'yes', expected true or false {WORLD_LABEL}; correct the cell",
    ),
    "broken year": (
        "hiv_estimates",
        WORLD,
        {"year": "2024.5"},
        "year is '2024.5', expected a whole number (World, 2024.5, plhiv); correct the cell",
    ),
    "year out of this world": (
        "hiv_estimates",
        WORLD,
        {"year": "1066"},
        "year is 1066, expected 1900 to 2100 (World, 1066, plhiv); correct the cell",
    ),
    "unknown indicator": (
        "hiv_estimates",
        WORLD,
        {"indicator": "hiv_cases"},
        "indicator is 'hiv_cases', expected one of plhiv, new_infections, aids_deaths, on_art, "
        "art_coverage_share, prevalence_share (World, 2024, hiv_cases); correct the cell",
    ),
    "unknown verification": (
        "hiv_estimates",
        WORLD,
        {"verified": "maybe"},
        "verified is 'maybe', expected one of two_sources, one_source, no "
        f"{WORLD_LABEL}; correct the cell",
    ),
    "unit does not fit": (
        "hiv_estimates",
        COVERAGE,
        {"unit": "people"},
        "unit is people, expected share for art_coverage_share "
        "(World, 2024, art_coverage_share); correct the row",
    ),
    "mark without a value": (
        "hiv_estimates",
        WORLD,
        {"low": "", "low_mark": "<"},
        f"low_mark is < but low is blank {WORLD_LABEL}; correct the row",
    ),
    "year after its release": (
        "hiv_estimates",
        WORLD,
        {"year": "2026"},
        "year 2026 lies after release 2025 (World, 2026, plhiv); correct the row",
    ),
    "unknown country": (
        "hiv_estimates",
        {"location_code": "KEN"},
        {"location_code": "XXK"},
        "location_code XXK is unknown, expected WLD, a UNAIDS region or an ISO 3166 country "
        "(Kenya, 2010, aids_deaths); correct the code",
    ),
    "two names for a code": (
        "hiv_estimates",
        {"location_code": "KEN"},
        {"location": "Kenia"},
        "location_code KEN is called Kenia, elsewhere Kenya (Kenia, 2010, aids_deaths); "
        "give one name per code",
    ),
    "unknown source": (
        "hiv_estimates",
        WORLD,
        {"source_id": "hearsay_2025"},
        f"source_id hearsay_2025 has no row in sources.csv {WORLD_LABEL}; "
        "correct the id or add the row to sources.csv",
    ),
    "cascade share above one": (
        "treatment_cascade",
        FALLEN,
        {"estimate": "73"},
        "estimate is 73, expected 0 to 1 "
        "(World, 2024, all ages, suppressed_share); correct the cell",
    ),
    "cascade of the wrong people": (
        "treatment_cascade",
        FALLEN,
        {"denominator": "people on treatment"},
        "denominator is people on treatment, expected people living with HIV for suppressed_share "
        "(World, 2024, all ages, suppressed_share); correct the row",
    ),
    "target as percent": (
        "targets",
        {"indicator": "knows_status_share"},
        {"value": "95"},
        "value 95 is no share, expected 0 to 1 (95-95-95, 2025, knows_status_share); "
        "correct the row",
    ),
    "relative change from nowhere": (
        "targets",
        {"year": "2030", "indicator": "aids_deaths"},
        {"baseline_year": ""},
        "baseline_year is given for a relative change and for nothing else "
        "(AIDS-related deaths, 2030, aids_deaths); correct the row",
    ),
    "assumed and verified": (
        "epidemic_model_series",
        {"release": "assumed", "year": "1990"},
        {"verified": "two_sources"},
        "verified is two_sources for an assumed value, expected no "
        "(Eswatini, 1990, art_coverage_share); correct the row",
    ),
    "ART stop before the transplant": (
        "remission_cases",
        {"case_id": "london"},
        {"art_stop_date": "2015-09"},
        "art_stop_date 2015-09 is before transplant_date 2016-05 (London); correct the row",
    ),
    "last report before ART stop": (
        "remission_cases",
        {"case_id": "berlin"},
        {"last_report_date": "2006-09-29"},
        "last_report_date 2006-09-29 is before art_stop_date 2007-02 (Berlin); correct the row",
    ),
    "longer off ART than the dates allow": (
        "remission_cases",
        {"case_id": "marseille"},
        {"time_off_art_months": "60"},
        "time_off_art_months 60 is longer than from art_stop_date 2023-10 to last_report_date "
        "2025-01-17 (Marseille); correct the row",
    ),
    "negative months": (
        "remission_cases",
        {"case_id": "geneva"},
        {"time_off_art_months": "-1", "time_off_art_peer_reviewed_months": ""},
        "time_off_art_months is -1, expected 0 or more (Geneva); correct the cell",
    ),
    "more peer-reviewed months than months": (
        "remission_cases",
        {"case_id": "london"},
        {"time_off_art_peer_reviewed_months": "66"},
        "time_off_art_peer_reviewed_months 66 is above time_off_art_months 65 (London); "
        "correct the row",
    ),
    "month 13": (
        "remission_cases",
        {"case_id": "oslo"},
        {"last_report_date": "2026-13-14"},
        "last_report_date is 2026-13-14 but last_report_date_precision is day, expected a date "
        "cut to its precision (Oslo); correct the row",
    ),
    "date longer than its precision": (
        "remission_cases",
        {"case_id": "london"},
        {"transplant_date": "2016-05-01"},
        "transplant_date is 2016-05-01 but transplant_date_precision is month, expected a date "
        "cut to its precision (London); correct the row",
    ),
    "date in words": (
        "remission_cases",
        {"case_id": "london"},
        {"transplant_date": "May 2016"},
        "transplant_date is 'May 2016', expected a date as 2020, 2020-07 or 2020-07-03 (London); "
        "correct the cell",
    ),
    "date with words": (
        "remission_cases",
        {"case_id": "oslo"},
        {"last_report_date": "2026-Apr-1"},
        "last_report_date is '2026-Apr-1', expected a date as 2020, 2020-07 or 2020-07-03 (Oslo); "
        "correct the cell",
    ),
    "better verified than its weaker half": (
        "remission_cases",
        {"case_id": "oslo"},
        {"verified": "two_sources"},
        "verified is two_sources, expected the lower of transplant_verified one_source and "
        "art_stop_verified one_source (Oslo); correct the row",
    ),
    "transplant before diagnosis": (
        "remission_events",
        {"case_id": "berlin", "event": "transplant"},
        {"date": "2005-02"},
        "transplant 2005-02 is before malignancy_diagnosis 2006 (berlin, transplant); "
        "correct the row",
    ),
    "death before ART stop": (
        "remission_events",
        {"case_id": "berlin", "event": "death"},
        {"date": "2007-01-29"},
        "death 2007-01-29 is before art_stop 2007-02 (berlin, death); correct the row",
    ),
    "event of nobody": (
        "remission_events",
        {"case_id": "oslo", "event": "art_stop"},
        {"case_id": "bergen"},
        "case_id bergen has no row in remission_cases.csv (bergen, art_stop); "
        "correct the id or add the row to remission_cases.csv",
    ),
    "weeks are not those months": (
        "remission_comparisons",
        {"comparison_id": "boston_b"},
        {"time_to_rebound_months": "3"},
        "time_to_rebound_weeks 32 and time_to_rebound_months 3 are not the same time "
        "(Boston patient B); correct the row",
    ),
    "more events than people": (
        "cohorts",
        {"cohort": "IciStem 2019"},
        {"n_events": "39"},
        "n_events 39 is above n 38 (IciStem 2019); correct the row",
    ),
    "shares that do not add up": (
        "rebound_times",
        {"rebound_id": "gunst_2025_01"},
        {"suppressed_share": "0.85"},
        "rebounded_share 0.25 and suppressed_share 0.85 do not add up to 1 "
        "(Gunst 2025, 24 studies, quantile); correct the row",
    ),
    "more homozygotes than people": (
        "delta32_frequencies",
        {**POLAND},
        {"n_hom": "800", "allele_frequency": "", "homozygote_share": "", "heterozygote_share": ""},
        f"n_hom 800 and n_het 175 are more than n 861 {POLAND_LABEL}; correct the row",
    ),
    "frequency against its counts": (
        "delta32_frequencies",
        {**POLAND},
        {"allele_frequency": "0.209"},
        "allele_frequency 0.209 does not follow from its counts, expected (2·n_hom + n_het) / 2n, "
        f"near 0.1098 {POLAND_LABEL}; correct the row",
    ),
    "people living with HIV as if drawn by chance": (
        "delta32_frequencies",
        {"sample_id": "chile_hiv_positive_2001"},
        {"is_chosen_for_health": "false"},
        "is_hiv_positive_sample is true and is_chosen_for_health is false, expected true "
        "(Chile, HIV-positive); correct the row",
    ),
    "half a person": (
        "delta32_frequencies",
        {**POLAND},
        {"n": "860.5"},
        f"n is '860.5', expected a whole number {POLAND_LABEL}; correct the cell",
    ),
    "unknown second source": (
        "delta32_frequencies",
        {"sample_id": "georgia_2002"},
        {"other_source_ids": "aseev1997;nobody1999"},
        "other_source_ids nobody1999 has no row in sources.csv (Georgia); "
        "correct the id or add the row to sources.csv",
    ),
    "a size that is a share": (
        "donor_match",
        {"match_id": "size_swiss2024_adult_donors"},
        {"unit": "share", "value": "0.4"},
        "unit is share for a registry_size (worldwide (BMDW / WMDA), adult donors); "
        "correct the row",
    ),
    "more found than screened": (
        "donor_searches",
        {"search_id": "cohort_icistem2019"},
        {"n_found": "40"},
        "n_found 40 is above n_screened 38 "
        "(IciStem: transplanted patients with a homozygous donor); correct the row",
    ),
    "verdict off the scale": (
        "claims",
        {"claim_id": "H01"},
        {"verdict": "lie"},
        "verdict is 'lie', expected one of supported, imprecise, contradicted, unverifiable, "
        "omission (H01); correct the cell",
    ),
    "stated number without its unit": (
        "claims",
        {"claim_id": "H04"},
        {"stated_unit": ""},
        "stated_value and stated_unit are not given together (H04); correct the row",
    ),
    "criterion eleven": (
        "news_criteria",
        {"document": "hiv", "number": "10"},
        {"number": "11"},
        "number is 11, expected 1 to 10 (hiv, beyond the news release); correct the cell",
    ),
    "claim of the other text": (
        "claims",
        {"claim_id": "C01"},
        {"document": "hiv"},
        "document is hiv, expected car_t for C01 (C01); correct the row",
    ),
    "effect outside its interval": (
        "trials",
        {"trial": "RIO", "n_events": "22"},
        {"value": "0.9"},
        "value 0.9 is above high 0.21 (RIO, two long-acting bNAbs, ART stopped); correct the row",
    ),
    "parameter below its range": (
        "model_parameters",
        {"symbol": "tau"},
        {"value": "4"},
        "low 5 is above value 4 (mean wait between reactivations that lead to rebound, "
        "no reduction); correct the row",
    ),
    "fact without a figure": (
        "facts",
        {"fact_id": "delta32_selection_years"},
        {"high": ""},
        "value and range are blank, expected at least one (delta32_selection_years); "
        "correct the row",
    ),
    "a region that calls itself the world": (
        "hiv_estimates",
        {**WORLD, "location_code": "KEN"},
        {"location_type": "world"},
        "location_type is world, expected country for KEN (Kenya, 2024, plhiv); correct the row",
    ),
    "prevalence of the wrong ages": (
        "hiv_estimates",
        {**WORLD, "indicator": "prevalence_share"},
        {"age_group": "all ages"},
        "age_group is all ages, expected 15-49 for prevalence_share "
        "(World, 2024, prevalence_share); correct the row",
    ),
    "survey after its publication": (
        "epidemic_model_series",
        {"indicator": "survey_prevalence_15_49_all", "year": "2006"},
        {"year": "2009"},
        "year 2009 lies after release 2008 (Eswatini, 2009, survey_prevalence_15_49_all); "
        "correct the row",
    ),
    "born after the diagnosis": (
        "remission_cases",
        {"case_id": "berlin"},
        {"birth_year": "1996"},
        "hiv_diagnosis_year 1995 is before birth_year 1996 (Berlin); correct the row",
    ),
    "diagnosis after the transplant": (
        "remission_cases",
        {"case_id": "berlin"},
        {"hiv_diagnosis_year": "2010"},
        "transplant_date 2007-02 is before hiv_diagnosis_year 2010 (Berlin); correct the row",
    ),
    "announced before ART stop": (
        "remission_cases",
        {"case_id": "geneva"},
        {"first_announced_date": "2021-07-20"},
        "first_announced_date 2021-07-20 is before art_stop_date 2021-11-16 (Geneva); "
        "correct the row",
    ),
    "country of no code": (
        "remission_cases",
        {"case_id": "oslo"},
        {"iso3": "NRW"},
        "iso3 NRW is unknown, expected an ISO 3166 country (Oslo); correct the code",
    ),
    "country without its code": (
        "delta32_frequencies",
        {**POLAND},
        {"iso3": ""},
        f"iso3 and country are not given together {POLAND_LABEL}; give one name per code",
    ),
    "two times off ART": (
        "remission_comparisons",
        {"comparison_id": "boston_b"},
        {"time_off_art_weeks": "30"},
        "time_off_art_weeks is given beside time_to_rebound_weeks (Boston patient B); "
        "correct the row",
    ),
    "parameter without a value": (
        "rebound_times",
        {"rebound_id": "pinkevych_2015_01"},
        {"value": ""},
        "value is blank for a parameter (Pinkevych 2015, parameter); correct the row",
    ),
    "interval beside its value": (
        "rebound_times",
        {"rebound_id": "youan_2023_meta_analysis_02"},
        {"suppressed_share_high": "0.05"},
        "suppressed_share 0.051 is above suppressed_share_high 0.05 "
        "(Youan 2023 meta-analysis, 31 studies, proportion); correct the row",
    ),
    "genotype share against its counts": (
        "delta32_frequencies",
        {**POLAND},
        {"heterozygote_share": "0.302"},
        "heterozygote_share 0.302 does not follow from its counts, expected n_het / n, "
        f"near 0.2033 {POLAND_LABEL}; correct the row",
    ),
    "range upside down": (
        "facts",
        {"fact_id": "delta32_selection_years"},
        {"low": "9000"},
        "low 9,000 is above high 8,000 (delta32_selection_years); correct the row",
    ),
    "fact as percent": (
        "facts",
        {"fact_id": "women_and_girls_share"},
        {"value": "53"},
        "value 53 is no share, expected 0 to 1 (women_and_girls_share); correct the row",
    ),
    "address that is none": (
        "sources",
        {"source_id": "gupta2019"},
        {"url": "www.nature.com"},
        "url is 'www.nature.com', expected an address as https://… (gupta2019); correct the cell",
    ),
    "bell in a title": (
        "sources",
        {"source_id": "gupta2019"},
        {"title": "HIV-1\x07remission"},
        "title holds the control character U+0007; remove it",
    ),
    "line break in a note": (
        "sources",
        {"source_id": "gupta2019"},
        {"note": "one\ntwo"},
        "note holds the control character U+000A; remove it",
    ),
    "text turned round": (
        "claims",
        {"claim_id": "H01"},
        {"claim": "\u202eyad a fo"},
        "claim holds the control character U+202E; remove it",
    ),
}


@pytest.mark.parametrize(("table", "where", "changes", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_row_is_answered_by_one_sentence(folder, table, where, changes, said):
    line = folder.edit(table, where, changes)
    with pytest.raises(ExplainerError) as caught:
        load(table)
    assert str(caught.value) == f"{folder.file(table)} row {line}: {said}"


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_repeated_key_names_both_rows(folder, table):
    line = folder.repeat_last_row(table)
    with pytest.raises(ExplainerError, match=rf"row {line}: repeats the key of row {line - 1} \("):
        load(table)


def test_the_row_named_is_the_line_in_the_file(folder):
    line = folder.edit("claims", {"claim_id": "H17"}, {"verdict": "wrong"})
    assert (
        folder.file("claims").read_text(encoding="utf-8").splitlines()[line - 1].startswith("H17")
    )


def test_an_honest_cut_digit_passes(folder):
    # Poland counts 10.976 % and prints 10.9 %: cut, not rounded.
    frequencies = load("delta32_frequencies")
    poland = frequencies[frequencies["sample_id"] == POLAND["sample_id"]].iloc[0]
    assert poland["allele_frequency"] == 0.109
