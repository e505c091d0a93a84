"""Samples of the CCR5-Δ32 pictures: which may be drawn, and how much each one weighs."""

from __future__ import annotations

import pandas as pd

from explainer.wording import is_known, number

# A probe on the array failed more often in people with two copies: a lesson, not a frequency.
ARRAY_SAMPLE = "uk_biobank_british_ancestry_array_tag_snp_rs62625034_2019"
# Volunteers who stayed HIV-negative at high risk: people with two copies are over-represented.
VOLUNTEERS = "us_high_risk_hiv_negative_volunteers_eight_cities_2001"
# Counts a haplotype; that it stands for Δ32 is not in the text read.
HAPLOTYPE_SOURCE = "gonzalez1999"
PLACES = {
    "nigeria_residents_of_northern_cyprus_2022": "Nigeria (abroad)",
    "zimbabwe_residents_of_northern_cyprus_2022": "Zimbabwe (abroad)",
}
SMALL = 200  # people: below this a sample is drawn hollow


def usable(frequencies: pd.DataFrame) -> pd.DataFrame:
    """Samples of Δ32 itself that may be drawn: none HIV-positive, none unverified."""
    is_out = frequencies["is_hiv_positive_sample"] | (frequencies["verified"] == "no")
    is_out |= frequencies["source_id"] == HAPLOTYPE_SOURCE
    return frequencies[~is_out].reset_index(drop=True)


def n_words(n: object) -> str:
    """``n = 1,390`` or that the source read does not give it."""
    return f"n = {number(n)}" if is_known(n) else "n not published"


def people_words(n: object) -> str:
    """A count for a column headed "people"."""
    return number(n) if is_known(n) else "?"
