"""Where the words of a picture end up: which overlap, are struck through, or leave the picture."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox

SLACK = 1.5  # points that the boxes of letters may share without their ink touching
PNG_DPI = 144  # letters are hinted to whole pixels: measure them as the PNG draws them


def words_and_boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text that is drawn, with its box in points from the lower left corner."""
    figure.set_dpi(PNG_DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    undrawn = {text for axes in figure.axes for text in _undrawn(axes)}
    scale = 72 / figure.dpi
    return [
        (text.get_text(), Bbox(Text.get_window_extent(text, renderer).get_points() * scale))
        for text in figure.findobj(Text)
        if text.get_text().strip() and text.get_visible() and text not in undrawn
    ]


def _undrawn(axes: Axes) -> list[Artist]:
    """Texts of an axes that exist but are not drawn: hidden panels, ticks beyond the view."""
    if not axes.get_visible():
        return axes.findobj(Text)
    hidden: list[Artist] = []
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        margin = 1e-6 * (high - low)
        for tick in axis.get_major_ticks():
            if not low - margin <= tick.get_loc() <= high + margin:
                hidden += tick.findobj(Text)
    return hidden


def overlapping(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes overlap by more than a hair."""
    return [
        (first, second)
        for (first, box), (second, other) in combinations(words_and_boxes(figure), 2)
        if (shared := Bbox.intersection(box, other)) is not None
        and min(shared.width, shared.height) > SLACK
    ]


def struck(figure: Figure) -> list[str]:
    """Labels of the axes with a drawn line through them; the grid is hidden by their halo."""
    boxes = words_and_boxes(figure)  # lays the figure out
    scale = 72 / figure.dpi
    found = []
    for axes in figure.axes:
        own = {text.get_text() for text in axes.texts}
        view = Bbox(axes.bbox.get_points() * scale)
        strokes = [Path(np.asarray(ends) * scale) for ends in _strokes(axes)]
        strokes += [Path(np.asarray(ends) * scale) for ends in _frame(axes)]
        for words, box in boxes:
            core = Bbox.intersection(box.padded(-SLACK), view.padded(1)) if words in own else None
            if core is not None and any(one.intersects_bbox(core, False) for one in strokes):
                found.append(words)
    return found


def _frame(axes: Axes) -> Iterator[list[tuple[float, float]]]:
    """The drawn sides of an axes, in pixels."""
    (left, bottom), (right, top) = axes.bbox.get_points()
    sides = {"left": [(left, bottom), (left, top)], "bottom": [(left, bottom), (right, bottom)]}
    yield from (ends for side, ends in sides.items() if axes.spines[side].get_visible())


def _strokes(axes: Axes) -> Iterator[tuple[object, object]]:
    """Every straight piece of the lines of an axes, in pixels."""
    for line in axes.get_lines():
        if line.get_linestyle() not in ("None", "none"):
            points = line.get_transform().transform(line.get_xydata())
            yield from ((p, q) for p, q in pairwise(points) if np.isfinite([p, q]).all())
    for collection in axes.collections:
        if isinstance(collection, LineCollection):
            for segment in collection.get_segments():
                points = collection.get_transform().transform(segment)
                yield from ((p, q) for p, q in pairwise(points) if np.isfinite([p, q]).all())


def outside(figure: Figure) -> list[str]:
    """Texts that leave the picture."""
    width, height = figure.get_size_inches() * 72
    return [
        words
        for words, box in words_and_boxes(figure)
        if box.x0 < -SLACK or box.y0 < -SLACK or box.x1 > width + SLACK or box.y1 > height + SLACK
    ]
