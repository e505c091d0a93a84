"""A page's card: figures worded as published, for an index of many pages."""

from __future__ import annotations

import json

import explainer as hiv
from explainer.narrative.card import CARD_MIME
from explainer.publish import outputs

ESTIMATES = hiv.load_estimates()


def facts(**given: object) -> dict[str, object]:
    """What the card carries."""
    return hiv.card(**given)._repr_mimebundle_()[CARD_MIME]


def test_course_becomes_words_range_and_year() -> None:
    assert facts(plhiv=hiv.course(ESTIMATES, "plhiv", "SWZ")) == {
        "plhiv": {
            "words": "220,000",
            "range": "210,000–240,000",
            "value": 220_000,
            "mark": "",
            "year": 2024,
        }
    }


def test_threshold_keeps_its_sign_and_shows_no_range() -> None:
    card = facts(deaths=hiv.course(ESTIMATES, "aids_deaths", "NOR"))["deaths"]
    assert (card["words"], card["range"], card["mark"]) == ("<100", "", "<")


def test_prevalence_has_the_decimal_it_is_printed_with() -> None:
    card = facts(rate=hiv.course(ESTIMATES, "prevalence_share", "SWZ"))["rate"]
    assert (card["words"], card["range"]) == ("23.4%", "22.9–23.8%")


def test_coverage_without_a_range_says_none() -> None:
    card = facts(coverage=hiv.course(ESTIMATES, "art_coverage_share", "SWZ"))["coverage"]
    assert (card["words"], card["range"]) == ("94%", "")


def test_unpublished_is_null_and_text_stays_text() -> None:
    card = facts(iso3="NOR", new=hiv.course(ESTIMATES, "new_infections", "NOR"))
    assert card == {"iso3": "NOR", "new": None}


def test_card_is_json_and_one_line_in_a_notebook() -> None:
    card = hiv.card(iso3="SWZ", plhiv=hiv.course(ESTIMATES, "plhiv", "SWZ"))
    json.dumps(card._repr_mimebundle_())
    assert repr(card) == "iso3 SWZ; plhiv 220,000"


def test_both_ends_call_it_the_same() -> None:
    assert outputs.CARD_MIME == CARD_MIME
