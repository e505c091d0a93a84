"""Ranges around proportions and rates."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.science.intervals import (
    Estimate,
    clopper_pearson,
    rule_of_three,
    wilson,
    zero_count_upper,
    zero_event_upper,
)
from explainer.tables import load_cohorts, load_facts, load_trials

counts = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_purpose_1_zero_in_1939_person_years_is_0_190_per_100() -> None:
    assert 100 * zero_event_upper(1939) == pytest.approx(0.190, abs=5e-4)


def test_partner2_zero_in_1593_couple_years_is_0_2316_per_100() -> None:
    assert 100 * zero_event_upper(1593) == pytest.approx(0.2316, abs=5e-5)


def test_zeros_of_the_trials_table_give_back_their_printed_bounds() -> None:
    trials = load_trials()
    zeros = trials[(trials["n_events"] == 0) & trials["person_years"].notna()]
    zeros = zeros.set_index("trial")
    bounds = {name: 100 * zero_event_upper(years) for name, years in zeros["person_years"].items()}
    facts = load_facts().set_index("fact_id")["value"].astype(float)
    assert round(bounds["PURPOSE 1"], 2) == facts["purpose_1_upper_per_100_person_years"]
    assert round(bounds["PARTNER2"], 2) == zeros["high"]["PARTNER2"]


def test_icistem_counts_of_the_cohorts_table() -> None:
    cohorts = load_cohorts().set_index("cohort")
    died, alive = (
        clopper_pearson(int(cohorts["n_events"][name]), int(cohorts["n"][name]))
        for name in ("IciStem 2019", "IciStem 2024")
    )
    assert (died.value, died.low, died.high) == pytest.approx((0.34, 0.20, 0.51), abs=5e-3)
    assert (alive.value, alive.low, alive.high) == pytest.approx((0.53, 0.34, 0.72), abs=5e-3)


def test_zero_events_one_sided_is_2_996_and_two_sided_3_689_over_time() -> None:
    assert zero_event_upper(1, sides=1) == pytest.approx(2.996, abs=5e-4)
    assert zero_event_upper(1, sides=2) == pytest.approx(3.689, abs=5e-4)


def test_poland_350_of_1722_alleles_wilson_and_clopper_pearson() -> None:
    alleles = 2 * 7 + 175
    close, exact = wilson(alleles, 2 * 861), clopper_pearson(alleles, 2 * 861)
    assert close.value == pytest.approx(0.10976, abs=5e-6)
    assert (close.low, close.high) == pytest.approx((0.0959, 0.1254), abs=5e-5)
    assert (exact.low, exact.high) == pytest.approx((0.0954, 0.1255), abs=5e-5)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        pytest.param(13, 38, 0.20, 0.51, id="icistem_died_13_of_38"),
        pytest.param(16, 30, 0.34, 0.72, id="icistem_alive_16_of_30"),
        pytest.param(10, 17, 0.33, 0.82, id="bmt_ctn_0903_10_of_17"),
        pytest.param(9, 38, 0.11, 0.40, id="icistem_homozygous_donor_9_of_38"),
        pytest.param(6, 7, 0.42, 0.996, id="remission_homozygous_6_of_7"),
        pytest.param(1, 4, 0.006, 0.81, id="remission_wild_type_1_of_4"),
    ],
)
def test_clopper_pearson_of_cohorts(k: int, n: int, low: float, high: float) -> None:
    interval = clopper_pearson(k, n)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-3)


def test_rule_of_three_is_near_the_exact_one_sided_bound() -> None:
    assert rule_of_three(400) == pytest.approx(zero_count_upper(400, sides=1), rel=0.01)
    assert rule_of_three(27.6) == pytest.approx(0.109, abs=5e-4)


@given(counts)
def test_intervals_hold_the_observed_share_and_exact_covers_more(count: tuple[int, int]) -> None:
    close, exact = wilson(*count), clopper_pearson(*count)
    for interval in (close, exact):
        assert 0 <= interval.low <= interval.value <= interval.high <= 1
        assert interval.unit == "share"


@given(counts)
def test_a_higher_level_widens_the_interval(count: tuple[int, int]) -> None:
    narrow, wide = clopper_pearson(*count, level=0.8), clopper_pearson(*count, level=0.99)
    assert wide.low <= narrow.low
    assert wide.high >= narrow.high


@given(st.integers(1, 10_000))
def test_more_people_without_an_event_lower_the_bound(n: int) -> None:
    assert zero_count_upper(n + 1) < zero_count_upper(n)
    assert zero_event_upper(n + 1) < zero_event_upper(n)
    assert zero_count_upper(n, sides=1) < zero_count_upper(n, sides=2)


@given(st.integers(1, 5000))
def test_the_zero_bound_is_the_end_of_clopper_pearson(n: int) -> None:
    assert zero_count_upper(n) == pytest.approx(clopper_pearson(0, n).high)


def test_no_time_at_all_bounds_nothing() -> None:
    assert zero_event_upper(0) == math.inf


def test_a_marked_end_of_a_range_is_open() -> None:
    above = Estimate(0.87, 0.69, 0.98, "share", high_mark=">")
    assert above.includes(0.99)
    assert not Estimate(0.87, 0.69, 0.98, "share").includes(0.99)
    assert not above.includes(0.5)


def test_an_estimate_without_a_range_says_so() -> None:
    assert not Estimate(3.0).has_range
    assert not Estimate(3.0).includes(3.0)
    assert Estimate(500, mark="<").is_threshold


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: wilson(5, 4), "5 of 4 is not a proportion"),
        (lambda: wilson(1, 0), "give n above 0"),
        (lambda: wilson(1, 4, level=95), "level is 95"),
        (lambda: zero_event_upper(-1), "person_time is -1"),
        (lambda: zero_event_upper(math.nan), "person_time is nan"),
        (lambda: zero_event_upper(1, sides=3), "sides is 3"),
        (lambda: zero_count_upper(0), "n is 0"),
        (lambda: rule_of_three(0), "n is 0"),
    ],
)
def test_impossible_counts_get_one_sentence(call, words: str) -> None:
    with pytest.raises(ExplainerError, match=words):
        call()
