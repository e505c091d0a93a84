"""Text from tables made inert: it reads the same, but is neither Markdown, HTML nor a formula."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"\s*[\x00-\x1f\x7f\x85\u2028\u2029]+\s*")
_SIGNS = re.compile(r"""[&<>"\\`*_\[\]|$~#!@^]""")
# Bare addresses become links in most Markdown dialects.
_ADDRESS = re.compile(r":(?=//)|(?<=\bwww)\.", re.IGNORECASE)
# At the start of a line these would begin a list, a heading's underline or a definition.
_OPENING = re.compile(r"^[-+=:](?!\w)|(?<=^\d)[.)](?=\s|$)|(?<=^\d\d)[.)](?=\s|$)")


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match.group())};"


def inert(text: str) -> str:
    """The text as Markdown that shows exactly these characters, on one line."""
    line = _BREAKS.sub(" ", text).strip()
    # Entities, not backslashes: every Markdown dialect and the formula readers honour them.
    line = _SIGNS.sub(_entity, line)
    return _OPENING.sub(_entity, _ADDRESS.sub(_entity, line))
