"""Where in the virus's life each approach takes hold, and what became of the people in it."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import lanes, style
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import source_ids
from explainer.science.evidence import OTHER_DISEASE, TARGETS, evidence
from explainer.wording import is_known, join, number

CAPTION = (
    "Columns follow HIV from outside the cell to its hiding place; a mark shows what an approach "
    "takes hold of. "
    "Circles are for prevention: on the right, people who acquired HIV in each trial, and in the "
    "group compared with. "
    "Squares are for remission: on the right, what the virus did after treatment was stopped; "
    "reported cases are told one by one and give no rate. "
    "A question mark is a number that we did not find printed."
)
# Over the columns: on the page, on a slide.
COLUMNS = {
    "immune_response": ("own defence", "defence"),
    "free_virus": ("free virus", "virus"),
    "door": ("door (CCR5)", "door"),
    "copying": ("copying", "copying"),
    "hiv_genes": ("HIV's genes", "genes"),
    "cells_with_hiv": ("cells\nwith HIV", "cells"),
}
NAMES = {
    "suppressive ART": "treatment of the partner",
    "early ART": "early treatment",
    "lenacapavir, twice-yearly injection": "lenacapavir injection",
    "F/TDF, daily oral": "F/TDF, daily pill",
    "F/TAF, daily oral": "F/TAF, daily pill",
    "mosaic vaccine": "mosaic vaccine",
    "AGT103-T": "AGT103-T, own T cells",
    "RIO: two long-acting bNAbs, ART stopped": "two antibodies (RIO)",
    "allogeneic HSCT, CCR5 Δ32/Δ32 donor": "transplant, two Δ32 copies",
    "allogeneic HSCT, donor with one or no Δ32 copy": "transplant, other donor",
    "CCR5-edited autologous CD4 T cells (SB-728-T)": "own cells, edited (SB-728-T)",
    "CRISPR CCR5-edited donor stem cells": "donor's cells, edited",
    "EBT-101": "gene cutting (EBT-101)",
    "CD4ζ CAR-T": "first CAR-T (CD4ζ)",
    "VRC01-based CAR-T (CD8)": "antibody-armed CAR-T",
    "M10 CAR-T (allogeneic) with chidamide": "M10 CAR-T",
    "convertibleCAR-T": "convertibleCAR-T",
    "duoCAR-T (LVgp120duoCAR)": "duoCAR-T",
}
COMPARED = {"placebo": "placebo", "delayed ART": "later"}  # groups compared with
SAME_PEOPLE = "CD4ζ CAR-T, long-term follow-up"  # as in the first trial, years later
# Beside the approaches with published counts, which the slide's headline counts.
ON_SLIDE = {
    "suppressive ART", "lenacapavir, twice-yearly injection", "duoCAR-T (LVgp120duoCAR)",
}  # fmt: skip
LOOKS = {"prevention": ("o", "new_infections"), "remission": ("s", "remission")}
HEADS = {
    "prevention": "prevention: people\nwho acquired HIV",
    "remission": "remission:\npeople off treatment",
}
GAP = 1.6  # lanes between the two aims
RULE = "#E3E6EB"


def prevention_rows(trials: pd.DataFrame) -> pd.DataFrame:
    """One row for each approach to prevention, its trials together."""
    arms = trials[(trials["aim"] == "prevention") & trials["acts_on"].notna()]
    beside = _compared(trials)
    records = []
    for arm, rows in arms.groupby("arm", sort=False):
        counts = [number(k) if is_known(k) else "?" for k in rows["n_events"]]
        counts = [k + beside.get(t, "") for k, t in zip(counts, rows["trial"], strict=True)]
        told = [f"{k} in {trial}" for k, trial in zip(counts, rows["trial"], strict=True)]
        told = [words.replace(") in", ")\nin") for words in told]
        if style.is_talk():
            told = [join(counts) if "(" in told[0] else f"{join(counts)} infections"]
        records.append(
            {"key": arm, "aim": "prevention", "targets": str(rows["acts_on"].iloc[0]).split(";"),
             "words": ",\n".join(told),
             "least": rows["n_events"].min(), "stage": rows["stage"].iloc[0]}
        )  # fmt: skip
    table = pd.DataFrame(records)
    return table.sort_values("least", kind="stable", na_position="last")


def _compared(trials: pd.DataFrame) -> dict[str, str]:
    """By trial, what the group compared with had: `` (placebo 63)``."""
    arms = trials[(trials["aim"] == "prevention") & trials["acts_on"].isna()]
    arms = arms[arms["n_events"].notna()]
    rows = zip(arms["trial"], arms["arm"], arms["n_events"], strict=True)
    return {trial: f" ({COMPARED.get(arm, arm)} {number(k)})" for trial, arm, k in rows}


def remission_rows(
    approaches: pd.DataFrame, trials: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """One row for each approach to remission, in the order of what it takes hold of."""
    rows = evidence(approaches, trials, sources)
    rows = rows[(rows["aim"] != OTHER_DISEASE) & (rows["approach"] != SAME_PEOPLE)]
    words = [result_words(row) for _, row in rows.iterrows()]
    return rows.assign(key=rows["approach"], words=words)


def result_words(row: pd.Series) -> str:
    """What became of those who stopped treatment, in as few words as are true."""
    judged, without = row["n_judged"], row["n_without_rebound"]
    if is_known(row["n_treated"]) and row["n_treated"] == 0:
        return "not yet in people"
    if not is_known(without):
        told = "reported cases: no rate" if style.is_talk() else "reported cases:\nno rate"
        return told if "case reports" in row["stage"] else "not told"
    judged = judged if is_known(judged) else "?"
    if without == 0:
        told = f"rebound: {judged} of {judged}"
        again = row["n_undetectable_again"]
        if not is_known(again):
            return told
        fell = f" fell in {again}" if style.is_talk() else f" in {again}\nundetectable again"
        return f"{told},{fell}"
    week = row["event"].partition("week ")[2]
    if week and style.is_talk():
        return f"{without} of {judged} by week {week}"
    return f"no rebound: {without} of {judged}" + (f",\nby week {week}" if week else "")


def draw(axes: Axes, rows: pd.DataFrame) -> None:
    """A lane an approach: marks under what it takes hold of, words on the right."""
    second = rows["aim"].eq("remission")
    places = [row + (GAP if later else 0.0) for row, later in enumerate(second)]
    order = list(COLUMNS)
    for y, (_, row) in zip(places, rows.iterrows(), strict=True):
        marker, meaning = LOOKS[row["aim"]]
        at, mark = [order.index(target) for target in row["targets"]], style.colour(meaning).mark
        axes.plot(at, [y] * len(at), marker=marker, color=mark, markersize=style.size(7.5),
                  linewidth=style.size(1.6), zorder=4)  # fmt: skip
        lanes.end_label(axes, y, len(order) - 0.5, row["words"], meaning, gap=4)
    for aim, (_, meaning) in LOOKS.items():
        first = next(y for y, kind in zip(places, rows["aim"], strict=True) if kind == aim)
        head = aim if style.is_talk() else HEADS[aim]
        lanes.end_label(axes, first - 1.15, len(order) - 0.5, head, meaning, gap=4)
    axes.set_xlim(-0.5, len(order) - 0.5)
    axes.set_ylim(places[-1] + 0.6, -1.9)
    axes.hlines(places, -0.5, len(order) - 0.5, color=RULE, linewidth=style.size(0.7))
    _head_columns(axes)
    lanes.name_lanes(axes, places, [NAMES.get(key, key) for key in rows["key"]])


def _head_columns(axes: Axes) -> None:
    """Words over the columns, every other one higher: they would collide in one line."""
    axes.set_xticks(range(len(COLUMNS)), [])
    axes.tick_params(axis="x", length=0)
    axes.spines["bottom"].set_visible(False)
    for x, words in enumerate(COLUMNS.values()):
        axes.text(
            x, -0.75 - 0.75 * (x % 2), words[style.is_talk()], ha="center", va="bottom",
            fontsize=style.size(9), color=style.colour("neutral").ink,
        )  # fmt: skip


def table_of(rows: pd.DataFrame) -> pd.DataFrame:
    """What is drawn, one row an approach."""
    return pd.DataFrame(
        {
            "Approach": rows["key"],
            "Aim": rows["aim"],
            "Takes hold of": [join([TARGETS[one] for one in targets]) for targets in
                              rows["targets"]],
            "Stage": rows["stage"],
            "People treated": rows["n_treated"].astype("Int64"),
            "People who stopped treatment": rows["n_stopped_art"].astype("Int64"),
            "Without rebound": rows["n_without_rebound"].astype("Int64"),
            "Rebound, then undetectable again": rows["n_undetectable_again"].astype("Int64"),
            "Result": rows["words"].str.replace("\n", " "),
        }
    )  # fmt: skip


def words_of(rows: pd.DataFrame) -> dict[str, str]:
    """Finding and alt text: in how many approaches the virus came back in everyone."""
    judged = rows[rows["n_judged"].notna()]
    failed = judged[judged["n_without_rebound"] == 0]
    back, people = len(failed), int(failed["n_judged"].sum())
    again = int(failed["n_undetectable_again"].sum())
    fell = f"; in {again} of them it fell again" if again else ""
    who = f"all {people} people" if people > 1 else "the one person"
    copying = int((rows["targets"].str[0] == "copying").sum())
    return {
        "finding": (
            f"In {back} of {len(judged)} approaches to remission with published counts, the virus "
            f"came back in {who} who could be judged off treatment{fell}"
        ),
        "alt": (
            f"Matrix of {len(rows)} approaches by what they take hold of. {copying} for prevention "
            f"stop HIV copying itself; of {len(judged)} approaches to remission with counts, "
            f"{back} saw rebound in all of {people} people off treatment{fell}."
        ),
    }


@picture
def approaches(approaches: pd.DataFrame, trials: pd.DataFrame, sources: pd.DataFrame) -> Chart:
    """What each approach takes hold of in the virus's life, and what happened in people.

    Parameters
    ----------
    approaches, trials, sources : DataFrame
        ``load_curative_approaches()``, ``load_trials()``, ``load_sources()``.
    """
    parts = [prevention_rows(trials), remission_rows(approaches, trials, sources)]
    rows = pd.concat(parts, ignore_index=True)
    for_room = rows["n_judged"].notna() | rows["key"].isin(ON_SLIDE)
    shown = rows[for_room] if style.is_talk() else rows
    figure, axes = style.canvas(height=0.34 * len(rows) + 2.3)
    draw(axes[0, 0], shown)
    used = trials[trials["acts_on"].notna()]
    return compose(
        figure,
        **words_of(rows),
        caption=CAPTION,
        sources=[*source_ids(used), *source_ids(parts[1])],
        short_source="trials and reports, listed with the picture",
        table=table_of(rows),
    )
