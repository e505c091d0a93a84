"""Single sourced numbers that no other table holds, looked up by name."""

from __future__ import annotations

import pandas as pd

from explainer.errors import ExplainerError
from explainer.near import did_you_mean, near
from explainer.science.intervals import Estimate


def fact(facts: pd.DataFrame, fact_id: str) -> Estimate:
    """One sourced number with its range and unit.

    Parameters
    ----------
    facts : pandas.DataFrame
        Table of ``load_facts``.
    fact_id : str
        Its key, such as ``women_and_girls_share``.

    Raises
    ------
    ExplainerError
        If there is no such fact, or nobody verified it.
    """
    rows = facts[facts["fact_id"] == fact_id]
    if rows.empty:
        nearest = near(fact_id, facts["fact_id"], n=1, cutoff=0.4)
        hint = did_you_mean(nearest) or "load_facts() lists them"
        raise ExplainerError(f"unknown fact {fact_id} in data/facts.csv; {hint}")
    row = rows.iloc[0]
    if row["verified"] == "no":
        raise ExplainerError(f"fact {fact_id} is not verified; it must not be shown as a fact")
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    return Estimate(value, low, high, str(row["unit"]))
