"""Rules that several tables share; each holds for every row or is answered by one clause."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from explainer.tables.columns import VERIFIED, Rule


def shown(value: Any) -> str:
    """A cell as a reader would write it: 41,000,000 or 0.98."""
    if isinstance(value, bool | np.bool_) or value is None:
        return str(value).lower()
    if isinstance(value, int | float | np.integer | np.floating):
        return f"{float(value):,.12g}"
    return str(value)


def ordered(low: str, high: str) -> Rule:
    """``low`` is not above ``high`` where both are given."""
    return Rule(
        f"{low} is not above {high}",
        lambda frame: ~(frame[low] > frame[high]).fillna(False).astype(bool),
        lambda row, _: f"{low} {shown(row[low])} is above {high} {shown(row[high])}",
    )


def within(value: str, low: str, high: str) -> tuple[Rule, ...]:
    """The value lies in its range, and the range is not upside down."""
    return ordered(low, value), ordered(value, high), ordered(low, high)


def share_by_unit(*values: str, unit: str = "unit") -> tuple[Rule, ...]:
    """Where the unit is a share, the value lies between 0 and 1."""

    def rule(value: str) -> Rule:
        return Rule(
            f"{value} is between 0 and 1 where {unit} is share",
            lambda frame: (
                (frame[unit] != "share") | frame[value].isna() | frame[value].between(0, 1)
            ),
            lambda row, _: f"{value} {shown(row[value])} is no share, expected 0 to 1",
        )

    return tuple(rule(value) for value in values)


def marked(value: str) -> Rule:
    """A mark stands only beside a value."""
    column = f"{value}_mark"
    return Rule(
        f"{column} stands beside a value",
        lambda frame: frame[column].isna() | frame[value].notna(),
        lambda row, _: f"{column} is {row[column]} but {value} is blank",
    )


def agrees(column: str, other: str, expected: Callable[[Any], Any], words: str) -> Rule:
    """``column`` says what ``other`` implies."""

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        return frame[column].eq(frame[other].map(expected)) | (
            frame[column].isna() & frame[other].isna()
        )

    return Rule(
        words,
        holds,
        lambda row, _: (
            f"{column} is {shown(row[column])}, expected {expected(row[other])} for {row[other]}"
        ),
    )


def one_name(code: str, name: str) -> Rule:
    """Each code stands for one name, and a code and its name are given together."""

    def usual(frame: pd.DataFrame) -> Mapping[str, str]:
        counts = frame.groupby([code, name], sort=False).size().reset_index(name="rows")
        counts = counts.sort_values("rows", ascending=False, kind="stable")
        first = counts.drop_duplicates(code)
        return dict(zip(first[code], first[name], strict=True))

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        return frame[name].eq(frame[code].map(usual(frame))) | (
            frame[name].isna() & frame[code].isna()
        )

    def fault(row: pd.Series, frame: pd.DataFrame) -> str:
        known = usual(frame).get(row[code])
        if known is None or pd.isna(row[name]):
            return f"{code} and {name} are not given together"
        return f"{code} {row[code]} is called {row[name]}, elsewhere {known}"

    return Rule(f"each {code} has one {name}", holds, fault, "give one name per code")


def known_code(column: str, known: frozenset[str], words: str) -> Rule:
    """The code is on the list of codes."""
    return Rule(
        f"{column} is a known code",
        lambda frame: frame[column].isin(known) | frame[column].isna(),
        lambda row, _: f"{column} {row[column]} is unknown, expected {words}",
        "correct the code",
    )


def unique_key(key: Sequence[str]) -> Rule:
    """No two rows have the same key."""
    names = list(key)

    def fault(row: pd.Series, frame: pd.DataFrame) -> str:
        same = (frame[names] == row[names]).all(axis=1)
        return f"repeats the key of row {same.idxmax()} ({', '.join(names)})"

    return Rule(
        f"{', '.join(names)} are unique",
        lambda frame: ~frame.duplicated(names),
        fault,
        "remove or correct one of the two",
    )


def resolves(column: str, table: str, known: frozenset[str]) -> Rule:
    """Every id of the column has its row in the other table."""

    def unknown(cell: Any) -> list[str]:
        return [one for one in str(cell).split(";") if one not in known]

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        bad = {cell for cell in frame[column].dropna().unique() if unknown(cell)}
        return ~frame[column].isin(bad)

    return Rule(
        f"{column} resolves in {table}",
        holds,
        lambda row, _: f"{column} {unknown(row[column])[0]} has no row in {table}.csv",
        f"correct the id or add the row to {table}.csv",
    )


def lower_of(column: str, first: str, second: str) -> Rule:
    """The row is verified as well as the weaker of its two parts."""
    rank = {name: place for place, name in enumerate(VERIFIED)}

    def weaker(frame: pd.DataFrame) -> pd.Series:
        return pd.concat([frame[first].map(rank), frame[second].map(rank)], axis=1).max(axis=1)

    return Rule(
        f"{column} is the lower of {first} and {second}",
        lambda frame: frame[column].map(rank).eq(weaker(frame)),
        lambda row, _: (
            f"{column} is {row[column]}, expected the lower of {first} {row[first]} "
            f"and {second} {row[second]}"
        ),
    )
