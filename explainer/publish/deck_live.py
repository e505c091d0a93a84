"""A live picture on a slide: its controls beside it, large enough for the room."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from explainer.publish.report import LIVE

WIDTH, HEIGHT = 324, 228  # a slide's style sheet draws the view this many times larger: 2.25
_PANEL = re.compile(r'<div class="panel" hidden>.*?</script>', re.S)
# What the picture for the room writes as its last words, one element a line.
_SOURCE = re.compile(
    r">(Source: [^<]*)</text>((?:\s*<text[^>]*>[^<]*</text>)*)\s*(?:<defs>|</svg>|</g>)"
)
_LINE = re.compile(r">([^<>\s][^<]*)</text>")


def slide_figure(chart: Mapping[str, Any], page_html: str) -> str:
    """A chart's picture for the room, with its controls if it is a live one.

    Parameters
    ----------
    chart : mapping
        Name and pictures, as a chart tells them; without one for the room, that of the page.
    page_html : str
        The figure of the page, which holds the controls and the spec of a live picture.
    """
    picture = chart.get("talk") or chart["svg"]
    name = escape(chart["name"])
    panel = _PANEL.search(page_html) if LIVE in page_html else None
    if not panel:
        return f'<figure class="chart" data-name="{name}">{picture}</figure>'
    # A finger on a slider moves the slider, not the slide.
    parts = panel.group().replace('class="panel"', 'class="panel" data-prevent-swipe', 1)
    parts = parts.replace('class="controls"', 'class="knobs"', 1)  # reveal.js has .controls
    parts = parts.replace('<div class="stage"', f'{_source(picture)}<div class="stage"', 1)
    return (
        f'{LIVE} data-name="{name}" data-width="{WIDTH}" data-height="{HEIGHT}">'
        f'<div class="picture">{picture}</div>{parts}</figure>'
    )


def _source(picture: str) -> str:
    """The line that names the source, as the picture for the room writes it."""
    found = _SOURCE.search(picture)
    if not found:
        return ""
    words = " ".join([found.group(1), *_LINE.findall(found.group(2))])
    return f'<p class="source">{escape(unescape(words))}</p>'
