"""Trials: exact intervals for rates and shares, and what each approach has shown so far."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy  # its parts load when first named

from explainer.errors import ExplainerError
from explainer.science.checks import need_columns, unknown
from explainer.science.intervals import Estimate, clopper_pearson, zero_event_upper
from explainer.wording import Told

ARM_COLUMNS = [
    "trial",
    "arm",
    "aim",
    "acts_on",
    "n",
    "n_evaluable",
    "n_events",
    "event",
    "source_id",
]
_RATE = ["person_years", "rate_per_100_person_years", "rate_low", "rate_high"]
APPROACH_COLUMNS = [
    "approach", "aim", "acts_on", "trial", "stage_trial_id", "n_treated", "n_counts",
    "n_stopped_art", "n_without_rebound", "outcome", "source_id",
]  # fmt: skip
REBOUND = "rebound"
UNDETECTABLE_AGAIN = "virus undetectable again off ART"  # it had come back first
LINKED = "linked transmission"
OTHER_DISEASE = "other_disease"


@dataclass(frozen=True, slots=True)
class TwoArms(Told):
    """Two arms of a trial: the shares with their exact intervals, and Fisher's test."""

    trial: str
    event: str
    treated_k: int
    treated_n: int
    treated: Estimate
    compared_k: int
    compared_n: int
    compared: Estimate
    p: float


def event_rate(n_events: int, person_time: float, level: float = 0.95) -> Estimate:
    """Events per unit of person-time with the exact interval; a zero keeps its upper bound.

    Poisson: the lower end is chi2(a/2; 2k) / 2T, the upper chi2(1 - a/2; 2k + 2) / 2T
    (Garwood 1936, doi:10.1093/biomet/28.3-4.437).

    Parameters
    ----------
    n_events : int
        Events seen, zero or more.
    person_time : float
        Time watched, above zero; the rate is per unit of it.
    """
    if n_events < 0 or not person_time > 0:
        raise ExplainerError(
            f"{n_events} events in {person_time} person-years give no rate; "
            f"give events of zero or more and time above zero"
        )
    if n_events == 0:
        return Estimate(0.0, 0.0, zero_event_upper(person_time, 2, level), "rate")
    outside = (1 - level) / 2
    low = float(scipy.stats.chi2.ppf(outside, 2 * n_events)) / 2 / person_time
    high = float(scipy.stats.chi2.ppf(1 - outside, 2 * n_events + 2)) / 2 / person_time
    return Estimate(n_events / person_time, low, high, "rate")


def trial_rates(trials: pd.DataFrame) -> pd.DataFrame:
    """Infections per 100 person-years of every arm that gives a rate, with exact intervals.

    Where an abstract prints the count and the rate but not the time watched, the time is their
    quotient; where it prints no count, its own interval stands.

    Returns
    -------
    DataFrame
        ``trial, arm, is_comparison, n, n_events, person_years, rate, low, high`` (per 100
        person-years), ``basis`` ("time printed", "time from count and rate", "interval as
        printed"), ``is_couples, source_id``.
    """
    need_columns(trials, [*ARM_COLUMNS, *_RATE, "population"], "trials")
    known = trials["person_years"].notna() | (trials["rate_per_100_person_years"] > 0)
    if not known.any():
        raise ExplainerError("trials: no arm gives a rate; pass the frame of load_trials()")
    return pd.DataFrame([_rate_of(row) for _, row in trials[known].iterrows()])


def _rate_of(row: pd.Series) -> dict[str, object]:
    """One arm's rate: computed if its count is known, else as printed."""
    printed = float(row["rate_per_100_person_years"])
    time, basis = float(row["person_years"]), "time printed"
    if math.isnan(time) and pd.notna(row["n_events"]):
        time, basis = 100 * row["n_events"] / printed, "time from count and rate"
    if math.isnan(time):
        basis = "interval as printed"
        rate = Estimate(printed, float(row["rate_low"]), float(row["rate_high"]))
    else:
        exact = event_rate(int(row["n_events"]), time)
        rate = Estimate(100 * exact.value, 100 * exact.low, 100 * exact.high)
    return {
        "trial": row["trial"], "arm": row["arm"], "is_comparison": pd.isna(row["acts_on"]),
        "n": row["n"], "n_events": row["n_events"], "person_years": time, "rate": rate.value,
        "low": rate.low, "high": rate.high, "basis": basis,
        "is_couples": "couples" in row["population"], "source_id": row["source_id"],
    }  # fmt: skip


def ratio_to_background(n_events: int, person_time: float, background: float) -> Estimate:
    """How many times the background rate: the exact interval with the background held fixed.

    A background is itself an estimate, so an interval that counts this too is wider.

    Parameters
    ----------
    background : float
        Rate to compare with, per unit of ``person_time``, above zero.
    """
    if not background > 0:
        raise ExplainerError(f"the background rate is {background}; give a rate above zero")
    rate = event_rate(n_events, person_time)
    return Estimate(rate.value / background, rate.low / background, rate.high / background, "ratio")


def equal_rates_p(
    n_events: int, time: float, n_events_compared: int, time_compared: float
) -> float:
    """Chance of a split of the events at least as uneven as this, if both true rates were the same.

    Given all events, those of the first group are binomial with its part of the person-time
    (Przyborowski and Wilenski 1940, doi:10.1093/biomet/31.3-4.313); two-sided.
    """
    if not (time > 0 and time_compared > 0):
        raise ExplainerError(f"person-times are {time} and {time_compared}; give both above zero")
    n = n_events + n_events_compared
    if n == 0:
        return 1.0  # nothing was split
    return float(scipy.stats.binomtest(n_events, n, time / (time + time_compared)).pvalue)


def reduction_between_arms(n_events: int, n_events_compared: int) -> Estimate:
    """Share of events that an approach prevented, from the counts of two equally large arms.

    Given all events of both arms, those of the first are binomial with one half if nothing was
    prevented; its exact interval (Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404) turns into
    one for the reduction.  Only for arms of equal size that were watched equally long.
    """
    if n_events_compared < 1:
        raise ExplainerError("no event in the arm to compare with; a reduction needs one or more")
    part = clopper_pearson(n_events, n_events + n_events_compared)
    # The upper end of the part is the lower end of the reduction.
    low = 1 - part.high / (1 - part.high) if part.high < 1 else -math.inf
    high = 1 - part.low / (1 - part.low)
    return Estimate(1 - n_events / n_events_compared, low, high, "share")


def two_arms(trials: pd.DataFrame, trial: str) -> TwoArms:
    """Did more people do well with the approach than without?  Shares and Fisher's exact test."""
    need_columns(trials, ARM_COLUMNS, "trials")
    rows = trials[(trials["trial"] == trial) & trials["n_evaluable"].notna()]
    treated, compared = rows[rows["acts_on"].notna()], rows[rows["acts_on"].isna()]
    if len(treated) != 1 or len(compared) != 1:
        pairs = trials[trials["n_evaluable"].notna() & trials["acts_on"].isna()]
        unknown("trial with two counted arms", trial, pairs["trial"], "trials")
    (k, n), (other_k, other_n) = (
        (int(arm["n_events"].iloc[0]), int(arm["n_evaluable"].iloc[0]))
        for arm in (treated, compared)
    )
    p = float(scipy.stats.fisher_exact(np.array([[k, n - k], [other_k, other_n - other_k]])).pvalue)
    event = str(treated["event"].iloc[0])
    shares = clopper_pearson(k, n), clopper_pearson(other_k, other_n)
    return TwoArms(trial, event, k, n, shares[0], other_k, other_n, shares[1], p)


def trial_shares(trials: pd.DataFrame, approaches: pd.DataFrame) -> pd.DataFrame:
    """Shares that studies allow, with exact intervals; no share where the denominator is unknown.

    ``from_treated_arm``: of the linked transmissions of a trial, those from the treated arm (one
    half if treatment did nothing).  ``without_rebound``: of the people off ART who could be judged,
    those without rebound.  ``undetectable_again``: those whose virus came back and fell again.

    Returns
    -------
    DataFrame
        ``study, arm, measure, is_comparison, event, k, n`` (Int64; ``n`` NA where nobody printed
        it), ``share, low, high`` (NaN there), ``source_id``.
    """
    need_columns(trials, ARM_COLUMNS, "trials")
    need_columns(approaches, APPROACH_COLUMNS, "approaches")
    off_art = trials[(trials["aim"] == "remission") & trials["n_events"].notna()]
    records = [*_linked(trials), *(_off_art(row) for _, row in off_art.iterrows())]
    alone = approaches["trial"].isna() & approaches["n_without_rebound"].notna()
    for _, row in approaches[alone].iterrows():
        stopped, without = int(row["n_stopped_art"]), int(row["n_without_rebound"])
        records.append(
            _share(row["approach"], "", "without_rebound", False, REBOUND, without, stopped)
            | {"source_id": row["source_id"]}
        )
    if not records:
        raise ExplainerError("trials: no arm gives a share; pass the frame of load_trials()")
    table = pd.DataFrame(records)
    return table.astype({"k": "Int64", "n": "Int64"})


def _linked(trials: pd.DataFrame) -> list[dict[str, object]]:
    """Per trial of counts alone: the part of all linked transmissions from the treated arm."""
    counted = trials[(trials["event"] == LINKED) & trials["person_years"].isna()]
    found = []
    for trial, arms in counted.groupby("trial"):
        treated = arms[arms["acts_on"].notna()].iloc[0]
        k, n = int(treated["n_events"]), int(arms["n_events"].sum())
        record = _share(str(trial), treated["arm"], "from_treated_arm", False, LINKED, k, n)
        found.append(record | {"source_id": treated["source_id"]})
    return found


def _off_art(row: pd.Series) -> dict[str, object]:
    """One arm of people off ART; those who rebounded are counted the other way round."""
    k, n = int(row["n_events"]), row["n_evaluable"]
    n = None if pd.isna(n) else int(n)
    if row["event"] == REBOUND and n is not None:
        k = n - k
    is_comparison, event = bool(pd.isna(row["acts_on"])), str(row["event"])
    measure = "undetectable_again" if event == UNDETECTABLE_AGAIN else "without_rebound"
    record = _share(row["trial"], row["arm"], measure, is_comparison, event, k, n)
    return record | {"source_id": row["source_id"]}


def _share(
    study: str, arm: str, measure: str, is_comparison: bool, event: str, k: int, n: int | None
) -> dict[str, object]:  # fmt: skip
    """A share with its exact interval, or the count alone."""
    share = clopper_pearson(k, n) if n else Estimate(math.nan)
    return {
        "study": study, "arm": arm, "measure": measure, "is_comparison": is_comparison,
        "event": event, "k": k, "n": n, "share": share.value, "low": share.low, "high": share.high,
    }  # fmt: skip
