"""What an index says of a page: a few figures, worded as published, that travel with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from explainer import wording
from explainer.narrative.facts import is_estimate

CARD_MIME = "application/vnd.explainer.card+json"


@dataclass(frozen=True)
class Card:
    """Facts of a page as JSON; a notebook shows them as one line, a page does not show them."""

    facts: Mapping[str, Any]

    def __repr__(self) -> str:
        shown = {name: _line(fact) for name, fact in self.facts.items()}
        return "; ".join(f"{name} {words}" for name, words in shown.items())

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, object]:
        return {CARD_MIME: dict(self.facts), "text/plain": repr(self)}


def card(**facts: Any) -> Card:
    """The card of this page for an index of many pages.

    Parameters
    ----------
    **facts
        Texts and numbers as they are; an estimate, or a course with its ``last`` estimate, becomes
        its words, its range, its year and a number to sort by.  None stays None: not published.
    """
    return Card({name: _fact(fact) for name, fact in facts.items()})


def _fact(fact: Any) -> Any:
    """A fact as JSON can hold it."""
    figure, year = getattr(fact, "last", fact), getattr(fact, "year", None)
    if not is_estimate(figure):
        return figure
    kind = wording.kind_of(figure)
    digits = wording.digits_of(getattr(fact, "indicator", ""))
    marks = {"low_mark": figure.low_mark, "high_mark": figure.high_mark}
    is_plain = figure.has_range and not figure.mark
    return {
        "words": figure.mark + wording.amount(figure.value, kind, digits=digits),
        "range": wording.between(figure.low, figure.high, kind, digits=digits, **marks)
        if is_plain
        else "",
        "value": figure.value,
        "mark": figure.mark,
        "year": year,
    }


def _line(fact: Any) -> str:
    return str(fact["words"] if isinstance(fact, dict) else fact)
