"""What a remission of so many months says about the future, under two models of its failure.

Lasting remission means: no rebound, ever.  Nobody can watch that long, so its probability is a
term of a model (the "cure fraction" of a mixture model), not a finding.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from explainer.errors import ExplainerError
from explainer.science.checks import need_columns, numbers
from explainer.science.person_time import LAST_REPORT, PEER_REVIEWED
from explainer.science.rebound import (
    DAYS_PER_MONTH,
    ReboundParameters,
    ordinary_share,
    shrunken_share,
)

Floats = NDArray[np.float64]

PRIOR, SCEPTICAL_PRIOR = 0.5, 0.1
FOLD, LARGER_FOLD = 1e4, 1e5
HORIZON_MONTHS = 60


def lasting_chance(share: ArrayLike, prior: ArrayLike) -> Floats:
    """Chance that a remission lasts for good, given that it has lasted so far.

    π / (π + (1 - π) · S): whoever is not in lasting remission would have got this far with chance
    S (the mixture model of Boag 1949).

    Parameters
    ----------
    share : array-like
        S, from ``ordinary_share`` or ``shrunken_share`` at the time reached.
    prior : array-like
        π, what one held likely before treatment was stopped.
    """
    s, p = numbers(share, "share"), numbers(prior, "prior")
    if not ((p >= 0) & (p <= 1)).all():
        raise ExplainerError("prior is not a share; give a number from 0 to 1, such as 0.5")
    if not ((s >= 0) & (s <= 1)).all():
        raise ExplainerError("share without rebound is not from 0 to 1; take it from a model")
    if ((p == 0) & (s == 0)).any():
        raise ExplainerError("prior 0 and no chance to get this far contradict what was seen")
    return np.asarray(p / (p + (1 - p) * s))


def remission_outlook(
    months: ArrayLike,
    parameters: ReboundParameters,
    *,
    priors: Sequence[float] = (PRIOR, SCEPTICAL_PRIOR),
    folds: Sequence[float] = (FOLD, LARGER_FOLD),
    control_share: float | None = None,
    horizon_months: float = HORIZON_MONTHS,
) -> pd.DataFrame:
    """What so many months without rebound say, for every prior and every largest reduction.

    Parameters
    ----------
    months : array-like
        Months off treatment without rebound so far.
    parameters : ReboundParameters
        ``rebound_parameters(load_rebound_times())``.
    priors, folds : sequence of float
        π and F, as in ``lasting_chance`` and ``shrunken_share``.
    control_share : float, optional
        As in ``ordinary_share``.
    horizon_months : float
        How far ``next_`` looks ahead.

    Returns
    -------
    DataFrame
        One row for each of months × priors × folds: ``months, prior, fold``; the share that would
        still be without rebound (``share_ordinary, share_shrunken``); the chance of lasting
        remission (``lasting_ordinary, lasting_shrunken``); and, if the virus is still there, the
        chance that it stays away for the horizon too (``next_ordinary, next_shrunken``), which
        needs no prior.
    """
    grid = pd.MultiIndex.from_product(
        [np.atleast_1d(numbers(months, "months")), priors, folds],
        names=["months", "prior", "fold"],
    )
    table = grid.to_frame(index=False)
    now = table["months"].to_numpy(float) * DAYS_PER_MONTH
    then = now + horizon_months * DAYS_PER_MONTH
    prior, fold = table["prior"].to_numpy(float), table["fold"].to_numpy(float)
    shares = {
        "ordinary": [ordinary_share(t, parameters, control_share=control_share)
                     for t in (now, then)],
        "shrunken": [shrunken_share(t, fold, parameters) for t in (now, then)],
    }  # fmt: skip
    for model, (share, _) in shares.items():
        table[f"share_{model}"] = share
    for model, (share, _) in shares.items():
        table[f"lasting_{model}"] = lasting_chance(share, prior)
    for model, (share, ahead) in shares.items():
        table[f"next_{model}"] = ahead / share
    return table


def outlook_by_case(
    cases: pd.DataFrame,
    parameters: ReboundParameters,
    column: str = LAST_REPORT,
    *,
    prior: float = PRIOR,
    fold: float = FOLD,
    control_share: float | None = None,
    horizon_months: float = HORIZON_MONTHS,
) -> pd.DataFrame:
    """What both models say of each person at the last report, shortest remission first.

    A person who has died keeps the chance reached in life; a look ahead has no meaning then and is
    NaN.  Months come from one column, as in ``person_time``; a blank leaves the person out.

    Returns
    -------
    DataFrame
        ``case_id, short_name, has_died, is_lower_bound`` and the columns of
        ``remission_outlook``.
    """
    needed = ["case_id", "short_name", "outcome", "time_off_art_basis", column]
    need_columns(cases, needed, "remission cases")
    known = cases[cases[column].notna()].sort_values([column, "case_id"], ignore_index=True)
    told = known[["case_id", "short_name"]].assign(
        has_died=known["outcome"] == "died_in_remission",
        is_lower_bound=known["time_off_art_basis"] == "lower_bound",
    )
    found = remission_outlook(
        _months_in(known[column]), parameters, priors=[prior], folds=[fold],
        control_share=control_share, horizon_months=horizon_months,
    )  # fmt: skip
    ahead = ["next_ordinary", "next_shrunken"]
    found[ahead] = found[ahead].mask(told["has_died"])
    return pd.concat([told, found], axis=1)


def _months_in(column: pd.Series) -> Floats:
    """A column of months as numbers; refuse one that holds anything else."""
    try:
        if column.dtype != bool:
            return column.to_numpy(float)
    except (TypeError, ValueError):
        pass
    raise ExplainerError(
        f"remission cases: column {column.name} holds no months; "
        f"name {LAST_REPORT} or {PEER_REVIEWED}"
    )
