"""Where the words of a picture end up: which overlap, and which leave the picture."""

from __future__ import annotations

from itertools import combinations

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
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


def outside(figure: Figure) -> list[str]:
    """Texts that leave the picture."""
    width, height = figure.get_size_inches() * 72
    return [
        words
        for words, box in words_and_boxes(figure)
        if box.x0 < -SLACK or box.y0 < -SLACK or box.x1 > width + SLACK or box.y1 > height + SLACK
    ]
