"""A tub with a tap and a drain: what constant flows do to a stock.  Arithmetic, no forecast."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explainer.errors import ExplainerError
from explainer.science.checks import numbers


def tub_levels(
    level: float, inflow: float, outflow: float, years: ArrayLike
) -> NDArray[np.float64]:
    """What a stock comes to after so many years of the same inflow and outflow; never below zero.

    level + years x (inflow - outflow), until the tub is empty.

    Parameters
    ----------
    level : float
        The stock at the start.
    inflow, outflow : float
        Added and taken away in each year.
    years : array-like
        Years from the start.
    """
    given = numbers(years, "years")
    if not (min(level, inflow, outflow) >= 0 and (given >= 0).all()):
        raise ExplainerError("a tub needs a level, flows and years of zero or more")
    return np.maximum(level + given * (inflow - outflow), 0.0)


def years_until_empty(level: float, inflow: float, outflow: float) -> float:
    """Years of the same flows after which nothing is left; infinity if that never comes."""
    tub_levels(level, inflow, outflow, 0)
    return level / (outflow - inflow) if outflow > inflow else np.inf
