"""A teaching model of transmission: its parameters, what is done against HIV, its threshold."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

import pandas as pd

from explainer.errors import ExplainerError
from explainer.science.checks import need_columns, unknown
from explainer.wording import Told

START = 1980  # the seed enters on 1 January of this year; the fit moves the seed to suit
STAGES = 4
# Where a search for beta, alpha and seed begins; the fit does not depend on it.
GUESS = {"beta": 0.5, "alpha": 5.0, "seed": 1e-5}
SYMBOLS = {"4/rho": "survival_years", "epsilon": "epsilon", "delta": "delta", "mu": "mu", "b": "b"}


@dataclass(frozen=True, slots=True)
class Parameters(Told):
    """The model's numbers, named as in its equations; rates are per year.

    Attributes
    ----------
    beta : float
        New infections a year from one untreated person while hardly anyone has HIV.
    alpha : float
        How fast transmission falls as prevalence rises, by ``exp(-alpha * prevalence)``: people
        at highest risk are infected first.
    seed : float
        Share of people with HIV at the start.
    survival_years : float
        Mean survival without treatment, 4 / rho.
    epsilon : float
        Share by which ART lowers infectiousness.
    delta, mu, b : float
        Extra deaths on ART; leaving ages 15-49; entering them at 15.
    n_stages : int
        Stages without treatment; one makes survival exponential.
    """

    beta: float
    alpha: float
    seed: float
    survival_years: float
    epsilon: float
    delta: float
    mu: float
    b: float
    n_stages: int = STAGES

    def __post_init__(self) -> None:
        """Refuse what no population could have."""
        for name in (field.name for field in fields(self)):
            if not 0 <= getattr(self, name) < math.inf:
                raise ExplainerError(f"{name} is {getattr(self, name)}; give a number from 0 up")
        for name in ("beta", "seed", "survival_years", "mu", "n_stages"):
            if getattr(self, name) == 0:
                raise ExplainerError(f"{name} is 0; the model needs a number above 0")
        for name in ("seed", "epsilon"):
            if getattr(self, name) > 1:
                raise ExplainerError(f"{name} is {getattr(self, name)}; a share is at most 1")

    @property
    def rho(self) -> float:
        """Rate of passing from one stage to the next."""
        return self.n_stages / self.survival_years

    @property
    def infectious_years(self) -> float:
        """Mean years with HIV at ages 15-49 without treatment: until death or age 50."""
        stays = self.rho / (self.rho + self.mu)
        return float((1 - stays**self.n_stages) / self.mu)

    @property
    def r0(self) -> float:
        """People infected by one untreated person while hardly anyone has HIV."""
        return self.beta * self.infectious_years

    @property
    def treated_years(self) -> float:
        """Mean years on ART at ages 15-49: until death or age 50."""
        return 1 / (self.mu + self.delta)

    def r_at(self, art_share: float) -> float:
        """People infected by one person while hardly anyone has HIV, this share of whom are on ART.

        HIV dies out where it is below 1.  Nobody on ART is R0.  Everybody on ART is what treatment
        leaves of ``beta``, over the longer life with it.
        """
        if not 0 <= art_share <= 1:
            raise ExplainerError(f"ART coverage is {art_share}; give a share from 0 to 1")
        if art_share == 1:
            return self.beta * (1 - self.epsilon) * self.treated_years
        # As fast as treatment must start for this share of all years with HIV to be on ART.
        treated_per_untreated = art_share / (1 - art_share)
        starting = treated_per_untreated / self.treated_years
        stays = self.rho / (self.rho + self.mu + starting)
        untreated_years = (1 - stays**self.n_stages) / (self.mu + starting)
        left = 1 + (1 - self.epsilon) * treated_per_untreated
        return float(self.beta * untreated_years * left)

    def speed_left(self, prevalence: float) -> float:
        """Share of the first speed of transmission that is left at a prevalence."""
        return math.exp(-self.alpha * prevalence)


@dataclass(frozen=True, slots=True)
class Programme(Told):
    """What is done, at given times: ART coverage, and infections that PrEP prevents.

    Between times the shares run in straight lines, before and after them they stay.  The end of
    2010 is the time 2011.0.
    """

    times: tuple[float, ...] = (float(START),)
    art_share: tuple[float, ...] = (0.0,)
    prep_protection: tuple[float, ...] = (0.0,)

    def __post_init__(self) -> None:
        """Refuse shares that are none, and times out of order."""
        if not len(self.times) == len(self.art_share) == len(self.prep_protection) > 0:
            raise ExplainerError("a programme has one ART share and one PrEP share for each time")
        if any(after <= before for before, after in pairwise(self.times)):
            raise ExplainerError("the times of a programme must rise; sort them")
        for share in (*self.art_share, *self.prep_protection):
            if not 0 <= share <= 1:
                raise ExplainerError(f"{share} is no share; coverage runs from 0 to 1")

    def held_at(self, art_share: float, *, by: float) -> Programme:
        """The same until its last time, then ART coverage moves to a share and stays there."""
        return Programme(
            (*self.times, by),
            (*self.art_share, art_share),
            (*self.prep_protection, self.prep_protection[-1]),
        )


NO_PROGRAMME = Programme()


def fixed_parameters(table: pd.DataFrame) -> Parameters:
    """The parameters that are given, not fitted; beta, alpha and seed are a first guess.

    Parameters
    ----------
    table : DataFrame
        ``load_model_parameters()``.
    """
    need_columns(table, ["symbol", "value"], "model parameters")
    values = dict(zip(table["symbol"], table["value"], strict=True))
    for symbol in SYMBOLS:
        if symbol not in values:
            unknown("symbol", symbol, table["symbol"], "model parameters")
    given: dict[str, Any] = {name: float(values[symbol]) for symbol, name in SYMBOLS.items()}
    return Parameters(**(given | GUESS))


def critical_suppression(r0: float, epsilon: float = 1.0) -> float:
    """Share of infectious time that treatment must cover for HIV to die out: (1 - 1/R0) / epsilon.

    Holds for people who all run the same risk, and who live with HIV for as long on treatment as
    without: those who live longer need more, see ``Parameters.r_at``.  Above 1 it cannot be
    reached; at R0 of 1 or less it is 0.
    """
    if not (r0 > 0 and 0 < epsilon <= 1):
        raise ExplainerError(
            f"R0 is {r0} and epsilon {epsilon}; give R0 above 0 and a share above 0"
        )
    return max(0.0, 1 - 1 / r0) / epsilon
