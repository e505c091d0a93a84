"""Time off treatment: months between dates, person-time, and what zero rebounds allow."""

from __future__ import annotations

import calendar
import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from explainer.errors import ExplainerError
from explainer.science.checks import need_columns, unknown
from explainer.science.intervals import zero_event_upper
from explainer.wording import Told

LAST_REPORT = "time_off_art_months"
PEER_REVIEWED = "time_off_art_peer_reviewed_months"

_NEEDED = ["case_id", "short_name", "art_stop_date", "first_announced_date"]


def _parts(date: object) -> tuple[int, int | None, int | None] | None:
    """Year, month and day of an ISO date cut to its precision; None for a blank."""
    if not isinstance(date, str) or not date.strip():
        return None
    numbers = date.strip().split("-")
    try:
        year, month, day = (int(numbers[i]) if i < len(numbers) else None for i in range(3))
        valid = year is not None and len(numbers[0]) == 4 and len(numbers) <= 3
        valid = valid and (month is None or 1 <= month <= 12)
        valid = valid and (day is None or 1 <= day <= calendar.monthrange(year or 1, month or 1)[1])
    except ValueError:
        valid = False
    if not valid or year is None:
        raise ExplainerError(f"{date!r} is not a date; write 2021, 2021-11 or 2021-11-16")
    return year, month, day


def months_between(first: object, second: object) -> float:
    """Whole calendar months from one date to another; days are ignored.

    Dates are ISO text cut to their precision.  A date known to its year alone counts as July, its
    middle; a blank gives NaN.
    """
    a, b = _parts(first), _parts(second)
    if a is None or b is None:
        return math.nan
    return float(12 * (b[0] - a[0]) + (b[1] or 7) - (a[1] or 7))


def decimal_year(date: object) -> float:
    """A date as a point on an axis of years; a month or a year alone stands at its middle."""
    parts = _parts(date)
    if parts is None:
        return math.nan
    year, month, day = parts
    if month is None:
        return year + 0.5
    length = calendar.monthrange(year, month)[1]
    return year + (month - 1 + (0.5 if day is None else (day - 0.5) / length)) / 12


@dataclass(frozen=True, slots=True)
class PersonTime(Told):
    """Time watched without a rebound, from ART stop and from the first public report.

    Upper bounds are rebounds per person-year that still fit with none seen (95 %).
    """

    column: str
    n: int
    months: float
    person_years: float
    upper_one_sided: float
    upper_two_sided: float
    delayed_months: float
    delayed_person_years: float
    delayed_upper_one_sided: float
    delayed_upper_two_sided: float


def _override(ids: pd.Series, values: pd.Series, given: Mapping[str, float] | None) -> pd.Series:
    """Values with those given by case put in their place."""
    values = values.astype(float).copy()
    for case_id, months in (given or {}).items():
        if case_id not in set(ids):
            unknown("case", case_id, ids, "cases")
        values[ids == case_id] = float(months)
    return values


def person_time(
    cases: pd.DataFrame,
    column: str = LAST_REPORT,
    *,
    months: Mapping[str, float] | None = None,
    entry_months: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Months each person adds, from ART stop and counted only after the first public report.

    People stand on the list because they had no rebound before they were announced, so only the
    time after the announcement could have shown one (delayed entry):
    ``delayed_months = max(0, months - entry_months)``.  All months come from one column, never from
    a mixture of two.

    Parameters
    ----------
    column : str
        ``time_off_art_months`` (to the last report of any kind) or
        ``time_off_art_peer_reviewed_months``; a blank adds nothing and is not counted.
    months, entry_months : mapping, optional
        Other values by ``case_id``, for a sensitivity analysis.

    Returns
    -------
    DataFrame
        ``case_id, short_name, months, entry_months, delayed_months, is_counted``.
    """
    need_columns(cases, [*_NEEDED, column], "remission cases")
    values = _override(cases["case_id"], cases[column], months)
    pairs = zip(cases["art_stop_date"], cases["first_announced_date"], strict=True)
    entry = pd.Series([months_between(*pair) for pair in pairs], index=cases.index, dtype=float)
    entry = _override(cases["case_id"], entry, entry_months)
    table = cases[["case_id", "short_name"]].assign(
        months=values.fillna(0.0), entry_months=entry, is_counted=values.notna()
    )
    table["delayed_months"] = (table["months"] - table["entry_months"]).clip(lower=0)
    order = ["case_id", "short_name", "months", "entry_months", "delayed_months", "is_counted"]
    return table[order].reset_index(drop=True)


def summarise_person_time(
    cases: pd.DataFrame,
    column: str = LAST_REPORT,
    *,
    months: Mapping[str, float] | None = None,
    entry_months: Mapping[str, float] | None = None,
) -> PersonTime:
    """Person-years without a rebound, and the highest rebound rate that still fits with none.

    Arguments as in ``person_time``; the bounds are those of ``zero_event_upper``.
    """
    table = person_time(cases, column, months=months, entry_months=entry_months)
    total, delayed = float(table["months"].sum()), float(table["delayed_months"].sum())
    years, later = total / 12, delayed / 12
    return PersonTime(
        column, int(table["is_counted"].sum()),
        total, years, zero_event_upper(years, 1), zero_event_upper(years, 2),
        delayed, later, zero_event_upper(later, 1), zero_event_upper(later, 2),
    )  # fmt: skip


def person_time_sensitivities(cases: pd.DataFrame) -> pd.DataFrame:
    """How much the person-years depend on three debatable readings, one changed at a time.

    ``to_last_report_date``: the second Berlin case up to the date of the last report instead of its
    stated lower bound.  ``peer_reviewed_only``: Geneva by its paper, not by the later report.
    ``public_from_art_stop``: Düsseldorf, known from a poster before ART was stopped, counted from
    the stop.

    Returns
    -------
    DataFrame
        ``case_id, short_name, assumption, months, person_years, delayed_person_years,
        upper_two_sided, delayed_upper_two_sided``; the first row ("main") is the rule itself.
    """
    by_id = cases.set_index("case_id")
    for case_id in ("berlin_2", "geneva", "dusseldorf"):
        if case_id not in by_id.index:
            unknown("case", case_id, by_id.index, "remission cases")
    dates = by_id.loc["berlin_2"]
    until = months_between(dates["art_stop_date"], dates["last_report_date"])
    paper = float(by_id[PEER_REVIEWED].astype(float)["geneva"])
    readings: list[tuple[str, str, dict[str, float], dict[str, float]]] = [
        ("", "main", {}, {}),
        ("berlin_2", "to_last_report_date", {"berlin_2": until}, {}),
        ("geneva", "peer_reviewed_only", {"geneva": paper}, {}),
        ("dusseldorf", "public_from_art_stop", {}, {"dusseldorf": 0.0}),
    ]
    fields = ["months", "person_years", "delayed_person_years", "upper_two_sided"]
    records: list[dict[str, object]] = []
    for case_id, assumption, months, entry in readings:
        total = summarise_person_time(cases, months=months, entry_months=entry)
        name = by_id.loc[case_id, "short_name"] if case_id else ""
        record = {"case_id": case_id, "short_name": name, "assumption": assumption}
        values = {field: getattr(total, field) for field in [*fields, "delayed_upper_two_sided"]}
        records.append(record | values)
    return pd.DataFrame(records)
