"""Two releases side by side: what each says of the same place, indicator and year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from explainer.errors import ExplainerError
from explainer.science.checks import marks as written_marks
from explainer.science.checks import one_release

ORDER = (
    "plhiv",
    "new_infections",
    "aids_deaths",
    "on_art",
    "art_coverage_share",
    "prevalence_share",
)
KEY = ["location_code", "indicator", "year"]
_TOLD = ["location", "location_type", "age_group", "unit"]
_FIGURE = ["estimate", "estimate_mark", "low", "low_mark", "high", "high_mark", "source_id"]
SIDES = ("older", "newer")


def in_order(first: pd.DataFrame, second: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frames of two releases, the older one first; one release twice is refused."""
    names = one_release(first), one_release(second)
    if names[0] == names[1]:
        raise ExplainerError(
            f"release {names[0]} was named twice; name two different releases to set side by side"
        )
    return (first, second) if names[0] < names[1] else (second, first)


def compare_releases(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Every figure that two releases both hold: what each says, and how far apart they are.

    The older release comes first, whichever way round they are given.  A row is one place,
    indicator and year, so nothing is ever subtracted across years.

    Parameters
    ----------
    first, second : DataFrame
        Rows of one release each, as ``load_estimates(release)`` gives them.

    Returns
    -------
    DataFrame
        The key; ``older_…`` and ``newer_…`` figures with ranges, marks and sources; ``difference``
        and ``ratio`` (newer against older; NaN where a figure is a threshold such as "<500");
        ``is_inside`` (the older figure lies in the newer range) and ``has_overlap`` (the ranges
        meet), NA where there is no range to judge by.
    """
    frames = in_order(first, second)
    sides = [_side(frame, name) for frame, name in zip(frames, SIDES, strict=True)]
    # A place is known by its code, and called what the newer release calls it.
    rows = sides[1].merge(sides[0].drop(columns=_TOLD), on=KEY, validate="one_to_one")
    figures = [name for side in sides for name in side.columns.drop(KEY + _TOLD)]
    rows = rows[KEY + _TOLD + figures]
    ordinary = (rows["older_mark"] == "") & (rows["newer_mark"] == "")
    old, new = rows["older_estimate"].where(ordinary), rows["newer_estimate"].where(ordinary)
    rows["difference"] = new - old
    rows["ratio"] = new / old.where(old > 0)
    old_low, old_high = _ends(rows, "older")
    new_low, new_high = _ends(rows, "newer")
    rows["is_inside"] = _judged((new_low <= old) & (old <= new_high), old, new, new_low, new_high)
    meet = (old_low <= new_high) & (new_low <= old_high)
    rows["has_overlap"] = _judged(meet, old, new, old_low, old_high, new_low, new_high)
    rank = rows["indicator"].map({name: place for place, name in enumerate(ORDER)})
    rows["rank"] = rank.fillna(len(ORDER))
    rows = rows.sort_values(["location", "rank", "indicator", "year"], ignore_index=True)
    return rows.drop(columns="rank")


def _side(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """One release's rows with its figures under its own names."""
    repeated = frame[frame.duplicated(KEY)]
    if len(repeated):
        row = repeated.iloc[0]
        raise ExplainerError(
            f"estimates: {row['indicator']} of {row['location']} has two rows for {row['year']} in "
            f"release {row['release']}; keep either the rounded or the unrounded rows"
        )
    side = frame[KEY + _TOLD + ["release", *_FIGURE]].copy()
    for column in ("estimate_mark", "low_mark", "high_mark"):
        side[column] = written_marks(side[column])
    named = {column: f"{name}_{column}" for column in ["release", *_FIGURE]}
    return side.rename(columns=named | {"estimate_mark": f"{name}_mark"})


def _ends(rows: pd.DataFrame, name: str) -> tuple[pd.Series, pd.Series]:
    """Low and high of one release; an end marked "<" or ">" is open on its side."""
    low, high = rows[f"{name}_low"], rows[f"{name}_high"]
    low = low.mask((rows[f"{name}_low_mark"] == "<") & low.notna(), -np.inf)
    return low, high.mask((rows[f"{name}_high_mark"] == ">") & high.notna(), np.inf)


def _judged(verdict: pd.Series, *needed: pd.Series) -> pd.Series:
    """The verdict where all that it needs is known, else NA."""
    known = pd.concat(needed, axis=1).notna().all(axis=1)
    return verdict.astype("boolean").where(known)
