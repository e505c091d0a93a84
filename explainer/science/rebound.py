"""How long treatment can stop before the virus is back: two models, one written for each case."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from explainer.errors import ExplainerError
from explainer.science.checks import need_columns, numbers, unknown
from explainer.science.intervals import Estimate
from explainer.wording import Told

DAYS_PER_YEAR = 365.25
DAYS_PER_MONTH = DAYS_PER_YEAR / 12
DAYS_PER_WEEK = 7
# Quartiles of the normal distribution lie this many standard deviations apart.
QUARTILES_APART = 1.349
# Chances outside which one exponential waiting time leaves 2.5 % on either side.
_ONE_WAIT = (-math.log(0.025), -math.log(0.975))
_AT_ONCE = 1e-9  # days; neither a logarithm nor E1 is finite at zero
_NARROW = 1e-4  # ln F

Floats = NDArray[np.float64]

_ROWS = {
    "quarter": "gunst_2025_01",
    "median": "gunst_2025_02",
    "three_quarters": "gunst_2025_03",
    "control": "gunst_2025_10",
    "control_early": "gunst_2025_11",
    "control_late": "gunst_2025_12",
    "reactivation": "pinkevych_2015_01",
}
_CONTROLLERS = "namazi2018"
_NEEDED = ["rebound_id", "kind", "time_days", "suppressed_share", "value", "verified", "source_id"]


@dataclass(frozen=True, slots=True)
class ReboundParameters(Told):
    """What the two rebound models take from the published rows.

    Days to rebound are lognormal with ``median_days`` and ``spread``; a share ``control_share``
    instead holds the virus low past ``control_from_days`` and then loses control at
    ``control_loss_per_year``.  ``reactivation_days`` is the mean wait between two reactivations
    that would lead to rebound, with the range of the cohorts.
    """

    median_days: float
    spread: float
    control_share: float
    control_share_early: float
    control_share_late: float
    control_from_days: float
    control_loss_per_year: float
    reactivation_days: Estimate
    source_ids: tuple[str, ...]


def rebound_parameters(rebound_times: pd.DataFrame) -> ReboundParameters:
    """The numbers behind both rebound models, each read from its published row.

    The median and the width of the ordinary times are those of Gunst 2025
    (doi:10.1038/s41467-025-56116-1) at 50 copies/mL; control is lost at the mean of the two rates
    that CHAMP gives (Namazi 2018, doi:10.1093/infdis/jiy479); reactivations come from Pinkevych
    2015 (doi:10.1371/journal.ppat.1005000).

    Parameters
    ----------
    rebound_times : DataFrame
        ``load_rebound_times()``.
    """
    need_columns(rebound_times, _NEEDED, "rebound times")
    usable = rebound_times[rebound_times["verified"] != "no"].set_index("rebound_id")
    for rebound_id in _ROWS.values():
        if rebound_id not in usable.index:
            unknown("verified row", rebound_id, usable.index, "rebound times")
    row = {name: usable.loc[[rebound_id]].iloc[0].to_dict() for name, rebound_id in _ROWS.items()}
    kept = (usable["source_id"] == _CONTROLLERS) & (usable["kind"] == "conditional_proportion")
    controllers = usable[kept]
    years = controllers["time_days"] / DAYS_PER_YEAR
    rates = -np.log(controllers["suppressed_share"].to_numpy(float)) / years.to_numpy(float)
    width = math.log(row["three_quarters"]["time_days"] / row["quarter"]["time_days"])
    wait = [float(row["reactivation"][name]) for name in ("value", "value_low", "value_high")]
    return ReboundParameters(
        median_days=float(row["median"]["time_days"]),
        spread=width / QUARTILES_APART,
        control_share=float(row["control"]["suppressed_share"]),
        control_share_early=float(row["control_early"]["suppressed_share"]),
        control_share_late=float(row["control_late"]["suppressed_share"]),
        control_from_days=float(row["control"]["time_days"]),
        # Known to two figures: CHAMP prints "about 20 %" for five years.
        control_loss_per_year=round(float(rates.mean()), 2),
        reactivation_days=Estimate(wait[0], wait[1], wait[2], "days"),
        source_ids=(
            str(row["median"]["source_id"]), _CONTROLLERS, str(row["reactivation"]["source_id"]),
        ),
    )  # fmt: skip


def _days(days: ArrayLike) -> Floats:
    given = numbers(days, "days")
    if not (given >= 0).all():
        wrong = given[~(given >= 0)].flat[0]
        raise ExplainerError(f"time off treatment is {wrong:g} days; give zero or more")
    return given


def ordinary_share(
    days: ArrayLike, parameters: ReboundParameters, *, control_share: float | None = None
) -> Floats:
    """Share of people still without rebound after an ordinary stop of treatment.

    (1 - c) · lognormal + c · exponential from ``control_from_days`` on.  The lognormal keeps the
    published median and width, not each quartile.

    Parameters
    ----------
    days : array-like
        Days since treatment was stopped.
    parameters : ReboundParameters
        ``rebound_parameters(load_rebound_times())``.
    control_share : float, optional
        c, share of people who hold the virus low: all of them unless given;
        ``parameters.control_share_late`` is nearest to people who were given a transplant.
    """
    from scipy.special import ndtr

    c = parameters.control_share if control_share is None else control_share
    if not 0 <= c <= 1:
        raise ExplainerError(f"control_share is {c}; give a share from 0 to 1, such as 0.04")
    time = _days(days)
    z = np.log(np.maximum(time, _AT_ONCE) / parameters.median_days) / parameters.spread
    soon = ndtr(-z)
    later = np.maximum(time - parameters.control_from_days, 0) / DAYS_PER_YEAR
    share: Floats = (1 - c) * soon + c * np.exp(-parameters.control_loss_per_year * later)
    return share


def shrunken_share(days: ArrayLike, fold: ArrayLike, parameters: ReboundParameters) -> Floats:
    """Share of people still without rebound if their reservoir was made smaller, nobody knows how.

    Reactivations arrive at random, one in τ·f days on average.  The reduction f lies anywhere from
    1 to F with each tenfold step as likely as the next (log-uniform), which gives
    [E1(t/(F·τ)) - E1(t/τ)] / ln F with the exponential integral E1.

    Parameters
    ----------
    days, fold : array-like
        Days since treatment was stopped, and F, the largest reduction thought possible (1 or
        more; 1 means no reduction).  They are broadcast together.
    """
    from scipy.special import exp1

    time, largest = np.broadcast_arrays(_days(days), numbers(fold, "fold"))
    if not (largest >= 1).all():
        raise ExplainerError(f"fold is {largest.min():g}; a reduction is 1 (none) or more")
    waits = np.maximum(time, _AT_ONCE) / parameters.reactivation_days.value
    spread = np.log(largest)
    # Where 1 and F all but meet, the two integrals cancel to noise; their middle is then exact.
    is_wide = spread > _NARROW
    unknown_fold = (exp1(waits / largest) - exp1(waits)) / np.where(is_wide, spread, 1)
    share = np.where(is_wide, unknown_fold, np.exp(-waits / np.sqrt(largest)))
    # Near the start the two integrals cancel to all of it, give or take the last digit.
    return np.clip(np.where(time > 0, share, 1.0), 0.0, 1.0)


def fixed_fold_share(days: ArrayLike, fold: ArrayLike, parameters: ReboundParameters) -> Floats:
    """Share of people still without rebound if the reservoir is known to be so many times smaller.

    exp(-t / (τ·f)): the mean wait is τ·f days.
    """
    time = _days(days)
    waits = parameters.reactivation_days.value * numbers(fold, "fold")
    return np.asarray(np.exp(-time / waits))


def fold_for_wait(days: float, reactivation_days: float) -> float:
    """How many times smaller a reservoir must be for this mean wait: days / days per reactivation.

    Pinkevych 2015: a year, at one reactivation in 6 days, takes about 61; an estimate of several
    reactivations a day (Hill 2014, doi:10.1073/pnas.1406663111) takes a thousand or more.
    """
    if not (days > 0 and reactivation_days > 0):
        raise ExplainerError(
            f"a wait of {days:g} days at {reactivation_days:g} days per reactivation; "
            f"give both above zero"
        )
    return days / reactivation_days


def implied_reductions(comparisons: pd.DataFrame, parameters: ReboundParameters) -> pd.DataFrame:
    """How many times smaller each reservoir was, if its one rebound came after the mean wait.

    One wait says little: ``fold_low`` and ``fold_high`` are the exact 95 % interval from a single
    exponential time.

    Returns
    -------
    DataFrame
        ``comparison_id, name, group, days, fold, fold_low, fold_high, verified, source_id``,
        latest rebound first; rebounds whose time is not known are left out.
    """
    columns = ["comparison_id", "name", "group", "verified", "source_id"]
    times = ["time_to_rebound_weeks", "time_to_rebound_months"]
    need_columns(comparisons, [*columns, *times], "comparisons")
    known = comparisons[comparisons[times[0]].notna() & (comparisons["verified"] != "no")]
    weeks, months = (known[name].astype(float) for name in times)
    # Reports count in weeks within the first year and in months after it.
    days = (months * DAYS_PER_MONTH).where(months >= 12, weeks * DAYS_PER_WEEK)
    fold = days / parameters.reactivation_days.value
    table = known[columns].assign(
        days=days, fold=fold, fold_low=fold / _ONE_WAIT[0], fold_high=fold / _ONE_WAIT[1]
    )
    return table.sort_values("days", ascending=False, ignore_index=True)


def rebound_checks(rebound_times: pd.DataFrame, parameters: ReboundParameters) -> pd.DataFrame:
    """Other studies' shares without rebound beside what the ordinary model says at the same time.

    Adults who stopped treatment without other help; the studies measure at other thresholds and in
    other people than those the model was set by, so agreement is rough at best.

    Returns
    -------
    DataFrame
        ``study, population, n, threshold_copies_per_ml, time_days, suppressed_share,
        suppressed_share_low, suppressed_share_high, model_share, verified, source_id``.
    """
    need_columns(rebound_times, [*_NEEDED, "study", "population"], "rebound times")
    is_check = rebound_times["kind"].isin(["quantile", "proportion"])
    is_check &= ~rebound_times["rebound_id"].isin(_ROWS.values())
    is_check &= (rebound_times["source_id"] != "gunst2025") & (rebound_times["verified"] != "no")
    rows = rebound_times[is_check & (rebound_times["population"] != "children")]
    columns = ["study", "population", "n", "threshold_copies_per_ml", "time_days"]
    columns += [f"suppressed_share{end}" for end in ("", "_low", "_high")]
    table = rows[columns].assign(
        model_share=ordinary_share(rows["time_days"], parameters),
        verified=rows["verified"],
        source_id=rows["source_id"],
    )
    return table.sort_values(["time_days", "study"], ignore_index=True)
