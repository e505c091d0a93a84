"""Lanes of one person each: months as bars, open ends as arrows, the donor beside the name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.legend import Legend
from matplotlib.legend_handler import HandlerPatch
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch
from matplotlib.transforms import Transform

from explainer.charts import style

HATCH = "//////"
THICK, THIN = 0.62, 0.26
DEATH_MARK, PUBLICATION_MARK = "s", "D"
COPIES = {"homozygous": "two", "heterozygous": "one", "wild_type": "none", "edited": "edited"}


def copies_words(donor: object, *, is_stated: bool = True) -> str:
    """How many Δ32 copies the donor's cells have, in one or two words."""
    words = COPIES.get(str(donor), "not stated")
    return words if is_stated else f"{words}, implied"


def copies_of(people: pd.DataFrame) -> list[str]:
    """The donor's copies for every row of a frame of cases or lanes."""
    pairs = zip(people["donor_ccr5"], people["donor_ccr5_is_stated"], strict=True)
    return [copies_words(donor, is_stated=stated) for donor, stated in pairs]


def bar(
    axes: Axes, y: float, start: float, end: float, meaning: str,
    *, hatched: bool = False, height: float = THICK,
) -> None:  # fmt: skip
    """One stretch of a lane: solid, or hatched where the evidence is weaker."""
    if not end > start:
        return
    mark = style.colour(meaning).mark
    axes.barh(
        y, end - start, left=start, height=height, edgecolor=mark, zorder=2,
        color="white" if hatched else mark, hatch=HATCH if hatched else None,
        linewidth=style.size(0.8),
    )  # fmt: skip


def open_end(
    axes: Axes, y: float, x: float, meaning: str, *, at_least: float | None = None
) -> None:
    """An arrow: follow-up goes on; dashes before it reach the report that said "at least"."""
    mark = style.colour(meaning).mark
    if at_least is not None:
        start, x = x, max(x, at_least)
        dashes: dict[str, Any] = {"linestyle": (0, (2, 1.2)), "linewidth": style.size(2.0)}
        axes.plot([start, x], [y, y], color=mark, zorder=2, **dashes)
    shape = {"arrowstyle": "<|-", "color": mark, "linewidth": style.size(1.3), "shrinkA": 0,
             "shrinkB": 0, "mutation_scale": style.size(10)}  # fmt: skip
    axes.annotate(
        "", (x, y), xytext=(style.size(15), 0), textcoords="offset points", arrowprops=shape
    )


def end_label(axes: Axes, y: float, x: float, words: str, meaning: str, *, gap: float = 18) -> None:
    """Words to the right of a lane's end."""
    style.label(
        axes, x, y, words, meaning, xytext=(style.size(gap), 0), textcoords="offset points",
        va="center", ha="left", fontsize=style.size(9), annotation_clip=False, linespacing=1.1,
    )  # fmt: skip


def name_lanes(
    axes: Axes, places: Sequence[float], names: Sequence[str], *, weight: str = "normal"
) -> None:
    """Names beside the lanes; upright grid lines only."""
    axes.set_yticks(places, names, fontweight=weight)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.spines["left"].set_visible(False)


def donor_column(axes: Axes, places: Sequence[float], copies: Sequence[str]) -> None:
    """What the donor's cells carry, in a column between the names and the lanes."""
    axes.tick_params(axis="y", pad=style.size(70))
    for place, words in zip(places, copies, strict=True):
        beside(axes, place, words, va="center")
    beside(axes, min(places) - 0.75, "donor's\nΔ32 copies", va="bottom")


def beside(axes: Axes, y: float, words: str, *, va: str) -> None:
    """Text left of the axes, between the names and the lanes."""
    axes.annotate(
        words, (0, y), xycoords=axes.get_yaxis_transform(), xytext=(-style.size(5), 0),
        textcoords="offset points", ha="right", va=va, annotation_clip=False, linespacing=1.05,
        color=style.colour("neutral").ink, fontsize=style.size(9),
    )  # fmt: skip


def set_apart(axes: Axes, x: float, frame: pd.DataFrame) -> None:
    """Say in the gap above the later people that they came later."""
    later = frame[frame["is_later_case"]]
    if not later.empty and len(later) < len(frame):
        axes.text(
            x, later["y"].min() - 0.52, "since then" if style.is_talk() else
            "since then (not counted)", va="bottom", fontsize=style.size(9),
            color=style.colour("neutral").ink,
        )  # fmt: skip


def stretch_sample(meaning: str, *, hatched: bool = False, height: float = THICK) -> Patch | Line2D:
    """Sample of a stretch for the key; a thin one is told from a thick one without colours."""
    mark = style.colour(meaning).mark
    if height < THICK:
        return Line2D([], [], color=mark, linewidth=style.size(3.2), solid_capstyle="butt")
    return Patch(
        facecolor="white" if hatched else mark, edgecolor=mark, hatch=HATCH if hatched else None
    )


def mark_sample(marker: str, meaning: str = "strong", *, hollow: bool = False) -> Line2D:
    """Sample of a marker for the key."""
    ink = style.colour(meaning).mark
    face = "white" if hollow else ink
    return Line2D(
        [], [], marker=marker, linestyle="none", markerfacecolor=face, markeredgecolor=ink,
        markersize=style.size(5.5),
    )  # fmt: skip


def line_sample(meaning: str, dashes: Any = "-") -> Line2D:
    """Sample of a line for the key."""
    return Line2D(
        [], [], color=style.colour(meaning).mark, linestyle=dashes, linewidth=style.size(2.0)
    )


def arrow_sample(meaning: str) -> FancyArrowPatch:
    """Sample of an arrow for the key; needs ``ArrowInKey``."""
    mark = style.colour(meaning).mark
    return FancyArrowPatch((0, 0), (1, 0), color=mark)


class ArrowInKey(HandlerPatch):
    """Draw an arrow of the key as an arrow."""

    def create_artists(
        self, legend: Legend, orig_handle: Any, xdescent: float, ydescent: float,
        width: float, height: float, fontsize: float, trans: Transform,
    ) -> list[Artist]:  # fmt: skip
        """The arrow across the sample's box."""
        arrow = FancyArrowPatch(
            (-xdescent, height / 2), (width - xdescent, height / 2), arrowstyle="-|>",
            mutation_scale=fontsize, linewidth=style.size(1.3), shrinkA=0, shrinkB=0,
            color=orig_handle.get_edgecolor(), transform=trans,
        )  # fmt: skip
        return [arrow]


def key(axes: Axes, entries: Mapping[str, Artist], **place: Any) -> Legend:
    """A key in words, in a corner that the lanes leave free."""
    legend: Legend = axes.legend(
        list(entries.values()), list(entries), handler_map={FancyArrowPatch: ArrowInKey()},
        fontsize=style.size(9), handlelength=2.0, borderaxespad=0.2, labelspacing=0.4,
        columnspacing=1.2, handletextpad=0.6, **place,
    )  # fmt: skip
    return legend


def lane_places(is_later: pd.Series) -> list[float]:
    """Heights of the lanes, top down, with a gap before the people who came later."""
    return [row + (1.0 if later else 0.0) for row, later in enumerate(is_later)]
