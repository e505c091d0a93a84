"""What to answer when somebody asks for a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """One sentence: which name is not known, the nearest one, and all that are."""
    names = sorted(known, key=str.casefold)
    by_lower = {one.casefold(): one for one in names}
    near = get_close_matches(name.casefold(), by_lower, n=1, cutoff=0.6)
    hint = f" (did you mean {by_lower[near[0]]!r}?)" if near else ""
    return f"{what} {name!r}{hint}; known: {', '.join(names) or 'none'}"
