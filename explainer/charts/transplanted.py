"""Of everyone who was given a transplant: who died, who was followed, who stopped treatment."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import lanes, style
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import source_ids
from explainer.science.transplanted import AMERICAN, EARLIER, LATER
from explainer.science.transplanted import transplanted as steps_of
from explainer.wording import between, counted, number, percent, spelled

CAPTION = (
    "One dot is one person: full for those whom the row names, hollow for the others it counts "
    "them among. "
    "The line under a row is the exact 95% interval of its share, laid along its dots. "
    "Both IciStem reports are of one programme, so they must not be added up; who of the "
    "others stopped treatment is not in what we read."
)
NAMES = {
    "transplanted": "given a transplant",
    "died": "had died",
    "two_copies": "donor with two Δ32 copies",
    "followed": "of these, still followed",
    "stopped": "of these, off treatment",
    "alive_and_followed": "alive and followed",
    "died_early": "died of it by day 100",
    "alive_at_one_year": "alive at one year",
}
HEADS = {
    EARLIER: "IciStem, Europe, report of {year}",
    LATER: "IciStem, Europe, report of {year}",
    AMERICAN: "BMT CTN 0903, United States, {year}",
}
MEANINGS = {"stopped": "remission", "two_copies": "delta32", "followed": "delta32"}
HEAD_ROOM = 1.0  # rows that a cohort's name takes


def shown(steps: pd.DataFrame) -> pd.DataFrame:
    """Rows in drawing order with their heights; a slide has room for the first cohort alone."""
    rows = steps[steps["cohort"] == EARLIER] if style.is_talk() else steps
    rows = rows.reset_index(drop=True)
    order = {cohort: place for place, cohort in enumerate(dict.fromkeys(rows["cohort"]))}
    rows["y"] = rows.index + HEAD_ROOM * rows["cohort"].map(order)
    return rows


def meaning_of(row: pd.Series) -> str:
    """Deaths in the darkest ink; the other colours as everywhere."""
    return "strong" if row["is_death"] else MEANINGS.get(row["step"], "neutral")


def row_words(row: pd.Series) -> str:
    """People, share and interval, as far as the row has them."""
    if row["step"] == "transplanted":
        return counted(row["n"], "person")
    of = f"{number(row['k'])} of {number(row['n'])}"
    if style.is_talk():
        return of
    return f"{of}: {percent(row['share'])} ({between(row['low'], row['high'], 'share', digits=0)})"


def draw_row(axes: Axes, row: pd.Series) -> None:
    """A dot a person, and the interval as a line below."""
    mark, y = style.colour(meaning_of(row)).mark, row["y"]
    marker = lanes.DEATH_MARK if row["is_death"] else "o"
    for start, end, face in ((0, row["k"], mark), (row["k"], row["n"], "white")):
        axes.plot(
            np.arange(start, end) + 0.5, np.full(end - start, y), marker, linestyle="none",
            color=mark if face == mark else style.colour("faint").mark, markerfacecolor=face,
            markersize=style.size(4.6), markeredgewidth=style.size(0.7),
        )  # fmt: skip
    if row["share"] == row["share"]:
        axes.hlines(
            y + 0.36, row["low"] * row["n"], row["high"] * row["n"],
            color=style.colour(meaning_of(row)).ink, linewidth=style.size(1.4),
        )  # fmt: skip
    lanes.end_label(axes, y, row["n"], row_words(row), meaning_of(row), gap=6)


def lay_out(axes: Axes, rows: pd.DataFrame) -> None:
    """Every row with its name, each cohort under its own."""
    for _, row in rows.iterrows():
        draw_row(axes, row)
    for cohort, part in rows.groupby("cohort", sort=False):
        head = HEADS[str(cohort)].format(year=part["year"].iloc[0])
        axes.text(0, part["y"].min() - 0.55, head, va="bottom", fontweight="bold",
                  color=style.colour("strong").ink, fontsize=style.size(9.5))  # fmt: skip
    lanes.name_lanes(axes, list(rows["y"]), [NAMES[step] for step in rows["step"]])
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])
    axes.set_ylim(rows["y"].max() + 0.6, rows["y"].min() - 1.3)
    axes.set_xlim(-0.3, rows["n"].max() * (1.22 if style.is_talk() else 1.02))


def table_of(steps: pd.DataFrame) -> pd.DataFrame:
    """The numbers drawn, one row a step."""
    return pd.DataFrame(
        {
            "Cohort": steps["cohort"],
            "Step": steps["step"].map(NAMES),
            "People": steps["k"],
            "Out of": steps["n"],
            "Share (%)": (100 * steps["share"]).round(1),
            "Exact 95% interval, low (%)": (100 * steps["low"]).round(1),
            "Exact 95% interval, high (%)": (100 * steps["high"]).round(1),
        }
    )


def words_of(steps: pd.DataFrame) -> dict[str, str]:
    """Finding and alt text, the deaths first."""
    by_step = steps[steps["cohort"] == EARLIER].set_index("step")
    died, two, stopped = (by_step.loc[step] for step in ("died", "two_copies", "stopped"))
    later = steps[steps["step"] == "alive_and_followed"].iloc[0]
    span = between(died["low"], died["high"], "share", digits=0)
    return {
        "finding": (
            f"Of {number(died['n'])} people given a transplant in one programme, "
            f"{number(died['k'])} had died by {died['year']}; {spelled(stopped['k'])} with a "
            f"two-copy donor were known to be off treatment without rebound"
        ),
        "alt": (
            f"Rows of dots, one a person. IciStem: of {number(died['n'])} people given a "
            f"transplant {number(died['k'])} had died ({percent(died['share'])}, {span}), "
            f"{number(two['k'])} had a two-copy donor, {number(stopped['k'])} of them were off "
            f"treatment. Later report: {number(later['k'])} of {number(later['n'])} alive."
        ),
    }


@picture
def transplanted(cohorts: pd.DataFrame, facts: pd.DataFrame) -> Chart:
    """Everyone in a cohort who was given a transplant, deaths first, with exact intervals.

    Parameters
    ----------
    cohorts, facts : DataFrame
        ``load_cohorts()`` and ``load_facts()``.
    """
    steps = steps_of(cohorts, facts)
    rows = shown(steps)
    figure, axes = style.canvas(height=0.3 * (len(rows) + rows["cohort"].nunique()) + 1.3)
    lay_out(axes[0, 0], rows)
    return compose(
        figure,
        **words_of(steps),
        caption=CAPTION,
        sources=source_ids(steps),
        short_source="IciStem 2019 and Salgado 2024; BMT CTN 0903; exact intervals computed",
        table=table_of(steps),
    )
