"""A chart's picture for pupils: what they shall find out themselves is taken from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from explainer.publish.figures import PREFIX

AXIS_INK = "#3f4756"  # of the words along an axis, as charts.style draws them
_TEXT = re.compile(r"<text\b([^>]*)>(.*?)</text>", re.S)
# The lines of one label stand one after the other and are moved, not turned, to their places.
_LABEL = re.compile(
    r'(?:<text\b[^>]*transform="translate[^>]*>[^<]*</text>\s*)+|<text\b.*?</text>', re.S
)
_FIGURE = re.compile(r"(?<![A-Za-zΔ\d])\d")  # no part of a name such as CCR5
# Age groups and denominators belong to what a line or a panel is called, as "ages 15–49" does.
_CALLED = re.compile(r"\bages? \d+(?:[–-]\d+|\+)|\bper 1(?:00|,000|00,000)\b")
# A line's name with a value behind it, as in "model 22%" or "deaths, peak 2003–2005": pupils get
# the name.
_VALUE = re.compile(r"(?:, peak)?(?<=[^\W\d]) \d[\d.,]*(?:–\d+)?(?:%| million| billion)?$")
_KEY = '<g data-part="key">'  # as charts.svg writes the group of a key
_GROUP = re.compile(r"<g\b[^>]*>|</g>")
_SHAPES = re.compile(r"<defs>.*?</defs>", re.S)  # marks that are drawn elsewhere too
_NAME = re.compile(r"(<title\b[^>]*>).*?(</title>)", re.S)
_DESCRIPTION = re.compile(r"(<desc\b[^>]*>).*?(</desc>)", re.S)
_FIRST_CLAUSE = re.compile(r"[^:.]*")


def sheet_figure(anchor: str, chart: Mapping[str, str], *, is_bare: bool) -> str:
    """A chart's figure on a worksheet: without what it finds, or without any word.

    Parameters
    ----------
    anchor : str
        Id of the figure.
    chart : mapping
        Its pictures and words, as a chart tells them.
    is_bare : bool
        Whether even the names of lines are the question.
    """
    svg = chart.get("talk") or chart["svg"]  # that for the room: its words are read on paper too
    if is_bare:
        svg, label = without_words(svg), "Picture without labels"
    else:
        svg = without_findings(svg, finding=chart["title"], alt=chart["alt"])
        label = "Picture for the question"
    ids = PREFIX.search(svg)
    if ids:  # a chart may stand on a worksheet twice, once without its words
        svg = svg.replace(ids.group(1), f"{anchor}-{ids.group(1)}")
    return (
        f'<figure class="sheet" id="{anchor}"><div class="picture" tabindex="0" role="group" '
        f'aria-label="{label}">{svg}</div></figure>'
    )


def without_findings(svg: str, *, finding: str, alt: str) -> str:
    """The picture without its finding and without figures beside the lines; axes and names stay.

    A key of which a word is lost goes as a whole: its samples alone would say nothing.

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
        lines = _TEXT.findall(label.group())
        style, words = lines[0]
        tells = any(_tells(look, said, finding) for look, said in lines)
        if _is_source(words.strip()) or not tells:
            return label.group()
        name = _VALUE.sub("", words)
        is_called = name != words and not _tells(style, name, "") and words not in finding
        return label.group().replace(words, name) if is_called and len(lines) == 1 else ""

    drawn = _FIRST_CLAUSE.match(alt)
    name = drawn.group().strip() if drawn else ""
    lost = [key for key in _keys(svg) if _LABEL.sub(kept, key) != key]
    left = _LABEL.sub(kept, _without(svg, lost))
    return _named(left, name or "Picture", "Read the values off the picture.")


def without_words(svg: str) -> str:
    """The picture without any word or figure, but for its source, and without its keys."""

    def kept(text: re.Match[str]) -> str:
        return text.group() if _is_source(text.group(2).strip()) else ""

    left = _TEXT.sub(kept, _without(svg, _keys(svg)))
    return _named(left, "Picture without labels", "What it shows is the question.")


def _keys(svg: str) -> list[str]:
    """Every key of the picture, its samples and its words, as it is written."""
    keys = []
    for start in (found.start() for found in re.finditer(re.escape(_KEY), svg)):
        depth = 0
        for tag in _GROUP.finditer(svg, start):
            depth += -1 if tag.group() == "</g>" else 1
            if depth == 0:
                keys.append(svg[start : tag.end()])
                break
    return keys


def _without(svg: str, keys: list[str]) -> str:
    """The picture without these keys; the shape of a mark stays, as the lines may wear it too."""
    for key in keys:
        svg = svg.replace(key, "".join(_SHAPES.findall(key)))
    return svg


def _tells(style: str, words: str, finding: str) -> bool:
    """Whether a line belongs to the finding, or is a figure that is not along an axis."""
    words = unescape(re.sub(r"<[^>]+>", "", words)).strip()
    is_finding = "font-weight: 700" in style and words in finding
    is_figure = bool(_FIGURE.search(_CALLED.sub("", words))) and AXIS_INK not in style
    return is_finding or is_figure


def _is_source(words: str) -> bool:
    return words.startswith("Source:")


def _named(svg: str, name: str, description: str) -> str:
    """The picture with another name and description for those who do not see it."""
    svg = _NAME.sub(lambda old: old.group(1) + escape(name) + old.group(2), svg, count=1)
    return _DESCRIPTION.sub(
        lambda old: old.group(1) + escape(description) + old.group(2), svg, count=1
    )
