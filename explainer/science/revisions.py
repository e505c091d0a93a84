"""What each release said of the same years: one line a release, never joined."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from explainer.science.checks import at_location, need_columns, need_figure, of_indicator
from explainer.science.epidemic import split_threshold
from explainer.science.intervals import Estimate
from explainer.wording import Told

_COLUMNS = ["release", "year", "estimate", "estimate_mark", "estimate_threshold", "low", "low_mark"]
_MORE = ["high", "high_mark", "is_rounded", "verified", "source_id"]


@dataclass(frozen=True, slots=True)
class RevisedHeadline(Told):
    """The headline of one release, and what the release after it says of that very year.

    ``before`` is what ``older`` said of ``year``; ``again`` what ``newer`` says of it, ``now`` what
    ``newer`` says of ``newest_year``.  ``later`` names the releases after ``newer``.
    """

    older: str
    newer: str
    year: int
    newest_year: int
    before: Estimate
    again: Estimate
    now: Estimate
    later: tuple[str, ...]


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
    here = at_location(all_estimates, location)
    need_figure(here, all_estimates, indicator, "any release")
    rows = here[here["indicator"] == indicator].sort_values(["release", "year", "is_rounded"])
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


def revised_headline(
    all_estimates: pd.DataFrame,
    release: str,
    indicator: str = "plhiv",
    location: str = "World",
) -> RevisedHeadline | None:
    """What a release says of the year that the release before it had made its headline.

    Returns
    -------
    RevisedHeadline or None
        None where the table holds no earlier headline, or the release says nothing of that year.
    """
    unit = str(of_indicator(all_estimates, indicator)["unit"].iloc[0])
    headlines = headline_by_release(all_estimates, indicator, location)
    new = headlines[headlines["release"] == release]
    old = headlines[headlines["release"] < release].tail(1)
    if new.empty or old.empty:
        return None
    lines = revisions(all_estimates, indicator, location)
    same = lines[(lines["release"] == release) & (lines["year"] == old["year"].iloc[0])]
    if same["estimate"].isna().all():
        return None
    before, again, now = (_as_estimate(rows.iloc[0], unit) for rows in (old, same, new))
    later = tuple(str(name) for name in headlines["release"] if name > release)
    years = int(old["year"].iloc[0]), int(new["year"].iloc[0])
    return RevisedHeadline(str(old["release"].iloc[0]), release, *years, before, again, now, later)


def _as_estimate(row: pd.Series, unit: str) -> Estimate:
    """One ordinary figure with its range."""
    value, low, high = (float(row[name]) for name in ("estimate", "low", "high"))
    return Estimate(value, low, high, unit, "", str(row["low_mark"]), str(row["high_mark"]))
