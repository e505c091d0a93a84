"""How pictures of the donor search show their assumptions: one mark and one wording each."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from explainer.charts import lanes, style
from explainer.errors import ExplainerError
from explainer.wording import number, percent

# Hollow to full, round to pointed: the order can be told without colour.
MARKS = ("o", "s", "D", "^")
SHORT_NAMES = {"Asian or Pacific Islander": "Asian or\nPacific Islander"}


def words_of(k: float) -> str:
    """An assumption in words: how alike patients are in their number of matches."""
    if math.isinf(k):
        return "all alike" if style.is_talk() else "patients all alike"
    return f"k = {number(k)}"


def marks_of(frame: pd.DataFrame) -> dict[float, str]:
    """A mark for every shape of a frame, patients all alike first."""
    shapes = sorted(frame["k"].unique(), reverse=True)
    if not 2 <= len(shapes) <= len(MARKS):
        raise ExplainerError(
            f"donor search: {len(shapes)} shapes, expected two to {len(MARKS)}; pass fewer"
        )
    return dict(zip(shapes, MARKS, strict=False))


def short(ancestry: str) -> str:
    """A registry's word for a group, in two lines where it is long."""
    if style.is_talk():
        return ancestry.replace(" or Pacific Islander", ", Pacific")
    return SHORT_NAMES.get(ancestry, ancestry)


def draw_row(
    axes: Axes, y: float, rows: pd.DataFrame, column: str, marks: dict[float, str]
) -> None:
    """The values of one group, a mark for each assumption, joined by a line."""
    ink = style.colour("delta32").mark
    values = rows.set_index("k")[column]
    axes.hlines(y, values.min(), values.max(), color=ink, linewidth=style.size(1.4), zorder=2)
    for k, marker in marks.items():
        face = "white" if math.isinf(k) else ink
        axes.plot(
            values[k], y, marker, color=ink, markerfacecolor=face, markersize=style.size(5.5),
            zorder=4,
        )  # fmt: skip


def key_of(marks: dict[float, str]) -> dict[str, Artist]:
    """Samples of the marks for a key."""
    return {
        words_of(k): lanes.mark_sample(marker, "delta32", hollow=math.isinf(k))
        for k, marker in marks.items()
    }


def percent_axis(axes: Axes, low: float, high: float) -> None:
    """A logarithmic axis of chances, each step ten times the last."""
    log_axis(axes, low, high)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))


def log_axis(axes: Axes, low: float, high: float) -> None:
    """A logarithmic axis with a tick at every tenfold step."""
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.xaxis.set_major_locator(LogLocator(10))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
