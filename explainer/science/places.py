"""Places beside each other: regions against a base year, countries by count and by rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from explainer.errors import ExplainerError
from explainer.science.checks import (
    at_location,
    in_year,
    need_columns,
    of_indicator,
    one_release,
)
from explainer.science.epidemic import split_threshold, usable_bounds
from explainer.science.intervals import Estimate
from explainer.science.published import estimates_in
from explainer.wording import Told, indicators

_INDEX = ["location", "location_code", "year", "estimate", "index", "index_low", "index_high"]
_RANKED = ("plhiv", "prevalence_share")
_BESIDE = ["low", "low_mark", "high", "high_mark", "estimate_mark", "estimate_threshold"]


def _places(estimates: pd.DataFrame, locations: Sequence[str] | None) -> list[str]:
    """Names of the places asked for; the UNAIDS regions if none is."""
    if locations is not None:
        return [str(at_location(estimates, name)["location"].iloc[0]) for name in locations]
    regions = estimates.loc[estimates["location_type"] == "region", "location"]
    if regions.empty:
        raise ExplainerError(
            "estimates: the frame holds no region; name the places in locations or pass all rows"
        )
    return sorted(set(regions))


def region_index(
    estimates: pd.DataFrame,
    indicator: str = "new_infections",
    base_year: int = 2010,
    locations: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Each region's course with its own base year as 100, so that large and small can be compared.

    Returns
    -------
    DataFrame
        ``location, location_code, year, estimate, index, index_low, index_high``.  No range is
        published for an index: the two ends are the widest possible (low over the base's high, high
        over its low).  Thresholds are NaN; so is the whole index of a place whose base is one.
    """
    one_release(estimates)
    need_columns(estimates, ["location_type", "year"], "estimates")
    names = _places(estimates, locations)
    rows = of_indicator(estimates, indicator)
    rows = split_threshold(rows[rows["location"].isin(names)].sort_values(["location", "year"]))
    rows["low"], rows["high"] = usable_bounds(rows)
    base = in_year(rows, base_year, indicators(indicator)).set_index("location")
    of_place = rows["location"]
    rows["index"] = 100 * rows["estimate"] / of_place.map(base["estimate"])
    rows["index_low"] = 100 * rows["low"] / of_place.map(base["high"])
    rows["index_high"] = 100 * rows["high"] / of_place.map(base["low"])
    is_base = rows["year"] == base_year
    # The base is 100 by definition, whatever its own range.
    rows.loc[is_base & rows["index"].notna(), ["index_low", "index_high"]] = 100.0
    return rows[_INDEX].reset_index(drop=True)


def _side_by_side(countries: pd.DataFrame) -> pd.DataFrame:
    """Count and rate of each country in one row, thresholds kept apart."""
    key = ["location", "location_code", "year"]
    parts = []
    for name, prefix in zip(_RANKED, ("plhiv", "prevalence"), strict=True):
        rows = countries[countries["indicator"] == name].set_index(key)
        part = rows[["estimate", *_BESIDE]]
        names = [f"{prefix}_{column.removeprefix('estimate_')}" for column in _BESIDE]
        parts.append(part.set_axis([name, *names], axis=1))
    table = pd.concat(parts, axis=1).reset_index()
    marks = [str(column) for column in table if str(column).endswith("_mark")]
    table[marks] = table[marks].fillna("")
    return table


def count_and_rate(estimates: pd.DataFrame, year: int | None = None) -> pd.DataFrame:
    """The same countries ranked twice: by people living with HIV, and by prevalence at ages 15-49.

    Only countries with an ordinary figure for both are ranked; "<500" and "<0.1 %" are thresholds
    and keep ``is_ranked`` false.  Countries with the same rounded figure share the better rank.

    Returns
    -------
    DataFrame
        ``location, location_code, year``; ``plhiv`` and ``prevalence_share`` with ``_low,
        _low_mark, _high, _high_mark, _mark, _threshold`` (prefixes ``plhiv`` and ``prevalence``);
        ``is_ranked, rank_count, rank_rate``; largest count first.
    """
    one_release(estimates)
    countries = estimates[
        (estimates["location_type"] == "country") & estimates["indicator"].isin(_RANKED)
    ]
    if countries.empty:
        raise ExplainerError(
            "estimates: no country with a count and a prevalence; pass all rows of one release"
        )
    table = _side_by_side(split_threshold(in_year(countries, year, "count and rate")))
    table["is_ranked"] = table["plhiv"].notna() & table["prevalence_share"].notna()
    for column, rank in zip(_RANKED, ("rank_count", "rank_rate"), strict=True):
        ordinary = table[column].where(table["is_ranked"])
        table[rank] = ordinary.rank(ascending=False, method="min").astype("Int64")
    return table.sort_values(["plhiv", "location"], ascending=[False, True], ignore_index=True)


@dataclass(frozen=True, slots=True)
class Rank(Told):
    """A country's place in one list: ``rank`` is None without an ordinary figure.

    ``n_sharing`` counts the other countries with the same printed figure, ``n_thresholds`` those
    of the list that have only a ceiling such as "<0.1 %" and therefore no rank.
    """

    figure: Estimate | None
    rank: int | None
    n_ranked: int
    n_sharing: int
    n_thresholds: int
    first: str


@dataclass(frozen=True, slots=True)
class Place(Told):
    """Where a country stands in one year, by people living with HIV and by prevalence."""

    location: str
    year: int
    count: Rank
    rate: Rank


def ranking(estimates: pd.DataFrame, indicator: str, year: int) -> pd.DataFrame:
    """All countries with a figure for a year, highest first; thresholds last and without a rank.

    Returns
    -------
    DataFrame
        ``location, location_code, estimate, estimate_mark, estimate_threshold``, ``low`` and
        ``high`` with marks, ``unit``, ``source_id``, ``rank`` (Int64; the same printed figure
        shares the better rank).
    """
    one_release(estimates)
    countries = of_indicator(estimates[estimates["location_type"] == "country"], indicator)
    rows = split_threshold(in_year(countries, year, f"{indicators(indicator)} in countries"))
    rows["rank"] = rows["estimate"].rank(ascending=False, method="min").astype("Int64")
    return rows.sort_values(["estimate", "location"], ascending=[False, True], ignore_index=True)


def place(estimates: pd.DataFrame, location: str, year: int | None = None) -> Place | None:
    """Where a country stands among the countries of the tables, by count and by rate.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release.
    location : str
        A country by its UNAIDS name or its code.
    year : int, optional
        The newest year in which this country has one of the two figures.

    Returns
    -------
    Place or None
        None if neither figure of this country is published.

    Raises
    ------
    ExplainerError
        If the place is no country.
    """
    here = at_location(estimates, location)
    if here["location_type"].iloc[0] != "country":
        raise ExplainerError(f"{location} is no country; name one by its UNAIDS name or ISO code")
    name = str(here["location"].iloc[0])
    years = here.loc[here["indicator"].isin(_RANKED), "year"]
    if years.empty:
        return None
    chosen = int(years.max()) if year is None else year
    is_then = (estimates["year"] == chosen) & (estimates["location_type"] == "country")
    then = estimates[is_then & estimates["indicator"].isin(_RANKED)]
    listed: dict[str, dict[str, Estimate]] = {one: {} for one in _RANKED}
    for country, (indicator, _, figure) in zip(then["location"], estimates_in(then), strict=True):
        listed[indicator][country] = figure
    count, rate = (_rank(listed[indicator], name) for indicator in _RANKED)
    return Place(name, chosen, count, rate)


def _rank(listed: dict[str, Estimate], name: str) -> Rank:
    """One country's place in a list of countries with their figures."""
    ranked = {country: figure.value for country, figure in listed.items() if not figure.mark}
    figure = listed.get(name)
    first = max(ranked, key=lambda country: ranked[country], default="")
    n_thresholds = len(listed) - len(ranked)
    if figure is None or figure.mark:
        return Rank(figure, None, len(ranked), 0, n_thresholds, first)
    rank = 1 + sum(value > figure.value for value in ranked.values())
    n_sharing = sum(value == figure.value for value in ranked.values()) - 1
    return Rank(figure, rank, len(ranked), n_sharing, n_thresholds, first)
