"""A figure as small inline SVG: text stays text, coordinates are rounded, ids are its own."""

from __future__ import annotations

import hashlib
import io
import re
from html import escape

from matplotlib.figure import Figure

from explainer.charts import style

# Verdana and Geneva are drawn on DejaVu's widths, so labels keep their places elsewhere.
FONTS = "'DejaVu Sans', Verdana, 'Bitstream Vera Sans', Geneva, sans-serif"
# A stroke under the letters keeps a label readable on grid and bands, and keeps it text.
HALO_STYLE = "paint-order: stroke; stroke: #fff; stroke-width: .28em; stroke-linejoin: round"
_TAG = re.compile(r"<[^>]*>")  # coordinates stand in tags, words between them
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
# A key keeps its group: pupils' pictures lose its samples with its words (publish.blank).
_KEY = re.compile(r'<g id="legend_\d+">')
KEY = '<g data-part="key">'
_ID = re.compile(r'\bid="([^"]+)"')
_REFERENCE = re.compile(r'(?:url\(#|href="#)([^")]+)')


def _rounded(tag: re.Match[str]) -> str:
    """A tag with its coordinates rounded to hundredths of a point."""
    return _LONG_NUMBER.sub(
        lambda number: f"{float(number.group()):.2f}".rstrip("0").rstrip("."), tag.group()
    )


def _without_empty_groups(svg: str) -> str:
    """Drop every ``<g>`` that says nothing; matplotlib wraps each mark in several."""
    kept: list[str] = []
    is_open: list[bool] = []
    for piece in re.split(r"(<g\b[^>]*>|</g>)", svg):
        if piece == "</g>":
            if is_open.pop():
                kept.append(piece)
        elif piece.startswith("<g") and not piece.endswith("/>"):
            is_open.append(piece != "<g>")
            if piece != "<g>":
                kept.append(piece)
        elif piece != "<g/>":
            kept.append(piece)
    return re.sub(r"\n+", "\n", "".join(kept))


def _own_ids(svg: str, prefix: str) -> str:
    """Keep only ids that something refers to, and make them the picture's own."""
    used = set(_REFERENCE.findall(svg))
    svg = re.sub(r' id="([^"]+)"', lambda m: m.group() if m.group(1) in used else "", svg)
    svg = _ID.sub(lambda m: f'id="{prefix}-{m.group(1)}"', svg)
    return _REFERENCE.sub(lambda m: m.group().replace("#", f"#{prefix}-"), svg)


def inline_svg(figure: Figure, *, name: str, title: str, description: str) -> str:
    """Inline SVG of a figure, named by ``title`` and described by ``description``.

    The same figure gives the same bytes: ids derive from the drawing and no date is written.
    """
    buffer = io.StringIO()
    with style.context():  # fonts and ids are settled when a figure is saved, not when drawn
        style.settle(figure)
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.S)
    svg = re.sub(r"<!--.*?-->\s*", "", _TAG.sub(_rounded, svg), flags=re.S)
    svg = re.sub(r"\s*\n\s*", "\n", svg).replace("; font-family: 'DejaVu Sans'", "")
    svg = re.sub(rf'(<g id="{style.HALO}[^"]*">\n<text style=")', rf"\1{HALO_STYLE}; ", svg)
    prefix = f"{name}-{hashlib.sha256(svg.encode()).hexdigest()[:6]}"
    svg = _without_empty_groups(_own_ids(_KEY.sub(KEY, svg), prefix))
    opening = svg[: svg.index(">") + 1]
    view_box = re.search(r'viewBox="[^"]+"', opening)
    width = re.search(r'width="([\d.]+)pt"', opening)
    assert view_box is not None, "matplotlib writes a viewBox on every SVG"
    assert width is not None, "matplotlib writes a width on every SVG"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'style="font-family: {FONTS}" {view_box.group()} '
        f'width="{float(width.group(1)) / 72 * 96:.0f}" role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-desc">'
        f'<title id="{prefix}-title">{escape(title)}</title>'
        f'<desc id="{prefix}-desc">{escape(description)}</desc>'
    )
    return head + svg[len(opening) :].strip()
