"""What the lanes of a picture hold: bars, arrows, marks, words."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text


@dataclass(frozen=True)
class Bar:
    """One stretch of a lane."""

    y: float
    start: float
    length: float
    is_hatched: bool
    edge: tuple[float, ...]


def bars(axes: Axes) -> list[Bar]:
    """Every horizontal bar, in drawing order."""
    return [
        Bar(
            round(float(patch.get_y() + patch.get_height() / 2), 6), float(patch.get_x()),
            float(patch.get_width()), patch.get_hatch() is not None, patch.get_edgecolor(),
        )
        for container in axes.containers for patch in container
    ]  # fmt: skip


def names(axes: Axes) -> dict[str, float]:
    """Where each name stands beside the axes."""
    ticks = zip(axes.get_yticklabels(), axes.get_yticks(), strict=True)
    return {label.get_text(): round(float(y), 6) for label, y in ticks}


def lane(axes: Axes, name: str) -> list[Bar]:
    """The bars of one name."""
    return [bar for bar in bars(axes) if bar.y == names(axes)[name]]


def arrows(axes: Axes) -> set[float]:
    """Heights of the lanes that end in an arrow."""
    found = axes.findobj(lambda artist: isinstance(artist, Annotation) and artist.arrow_patch)
    return {round(float(arrow.xy[1]), 6) for arrow in found}


def marks(axes: Axes, marker: str) -> list[tuple[float, float]]:
    """Places of every point drawn with this marker."""
    return [
        (float(x), float(y))
        for line in axes.get_lines() if line.get_marker() == marker
        for x, y in line.get_xydata()
    ]  # fmt: skip


def words(figure: Figure) -> list[str]:
    """Every text of a figure."""
    return [text.get_text() for text in figure.findobj(Text) if text.get_text().strip()]
