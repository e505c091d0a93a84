"""A strip under a curve: when each remission was last reported, and when rebounds came."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import lanes, style
from explainer.charts.remission_comparison import REBOUND_MARK, rebound_rows
from explainer.science.remission import remission_lanes
from explainer.wording import join, number, spelled

REMISSION_MARK = "o"


def remissions_of(cases: pd.DataFrame) -> pd.DataFrame:
    """The remissions that count, shortest first."""
    return remission_lanes(cases[~cases["is_later_case"]]).iloc[::-1].reset_index(drop=True)


def rebounds_of(comparisons: pd.DataFrame) -> pd.DataFrame:
    """Rebounds after a transplant with a short name each, earliest first; unknown times last."""
    rows = rebound_rows(comparisons)
    rows = rows[rows["group"] == "rebound_after_transplant"].sort_values("months")
    rows["short_name"] = rows["label"].str.split(",").str[0].str.removesuffix(" CRISPR")
    return rows.reset_index(drop=True)


def mark_remission(axes: Axes, x: float, y: float, *, has_died: bool) -> None:
    """One remission at its last report: a dot, or the square of a death."""
    ink = style.colour("strong" if has_died else "remission").mark
    marker = lanes.DEATH_MARK if has_died else REMISSION_MARK
    axes.plot(x, y, marker, color=ink, markersize=style.size(5), zorder=4, clip_on=False)


def mark_rebound(axes: Axes, x: float, y: float) -> None:
    """One rebound, with the cross that means it in every picture."""
    ink = style.colour("strong").mark
    axes.plot(x, y, REBOUND_MARK, color=ink, markersize=style.size(6.5), zorder=4, clip_on=False)


def remission_words(row: pd.Series) -> str:
    """Name and months; a minimum and a death are said."""
    months = number(row["last_report_months"]) + (" or more" if row["is_lower_bound"] else "")
    return f"{row['short_name']} {months}" + (", died in remission" if row["has_died"] else "")


def draw_stairs(axes: Axes, rows: pd.DataFrame, top: float) -> float:
    """Remissions one under the other with their names; gives the next free height."""
    for step, (_, row) in enumerate(rows.iterrows()):
        x, y = row["last_report_months"], top + step
        mark_remission(axes, x, y, has_died=row["has_died"])
        is_late = x > 0.75 * rows["last_report_months"].max()
        style.label(
            axes, x, y, remission_words(row), "strong" if row["has_died"] else "remission",
            xytext=(style.size(-7 if is_late else 7), 0), textcoords="offset points",
            va="center", ha="right" if is_late else "left", fontsize=style.size(9),
        )  # fmt: skip
    return top + len(rows)


def draw_row(axes: Axes, rows: pd.DataFrame, y: float) -> float:
    """All remissions in one row, told in words in its widest gap; gives the next free height."""
    last = rows["last_report_months"]
    for _, row in rows.iterrows():
        mark_remission(axes, row["last_report_months"], y, has_died=row["has_died"])
    before = float(last.iloc[int(last.diff().shift(-1).argmax())])
    words = f"{spelled(len(rows))} in remission"
    lanes.end_label(axes, y, before, words, "remission", gap=9)
    return y + 1


def draw_rebound_stairs(axes: Axes, rows: pd.DataFrame, top: float) -> float:
    """Rebounds one under the other with their names; gives the next free height."""
    known = rows.dropna(subset=["months"])
    for step, (_, row) in enumerate(known.iterrows()):
        mark_rebound(axes, row["months"], top + step)
        lanes.end_label(axes, top + step, row["months"], row["short_name"], "strong", gap=7)
    return top + len(known)


def draw_remissions_together(axes: Axes, rows: pd.DataFrame, y: float) -> None:
    """All remissions in one row, told in words before the first of them."""
    for _, row in rows.iterrows():
        mark_remission(axes, row["last_report_months"], y, has_died=row["has_died"])
    words = f"{spelled(len(rows))} in remission"
    words += "; square: died" if rows["has_died"].any() else ""
    style.label(
        axes, rows["last_report_months"].min(), y, words, "remission",
        xytext=(style.size(-7), 0), textcoords="offset points", va="center", ha="right",
        fontsize=style.size(9),
    )  # fmt: skip


def rebounds_in_words(rows: pd.DataFrame) -> str:
    """Whose virus came back after a transplant, and where the week was not published."""
    is_known = rows["months"].notna()
    known, unknown = (list(rows.loc[chosen, "short_name"]) for chosen in (is_known, ~is_known))
    if style.is_talk():
        return f"virus came back in {spelled(len(rows))}"
    words = f"virus came back: {join(known)}"
    return words + (f"; {join(unknown)} (week not published)" if unknown else "")


def draw_rebounds_together(axes: Axes, rows: pd.DataFrame, y: float, *, width: int = 66) -> None:
    """All rebounds in one row, named in words after the last of them."""
    for x in rows["months"].dropna():
        mark_rebound(axes, x, y)
    words = textwrap.fill(rebounds_in_words(rows), width)
    lanes.end_label(axes, y, rows["months"].max(), words, "strong", gap=9)


def finish(axes: Axes, bottom: float) -> None:
    """A strip has no heights to read: only the months below it."""
    axes.set_ylim(bottom, -0.9)
    axes.set_yticks([])
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.spines["left"].set_visible(False)
