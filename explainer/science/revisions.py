"""What each release said of the same years: one line a release, never joined."""

from __future__ import annotations

import pandas as pd

from explainer.science.checks import at_location, need_columns, of_indicator, unknown
from explainer.science.epidemic import split_threshold

_COLUMNS = ["release", "year", "estimate", "estimate_mark", "estimate_threshold", "low", "low_mark"]
_MORE = ["high", "high_mark", "is_rounded", "verified", "source_id"]


def revisions(
    all_estimates: pd.DataFrame, indicator: str = "plhiv", location: str = "World"
) -> pd.DataFrame:
    """One indicator of one place as each release gave it.

    UNAIDS revises the whole curve with every release, so figures of two releases cannot be
    subtracted.  Where a release gives a year rounded and unrounded, the rounded figure is kept.  A
    release known by a lone value without a range is left out.

    Returns
    -------
    DataFrame
        ``release, year, estimate, low, high`` with marks (see ``series``), ``is_rounded, verified,
        source_id``; sorted by release and year.
    """
    need_columns(all_estimates, ["release", "is_rounded"], "estimates")
    of_indicator(all_estimates, indicator)
    here = at_location(all_estimates, location)
    rows = here[here["indicator"] == indicator]
    if rows.empty:
        unknown("indicator", indicator, here["indicator"], f"estimates of {location}")
    rows = rows.sort_values(["release", "year", "is_rounded"])
    rows = rows.drop_duplicates(["release", "year"], keep="last")
    by_release = rows.groupby("release")
    has_range = by_release["low"].transform("count") > 0
    is_curve = by_release["year"].transform("size") > 1
    return split_threshold(rows[has_range | is_curve])[_COLUMNS + _MORE].reset_index(drop=True)


def headline_by_release(
    all_estimates: pd.DataFrame, indicator: str = "plhiv", location: str = "World"
) -> pd.DataFrame:
    """The newest year that each release gave with its range: the figure of that year's headlines.

    Each row stands for itself: two headlines are of different releases and cannot be compared.
    Columns as in ``revisions``.
    """
    rows = revisions(all_estimates, indicator, location)
    ranged = rows.dropna(subset=["estimate", "low", "high"])
    return ranged.groupby("release").tail(1).reset_index(drop=True)
