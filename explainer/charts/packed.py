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
        For each indicator and place, where an axis begins and ends: the smallest estimate above
        zero or ceiling, no more than half of the highest figure, bound or ceiling.
    phrases : list of str
        Figures in words that the numbers alone would misstate: thresholds and open ranges.  The
        first is empty, the second, ``NO_BOUNDS``, says that there is no range.
    ceilings : list
        For each phrase the threshold that it states instead of a figure; None for the others.
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
    ceilings: list[float | None]
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
        hung = _ceilings(mine)
        reach[name] = {code: _reach(figures, hung[code]) for code, figures in here.items()}
    told = estimates[estimates["indicator"].isin(list(indicators))]
    phrases, ceilings, marked = _words(told, first, last)
    return PackedFigures(first, last, units, table, reach, phrases, ceilings, marked, places)


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


def _ceilings(rows: pd.DataFrame) -> dict[Hashable, Floats]:
    """Thresholds that stand in place of figures, by place."""
    of_place = rows.groupby("location_code")["estimate_threshold"]
    return {code: thresholds.dropna().to_numpy(float) for code, thresholds in of_place}


def _reach(figures: Floats, ceilings: Floats) -> list[float]:
    """Where an axis begins and ends; figures that are nearly alike get room under them."""
    above = np.concatenate([figures[0][figures[0] > 0], ceilings])
    known = np.concatenate([figures[np.isfinite(figures)], ceilings])
    if not above.size:
        return [1.0, 1.0]
    high = float(known.max())
    return [min(float(above.min()), high / 2), high]


def _words(
    rows: pd.DataFrame, first: int, last: int
) -> tuple[list[str], list[float | None], dict[str, dict[str, list[int]]]]:
    """Figures in words where a mark or a missing bound says more, their ceilings, their years."""
    marks = rows[["estimate_mark", "low_mark", "high_mark"]].fillna("")
    is_plain = (marks == "").all(axis=1) & rows["low"].notna() & rows["high"].notna()
    told = rows[~is_plain & rows["estimate"].notna()].to_dict("records")
    places: dict[tuple[str, float | None], int] = {("", None): 0, (NO_RANGE, None): NO_BOUNDS}
    marked: dict[str, dict[str, list[int]]] = {name: {} for name in rows["indicator"].unique()}
    for row in told:
        years = marked[row["indicator"]].setdefault(row["location_code"], [0] * (last - first + 1))
        ceiling = float(row["estimate"]) if row["estimate_mark"] == "<" else None
        years[row["year"] - first] = places.setdefault((_said(row), ceiling), len(places))
    return [words for words, _ in places], [ceiling for _, ceiling in places], marked


def _said(row: Mapping[Hashable, Any]) -> str:
    """One figure with its range, marks kept; of a plain figure only that it has none."""
    kind = kind_of_unit(row["unit"])
    value = amount(row["estimate"], kind, mark=_mark(row["estimate_mark"]))
    low, high = _mark(row["low_mark"]), _mark(row["high_mark"])
    if {(row[name], _mark(row[f"{name}_mark"])) for name in _DRAWN} == {(row["estimate"], "<")}:
        return value  # bounds that only repeat the threshold say nothing more
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
        vega.given("ceilings", packed.ceilings),
        vega.derived("known", "isDefined(figures[key][place])"),
        vega.derived("held", "split(known ? figures[key][place] : '1|1|1||||', '|')"),
        vega.derived("unit", "toNumber(held[0])"),
        vega.derived("ends", "[toNumber(held[1]) * unit, toNumber(held[2]) * unit]"),
        vega.derived("rows", "[split(held[3], ','), split(held[4], ','), split(held[5], ',')]"),
        vega.derived("spoken", "split(held[6], ',')"),
    ]
