"""What is missing: figures that a reader looks for and does not find, like things together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from explainer.science.checks import at_location, one_release
from explainer.science.intervals import Estimate
from explainer.science.published import Figures, figures_of
from explainer.wording import Told

BASE_YEAR = 2010
LOOK_BACK = 10  # years, where a release is read only up to a year before or just after the base
INDICATORS = (
    "plhiv",
    "new_infections",
    "aids_deaths",
    "art_coverage_share",
    "prevalence_share",
)


class GapKind(StrEnum):
    """Why a figure is missing, or what it lacks."""

    NOT_HELD = "not_held"
    NEVER = "never"
    ENDED = "ended"
    ONE_YEAR = "one_year"
    BEGINS = "begins"
    NO_RANGE = "no_range"


@dataclass(frozen=True, slots=True)
class Gap(Told):
    """Indicators that miss the same thing: ``year`` is the last published, or the first."""

    kind: GapKind
    indicators: tuple[str, ...]
    year: int | None
    newest_year: int


def held(estimates: pd.DataFrame, location_type: str) -> set[str]:
    """Indicators that the release gives for any place of a kind."""
    return set(estimates.loc[estimates["location_type"] == location_type, "indicator"].unique())


def newest_year(estimates: pd.DataFrame) -> int:
    """The newest year for which the release holds a figure of any country."""
    one_release(estimates)
    countries = estimates[estimates["location_type"] == "country"]
    return int((estimates if countries.empty else countries)["year"].max())


def base_for(newest: int) -> int:
    """The year that figures up to the newest are compared with."""
    return BASE_YEAR if newest >= BASE_YEAR + LOOK_BACK / 2 else newest - LOOK_BACK


def years_held(estimates: pd.DataFrame) -> tuple[int, ...]:
    """Years the tables hold of the countries, if not every one from first to last; else none."""
    countries = estimates[estimates["location_type"] == "country"]
    years = sorted(int(year) for year in countries["year"].unique())
    is_whole = not years or len(years) == years[-1] - years[0] + 1
    return () if is_whole else tuple(years)


def gaps(estimates: pd.DataFrame, location: str) -> tuple[Gap, ...]:
    """What a reader might look for in a place's figures and not find, like things together."""
    here = at_location(estimates, location)
    known = held(estimates, str(here["location_type"].iloc[0]))
    return gaps_among(figures_of(here, location), known, newest_year(estimates))


def gaps_among(figures: Figures, known: set[str], newest: int) -> tuple[Gap, ...]:
    """The gaps of one place, whose release knows these indicators and ends in this year."""
    found: dict[tuple[GapKind, int | None], list[str]] = {}
    for indicator in INDICATORS:
        if indicator in figures:
            missing = list(_gaps_of(figures[indicator], newest))
        else:
            missing = [(GapKind.NEVER if indicator in known else GapKind.NOT_HELD, None)]
        for what in missing:
            found.setdefault(what, []).append(indicator)
    order = list(GapKind)
    listed = sorted(found.items(), key=lambda item: order.index(item[0][0]))
    return tuple(Gap(kind, tuple(names), year, newest) for (kind, year), names in listed)


def _gaps_of(figures: Mapping[int, Estimate], newest: int) -> Iterator[tuple[GapKind, int | None]]:
    """What is missing of an indicator that has figures."""
    first, last = min(figures), max(figures)
    if last < newest:
        yield GapKind.ENDED, last
    if first == last:
        yield GapKind.ONE_YEAR, first
    elif first > base_for(newest):
        yield GapKind.BEGINS, first
    if not any(figure.has_range for figure in figures.values()):
        yield GapKind.NO_RANGE, None
