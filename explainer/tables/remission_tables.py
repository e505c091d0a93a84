"""Tables of remission: the cases and their dated events."""

from __future__ import annotations

from typing import Any

import pandas as pd

from explainer.tables.columns import (
    ISO3,
    SOURCES,
    Rule,
    Table,
    checked,
    code,
    count,
    date,
    flag,
    identifier,
    note,
    number,
    precision,
    sourced,
    text,
    year,
)
from explainer.tables.dates import comes_after, in_order, longest_months, precise
from explainer.tables.places import COUNTRIES
from explainer.tables.rules import known_code, lower_of, one_name, ordered

DONOR_TYPES = ("homozygous", "heterozygous", "wild_type")
DOI = r"10\.\d{4,9}/\S+"
EVENTS = (
    "hiv_diagnosis",
    "art_start",
    "malignancy_diagnosis",
    "transplant",
    "relapse",
    "second_transplant",
    "art_stop",
    "announcement",
    "publication",
    "last_follow_up",
    "rebound",
    "death",
)
# What cannot come before what, within one person's dated events.
EVENT_ORDER = (
    ("hiv_diagnosis", "art_start"),
    ("hiv_diagnosis", "transplant"),
    ("malignancy_diagnosis", "transplant"),
    ("transplant", "second_transplant"),
    ("transplant", "art_stop"),
    ("art_start", "art_stop"),
    ("art_stop", "last_follow_up"),
    ("art_stop", "rebound"),
    ("art_stop", "death"),
    ("transplant", "death"),
)
ISO3_COLUMN = code("iso3", ISO3, "three capital letters")
ISO3_RULE = known_code("iso3", COUNTRIES, "an ISO 3166 country")


def _fits_dates(months: Any, start: Any, end: Any) -> bool:
    return bool(pd.isna(months) or months <= longest_months(str(start), str(end)))


def _no_longer_than_dates(column: str) -> Rule:
    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        rows = zip(frame[column], frame["art_stop_date"], frame["last_report_date"], strict=True)
        return pd.Series([_fits_dates(*row) for row in rows], frame.index, dtype=bool)

    return Rule(
        f"{column} is not longer than from ART stop to the last report",
        holds,
        lambda row, _: (
            f"{column} {row[column]:g} is longer than from art_stop_date {row['art_stop_date']} "
            f"to last_report_date {row['last_report_date']}"
        ),
    )


REMISSION_CASES = Table(
    "remission_cases",
    (
        identifier("case_id"),
        text("name"),
        text("short_name"),
        text("city"),
        text("country"),
        ISO3_COLUMN,
        flag("is_later_case"),
        text("sex", "F", "M"),
        count("age_at_transplant_years"),
        note("age_note"),
        year("birth_year", required=False),
        year("hiv_diagnosis_year", required=False),
        text("malignancy"),
        date("transplant_date", required=False),
        precision("transplant_date_precision", required=False),
        text("transplant_type"),
        text("donor_ccr5", *DONOR_TYPES),
        note("donor_ccr5_note"),
        flag("donor_ccr5_is_stated"),
        text("recipient_ccr5", "heterozygous", "wild_type", required=False),
        note("conditioning"),
        note("gvhd"),
        date("art_stop_date"),
        precision("art_stop_date_precision"),
        flag("art_stop_is_computed"),
        date("last_report_date"),
        precision("last_report_date_precision"),
        number("time_off_art_months", 0),
        text("time_off_art_basis", "stated", "computed", "lower_bound"),
        number("time_off_art_peer_reviewed_months", 0),
        text("outcome", "ongoing_remission", "died_in_remission"),
        note("outcome_note"),
        date("first_announced_date"),
        precision("first_announced_date_precision"),
        code("publication_doi", rf"{DOI}(;{DOI})*", "DOIs joined by ;", required=False),
        checked("transplant_verified"),
        checked("art_stop_verified"),
        checked(),
        note("note"),
        *sourced(more=True),
    ),
    key=("case_id",),
    label=("short_name",),
    rules=(
        ISO3_RULE,
        one_name("iso3", "country"),
        *(precise(f"{step}_date") for step in ("transplant", "art_stop", "last_report")),
        precise("first_announced_date"),
        in_order("birth_year", "hiv_diagnosis_year", "birth comes before the HIV diagnosis"),
        in_order("hiv_diagnosis_year", "transplant_date", "the HIV diagnosis comes first"),
        in_order("transplant_date", "art_stop_date", "ART stop comes after the transplant"),
        in_order("art_stop_date", "last_report_date", "the last report comes after ART stop"),
        in_order("art_stop_date", "first_announced_date", "the announcement follows ART stop"),
        ordered("time_off_art_peer_reviewed_months", "time_off_art_months"),
        _no_longer_than_dates("time_off_art_months"),
        _no_longer_than_dates("time_off_art_peer_reviewed_months"),
        lower_of("verified", "transplant_verified", "art_stop_verified"),
    ),
    references=SOURCES,
)


def _event_clashes(frame: pd.DataFrame) -> dict[Any, str]:
    """Rows that come too early, each with what they should follow."""
    clashes: dict[Any, str] = {}
    for _, events in frame.groupby("case_id", sort=False):
        for first, then in EVENT_ORDER:
            started = events.loc[events["event"] == first, "date"]
            for line, day in events.loc[events["event"] == then, "date"].items():
                late = [one for one in started if not comes_after(day, one)]
                if late:
                    clashes.setdefault(line, f"{then} {day} is before {first} {min(late)}")
    return clashes


def _in_event_order() -> Rule:
    return Rule(
        "events follow one another: diagnosis, transplant, ART stop, rebound or death",
        lambda frame: ~frame.index.to_series().isin(_event_clashes(frame).keys()),
        lambda row, frame: _event_clashes(frame)[row.name],
    )


REMISSION_EVENTS = Table(
    "remission_events",
    (
        identifier("case_id"),
        date("date"),
        precision("date_precision"),
        text("event", *EVENTS),
        note("note"),
        checked(),
        *sourced(more=True),
    ),
    key=("case_id", "date", "event"),
    label=("case_id", "event"),
    rules=(precise("date"), _in_event_order()),
    references={**SOURCES, "case_id": "remission_cases"},
)

TABLES = (REMISSION_CASES, REMISSION_EVENTS)
