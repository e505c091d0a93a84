"""What a claim is held against, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from explainer.science.checks import unknown
from explainer.science.intervals import Estimate
from explainer.wording import Told

CASE = "marseille"  # the person the HIV text is about


class Verdict(StrEnum):
    """What a claim in a text is worth; a verdict on words, never on a person."""

    SUPPORTED = "supported"
    IMPRECISE = "imprecise"
    UNVERIFIABLE = "unverifiable"
    OMISSION = "omission"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Evidence(Told):
    """The tables that claims are held against, each as its loader gives it.

    Attributes
    ----------
    cases : pandas.DataFrame
        ``load_remission_cases(include_later=True)``.
    events, comparisons, cohorts, frequencies, facts, targets : pandas.DataFrame
        Tables of the loaders of those names.
    estimates : pandas.DataFrame
        ``load_estimates("all")``: a claim is judged by the release in force when it was made.
    """

    cases: pd.DataFrame
    events: pd.DataFrame
    comparisons: pd.DataFrame
    cohorts: pd.DataFrame
    frequencies: pd.DataFrame
    facts: pd.DataFrame
    estimates: pd.DataFrame
    targets: pd.DataFrame

    @property
    def case(self) -> pd.Series:
        """The row of the person the HIV text is about."""
        rows = self.cases[self.cases["case_id"] == CASE]
        if rows.empty:
            unknown("case", CASE, self.cases["case_id"], "remission cases")
        return rows.iloc[0]

    @property
    def case_events(self) -> pd.DataFrame:
        """What happened to that person, by date."""
        return self.events[self.events["case_id"] == CASE].sort_values("date")

    @property
    def announced(self) -> str:
        """The day of the news, as an ISO date."""
        return str(self.case["last_report_date"])

    @property
    def earlier(self) -> pd.DataFrame:
        """The people in remission who were named before."""
        is_known = self.cases["first_announced_date"] < self.announced
        return self.cases[is_known & (self.cases["case_id"] != CASE)]

    @property
    def failures(self) -> pd.DataFrame:
        """Stops of treatment after a transplant with two copies of Δ32 that ended in a rebound."""
        is_rebound = self.comparisons["group"] == "rebound_after_transplant"
        return self.comparisons[is_rebound & (self.comparisons["donor_ccr5"] == "homozygous")]


@dataclass(frozen=True, slots=True)
class Finding(Told):
    """What the tables make of a claim: the verdict, what they say, and which rows said it."""

    verdict: Verdict
    says: str
    rows: str


Check = Callable[[pd.Series, Evidence], Finding]


def by_truth(is_true: bool) -> Verdict:
    """Supported or contradicted: for claims that leave no room between the two."""
    return Verdict.SUPPORTED if is_true else Verdict.CONTRADICTED


def by_distance(stated: float, found: Estimate) -> Verdict:
    """Supported if the number is the published one, imprecise if only within its range.

    A number outside the range, or another number where no range is published, is contradicted.
    """
    if abs(stated - found.value) <= 1e-9 * abs(found.value):
        return Verdict.SUPPORTED
    return Verdict.IMPRECISE if found.includes(stated) else Verdict.CONTRADICTED


def cut_to(date: object, precision_of: object) -> str:
    """A date cut to the precision of another, so that both can be compared."""
    return str(date)[: len(str(precision_of))]
