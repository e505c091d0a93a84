"""Lanes of the remission timeline, and known interruptions by the donor's genotype."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from explainer.errors import ExplainerError
from explainer.science.checks import need_columns
from explainer.science.intervals import Estimate, clopper_pearson
from explainer.science.person_time import (
    LAST_REPORT,
    PEER_REVIEWED,
    decimal_year,
    months_between,
)
from explainer.wording import Told

_LANE = ["case_id", "short_name", "is_later_case", "donor_ccr5", "donor_ccr5_is_stated", "verified"]
_DATES = ("transplant", "art_stop", "first_announced", "last_report")


def _months_from_stop(cases: pd.DataFrame, dates: str) -> list[float]:
    pairs = zip(cases["art_stop_date"], cases[dates], strict=True)
    return [months_between(*pair) for pair in pairs]


def remission_lanes(cases: pd.DataFrame) -> pd.DataFrame:
    """One lane a person, longest first, in months since ART stop and in calendar years.

    The end of a lane is the last report, not the end of remission: ``is_censored`` stays true for
    everyone, the person who died in remission included, because no rebound was seen.

    Returns
    -------
    DataFrame
        ``case_id, short_name, is_later_case, donor_ccr5, donor_ccr5_is_stated, verified``; in
        months since ART stop ``transplant_months`` (negative; NaN where unpublished),
        ``announced_months, peer_reviewed_months`` (NaN where no peer-reviewed report that we read
        states them), ``last_report_months``; as decimal years ``transplant_year, art_stop_year,
        announced_year, peer_reviewed_year, last_report_year``; ``is_lower_bound`` ("more than six
        years"), ``has_died, is_censored``.
    """
    need_columns(cases, [*_LANE, *(f"{d}_date" for d in _DATES), LAST_REPORT], "remission cases")
    lanes = cases[_LANE].copy()
    lanes["transplant_months"] = _months_from_stop(cases, "transplant_date")
    lanes["announced_months"] = _months_from_stop(cases, "first_announced_date")
    lanes["peer_reviewed_months"] = cases[PEER_REVIEWED].astype(float)
    lanes["last_report_months"] = cases[LAST_REPORT].astype(float)
    for date in _DATES:
        column = "announced_year" if date == "first_announced" else f"{date}_year"
        lanes[column] = [decimal_year(value) for value in cases[f"{date}_date"]]
    lanes["peer_reviewed_year"] = lanes["art_stop_year"] + lanes["peer_reviewed_months"] / 12
    lanes["is_lower_bound"] = cases["time_off_art_basis"] == "lower_bound"
    lanes["has_died"] = cases["outcome"] == "died_in_remission"
    lanes["is_censored"] = True
    return lanes.sort_values(
        ["last_report_months", "case_id"], ascending=[False, True], ignore_index=True
    )


def event_months(cases: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Events of the given cases in months since ART stop (before it: negative) and calendar years.

    Returns
    -------
    DataFrame
        The rows of ``events`` with ``short_name, months_since_art_stop, decimal_year`` added;
        events of people who are not in ``cases`` are left out.
    """
    need_columns(events, ["case_id", "date"], "remission events")
    of_case = cases.set_index("case_id")[["short_name", "art_stop_date"]]
    rows = events.merge(of_case, left_on="case_id", right_index=True, how="inner")
    pairs = zip(rows["art_stop_date"], rows["date"], strict=True)
    rows["months_since_art_stop"] = [months_between(*pair) for pair in pairs]
    rows["decimal_year"] = [decimal_year(date) for date in rows["date"]]
    return rows.drop(columns="art_stop_date").reset_index(drop=True)


@dataclass(frozen=True, slots=True)
class LaterCase(Told):
    """Somebody reported after those counted: what is known of them, in months and weeks."""

    short_name: str
    last_report_date: str
    time_off_art_months: float
    is_lower_bound: bool
    has_transplant_date: bool
    has_two_copies: bool
    is_from_brother: bool
    earlier_rebound_weeks: float | None


def later_cases(cases: pd.DataFrame, comparisons: pd.DataFrame) -> tuple[LaterCase, ...]:
    """People reported after those counted, first announced first.

    ``earlier_rebound_weeks`` is the time to the rebound of an interruption before the one that
    lasts, None where there was none.

    Parameters
    ----------
    cases : DataFrame
        ``load_remission_cases(include_later=True)``.
    comparisons : DataFrame
        ``load_remission_comparisons()``.
    """
    need_columns(cases, ["case_id", "is_later_case", "transplant_type"], "remission cases")
    need_columns(comparisons, ["comparison_id", "time_to_rebound_weeks"], "comparisons")
    rows = cases[cases["is_later_case"]].sort_values(["first_announced_date", "case_id"])
    return tuple(
        LaterCase(
            str(row["short_name"]),
            str(row["last_report_date"]),
            float(row["time_off_art_months"]),
            row["time_off_art_basis"] == "lower_bound",
            isinstance(row["transplant_date"], str),
            bool(row["donor_ccr5_is_stated"]) and row["donor_ccr5"] == "homozygous",
            "brother" in str(row["transplant_type"]),
            _earlier_rebound(str(row["case_id"]), comparisons),
        )
        for _, row in rows.iterrows()
    )


def _earlier_rebound(case_id: str, comparisons: pd.DataFrame) -> float | None:
    """Weeks to the rebound of an earlier stop, None without one."""
    weeks = _earlier_stops(case_id, comparisons)["time_to_rebound_weeks"].dropna()
    return float(weeks.iloc[0]) if len(weeks) else None


def _earlier_stops(case_id: str, comparisons: pd.DataFrame) -> pd.DataFrame:
    """Comparisons named after a case ("chicago_first_ati"): that person's earlier interruptions."""
    return comparisons[comparisons["comparison_id"].astype(str).str.startswith(f"{case_id}_")]


@dataclass(frozen=True, slots=True)
class FisherByDonor(Told):
    """People still in remission out of those known to have stopped ART, by the donor's genotype.

    ``p`` is Fisher's exact two-sided test; ranges are Clopper-Pearson.  Reported cases, not a
    sample.
    """

    homozygous: Estimate
    homozygous_k: int
    homozygous_n: int
    wild_type: Estimate
    wild_type_k: int
    wild_type_n: int
    p: float
    included: tuple[str, ...]
    left_out: tuple[str, ...]


def _interruptions(cases: pd.DataFrame, comparisons: pd.DataFrame) -> pd.DataFrame:
    """One row a person: id, donor's genotype (blank if it cannot be used), whether in remission."""
    is_rebound = comparisons["group"] == "rebound_after_transplant"
    failed = comparisons[is_rebound & (comparisons["n"] == 1)]
    earlier = {case_id: _earlier_stops(case_id, failed) for case_id in cases["case_id"]}
    twice = [case_id for case_id, rows in earlier.items() if len(rows)]
    failed = failed.drop(index=[row for case_id in twice for row in earlier[case_id].index])
    usable = cases["donor_ccr5_is_stated"].astype(bool) & ~cases["case_id"].isin(twice)
    stayed = cases[["case_id"]].assign(donor=cases["donor_ccr5"].where(usable), in_remission=True)
    returned = failed[["comparison_id"]].assign(donor=failed["donor_ccr5"], in_remission=False)
    columns = ["id", "donor", "in_remission"]
    people = [frame.set_axis(columns, axis=1) for frame in (stayed, returned)]
    return pd.concat(people, ignore_index=True).astype({"in_remission": bool})


def fisher_by_donor(
    cases: pd.DataFrame, comparisons: pd.DataFrame, *, edited_as_wild_type: bool = False
) -> FisherByDonor:
    """Known interruptions after a transplant: remission by two copies of delta32 against none.

    Left out: a genotype that is not stated, one copy, edited cells (unless counted as wild type),
    and a person with two interruptions.

    Parameters
    ----------
    cases : DataFrame
        ``load_remission_cases(include_later=True)``.
    comparisons : DataFrame
        ``load_remission_comparisons()``.
    """
    need_columns(cases, ["case_id", "donor_ccr5", "donor_ccr5_is_stated"], "remission cases")
    need_columns(comparisons, ["comparison_id", "group", "donor_ccr5", "n"], "comparisons")
    people = _interruptions(cases, comparisons)
    if edited_as_wild_type:
        people["donor"] = people["donor"].replace("edited", "wild_type")
    counts = {}
    for donor in ("homozygous", "wild_type"):
        group = people.loc[people["donor"] == donor, "in_remission"]
        counts[donor] = (int(group.sum()), len(group))
        if group.empty:
            raise ExplainerError(
                f"comparison by donor: no interruption with a {donor} donor in these frames; pass "
                f"load_remission_cases(include_later=True) and load_remission_comparisons()"
            )
    (two, n_two), (none, n_none) = counts["homozygous"], counts["wild_type"]
    p = float(
        scipy.stats.fisher_exact(np.array([[two, n_two - two], [none, n_none - none]])).pvalue
    )
    used = people["donor"].isin(list(counts))
    return FisherByDonor(
        clopper_pearson(two, n_two), two, n_two, clopper_pearson(none, n_none), none, n_none,
        p,
        tuple(people.loc[used, "id"]), tuple(people.loc[~used, "id"]),
    )  # fmt: skip
