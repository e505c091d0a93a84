"""What rounding leaves open: the last step of a printed figure, and of a change between two."""

from __future__ import annotations

import math
from decimal import Decimal

import pandas as pd

from explainer.wording import digits_of

_MILLION = 1_000_000


def printed_step(value: float, indicator: str = "plhiv") -> float:
    """The last step of a figure as printed: 0.1 million, and the second figure below a million.

    Shares step by one percent, prevalence by a tenth of that.  A figure that shows more digits
    than these, such as a reported number of people on treatment, steps by its own last digit.
    """
    if not (math.isfinite(value) and value > 0):
        return math.nan
    exact = Decimal(repr(float(value)))
    if indicator.endswith("_share"):
        step = Decimal(1).scaleb(-2 - (digits_of(indicator) or 0))
    else:
        step = Decimal(1).scaleb(5 if value >= _MILLION else exact.adjusted() - 1)
    while exact % step:
        step /= 10
    return float(step)


def half_unit(values: pd.Series) -> pd.Series:
    """Half the last printed step of counts: as far as rounding can have moved each of them."""
    halves: pd.Series = values.map(printed_step) / 2
    return halves


def is_one_step(first: float, last: float, indicator: str) -> bool:
    """Whether two figures differ by no more than one printed step of the coarser one."""
    steps = printed_step(first, indicator), printed_step(last, indicator)
    return abs(last - first) <= max(steps) * (1 + 1e-9)


def change_band(first: float, last: float, indicator: str) -> tuple[float, float]:
    """Least and greatest change, as a share of the first, that rounding of both leaves open."""
    before, after = (printed_step(value, indicator) / 2 for value in (first, last))
    least = (last - after) / (first + before) - 1
    # A figure of one step may stand for nearly nothing.
    most = (last + after) / (first - before) - 1 if first > before else math.inf
    return least, most


def rounded_change(first: float, last: float, indicator: str) -> float:
    """The change between two figures, in steps of the coarser: finer digits would say nothing."""
    step = max(printed_step(first, indicator), printed_step(last, indicator))
    return math.copysign(math.floor(abs(last - first) / step + 0.5) * step, last - first)
