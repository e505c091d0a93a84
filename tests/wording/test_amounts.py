"""Counts, shares and ranges read as people write them."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer import wording
from explainer.errors import ExplainerError

LARGEST = 1e15


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (-0.0, "0"),
        (0.4, "0.4"),
        (1, "1"),
        (340, "340"),
        (999.4, "999"),
        (999.5, "1,000"),
        (1_060, "1,060"),
        (12_112, "12,100"),
        (630_000, "630,000"),
        (999_499, "999,000"),
        (999_500, "1.0 million"),
        (999_950, "1.0 million"),
        (1_000_000, "1.0 million"),
        (1_250_000, "1.3 million"),  # half up: half to even would print 1.2
        (40_800_000, "40.8 million"),
        (116_400_000, "116.4 million"),
        (999_949_999, "999.9 million"),
        (999_950_000, "1.0 billion"),
        (8_200_000_000, "8.2 billion"),
        (-400_000, "−400,000"),
        (np.int64(40_800_000), "40.8 million"),
        (np.float64(630_000), "630,000"),
    ],
)
def test_people_carry_at_every_step(value: float, words: str) -> None:
    assert wording.people(value) == words


@pytest.mark.parametrize(
    ("mark", "words"),
    [("<", "fewer than 500"), (">", "more than 500"), ("≥", "at least 500"), ("", "500")],
)
def test_a_threshold_is_worded_not_shown_as_a_value(mark: str, words: str) -> None:
    assert wording.people(500, mark=mark) == words


@pytest.mark.parametrize("mark", [None, math.nan, pd.NA, "", " "])
def test_a_blank_mark_of_a_table_says_nothing(mark: object) -> None:
    assert wording.people(500, mark=mark) == "500"


def test_digits_of_a_target_can_be_dropped() -> None:
    assert wording.people(34_000_000, digits=0) == "34 million"
    assert wording.people(999_500_000, digits=0) == "1 billion"


@pytest.mark.parametrize(
    ("value", "options", "label"),
    [
        (40_800_000, {}, "40.8 m"),
        (630_000, {}, "630,000"),
        (500, {"mark": "<"}, "<500"),
        (10_000_000, {"digits": 0}, "10 m"),
        (2_500_000_000, {}, "2.5 bn"),
    ],
)
def test_chart_labels_are_short(value: float, options: dict[str, object], label: str) -> None:
    assert wording.short(value, **options) == label  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0%"),
        (-0.0, "0%"),
        (0.00004, "0.004%"),
        (0.0001, "0.01%"),
        (0.0095, "0.95%"),
        (0.015, "1.5%"),
        (0.04, "4%"),
        (0.0997, "10%"),
        (0.774, "77%"),
        (0.9025, "90%"),
        (0.99, "99%"),
        (0.996, "99.6%"),
        (0.9996, "99.96%"),
        (1, "100%"),
        (2.5, "250%"),
        (-0.035, "−3.5%"),
    ],
)
def test_no_share_rounds_to_nothing_or_all(share: float, words: str) -> None:
    assert wording.percent(share) == words


def test_percent_takes_digits_and_marks() -> None:
    assert wording.percent(0.774, 1) == "77.4%"
    assert wording.percent(0.98, mark=">") == "more than 98%"
    assert wording.percent(0.001, mark="<") == "less than 0.1%"


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [
        (1234.5, None, "1,234.5"),
        (41.3333, None, "41.3"),
        (3.456, None, "3.46"),
        (8.25, None, "8.25"),
        (0.0725, None, "0.0725"),
        (7, None, "7"),
        (41.3333, 2, "41.33"),
        (7, 1, "7.0"),
        (-0.001, 0, "0"),
        (-2.5, None, "−2.5"),
    ],
)
def test_numbers_keep_three_figures_or_the_digits_asked(
    value: float, digits: int | None, words: str
) -> None:
    assert wording.number(value, digits) == words


@pytest.mark.parametrize(
    ("low", "high", "kind", "words"),
    [
        (37e6, 45.6e6, "people", "37.0–45.6 million"),
        (490_000, 820_000, "people", "490,000–820,000"),
        (860_000, 1_200_000, "people", "860,000–1.2 million"),
        (999_500, 1_200_000, "people", "1.0–1.2 million"),
        (9e8, 1e9, "people", "900.0 million–1.0 billion"),
        (-400_000, 200_000, "people", "−400,000 to 200,000"),
        (0.62, 0.90, "share", "62–90%"),
        (0.024, 0.04, "share", "2.4–4.0%"),
        (0.006, 0.81, "share", "0.6–81%"),
        (0.42, 0.996, "share", "42–99.6%"),
        (0.001, 0.001, "share", "0.1–0.1%"),
        (1, 1.7, "number", "1.0–1.7"),
        (13, 25, "number", "13–25"),
        (8.7, 14.2, "number", "8.7–14.2"),
        (0, 0.0892, "number", "0–0.0892"),
        (-3, 5, "number", "−3 to 5"),
    ],
)
def test_ranges_share_their_unit_and_their_decimals(
    low: float, high: float, kind: wording.Kind, words: str
) -> None:
    assert wording.between(low, high, kind) == words


def test_marks_stay_with_their_end_of_the_range() -> None:
    assert wording.between(100, 340, low_mark="<") == "<100–340"
    assert wording.between(0.69, 0.98, "share", high_mark=">") == "69 to >98%"
    assert wording.between(200, 500, low_mark="<", high_mark="<") == "<200 to <500"


@pytest.mark.parametrize("blank", [None, math.nan, pd.NA, math.inf])
def test_a_missing_bound_is_said(blank: object) -> None:
    assert wording.between(blank, 5) == "no range given"
    assert wording.between(5, blank) == "no range given"
    assert wording.with_range(500, 5, blank) == "500 (no range given)"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            wording.with_range(40.8e6, 37e6, 45.6e6),
            "40.8 million (range 37.0–45.6 million)",
        ),
        (wording.with_range(0.77, 0.62, 0.9, "share"), "77% (range 62–90%)"),
        (
            wording.with_range(13 / 38, 0.2, 0.51, "share", name="95% interval"),
            "34% (95% interval 20–51%)",
        ),
        (wording.with_range(16, 13, 25, "number"), "16 (range 13–25)"),
        (
            wording.with_range(500, 200, 500, mark="<", low_mark="<", high_mark="<"),
            "fewer than 500 (range <200 to <500)",
        ),
        (wording.with_range(34e6, 30e6, 36e6, digits=0), "34 million (range 30–36 million)"),
        (wording.amount(0.5, "number", mark="<"), "less than 0.5"),
    ],
)
def test_an_estimate_is_printed_with_its_range(words: str, expected: str) -> None:
    assert words == expected


@pytest.mark.parametrize("blank", [math.nan, None, pd.NA, math.inf, "12"])
@pytest.mark.parametrize("word", [wording.people, wording.percent, wording.number, wording.months])
def test_what_is_no_number_is_answered_by_one_sentence(word: object, blank: object) -> None:
    with pytest.raises(ExplainerError) as answer:
        word(blank)  # type: ignore[operator]
    assert str(answer.value) == (
        f"no value to word: got {blank!s}, expected a number; choose a row that has one"
    )


def test_a_range_upside_down_is_refused() -> None:
    with pytest.raises(ExplainerError) as answer:
        wording.between(45.6e6, 37e6)
    assert str(answer.value) == (
        "the range is upside down: low 45,600,000 is above high 37,000,000; correct the row"
    )


def test_an_unknown_mark_is_refused() -> None:
    with pytest.raises(ExplainerError) as answer:
        wording.people(500, mark="~")
    assert str(answer.value) == "unknown mark '~'; expected one of < > ≤ ≥ or blank"


def test_the_locale_changes_the_separators() -> None:
    assert wording.number(1234.5, locale="fr") == "1\u202f234,5"
    assert wording.number(1234.5, locale="de") == "1.234,5"
    assert wording.between(37e6, 45.6e6, locale="fr") == "37,0–45,6 million"


def _read(words: str) -> float:
    """The number behind the words, to compare wordings with each other."""
    scale = {"million": 1e6, "billion": 1e9, "%": 0.01}
    figure = re.match(r"−?[\d,.]+", words)
    assert figure is not None
    factor = next((by for unit, by in scale.items() if words.endswith(unit)), 1.0)
    return float(figure.group().replace(",", "").replace("−", "-")) * factor


counts = st.floats(0, LARGEST, allow_nan=False)


@given(counts, counts)
def test_more_people_never_read_as_fewer(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert _read(wording.people(low)) <= _read(wording.people(high)) * (1 + 1e-12)


@given(st.floats(-1, 5), st.floats(-1, 5))
def test_a_larger_share_never_reads_as_smaller(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert _read(wording.percent(low)) <= _read(wording.percent(high)) + 1e-12


@given(st.floats(1, LARGEST))
def test_the_words_are_within_rounding_of_the_count(value: float) -> None:
    # One decimal of a million is 5% of one million at worst; nothing else is coarser.
    assert _read(wording.people(value)) == pytest.approx(value, rel=0.05, abs=0.5)


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_only_nothing_is_0_and_only_all_is_100_percent(share: float) -> None:
    assert wording.percent(share) not in ("0%", "100%")


@given(counts, counts, st.sampled_from(["people", "share", "number"]))
def test_a_range_is_never_printed_inverted(one: float, other: float, kind: wording.Kind) -> None:
    low, high = sorted((one, other))
    first, last = wording.between(low, high, kind).split("–")
    unit = next((u for u in (" million", " billion") if last.endswith(u)), "")
    if not first.endswith(("million", "billion")) and low >= 999_500:
        first += unit
    assert _read(first.rstrip("%")) <= _read(last.rstrip("%")) * (1 + 1e-12)
