"""Person-first words in our own voice; the words of others are quoted as they are."""

from __future__ import annotations

import pytest

from explainer.narrative.words import unkind_words

PLWH = "person living with HIV"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("An AIDS patient.", [("AIDS patient", PLWH)]),
        ("HIV patients", [("HIV patients", PLWH)]),
        ("HIV-infected people", [("HIV-infected people", PLWH)]),
        ("the HIV-infected", [("HIV-infected", PLWH)]),
        ("people infected with HIV", [("people infected with HIV", PLWH)]),
        ("infected women", [("infected women", PLWH)]),
        ("AIDS victims", [("AIDS victims", PLWH)]),
        ("a sufferer", [("sufferer", PLWH)]),
        ("she suffers from HIV", [("suffers from HIV", "living with HIV")]),
        ("HIV carriers", [("HIV carriers", PLWH)]),
        ("carriers of the virus", [("carriers of the virus", PLWH)]),
        ("the HIV virus", [("HIV virus", "HIV")]),
        ("an AIDS test", [("AIDS test", "HIV test")]),
        ("full-blown AIDS", [("full-blown AIDS", "AIDS")]),
        ("HIV/AIDS", [("HIV/AIDS", "HIV, or AIDS, whichever is meant")]),
        ("deaths from AIDS", [("deaths from AIDS", "AIDS-related death")]),
        ("AIDS deaths", [("AIDS deaths", "AIDS-related death")]),
        ("He contracted HIV.", [("contracted HIV", "acquire HIV")]),
        ("He caught HIV.", [("caught HIV", "acquired HIV")]),
        ("risk groups", [("risk groups", "key population")]),
        ("high-risk group", [("high-risk group", "key population")]),
        ("She tested clean.", [("tested clean", "HIV-negative")]),
        ("mother-to-child transmission", [("mother-to-child transmission",
                                           "vertical transmission")]),
        ("He was cured.", [("cured", "remission")]),
        ("A Cure for HIV", [("Cure", "remission")]),
        ("a cure rate of 100%", [("cure rate of 100%", "remission, with its count of people")]),
        ("One AIDS\npatient.", [("AIDS patient", PLWH)]),
        ("**AIDS patients**", [("AIDS patients", PLWH)]),
        ("a victim, then cured", [("victim", PLWH), ("cured", "remission")]),
    ],
)  # fmt: skip
def test_the_word_is_found_with_what_to_say_instead(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert unkind_words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "people living with HIV",
        "Δ32 carriers, carriers of Δ32, carriers of one copy",
        "uninfected people and infected cells",
        "AIDS-related deaths; people with AIDS",
        "clean data from a clean table",
        "curative approaches, secure, procured",
        "the Berlin patient",
        "acquired HIV",
        'the article says “a cured AIDS patient”, «victim», "HIV virus"',
        "> He was cured.",
        "`cured` and\n```\ncured\n```",
        "$P(cured)$ and P(cure | no rebound)",
        "[report](https://example.org/hiv-cured)",
        "This is not a cure. No cure is known. Nobody calls it a cure; they were never cured.",
        "a possible cure, a functional cure, a sterilising cure",
        "the mixture cure model, the probability of cure",
        "## Sources\n- How one person was cured of HIV",
        "# Text\n## 7. References\nAIDS victims in the title\n### More\n",
        "The UNAIDS range is not a confidence interval.",
        "The Wilson confidence interval holds the truth. UNAIDS prints a range.",
    ],
)
def test_kind_words_defined_terms_and_quotations_pass(text: str) -> None:
    assert unkind_words(text) == []


def test_the_list_of_sources_ends_at_the_next_heading() -> None:
    text = "## Sources\nHow X was cured\n## Try it\nShe was cured."
    assert unkind_words(text) == [("cured", "remission")]


def test_a_range_of_unaids_is_no_confidence_interval() -> None:
    text = "UNAIDS gives a confidence interval of the estimate."
    assert unkind_words(text) == [("confidence interval", "range")]
