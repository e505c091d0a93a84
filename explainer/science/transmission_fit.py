"""Fit the teaching model to the early years of a country, and set it beside what is published."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from explainer.errors import ExplainerError
from explainer.science.checks import at_location, need_columns, of_indicator
from explainer.science.intervals import Estimate
from explainer.science.transmission import Parameters, Programme, fixed_parameters
from explainer.science.transmission_course import Floats, simulate, yearly
from explainer.wording import Told

PREVALENCE, INCIDENCE, COVERAGE = "prevalence_share", "incidence_per_1000", "art_coverage_share"
PREVALENCE_SD = 0.02  # two percentage points
INCIDENCE_LOG_SD = 0.15  # fifteen percent
UNTIL = 2010
FITTED = ("beta", "alpha", "seed")
# Where the search may go: a seed of one person in a hundred million is as small as seeds get.
BOUNDS = {"beta": (1e-3, 10.0), "alpha": (1e-3, 1e3), "seed": (1e-8, 1e-3)}
_FIGURES = ["year", "indicator", "estimate", "low", "high", "release", "source_id"]
_COVERAGE = ["year", "estimate", "low", "high", "release", "mark", "verified", "source_id"]


@dataclass(frozen=True, slots=True)
class Fit(Told):
    """The model fitted to a country's published series up to a year.

    Attributes
    ----------
    location : str
    parameters : Parameters
    programme : Programme
        The published ART coverage.
    until : int
        Last year the fit has seen.
    misfit : float
        Sum of squared distances from the fitted figures, each in units of its allowance.
    n_solves : int
        How often the equations were solved to find it.
    published : DataFrame
        What it is compared with: ``year, indicator, estimate, low, high, release, source_id``.
    coverage : DataFrame
        The published ART coverage that the programme follows, of one release; not always that of
        ``published``: ``year, estimate, low, high, release, mark, verified, source_id``.
    sources : tuple of str
        Source of the coverage first, then of what it was fitted to.
    """

    location: str
    parameters: Parameters
    programme: Programme
    until: int
    misfit: float
    n_solves: int
    published: pd.DataFrame = field(repr=False, compare=False)
    coverage: pd.DataFrame = field(repr=False, compare=False)
    sources: tuple[str, ...]

    @property
    def years(self) -> tuple[int, int]:
        """First and last published year."""
        return int(self.published["year"].min()), int(self.published["year"].max())

    @property
    def releases(self) -> tuple[str, str]:
        """Release of the ART coverage, and of the figures fitted to and judged by."""
        return str(self.coverage["release"].iloc[-1]), str(self.published["release"].iloc[-1])

    @property
    def art_now(self) -> Estimate:
        """The ART coverage published last; at 0.98 the source prints "more than 98 %"."""
        last = self.coverage.iloc[-1]
        high_mark = ">" if "high_topcoded" in str(last["mark"]) else ""
        value, low, high = (float(last[name]) for name in ("estimate", "low", "high"))
        return Estimate(value, low, high, "share", high_mark=high_mark)

    @property
    def art_year(self) -> int:
        """Year of the ART coverage published last."""
        return int(self.coverage["year"].iloc[-1])

    @property
    def typical_distance(self) -> float:
        """Root mean square distance from the figures fitted, in allowances; above 1 is no fit."""
        n_figures = int((self.published["year"] <= self.until).sum())
        return math.sqrt(self.misfit / n_figures)


def _newest(series: pd.DataFrame, location: str, indicator: str) -> pd.DataFrame:
    """Rows of one indicator in the newest release that has it; what is assumed is left out."""
    rows = of_indicator(at_location(series, location, "epidemic series"), indicator, location)
    rows = rows[rows["release"] != "assumed"]
    newest: pd.DataFrame = rows[rows["release"] == rows["release"].max()].sort_values("year")
    return newest


def published_programme(series: pd.DataFrame, location: str) -> Programme:
    """ART coverage as one release publishes it; zero before its first year, and no PrEP.

    Coverage is that of people of all ages at the end of the year; its denominator is itself an
    estimate of UNAIDS.
    """
    rows = _newest(series, location, COVERAGE)
    times = (float(rows["year"].iloc[0]), *(rows["year"] + 1.0))
    return Programme(times, (0.0, *rows["estimate"]), (0.0,) * len(times))


def fit_transmission(
    series: pd.DataFrame,
    parameters: pd.DataFrame,
    location: str = "Eswatini",
    *,
    until: int = UNTIL,
) -> Fit:
    """The model that comes closest to a country's prevalence and incidence up to a year.

    Least squares over beta, alpha and seed; each year's prevalence may be off by 2 points, its
    incidence by 15 %.  Later years are left for ``judge``.  UNAIDS figures are the output of a
    model too, so agreement with them is agreement between models.

    Parameters
    ----------
    series : DataFrame
        ``load_epidemic_series()``.
    parameters : DataFrame
        ``load_model_parameters()``.
    location : str
        A country by name or code.
    until : int
        Last year the fit may see.
    """
    needed = ["location", "location_code", *_FIGURES, "mark", "verified"]
    need_columns(series, needed, "epidemic series")
    shown = [_newest(series, location, indicator) for indicator in (PREVALENCE, INCIDENCE)]
    published = pd.concat(shown)[_FIGURES]
    art = _newest(series, location, COVERAGE)[_COVERAGE]
    blank = Fit(
        location=str(shown[0]["location"].iloc[0]),
        parameters=fixed_parameters(parameters),
        programme=published_programme(series, location),
        until=until,
        misfit=math.inf,
        n_solves=0,
        published=published.reset_index(drop=True),
        coverage=art.reset_index(drop=True),
        sources=tuple(dict.fromkeys([*art["source_id"], *published["source_id"]])),
    )
    return refit(blank)


def refit(
    fit: Fit,
    parameters: Parameters | None = None,
    *,
    programme: Programme | None = None,
    fitted: Sequence[str] = FITTED,
) -> Fit:
    """The same figures fitted again with other given parameters, programme or free parameters.

    The search begins at ``parameters``, or at those of ``fit``.
    """
    from scipy.optimize import least_squares

    start = fit.parameters if parameters is None else parameters
    done = fit.programme if programme is None else programme
    seen = fit.published[fit.published["year"] <= fit.until]
    targets = seen.pivot(index="year", columns="indicator", values="estimate").dropna()
    if len(targets) < len(fitted):
        raise ExplainerError(
            f"{fit.location}: {len(targets)} years up to {fit.until} for {len(fitted)} unknowns; "
            f"let the fit see more years"
        )

    years = targets.index.to_numpy()
    prevalence, incidence = (targets[name].to_numpy(float) for name in (PREVALENCE, INCIDENCE))

    def distance(place: Floats) -> Floats:
        course = yearly(_moved(start, fitted, place), done, years)
        points = (course[0] - prevalence) / PREVALENCE_SD
        return np.concatenate([points, np.log(course[1] / incidence) / INCIDENCE_LOG_SD])

    search = least_squares(
        distance, [_place(name, getattr(start, name)) for name in fitted],
        bounds=([1.0] * len(fitted), [_place(name, BOUNDS[name][1]) for name in fitted]),
        method="dogbox", jac="3-point", x_scale="jac", diff_step=[1e-3] * len(fitted),
        ftol=1e-4, xtol=1e-4,
    )  # fmt: skip
    found, misfit = _moved(start, fitted, search.x), 2 * float(search.cost)
    n_solves = int(search.nfev + 2 * (search.njev or 0) * len(fitted))
    return replace(fit, parameters=found, programme=done, misfit=misfit, n_solves=n_solves)


def _place(name: str, value: float) -> float:
    """Where a value lies in the search: its logarithm, counted from 1 at its lower bound.

    The steps of the search are in proportion to this, so it must stay away from 0.
    """
    return 1 + math.log(value / BOUNDS[name][0])


def _moved(start: Parameters, fitted: Sequence[str], place: Floats) -> Parameters:
    """Parameters with the fitted ones put in."""
    values: dict[str, Any] = {
        name: BOUNDS[name][0] * math.exp(at - 1)
        for name, at in zip(fitted, place.tolist(), strict=True)
    }
    return replace(start, **values)


def against_published(fit: Fit) -> pd.DataFrame:
    """The model beside the published figures, and which of them the fit never saw.

    Returns
    -------
    DataFrame
        ``year, indicator, model, estimate, low, high, is_held_out, source_id``.
    """
    course = simulate(fit.parameters, fit.programme, *fit.years)
    model = course.melt("year", [PREVALENCE, INCIDENCE], "indicator", "model")
    table = model.merge(fit.published, on=["year", "indicator"], how="left")
    table["is_held_out"] = table["year"] > fit.until
    order = ["year", "indicator", "model", "estimate", "low", "high", "is_held_out", "source_id"]
    return table[order]
