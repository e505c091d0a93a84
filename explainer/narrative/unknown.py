"""What to answer when somebody asks for a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable

from explainer.near import did_you_mean, near


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """One sentence: which name is not known, the nearest one, and all that are."""
    names = sorted(known, key=str.casefold)
    hint = did_you_mean(map(repr, near(name, names, n=1)))
    return f"{what} {name!r}{hint and f' ({hint})'}; known: {', '.join(names) or 'none'}"
