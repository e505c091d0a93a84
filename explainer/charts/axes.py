"""Parts that pictures share: ranges, ceilings, ticks in words, labels that never collide."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from explainer.charts import style
from explainer.wording import people, percent, short

RANGE_NOTE = "shaded: range published by UNAIDS"
WHISKER_NOTE = "upright line: range of UNAIDS"
BAND_ALPHA = 0.18
# Part of a figure's height that axes get; finding, panel titles, years and source take the rest.
ROOM_FOR_AXES = {"one row": 0.66, "rows": 0.66, "rows on a slide": 0.45}

Floats = NDArray[np.float64]


def word_ticks(axis: Axis, word: Callable[[float], str], most: int = 4) -> None:
    """Few ticks, each in words a reader can say."""
    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: word(value)))


def people_word(value: float) -> str:
    """A tick in people: ``40 million``, ``500,000``; on a slide, with less room, ``40 m``."""
    return (short if style.is_talk() else people)(value).replace(".0 ", " ")


def percent_word(value: float) -> str:
    """A tick in percent of a share."""
    return percent(round(value, 6))


def highest(frame: pd.DataFrame, *columns: str) -> float:
    """The highest number in any of the columns, for the top of an axis."""
    return float(np.nanmax(frame[list(columns)].to_numpy(float)))


def year_ticks(axes: Axes, first: int, last: int) -> None:
    """Round years and always the last one, so that a reader sees how new the figures are."""
    span = last - first
    step = 1 if span <= 6 else 5 if span <= 20 or not style.is_talk() else 10
    rounds = [year for year in range(first, last) if year % step == 0 and last - year > step / 2]
    axes.set_xticks([*rounds, last])
    if step == 10:  # a room reads decades; whoever reads a year off finds the fives between
        axes.set_xticks([year for year in range(first, last) if year % 5 == 0], minor=True)
    # A single year still needs an axis around it.
    axes.set_xlim((first if last > first else first - 5) - 0.5, last + 0.5)


def drawn_range(frame: pd.DataFrame, column: str = "estimate") -> tuple[Floats, Floats]:
    """Low and high as drawn: an open bound ("<100", ">98%") runs to zero or to everyone.

    Where the figure itself is a threshold there is nothing to draw a range around.
    """
    low, high = frame["low"].to_numpy(float), frame["high"].to_numpy(float)
    if "low_mark" in frame:
        low = np.where(frame["low_mark"] == "<", np.where(np.isnan(low), np.nan, 0.0), low)
        is_top = (frame["high_mark"] == ">") & (frame["unit"] == "share")
        high = np.where(is_top, 1.0, high)
    known = frame[column].notna().to_numpy()
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def ranged_line(axes: Axes, frame: pd.DataFrame, meaning: str, column: str = "estimate") -> None:
    """Line with its range; thresholds as hollow triangles that hang from their ceiling."""
    mark = style.colour(meaning).mark
    years = frame["year"].to_numpy(float)
    low, high = drawn_range(frame, column)
    axes.fill_between(years, low, high, color=mark, alpha=BAND_ALPHA, linewidth=0)
    axes.plot(years, frame[column], color=mark)
    last = frame.dropna(subset=[column]).tail(1)
    axes.plot(last["year"], last[column], "o", color=mark)
    alone = stands_alone(low)
    axes.vlines(years[alone], low[alone], high[alone], color=mark, alpha=0.6)
    lone = stands_alone(frame[column].to_numpy(float)) & (years < last["year"].max())
    if lone.any():
        size = style.size(3.5)
        axes.plot(years[lone], frame[column][lone], "o", color=mark, markersize=size)
    if "estimate_threshold" in frame:
        ceilings = frame.dropna(subset=["estimate_threshold"])
        axes.plot(
            ceilings["year"], ceilings["estimate_threshold"], "v",
            color=mark, markerfacecolor="none", markersize=style.size(4), linestyle="none",
        )  # fmt: skip


def stands_alone(figures: Floats) -> NDArray[np.bool_]:
    """Years with a figure whose neighbours have none: no line or shade would be seen there."""
    known = np.concatenate([[False], ~np.isnan(figures), [False]])
    alone: NDArray[np.bool_] = known[1:-1] & ~known[:-2] & ~known[2:]
    return alone


def range_note(axes: Axes, words: str = RANGE_NOTE, *, x: float = 0.99, y: float = 0.05) -> None:
    """Say once what the shade is, in a corner that the line leaves empty."""
    axes.text(
        x, y, words, transform=axes.transAxes, color=style.colour("neutral").ink,
        ha="right" if x > 0.5 else "left", va="top" if y > 0.5 else "bottom",
        fontsize=style.size(8.5),
    )  # fmt: skip


def whiskers(axes: Axes, x: Sequence[float], low: Floats, high: Floats, meaning: str) -> None:
    """Thin upright lines from low to high; a missing range draws nothing."""
    colour = style.colour(meaning).ink
    axes.vlines(x, low, high, color=colour, linewidth=style.size(0.9), alpha=0.75)


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Positions at least ``gap`` apart, in the same order, moved as little as possible.

    Labels that would collide form one block, centred where its members wanted to be.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    blocks: list[list[float]] = []  # wanted positions, in order
    for index in order:
        blocks.append([wanted[index]])
        while len(blocks) > 1 and _places(blocks[-1], gap)[0] - _places(blocks[-2], gap)[-1] < gap:
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    placed = [place for block in blocks for place in _places(block, gap)]
    at = dict(zip(order, placed, strict=True))
    return [at[index] for index in range(len(wanted))]


def _places(block: list[float], gap: float) -> list[float]:
    """Places of a block's labels, ``gap`` apart around the middle of what they wanted."""
    middle = sum(block) / len(block)
    return [middle + gap * (step - (len(block) - 1) / 2) for step in range(len(block))]


def end_labels(
    axes: Axes, x: float, labels: Sequence[tuple[float, str, str]], *, lines: int = 1
) -> list[float]:
    """Labels beside the last point, from (height, words, meaning); gives their final heights."""
    bottom, top = axes.get_ylim()
    gap = (top - bottom) * style.size(9.5) * 1.35 * lines / _height_in_points(axes)
    # No label hangs below the axis, where the years are written.
    places = spread([max(height, bottom + gap / 2) for height, _, _ in labels], gap)
    for place, (_, words, meaning) in zip(places, labels, strict=True):
        style.label(
            axes, x, place, words, meaning, xytext=(style.size(7), 0),
            textcoords="offset points", va="center", ha="left", annotation_clip=False,
        )  # fmt: skip
    return places


def _height_in_points(axes: Axes) -> float:
    """Roughly how high an axes will stand once the layout is settled."""
    spec = axes.get_subplotspec()
    assert spec is not None, "every canvas is a grid"
    heights = np.asarray(spec.get_gridspec().get_height_ratios(), float)
    share = heights[spec.rowspan.start] / heights.sum()
    case = "one row" if len(heights) == 1 else "rows on a slide" if style.is_talk() else "rows"
    height = axes.get_figure(root=True).get_size_inches()[1]  # type: ignore[union-attr]
    return float(72 * height * ROOM_FOR_AXES[case] * share)
