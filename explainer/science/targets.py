"""How far a figure is from its target, and whether its range settles the matter."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Literal

import pandas as pd

from explainer.errors import ExplainerError
from explainer.science.checks import at_location, need_columns, one_release
from explainer.science.epidemic import latest_year, value_in
from explainer.science.intervals import Estimate
from explainer.wording import Told

Comparison = Literal["fewer than", "at least"]

_GAPS = ["target", "target_year", "indicator", "comparison", "baseline_year", "goal", "year"]
_GAPS += ["estimate", "low", "low_mark", "high", "high_mark", "ratio", "difference"]
_GAPS += ["is_met_by_estimate", "range_includes_target", "reading", "has_range"]


class TargetReading(StrEnum):
    """What may be said of a target when the figure has a range."""

    MET = "met"
    MISSED = "missed"
    RANGE_INCLUDES_TARGET = "range_includes_target"


@dataclass(frozen=True, slots=True)
class TargetGap(Told):
    """A figure beside its goal; ``ratio`` is figure over goal (3.5: three and a half times it)."""

    value: float
    low: float
    high: float
    goal: float
    comparison: Comparison
    ratio: float
    difference: float
    is_met_by_estimate: bool
    range_includes_target: bool
    reading: TargetReading
    has_range: bool


def _reading(figure: Estimate, goal: float, is_met: bool) -> TargetReading:
    """A target lies inside the range, or the whole range stands on one side of it."""
    if figure.has_range and figure.includes(goal):
        return TargetReading.RANGE_INCLUDES_TARGET
    return TargetReading.MET if is_met else TargetReading.MISSED


def target_gap(
    estimate: Estimate | float, goal: float, comparison: Comparison = "fewer than"
) -> TargetGap:
    """How far a figure is from its goal, and whether its range settles the matter.

    A target is "met" or "missed" only if the whole range stands on one side of it; otherwise "the
    range includes the target".  Without a range (``has_range`` is false) the figure alone decides.
    """
    if comparison not in ("fewer than", "at least"):
        raise ExplainerError(f"comparison is {comparison!r}; it is 'fewer than' or 'at least'")
    figure = estimate if isinstance(estimate, Estimate) else Estimate(float(estimate))
    # ">98 %" settles a goal of 95 % but not one of 99 %: what is not settled is not guessed.
    settles = {"": True, ">": figure.value >= goal, "<": figure.value <= goal}
    if not settles[figure.mark]:
        raise ExplainerError(
            f"the figure is published as {figure.mark}{figure.value:g}, which cannot be set "
            f"against {goal:g}; choose a year with an ordinary figure"
        )
    is_met = figure.value < goal if comparison == "fewer than" else figure.value >= goal
    ratio = math.nan if figure.mark or goal == 0 else figure.value / goal
    difference = math.nan if figure.mark else figure.value - goal
    return TargetGap(
        figure.value, figure.low, figure.high, goal, comparison, ratio, difference, is_met,
        figure.has_range and figure.includes(goal), _reading(figure, goal, is_met),
        figure.has_range,
    )  # fmt: skip


def _figure(
    frame: pd.DataFrame, indicator: str, year: int | None, location: str
) -> tuple[int, Estimate]:
    """The year and the figure asked for; the newest if no year is."""
    at = latest_year(frame, indicator, location) if year is None else year
    return at, value_in(frame, indicator, at, location)


def _indicators(frame: pd.DataFrame, location: str) -> set[str]:
    """Indicators that a frame holds for a place; none if it does not hold the place."""
    here = (frame["location"] == location) | (frame["location_code"] == location)
    return set(frame.loc[here, "indicator"])


def _goal(row: pd.Series, estimates: pd.DataFrame, location: str) -> float:
    """Goal in the indicator's own unit: a relative goal starts from its base year."""
    if pd.isna(row["baseline_year"]):
        return float(row["value"])
    base = value_in(estimates, str(row["indicator"]), int(row["baseline_year"]), location)
    return math.nan if base.is_threshold else base.value * (1 + float(row["value"]))


def _record(row: pd.Series, year: int, figure: Estimate, goal: float) -> dict[str, object]:
    """One target beside one figure, as a row."""
    # "at least" 90 % fewer means that the count is to fall to the goal or below it.
    is_fall = pd.notna(row["baseline_year"]) and float(row["value"]) < 0
    comparison: Comparison = "fewer than" if is_fall else row["comparison"]
    gap = target_gap(figure, goal, comparison)
    fields = asdict(gap) | {"reading": gap.reading.value, "estimate": gap.value}
    given = {"target": row["target"], "target_year": int(row["year"]), "year": year}
    marked = {"low_mark": figure.low_mark, "high_mark": figure.high_mark}
    named = {"indicator": row["indicator"], "baseline_year": row["baseline_year"]}
    return fields | given | marked | named


def target_gaps(
    estimates: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    cascade: pd.DataFrame | None = None,
    year: int | None = None,
    location: str = "World",
) -> pd.DataFrame:
    """Every target that applies to a place beside its newest figure, with the word for it.

    Goals in people hold for the world; goals relative to a base year ("90 % fewer than in 2010")
    and, if ``cascade`` is given, the three 95s are read for any place.

    Returns
    -------
    DataFrame
        ``target, target_year, indicator, comparison, baseline_year``; ``goal`` in the unit of the
        indicator; ``year, estimate, low, low_mark, high, high_mark, ratio, difference,
        is_met_by_estimate, range_includes_target, reading, has_range``.  Targets whose figure is
        missing or a threshold are left out.
    """
    need_columns(targets, ["target", "year", "indicator", "value", "baseline_year"], "targets")
    one_release(estimates)
    is_world = at_location(estimates, location)["location_code"].iloc[0] == "WLD"
    known = _indicators(estimates, location)
    if cascade is None:
        steps = estimates.iloc[:0]
    else:
        steps = cascade[cascade["population"] == "all ages"].assign(unit="share")
    in_cascade = _indicators(steps, location)
    records = []
    for _, row in targets.iterrows():
        name = str(row["indicator"])
        if name in known and (is_world or pd.notna(row["baseline_year"])):
            at, figure = _figure(estimates, name, year, location)
        elif name in in_cascade:
            at, figure = _figure(steps, name, year, location)
        else:
            continue
        goal = _goal(row, estimates, location)
        if not (figure.is_threshold or math.isnan(goal)):
            records.append(_record(row, at, figure, goal))
    return pd.DataFrame(records, columns=_GAPS)
