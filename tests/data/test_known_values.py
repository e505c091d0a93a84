"""Published figures, as anyone may look them up."""

from __future__ import annotations

import pytest

from explainer import tables

HEADLINES = [
    ("2025", 2024, "plhiv", 40_800_000, 37_000_000, 45_600_000),
    ("2025", 2024, "new_infections", 1_300_000, 1_000_000, 1_700_000),
    ("2025", 2024, "aids_deaths", 630_000, 490_000, 820_000),
    ("2025", 2024, "on_art", 31_600_000, 27_800_000, 32_900_000),
    ("2025", 2024, "art_coverage_share", 0.77, 0.62, 0.90),
    ("2025", 2023, "plhiv", 40_400_000, 36_600_000, 45_100_000),
    ("2024", 2023, "plhiv", 39_900_000, 36_100_000, 44_600_000),
    ("2024", 2023, "aids_deaths", 630_000, 500_000, 820_000),
    ("2023", 2022, "plhiv", 39_000_000, 33_100_000, 45_700_000),
    ("2022", 2021, "plhiv", 38_400_000, 33_900_000, 43_800_000),
    ("2021", 2020, "plhiv", 37_700_000, 30_200_000, 45_100_000),
    ("2020", 2019, "plhiv", 38_000_000, 31_600_000, 44_500_000),
    ("2019", 2018, "plhiv", 37_900_000, 32_700_000, 44_000_000),
]


@pytest.mark.parametrize(("release", "year", "indicator", "estimate", "low", "high"), HEADLINES)
def test_world_headlines(release, year, indicator, estimate, low, high):
    frame = tables.load_estimates(release)
    (row,) = frame[
        (frame["location"] == "World") & (frame["year"] == year) & (frame["indicator"] == indicator)
    ].to_dict("records")
    assert (row["estimate"], row["low"], row["high"]) == (estimate, low, high)
    assert row["verified"] == "two_sources"


def test_the_release_2026_rests_on_one_source():
    frame = tables.load_estimates(2026)
    assert set(frame["verified"]) == {"one_source"}
    world = frame[frame["location"] == "World"]
    assert world["low"].isna().all()
    assert world["high"].isna().all()


def test_unrounded_deaths_peak_in_2004():
    frame = tables.load_estimates(2024, unrounded=True)
    world = frame[(frame["location"] == "World") & (frame["indicator"] == "aids_deaths")]
    peak = world.loc[world["estimate"].idxmax()]
    assert peak["year"] == 2004
    assert peak["estimate"] == pytest.approx(2.06e6, rel=0.005)


def test_the_cascade_of_2024():
    frame = tables.load_cascade()
    world = frame[(frame["location"] == "World") & (frame["year"] == 2024)]
    shares = world.set_index("indicator")["estimate"].to_dict()
    assert shares == {
        "knows_status_share": 0.87,
        "art_coverage_share": 0.77,
        "suppressed_share": 0.73,
        "on_art_given_status_share": 0.89,
        "suppressed_given_art_share": 0.94,
    }
    status = world[world["indicator"] == "knows_status_share"].iloc[0]
    assert (status["low"], status["high"], status["high_mark"]) == (0.69, 0.98, ">")


def test_small_counts_keep_their_mark():
    frame = tables.load_estimates("all")
    marked = frame[frame["estimate_mark"].notna()]
    assert len(marked) == 121 + 526
    assert set(marked["estimate_mark"]) == {"<"}


def test_person_months_off_treatment():
    cases = tables.load_remission_cases()
    assert cases["time_off_art_months"].sum() == 496
    assert cases["time_off_art_peer_reviewed_months"].sum() == 255
    blank = cases[cases["time_off_art_peer_reviewed_months"].isna()]
    assert list(blank["case_id"]) == ["marseille"]


def test_donors_of_the_eight():
    cases = tables.load_remission_cases().set_index("case_id")
    assert dict(cases["donor_ccr5"].value_counts()) == {
        "homozygous": 6,
        "heterozygous": 1,
        "wild_type": 1,
    }
    assert list(cases.index[~cases["donor_ccr5_is_stated"]]) == ["marseille"]


def test_a_case_agrees_with_its_dated_events():
    cases = tables.load_remission_cases(include_later=True).set_index("case_id")
    events = tables.load_remission_events()
    for event, column in (("transplant", "transplant_date"), ("art_stop", "art_stop_date")):
        dated = events[events["event"] == event].set_index("case_id")["date"]
        assert cases[column].dropna().to_dict() == dated.to_dict()


def test_known_interruptions_by_donor():
    rebounds = tables.load_remission_comparisons()
    rebounds = rebounds[rebounds["group"] == "rebound_after_transplant"].set_index("comparison_id")
    assert rebounds["donor_ccr5"].to_dict() == {
        "beijing_crispr": "edited",
        "boston_a": "wild_type",
        "boston_b": "wild_type",
        "chicago_first_ati": "homozygous",
        "essen": "homozygous",
        "mayo": "wild_type",
    }


def test_norway_has_a_registry_value_and_a_population_value():
    frame = tables.load_delta32_frequencies()
    norway = frame[(frame["iso3"] == "NOR") & (frame["level"] == "country")]
    values = norway.set_index("is_donor_registry")["allele_frequency"].to_dict()
    assert values == {True: 0.164, False: 0.115}
    assert norway.set_index("is_donor_registry")["n"].to_dict()[False] == 658


def test_poland_has_its_counts():
    frame = tables.load_delta32_frequencies().set_index("population")
    poland = frame.loc["Poland, blood donors of 16 provinces"]
    assert (poland["n"], poland["n_hom"], poland["n_het"]) == (861, 7, 175)


def test_recalled_match_likelihoods_are_marked_as_such():
    match = tables.load_donor_match()
    assert (match.loc[match["source_id"] == "gragert2014", "verified"] == "no").all()


def test_there_is_an_omission_row():
    claims = tables.load_claims("hiv")
    assert list(claims.loc[claims["verdict"] == "omission", "claim_id"]) == ["H29"]


def test_one_cross_check_of_32_differs():
    checks = tables.load_crosschecks()
    differing = checks[~checks["is_agreement"]]
    assert len(checks) == 32
    assert list(differing["number"]) == [8]


def test_an_agreeing_cross_check_speaks_of_a_row_verified_twice():
    checks = tables.load_crosschecks()
    estimates = tables.load_estimates("all").set_index(
        ["release", "year", "location_code", "indicator"]
    )
    for row in checks[checks["is_agreement"]].itertuples():
        key = (row.release, row.year, row.location_code, row.indicator)
        if key in estimates.index:
            assert estimates.loc[key, "verified"] == "two_sources", key
