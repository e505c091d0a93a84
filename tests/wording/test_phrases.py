"""Times, odds, comparisons, dates and lists read as people say them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer import wording
from explainer.errors import ExplainerError


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (wording.counted(1, "week"), "1 week"),
        (wording.counted(-1, "week"), "−1 week"),
        (wording.counted(3, "week"), "3 weeks"),
        (wording.counted(0, "week"), "0 weeks"),
        (wording.counted(0.5, "year"), "0.5 years"),
        (wording.counted(8, "person"), "8 people"),
        (wording.counted(2, "study", "studies"), "2 studies"),
        (wording.counted(2134, "donor"), "2,134 donors"),
        (wording.counted(12, "week", mark="<"), "fewer than 12 weeks"),
        (wording.year_spans([2012, 1990, 1991, 1992, 2012]), "1990–1992 and 2012"),
        (wording.year_spans([2024]), "2024"),
        (wording.years(1), "1 year"),
        (wording.years(2.5), "2.5 years"),
        (wording.years(6, mark="≥"), "at least 6 years"),
        (wording.person_years(496 / 12), "41.3 person-years"),
        (wording.person_years(1939), "1,939 person-years"),
        (wording.person_years(1), "1 person-year"),
    ],
)
def test_nouns_follow_their_number(words: str, expected: str) -> None:
    assert words == expected


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0 months"),
        (1, "1 month"),
        (15, "15 months"),
        (23, "23 months"),
        (23.6, "2 years"),
        (24, "2 years"),
        (25, "2 years 1 month"),
        (163, "13 years 7 months"),
        (-30, "−2 years 6 months"),
    ],
)
def test_months_become_years_from_two_years_on(value: float, words: str) -> None:
    assert wording.months(value) == words


def test_months_stay_months_if_asked_and_keep_their_mark() -> None:
    assert wording.months(163, split=False) == "163 months"
    assert wording.months(72, mark="≥") == "at least 6 years"
    assert wording.months(12, mark="<") == "less than 12 months"


@given(st.integers(24, 2000))
def test_years_and_months_add_up_to_the_months(total: int) -> None:
    figures = [int(word) for word in wording.months(total).split() if word.isdigit()]
    assert sum(by * figure for by, figure in zip((12, 1), figures, strict=False)) == total


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "none"),
        (1, "all"),
        (0.01, "1 in 100"),
        (0.0004, "1 in 2,500"),
        (0.0073, "1 in 137"),
        (0.00012, "1 in 8,330"),
        (0.1, "1 in 10"),
        (0.24, "1 in 4"),
        (1 / 3, "1 in 3"),
        (0.5, "1 in 2"),
        (0.34, "1 in 3"),
        (0.774, "8 in 10"),
        (0.95, "95 in 100"),
        (0.97, "97 in 100"),
        (0.996, "99 in 100"),
    ],
)
def test_shares_as_people_among_people(share: float, words: str) -> None:
    assert wording.one_in(share) == words


@given(st.floats(1e-9, 1))
def test_odds_never_claim_all_or_none_wrongly(share: float) -> None:
    words = wording.one_in(share)
    if words == "all":
        assert share == 1
    else:
        some, among = (int(part.replace(",", "")) for part in words.split(" in "))
        assert 0 < some < among
        assert some / among == pytest.approx(share, rel=0.05, abs=0.05 + 1e-9)


@pytest.mark.parametrize("share", [77, -0.1, 1.0001])
def test_odds_of_a_percentage_are_refused(share: float) -> None:
    with pytest.raises(ExplainerError, match="is not a share from 0 to 1; divide a percentage"):
        wording.one_in(share)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (wording.per(0.0024, 1000), "2.4 per 1,000"),
        (wording.per(0.0109), "1.09 per 100"),
        (wording.per(0.0019, 100, 2), "0.19 per 100"),
        (wording.ratio(3.514), "3.5 times"),
        (wording.ratio(0.037), "0.037 times"),
        (wording.ratio(103.4), "103 times"),
        (wording.ratio(3.514, 2), "3.51 times"),
        (wording.roughly(107.4), "100"),
        (wording.roughly(1013.05), "1,000"),
        (wording.roughly(57.6), "60"),
        (wording.roughly(99.6), "100"),
        (wording.roughly(1.04), "1"),
        (wording.roughly(0.037), "0.04"),
        (wording.roughly(0), "0"),
        (wording.ordinal(1), "1st"),
        (wording.ordinal(2), "2nd"),
        (wording.ordinal(3), "3rd"),
        (wording.ordinal(11), "11th"),
        (wording.ordinal(22), "22nd"),
        (wording.ordinal(112), "112th"),
        (wording.spelled(0), "no"),
        (wording.spelled(8), "eight"),
        (wording.spelled(10), "ten"),
        (wording.spelled(11), "11"),
        (wording.spelled(2.5), "2.5"),
        (wording.ended("Is it so?"), "Is it so?"),
        (wording.ended("It is so."), "It is so."),
        (wording.ended("It is so"), "It is so."),
        (wording.join([]), "none"),
        (wording.join(["a"]), "a"),
        (wording.join(["a", "b"]), "a and b"),
        (wording.join(["a", "b", "c"]), "a, b and c"),
        (wording.join([2003, 2004], "or"), "2003 or 2004"),
        (wording.year(2024.0), "2024"),
    ],
)
def test_rates_ratios_ranks_and_lists(words: str, expected: str) -> None:
    assert words == expected


def test_a_broken_year_is_refused() -> None:
    with pytest.raises(ExplainerError) as answer:
        wording.year(2024.5)
    assert str(answer.value) == "2024.5 is not a year; expected a whole number such as 2024"


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.088, "p = 0.09"),
        (0.296, "p = 0.30"),
        (0.048, "p = 0.048"),
        (0.052, "p = 0.052"),
        (0.003, "p = 0.003"),
        (0.001, "p = 0.001"),
        (0.0004, "p < 0.001"),
        (0, "p < 0.001"),
        (0.99, "p = 0.99"),
        (0.997, "p > 0.99"),
    ],
)
def test_p_values_never_read_as_zero_or_one(p: float, words: str) -> None:
    assert wording.p_value(p) == words


def test_a_p_value_above_one_is_refused() -> None:
    with pytest.raises(ExplainerError, match=r"a p value lies from 0 to 1, got 1\.2"):
        wording.p_value(1.2)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (40.4e6, 40.8e6, "rose"),
        (1.4e6, 1.3e6, "fell"),
        (1.3e6, 1.3e6, "stayed about the same"),
        (1000, 1005, "stayed about the same"),
        (1000, 1006, "rose"),
        (0, 1, "rose"),
        (-5, -6, "fell"),
        (1000, 1005.01, "rose"),  # the tolerance is a share of the first
    ],
)
def test_direction_comes_from_the_numbers(first: float, last: float, words: str) -> None:
    assert wording.direction(first, last) == words


def test_the_tolerance_of_a_direction_is_the_callers() -> None:
    assert wording.direction(100, 104, tolerance=0.05) == "stayed about the same"


@given(st.floats(1, 1e9), st.floats(1, 1e9))
def test_directions_turn_around_with_the_years(first: float, last: float) -> None:
    there = wording.direction(first, last, tolerance=0)
    back = wording.direction(last, first, tolerance=0)
    opposite = {"rose": "fell", "fell": "rose"}
    assert opposite.get(there, there) == back


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (-0.39, "fell by 39%"),
        (0.031, "rose by 3.1%"),
        (0.005, "stayed about the same"),
        (-0.006, "fell by 0.6%"),
    ],
)
def test_a_change_as_a_share_says_its_direction(share: float, words: str) -> None:
    assert wording.changed(share) == words


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (wording.difference(40.4e6, 40.8e6), "0.4 million more"),
        (wording.difference(40.8e6, 40.4e6), "0.4 million fewer"),
        (wording.difference(40.80e6, 40.82e6), "20,000 more"),
        (wording.difference(1.3e6, 40.8e6), "39.5 million more"),
        (wording.difference(650_000, 630_000), "20,000 fewer"),
        (wording.difference(40.4e6, 40.8e6, digits=0), "400,000 more"),
        (wording.difference(1e6, 3.4e6, digits=0), "2 million more"),
        (wording.difference(5, 5), "no difference"),
        (wording.difference(0.87, 0.77, "share"), "10 percentage points lower"),
        (wording.difference(0.5, 0.51, "share"), "1 percentage point higher"),
        (wording.difference(2, 4.5, "number"), "2.5 more"),
        (wording.difference(4.5, 2, "number"), "2.5 less"),
    ],
)
def test_differences_are_worded_in_the_unit_of_both(words: str, expected: str) -> None:
    assert words == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025", "2025"),
        (2025, "2025"),
        ("2023-10", "October 2023"),
        ("2021-11-16", "16 November 2021"),
        (" 2023-10 ", "October 2023"),
        ("2021-11-16 00:00:00", "16 November 2021"),
    ],
)
def test_dates_are_as_precise_as_they_are_written(text: object, words: str) -> None:
    assert wording.date_words(text) == words


def test_dates_follow_the_locale() -> None:
    assert wording.date_words("2021-11-16", locale="fr") == "16 novembre 2021"


@pytest.mark.parametrize("text", ["2021-13", "2021-02-30", "16 Nov", "", "nan", "20210"])
def test_what_is_no_date_is_answered_by_one_sentence(text: str) -> None:
    with pytest.raises(ExplainerError) as answer:
        wording.date_words(text)
    assert str(answer.value) == (
        f"{text!r} is not a date to word; expected 2025, 2023-10 or 2021-11-16"
    )


def test_importing_the_words_does_not_load_babel() -> None:
    code = "import sys, explainer.wording; print('babel' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"
