"""Everyone in a cohort who was given a transplant: who died, who stopped treatment, who is left."""

from __future__ import annotations

import math

import pandas as pd

from explainer.errors import ExplainerError
from explainer.science.checks import need_columns
from explainer.science.facts import fact
from explainer.science.intervals import clopper_pearson

EARLIER, LATER, AMERICAN = "IciStem 2019", "IciStem 2024", "BMT CTN 0903"
_FACTS = {
    "two_copies": "icistem_2019_homozygous_donor",
    "followed": "icistem_2019_homozygous_followed",
    "stopped": "icistem_2019_homozygous_stopped_art",
    "early_deaths": "bmt_ctn_0903_non_relapse_deaths_day_100",
}


def transplanted(cohorts: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Who is left of each cohort at each step, with the exact interval of every share.

    The two IciStem reports are of one programme, so their people must not be added up.

    Parameters
    ----------
    cohorts : DataFrame
        ``load_cohorts()``.
    facts : DataFrame
        ``load_facts()``.

    Returns
    -------
    DataFrame
        ``cohort, year, step, k, n, share, low, high, is_death, source_id``: ``k`` people of the
        ``n`` of an earlier step; a cohort's first row, step "transplanted", is everyone (no share).
    """
    need_columns(cohorts, ["cohort", "n", "n_events", "event_share", "year"], "cohorts")
    count = {name: round(fact(facts, fact_id).value) for name, fact_id in _FACTS.items()}
    by_name = cohorts.set_index("cohort")
    for name in (EARLIER, LATER, AMERICAN):
        if name not in by_name.index or by_name.loc[name, "verified"] == "no":
            raise ExplainerError(f"cohorts: no verified row {name}; pass the frame of load_cohorts")
    n = {name: int(by_name["n"][name]) for name in (EARLIER, LATER, AMERICAN)}
    died, alive = int(by_name["n_events"][EARLIER]), int(by_name["n_events"][LATER])
    # The American paper prints a share alone; people are whole.
    year_one = round(float(by_name["event_share"][AMERICAN]) * n[AMERICAN])
    steps = [
        (EARLIER, "transplanted", n[EARLIER], n[EARLIER]),
        (EARLIER, "died", died, n[EARLIER]),
        (EARLIER, "two_copies", count["two_copies"], n[EARLIER]),
        (EARLIER, "followed", count["followed"], count["two_copies"]),
        (EARLIER, "stopped", count["stopped"], count["followed"]),
        (LATER, "transplanted", n[LATER], n[LATER]),
        (LATER, "alive_and_followed", alive, n[LATER]),
        (AMERICAN, "transplanted", n[AMERICAN], n[AMERICAN]),
        (AMERICAN, "died_early", count["early_deaths"], n[AMERICAN]),
        (AMERICAN, "alive_at_one_year", year_one, n[AMERICAN]),
    ]
    table = pd.DataFrame(steps, columns=["cohort", "step", "k", "n"])
    return _with_shares(table, by_name)


def _with_shares(table: pd.DataFrame, by_name: pd.DataFrame) -> pd.DataFrame:
    """Add shares with their exact intervals, years and sources."""
    is_base = table["step"] == "transplanted"
    pairs = zip(table["k"], table["n"], is_base, strict=True)
    found = [None if base else clopper_pearson(k, n) for k, n, base in pairs]
    for column, end in (("share", "value"), ("low", "low"), ("high", "high")):
        table[column] = [math.nan if one is None else getattr(one, end) for one in found]
    table["is_death"] = table["step"].isin(["died", "died_early"])
    table["year"] = table["cohort"].map(by_name["year"]).astype(int)
    table["source_id"] = table["cohort"].map(by_name["source_id"])
    order = ["cohort", "year", "step", "k", "n", "share", "low", "high", "is_death", "source_id"]
    return table[order]
