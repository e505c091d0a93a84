"""Judge the teaching model by the years it never saw: how far off it is, how often out of range."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from explainer.errors import ExplainerError
from explainer.science.intervals import Estimate
from explainer.science.transmission_fit import INCIDENCE, PREVALENCE
from explainer.wording import Told


@dataclass(frozen=True, slots=True)
class OutOfRange(Told):
    """In how many of the years held out the model lies below and above the published range."""

    below: int
    above: int
    n_years: int

    @property
    def n_outside(self) -> int:
        """Years out of the range on either side."""
        return self.below + self.above

    @property
    def side(self) -> str:
        """Where the model lies in the years in which it leaves the range."""
        if self.below and self.above:
            return "outside"
        return "below" if self.below else "above" if self.above else "within"


@dataclass(frozen=True, slots=True)
class Judgement(Told):
    """How the model does in the years it never saw.

    ``prevalence_rmse_points`` is the root mean square error in percentage points;
    ``incidence_ratio`` the geometric mean of model over published incidence; ``*_outside`` count
    the years out of the published range.  The last four are of the last year, published ones with
    their range.
    """

    first_year: int
    last_year: int
    prevalence_rmse_points: float
    incidence_ratio: float
    prevalence_outside: OutOfRange
    incidence_outside: OutOfRange
    prevalence: float
    published_prevalence: Estimate
    incidence_per_1000: float
    published_incidence_per_1000: Estimate


def judge(compared: pd.DataFrame) -> Judgement:
    """How far the model is off in the years held out: ``compared`` is ``against_published()``."""
    held_out = compared[compared["is_held_out"]].dropna(subset=["estimate"])
    if held_out.empty:
        raise ExplainerError("no year was held out; fit up to an earlier year")
    prevalence = held_out[held_out["indicator"] == PREVALENCE].sort_values("year")
    incidence = held_out[held_out["indicator"] == INCIDENCE].sort_values("year")
    error = 100 * (prevalence["model"] - prevalence["estimate"])
    ratio = np.log(incidence["model"] / incidence["estimate"])
    return Judgement(
        first_year=int(held_out["year"].min()),
        last_year=int(held_out["year"].max()),
        prevalence_rmse_points=float(np.sqrt(np.mean(error**2))),
        incidence_ratio=float(np.exp(np.mean(ratio))),
        prevalence_outside=_outside(prevalence),
        incidence_outside=_outside(incidence),
        prevalence=float(prevalence["model"].iloc[-1]),
        published_prevalence=_last(prevalence, "share"),
        incidence_per_1000=float(incidence["model"].iloc[-1]),
        published_incidence_per_1000=_last(incidence, "per 1000 uninfected"),
    )


def _outside(rows: pd.DataFrame) -> OutOfRange:
    """Years below and above the published range; a year without a range counts as neither."""
    below, above = rows["model"] < rows["low"], rows["model"] > rows["high"]
    return OutOfRange(int(below.sum()), int(above.sum()), len(rows))


def _last(rows: pd.DataFrame, unit: str) -> Estimate:
    """The published figure of the last year with its range."""
    value, low, high = (float(rows[name].iloc[-1]) for name in ("estimate", "low", "high"))
    return Estimate(value, low, high, unit)
