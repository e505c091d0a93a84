"""Alleles and genotypes of CCR5-delta32: frequencies, Hardy-Weinberg, and what a zero allows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy

from explainer.errors import ExplainerError
from explainer.science.checks import need_columns
from explainer.science.intervals import Sides, clopper_pearson, wilson, zero_count_upper
from explainer.wording import Told

# Below this expected count the chi-square test is not to be trusted; read the exact one.
SMALLEST_EXPECTED = 5


class GenotypeShares(NamedTuple):
    """Shares of people with two copies, one copy and none."""

    hom: float
    het: float
    wild: float


@dataclass(frozen=True, slots=True)
class HardyWeinberg(Told):
    """Observed genotypes beside those expected if alleles were paired at random.

    ``f`` is the inbreeding coefficient, 1 - observed / expected people with one copy: negative for
    an excess of them.  ``is_chi2_safe``: every expected count is at least five.
    """

    n: int
    n_hom: int
    n_het: int
    n_wild: int
    q: float
    expected_hom: float
    expected_het: float
    expected_wild: float
    chi2: float
    p_chi2: float
    p_exact: float
    f: float
    observed_to_expected: float
    is_chi2_safe: bool


def _share(value: float, name: str) -> float:
    if not 0 <= value <= 1:
        raise ExplainerError(f"{name} is {value}; give a share between 0 and 1, 16.4 % as 0.164")
    return float(value)


def allele_frequency(n: int, n_hom: int, n_het: int) -> float:
    """Share of all alleles that carry delta32: (2 x two copies + one copy) / (2 x people)."""
    if n < 1 or min(n_hom, n_het) < 0 or n_hom + n_het > n:
        raise ExplainerError(
            f"{n_hom} people with two copies and {n_het} with one do not fit in {n} people"
        )
    return (2 * n_hom + n_het) / (2 * n)


def genotype_shares(q: float) -> GenotypeShares:
    """Shares with two copies, one copy and none, expected at allele frequency q: q2, 2pq, p2."""
    q = _share(q, "allele frequency")
    return GenotypeShares(q * q, 2 * q * (1 - q), (1 - q) ** 2)


def allele_from_homozygotes(h: float) -> float:
    """Allele frequency that a share h with two copies implies under Hardy-Weinberg: its root."""
    return math.sqrt(_share(h, "homozygote share"))


def carriers_per_homozygote(q: float) -> float:
    """People with one copy for each person with two, expected at allele frequency q: 2p / q."""
    if _share(q, "allele frequency") == 0:
        raise ExplainerError("allele frequency is 0; without the allele there is no one to compare")
    return 2 * (1 - q) / q


def exact_p(n_hom: int, n_het: int, n_wild: int) -> float:
    """Exact Hardy-Weinberg test: the share of equally rare or rarer ways to pair these alleles.

    Wigginton, Cutler and Abecasis 2005, doi:10.1086/429864; in logarithms, so that hundreds of
    thousands of people do not overflow.
    """
    n = n_hom + n_het + n_wild
    rare = min(2 * n_hom + n_het, 2 * n_wild + n_het)
    het = np.arange(rare % 2, rare + 1, 2)
    hom = (rare - het) // 2
    # Factors that are the same for every pairing cancel in the normalisation.
    gammaln = scipy.special.gammaln
    log_p = het * math.log(2) - gammaln(hom + 1) - gammaln(het + 1) - gammaln(n - het - hom + 1)
    log_p -= scipy.special.logsumexp(log_p)
    # Pairings as likely as the observed one must not fall out by rounding.
    as_rare = log_p <= log_p[(n_het - rare % 2) // 2] + 1e-7
    return min(1.0, float(np.exp(scipy.special.logsumexp(log_p[as_rare]))))


def hardy_weinberg(n_hom: int, n_het: int, n_wild: int) -> HardyWeinberg:
    """Do the genotypes fit random pairing?  A misfit is first of all an alarm about the data.

    Chi-square with one degree of freedom and the exact test (``exact_p``).  Without variation (no
    allele, or nothing else) nothing can be tested: NaN, and 1 for the exact test.
    """
    n = n_hom + n_het + n_wild
    q = allele_frequency(n, n_hom, n_het)
    observed = np.array([n_hom, n_het, n_wild], dtype=float)
    expected = n * np.array(genotype_shares(q))
    varies = bool(expected.min() > 0)
    chi2 = float(((observed - expected) ** 2 / expected).sum()) if varies else math.nan
    hom, het, wild = (float(count) for count in expected)
    return HardyWeinberg(
        int(n), int(n_hom), int(n_het), int(n_wild), q, hom, het, wild,
        chi2, float(scipy.stats.chi2.sf(chi2, 1)), exact_p(n_hom, n_het, n_wild),
        1 - n_het / het if varies else math.nan, n_hom / hom if hom else math.nan,
        hom >= SMALLEST_EXPECTED and wild >= SMALLEST_EXPECTED and het >= SMALLEST_EXPECTED,
    )  # fmt: skip


def with_missing_homozygotes(n: int, q: float, missing_share: float) -> HardyWeinberg:
    """What a test sees if a share of people with two copies is lost, as on the UK Biobank array.

    The people themselves pair at random; only the reading fails.  The lesson behind the retraction
    of Wei and Nielsen 2019 (original: doi:10.1038/s41591-019-0459-6).
    """
    shares = genotype_shares(q)
    kept = 1 - _share(missing_share, "missing share")
    hom, het, wild = n * shares.hom * kept, n * shares.het, n * shares.wild
    return hardy_weinberg(round(hom), round(het), round(wild))


def _counted(frequencies: pd.DataFrame) -> pd.Series:
    need_columns(frequencies, ["sample_id", "n", "n_hom", "n_het"], "frequencies")
    return frequencies[["n", "n_hom", "n_het"]].notna().all(axis=1)


def _against_expected(test: HardyWeinberg) -> tuple[float, float]:
    """Ends of the exact interval of the people with two copies, over the number expected."""
    people = clopper_pearson(test.n_hom, test.n)
    return people.low * test.n / test.expected_hom, people.high * test.n / test.expected_hom


def hardy_weinberg_table(frequencies: pd.DataFrame) -> pd.DataFrame:
    """Observed against expected people with two copies, for every sample that gives its counts.

    Returns
    -------
    DataFrame
        ``sample_id, population, n, n_hom, n_het, allele_frequency`` (from the counts),
        ``expected_hom, observed_to_expected``, its 95 % ends ``observed_to_expected_low,
        observed_to_expected_high`` (exact interval of the count; the expectation is taken as
        known), ``chi2, p_chi2, p_exact, f, is_chi2_safe, verified, source_id``; samples without a
        single carrier are left out.
    """
    rows = frequencies[_counted(frequencies)]
    rows = rows[(rows["n_hom"] + rows["n_het"]) > 0]
    keep = ["sample_id", "population", "n", "n_hom", "n_het"]
    counts = rows[["n", "n_hom", "n_het"]].astype(int).itertuples(index=False)
    tests = [hardy_weinberg(hom, het, n - hom - het) for n, hom, het in counts]
    table = rows[keep].assign(allele_frequency=[test.q for test in tests])
    table["expected_hom"] = [test.expected_hom for test in tests]
    table["observed_to_expected"] = [test.observed_to_expected for test in tests]
    ends = [_against_expected(test) for test in tests]
    table["observed_to_expected_low"] = [low for low, _ in ends]
    table["observed_to_expected_high"] = [high for _, high in ends]
    for field in ("chi2", "p_chi2", "p_exact", "f"):
        table[field] = [getattr(test, field) for test in tests]
    table["is_chi2_safe"] = [test.is_chi2_safe for test in tests]
    table[["verified", "source_id"]] = rows[["verified", "source_id"]]
    return table.reset_index(drop=True)


def population_samples(frequencies: pd.DataFrame) -> pd.DataFrame:
    """Samples of the people of a place: nobody chosen for an illness or a risk of HIV."""
    need_columns(frequencies, ["is_chosen_for_health"], "frequencies")
    return frequencies[~frequencies["is_chosen_for_health"]].reset_index(drop=True)


def with_intervals(frequencies: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """Every sample with its allele frequency and, where n is known, its Wilson interval.

    Returns
    -------
    DataFrame
        ``frequencies`` with ``allele_estimate`` (as printed; from the counts where none is),
        ``allele_count``, ``allele_low, allele_high`` over 2n alleles, and ``interval_basis``:
        "counts", "printed" (count = nearest whole number of alleles) or "" (no interval).
    """
    table = frequencies.copy()
    counted = _counted(table)
    alleles = 2 * table["n"].astype(float)
    from_counts = 2 * table["n_hom"].astype(float) + table["n_het"].astype(float)
    printed = table["allele_frequency"].astype(float)
    table["allele_estimate"] = printed.fillna((from_counts / alleles).where(counted))
    table["allele_count"] = from_counts.where(counted, (printed * alleles).round()).astype("Int64")
    known = table["allele_count"].notna() & alleles.notna()
    table["interval_basis"] = np.where(counted, "counts", np.where(known, "printed", ""))
    intervals = [
        wilson(int(k), int(n), level) if has else None
        for k, n, has in zip(table["allele_count"], alleles, known, strict=True)
    ]
    table["allele_low"] = [i.low if i else math.nan for i in intervals]
    table["allele_high"] = [i.high if i else math.nan for i in intervals]
    return table


def zero_allele_upper(n_people: int, sides: Sides = 2, level: float = 0.95) -> float:
    """Highest allele frequency that still fits with no carrier among n people (2n alleles)."""
    return zero_count_upper(2 * n_people, sides, level)


def zero_counts(frequencies: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """Samples in which no copy was found, and how common the allele may still be there.

    Returns
    -------
    DataFrame
        ``sample_id, population, country, n, alleles``; upper limits of the allele frequency:
        ``wilson_upper, exact_upper`` (two-sided), ``one_sided_upper, rule_of_three``;
        ``homozygotes_at_upper`` (exact_upper squared) and ``people_upper``, the far weaker limit on
        people with two copies from people alone; ``verified, source_id``.
    """
    rows = with_intervals(frequencies, level)
    rows = rows[(rows["allele_count"] == 0).fillna(False)].copy()
    rows["alleles"] = (2 * rows["n"]).astype(int)
    rows["wilson_upper"] = rows["allele_high"]
    rows["exact_upper"] = [zero_count_upper(m, 2, level) for m in rows["alleles"]]
    rows["one_sided_upper"] = [zero_count_upper(m, 1, level) for m in rows["alleles"]]
    rows["rule_of_three"] = 3 / rows["alleles"]
    rows["homozygotes_at_upper"] = rows["exact_upper"] ** 2
    rows["people_upper"] = [zero_count_upper(int(n), 2, level) for n in rows["n"]]
    first = ["sample_id", "population", "country", "n", "alleles", "wilson_upper", "exact_upper"]
    rest = ["one_sided_upper", "rule_of_three", "homozygotes_at_upper", "people_upper"]
    order = ["exact_upper", "sample_id"]
    return rows.sort_values(order)[first + rest + ["verified", "source_id"]].reset_index(drop=True)
