"""Every published figure of a release, packed small enough for a page that explores them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from explainer.charts import vega
from explainer.charts.axes import Floats, drawn_range
from explainer.charts.vega import Part
from explainer.errors import ExplainerError
from explainer.science.epidemic import split_threshold
from explainer.wording import NO_RANGE, amount, between, kind_of_unit

# One of these divides every figure of a place: people in thousands, shares in permille.
UNITS = (1e6, 1e5, 10_000.0, 1000.0, 100.0, 10.0, 1.0, 0.01, 0.001, 0.0001, 0.00001)
NO_BOUNDS = 1  # the phrase of a plain figure without a range
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
        What a packed number of an indicator and place stands for.
    table : dict
        For each indicator and place, estimates, lows and highs as drawn, packed, by year.
    reach : dict
        For each indicator and place, the smallest estimate above zero and the highest bound.
    phrases : list of str
        Figures in words that the numbers alone would misstate: thresholds and open ranges.  The
        first is empty, the second, ``NO_BOUNDS``, says that there is no range.
    marked : dict
        For each indicator and place with such figures, their phrases by year; 0 for none.
    places : dict
        World, regions, countries: UNAIDS names by code, each kind from a to z.
    """

    first: int
    last: int
    units: dict[str, dict[str, float]]
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
    units: dict[str, dict[str, float]] = {}
    table: dict[str, dict[str, Packed]] = {}
    reach: dict[str, dict[str, list[float]]] = {}
    for name in indicators:
        mine = rows[rows["indicator"] == name]
        cube = _cube(mine, list(places), first, last)
        offered = set(mine["location_code"])
        here = {code: cube[row] for row, code in enumerate(places) if code in offered}
        units[name] = {code: _unit(figures) for code, figures in here.items()}
        table[name] = {code: _packed(here[code], unit) for code, unit in units[name].items()}
        reach[name] = {code: _reach(figures) for code, figures in here.items()}
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
        whole = np.round(parts)
        if np.abs(parts - whole).max(initial=0) < 1e-6 and (whole[known != 0] != 0).all():
            return unit
    raise ExplainerError("figures have more digits than the explorer can pack; pass rounded ones")


def _packed(figures: Floats, unit: float) -> Packed:
    """Whole numbers of a unit; None where there is none."""
    is_known = np.isfinite(figures)
    whole = np.where(is_known, figures / unit, 0).round().astype(int).astype(object)
    whole[~is_known] = None
    lists: Packed = whole.tolist()
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
    places: dict[str, int] = {"": 0, NO_RANGE: NO_BOUNDS}
    marked: dict[str, dict[str, list[int]]] = {name: {} for name in rows["indicator"].unique()}
    for row in told:
        years = marked[row["indicator"]].setdefault(row["location_code"], [0] * (last - first + 1))
        years[row["year"] - first] = places.setdefault(_said(row), len(places))
    return list(places), marked


def _said(row: Mapping[Hashable, Any]) -> str:
    """One figure with its range, marks kept; of a plain figure only that it has none."""
    kind = kind_of_unit(row["unit"])
    value = amount(row["estimate"], kind, mark=_mark(row["estimate_mark"]))
    low, high = _mark(row["low_mark"]), _mark(row["high_mark"])
    words = between(row["low"], row["high"], kind, low_mark=low, high_mark=high)
    if words != NO_RANGE:
        return f"{value} (range {words})"
    return f"{value} ({NO_RANGE})" if _mark(row["estimate_mark"]) else NO_RANGE


def _mark(value: object) -> str:
    return value if isinstance(value, str) else ""


def _places(rows: pd.DataFrame) -> dict[str, str]:
    """Names by code: the world first, then regions, then countries."""
    named = rows.drop_duplicates("location_code")
    rank = named["location_type"].map({kind: place for place, kind in enumerate(_KINDS)})
    ordered = named.assign(rank=rank).sort_values(["rank", "location"])
    return dict(zip(ordered["location_code"].astype(str), ordered["location"].astype(str),
                    strict=True))  # fmt: skip


def texts(packed: PackedFigures) -> dict[str, dict[str, str]]:
    """Everything about a series as one text: a third of the lists, for a page of every country.

    Returns
    -------
    dict
        For each indicator and place, parted by ``|``: unit, smallest estimate and highest bound in
        that unit, then estimates, lows, highs and phrases by year, parted by commas; blank is none.
    """
    return {
        name: {code: _text(packed, name, code) for code in of_place}
        for name, of_place in packed.table.items()
    }


def _text(packed: PackedFigures, name: str, code: str) -> str:
    unit = packed.units[name][code]
    ends = [f"{end / unit:.12g}" for end in packed.reach[name][code]]
    rows = [listed(row) for row in packed.table[name][code]]
    phrases = [one or None for one in packed.marked.get(name, {}).get(code, [])]
    return "|".join([f"{unit:g}", *ends, *rows, listed(phrases)])


def listed(numbers: Sequence[int | None]) -> str:
    """Numbers parted by commas, blank for none; blanks at the end are left out."""
    return ",".join("" if one is None else str(one) for one in numbers).rstrip(",")


def number_at(row: int, step: str) -> str:
    """Expression: a figure of the series that ``chosen`` took apart; null where none is drawn."""
    held = f"toNumber(rows[{row}][{step}])"
    return f"isValid({held}) ? {held} * unit : null"


def chosen(packed: PackedFigures) -> list[Part]:
    """The series that the params ``key`` and ``place`` name, taken apart."""
    return [
        vega.given("figures", texts(packed)),
        vega.given("phrases", packed.phrases),
        vega.derived("known", "isDefined(figures[key][place])"),
        vega.derived("held", "split(known ? figures[key][place] : '1|1|1||||', '|')"),
        vega.derived("unit", "toNumber(held[0])"),
        vega.derived("ends", "[toNumber(held[1]) * unit, toNumber(held[2]) * unit]"),
        vega.derived("rows", "[split(held[3], ','), split(held[4], ','), split(held[5], ',')]"),
        vega.derived("spoken", "split(held[6], ',')"),
    ]
