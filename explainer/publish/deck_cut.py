"""An untagged notebook cut to slides that fit: how much room things take, and what is shortened.

The room is counted in pixels of a slide, roughly: what still does not fit is drawn smaller by
the deck's script, which can measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape, unescape

from bs4 import BeautifulSoup

from explainer.publish.shown import marked

ROOM = 640  # of 720 pixels, the edges left free
SMALLEST = 4  # times the room: what the script can still make fit, by smaller type
PICTURE = 470  # a chart takes more where it can; below this its words are hard to read
MOST_ROWS = 11  # as many as pandas shows of a long table
MOST_LINES, MOST_SIGNS = 12, 100

_MARK = re.compile(r"<!--.*?-->")
_FIGURE = '<figure class="chart'
_TAG = re.compile(r"<(?:svg|math)\b.*?</(?:svg|math)>|<[^>]+>", re.S)
_ROWS = re.compile(r"(<tbody>)(.*)(</tbody>)", re.S)
_ROW = re.compile(r"<tr>.*?</tr>", re.S)
_PRINTED = re.compile(r'(<pre class="printed[^>]*>)(.*?)(</pre>)', re.S)
_HEADING = re.compile(r"<h2\b[^>]*>(.*?)</h2>", re.S)
_LARGE = ("<pre", "<tr>", "<img")  # what never stands beside a chart
_STANDS_ALONE = ("<figure", "<pre", '<div class="scroll"')


@dataclass(frozen=True)
class Piece:
    """What stands on one slide for certain: a paragraph, a list, a picture, a table.

    Attributes
    ----------
    html : str
        What it shows.
    name : str
        The code cell that showed it, and its place there; empty for Markdown.
    title : str
        The finding of a chart, which heads a slide that has no heading.
    """

    html: str
    name: str = ""
    title: str = ""

    @property
    def shown(self) -> str:
        """The HTML with the mark of its cell."""
        return marked(self.name, self.html) if self.name else self.html

    def headed(self, section: str) -> Piece:
        """The piece as it begins a slide: a chart under its finding, all else under the section."""
        words = escape(self.title) if self.title else section and f"{section} (continued)"
        return replace(self, html=f"<h2>{words}</h2>\n{self.html}") if words else self


def is_full(shown: Iterable[str], piece: str) -> bool:
    """Whether a slide has no room for another piece; under its heading alone it always has."""
    told = [_MARK.sub("", html) for html in shown]
    if all(heading_in(html) for html in told):
        return False
    together = [*told, piece]
    is_beside = any(_FIGURE in html for html in together)
    if is_beside and any(mark in html for html in together for mark in _LARGE):
        return True
    return sum(height(html, is_beside=is_beside) for html in together) > ROOM


def is_beyond(piece: str) -> bool:
    """Whether a piece is more than can be made to fit."""
    return height(piece) > SMALLEST * ROOM


def height(html: str, *, is_beside: bool = False) -> int:
    """Pixels that a piece takes, roughly; words beside a chart are small."""
    if _FIGURE in html:
        return PICTURE + 55 * html.count("<h2")
    if "<pre" in html:
        return 60 + 38 * (html.count("\n") + 1)
    if "<tr>" in html:
        return 28 + 52 * html.count("<tr>")
    if "<img" in html:
        return 548
    signs, line, gap = (85, 38, 10) if is_beside else (58, 48, 28)
    if html.startswith("<h2"):
        signs, line, gap = 40, 55, 0
    texts = re.split(r"</(?:li|p|h\d)>", html)
    words = [text for html in texts if (text := unescape(_TAG.sub("", html)).strip())]
    return gap + sum(line * (1 + len(text) // signs) for text in words)


def blocks(html: str) -> list[str]:
    """Prose as its paragraphs, lists and headings, each a piece; a chart or table stays whole.

    The title has a slide of its own.
    """
    if html.lstrip().startswith(_STANDS_ALONE) or "<svg" in html:
        return [html]
    found = (str(node).strip() for node in BeautifulSoup(html, "html.parser").contents)
    return [
        block.replace("<h3", '<h3 class="under"') for block in found if block and block[:3] != "<h1"
    ]


def shortened(html: str) -> str:
    """A long table or printed text as far as a slide can show it, and what is left out."""
    if html.startswith('<div class="scroll"'):
        return _ROWS.sub(_first_rows, html) + _more(html)
    return _PRINTED.sub(_first_lines, html)


def _first_rows(body: re.Match[str]) -> str:
    rows = _ROW.findall(body.group(2))
    kept = rows if len(rows) <= MOST_ROWS else rows[: MOST_ROWS - 2]
    return "\n".join([body.group(1), *kept, body.group(3)])


def _more(html: str) -> str:
    """How many rows of a table are left out; a table that pandas cut before has no count."""
    body = _ROWS.search(html)
    n_rows = len(_ROW.findall(body.group(2))) if body else 0
    if n_rows <= MOST_ROWS:
        return ""
    count = "More" if "<td>...</td>" in html else f"{n_rows - MOST_ROWS + 2} more"
    return f'<p class="small">… {count} rows: see the report</p>'


def _first_lines(printed: re.Match[str]) -> str:
    opened, text, closed = printed.groups()
    lines = unescape(text).split("\n")
    kept = lines if len(lines) <= MOST_LINES else lines[: MOST_LINES - 2]
    cut = [line if len(line) <= MOST_SIGNS else line[: MOST_SIGNS - 1] + "…" for line in kept]
    left = [f"{len(lines) - len(kept)} more lines"] if len(kept) < len(lines) else []
    left += ["the ends of long lines"] if any(len(line) > MOST_SIGNS for line in kept) else []
    note = f'<p class="small">… {" and ".join(left)}: see the report</p>' if left else ""
    return opened + escape("\n".join(cut)) + closed + note


def heading_in(html: str) -> str:
    """The words of the level-two heading that a piece is; empty if it is none."""
    found = _HEADING.fullmatch(html.strip())
    return found.group(1) if found else ""
