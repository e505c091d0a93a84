"""The reading level: syllables by rule, sentences by sight, terms and names not held against it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.narrative.reading import (
    FEWEST_WORDS,
    Reading,
    hardest,
    reading,
    sentences,
    syllables,
)

# As the Carnegie Mellon pronouncing dictionary counts them.
SPOKEN = {
    1: ["the", "five", "called", "makes", "whole", "watched", "strength", "through"],
    2: ["virus", "people", "only", "number", "before", "little", "didn't", "treatment",
        "something", "countries", "measured"],
    3: ["medicine", "hospital", "prevention", "another", "family", "chemicals", "every"],
    4: ["population", "disagreement", "situation", "epidemic", "January", "scientific"],
    5: ["university", "probability", "opportunity", "international"],
}  # fmt: skip
PLAIN = "The test is done in a small room and it takes no more than a day to tell. "
HEAVY = (
    "International organisations continuously investigate considerable epidemiological "
    "uncertainties, notwithstanding methodological disagreements. "
)


def test_syllables_of_nearly_all_common_words_are_right() -> None:
    pairs = [(word, n) for n, words in SPOKEN.items() for word in words]
    wrong = [(word, syllables(word), n) for word, n in pairs if syllables(word) != n]
    assert wrong == []


@pytest.mark.parametrize("word", ["a", "the", "he", "hmm", "T", "rhythm"])
def test_every_word_has_a_syllable(word: str) -> None:
    assert syllables(word) >= 1


def test_grade_is_the_published_formula() -> None:
    # Kincaid and others, 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59.
    assert Reading(120, 10, 180).grade == pytest.approx(0.39 * 12 + 11.8 * 1.5 - 15.59)


def test_counts_are_those_of_the_text() -> None:
    found = reading(PLAIN * 10)
    assert found is not None
    assert (found.words, found.sentences, found.syllables) == (180, 10, 180)


def test_hard_prose_has_the_higher_grade() -> None:
    plain, heavy = reading(PLAIN * 10), reading(HEAVY * 15)
    assert plain is not None
    assert heavy is not None
    assert plain.grade < 4
    assert heavy.grade > 20


def test_too_little_prose_has_no_grade() -> None:
    assert reading("Six words are not a text.") is None
    assert reading(PLAIN * (FEWEST_WORDS // 18)) is None


@pytest.mark.parametrize(
    "exempt",
    [
        "```\nuniversity_probability = international\n```\n\n",
        "# International organisational methodology\n\n",
        "| organisation | methodology |\n|---|---|\n| university | probability |\n\n",
        "> International organisations investigate epidemiological uncertainties.\n\n",
        "$$\\text{international probability} = \\frac{university}{organisation}$$\n\n",
        "<!-- International organisational methodology -->\n\n",
    ],
)
def test_code_headings_tables_quotations_and_formulas_are_left_out(exempt: str) -> None:
    assert reading(exempt + PLAIN * 10) == reading(PLAIN * 10)


def test_terms_and_names_are_words_of_one_syllable() -> None:
    term = reading(PLAIN * 10 + "We read of antiretroviral therapy in Düsseldorf with UNAIDS here.")
    plain = reading(PLAIN * 10 + "We read of one two in three with four here.")
    assert term == plain


def test_numbers_are_words_of_one_syllable() -> None:
    assert reading(PLAIN * 10 + "It was 1,234.5 then and so it is.") == reading(
        PLAIN * 10 + "It was ten then and so it is."
    )


def test_entities_of_inert_facts_are_no_words() -> None:
    assert sentences("The person&#39;s test was &#42;new&#42; then.") == [
        "The person's test was *new* then."
    ]


def test_sentences_end_at_stops_items_and_blank_lines() -> None:
    text = "One is here. It is 40.8 m, e.g. now.\nTwo “is here.” Three is here:\n\n- four\n- five"
    assert sentences(text) == [
        "One is here.", "It is 40.8 m, e.g. now.", "Two “is here.", "Three is here:",
        "four", "five",
    ]  # fmt: skip


def test_lead_ins_do_not_make_the_sentences_shorter() -> None:
    with_lead, without = reading("**Why?** " * 10 + PLAIN * 10), reading(PLAIN * 10)
    assert with_lead is not None
    assert without is not None
    assert with_lead.sentences == without.sentences


def test_hardest_sentences_come_first() -> None:
    found = hardest(PLAIN + HEAVY + PLAIN, most=2)
    assert found[0][1].startswith("International")
    assert found[0][0] > found[1][0]
    assert len(found) == 2


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    found = reading(text + PLAIN * 10)
    assert found is None or (found.words >= 1 and found.sentences >= 1)


def test_measure_reaches_no_network() -> None:
    program = (
        "import sys, socket; socket.socket = None; "
        "from explainer.narrative.reading import reading; "
        "assert reading('One two three four five six. ' * 30); "
        "print(*sorted({'nltk', 'textstat', 'pyphen', 'requests'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == ""
