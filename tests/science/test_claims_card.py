"""The card of sources: every row that decides, live, with its source and with no verdict."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from explainer import tables
from explainer.science.claims import check_claims, on_sheet, worksheet
from explainer.science.claims_card import answer_key, source_card
from explainer.science.claims_evidence import Evidence, Verdict
from explainer.science.claims_groups import sheet_groups
from tests.science.test_claims import HIV, TABLES, edited, without

CLAIMS = tables.load_claims("hiv")
SOURCES = tables.load_sources()


def facts(evidence: Evidence = TABLES, claims: pd.DataFrame = CLAIMS) -> pd.Series:
    """What the card says, by fact."""
    return source_card(claims, evidence, SOURCES).set_index("fact")["says"]


def test_every_claim_of_the_sheet_has_a_fact_that_can_decide_it() -> None:
    card = source_card(CLAIMS, TABLES, SOURCES)
    assert set(card["claim_ids"].explode()) == set(on_sheet(CLAIMS)["claim_id"])
    assert card["fact"].is_unique


def test_the_card_gives_no_verdict_and_none_of_the_answers() -> None:
    said = " ".join(facts())
    assert not re.search("|".join(str(verdict) for verdict in Verdict), said, re.IGNORECASE)
    computed = HIV[HIV["decided_by"] == "computed"]
    answers = computed["sources_say"][computed["sources_say"].str.len() > 10]
    assert not [answer for answer in answers if answer in said]
    assert "15 months" not in said  # the months are for the class to count


def test_every_fact_names_its_source() -> None:
    named = source_card(CLAIMS, TABLES, SOURCES).set_index("fact")["source"]
    assert named.str.contains(r" \d{4}").all()
    assert not named.str.contains("press copy|nan").any()
    assert named["F8"] == "NMDP 2018"
    assert named["F3"] == "Hsu et al. 2023 and 6 more"


@pytest.mark.parametrize(
    ("fact", "table", "where", "changed", "words"),
    [
        ("F1", "cases", {"case_id": "marseille"}, {"art_stop_date": "2022-10"}, "October 2022"),
        ("F3", "cases", {"case_id": "geneva"}, {"donor_ccr5": "heterozygous"}, "Switzerland (one)"),
        ("F4", "cases", {"case_id": "marseille"}, {"time_off_art_peer_reviewed_months": 12},
         "A journal had"),
        ("F5", "comparisons", {"comparison_id": "visconti"}, {"n": 15}, "15 people"),
        ("F8", "frequencies", {"sample_id": "us_registry_donors_black_2018"},
         {"homozygote_share": 0.0123}, "1.2% (Black)"),
        ("F10", "targets", {"indicator": "new_infections", "year": 2025}, {"value": 500_000.0},
         "fewer than 500,000"),
        ("F10", "estimates", {"release": "2024", "year": 2021, "location": "World",
                             "indicator": "new_infections"},
         {"estimate": 1_000_000.0, "low": 900_000.0}, "1990 to 2023, 2021 has the fewest"),
        ("F7", "cases", {"case_id": "london"}, {"conditioning": "reduced intensity"},
         "reported for 9 of them, in 5 of reduced intensity"),
        ("F7", "cohorts", {"cohort": "IciStem 2019"}, {"n_events": 21}, "21 of 38"),
    ],
)  # fmt: skip
def test_a_changed_row_is_a_changed_fact(
    fact: str, table: str, where: dict[str, object], changed: dict[str, object], words: str
) -> None:
    assert words not in facts()[fact]
    assert words in facts(edited(table, where, **changed))[fact]


def test_figures_of_the_world_are_those_of_the_day_and_of_the_newest_release() -> None:
    said = facts()
    assert "39.9 million (range 36.1–44.6 million) in its release of 2024" in said["F9"]
    assert "40.4 million (range 36.6–45.1 million) in its release of 2025" in said["F9"]
    assert "1.3 million (range 1.0–1.7 million) in 2023" in said["F10"]
    assert "Of its years, 1990 to 2023, 2023 has the fewest." in said["F10"]


def test_nobody_before_her_is_said_in_words() -> None:
    assert facts(without("comparisons", comparison_id="visconti"))["F5"].endswith(
        "in France: nobody in our tables."
    )


def test_what_was_found_by_reading_is_said_in_the_words_of_the_claims() -> None:
    changed = CLAIMS.copy()
    changed.loc[changed["claim_id"] == "H24", "primary_sources_say"] = "nobody else has it"
    said = facts(claims=changed)["F11"]
    assert "The sentence on remission: nobody else has it." in said
    assert "In the story it is one quotation, two speakers." in said


def test_the_key_has_the_numbers_of_the_sheet_and_says_plainly_what_decided() -> None:
    key = answer_key(HIV, source_card(CLAIMS, TABLES, SOURCES)).set_index("claim_id")
    assert key["number"].tolist() == list(range(1, 22))
    assert key["decided"]["H04"] == "our tables, F1"
    assert key["decided"]["H02"] == "our tables, F3 and F4"
    assert key["decided"]["H23"] == "our reading, F11"
    assert key["decided"]["H24"] == "our reading, F11 and the text itself"
    assert not key["decided"].str.contains("computed").any()


def test_a_claim_that_says_nothing_by_itself_brings_its_figure() -> None:
    said = worksheet(CLAIMS).set_index("claim_id")["The text says"]
    assert said["H18"] == "people living with HIV in 2023: 39.9 million"
    assert said["H06"] == "HIV diagnosed in 1999"
    assert said["H24"] == "one sentence on remission is Brégigeon's, and then Moreau's"
    key = answer_key(HIV, source_card(CLAIMS, TABLES, SOURCES)).set_index("claim_id")
    assert key["claim"]["H18"] == said["H18"]


def test_a_group_holds_every_fact_that_can_decide_its_claims() -> None:
    card = source_card(CLAIMS, TABLES, SOURCES)
    groups = sheet_groups(CLAIMS, card)
    assert [group.letter for group in groups] == list("ABCDE")
    numbers = [int(number) for group in groups for number in group.numbers]
    assert sorted(numbers) == list(range(1, 22))
    assert [fact for group in groups for fact in group.facts["fact"]] == card["fact"].tolist()
    for group in groups:
        told = set(group.facts["claim_ids"].explode())
        assert set(group.claims["claim_id"]) == told, group.topic
        assert 3 <= len(group.claims) <= 6, "a few minutes for a pair"


def test_a_new_claim_has_a_group_of_its_own() -> None:
    changed = CLAIMS.copy()
    changed.loc[changed["claim_id"] == "H09", "cell"] = 6
    *_, last = sheet_groups(changed, source_card(changed, TABLES, SOURCES))
    assert (last.letter, last.topic) == ("F", "Other claims")
    assert last.claims["claim_id"].tolist() == ["H09"]
    assert last.facts.empty


def test_a_claim_without_a_fact_is_decided_by_the_text_itself() -> None:
    card = source_card(CLAIMS, TABLES, SOURCES).query("fact != 'F11'")
    key = answer_key(check_claims(CLAIMS, TABLES), card).set_index("claim_id")
    assert key["decided"]["H24"] == "our reading, the text itself"
