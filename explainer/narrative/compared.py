"""What two releases say of one year, in words; the two are never joined into a trend."""

from __future__ import annotations

from typing import Any, Protocol

from explainer import wording
from explainer.narrative.facts import refusal


class Told(Protocol):
    """How a figure is worded with its range."""

    def __call__(self, fact: Any, *, digits: int | None) -> str: ...


def revised(fact: Any) -> str:
    """``revised up by 0.5 million (1.3%)``: the newer release against the older, for one year.

    A share is told in percentage points, and a revision that may be rounding alone as one step.
    """
    need_revision(fact)
    first, second = fact.first, fact.second
    if first.is_threshold or second.is_threshold:
        return "a figure printed as a limit cannot be subtracted"
    if not fact.difference:
        return "the same figure"
    kind, digits = wording.kind_of_unit(first.unit), wording.digits_of(fact.indicator)
    words = [wording.amount(one.value, kind, digits=digits) for one in (first, second)]
    if words[0] == words[1]:
        return "the same figure once it is rounded"
    gap = wording.difference(first.value, second.value, kind, digits).rsplit(" ", 1)[0]
    way = "up" if fact.difference > 0 else "down"
    if fact.is_one_step:
        return f"revised {way} by one rounding step ({gap})"
    share = "" if kind == "share" else f" ({wording.percent(abs(fact.ratio - 1))})"
    return f"revised {way} by {gap}{share}"


def judged(fact: Any) -> str:
    """Whether the older figure lies in the newer range, as a clause; nothing for a limit or a
    figure that stayed."""
    need_revision(fact)
    if fact.first.is_threshold or fact.second.is_threshold or not fact.difference:
        return ""
    if fact.is_inside is None:
        return "the newer figure has no range to judge that by"
    if fact.is_inside:
        return "the older figure lies within the newer range"
    outside = "the older figure lies outside the newer range"
    if fact.has_overlap is None:
        return outside
    meet = "but the ranges overlap" if fact.has_overlap else "and the ranges do not meet"
    return f"{outside}, {meet}"


def compared(fact: Any, told: Told, *, name: bool = True) -> str:
    """What the older release said, what the newer says, and how far apart they are.

    ``name=False`` leaves out what is counted, where a heading has said it.
    """
    need_revision(fact)
    digits = wording.digits_of(fact.indicator)
    what = f"{wording.indicators(fact.indicator)}: " if name else ""
    said = (
        f"{what}the {fact.older} release said {told(fact.first, digits=digits)} for {fact.year}; "
        f"the {fact.newer} release says {told(fact.second, digits=digits)} for the same year"
    )
    verdict = "; ".join(part for part in (revised(fact), judged(fact)) if part)
    return f"{_capital(said)}. {_capital(verdict)}."


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def need_revision(fact: Any) -> None:
    """Refuse a fact that does not stand for one year in two releases."""
    if not hasattr(fact, "is_inside"):
        raise refusal("revised needs a revision", fact, "give it one of comparison()")
