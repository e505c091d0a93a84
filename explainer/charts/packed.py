"""Every published figure of a release, packed small enough for a page that explores them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from explainer.charts.axes import Floats, drawn_range
from explainer.errors import ExplainerError
from explainer.science.epidemic import split_threshold
from explainer.wording import amount, between, kind_of_unit

# One of these divides every figure of an indicator: people in thousands, shares in permille.
UNITS = (1000.0, 100.0, 10.0, 1.0, 0.01, 0.001, 0.0001, 0.00001)
_DRAWN = ("estimate", "low", "high")
_KINDS = ("world", "region", "country")

Packed = list[list[int | None]]


@dataclass(frozen=True)
class PackedFigures:
    """Figures of a release by indicator and place.

    Attributes
    ----------
    first, last : int
        Years of the columns.
    units : dict
        What a packed number of an indicator stands for.
    table : dict
        For each indicator and place, estimates, lows and highs as drawn, packed, by year.
    reach : dict
        For each indicator and place, the smallest estimate above zero and the highest bound.
    phrases : list of str
        Figures in words that the numbers alone would misstate: thresholds, open ranges, figures
        without a range.  The first is empty.
    marked : dict
        For each indicator and place with such figures, their phrases by year; 0 for none.
    places : dict
        World, regions, countries: UNAIDS names by code, each kind from a to z.
    """

    first: int
    last: int
    units: dict[str, float]
    table: dict[str, dict[str, Packed]]
    reach: dict[str, dict[str, list[float]]]
    phrases: list[str]
    marked: dict[str, dict[str, list[int]]]
    places: dict[str, str]


def pack(estimates: pd.DataFrame, indicators: Sequence[str]) -> PackedFigures:
    """Pack the figures of these indicators.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release, as ``load_estimates()`` gives them.
    """
    rows = split_threshold(estimates[estimates["indicator"].isin(list(indicators))])
    if rows.empty or rows["release"].nunique() > 1:
        raise ExplainerError(
            "the explorer needs figures of one release; pass the frame of load_estimates()"
        )
    rows = rows.assign(**dict(zip(_DRAWN[1:], drawn_range(rows), strict=True)))
    first, last = int(rows["year"].min()), int(rows["year"].max())
    places = _places(rows)
    units: dict[str, float] = {}
    table: dict[str, dict[str, Packed]] = {}
    reach: dict[str, dict[str, list[float]]] = {}
    for name in indicators:
        mine = rows[rows["indicator"] == name]
        units[name] = _unit(mine[list(_DRAWN)].to_numpy(float))
        cube = _cube(mine, list(places), first, last)
        offered = set(mine["location_code"])
        here = {code: row for row, code in enumerate(places) if code in offered}
        packed = _packed(cube, units[name])
        table[name] = {code: packed[row] for code, row in here.items()}
        reach[name] = {code: _reach(cube[row]) for code, row in here.items()}
    told = estimates[estimates["indicator"].isin(list(indicators))]
    phrases, marked = _words(told, first, last)
    return PackedFigures(first, last, units, table, reach, phrases, marked, places)


def _cube(rows: pd.DataFrame, codes: list[str], first: int, last: int) -> Floats:
    """Figures by place, kind (estimate, low, high) and year; blank where none is drawn."""
    cube = np.full((len(codes), len(_DRAWN), last - first + 1), np.nan)
    at = pd.Index(codes).get_indexer(pd.Index(rows["location_code"]))
    years = rows["year"].to_numpy(int) - first
    for place, column in enumerate(_DRAWN):
        cube[at, place, years] = rows[column].to_numpy(float)
    return cube


def _unit(values: Floats) -> float:
    """The largest unit that loses nothing."""
    known = values[np.isfinite(values)]
    for unit in UNITS:
        parts = known / unit
        if np.abs(parts - np.round(parts)).max(initial=0) < 1e-6:
            return unit
    raise ExplainerError("figures have more digits than the explorer can pack; pass rounded ones")


def _packed(cube: Floats, unit: float) -> list[Packed]:
    """Whole numbers of a unit; None where there is none."""
    is_known = np.isfinite(cube)
    whole = np.where(is_known, cube / unit, 0).round().astype(int).astype(object)
    whole[~is_known] = None
    lists: list[Packed] = whole.tolist()
    return lists


def _reach(figures: Floats) -> list[float]:
    """Where an axis begins and ends: smallest estimate above zero, highest figure or bound."""
    above = figures[0][figures[0] > 0]
    known = figures[np.isfinite(figures)]
    return [float(above.min()), float(known.max())] if above.size else [1.0, 1.0]


def _words(
    rows: pd.DataFrame, first: int, last: int
) -> tuple[list[str], dict[str, dict[str, list[int]]]]:
    """Figures in words where a mark or a missing bound says more than the numbers."""
    marks = rows[["estimate_mark", "low_mark", "high_mark"]].fillna("")
    is_plain = (marks == "").all(axis=1) & rows["low"].notna() & rows["high"].notna()
    told = rows[~is_plain & rows["estimate"].notna()].to_dict("records")
    places: dict[str, int] = {"": 0}
    marked: dict[str, dict[str, list[int]]] = {name: {} for name in rows["indicator"].unique()}
    for row in told:
        years = marked[row["indicator"]].setdefault(row["location_code"], [0] * (last - first + 1))
        years[row["year"] - first] = places.setdefault(_said(row), len(places))
    return list(places), marked


def _said(row: Mapping[Hashable, Any]) -> str:
    """One figure with its range, marks kept."""
    kind = kind_of_unit(row["unit"])
    value = amount(row["estimate"], kind, mark=_mark(row["estimate_mark"]))
    low, high = _mark(row["low_mark"]), _mark(row["high_mark"])
    words = between(row["low"], row["high"], kind, low_mark=low, high_mark=high)
    return f"{value} ({'' if words.startswith('no ') else 'range '}{words})"


def _mark(value: object) -> str:
    return value if isinstance(value, str) else ""


def _places(rows: pd.DataFrame) -> dict[str, str]:
    """Names by code: the world first, then regions, then countries."""
    named = rows.drop_duplicates("location_code")
    rank = named["location_type"].map({kind: place for place, kind in enumerate(_KINDS)})
    ordered = named.assign(rank=rank).sort_values(["rank", "location"])
    return dict(zip(ordered["location_code"].astype(str), ordered["location"].astype(str),
                    strict=True))  # fmt: skip
