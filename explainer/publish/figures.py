"""The figures of a page: counted in their order, and called by their number in the prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# A page made again takes up figures and links that have their numbers already.
_PLACE = re.compile(r'<span class="figure-number">(?:Figure \d+\.)?</span>')
_NUMBER = re.compile(r'<span class="figure-number">Figure (\d+)\.</span>')
_SVG = re.compile(r"<svg\b.*?</svg>", re.S)
PREFIX = re.compile(r'aria-labelledby="(\S+)-title\b')  # of all ids of a picture
_LINK = re.compile(r'<a href="#([^"]+)">Figure(?: \d+)?</a>')


def number_figures(pieces: Iterable[tuple[str, str]]) -> list[str]:
    """The pieces of a page with ``Figure n.`` in each caption and in each link to a figure.

    A Markdown link ``[Figure](#cell-id=fig-curves)`` reads "Figure 1" where that cell shows the
    first figure of the page; one that leads elsewhere stays as it was written.

    Parameters
    ----------
    pieces : iterable of (str, str)
        Anchor and HTML of the page's blocks, in their order.
    """
    count = 0

    def numbered(_: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f'<span class="figure-number">Figure {count}.</span>'

    captioned = [(anchor, _PLACE.sub(numbered, html)) for anchor, html in pieces]
    found = ((anchor, _NUMBER.search(html)) for anchor, html in captioned)
    numbers = {anchor: number.group(1) for anchor, number in found if number}
    return [_LINK.sub(lambda link: _called(link, numbers), html) for _, html in captioned]


def _called(link: re.Match[str], numbers: Mapping[str, str]) -> str:
    """A link to a figure that says its number."""
    anchor = link.group(1)
    return (
        f'<a href="#{anchor}">Figure {numbers[anchor]}</a>' if anchor in numbers else link.group()
    )


def with_own_ids(html: str, seen: set[str]) -> str:
    """The HTML, the ids of each picture unlike those of the pictures seen; it is seen then."""

    def own(svg: re.Match[str]) -> str:
        found = PREFIX.search(svg.group())
        if not found:
            return svg.group()
        prefix = new = found.group(1)
        while new in seen:
            new += "-again"
        seen.add(new)
        return svg.group().replace(prefix, new)

    return _SVG.sub(own, html)
