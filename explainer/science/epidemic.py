"""The course of the epidemic in one release: series, change since a year, peak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from explainer.errors import ExplainerError
from explainer.science.checks import in_year, marks, place_rows
from explainer.science.intervals import Estimate
from explainer.science.rounding import change_band, is_one_step
from explainer.wording import Told, indicators, the

Direction = Literal["rose", "fell", "stayed about the same"]

# Published figures have two or three figures; below half a percent a change may be rounding alone.
SAME_WITHIN = 0.005

_SERIES = ["location", "year", "estimate", "estimate_mark", "estimate_threshold"]
_BOUNDS = ["low", "low_mark", "high", "high_mark", "unit", "source_id"]


@dataclass(frozen=True, slots=True)
class Change(Told):
    """How an indicator moved between two years of one release."""

    location: str
    indicator: str
    base_year: int
    year: int
    first: Estimate
    last: Estimate
    difference: float
    ratio: float
    change_share: float
    per_year_share: float
    direction: Direction

    @property
    def rounding(self) -> Estimate:
        """How large the change is, with the band that rounding of both figures leaves open.

        A fall is given as a size, without a sign, if its whole band is a fall.
        """
        low, high = change_band(self.first.value, self.last.value, self.indicator)
        if high < 0:
            return Estimate(-self.change_share, -high, -low, "share")
        return Estimate(self.change_share, low, high, "share")


@dataclass(frozen=True, slots=True)
class Peak(Told):
    """The highest published value and every year that shows it."""

    location: str
    indicator: str
    years: tuple[int, ...]
    estimate: Estimate

    @property
    def first(self) -> int:
        """First year of the peak."""
        return self.years[0]

    @property
    def last(self) -> int:
        """Last year of the peak."""
        return self.years[-1]


def direction(first: float, last: float, indicator: str) -> Direction:
    """The word for a change; one step of rounding is none."""
    if abs(last / first - 1) < SAME_WITHIN or is_one_step(first, last, indicator):
        return "stayed about the same"
    return "rose" if last > first else "fell"


def split_threshold(rows: pd.DataFrame) -> pd.DataFrame:
    """Move numbers marked "<" or ">" out of ``estimate`` into ``estimate_threshold``."""
    rows = rows.copy()
    for column in ("estimate_mark", "low_mark", "high_mark"):
        rows[column] = marks(rows[column])
    marked = rows["estimate_mark"] != ""
    rows["estimate_threshold"] = rows["estimate"].where(marked)
    rows["estimate"] = rows["estimate"].mask(marked)
    return rows


def usable_bounds(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Low and high without thresholds: the ends that may enter a calculation."""
    return rows["low"].mask(rows["low_mark"] != ""), rows["high"].mask(rows["high_mark"] != "")


def series(estimates: pd.DataFrame, indicator: str, location: str = "World") -> pd.DataFrame:
    """One indicator of one place by year, with its published range.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release.
    indicator, location : str
        An indicator of the table; a place by its UNAIDS name or its code.

    Returns
    -------
    DataFrame
        A row for every year from first to last.  A year that was not published is NaN, so that a
        line breaks there.  A number marked "<" or ">" stands in ``estimate_threshold``, not in
        ``estimate``; ``low`` and ``high`` keep the number printed beside their marks.
    """
    rows = split_threshold(place_rows(estimates, indicator, location))
    every_year = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    if len(every_year) > len(rows):
        rows = _with_gaps(rows, every_year)
    return rows[_SERIES + _BOUNDS].reset_index(drop=True)


def _with_gaps(rows: pd.DataFrame, years: range) -> pd.DataFrame:
    """The rows with an empty one for each year that was not published."""
    full = rows.set_index("year").reindex(pd.Index(years, name="year")).reset_index()
    for column in ("estimate_mark", "low_mark", "high_mark"):
        full[column] = full[column].fillna("")
    full["location"] = rows["location"].iloc[0]
    full["unit"] = rows["unit"].iloc[0]
    return full


def latest_year(estimates: pd.DataFrame, indicator: str, location: str = "World") -> int:
    """The newest year that has a figure for this indicator and place."""
    rows = place_rows(estimates, indicator, location)
    return int(rows["year"].max())


def value_in(
    estimates: pd.DataFrame, indicator: str, year: int | None = None, location: str = "World"
) -> Estimate:
    """One published figure with its range (the newest year if none is named).

    A threshold keeps its number as printed, with the mark in ``mark``.
    """
    rows = place_rows(estimates, indicator, location)
    row = in_year(rows, year, f"{indicators(indicator)} in {the(location)}")
    text = {c: str(marks(row[c]).iloc[0]) for c in ("estimate_mark", "low_mark", "high_mark")}
    value, low, high = (float(row[c].iloc[0]) for c in ("estimate", "low", "high"))
    unit = str(row["unit"].iloc[0])
    return Estimate(
        value, low, high, unit, text["estimate_mark"], text["low_mark"], text["high_mark"]
    )


def change_since(
    estimates: pd.DataFrame,
    indicator: str,
    year: int | None = None,
    base_year: int = 2010,
    location: str = "World",
) -> Change:
    """How far an indicator has moved since a year, within one release.

    No range is given for the change: the published ranges of two years move together, so their
    overlap says nothing about the change.

    Raises
    ------
    ExplainerError
        If either end is a threshold such as "<500", or the base is zero.
    """
    first = value_in(estimates, indicator, base_year, location)
    last = value_in(estimates, indicator, year, location)
    end = latest_year(estimates, indicator, location) if year is None else year
    for at, figure in ((base_year, first), (end, last)):
        if figure.is_threshold or not abs(figure.value) > 0:
            raise ExplainerError(
                f"{indicators(indicator)} in {the(location)}: the figure for {at} is published as "
                f"{figure.mark}{figure.value:g}, from which no change can be computed; "
                f"choose a year with an ordinary figure"
            )
    ratio = last.value / first.value
    years = end - base_year
    yearly = ratio ** (1 / years) - 1 if years else 0.0
    return Change(
        location, indicator, base_year, end, first, last, last.value - first.value,
        ratio, ratio - 1, yearly, direction(first.value, last.value, indicator),
    )  # fmt: skip


def trend(
    estimates: pd.DataFrame, indicator: str, base_year: int = 2010, location: str = "World"
) -> pd.DataFrame:
    """Every year against one base year: difference, share and the word for it.

    Returns
    -------
    DataFrame
        ``year, estimate, difference, change_share, direction``; NaN (and no word) where the figure
        is a threshold or was not published, and no word for a year before the base year, from
        which nothing has risen or fallen yet.
    """
    base = change_since(estimates, indicator, base_year, base_year, location).first.value
    table = series(estimates, indicator, location)[["year", "estimate"]]
    ratio = table["estimate"] / base
    table["difference"] = table["estimate"] - base
    table["change_share"] = ratio - 1
    is_told = (table["year"] >= base_year) & ratio.notna()
    words = zip(is_told, table["estimate"], strict=True)
    table["direction"] = [direction(base, at, indicator) if told else "" for told, at in words]
    return table


def peak(estimates: pd.DataFrame, indicator: str, location: str = "World") -> Peak:
    """The highest value of an indicator and the years that show it (rounded figures often tie)."""
    table = series(estimates, indicator, location).dropna(subset=["estimate"])
    if table.empty:
        raise ExplainerError(
            f"{indicators(indicator)} in {the(location)}: published only as thresholds, "
            f"so there is no peak to show; choose another place"
        )
    top = table[table["estimate"] == table["estimate"].max()]
    years = tuple(int(year) for year in top["year"])
    value, low, high = (float(top[name].iloc[0]) for name in ("estimate", "low", "high"))
    unit, *marked = (str(top[name].iloc[0]) for name in ("unit", "low_mark", "high_mark"))
    return Peak(location, indicator, years, Estimate(value, low, high, unit, "", *marked))
