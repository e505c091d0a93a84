"""The prose of a page: what is left of its HTML when pictures, tables, code and headings go."""

from __future__ import annotations

import re

from explainer.narrative.reading import reading

_NO_PROSE = re.compile(
    r"<(figure|table|svg|math|pre|code|dl|h[1-6]|blockquote|summary|script|style)\b.*?</\1>"
    r'|<ol class="sources">.*?</ol>|<p class="callout-label">.*?</p>|<!--.*?-->',
    re.DOTALL,
)
_BREAK = re.compile(r"</?(?:p|li|[uo]l|div|br|details|summary)\b[^>]*>")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def prose_of(html: str) -> str:
    """The sentences of a page, its paragraphs and list items parted by blank lines."""
    words = _TAG.sub("", _BREAK.sub("\n\n", _NO_PROSE.sub(" ", html)))
    return re.sub(r"\n\s*\n", "\n\n", words).strip()


def grade_words(html: str) -> str:
    """``grade 6`` of the prose in a page's HTML; nothing if there is too little of it."""
    found = reading(prose_of(html))
    return f"grade {max(found.grade, 0):.0f}" if found else ""
