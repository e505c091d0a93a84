"""Rules on dates that are known to the day, the month or the year only."""

from __future__ import annotations

import calendar
from typing import Any

import pandas as pd

from explainer.tables.columns import Rule

_LENGTH = {"year": 4, "month": 7, "day": 10}


def comes_after(later: Any, earlier: Any) -> bool:
    """Whether ``later`` is not before ``earlier``, as far as both dates say."""
    if pd.isna(later) or pd.isna(earlier):
        return True
    first, second = str(earlier), str(later)
    # 2020 and 2020-07 may be the same day: compare no deeper than the coarser of the two.
    depth = min(len(first), len(second))
    return second[:depth] >= first[:depth]


def in_order(earlier: str, later: str, words: str) -> Rule:
    """One dated step is not before the other."""

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        pairs = zip(frame[later], frame[earlier], strict=True)
        return pd.Series([comes_after(b, a) for b, a in pairs], frame.index, dtype=bool)

    return Rule(
        words,
        holds,
        lambda row, _: f"{later} {_plain(row[later])} is before {earlier} {_plain(row[earlier])}",
    )


def precise(column: str) -> Rule:
    """The date is a real one and as long as its precision says."""
    beside = f"{column}_precision"

    def fine(value: Any, precision: Any) -> bool:
        if pd.isna(value) or pd.isna(precision):
            return bool(pd.isna(value)) == bool(pd.isna(precision))
        return len(str(value)) == _LENGTH[str(precision)] and is_date(str(value))

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        pairs = zip(frame[column], frame[beside], strict=True)
        return pd.Series([fine(value, how) for value, how in pairs], frame.index, dtype=bool)

    return Rule(
        f"{column} is as precise as {beside} says",
        holds,
        lambda row, _: (
            f"{column} is {_plain(row[column])} but {beside} is {_plain(row[beside])}, "
            "expected a date cut to its precision"
        ),
    )


def is_date(value: str) -> bool:
    """Whether the month and the day exist in the calendar."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        return False
    return len(parts) < 3 or 1 <= parts[2] <= calendar.monthrange(parts[0], parts[1])[1]


def longest_months(start: str, end: str) -> int:
    """Whole months, rounded up, from the earliest start to the latest end the dates allow."""
    first, last = start.split("-"), end.split("-")
    begin = int(first[0]) * 12 + (int(first[1]) if len(first) > 1 else 1)
    finish = int(last[0]) * 12 + (int(last[1]) if len(last) > 1 else 12)
    return finish - begin + 1


def _plain(value: Any) -> str:
    return "blank" if pd.isna(value) else str(value)
