"""A chart's picture for pupils: what they shall find out themselves is taken from it."""

from __future__ import annotations

import re
from html import escape, unescape

AXIS_INK = "#3f4756"  # of the words along an axis, as charts.style draws them
_TEXT = re.compile(r"<text\b([^>]*)>(.*?)</text>", re.S)
# The lines of one label stand one after the other and are moved, not turned, to their places.
_LABEL = re.compile(
    r'(?:<text\b[^>]*transform="translate[^>]*>[^<]*</text>\s*)+|<text\b.*?</text>', re.S
)
_FIGURE = re.compile(r"(?<![A-Za-zΔ\d])\d")  # no part of a name such as CCR5
_NAME = re.compile(r"(<title\b[^>]*>).*?(</title>)", re.S)
_DESCRIPTION = re.compile(r"(<desc\b[^>]*>).*?(</desc>)", re.S)
_FIRST_CLAUSE = re.compile(r"[^:.]*")


def without_findings(svg: str, *, finding: str, alt: str) -> str:
    """The picture without its finding and without figures beside the lines; axes stay.

    Parameters
    ----------
    svg : str
        Inline SVG whose text is text.
    finding : str
        The chart's title: the lines of it are taken out.
    alt : str
        Its description; what comes before the first colon says what is drawn, and stays.
    """

    def kept(label: re.Match[str]) -> str:
        told = any(_tells(style, words, finding) for style, words in _TEXT.findall(label.group()))
        return "" if told else label.group()

    drawn = _FIRST_CLAUSE.match(alt)
    name = drawn.group().strip() if drawn else ""
    return _named(_LABEL.sub(kept, svg), name or "Picture", "Read the values off the picture.")


def without_words(svg: str) -> str:
    """The picture without any word or figure, but for its source."""

    def kept(text: re.Match[str]) -> str:
        return text.group() if _is_source(text.group(2).strip()) else ""

    return _named(_TEXT.sub(kept, svg), "Picture without labels", "What it shows is the question.")


def _tells(style: str, words: str, finding: str) -> bool:
    """Whether a line belongs to the finding, or is a figure that is not along an axis."""
    words = unescape(re.sub(r"<[^>]+>", "", words)).strip()
    is_finding = "font-weight: 700" in style and words in finding
    is_figure = bool(_FIGURE.search(words)) and AXIS_INK not in style
    return (is_finding or is_figure) and not _is_source(words)


def _is_source(words: str) -> bool:
    return words.startswith("Source:")


def _named(svg: str, name: str, description: str) -> str:
    """The picture with another name and description for those who do not see it."""
    svg = _NAME.sub(lambda old: old.group(1) + escape(name) + old.group(2), svg, count=1)
    return _DESCRIPTION.sub(
        lambda old: old.group(1) + escape(description) + old.group(2), svg, count=1
    )
