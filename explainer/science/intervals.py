"""Ranges around proportions and rates, and what a zero still allows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import scipy  # its parts load when first named: stats takes longer than most pages

from explainer.errors import ExplainerError
from explainer.wording import ToldAlone

Sides = Literal[1, 2]


@dataclass(frozen=True, slots=True)
class Estimate(ToldAlone):
    """A number with its range.

    A mark (``<`` or ``>``) says that the number beside it is a threshold: "fewer than 500", ">98
    %". A range that is not known is NaN.
    """

    value: float
    low: float = math.nan
    high: float = math.nan
    unit: str = ""
    mark: str = ""
    low_mark: str = ""
    high_mark: str = ""

    @property
    def has_range(self) -> bool:
        """Whether both ends of the range are known."""
        return not (math.isnan(self.low) or math.isnan(self.high))

    @property
    def is_threshold(self) -> bool:
        """Whether the value itself is a threshold, not a number to compute with."""
        return bool(self.mark)

    def includes(self, number: float) -> bool:
        """Whether the range holds a number; an end marked "<" or ">" is open on its side."""
        low = -math.inf if self.low_mark == "<" else self.low
        high = math.inf if self.high_mark == ">" else self.high
        return low <= number <= high


def _check_level(level: float, sides: int = 2) -> float:
    """Probability left outside, on the upper side."""
    if not 0 < level < 1:
        raise ExplainerError(f"level is {level}; give a share between 0 and 1, such as 0.95")
    if sides not in (1, 2):
        raise ExplainerError(f"sides is {sides}; a bound is one-sided (1) or two-sided (2)")
    return (1 - level) / sides


@lru_cache(maxsize=4096)
def _proportion(k: int, n: int, level: float, method: Literal["wilson", "exact"]) -> Estimate:
    _check_level(level)
    if n < 1 or not 0 <= k <= n:
        raise ExplainerError(f"{k} of {n} is not a proportion; give n above 0 and k from 0 to n")
    interval = scipy.stats.binomtest(int(k), int(n)).proportion_ci(
        confidence_level=level, method=method
    )
    # Rounding in the Wilson formula may put an end a hair beyond the observed share.
    share = k / n
    low, high = float(interval.low), float(interval.high)
    return Estimate(share, min(low, share), max(high, share), "share")


def wilson(k: int, n: int, level: float = 0.95) -> Estimate:
    """Share k of n with its Wilson interval: close on average, good for a picture of many samples.

    Wilson 1927, doi:10.1080/01621459.1927.10502953.
    """
    return _proportion(k, n, level, "wilson")


def clopper_pearson(k: int, n: int, level: float = 0.95) -> Estimate:
    """Share k of n with its exact interval: never less sure than it says, good for a guarantee.

    Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404.
    """
    return _proportion(k, n, level, "exact")


def zero_event_upper(person_time: float, sides: Sides = 2, level: float = 0.95) -> float:
    """Highest rate that still fits with no event seen in all this person-time (exact Poisson).

    One-sided 95 %: 2.996 / T, the "rule of three"; two-sided: 3.689 / T
    (Garwood 1936, doi:10.1093/biomet/28.3-4.437).  The rate is per unit of ``person_time``;
    no time at all bounds nothing (infinity).
    """
    outside = _check_level(level, sides)
    if not person_time >= 0:
        raise ExplainerError(f"person_time is {person_time}; give the time watched, zero or more")
    if person_time == 0:
        return math.inf
    return float(scipy.stats.chi2.ppf(1 - outside, 2) / 2 / person_time)


def zero_count_upper(n: int, sides: Sides = 2, level: float = 0.95) -> float:
    """Highest share that still fits with none found among n (exact binomial).

    1 - 0.025^(1/n) two-sided, 1 - 0.05^(1/n) one-sided; near 3.69/n and 3/n
    (Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404).
    """
    outside = _check_level(level, sides)
    if n < 1:
        raise ExplainerError(f"n is {n}; count at least one")
    return -math.expm1(math.log(outside) / n)


def rule_of_three(n: float) -> float:
    """Three over n: the bound for a zero that can be worked out in the head.

    Hanley and Lippman-Hand 1983, doi:10.1001/jama.1983.03330370053031.
    """
    if not n > 0:
        raise ExplainerError(f"n is {n}; give a number above zero")
    return 3 / n
