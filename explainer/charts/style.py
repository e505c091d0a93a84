"""The look: what each colour means, page and slide sizes, and where labels go."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from numpy.typing import NDArray

STYLE = Path(__file__).with_name("explainer.mplstyle")
PAGE_WIDTH = 7.5  # inches: 720 CSS pixels, the measure of the report's column
TALK_SIZE = (12.2, 5.5)  # inches: what a 1280 x 720 slide leaves under its headline
TALK_SCALE = 2.15  # 9.5 pt on the page becomes 20 pt on the slide
TALK_LEAST = 20  # points: what the back row can read; smaller type is raised to it
HALO = "halo"  # marks a label that needs a white outline over grid and bands
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
    "remission": Colour("#5560B0", "#434D96"),
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
    """Whether this run makes slides or worksheets, so that each chart draws its second picture."""
    return not {"slides", "lesson"}.isdisjoint(os.environ.get(FORMATS_VARIABLE, "").split(","))


def _talk_sizes() -> dict[Any, float]:
    """Every type size and line width of the style, scaled for the back row."""
    scaled = ("font.size", "axes.titlesize", "axes.labelsize", "xtick.labelsize",
              "ytick.labelsize", "legend.fontsize", "lines.linewidth", "lines.markersize",
              "axes.linewidth", "grid.linewidth", "xtick.major.pad")  # fmt: skip
    settings: dict[Any, Any] = mpl.rcParams
    sizes = {name: settings[name] * TALK_SCALE for name in scaled}
    type_sizes = (name for name in scaled if name.endswith(("labelsize", "fontsize")))
    return sizes | {name: max(sizes[name], TALK_LEAST) for name in type_sizes}


@lru_cache(maxsize=1)
def _style() -> Any:  # matplotlib types the keys of a style one by one
    """The style sheet, read once."""
    return mpl.rc_params_from_file(STYLE, use_default_template=False)


@contextmanager
def context(*, talk: bool = False) -> Iterator[None]:
    """Draw inside this block in the explainer's style, sized for page or talk."""
    token = _talk.set(talk)
    try:
        with mpl.rc_context(rc=_style()):
            if talk:
                mpl.rcParams.update(_talk_sizes())
            yield
    finally:
        _talk.reset(token)


def canvas(
    rows: int = 1, columns: int = 1, *, height: float = 3.4, **grid: Any
) -> tuple[Figure, NDArray[np.object_]]:
    """Blank figure and its axes (always a 2-D array), sized for page or talk.

    ``height`` is the page height in inches; on a slide every picture fills the same box.
    pyplot is not used, so no picture outlives its Chart.
    """
    size = TALK_SIZE if is_talk() else (PAGE_WIDTH, height)
    # A point is a pixel here, as in the SVG, so that the layout is the one that is written.
    figure = Figure(figsize=size, layout="constrained", dpi=72)
    axes: NDArray[np.object_] = figure.subplots(rows, columns, squeeze=False, **grid)
    return figure, axes


def settle(figure: Figure) -> None:
    """Lay the figure out for good: once, not with every save and a rehearsed drawing before it."""
    engine = figure.get_layout_engine()
    if engine is not None:
        _place_empty_labels(figure)
        engine.execute(figure)
        # "none" would leave a stand-in behind, for which each save rehearses the whole drawing.
        with mpl.rc_context({"figure.constrained_layout.use": False, "figure.autolayout": False}):
            figure.set_layout_engine(None)


def _place_empty_labels(figure: Figure) -> None:
    """Give axis labels without words any place: else each tick is measured to find them one."""
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if not axis.get_label_text():
                axis.set_label_coords(0, 0)


def size(points: float) -> float:
    """Type size in points as given for the page, scaled when drawing for a talk."""
    return points * TALK_SCALE if is_talk() else points


def raise_type(figure: Figure) -> None:
    """Make every word of a slide's picture large enough for the back row."""
    for text in figure.findobj(Text):
        if isinstance(text, Text) and float(text.get_fontsize()) < TALK_LEAST:
            text.set_fontsize(TALK_LEAST)


def head(figure: Figure, finding: str) -> None:
    """Write the finding over the picture; a slide says it in its own headline instead."""
    if is_talk():
        return
    lines = wrapped(finding, figure, points=12, weight="bold")
    figure.suptitle(lines, x=0.008, ha="left", fontsize=12, fontweight="bold")


def foot(figure: Figure, source: str) -> None:
    """Write the source under the picture, so that it travels with a copied image."""
    points = TALK_LEAST if is_talk() else 7.2
    lines = wrapped(source, figure, points=points)
    figure.supxlabel(lines, x=0.008, ha="left", fontsize=points, color=COLOURS["faint"].ink)


@lru_cache(maxsize=1)
def _measure() -> Any:
    """A drawing surface at one pixel a point, only to measure words on."""
    return RendererAgg(10, 10, 72)  # type: ignore[no-untyped-call]


def wrapped(text: str, figure: Figure, *, points: float, weight: str = "normal") -> str:
    """The text in lines that fit the figure's width, measured in its own type."""
    font = FontProperties(family="DejaVu Sans", size=points, weight=weight)
    room = figure.get_figwidth() * 72 * 0.975

    def width(count: int) -> float:
        line = " ".join(words[:count])
        found: float = _measure().get_text_width_height_descent(line, font, ismath=False)[0]
        return found

    words, lines = text.split(), []
    while words:
        # Measuring is slow, so halve the search instead of trying word after word.
        fitting = bisect_right(range(1, len(words) + 1), room, key=width)
        lines.append(" ".join(words[: max(fitting, 1)]))
        words = words[max(fitting, 1) :]
    return "\n".join(lines)


def label(axes: Axes, x: float, y: float, text: str, meaning: str, **options: object) -> None:
    """Write a direct label in the meaning's ink, with a white halo over grid and bands."""
    settings: dict[str, object] = {"color": colour(meaning).ink, "fontweight": "bold", **options}
    artist = axes.annotate(text, (x, y), **settings)  # type: ignore[arg-type]
    artist.set_gid(HALO)  # drawn by the SVG itself, so that the letters stay text


@contextmanager
def halos(figure: Figure) -> Iterator[None]:
    """Draw the labels' halos while a figure is saved as pixels."""
    from matplotlib.patheffects import withStroke

    labels = figure.findobj(lambda artist: isinstance(artist, Text) and artist.get_gid() == HALO)
    for artist in labels:
        artist.set_path_effects([withStroke(linewidth=2.4, foreground="white")])
    try:
        yield
    finally:
        for artist in labels:
            artist.set_path_effects([])
