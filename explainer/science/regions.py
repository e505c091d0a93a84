"""How far each region has moved, how sure its direction is, and which of them moved most."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from explainer.science.epidemic import direction
from explainer.science.places import region_index
from explainer.science.rounding import change_band, rounded_change

_COLUMNS = ["location", "location_code", "year", "first", "last", "change", "change_share"]
_MORE = ["change_low", "change_high", "direction", "index", "index_low", "index_high", "is_settled"]


def region_changes(
    estimates: pd.DataFrame, indicator: str = "new_infections", base_year: int = 2010
) -> pd.DataFrame:
    """Each region's newest figure beside that of the base year, largest fall first.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release.
    indicator : str
        An indicator counted in people.
    base_year : int
        The year to compare with.

    Returns
    -------
    DataFrame
        ``location, location_code, year``; the two central estimates ``first`` and ``last``;
        ``change`` in people, in steps of the coarser figure; ``change_share`` with ``change_low``
        and ``change_high``, the band that rounding leaves open; ``direction``, where one rounding
        step counts as about the same; ``index`` with its widest possible range, and whether that
        range ``is_settled``, leaving out no change.  Regions whose figures are thresholds are left
        out.
    """
    index = region_index(estimates, indicator, base_year)
    rows = index[index["year"] >= base_year].dropna(subset=["index"])
    ends = (
        rows.groupby("location").tail(1).sort_values("index").rename(columns={"estimate": "last"})
    )
    base = index[index["year"] == base_year].set_index("location")["estimate"]
    ends["first"] = ends["location"].map(base)
    pairs = list(zip(ends["first"], ends["last"], strict=True))
    ends["change"] = [rounded_change(first, last, indicator) for first, last in pairs]
    ends["change_share"] = ends["index"] / 100 - 1
    bands = [change_band(first, last, indicator) for first, last in pairs]
    ends["change_low"], ends["change_high"] = zip(*bands, strict=True) if bands else ([], [])
    ends["direction"] = [direction(first, last, indicator) for first, last in pairs]
    ends["is_settled"] = (ends["index_high"] < 100) | (ends["index_low"] > 100)
    return ends[_COLUMNS + _MORE].reset_index(drop=True)


def furthest(changes: pd.DataFrame, way: Literal["fell", "rose"]) -> pd.DataFrame:
    """The region that fell or rose most; several where rounding hides which of them it was.

    Parameters
    ----------
    changes : DataFrame
        As ``region_changes`` gives them.
    way : {"fell", "rose"}
        The direction looked for; no rows if no region moved that way.
    """
    moved = changes[changes["direction"] == way].sort_values("change_share")
    if moved.empty:
        return moved
    if way == "fell":
        near = moved["change_low"] <= moved["change_high"].iloc[0]
    else:
        near = moved["change_high"] >= moved["change_low"].iloc[-1]
    kept: pd.DataFrame = moved[near].reset_index(drop=True)
    return kept
