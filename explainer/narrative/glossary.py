"""What a term means, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from explainer.errors import ExplainerError
from explainer.narrative.term import Term
from explainer.narrative.terms import TERMS
from explainer.narrative.unknown import unknown


@dataclass(frozen=True)
class Glossary:
    """Terms with their definitions, shown as a list."""

    terms: tuple[Term, ...]

    def _repr_html_(self) -> str:
        rows = "\n".join(
            f"<dt><dfn>{escape(term.name)}</dfn></dt>\n<dd>{escape(term.definition)}</dd>"
            for term in self.terms
        )
        return f'<dl class="glossary">\n{rows}\n</dl>'

    def _repr_markdown_(self) -> str:
        return "\n".join(f"- **{term.name}**: {term.definition}" for term in self.terms)

    def __str__(self) -> str:
        return "\n".join(f"{term.name}: {term.definition}" for term in self.terms)

    __repr__ = __str__


def glossary(*terms: str) -> Glossary:
    """The terms named, in that order, or all of them from a to z.

    Parameters
    ----------
    *terms : str
        Names or other names of terms: ``"remission"``, ``"U=U"``, ``"delta32"``.

    Raises
    ------
    ExplainerError
        If a term is not in the glossary.
    """
    if not terms:
        return Glossary(tuple(sorted(TERMS, key=lambda term: term.name.casefold())))
    return Glossary(tuple(dict.fromkeys(_find(name) for name in terms)))


def define(term: str) -> str:
    """What one term means."""
    return _find(term).definition


def _find(name: str) -> Term:
    by_name = {_key(known): term for term in TERMS for known in (term.name, *term.aliases)}
    term = by_name.get(_key(name))
    if term is None:
        known = [one.name for one in TERMS]
        raise ExplainerError(unknown("the glossary has no term", name, known))
    return term


def _key(name: str) -> str:
    """Names match whatever their case, dashes and spaces."""
    return "".join(sign for sign in name.casefold() if sign not in " -‑–—")
