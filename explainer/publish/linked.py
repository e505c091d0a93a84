"""Terms in prose lead to the glossary of their page, where the page has one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape

from explainer.narrative.terms import TERMS
from explainer.publish.markdown import slug

# A tag with its attributes, whose values may hold anything but their own quotation mark.
_TAG = re.compile(
    r"""(<!--.*?-->|</?[a-zA-Z][^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>)""", re.S
)
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_LIST = re.compile(r'(<dl class="glossary">)(.*?)(</dl>)', re.S)
_ENTRY = re.compile(r"<dt>(<dfn>(.*?)</dfn>)", re.S)
# A page made again takes up what its cells showed before, links and all.
_LINKED = re.compile(r'<a class="term" href="#[^"]*">(.*?)</a>|(<dt) id="term-[^"]*"(?=>)', re.S)
# What holds no prose of ours, or would be harmed by a link inside.
_CLOSED = {
    "a", "button", "code", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "math", "pre",
    "script", "style", "summary", "svg", "table", "textarea",
}  # fmt: skip
# Everyday words that are also names of a term: a link would often mislead.
_EVERYDAY = frozenset({"treatment"})


def link_terms(pieces: Iterable[str]) -> list[str]:
    """The pieces of a page with each term linked where a section first names it.

    Only terms defined in a glossary on the same page are linked; a page without one comes back as
    it is.  Headings, links, code, figures, tables and formulas are left alone.

    Parameters
    ----------
    pieces : iterable of str
        HTML of the page's blocks, in their order.
    """
    anchors: dict[str, str] = {}
    bare = [_LINKED.sub(lambda found: found.group(1) or found.group(2), one) for one in pieces]
    marked = [_LIST.sub(lambda found: _mark(found, anchors), piece) for piece in bare]
    if not anchors:
        return marked
    names = _names(anchors)
    pattern = _pattern(names)
    seen: set[str] = set()
    return ["".join(_linked(piece, pattern, names, seen)) for piece in marked]


def _mark(found: re.Match[str], anchors: dict[str, str]) -> str:
    """A glossary whose entries can be jumped to; remembers the anchor of each term."""

    def entry(match: re.Match[str]) -> str:
        term = unescape(match.group(2))
        if term in anchors:  # the second of two glossaries
            return match.group()
        anchors[term] = anchor = f"term-{_spelled(term)}"
        return f'<dt id="{escape(anchor)}">{match.group(1)}'

    return found.group(1) + _ENTRY.sub(entry, found.group(2)) + found.group(3)


def _spelled(term: str) -> str:
    """The term as an anchor; Greek letters in words, so that Δ32 is no bare number."""
    return slug(term.replace("Δ", "delta "))


def _names(anchors: dict[str, str]) -> dict[str, str]:
    """Every name of the terms on the page with its anchor; a term's own name wins."""
    others = {
        alias: anchors[term.name]
        for term in TERMS if term.name in anchors
        for alias in term.aliases if alias not in _EVERYDAY
    }  # fmt: skip
    return others | anchors


def _pattern(names: dict[str, str]) -> re.Pattern[str]:
    """Any of the names as a whole word, the longest first; abbreviations in their own case."""
    spellings = [
        re.escape(escape(name, quote=False)) if _is_abbreviation(name)
        else f"(?i:{re.escape(escape(name, quote=False))}s?)"
        for name in sorted(names, key=len, reverse=True)
    ]  # fmt: skip
    return re.compile(rf"(?<![\w&#/–-])(?:{'|'.join(spellings)})(?![\w/–-])")


def _is_abbreviation(name: str) -> bool:
    """ART is not art, and AIDS are not aids."""
    return sum(sign.isupper() for sign in name) > 1 or len(name) < 4


def _linked(
    piece: str, pattern: re.Pattern[str], names: dict[str, str], seen: set[str]
) -> Iterator[str]:
    """The piece, part by part; ``seen`` holds the terms that this section has linked."""
    folded = {name.casefold(): anchor for name, anchor in names.items()}

    def link(match: re.Match[str]) -> str:
        words = match.group()
        plain = unescape(words).casefold()
        anchor = folded.get(plain) or folded[plain.removesuffix("s")]
        if anchor in seen:
            return words
        seen.add(anchor)
        return f'<a class="term" href="#{anchor}">{words}</a>'

    closed = 0  # how deep inside elements without prose
    for part in _TAG.split(piece):
        if part.startswith("<") and (name := _NAME.match(part)):
            tag = name.group(1).lower()
            if tag == "h2" and not part.startswith("</"):
                seen.clear()
            if tag in _CLOSED and not part.endswith("/>"):
                closed += -1 if part.startswith("</") else 1
            yield part
        else:
            yield part if closed > 0 or part.startswith("<!--") else pattern.sub(link, part)
