"""The course of the teaching model: its equations, solved, and read off year by year."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explainer.errors import ExplainerError
from explainer.science.transmission import START, Parameters, Programme

CATCH_UP_YEARS = 0.25  # how fast people start ART when the published coverage is ahead
RELATIVE, ABSOLUTE = 1e-5, 1e-12  # errors allowed in a step; the seed is small

Floats = NDArray[np.float64]


def rates(
    state: Sequence[Any],
    p: Parameters,
    art: Any,
    protection: Any,
    exp: Callable[[Any], Any] = math.exp,
) -> list[Any]:
    """Yearly change of every group, then of all infections and all HIV deaths so far.

    ``state`` holds the uninfected, the stages without treatment and the treated.  ``art`` is the
    coverage aimed at, ``protection`` the share of infections that PrEP prevents.  All may be
    numbers or, with ``exp`` of numpy, arrays of scenarios.
    """
    uninfected, *stages, treated = state[: p.n_stages + 2]
    untreated = sum(stages)
    with_hiv = untreated + treated
    people = uninfected + with_hiv
    infectious = (untreated + (1 - p.epsilon) * treated) / people
    force = p.beta * exp(-p.alpha * with_hiv / people) * infectious * (1 - protection)
    # Below zero people stop ART: they return to the stages as those stand.
    theta = (art * with_hiv - treated) / (CATCH_UP_YEARS * untreated)
    infections = force * uninfected
    change, entering = [p.b * people - (p.mu + force) * uninfected], infections
    leaving, rho = p.rho + p.mu + theta, p.rho
    for stage in stages:
        change.append(entering - leaving * stage)
        entering = rho * stage
    change.append(theta * untreated - (p.mu + p.delta) * treated)
    return [*change, infections, entering + p.delta * treated]


def straight_lines(times: Sequence[float], values: Sequence[Any]) -> Callable[[float], Any]:
    """Straight lines between points, level outside them; values may be arrays of scenarios."""
    steps = range(len(times) - 1)
    slopes = [(values[i + 1] - values[i]) / (times[i + 1] - times[i]) for i in steps]
    slopes.append(0.0 * values[-1])

    def at(time: float) -> Any:
        place = bisect_right(times, time) - 1
        return values[0] if place < 0 else values[place] + slopes[place] * (time - times[place])

    return at


def solve(p: Parameters, programme: Programme, times: Floats) -> Floats:
    """State at each time: the groups of ``rates`` in its order, people at the start being 1."""
    from scipy.integrate import solve_ivp

    art = straight_lines(programme.times, programme.art_share)
    prep = straight_lines(programme.times, programme.prep_protection)
    start = [1 - p.seed, p.seed, *[0.0] * (p.n_stages + 2)]
    # Plain numbers are several times quicker than arrays this small.
    solution = solve_ivp(
        lambda time, state: rates(state.tolist(), p, art(time), prep(time)),
        (START, times[-1]), start, method="LSODA", t_eval=times, rtol=RELATIVE, atol=ABSOLUTE,
    )  # fmt: skip
    if not solution.success:
        raise ExplainerError(f"the model has no solution with {p}; choose less extreme parameters")
    return np.asarray(solution.y, float)


def outcomes(state: Floats, p: Parameters, protection: Any = 0.0) -> tuple[Floats, Floats]:
    """Prevalence, and new infections a year per uninfected person, in each state."""
    uninfected, stages, treated = state[0], state[1 : p.n_stages + 1], state[p.n_stages + 1]
    untreated = stages.sum(axis=0)
    people = uninfected + untreated + treated
    prevalence = (untreated + treated) / people
    infectious = (untreated + (1 - p.epsilon) * treated) / people
    return prevalence, p.beta * np.exp(-p.alpha * prevalence) * infectious * (1 - protection)


def yearly(p: Parameters, programme: Programme, years: Floats) -> tuple[Floats, Floats]:
    """Prevalence at the end of each year and incidence per 1,000 at its middle, without PrEP."""
    state = solve(p, programme, np.stack([years + 0.5, years + 1.0], axis=1).ravel())
    return outcomes(state[:, 1::2], p)[0], 1000 * outcomes(state[:, ::2], p)[1]


def simulate(p: Parameters, programme: Programme, first: int, last: int) -> pd.DataFrame:
    """The model year by year: who has HIV, who acquires it, who is treated, who dies of it.

    Parameters
    ----------
    p : Parameters
    programme : Programme
    first, last : int
        Calendar years, both included.

    Returns
    -------
    DataFrame
        ``year, prevalence_share, art_coverage_share`` (end of the year), ``incidence_per_1000``
        (new infections per 1,000 uninfected people and year, at its middle),
        ``hiv_deaths_per_1000`` (in the year, per 1,000 people), and, per person alive at the start
        of 1980, ``uninfected, untreated, treated, ever_infected, ever_died`` at the year's end.
    """
    if not START <= first <= last:
        raise ExplainerError(f"years {first} to {last}: the model runs forward from {START}")
    state = solve(p, programme, np.arange(first, last + 1.25, 0.5))
    middle, end = state[:, 1::2], state[:, 2::2]
    prevalence, _ = outcomes(end, p)
    protection = straight_lines(programme.times, programme.prep_protection)
    years = np.arange(first, last + 1)
    _, force = outcomes(middle, p, np.array([protection(year + 0.5) for year in years]))
    untreated, treated = end[1 : p.n_stages + 1].sum(axis=0), end[p.n_stages + 1]
    deaths = np.diff(state[-1, ::2]) / middle[: p.n_stages + 2].sum(axis=0)
    return pd.DataFrame(
        {
            "year": years,
            "prevalence_share": prevalence,
            "incidence_per_1000": 1000 * force,
            "art_coverage_share": treated / (untreated + treated),
            "hiv_deaths_per_1000": 1000 * deaths,
            "uninfected": end[0],
            "untreated": untreated,
            "treated": treated,
            "ever_infected": end[-2],
            "ever_died": end[-1],
        }
    )
