"""A term of the glossary."""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """A term, what it means, and the other names it goes by."""

    name: str
    definition: str
    aliases: tuple[str, ...] = ()
