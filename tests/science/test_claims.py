"""Verdicts on news claims: computed ones equal the written ones and flip with the figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer import tables
from explainer.errors import ExplainerError
from explainer.science.claims import (
    CHECKS,
    check_claim,
    check_claims,
    check_share,
    contradictions,
    verdict_cells,
    worksheet,
)
from explainer.science.claims_counts import release_in_force
from explainer.science.claims_evidence import Evidence, Verdict
from explainer.science.intervals import clopper_pearson

ARTICLES = Path(__file__).resolve().parents[3] / "shared" / "articles"
CLAIMS = tables.load_claims()
TABLES = Evidence(
    cases=tables.load_remission_cases(include_later=True),
    events=tables.load_remission_events(),
    comparisons=tables.load_remission_comparisons(),
    cohorts=tables.load_cohorts(),
    frequencies=tables.load_delta32_frequencies(),
    facts=tables.load_facts(),
    estimates=tables.load_estimates("all"),
    targets=tables.load_targets(),
)
HIV, CAR_T = (check_claims(tables.load_claims(document), TABLES) for document in ("hiv", "car_t"))


def claim(claim_id: str, **changed: object) -> pd.Series:
    """One claim of the table, with some of what it states changed."""
    row = CLAIMS.set_index("claim_id", drop=False).loc[claim_id].copy()
    for name, value in changed.items():
        assert name in row.index
        row[name] = value
    return row


def edited(table: str, where: dict[str, object], **changed: object) -> Evidence:
    """The tables with some cells changed."""
    frame = getattr(TABLES, table).copy()
    chosen = pd.Series(True, index=frame.index)
    for name, value in where.items():
        chosen &= frame[name] == value
    assert chosen.any(), f"no row of {table} has {where}"
    for name, value in changed.items():
        frame.loc[chosen, name] = value
    return replace(TABLES, **{table: frame})


def without(table: str, **where: object) -> Evidence:
    """The tables with some rows taken out."""
    frame = getattr(TABLES, table)
    chosen = pd.Series(True, index=frame.index)
    for name, value in where.items():
        chosen &= frame[name] == value
    assert chosen.any()
    return replace(TABLES, **{table: frame[~chosen]})


def verdict(row: pd.Series, evidence: Evidence = TABLES) -> str:
    finding = check_claim(row, evidence)
    assert finding is not None
    return str(finding.verdict)


# Golden values: the verdicts of claims.csv


@pytest.mark.parametrize("claim_id", sorted(CHECKS))
def test_computed_verdict_is_the_written_one(claim_id: str) -> None:
    assert verdict(claim(claim_id)) == claim(claim_id)["verdict"]


def test_26_of_37_verdicts_are_computed_and_the_others_say_that_they_are_read() -> None:
    decided = pd.concat([HIV, CAR_T]).set_index("claim_id")["decided_by"]
    assert set(decided[decided == "computed"].index) == set(CHECKS)
    assert decided.value_counts().to_dict() == {"computed": 26, "reading": 11}
    assert set(decided) == {"computed", "reading"}


def test_every_verdict_has_its_citation_and_what_the_sources_say() -> None:
    both = pd.concat([HIV, CAR_T])
    assert both["source_id"].notna().all()
    assert both["sources_say"].str.len().gt(3).all()
    assert both.loc[both["decided_by"] == "computed", "rows"].str.contains(":").all()


def test_five_years_are_15_months_off_treatment_and_54_since_the_transplant() -> None:
    finding = check_claim(claim("H04"), TABLES)
    assert finding is not None
    assert finding.says == "15 months since ART stopped, 4 years 6 months since the transplant"


def test_treatment_went_on_for_39_months() -> None:
    assert "39 months, to October 2023" in HIV.set_index("claim_id")["sources_say"]["H13"]


def test_seven_people_in_four_countries_came_before() -> None:
    said = HIV.set_index("claim_id")["sources_say"]["H03"]
    assert said.endswith("7 people in 4 countries")
    assert "Germany 3" in said


def test_donors_are_five_with_two_copies_and_one_with_one() -> None:
    said = HIV.set_index("claim_id")["sources_say"]["H15"]
    assert said == "of 7 donors 5 had two copies, 1 had one"


def test_world_figures_are_those_of_the_2024_release_with_their_ranges() -> None:
    said = HIV.set_index("claim_id")["sources_say"]
    assert said["H18"].startswith("39.9 million (range 36.1–44.6 million)")
    assert said["H19"].startswith("1.3 million (range 1.0–1.7 million), the lowest since 1990")
    assert "3.5 times the target" in said["H19"]


def test_strip_of_the_hiv_text_has_8_supported_4_imprecise_4_contradicted_1_omission() -> None:
    cells = verdict_cells(HIV)
    assert list(cells["cell"]) == list(range(1, 18))
    assert "".join(word[0] for word in cells["verdict"]) == "iisccsssisiccssso"
    assert cells["verdict"].value_counts().to_dict() == {
        "supported": 8, "imprecise": 4, "contradicted": 4, "omission": 1,
    }  # fmt: skip


def test_strip_of_the_car_t_text_has_six_cells() -> None:
    assert [word[0] for word in verdict_cells(CAR_T)["verdict"]] == list("iisiuu")


def test_cells_group_claims_as_a_reader_meets_them() -> None:
    ids = verdict_cells(HIV).set_index("cell")["claim_ids"]
    assert (ids[6], ids[13], ids[17]) == ("H06 H07", "H23 H24 H27", "H16 H29")


def test_a_cell_names_the_verdict_of_each_of_its_claims() -> None:
    each = verdict_cells(HIV).set_index("cell")["claim_verdicts"]
    assert each[13].split("; ") == [
        "Who is interviewed: unverifiable", "One quote, two speakers: contradicted",
        "An exclusive interview: unverifiable",
    ]  # fmt: skip
    assert "imprecise" in each[17]
    assert each[17].endswith("What is left out: omission")


def test_people_are_named_where_a_count_would_say_nothing() -> None:
    said = HIV.set_index("claim_id")["sources_say"]
    assert said["H12"] == (
        "people who had HIV with one copy of their own: Berlin 2 and Düsseldorf; HIV came back "
        "after a donor with two copies: Chicago (first interruption) and Essen"
    )
    assert "Boston A and Boston B were negative too before their rebounds" in said["H14"]
    assert said["H05"].startswith("if control without ART counts as remission, 14 people in France")


def test_median_follow_up_is_that_of_the_whole_series() -> None:
    said = CAR_T.set_index("claim_id")["sources_say"]["C04"]
    assert said.startswith("8 of 8 ")
    assert "median follow-up of all 15 people in the series was 15 months" in said


# The verdict flips when a figure does: (claim, changed tables or words, verdict then)

FLIPS: dict[str, tuple[pd.Series, Evidence, str]] = {
    "H01 first announced that day": (
        claim("H01", stated_date="2024-07"), TABLES, "supported"),
    "H01 a day without an announcement": (
        claim("H01", stated_date="2025-01-20"), TABLES, "contradicted"),
    "H02 with a paper": (
        claim("H02"), edited("cases", {"case_id": "marseille"},
                             time_off_art_peer_reviewed_months=15.0), "supported"),
    "H02 ninth": (claim("H02", stated_value=9), TABLES, "contradicted"),
    "H03 one in Spain": (
        claim("H03"), edited("cases", {"case_id": "geneva"}, country="Spain"), "contradicted"),
    "H04 stopped in 2019": (
        claim("H04"), edited("cases", {"case_id": "marseille"}, art_stop_date="2019-10"),
        "supported"),
    "H04 transplant in 2019": (
        claim("H04"), edited("cases", {"case_id": "marseille"}, transplant_date="2019-07"),
        "imprecise"),
    "H04 over one year": (claim("H04", stated_value=1), TABLES, "supported"),
    "H05 without VISCONTI": (
        claim("H05"), without("comparisons", comparison_id="visconti"), "supported"),
    "H06 another year": (claim("H06", stated_date="1998"), TABLES, "contradicted"),
    "H07 undetectable only later": (
        claim("H07"), edited("facts", {"fact_id": "marseille_undetectable_since"}, value=2022),
        "contradicted"),
    "H08 a year earlier": (claim("H08", stated_date="2019"), TABLES, "contradicted"),
    "H09 a man": (claim("H09"), edited("cases", {"case_id": "marseille"}, sex="M"),
                  "contradicted"),
    "H10 transplant first": (
        claim("H10"), edited("cases", {"case_id": "marseille"}, transplant_date="2019-07"),
        "contradicted"),
    "H11 no copy": (
        claim("H11"), edited("cases", {"case_id": "marseille"}, donor_ccr5="wild_type"),
        "contradicted"),
    "H12 no counter-example": (
        claim("H12"),
        replace(edited("cases", {"recipient_ccr5": "heterozygous"}, recipient_ccr5="wild_type"),
                comparisons=without("comparisons", donor_ccr5="homozygous").comparisons),
        "supported"),
    "H13 five years": (claim("H13", stated_value=5), TABLES, "contradicted"),
    "H13 another month": (claim("H13", stated_date="2023-11"), TABLES, "contradicted"),
    "H14 a rebound": (
        claim("H14"), edited("events", {"case_id": "marseille", "event": "art_stop"},
                             event="rebound"), "contradicted"),
    "H15 one donor less": (
        claim("H15"), edited("cases", {"case_id": "berlin_2"}, donor_ccr5="wild_type"),
        "contradicted"),
    "H16 no failure": (
        claim("H16"), without("comparisons", donor_ccr5="homozygous"), "supported"),
    "H17 one percent everywhere": (
        claim("H17"), edited("frequencies", {"source_id": "nmdp2018"}, homozygote_share=0.0101),
        "supported"),
    "H17 one percent nowhere": (
        claim("H17"), edited("frequencies", {"source_id": "nmdp2018"}, homozygote_share=0.2),
        "contradicted"),
    "H18 the figure of the later release": (
        claim("H18", stated_value=40_400_000), TABLES, "imprecise"),
    "H18 beyond the range": (claim("H18", stated_value=50_000_000), TABLES, "contradicted"),
    "H18 revised": (
        claim("H18"), edited("estimates", {"release": "2024", "year": 2023,
                                           "indicator": "plhiv", "location": "World"},
                             estimate=39_000_000.0), "imprecise"),
    "H19 a lower year before": (
        claim("H19"), edited("estimates", {"release": "2024", "year": 2021,
                                           "indicator": "new_infections", "location": "World"},
                             estimate=1_200_000.0), "imprecise"),
    "H19 beyond the range": (claim("H19", stated_value=2_000_000), TABLES, "contradicted"),
    "H20 a transplant without cancer": (
        claim("H20"), edited("cases", {"case_id": "oslo"}, malignancy=None), "contradicted"),
    "H26 after the transplant indeed": (
        claim("H26"), edited("facts", {"fact_id": "marseille_undetectable_since"}, value=2023),
        "supported"),
    "H28 two copies in all": (
        claim("H28"), edited("cases", {"is_later_case": False}, donor_ccr5="homozygous"),
        "supported"),
    "C01 the network's own number": (claim("C01", stated_value=5_000_000), TABLES, "supported"),
    "C01 a million": (claim("C01", stated_value=1_000_000), TABLES, "contradicted"),
    "C02 as counted": (claim("C02", stated_value=0.639), TABLES, "supported"),
    "C02 half": (claim("C02", stated_value=0.5), TABLES, "contradicted"),
    "C04 one without remission": (
        claim("C04"), edited("facts", {"fact_id": "car_t_lupus_remissions_2024"}, value=7),
        "imprecise"),
    "C04 watched for a season": (
        claim("C04"), edited("facts", {"fact_id": "car_t_follow_up_2024"}, value=4), "imprecise"),
    "C06 the third disease treated": (
        claim("C06"), edited("facts", {"fact_id": "car_t_sjogren_treated_2024"}, value=2),
        "supported"),
}  # fmt: skip


@pytest.mark.parametrize("name", FLIPS)
def test_changed_figure_flips_the_verdict(name: str) -> None:
    row, evidence, then = FLIPS[name]
    assert then != row["verdict"]
    assert verdict(row, evidence) == then


def test_every_computed_claim_is_seen_to_flip() -> None:
    assert {name[:3] for name in FLIPS} == set(CHECKS)


def test_the_function_rules_over_the_written_verdict() -> None:
    claims = CLAIMS.assign(verdict="supported")
    checked = check_claims(claims, TABLES).set_index("claim_id")
    assert checked.loc["H04", ["verdict", "decided_by"]].tolist() == ["contradicted", "computed"]
    assert checked.loc["H24", ["verdict", "decided_by"]].tolist() == ["supported", "reading"]


@given(st.floats(min_value=1e6, max_value=1e8))
def test_a_figure_is_never_supported_outside_the_range(stated: float) -> None:
    found = verdict(claim("H18", stated_value=stated))
    assert (found == "contradicted") == (not 36_100_000 <= stated <= 44_600_000)


# Two claims that cannot both be true


def test_two_pairs_of_claims_contradict_each_other() -> None:
    pairs = contradictions(CLAIMS)
    assert list(zip(pairs["claim_id"], pairs["other_id"], strict=True)) == [
        ("H04", "H13"), ("H07", "H26"),
    ]  # fmt: skip
    assert pairs["states"].tolist() == [60, 2020]
    assert pairs["other_states"].tolist() == [15, 2023]
    assert pairs["is_contradiction"].all()


def test_a_text_that_agrees_with_itself_has_no_contradiction() -> None:
    claims = CLAIMS.set_index("claim_id", drop=False)
    claims.loc["H04", "stated_value"] = 1
    claims.loc["H26", "stated_date"] = "2015"
    assert not contradictions(claims.reset_index(drop=True))["is_contradiction"].any()


# A share against its count


def test_rio_75_percent_is_imprecise_beside_22_of_34() -> None:
    trials = tables.load_trials()
    arm = trials[(trials["trial"] == "RIO") & trials["arm"].str.contains("bNAbs")].iloc[0]
    stated = TABLES.facts.set_index("fact_id")["value"]["rio_news_share"]
    check = check_share(stated, int(arm["n_events"]), int(arm["n"]))
    assert (check.k, check.n, check.stated) == (22, 34, 0.75)
    assert check.observed.value == pytest.approx(0.647, abs=5e-4)
    assert (check.observed.low, check.observed.high) == pytest.approx((0.465, 0.803), abs=5e-4)
    assert check.verdict == Verdict.IMPRECISE
    assert check.people == 25.5
    assert not check.is_possible


def test_share_flips_with_the_count() -> None:
    assert check_share(0.65, 22, 34).verdict == Verdict.SUPPORTED
    assert check_share(0.75, 12, 34).verdict == Verdict.CONTRADICTED
    assert check_share(0.75, 24, 32).verdict == Verdict.SUPPORTED
    assert check_share(0.75, 24, 32).is_possible


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_counted_is_always_supported(counts: tuple[int, int]) -> None:
    k, n = counts
    assert check_share(round(k / n, 2), k, n).verdict == Verdict.SUPPORTED
    assert check_share(k / n, k, n).observed == clopper_pearson(k, n)


def test_share_in_percent_is_refused() -> None:
    with pytest.raises(ExplainerError, match=r"stated share is 75, expected 0 to 1; write 75%"):
        check_share(75, 22, 34)


# The sheet for class


def test_worksheet_holds_every_claim_of_the_strip_and_no_verdict() -> None:
    sheet = worksheet(tables.load_claims("hiv"))
    assert list(dict.fromkeys(sheet["Cell"])) == list(range(1, 18))
    assert sheet["Claim"].tolist() == list(range(1, 22))  # no number stands twice
    assert sheet[["Source or row?", "Your verdict"]].eq("").all().all()
    words = " ".join(sheet.drop(columns=["Claim", "Cell"]).to_numpy().ravel())
    assert not re.search("supported|imprecise|contradicted|unverifiable|omission", words)
    assert "39.9 million" in words


def test_worksheet_does_not_say_what_is_missing() -> None:
    assert "failures" not in " ".join(worksheet(tables.load_claims("hiv"))["The text says"])


# Wrong input


def test_release_in_force_is_the_newest_one_out() -> None:
    estimates = TABLES.estimates
    assert release_in_force(estimates, "2025-01-17") == "2024"
    assert release_in_force(estimates, "2025-08-01") == "2025"
    assert release_in_force(estimates, "1999-01-01") == "2016"


def test_tables_without_the_case_get_one_sentence() -> None:
    gone = without("cases", case_id="marseille")
    with pytest.raises(ExplainerError, match="remission cases: no case 'marseille'"):
        check_claims(CLAIMS, gone)


def test_strip_of_two_texts_gets_one_sentence() -> None:
    with pytest.raises(ExplainerError, match="a strip shows the cells of one text"):
        verdict_cells(pd.concat([HIV, CAR_T]))


def test_contradictions_of_the_other_text_get_one_sentence() -> None:
    with pytest.raises(ExplainerError, match="claims: no claim 'H01'"):
        contradictions(tables.load_claims("car_t"))


def test_claims_without_a_column_get_one_sentence() -> None:
    frames: list[tuple[Callable[..., object], str]] = [
        (lambda frame: check_claims(frame, TABLES), "stated_value"),
        (worksheet, "claim_type"),
        (contradictions, "stated_date"),
    ]
    for function, column in frames:
        with pytest.raises(ExplainerError, match=f"claims: column {column} is missing"):
            function(CLAIMS.drop(columns=column))


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the texts do not lie beside this checkout")
@pytest.mark.parametrize(
    ("fact_id", "pattern"),
    [
        ("red_flag_breakthrough_hiv", r"breakthroughs?"),
        ("red_flag_game_changer_hiv", r"game-changers?"),
        ("red_flag_cure_hiv", r"cured?"),
    ],
)
def test_red_flag_words_are_counted_right(fact_id: str, pattern: str) -> None:
    text = (ARTICLES / "marseille-remission.txt").read_text(encoding="utf-8")
    found = re.findall(rf"(?<![\w-]){pattern}(?![\w-])", text, re.IGNORECASE)
    assert len(found) == TABLES.facts.set_index("fact_id")["value"][fact_id]
