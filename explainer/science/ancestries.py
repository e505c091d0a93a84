"""The donor search by ancestry: chances under every assumption, and the gaps between groups.

Ancestries are words of registries: what donors ticked on a form.  They stand for a history of
families, not for a cause.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explainer.errors import ExplainerError
from explainer.science.checks import need_columns, unknown
from explainer.science.matching import (
    ALL_ALIKE,
    chance_of_match,
    chance_of_matched_donor,
    registry_size_for,
)
from explainer.wording import Told

SHAPES = (ALL_ALIKE, 1.0, 0.5, 0.3)
REFERENCE = "White"
# Public match figures of one page, beside the shares of one typing study; the words are theirs.
GROUPS = {
    "White": ("match_dkms_ethnicity_white", "us_registry_donors_white_2018"),
    "Native American": (
        "match_dkms_ethnicity_native_american", "us_registry_donors_native_american_2018",
    ),
    "Hispanic": ("match_dkms_ethnicity_hispanic_or_latino", "us_registry_donors_hispanic_2018"),
    "Black": ("match_dkms_ethnicity_black_or_african_american", "us_registry_donors_black_2018"),
    "Asian or Pacific Islander": (
        "match_dkms_ethnicity_asian_or_pacific_islander",
        "us_registry_donors_asian_or_pacific_islander_2018",
    ),
}  # fmt: skip
SIMULATED_REGISTRY = "nishiwaki2018"
_RANK = ["no", "one_source", "two_sources"]


@dataclass(frozen=True, slots=True)
class ShapeFit(Told):
    """The k that follows one registry as it grows, and the worst miss in match share."""

    k: float
    largest_miss: float
    n_sizes: int
    source_id: str


def fitted_shape(donor_match: pd.DataFrame, source_id: str = SIMULATED_REGISTRY) -> ShapeFit:
    """How unequal patients are where match shares are known for several sizes of one registry.

    Least squares in k; the smallest size is taken as it is.  The bundled source is a simulation
    from the tissue types of Japanese donors.
    """
    from scipy.optimize import minimize_scalar

    need_columns(donor_match, ["source_id", "n", "value", "verified"], "donor match")
    rows = donor_match[(donor_match["source_id"] == source_id) & (donor_match["verified"] != "no")]
    rows = rows.sort_values("n")
    sizes = (rows["n"] / rows["n"].min()).to_numpy(float)
    shares: NDArray[np.float64] = rows["value"].to_numpy(float)
    if len(np.unique(sizes)) < 3:
        raise ExplainerError(
            f"donor match: {source_id} has {len(sizes)} registry sizes, expected at least three; "
            f"pass the frame of load_donor_match()"
        )

    def misses(k: float) -> NDArray[np.float64]:
        found: NDArray[np.float64] = np.array([chance_of_match(shares[0], r, k) for r in sizes])
        return found - shares

    best = minimize_scalar(
        lambda log_k: float((misses(math.exp(log_k)) ** 2).sum()), bounds=(-4, 6), method="bounded"
    )
    k = math.exp(best.x)
    return ShapeFit(k, float(np.abs(misses(k)).max()), len(sizes), source_id)


def _row(frame: pd.DataFrame, key: str, name: str, table: str) -> pd.Series:
    """One verified row by its key."""
    rows = frame[frame[key] == name]
    if rows.empty:
        unknown(key, name, frame[key], table)
    row = rows.iloc[0]
    if row["verified"] == "no":
        raise ExplainerError(f"{table}: {name} is not verified; it must not be computed with")
    return row


def matched_ancestries(donor_match: pd.DataFrame, frequencies: pd.DataFrame) -> pd.DataFrame:
    """Match share and share with two copies for each ancestry that the US registry words.

    The public match figures of 2025 are used alone: never beside the 8/8 table of Gragert 2014,
    whose other figures count 7/8 matches too.

    Returns
    -------
    DataFrame
        ``ancestry`` (as donors describe themselves on the registry's form), ``match_share,
        homozygote_share, verified`` (the lower of two), ``match_source_id,
        homozygote_source_id``.
    """
    need_columns(donor_match, ["match_id", "value", "verified", "source_id"], "donor match")
    columns = ["sample_id", "homozygote_share", "verified", "source_id"]
    need_columns(frequencies, columns, "frequencies")
    records = []
    for ancestry, (match_id, sample_id) in GROUPS.items():
        match = _row(donor_match, "match_id", match_id, "donor match")
        sample = _row(frequencies, "sample_id", sample_id, "frequencies")
        records.append({
            "ancestry": ancestry,
            "match_share": float(match["value"]),
            "homozygote_share": float(sample["homozygote_share"]),
            "verified": min(match["verified"], sample["verified"], key=_RANK.index),
            "match_source_id": match["source_id"],
            "homozygote_source_id": sample["source_id"],
        })  # fmt: skip
    return pd.DataFrame(records)


def donor_chances(
    donor_match: pd.DataFrame,
    frequencies: pd.DataFrame,
    *,
    shapes: Sequence[float] = SHAPES,
    registry_sizes: Sequence[float] = (1.0,),
) -> pd.DataFrame:
    """Chance of a donor who matches and has two copies: ancestry x registry size x assumption.

    Parameters
    ----------
    donor_match, frequencies : DataFrame
        ``load_donor_match()``, ``load_delta32_frequencies()``.
    shapes : sequence of float
        How alike patients are, k; infinity for all alike.
    registry_sizes : sequence of float
        Multiples of today's registry.

    Returns
    -------
    DataFrame
        One row for each combination: columns of ``matched_ancestries``, then ``registry_size, k,
        match_chance`` (a matched donor, M(r)), ``chance`` (with two copies too, P(r)) and
        ``product``, the M x h of today's registry that is too low.
    """
    groups = matched_ancestries(donor_match, frequencies)
    records = [
        {
            **group,
            "registry_size": float(size),
            "k": float(k),
            "match_chance": chance_of_match(group["match_share"], size, k),
            "chance": chance_of_matched_donor(
                group["match_share"], group["homozygote_share"], k, size
            ),
            "product": group["match_share"] * group["homozygote_share"],
        }
        for group in groups.to_dict("records")
        for size in registry_sizes
        for k in shapes
    ]
    if not records:
        raise ExplainerError("no shape or no registry size to compute; give at least one of each")
    return pd.DataFrame(records)


def donor_gaps(chances: pd.DataFrame, reference: str = REFERENCE) -> pd.DataFrame:
    """How many times likelier the reference group is to find such a donor, under each assumption.

    Parameters
    ----------
    chances : DataFrame
        Of ``donor_chances``.

    Returns
    -------
    DataFrame
        ``ancestry, registry_size, k, ratio`` (the same k for both groups) and ``crossed``: the
        reference's smallest chance over the group's largest, if k differs between groups within
        the shapes given.
    """
    need_columns(chances, ["ancestry", "registry_size", "k", "chance"], "donor chances")
    if reference not in set(chances["ancestry"]):
        unknown("ancestry", reference, chances["ancestry"], "donor chances")
    keys = ["registry_size", "k"]
    first = chances[chances["ancestry"] == reference][[*keys, "chance"]]
    others = chances[chances["ancestry"] != reference][["ancestry", *keys, "chance"]]
    gaps = others.merge(first.rename(columns={"chance": "reference"}), on=keys)
    gaps["ratio"] = gaps["reference"] / gaps["chance"]
    largest = gaps.groupby(["ancestry", "registry_size"])["chance"].transform("max")
    gaps["crossed"] = gaps.groupby("registry_size")["reference"].transform("min") / largest
    return gaps[["ancestry", *keys, "ratio", "crossed"]]


def donors_needed(chances: pd.DataFrame, reference: str = REFERENCE) -> pd.DataFrame:
    """How many times the donors give other groups the chance the reference group has today.

    Parameters
    ----------
    chances : DataFrame
        Of ``donor_chances``, for today's registry.

    Returns
    -------
    DataFrame
        Rows of the other groups with ``match_goal, match_needed`` (reference's chance of a match;
        multiples of today's donors of the group) and ``goal, needed`` (with two copies too).
    """
    need_columns(chances, ["ancestry", "k", "registry_size", "match_chance"], "donor chances")
    today = chances[chances["registry_size"] == 1]
    goals = today[today["ancestry"] == reference].set_index("k")
    if goals.empty:
        unknown("ancestry", reference, today["ancestry"], "donor chances of today's registry")
    rows = today[today["ancestry"] != reference].reset_index(drop=True)
    rows["match_goal"] = rows["k"].map(goals["match_chance"])
    rows["goal"] = rows["k"].map(goals["chance"])
    shares, ks = rows["match_share"], rows["k"]
    pairs = zip(rows["match_goal"], shares, ks, strict=True)
    rows["match_needed"] = [registry_size_for(goal, m, k=k) for goal, m, k in pairs]
    needs = zip(rows["goal"], shares, rows["homozygote_share"], ks, strict=True)
    rows["needed"] = [registry_size_for(*need) for need in needs]
    return rows
