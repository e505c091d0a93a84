"""ART and PrEP from here on: every pair of coverages at once, as a page with two sliders needs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explainer.science.checks import unknown
from explainer.science.intervals import Estimate
from explainer.science.transmission_course import Floats, outcomes, rates, solve, straight_lines
from explainer.science.transmission_fit import INCIDENCE, PREVALENCE, Fit
from explainer.science.transmission_scenarios import SCALE_UP_YEARS

HORIZON = 2040
ART_LEVELS = tuple(round(0.5 + 0.05 * step, 2) for step in range(11))
PREP_LEVELS = tuple(round(0.1 * step, 1) for step in range(6))
PREP_KINDS = {
    "injectable": "PrEP efficacy, injectable",
    "oral": "PrEP efficacy, oral as taken in PURPOSE 1",
}


def prep_efficacies(table: pd.DataFrame) -> dict[str, Estimate]:
    """Share of infections that each kind of PrEP prevents in those who are offered it.

    The low end of its interval is unknown where the table leaves it blank: it is below zero.
    """
    rows = table.set_index("parameter")[["value", "low", "high"]].astype(float)
    for name in PREP_KINDS.values():
        if name not in rows.index:
            unknown("parameter", name, table["parameter"], "model parameters")
    ends = rows.to_dict("index")
    found = {kind: ends[name] for kind, name in PREP_KINDS.items()}
    return {
        kind: Estimate(row["value"], row["low"], row["high"], "share")
        for kind, row in found.items()
    }


def art_prep_scenarios(
    fit: Fit,
    table: pd.DataFrame,
    *,
    art: Sequence[float] = ART_LEVELS,
    prep: Sequence[float] = PREP_LEVELS,
    until: int = HORIZON,
) -> pd.DataFrame:
    """What ART and PrEP coverage would do from here in the model, every pair of them at once.

    From the end of the last published year both coverages move to their level in five years and
    stay.  PrEP is spread evenly, not given first to those at highest risk.

    Returns
    -------
    DataFrame
        ``prep_kind, efficacy, efficacy_low`` (NaN below zero), ``efficacy_high,
        art_coverage_share, prep_coverage_share, year, prevalence_share, incidence_per_1000,
        infections_per_1000``: those since the start, per 1,000 people then.
    """
    efficacies = prep_efficacies(table)
    grid = pd.MultiIndex.from_product(
        [efficacies, art, prep], names=["prep_kind", "art_coverage_share", "prep_coverage_share"]
    ).to_frame(index=False)
    names = {"efficacy": "value", "efficacy_low": "low", "efficacy_high": "high"}
    for place, (column, end) in enumerate(names.items(), start=1):
        ends = {kind: getattr(one, end) for kind, one in efficacies.items()}
        grid.insert(place, column, grid["prep_kind"].map(ends))
    years = np.arange(int(fit.programme.times[-1]), until + 1)
    results = _all_courses(
        fit,
        grid["art_coverage_share"].to_numpy(float),
        (grid["efficacy"] * grid["prep_coverage_share"]).to_numpy(float),
        years,
    )
    table = grid.loc[grid.index.repeat(len(years))].reset_index(drop=True)
    table["year"] = np.tile(years, len(grid))
    return table.assign(**{name: values.ravel() for name, values in results.items()})


def made_up_by_prep(scenarios: pd.DataFrame, art_share: float) -> pd.DataFrame:
    """How far ART may fall from a level before PrEP no longer makes up for it, in the last year.

    PrEP makes up for lost ART while new infections are no more than at that level without PrEP.

    Parameters
    ----------
    scenarios : DataFrame
        ``art_prep_scenarios()``.
    art_share : float
        ART coverage to begin at: the level of the scenarios nearest to it.

    Returns
    -------
    DataFrame
        ``prep_kind, prep_coverage_share``; ``holds_at`` and ``fails_at``, the lowest level of ART
        that PrEP makes up for and the next one below (NaN if there is none); ``at_hold`` and
        ``at_fail``, their new infections per 1,000; ``start_at`` and ``at_start``, the level
        begun at and its new infections without PrEP.
    """
    last = scenarios[scenarios["year"] == scenarios["year"].max()]
    levels = sorted(last["art_coverage_share"].unique(), reverse=True)
    start = min(levels, key=lambda level: abs(level - art_share))
    levels = [level for level in levels if level <= start]
    found = []
    for (kind, prep), rows in last.groupby(["prep_kind", "prep_coverage_share"], sort=False):
        rates = rows.set_index("art_coverage_share")[INCIDENCE]
        bare = last[(last["prep_kind"] == kind) & (last["prep_coverage_share"] == 0)]
        most = float(bare.set_index("art_coverage_share")[INCIDENCE][start])
        fails = next((level for level in levels if rates[level] > most), np.nan)
        holds = min(level for level in levels if not level <= fails)
        found.append(
            {"prep_kind": kind, "prep_coverage_share": prep, "holds_at": holds,
             "at_hold": rates[holds], "fails_at": fails, "at_fail": rates.get(fails, np.nan),
             "start_at": start, "at_start": most}
        )  # fmt: skip
    return pd.DataFrame(found)


def _all_courses(
    fit: Fit, art: Floats, protection: Floats, years: NDArray[np.int64]
) -> dict[str, Floats]:
    """Outcomes by scenario and year; all scenarios are one system of equations."""
    from scipy.integrate import solve_ivp

    p, begin = fit.parameters, fit.programme.times[-1]
    start = solve(p, fit.programme, np.array([begin]))
    ramp = (begin, begin + SCALE_UP_YEARS)
    coverage = straight_lines(ramp, (fit.programme.art_share[-1], art))
    prep = straight_lines(ramp, (0.0 * protection, protection))
    shape = (len(start), len(art))

    def change(time: float, flat: Floats) -> Floats:
        groups = flat.reshape(shape)
        return np.ravel(rates(list(groups), p, coverage(time), prep(time), np.exp))

    times = np.append(begin, np.stack([years + 0.5, years + 1.0], axis=1).ravel())
    solution = solve_ivp(
        change, (begin, times[-1]), np.repeat(start, len(art), axis=0).ravel(),
        method="DOP853", t_eval=times, rtol=1e-6, atol=1e-10,
    )  # fmt: skip
    state = solution.y.reshape(*shape, len(times))
    ends, infections = state[:, :, 2::2], state[-2]
    forces = [
        outcomes(state[:, :, 2 * step + 1], p, prep(year + 0.5))[1]
        for step, year in enumerate(years)
    ]
    people = start[: p.n_stages + 2].sum()
    return {
        PREVALENCE: outcomes(ends, p)[0],
        INCIDENCE: 1000 * np.stack(forces, axis=1),
        "infections_per_1000": 1000 * (infections[:, 2::2] - infections[:, :1]) / people,
    }
