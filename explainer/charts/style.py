"""The look: what each colour means, page and slide sizes, and where labels go."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

STYLE = Path(__file__).with_name("explainer.mplstyle")
PAGE_WIDTH = 7.5  # inches: 720 CSS pixels, the measure of the report's column
TALK_SIZE = (12.2, 5.5)  # inches: what a 1280 x 720 slide leaves under its headline
TALK_SCALE = 2.15  # 9.5 pt on the page becomes 20 pt on the slide
FORMATS_VARIABLE = "EXPLAINER_FORMATS"

_talk: ContextVar[bool] = ContextVar("talk", default=False)


@dataclass(frozen=True)
class Colour:
    """A meaning's colour: ``mark`` for lines and areas (3:1 on white), ``ink`` for text (4.5:1)."""

    mark: str
    ink: str


# Okabe and Ito's hues, darkened until they hold the contrast; one meaning each, everywhere.
COLOURS = {
    "plhiv": Colour("#0072B2", "#00619A"),
    "new_infections": Colour("#C27600", "#8A5300"),
    "aids_deaths": Colour("#CC5A00", "#A84800"),
    "art": Colour("#008A64", "#00704F"),
    "delta32": Colour("#A6527F", "#8F3F6B"),
    "neutral": Colour("#6B7280", "#4B5563"),
    "faint": Colour("#8A929E", "#5B6472"),
    "strong": Colour("#1F2430", "#1F2430"),
}


def colour(meaning: str) -> Colour:
    """Colour of a meaning; ``on_art`` and the treatment shares are green like all treatment."""
    if meaning in ("on_art", "art_coverage_share", "suppressed_share", "knows_status_share"):
        return COLOURS["art"]
    if meaning == "prevalence_share":
        return COLOURS["plhiv"]
    return COLOURS[meaning]


def is_talk() -> bool:
    """Whether the picture being drawn is for a slide."""
    return _talk.get()


def talk_is_wanted() -> bool:
    """Whether this run makes slides too, so that each chart draws its second picture."""
    return "slides" in os.environ.get(FORMATS_VARIABLE, "").split(",")


def _talk_sizes() -> dict[str, float]:
    """Every type size and line width of the style, scaled for the back row."""
    scaled = ("font.size", "axes.titlesize", "axes.labelsize", "xtick.labelsize",
              "ytick.labelsize", "legend.fontsize", "lines.linewidth", "lines.markersize",
              "axes.linewidth", "grid.linewidth")  # fmt: skip
    return {name: float(mpl.rcParams[name]) * TALK_SCALE for name in scaled}


@contextmanager
def context(*, talk: bool = False) -> Iterator[None]:
    """Draw inside this block in the explainer's style, sized for page or talk."""
    token = _talk.set(talk)
    try:
        with mpl.rc_context(fname=STYLE):
            if talk:
                mpl.rcParams.update(_talk_sizes())
            yield
    finally:
        _talk.reset(token)


def canvas(
    rows: int = 1, columns: int = 1, *, height: float = 3.4, **grid: object
) -> tuple[Figure, NDArray[np.object_]]:
    """Blank figure and its axes (always a 2-D array), sized for page or talk.

    ``height`` is the page height in inches; on a slide every picture fills the same box.
    pyplot is not used, so no picture outlives its Chart.
    """
    size = TALK_SIZE if is_talk() else (PAGE_WIDTH, height)
    figure = Figure(figsize=size, layout="constrained")
    axes: NDArray[np.object_] = figure.subplots(rows, columns, squeeze=False, **grid)  # type: ignore[arg-type]
    return figure, axes


def size(points: float) -> float:
    """Type size in points as given for the page, scaled when drawing for a talk."""
    return points * TALK_SCALE if is_talk() else points


def head(figure: Figure, finding: str) -> None:
    """Write the finding over the picture; a slide says it in its own headline instead."""
    if is_talk():
        return
    lines = textwrap.fill(finding, width=78)
    figure.suptitle(lines, x=0.008, ha="left", fontsize=12, fontweight="bold")


def foot(figure: Figure, source: str) -> None:
    """Write the source under the picture, so that it travels with a copied image."""
    lines = textwrap.fill(source, width=62 if is_talk() else 118)
    figure.supxlabel(
        lines, x=0.008, ha="left", fontsize=size(7.2), color=COLOURS["faint"].ink, wrap=False
    )


def label(axes: Axes, x: float, y: float, text: str, meaning: str, **options: object) -> None:
    """Write a direct label in the meaning's ink, with a white halo over grid and bands."""
    from matplotlib.patheffects import withStroke

    settings: dict[str, object] = {"color": colour(meaning).ink, "fontweight": "bold", **options}
    artist = axes.annotate(text, (x, y), **settings)  # type: ignore[arg-type]
    artist.set_path_effects([withStroke(linewidth=size(2.4), foreground="white")])
