"""How many matched donors must be typed before one carries two copies of delta32."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

from explainer.errors import ExplainerError
from explainer.science.checks import need_columns

_NEEDED = ["sample_id", "population", "level", "n", "n_hom", "n_het"]
_NEEDED += ["allele_frequency", "homozygote_share"]
CERTAINTIES = (0.5, 0.9, 0.95)


def donors_to_type(h: float, certainty: float = 0.9) -> int:
    """Matched donors to type for a given chance that at least one has two copies.

    N = ln(1 - c) / ln(1 - h), rounded up; h is the share with two copies among the matched donors.
    """
    if not 0 < h <= 1:
        raise ExplainerError(
            f"share with two copies is {h}; give a share above 0 and up to 1: "
            f"at 0 no number of donors suffices"
        )
    if not 0 < certainty < 1:
        raise ExplainerError(f"certainty is {certainty}; give a share between 0 and 1, such as 0.9")
    if h == 1:
        return 1
    needed = math.log1p(-certainty) / math.log1p(-h)
    # A whole number that floating point put a hair too high must not cost one more donor.
    return max(1, math.ceil(needed - 1e-9))


def chance_of_donor(n: float, h: float) -> float:
    """Chance that at least one of n matched donors has two copies: 1 - (1 - h)^n."""
    return chance_in_mixed_registry([(n, h)])


def chance_in_mixed_registry(pools: Iterable[tuple[float, float]]) -> float:
    """Chance of at least one donor with two copies among matched donors of several ancestries.

    P = 1 - product of (1 - h)^n over pairs (n, h): n matched donors of one ancestry, of whom a
    share h has two copies.  Donors are taken as unrelated, HLA as independent of CCR5 within an
    ancestry.
    """
    log_none = 0.0
    for n, h in pools:
        if not (n >= 0 and 0 <= h <= 1):
            raise ExplainerError(f"{n} donors with share {h}; give 0 or more and a share 0 to 1")
        if h == 1 and n > 0:
            return 1.0
        log_none += n * math.log1p(-h) if h < 1 else 0.0
    return -math.expm1(log_none)


def donor_pools(frequencies: pd.DataFrame) -> pd.DataFrame:
    """Donors to type for 50, 90 and 95 % in every population with a known share of two copies.

    A printed share with two copies goes first, then counted people.  Elsewhere, and where a sample
    counted none though it has the allele, stands the square of the allele frequency
    (Hardy-Weinberg); ``basis`` says which.

    Returns
    -------
    DataFrame
        ``sample_id, population, level, n, h, basis`` ("observed" or "expected"), ``donors_50,
        donors_90, donors_95, verified, source_id``; largest share first.  Populations where none
        was found are left out: no number of donors can be given.
    """
    need_columns(frequencies, _NEEDED, "frequencies")
    n, n_hom, n_het = (frequencies[name].astype(float) for name in ("n", "n_hom", "n_het"))
    observed = frequencies["homozygote_share"].astype(float).fillna(n_hom / n)
    observed = observed.where(observed > 0)
    allele = frequencies["allele_frequency"].astype(float).fillna((2 * n_hom + n_het) / (2 * n))
    expected = allele**2
    table = frequencies[["sample_id", "population", "level", "n"]].assign(
        h=observed.fillna(expected),
        basis=np.where(observed.notna(), "observed", "expected"),
        verified=frequencies["verified"],
        source_id=frequencies["source_id"],
    )
    table = table[table["h"] > 0]
    for certainty in CERTAINTIES:
        column = f"donors_{certainty * 100:.0f}"
        table[column] = [donors_to_type(h, certainty) for h in table["h"]]
    order = ["sample_id", "population", "level", "n", "h", "basis"]
    order += ["donors_50", "donors_90", "donors_95", "verified", "source_id"]
    return table.sort_values(["h", "sample_id"], ascending=[False, True], ignore_index=True)[order]
