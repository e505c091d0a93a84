"""What a published file would bring in: told before anything is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from explainer import wording
from explainer.tables.epidemic_tables import (
    CONDITIONS,
    HIV_ESTIMATES,
    PEOPLE_INDICATORS,
    POPULATIONS,
    TREATMENT_CASCADE,
)
from explainer.tables.load import load
from explainer.tables.places import WORLD
from explainer.tables.readers import Reading, read
from explainer.tables.release_diff import worded

_HEADLINES = (
    "plhiv", "new_infections", "aids_deaths", "on_art", "prevalence_share", *CONDITIONS,
)  # fmt: skip
_ENDS = ("estimate", "low", "high")
_NAMES = {
    "world": "the world", "region": "region|regions", "country": "country|countries",
    "other": "other place|other places",
}  # fmt: skip


def as_estimates(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of a reading that ``hiv_estimates`` holds, in its columns.

    Parameters
    ----------
    frame : pandas.DataFrame
        Frame of a ``Reading``.

    Returns
    -------
    pandas.DataFrame
        Counts and coverage of all ages, prevalence at 15-49; places with a UNAIDS or ISO code.
    """
    whole = frame["indicator"].isin((*PEOPLE_INDICATORS, "art_coverage_share"))
    whole &= frame["population"].eq("all ages")
    chosen = whole | (frame["indicator"].eq("prevalence_share") & frame["population"].eq("15-49"))
    rows = frame[chosen & frame["location_type"].ne("other")]
    return _in_columns(rows.assign(age_group=rows["population"]), HIV_ESTIMATES.name)


def as_cascade(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of a reading that ``treatment_cascade`` holds, in its columns.

    Parameters
    ----------
    frame : pandas.DataFrame
        Frame of a ``Reading``.

    Returns
    -------
    pandas.DataFrame
        The shares of the cascade with what they are shares of, by people.
    """
    chosen = frame["indicator"].isin(CONDITIONS) & frame["population"].isin(POPULATIONS)
    rows = frame[chosen & frame["location_type"].ne("other")]
    # A release stands once in that table: rounded where both are published.
    rows = rows.sort_values("is_rounded", ascending=False, kind="stable")
    key = ["year", "location_code", "population", "indicator"]
    rows = rows.drop_duplicates(key).sort_index()
    return _in_columns(rows, TREATMENT_CASCADE.name)


def _in_columns(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    table = HIV_ESTIMATES if name == HIV_ESTIMATES.name else TREATMENT_CASCADE
    told = rows.assign(verified="one_source").reset_index(drop=True)
    return told[[column.name for column in table.columns]]


def preview(path: Path, *, indicator: str | None = None) -> list[str]:
    """Say what a file holds, what of it was not read and why, and how it stands to our tables.

    Parameters
    ----------
    path : Path
        A file as UNAIDS, WHO, the World Bank or Our World in Data publish it.
    indicator : str, optional
        What an AIDSinfo export measures, as it does not say so itself.

    Returns
    -------
    list of str
        Lines to print: release, years, places, rows by indicator, the world's newest figures
        with ranges, what was not read, checks.

    Raises
    ------
    ExplainerError
        If the file cannot be read: one sentence.
    """
    reading = read(path, indicator=indicator)
    frame = reading.frame
    kinds = frame.drop_duplicates(["location", "location_code"])["location_type"].value_counts()
    places = ", ".join(
        _NAMES[kind]
        if kind == "world"
        else wording.counted(int(kinds[kind]), *_NAMES[kind].split("|"))
        for kind in _NAMES
        if kind in kinds
    )
    return [
        f"{reading.kind} of {reading.source}",
        f"release   {reading.release} ({reading.release_from})",
        f"years     {frame['year'].min()}–{frame['year'].max()}",
        f"places    {places}",
        f"figures   {len(frame):,}",
        *(f"  {line}" for line in _by_indicator(frame)),
        "the world",
        *(f"  {line}" for line in headlines(frame)),
        "not read",
        *(f"  {what}: {why}" for what, why in reading.not_read),
        *([] if reading.not_read else ["  nothing: every cell was read"]),
        "checks",
        *(f"  {line}" for line in checks(reading)),
    ]


def _by_indicator(frame: pd.DataFrame) -> Iterator[str]:
    """Rows and years of each indicator, by people."""
    groups = frame.groupby(["indicator", "population", "unit"], sort=True)["year"]
    told = groups.agg(["size", "min", "max"]).reset_index()
    for name, people, unit, size, first, last in told.itertuples(index=False, name=None):
        yield f"{name}, {people} ({unit}): {size:,} rows, {first}–{last}"


def headlines(frame: pd.DataFrame) -> list[str]:
    """Give the world's newest figure of each main indicator with its range.

    Parameters
    ----------
    frame : pandas.DataFrame
        Frame of a ``Reading``.

    Returns
    -------
    list of str
        ``plhiv 2024: 40.8 million (range 37.0–45.6 million)``; one line if there is no world.
    """
    main = frame["population"].isin(("all ages", "15-49")) & frame["location_code"].eq(WORLD)
    world = frame[main].sort_values(["year", "is_rounded"], kind="stable")
    lines = []
    for name in _HEADLINES:
        rows = world[world["indicator"] == name]
        if len(rows):
            row = rows.iloc[-1]
            lines.append(f"{name} {row['year']}: {_worded(row)}")
    return lines or ["no main figure of the world in this file"]


def _worded(row: pd.Series) -> str:
    said = wording.amount(
        row["estimate"], wording.kind_of_unit(row["unit"]), mark=row["estimate_mark"]
    )
    if pd.isna(row["low"]) or pd.isna(row["high"]):
        return f"{said} (no range in this file)"
    if row["low"] > row["high"]:
        return f"{said} (the range is upside down in this file)"
    return worded(row)


def checks(reading: Reading) -> list[str]:
    """Give what the tables' own rules and a comparison with the tables in use say of a reading.

    Parameters
    ----------
    reading : Reading
        What was read.

    Returns
    -------
    list of str
        One line for each rule that some rows break, and one for each table compared.
    """
    lines = []
    for table, rows in (
        (HIV_ESTIMATES, as_estimates(reading.frame)),
        (TREATMENT_CASCADE, as_cascade(reading.frame)),
    ):
        if rows.empty:
            continue
        broken = [
            f"{table.name}: {count:,} of {len(rows):,} rows break the rule that {rule.name}"
            for rule in table.rules
            if (count := int((~rule.holds(rows)).sum()))
        ]
        lines += broken or [f"{table.name}: {len(rows):,} rows keep every rule of the table"]
        lines.append(_beside(rows, table.name, table.key))
    return lines or ["no figure of the two tables of UNAIDS estimates in this file"]


def _beside(rows: pd.DataFrame, name: str, key: tuple[str, ...]) -> str:
    """How the rows stand to those in use of the same release."""
    same, both = agreeing(rows, name, key)
    if not both:
        return f"{name}: no row of this release and kind is in use to compare with"
    return f"{name}: {same:,} of {both:,} rows in use too say the same"


def agreeing(rows: pd.DataFrame, name: str, key: tuple[str, ...]) -> tuple[int, int]:
    """How many rows say the same as those in use of their release, and how many are in both."""
    both = rows.merge(load(name), on=list(key), suffixes=("", "_held"))
    same = pd.Series(True, both.index)
    for end in _ENDS:
        held = both[f"{end}_held"]
        # A table in use may hold an estimate without its range: only what both say is compared.
        equal = np.isclose(both[end], held, rtol=0, atol=5e-7) | both[end].isna() | held.isna()
        same &= pd.Series(equal, both.index)
    return int(same.sum()), len(both)
