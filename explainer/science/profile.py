"""One country's profile: the course of each indicator, beside the world and among countries."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from explainer.errors import ExplainerError
from explainer.near import did_you_mean
from explainer.paths import IMPORTED
from explainer.science.checks import at_location, near_places, one_release
from explainer.science.epidemic import Direction, direction
from explainer.science.flow import Balance, balance_among
from explainer.science.gaps import (
    BASE_YEAR,
    Gap,
    base_for,
    gaps_among,
    held,
    newest_year,
    years_held,
)
from explainer.science.intervals import Estimate
from explainer.science.places import Place, place
from explainer.science.published import Figures, figures_of
from explainer.wording import Told

_COURSES = (
    "plhiv",
    "new_infections",
    "aids_deaths",
    "on_art",
    "art_coverage_share",
    "prevalence_share",
)


@dataclass(frozen=True, slots=True)
class Course(Told):
    """How one indicator of one place went: its newest figure beside its base.

    ``last`` is None where nothing is published, ``base`` where there is no earlier figure.
    ``direction`` is empty where thresholds such as "<500" hide it, ``change_share`` is NaN where
    either end is a threshold.  ``is_held`` says whether the release has the indicator for any
    place of the same kind, so that a missing figure was not published; ``n_ordinary`` counts the
    figures from the base on that are no thresholds.
    """

    indicator: str
    year: int | None
    last: Estimate | None
    base_year: int | None
    base: Estimate | None
    change_share: float
    direction: Direction | Literal[""]
    is_held: bool
    n_ordinary: int = 0

    @property
    def has_line(self) -> bool:
        """Whether a line can be drawn from the base: it and one later figure are no thresholds."""
        return self.base is not None and not self.base.is_threshold and self.n_ordinary > 1

    @property
    def has_share(self) -> bool:
        """Whether the change has a size: neither end is a threshold."""
        return not math.isnan(self.change_share)


def course(
    estimates: pd.DataFrame,
    indicator: str,
    location: str,
    *,
    year: int | None = None,
    base_year: int | None = None,
) -> Course:
    """Where an indicator of a place stands and how it moved, with nothing invented in between.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release.
    indicator, location : str
        An indicator of the table; a place by its UNAIDS name or its code.
    year : int, optional
        The newest year with a figure if none is named.
    base_year : int, optional
        The year to compare with; the first later one that has a figure if this has none.  2010
        where none is named, or ten years before the newest where 2010 is too near or later.
    """
    since = base_for(newest_year(estimates)) if base_year is None else base_year
    here = at_location(estimates, location)
    is_held = indicator in held(estimates, str(here["location_type"].iloc[0]))
    return _course(figures_of(here, location), indicator, year, since, is_held=is_held)


def _course(
    figures: Figures, indicator: str, year: int | None, since: int, *, is_held: bool
) -> Course:
    """The course of an indicator among the figures of its place."""
    found = figures.get(indicator, {})
    end = max(found, default=None) if year is None else year
    if end is None or end not in found:
        return Course(indicator, None, None, None, None, math.nan, "", is_held)
    last = found[end]
    start = min((one for one in found if since <= one < end), default=None)
    if start is None:
        return Course(indicator, end, last, None, None, math.nan, "", is_held)
    base = found[start]
    share = last.value / base.value - 1 if _both_ordinary(base, last) else math.nan
    n = sum(start <= one <= end and not figure.mark for one, figure in found.items())
    return Course(
        indicator, end, last, start, base, share, _moved(base, last, indicator), is_held, n
    )


def _both_ordinary(first: Estimate, last: Estimate) -> bool:
    return not (first.is_threshold or last.is_threshold) and first.value > 0


def _moved(first: Estimate, last: Estimate, indicator: str) -> Direction | Literal[""]:
    """The word for a change; a ceiling tells it only if the other figure is not under it."""
    if _both_ordinary(first, last):
        return direction(first.value, last.value, indicator)
    if last.mark == "<" and not first.is_threshold and first.value > last.value:
        return "fell"
    if first.mark == "<" and not last.is_threshold and last.value > first.value:
        return "rose"
    return ""


@dataclass(frozen=True, slots=True)
class Profile(Told):
    """All that a country's page says in words.

    ``rows`` are the estimates of this country and the world; ``world_infections`` and
    ``world_coverage`` are the world's courses over the very years of this country's.  A release of
    which the tables hold single years only names them in ``years_held``; else that is empty.
    Of a release that was imported in part or whole, ``is_imported``, a file may hold less than was
    published: nothing that is missing is laid at UNAIDS's door.
    """

    country: str
    iso3: str
    release: str
    newest_year: int
    rows: pd.DataFrame
    plhiv: Course
    new_infections: Course
    aids_deaths: Course
    on_art: Course
    coverage: Course
    prevalence: Course
    world_infections: Course
    world_coverage: Course
    balance: Balance
    place: Place | None
    gaps: tuple[Gap, ...]
    years_held: tuple[int, ...]
    is_imported: bool


def countries(estimates: pd.DataFrame) -> tuple[str, ...]:
    """Codes of the countries of which the release holds any figure, in order."""
    one_release(estimates)
    codes = estimates.loc[estimates["location_type"] == "country", "location_code"]
    return tuple(sorted(set(codes)))


def profile(estimates: pd.DataFrame, country: str) -> Profile:
    """Everything a country's page says, computed once.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release with the world and all countries.
    country : str
        A country by its UNAIDS name or its ISO 3166 code.

    Raises
    ------
    ExplainerError
        If the release holds no figure of it: the sentence names the countries it holds.
    """
    here = _of_country(estimates, country)
    name, code = str(here["location"].iloc[0]), str(here["location_code"].iloc[0])
    release = one_release(estimates)
    world = estimates[estimates["location_type"] == "world"]
    figures, newest = figures_of(here, name), newest_year(estimates)
    known, since = held(estimates, "country"), base_for(newest)
    whole = {} if world.empty else figures_of(world, "World")
    is_imported = bool(estimates["source_id"].astype(str).str.startswith(IMPORTED).any())
    published = set() if is_imported else known
    own = {one: _course(figures, one, None, since, is_held=one in published) for one in _COURSES}
    return Profile(
        country=name,
        iso3=code,
        release=release,
        newest_year=newest,
        rows=pd.concat([here, world], ignore_index=True),
        plhiv=own["plhiv"],
        new_infections=own["new_infections"],
        aids_deaths=own["aids_deaths"],
        on_art=own["on_art"],
        coverage=own["art_coverage_share"],
        prevalence=own["prevalence_share"],
        world_infections=_world_beside(whole, own["new_infections"]),
        world_coverage=_world_beside(whole, own["art_coverage_share"]),
        balance=balance_among(figures, base_year=since),
        place=place(estimates, name),
        gaps=gaps_among(figures, known, newest),
        years_held=years_held(estimates),
        is_imported=is_imported,
    )


def _of_country(estimates: pd.DataFrame, country: str) -> pd.DataFrame:
    """Rows of a country; a mistake names the countries there are."""
    release = one_release(estimates)
    is_here = (estimates["location_code"] == country) | (estimates["location"] == country)
    here = estimates[is_here & (estimates["location_type"] == "country")]
    if here.empty:
        near = near_places(estimates[estimates["location_type"] == "country"], country)
        hint = did_you_mean(near.values())
        raise ExplainerError(
            f"release {release}, up to {newest_year(estimates)}, holds no figures of {country}; "
            f"{hint or 'its countries are ' + ', '.join(countries(estimates))}"
        )
    return here


def _world_beside(world: Figures, own: Course) -> Course:
    """The world's course over the years of a country's."""
    is_held = own.indicator in world
    since = BASE_YEAR if own.base_year is None else own.base_year
    return _course(world, own.indicator, own.year, since, is_held=is_held)
