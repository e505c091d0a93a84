"""The evidence for each approach: what it acts on, who was treated, who stopped, what happened."""

from __future__ import annotations

import pandas as pd

from explainer.science.checks import need_columns
from explainer.science.trials import (
    APPROACH_COLUMNS,
    ARM_COLUMNS,
    OTHER_DISEASE,
    REBOUND,
    UNDETECTABLE_AGAIN,
)

# In the order of the virus's life, from the outside in.
TARGETS = {
    "immune_response": "the body's own defence",
    "free_virus": "virus outside cells",
    "door": "the door into cells (CCR5)",
    "copying": "HIV copying itself",
    "hiv_genes": "HIV's genes in a cell's DNA",
    "cells_with_hiv": "cells that carry HIV",
    "not_hiv": "not HIV: another disease",
}
_COUNTS = ["n_treated", "n_stopped_art", "n_judged", "n_without_rebound", "n_undetectable_again"]


def evidence(approaches: pd.DataFrame, trials: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """What has been tried for remission: one row an approach, joined with its trial's counts.

    A number that nobody printed stays unknown: it is never taken for zero.

    Parameters
    ----------
    approaches, trials, sources : DataFrame
        ``load_curative_approaches()``, ``load_trials()``, ``load_sources()``.

    Returns
    -------
    DataFrame
        ``approach, trial, aim, targets`` (list, first the outermost), ``acts_on`` (words),
        ``stage, n_treated, n_stopped_art, n_judged`` (who could be judged off ART),
        ``n_without_rebound, n_undetectable_again`` (whose virus came back and fell again; Int64,
        NA where not printed), ``event, outcome, year, source`` (short citation), ``source_id``; in
        the order of the virus's life, other diseases last.
    """
    need_columns(approaches, APPROACH_COLUMNS, "approaches")
    need_columns(trials, [*ARM_COLUMNS, "stage", "year"], "trials")
    arms = trials[(trials["aim"] == "remission") & trials["acts_on"].notna()].set_index("trial")
    records = [_of_approach(row, arms) for _, row in approaches.iterrows()]
    told = set(approaches["trial"].dropna())
    records += [_of_arm(str(trial), arm) for trial, arm in arms.iterrows() if trial not in told]
    table = pd.DataFrame(records)
    names = _short_names(sources)
    table["source"] = ["; ".join(_unique(names[i] for i in ids)) for ids in table["source_id"]]
    table["source_id"] = [ids[0] for ids in table["source_id"]]
    order = list(TARGETS)
    table["place"] = [order.index(targets[0]) for targets in table["targets"]]
    table["first_year"] = table["year"].str[:4]
    table = table.sort_values(["place", "first_year", "approach"], kind="stable")
    return (
        table.drop(columns=["place", "first_year"])
        .reset_index(drop=True)
        .astype(dict.fromkeys(_COUNTS, "Int64"))
    )


def _of_approach(row: pd.Series, arms: pd.DataFrame) -> dict[str, object]:
    """A row of the approaches, with the counts of its trial where it has one."""
    arm = arms.loc[row["trial"]] if pd.notna(row["trial"]) else None
    ids = [row["source_id"]] if arm is None else [row["source_id"], arm["source_id"]]
    judged, without = (_count(row[name]) for name in ("n_stopped_art", "n_without_rebound"))
    again = None
    event = "" if arm is None else str(arm["event"])
    if arm is not None:
        judged, without, again = _judged(arm)
    elif without is None:
        judged = None  # who stopped is known, what became of them is not
    return {
        "approach": row["approach"], "trial": row["trial"] if arm is not None else "",
        "aim": row["aim"], **_targets(row), "stage": row["stage_trial_id"],
        "n_treated": _count(row["n_treated"]) if row["n_counts"] == "treated" else None,
        "n_stopped_art": _count(row["n_stopped_art"]), "n_judged": judged,
        "n_without_rebound": without, "n_undetectable_again": again, "event": event,
        "outcome": row["outcome"], "year": str(row["year"]), "source_id": ids,
    }  # fmt: skip


def _of_arm(trial: str, arm: pd.Series) -> dict[str, object]:
    """An arm that no row of the approaches tells of."""
    judged, without, again = _judged(arm)
    return {
        "approach": f"{trial}: {arm['arm']}", "trial": trial, "aim": arm["aim"], **_targets(arm),
        "stage": arm["stage"], "n_treated": _count(arm["n"]), "n_stopped_art": judged,
        "n_judged": judged, "n_without_rebound": without, "n_undetectable_again": again,
        "event": arm["event"], "outcome": "", "year": str(arm["year"]),
        "source_id": [arm["source_id"]],
    }  # fmt: skip


def _judged(arm: pd.Series) -> tuple[int | None, int | None, int | None]:
    """Who could be judged off ART, who of them had no rebound, whose virus fell again."""
    judged, events = _count(arm["n_evaluable"]), _count(arm["n_events"])
    if arm["event"] == UNDETECTABLE_AGAIN:
        return judged, None if judged is None else 0, events  # "again": it came back in all
    if arm["event"] == REBOUND and judged is not None and events is not None:
        return judged, judged - events, None
    return judged, events, None


def _targets(row: pd.Series) -> dict[str, object]:
    targets = str(row["acts_on"]).split(";")
    return {"targets": targets, "acts_on": " and ".join(TARGETS[target] for target in targets)}


def _count(cell: object) -> int | None:
    return None if pd.isna(cell) else int(cell)  # type: ignore[call-overload]


def _short_names(sources: pd.DataFrame) -> dict[str, str]:
    """``Tebas et al. 2014`` for every source; who published it where no author is known."""
    who = sources["authors"].fillna(sources["published"]).fillna(sources["title"])
    who = who.str.strip("()")
    years = sources["year"].fillna("").str[:4]
    return dict(zip(sources["source_id"], (who + " " + years).str.strip(), strict=True))


def _unique(names: object) -> list[str]:
    return list(dict.fromkeys(names))  # type: ignore[call-overload]


__all__ = ["OTHER_DISEASE", "TARGETS", "evidence"]
