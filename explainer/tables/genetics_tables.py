"""Tables of CCR5-Δ32 and of donors: frequencies, facts, match likelihoods, searches."""

from __future__ import annotations

import pandas as pd

from explainer.tables.columns import (
    ISO3,
    SOURCES,
    Rule,
    Table,
    checked,
    code,
    count,
    figure,
    flag,
    identifier,
    note,
    number,
    share,
    sourced,
    text,
    year,
)
from explainer.tables.places import COUNTRIES
from explainer.tables.rules import known_code, one_name, ordered, share_by_unit


def _last_digit(printed: float) -> float:
    """One unit in the last digit printed: 0.001 for 0.109."""
    decimals = f"{printed:.7f}".rstrip("0").partition(".")[2]
    return float(10.0 ** -max(len(decimals), 1))


def _as_printed(printed: pd.Series, counted: pd.Series) -> pd.Series[bool]:
    """Whether a printed share is what its counts give, rounded or cut to its digits."""
    apart = (counted.astype("float64") - printed).abs()
    # Two samples print a cut figure (10.976 % as 10.9 %): less than one unit passes.
    return apart.isna() | (apart < printed.fillna(0).map(_last_digit))


def _from_counts(column: str, numerator: str, copies: int) -> Rule:
    def counted(frame: pd.DataFrame) -> pd.Series:
        if column == "allele_frequency":
            return (2 * frame["n_hom"] + frame["n_het"]) / (2 * frame["n"])
        return frame[numerator] / (copies * frame["n"])

    words = "(2·n_hom + n_het) / 2n" if column == "allele_frequency" else f"{numerator} / n"
    return Rule(
        f"{column} is {words} where counts are given",
        lambda frame: _as_printed(frame[column], counted(frame)),
        lambda row, _: (
            f"{column} {row[column]:g} does not follow from its counts, expected {words}, "
            f"near {float(counted(row.to_frame().T).astype('float64').iloc[0]):.4g}"
        ),
    )


def _fits_in(frame: pd.DataFrame) -> pd.Series[bool]:
    carriers = frame["n_hom"].fillna(0) + frame["n_het"].fillna(0)
    return frame["n"].isna() | (carriers <= frame["n"].fillna(0)).astype(bool)


DELTA32_FREQUENCIES = Table(
    "delta32_frequencies",
    (
        identifier("sample_id"),
        text("population"),
        code("iso3", ISO3, "three capital letters", required=False),
        note("country"),
        text("level", "country", "region", "ethnic_group", "ancestry"),
        flag("is_hiv_positive_sample"),
        flag("is_chosen_for_health"),
        flag("is_donor_registry"),
        count("n"),
        count("n_hom"),
        count("n_het"),
        share("allele_frequency"),
        share("homozygote_share"),
        share("heterozygote_share"),
        text("study"),
        year(required=False),
        checked(),
        note("note"),
        *sourced(more=True),
    ),
    key=("sample_id",),
    label=("population",),
    rules=(
        known_code("iso3", COUNTRIES, "an ISO 3166 country"),
        one_name("iso3", "country"),
        Rule(
            "a sample of people living with HIV is one chosen for their health",
            lambda frame: ~frame["is_hiv_positive_sample"] | frame["is_chosen_for_health"],
            lambda row, _: (
                "is_hiv_positive_sample is true and is_chosen_for_health is false, expected true"
            ),
        ),
        Rule(
            "n_hom and n_het together are not more than n",
            _fits_in,
            lambda row, _: (
                f"n_hom {row['n_hom']} and n_het {row['n_het']} are more than n {row['n']}"
            ),
        ),
        _from_counts("allele_frequency", "", 2),
        _from_counts("homozygote_share", "n_hom", 1),
        _from_counts("heterozygote_share", "n_het", 1),
    ),
    references=SOURCES,
)

DELTA32_FACTS = Table(
    "delta32_facts",
    (
        identifier("fact_id"),
        text("value"),
        note("unit"),
        year(required=False),
        checked(),
        note("note"),
        *sourced(more=True),
    ),
    key=("fact_id",),
    label=("fact_id",),
    references=SOURCES,
)

DONOR_MATCH = Table(
    "donor_match",
    (
        identifier("match_id"),
        text("record_type", "match_likelihood", "registry_size", "registry_share"),
        text("registry"),
        text("ancestry"),
        text("metric"),
        figure("value", 0),
        text("unit", "share", "donors", "units"),
        count("n"),
        year(required=False),
        checked(),
        note("note"),
        *sourced(more=True),
    ),
    key=("match_id",),
    label=("registry", "ancestry"),
    rules=(
        *share_by_unit("value"),
        Rule(
            "only a registry's size is not a share",
            lambda frame: (frame["record_type"] == "registry_size") == (frame["unit"] != "share"),
            lambda row, _: f"unit is {row['unit']} for a {row['record_type']}",
        ),
    ),
    references=SOURCES,
)

DONOR_SEARCHES = Table(
    "donor_searches",
    (
        identifier("search_id"),
        text("topic"),
        text("item"),
        text("population"),
        count("n_screened"),
        count("n_found"),
        share("share"),
        note("condition"),
        year(required=False),
        checked(),
        note("note"),
        *sourced(more=True),
    ),
    key=("search_id",),
    label=("item",),
    rules=(ordered("n_found", "n_screened"),),
    references=SOURCES,
)

FACTS = Table(
    "facts",
    (
        identifier("fact_id"),
        number("value"),
        number("low"),
        number("high"),
        text("unit"),
        year(required=False),
        text("statement"),
        checked(),
        note("note"),
        *sourced(),
    ),
    key=("fact_id",),
    label=("fact_id",),
    rules=(
        ordered("low", "value"),
        ordered("value", "high"),
        ordered("low", "high"),
        *share_by_unit("value", "low", "high"),
        Rule(
            "a fact has a value or a range",
            lambda frame: frame["value"].notna() | (frame["low"].notna() & frame["high"].notna()),
            lambda row, _: "value and range are blank, expected at least one",
        ),
    ),
    references=SOURCES,
)

TABLES = (DELTA32_FREQUENCIES, DELTA32_FACTS, DONOR_MATCH, DONOR_SEARCHES, FACTS)
