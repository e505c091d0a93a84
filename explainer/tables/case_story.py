"""A case and its dated events tell one story: two tables that no rule of one row can compare."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from explainer.tables.read import shown_path
from explainer.tables.remission_tables import REMISSION_CASES, REMISSION_EVENTS

# A date of a case, and the events that may bear it.
_SAME = {
    "transplant_date": ("transplant",),
    "art_stop_date": ("art_stop",),
    "first_announced_date": ("announcement",),
    "last_report_date": ("last_follow_up", "death"),
}


def story_faults(cases: pd.DataFrame, events: pd.DataFrame) -> Iterator[str]:
    """Say which dates of a case no event bears, in a sentence each.

    A date cut to its precision agrees with one that says more: 2020 with 2020-07.
    """
    for _, case in cases.iterrows():
        own = events[events["case_id"] == case["case_id"]]
        for column, kinds in _SAME.items():
            date = case[column]
            told = own.loc[own["event"].isin(kinds), "date"].astype(str)
            if pd.isna(date) or any(_agree(str(date), other) for other in told):
                continue
            yield (
                f"{shown_path(REMISSION_CASES.file)}: {column} of {case['short_name']} is {date}, "
                f"but {REMISSION_EVENTS.file} has {' and '.join(told) or 'no date'} for "
                f"{' or '.join(kinds)}; correct the one or add the other"
            )


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
