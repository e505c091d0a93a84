"""Tap, tub and drain: who joins the people living with HIV, who leaves, and the ratios between."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from explainer.science.epidemic import series, usable_bounds
from explainer.science.published import Figures, figures_of
from explainer.science.rounding import half_unit
from explainer.wording import Told

# New infections a year for each person living with HIV below which their number shrinks in time, if
# people live about three decades with HIV: Ghys 2018, doi:10.1371/journal.pmed.1002678.
IPR_BENCHMARK = 0.03

_RANGED = ["estimate", "low", "high"]
_FLOW = ("plhiv", "new_infections", "aids_deaths")


class FlowReading(StrEnum):
    """What the difference between stock and flow says."""

    WITHIN_ROUNDING = "within_rounding"
    OTHER_DEATHS = "other_deaths"
    OTHER_ARRIVALS = "other_arrivals"
    NOT_KNOWN = "not_known"


def flow_reading(residual: float, rounding: float) -> FlowReading:
    """What a residual says: rounding alone, more people left than died of AIDS, or more arrived.

    ``OTHER_DEATHS``: the number living with HIV grew by less than infections minus AIDS-related
    deaths; people living with HIV died of other causes (or, for a country, moved away).
    ``OTHER_ARRIVALS``: it grew by more; for a country, people moved in.
    """
    if math.isnan(residual) or math.isnan(rounding):
        return FlowReading.NOT_KNOWN
    if abs(residual) <= rounding:
        return FlowReading.WITHIN_ROUNDING
    return FlowReading.OTHER_DEATHS if residual < 0 else FlowReading.OTHER_ARRIVALS


def _by_year(estimates: pd.DataFrame, indicators: list[str], location: str) -> pd.DataFrame:
    """Indicators of one place side by side: ``name``, ``name_low``, ``name_high`` by year."""
    parts = []
    for name in indicators:
        part = series(estimates, name, location).set_index("year")
        part["low"], part["high"] = usable_bounds(part)
        parts.append(part[_RANGED].set_axis([name, f"{name}_low", f"{name}_high"], axis=1))
    return pd.concat(parts, axis=1).sort_index()


def _rounding(table: pd.DataFrame, is_rounded: bool) -> tuple[pd.Series, pd.Series]:
    """Largest change that rounding of two stocks can make by itself, and largest residual."""
    stock = half_unit(table["plhiv"])
    flows = half_unit(table["new_infections"]) + half_unit(table["aids_deaths"])
    change = (stock + stock.shift()) * float(is_rounded)
    return change, change + flows * float(is_rounded)


def stock_and_flow(estimates: pd.DataFrame, location: str = "World") -> pd.DataFrame:
    """Year by year: how the number living with HIV changed, and what infections and deaths explain.

    ``residual = plhiv_change - (new_infections - aids_deaths)``.  Deaths of people living with HIV
    from other causes are not among our tables, so the residual holds them, together with rounding
    and, for a country, migration.

    Returns
    -------
    DataFrame
        ``year``; ``plhiv, new_infections, aids_deaths`` with ``_low`` and ``_high``;
        ``plhiv_change, net_flow, residual``; ``residual_share`` of the year's new infections;
        ``net_flow_mean, residual_mean`` with flows averaged over last year and this one (for stocks
        counted at mid-year); ``change_rounding`` and ``rounding``, the largest change and the
        largest residual that rounding alone can make; ``reading``. The first year, and a year after
        a gap, has no change: NaN.
    """
    table = _by_year(estimates, ["plhiv", "new_infections", "aids_deaths"], location)
    is_rounded = "is_rounded" not in estimates or bool(estimates["is_rounded"].astype(bool).any())
    table["plhiv_change"] = table["plhiv"].diff()
    table["net_flow"] = table["new_infections"] - table["aids_deaths"]
    table["residual"] = table["plhiv_change"] - table["net_flow"]
    table["residual_share"] = table["residual"] / table["new_infections"]
    table["net_flow_mean"] = (table["net_flow"] + table["net_flow"].shift()) / 2
    table["residual_mean"] = table["plhiv_change"] - table["net_flow_mean"]
    table["change_rounding"], table["rounding"] = _rounding(table, is_rounded)
    pairs = zip(table["residual"], table["rounding"], strict=True)
    table["reading"] = [flow_reading(residual, rounding).value for residual, rounding in pairs]
    return table.reset_index()


@dataclass(frozen=True, slots=True)
class Balance(Told):
    """Flows of several years added up beside the change in people living with HIV.

    Known only over years without a break in which all three are ordinary figures; else the year is
    None, and ``never`` and ``thresholds`` name the indicators that stand in the way.
    """

    base_year: int | None
    year: int | None
    new_infections: float
    aids_deaths: float
    net_flow: float
    plhiv_change: float
    residual: float
    rounding: float
    reading: str
    never: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()


def balance(estimates: pd.DataFrame, location: str, *, base_year: int = 2010) -> Balance:
    """Whether infections and AIDS-related deaths explain how many people live with HIV now.

    The flows are those of the years after ``base_year`` (or after the first year from which all
    three series run unbroken).  No range is given: those of single years must not be added up.
    """
    return balance_among(figures_of(estimates, location), base_year=base_year)


def balance_among(figures: Figures, *, base_year: int = 2010) -> Balance:
    """The balance of one place from its figures."""
    every = [figures.get(name, {}) for name in _FLOW]
    ordinary = [
        {y: f.value for y, f in one.items() if y >= base_year and not f.mark} for one in every
    ]
    years = _last_unbroken(set.intersection(*(set(one) for one in ordinary)))
    if len(years) < 2:
        never = tuple(name for name, one in zip(_FLOW, every, strict=True) if not one)
        pairs = zip(_FLOW, every, ordinary, strict=True)
        hidden = tuple(name for name, one, kept in pairs if one and len(kept) < 2 <= len(one))
        nothing = (math.nan,) * 6
        return Balance(None, None, *nothing, FlowReading.NOT_KNOWN.value, never, hidden)
    stock, infections, deaths = ([one[year] for year in years] for one in ordinary)
    return _added_up(years, stock, infections[1:], deaths[1:])


def _last_unbroken(years: set[int]) -> list[int]:
    """The last years in a row."""
    run: list[int] = []
    for year in sorted(years, reverse=True):
        if run and year < run[0] - 1:
            break
        run.insert(0, year)
    return run


def _added_up(
    years: list[int], stock: list[float], infections: list[float], deaths: list[float]
) -> Balance:
    """The flows of all years but the first against the change from first to last."""
    change, net = stock[-1] - stock[0], sum(infections) - sum(deaths)
    printed = pd.Series([stock[0], stock[-1], *infections, *deaths])
    rounding = float(half_unit(printed).sum())
    return Balance(
        years[0], years[-1], sum(infections), sum(deaths), net, change, change - net, rounding,
        flow_reading(change - net, rounding).value,
    )  # fmt: skip


def _ratio(table: pd.DataFrame, top: str, bottom: str) -> pd.DataFrame:
    """Ratio of two indicators with the widest range that their own ranges allow."""
    ratio = pd.DataFrame(
        {
            "ratio": table[top] / table[bottom],
            "low": table[f"{top}_low"] / table[f"{bottom}_high"],
            "high": table[f"{top}_high"] / table[f"{bottom}_low"],
        }
    )
    return ratio.dropna(subset=["ratio"]).reset_index()


def incidence_prevalence_ratio(estimates: pd.DataFrame, location: str = "World") -> pd.DataFrame:
    """New infections in a year for each person living with HIV, by year.

    Ghys 2018, doi:10.1371/journal.pmed.1002678, whose benchmark is ``IPR_BENCHMARK`` (3 %).

    Returns
    -------
    DataFrame
        ``year, ratio, low, high, person_years_per_infection``.  No range is published for the
        ratio: ``low`` and ``high`` are the widest possible (low over high, high over low).
    """
    table = _by_year(estimates, ["new_infections", "plhiv"], location)
    ratio = _ratio(table, "new_infections", "plhiv")
    ratio["person_years_per_infection"] = 1 / ratio["ratio"]
    return ratio


def infections_per_aids_death(estimates: pd.DataFrame, location: str = "World") -> pd.DataFrame:
    """New infections for each AIDS-related death, by year.

    This is not the incidence:mortality ratio of Ghys 2018 (doi:10.1371/journal.pmed.1002678), which
    counts all deaths of people living with HIV.  Columns ``year, ratio, low, high`` (widest
    possible).
    """
    table = _by_year(estimates, ["new_infections", "aids_deaths"], location)
    return _ratio(table, "new_infections", "aids_deaths")


def art_against_deaths(estimates: pd.DataFrame, location: str = "World") -> pd.DataFrame:
    """Share of people living with HIV on treatment beside AIDS-related deaths, for years with both.

    Columns ``year, art_coverage_share, art_coverage_low, art_coverage_high, aids_deaths,
    aids_deaths_low, aids_deaths_high``; figures published as thresholds are left out.
    """
    table = _by_year(estimates, ["art_coverage_share", "aids_deaths"], location)
    table = table.dropna(subset=["art_coverage_share", "aids_deaths"])
    shorter = {f"art_coverage_share_{end}": f"art_coverage_{end}" for end in ("low", "high")}
    return table.rename(columns=shorter).reset_index()
