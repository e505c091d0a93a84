"""Whether a picture's key still reads for eyes, and printers, that know no colours."""

from __future__ import annotations

from itertools import combinations

from matplotlib.colors import to_rgba
from matplotlib.container import ErrorbarContainer
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch


def _shape(handle: object) -> tuple[object, ...]:
    """All of a key's mark that is not its colour."""
    if isinstance(handle, ErrorbarContainer):
        handle = handle.lines[0]
    if isinstance(handle, Line2D):
        has_mark = handle.get_marker() not in (None, "None", "none", "", " ")
        face = handle.get_markerfacecolor()
        is_hollow = has_mark and (face == "none" or to_rgba(face)[:3] == (1, 1, 1))
        return "line", str(handle.get_marker()), handle.get_linestyle(), is_hollow
    if isinstance(handle, Patch):
        return type(handle).__name__, handle.get_hatch(), handle.get_linestyle(), handle.get_fill()
    return (type(handle).__name__,)


def told_apart_by_colour_alone(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of words in a key whose marks differ in nothing but their colour."""
    found = []
    for legend in figure.findobj(Legend):
        named = zip(legend.legend_handles, legend.get_texts(), strict=True)
        keys = [(text.get_text(), _shape(handle)) for handle, text in named]
        found += [(a, b) for (a, one), (b, other) in combinations(keys, 2) if one == other]
    return found
