"""Alleles, genotypes, Hardy-Weinberg and zeros."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import comb

from explainer.errors import ExplainerError
from explainer.science import genetics
from explainer.tables import load_delta32_frequencies

genotypes = st.tuples(*[st.integers(0, 60)] * 3).filter(lambda counts: sum(counts) > 0)


def sample(table: pd.DataFrame, needle: str) -> pd.Series:
    rows = table[table["sample_id"].str.contains(needle)]
    assert len(rows) == 1, rows["sample_id"].tolist()
    return rows.iloc[0]


def test_poland_7_175_679() -> None:
    test = genetics.hardy_weinberg(7, 175, 679)
    assert test.q == pytest.approx(0.10976, abs=5e-6)
    expected = (test.expected_hom, test.expected_het, test.expected_wild)
    assert expected == pytest.approx((10.4, 168.3, 682.4), abs=0.05)
    assert test.chi2 == pytest.approx(1.38, abs=5e-3)
    assert test.p_chi2 == pytest.approx(0.24, abs=5e-3)
    assert test.p_exact == pytest.approx(0.296, abs=5e-4)
    assert test.f == pytest.approx(-0.040, abs=5e-4)
    assert test.is_chi2_safe


@pytest.mark.parametrize(
    ("needle", "n_hom", "expected_hom", "p_exact"),
    [
        pytest.param("uk_biobank", 4349, 5317.35, 2e-53, id="uk_biobank_4349_of_5317"),
        pytest.param("spain_cord_blood", 130, 104.33, 0.0083, id="spain_130_of_104"),
        pytest.param("us_high_risk", 40, 18.2, 7e-7, id="us_cohort_40_of_18"),
        pytest.param("romania_healthy", 1, 0.80, 0.56, id="romania_1"),
        pytest.param("romania_roma", 0, 0.91, 0.6, id="romania_roma_0"),
        pytest.param("new_zealand_white", 12, 9.45, 0.36, id="new_zealand_12"),
        pytest.param("bosnia", 1, 0.90, 1.0, id="bosnia_1"),
        pytest.param("germany_long_term", 7, 6.49, 0.82, id="germany_7"),
        pytest.param("poland_podlasie", 3, 2.15, 0.45, id="podlasie_3"),
        pytest.param("china_uygur", 0, 0.38, 1.0, id="uygur_0"),
    ],
)
def test_observed_against_expected_homozygotes(
    needle: str, n_hom: int, expected_hom: float, p_exact: float
) -> None:
    row = sample(genetics.hardy_weinberg_table(load_delta32_frequencies()), needle)
    assert row["n_hom"] == n_hom
    assert row["expected_hom"] == pytest.approx(
        expected_hom, abs=6e-3 if expected_hom != 18.2 else 0.05
    )
    assert row["p_exact"] == pytest.approx(p_exact, rel=0.06)


def test_uk_biobank_array_shows_18_percent_too_few() -> None:
    row = sample(genetics.hardy_weinberg_table(load_delta32_frequencies()), "uk_biobank")
    assert row["observed_to_expected"] == pytest.approx(0.82, abs=5e-3)
    assert row["observed_to_expected_high"] < 1


def test_poland_7_of_10_expected_may_be_a_quarter_to_more_than_all() -> None:
    row = sample(genetics.hardy_weinberg_table(load_delta32_frequencies()), "poland_blood_donors")
    assert row["observed_to_expected"] == pytest.approx(7 / 10.372, abs=1e-4)
    assert row["observed_to_expected_low"] == pytest.approx(0.272, abs=1e-3)
    assert row["observed_to_expected_high"] == pytest.approx(1.385, abs=1e-3)


def test_interval_of_the_ratio_holds_the_ratio() -> None:
    table = genetics.hardy_weinberg_table(load_delta32_frequencies())
    assert (table["observed_to_expected_low"] <= table["observed_to_expected"]).all()
    assert (table["observed_to_expected"] <= table["observed_to_expected_high"]).all()


@pytest.mark.parametrize(
    ("missing", "ratio", "p"),
    [
        pytest.param(0.03, 0.976, 0.050, id="3_percent_missing"),
        pytest.param(0.10, 0.920, 5e-11, id="10_percent_missing"),
    ],
)
def test_missing_homozygotes_look_like_selection(missing: float, ratio: float, p: float) -> None:
    test = genetics.with_missing_homozygotes(400_000, 0.1164, missing)
    assert test.observed_to_expected == pytest.approx(ratio, abs=5e-4)
    assert test.p_chi2 == pytest.approx(p, rel=0.02)


def test_nothing_missing_fits_random_pairing() -> None:
    assert genetics.with_missing_homozygotes(400_000, 0.1164, 0).p_exact > 0.99


@pytest.mark.parametrize(
    ("h", "q"), [(0.0095, 0.0975), (0.0021, 0.046), (0.0004, 0.020), (0.0001, 0.010)]
)
def test_allele_frequency_from_homozygotes(h: float, q: float) -> None:
    assert genetics.allele_from_homozygotes(h) == pytest.approx(q, abs=5e-4)


def test_at_10_percent_of_alleles_1_percent_have_two_copies_and_18_percent_one() -> None:
    shares = genetics.genotype_shares(0.10)
    assert (shares.hom, shares.het) == pytest.approx((0.01, 0.18))
    assert genetics.carriers_per_homozygote(0.10) == pytest.approx(18)


def test_at_16_4_percent_of_alleles_2_7_percent_have_two_copies_and_27_percent_one() -> None:
    shares = genetics.genotype_shares(0.164)
    assert (shares.hom, shares.het) == pytest.approx((0.027, 0.27), abs=5e-3)


def test_turkmen_0_of_400_allow_0046_two_sided_and_0037_one_sided() -> None:
    assert genetics.zero_allele_upper(400) == pytest.approx(0.0046, abs=5e-5)
    assert genetics.zero_allele_upper(400, sides=1) == pytest.approx(0.0037, abs=5e-5)
    row = sample(genetics.zero_counts(load_delta32_frequencies()), "turkmen")
    assert 1e5 * row["homozygotes_at_upper"] == pytest.approx(2.1, abs=0.05)
    assert row["people_upper"] == pytest.approx(0.0092, abs=5e-5)


@pytest.mark.parametrize(
    ("needle", "n", "wilson", "exact", "three"),
    [
        pytest.param("georgia_2002", 50, 0.0370, 0.0362, 0.0300, id="georgia"),
        pytest.param("bengal", 25, 0.0713, 0.0711, 0.0600, id="bengal"),
        pytest.param("mongolia", 59, 0.0315, 0.0308, 0.0254, id="mongolia"),
        pytest.param("asians_lu", 606, 0.0032, 0.0030, 0.0025, id="asians_lu"),
        pytest.param("gnomad_east_asian", 779, 0.0025, 0.0024, 0.0019, id="gnomad_east_asian"),
        pytest.param("turkmen", 400, 0.0048, 0.0046, 0.0037, id="turkmen"),
        pytest.param("taiwan", 187, 0.0102, 0.0098, 0.0080, id="taiwan"),
        pytest.param("thailand_blood", 200, 0.0095, 0.0092, 0.0075, id="thailand"),
        pytest.param("nigeria_residents", 103, 0.0183, 0.0177, 0.0146, id="nigeria"),
        pytest.param("zimbabwe_residents", 108, 0.0175, 0.0169, 0.0139, id="zimbabwe"),
        pytest.param("cameroon_rural", 1390, 0.0014, 0.0013, 0.0011, id="cameroon"),
        pytest.param("central_and_west", 124, 0.0153, 0.0148, 0.0121, id="central_west_africa"),
        pytest.param("japan", 248, 0.0077, 0.0074, 0.0060, id="japan"),
        pytest.param("korea_healthy", 339, 0.0056, 0.0054, 0.0044, id="korea"),
        pytest.param("papua", 258, 0.0074, 0.0071, 0.0058, id="papua"),
        pytest.param("malawi", 552, 0.0035, 0.0033, 0.0027, id="malawi"),
        pytest.param("india_north", 180, 0.0106, 0.0102, 0.0083, id="north_india"),
    ],
)
def test_zero_counts(needle: str, n: int, wilson: float, exact: float, three: float) -> None:
    row = sample(genetics.zero_counts(load_delta32_frequencies()), needle)
    assert row["n"] == n
    limits = row[["wilson_upper", "exact_upper", "rule_of_three"]].tolist()
    # 3/800 = 0.00375 stands at the edge of rounding, hence a little more than half a unit.
    assert limits == pytest.approx([wilson, exact, three], abs=5.1e-5)


def test_the_printed_frequency_is_kept_and_counts_fill_the_gaps() -> None:
    table = genetics.with_intervals(load_delta32_frequencies())
    poland, biobank = sample(table, "poland_blood"), sample(table, "array_tag_snp")
    assert poland["allele_estimate"] == 0.109
    assert biobank["allele_estimate"] == pytest.approx(0.11592, abs=5e-6)
    assert (poland["allele_low"], poland["allele_high"]) == pytest.approx(
        (0.0959, 0.1254), abs=5e-5
    )
    assert poland["interval_basis"] == "counts"


def test_no_interval_without_n_and_every_interval_holds_its_frequency() -> None:
    table = genetics.with_intervals(load_delta32_frequencies())
    assert table.loc[table["n"].isna(), ["allele_low", "allele_high"]].isna().all(axis=None)
    known = table[table["interval_basis"] != ""]
    assert len(known) > 100
    # Rounding to a whole number of alleles may move a printed frequency by half an allele.
    slack = 0.5 / (2 * known["n"].astype(float))
    assert (known["allele_low"] <= known["allele_estimate"] + slack).all()
    assert (known["allele_high"] >= known["allele_estimate"] - slack).all()


@given(genotypes)
def test_exact_p_equals_the_sum_over_all_pairings(counts: tuple[int, int, int]) -> None:
    hom, het, _ = counts
    n, alleles = sum(counts), 2 * hom + het

    def weight(h: int) -> float:
        rare = (alleles - h) // 2
        return comb(n, rare, exact=True) * comb(n - rare, h, exact=True) * 2**h

    possible = [h for h in range(alleles % 2, alleles + 1, 2) if (alleles + h) // 2 <= n]
    total = sum(weight(h) for h in possible)
    known = sum(weight(h) for h in possible if weight(h) <= weight(het)) / total
    assert genetics.exact_p(*counts) == pytest.approx(known, rel=1e-6)


@given(genotypes)
def test_the_test_does_not_care_which_allele_is_named(counts: tuple[int, int, int]) -> None:
    one, other = genetics.hardy_weinberg(*counts), genetics.hardy_weinberg(*counts[::-1])
    assert one.p_exact == pytest.approx(other.p_exact)
    assert 0 < one.p_exact <= 1
    assert one.q == pytest.approx(1 - other.q)


@given(st.floats(0.0, 1.0), st.integers(1, 400_000))
def test_hundreds_of_thousands_of_people_do_not_overflow(q: float, n: int) -> None:
    hom, het = round(n * q * q), round(n * 2 * q * (1 - q))
    p = genetics.exact_p(hom, min(het, n - hom), n - hom - min(het, n - hom))
    assert 0 <= p <= 1
    assert math.isfinite(p)


@given(st.floats(0, 1))
def test_genotype_shares_add_up_and_give_back_the_allele(q: float) -> None:
    shares = genetics.genotype_shares(q)
    assert sum(shares) == pytest.approx(1)
    assert shares.hom + shares.het / 2 == pytest.approx(q)
    assert genetics.allele_from_homozygotes(shares.hom) == pytest.approx(q, abs=1e-9)


def test_people_chosen_for_their_health_are_no_population_sample() -> None:
    chosen = pd.DataFrame({"sample_id": ["a", "b"], "is_chosen_for_health": [True, False]})
    assert list(genetics.population_samples(chosen)["sample_id"]) == ["b"]


def test_without_the_allele_nothing_can_be_tested() -> None:
    test = genetics.hardy_weinberg(0, 0, 400)
    assert (test.q, test.p_exact) == (0, 1)
    assert math.isnan(test.chi2)
    assert math.isnan(test.f)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: genetics.allele_frequency(10, 8, 3), "do not fit in 10 people"),
        (lambda: genetics.hardy_weinberg(0, 0, 0), "do not fit in 0 people"),
        (lambda: genetics.genotype_shares(16.4), "allele frequency is 16.4"),
        (lambda: genetics.carriers_per_homozygote(0), "allele frequency is 0"),
        (lambda: genetics.allele_from_homozygotes(-0.1), "homozygote share is -0.1"),
    ],
)
def test_impossible_counts_get_one_sentence(call, words: str) -> None:
    with pytest.raises(ExplainerError, match=words):
        call()
