"""Donors to type."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.science.donors import (
    chance_in_mixed_registry,
    chance_of_donor,
    donor_pools,
    donors_to_type,
)
from explainer.tables import load_delta32_frequencies

shares = st.floats(1e-6, 0.999)


@pytest.mark.parametrize(
    ("h", "half", "nine_tenths", "most"),
    [
        pytest.param(0.0095, 73, 242, 314, id="us_white"),
        pytest.param(0.0073, 95, 315, 409, id="us_all"),
        pytest.param(0.01, 69, 230, 299, id="one_percent"),
        pytest.param(0.023, 30, 99, 129, id="faroe"),
        pytest.param(0.0064, 108, 359, 467, id="spanish_cord_blood"),
        pytest.param(0.0024, 289, 959, 1_247, id="us_native_american"),
        pytest.param(0.0021, 330, 1_096, 1_426, id="us_hispanic"),
        pytest.param(0.0004, 1_733, 5_756, 7_488, id="us_black"),
        pytest.param(0.0001, 6_932, 23_025, 29_956, id="us_asian_pacific"),
        pytest.param(0.164**2, 26, 85, 110, id="norway"),
        pytest.param(0.0146**2, 3_252, 10_801, 14_053, id="southern_iran"),
        pytest.param(0.00119**2, 489_476, 1_626_004, 2_115_480, id="han_chinese"),
    ],
)
def test_donors_to_type_for_50_90_95_percent(
    h: float, half: int, nine_tenths: int, most: int
) -> None:
    assert [donors_to_type(h, c) for c in (0.5, 0.9, 0.95)] == [half, nine_tenths, most]


def test_berlin_232_donors_at_1_percent_are_90_percent() -> None:
    assert chance_of_donor(232, 0.01) == pytest.approx(0.90, abs=5e-3)


def test_dusseldorf_5_donors_at_1_percent_are_4_9_percent() -> None:
    assert chance_of_donor(5, 0.01) == pytest.approx(0.049, abs=5e-4)


@pytest.mark.parametrize(
    ("needle", "basis", "counts"),
    [
        ("us_registry_donors_white", "observed", [73, 242, 314]),
        ("us_registry_donors_all", "observed", [95, 315, 409]),
        ("faroe", "observed", [30, 99, 129]),
        ("spain_cord_blood", "observed", [108, 359, 467]),
        ("us_registry_donors_native", "observed", [289, 959, 1_247]),
        ("us_registry_donors_hispanic", "observed", [330, 1_096, 1_426]),
        ("us_registry_donors_black", "observed", [1_733, 5_756, 7_488]),
        ("us_registry_donors_asian", "observed", [6_932, 23_025, 29_956]),
        ("southern_iran", "expected", [3_252, 10_801, 14_053]),
        ("china_han_hanchina1", "expected", [489_476, 1_626_004, 2_115_480]),
    ],
)
def test_donors_to_type_in_the_table_of_populations(
    needle: str, basis: str, counts: list[int]
) -> None:
    table = donor_pools(load_delta32_frequencies())
    rows = table[table["sample_id"].str.contains(needle)]
    assert rows[["donors_50", "donors_90", "donors_95"]].to_numpy().tolist() == [counts]
    assert rows["basis"].tolist() == [basis]


def test_norway_registry_value_of_16_4_percent_needs_26_85_110() -> None:
    table = donor_pools(load_delta32_frequencies())
    row = table[(table["h"] - 0.164**2).abs() < 1e-9].iloc[0]
    assert row[["donors_50", "donors_90", "donors_95"]].tolist() == [26, 85, 110]
    assert row["basis"] == "expected"


def test_populations_without_the_allele_have_no_number(small_frequencies: pd.DataFrame) -> None:
    left = donor_pools(small_frequencies)["sample_id"]
    assert sorted(left) == ["carriers", "counted", "seen", "square"]


def test_an_observed_share_goes_before_the_square_of_the_allele(
    small_frequencies: pd.DataFrame,
) -> None:
    table = donor_pools(small_frequencies).set_index("sample_id")
    assert table.loc[["seen", "square"], "h"].to_list() == pytest.approx([0.04, 0.01])
    assert table.loc[["seen", "square"], "basis"].to_list() == ["observed", "expected"]


def test_counts_alone_give_the_share(small_frequencies: pd.DataFrame) -> None:
    row = donor_pools(small_frequencies).set_index("sample_id").loc["counted"]
    assert row["h"] == pytest.approx(29 / 2860)
    assert row["basis"] == "observed"


def test_carriers_but_nobody_with_two_copies_is_no_observed_zero(
    small_frequencies: pd.DataFrame,
) -> None:
    row = donor_pools(small_frequencies).set_index("sample_id").loc["carriers"]
    assert row["h"] == pytest.approx((6 / 200) ** 2)
    assert row["basis"] == "expected"


def test_cord_blood_of_st_petersburg_29_of_2860_needs_69_226_294() -> None:
    table = donor_pools(load_delta32_frequencies()).set_index("sample_id")
    row = table.loc["russia_north_west_cord_blood_pokrovsky_bank_2014"]
    assert row[["donors_50", "donors_90", "donors_95"]].tolist() == [69, 226, 294]


@pytest.fixture
def small_frequencies() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "sample_id": ["none", "seen", "square", "blank", "counted", "carriers"],
            "population": ["None", "Seen", "Square", "Blank", "Counted", "Carriers"],
            "level": "country",
            "n": [100, 100, None, None, 2860, 100],
            "n_hom": [0, None, None, None, 29, 0],
            "n_het": [0, None, None, None, None, 6],
            "allele_frequency": [0.0, 0.5, 0.1, None, None, None],
            "homozygote_share": [None, 0.04, None, None, None, None],
            "verified": "one_source",
            "source_id": "made_up",
        }
    )


@given(shares, st.floats(0.01, 0.99))
def test_the_number_reaches_the_certainty_and_one_less_does_not(h: float, certainty: float) -> None:
    n = donors_to_type(h, certainty)
    assert chance_of_donor(n, h) >= certainty - 1e-9
    assert n == 1 or chance_of_donor(n - 1, h) < certainty + 1e-9


@given(shares, shares, st.integers(0, 10_000))
def test_more_donors_or_a_commoner_genotype_never_lower_the_chance(
    h: float, other: float, n: int
) -> None:
    assert chance_of_donor(n + 1, h) >= chance_of_donor(n, h)
    assert chance_of_donor(n, max(h, other)) >= chance_of_donor(n, min(h, other))
    assert donors_to_type(max(h, other)) <= donors_to_type(min(h, other))


@given(st.integers(0, 1000), st.integers(0, 1000), shares)
def test_a_registry_may_be_split_without_changing_the_chance(a: int, b: int, h: float) -> None:
    assert chance_in_mixed_registry([(a, h), (b, h)]) == pytest.approx(chance_of_donor(a + b, h))
    assert chance_in_mixed_registry([(a, h), (b, 0)]) == pytest.approx(chance_of_donor(a, h))


def test_if_everyone_has_two_copies_one_donor_is_enough() -> None:
    assert donors_to_type(1.0) == 1
    assert chance_of_donor(1, 1.0) == 1
    assert chance_of_donor(0, 1.0) == 0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: donors_to_type(0), "at 0 no number of donors suffices"),
        (lambda: donors_to_type(0.01, 1), "certainty is 1"),
        (lambda: chance_of_donor(-1, 0.01), "give 0 or more"),
        (lambda: chance_of_donor(5, 1.5), "share 0 to 1"),
    ],
)
def test_impossible_questions_get_one_sentence(call, words: str) -> None:
    with pytest.raises(ExplainerError, match=words):
        call()
