"""The filters of ``say()``: facts and estimates in, words out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from explainer import wording
from explainer.errors import ExplainerError
from explainer.narrative.compared import compared, need_revision, revised
from explainer.narrative.facts import is_estimate, one_value, refusal
from explainer.wording import Kind, kind_of

# "fewer than 500": these wordings can carry the mark of a threshold.
_TAKES_MARK = {wording.short, wording.months, wording.years, wording.counted}


def _marks(fact: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(fact, name, "") for name in names} if is_estimate(fact) else {}


def _of_kind(fact: Any, kind: Kind, use: str) -> Any:
    """The fact itself, unless it is an estimate of something else."""
    if is_estimate(fact) and {kind, kind_of(fact)} == {"people", "share"}:
        raise ExplainerError(
            f"the estimate {wording.number(fact.value)} is a {kind_of(fact)} figure, "
            f"not a {kind} one; use the filter {use}"
        )
    return fact


def amount(fact: Any) -> str:
    """An estimate in the words of its unit, without its range."""
    return wording.amount(fact.value, kind_of(fact), **_marks(fact, "mark"))


def _people(fact: Any, digits: int = 1) -> str:
    _of_kind(fact, "people", "percent")
    return wording.people(one_value(fact), digits=digits, **_marks(fact, "mark"))


def _percent(fact: Any, digits: int | None = None) -> str:
    _of_kind(fact, "share", "people")
    return wording.percent(one_value(fact), digits, **_marks(fact, "mark"))


def _between(fact: Any, high: Any = None, kind: Kind = "people", digits: int | None = None) -> str:
    if is_estimate(fact):
        marks = _marks(fact, "low_mark", "high_mark")
        return wording.between(fact.low, fact.high, kind_of(fact), digits=digits, **marks)
    if isinstance(high, str):
        raise ExplainerError(
            f"between needs an upper bound, got {high!r}; write {{{{ low | between(high) }}}}"
        )
    return wording.between(one_value(fact), high, kind, digits=digits)


def _full(fact: Any, name: str = "range", digits: int | None = None) -> str:
    if not is_estimate(fact):
        remedy = "use {{ value | with_range(low, high) }}"
        raise refusal("full needs an estimate with its range", fact, remedy, wanted="full")
    marks = _marks(fact, "mark", "low_mark", "high_mark")
    bounds = (fact.value, fact.low, fact.high)
    return wording.with_range(*bounds, kind_of(fact), name=name, digits=digits, **marks)


def _published(fact: Any, noun: str = "", digits: int | None = None) -> str:
    """A figure with its range; a ceiling, or a figure that came without a range, stands alone."""
    if not is_estimate(fact):
        remedy = "use a filter for numbers"
        raise refusal("published needs an estimate", fact, remedy, wanted="published")
    return wording.published(fact, noun, digits)


def _moved(course: Any) -> str:
    """``fell by 39% to 1.3 million (range …)``; shares and ceilings as ``fell from … to …``."""
    last = _published(course.last)
    if course.direction == wording.changed(0):
        return f"{course.direction}, at {last}"
    if kind_of(course.last) == "share" or course.change_share != course.change_share:
        return f"{course.direction} from {amount(course.base)} to {last}"
    return f"{wording.changed(course.change_share)} to {last}"


def _told(course: Any, verb: str = "are") -> str:
    """What is known of a course, as the rest of a sentence: how it moved, or what is missing."""
    if not hasattr(course, "is_held"):
        raise refusal("told needs a course", course, "give it what course() gives")
    if course.last is None:
        return f"{verb} not {'published' if course.is_held else 'in our tables'}"
    if course.direction:
        return f"{_moved(course)} between {course.base_year} and {course.year}"
    if course.last.mark:
        return f"{verb} published as a ceiling only: {amount(course.last)} in {course.year}"
    past = {"are": "were", "is": "was"}[verb]
    return f"{past} {_published(course.last)} in {course.year}"


def _of_release(fact: Any, part: str) -> str:
    """What the older or the newer of two releases says."""
    need_revision(fact)
    return _published(getattr(fact, part), digits=wording.digits_of(fact.indicator))


def _cap(fact: Any) -> str:
    text = amount(fact) if is_estimate(fact) else str(one_value(fact))
    return text[:1].upper() + text[1:]


def _of_value(word: Callable[..., str]) -> Callable[..., str]:
    """A wording function as a filter: an estimate gives its value and its mark."""

    def filtered(fact: Any, *args: Any, **options: Any) -> str:
        marks = _marks(fact, "mark") if word in _TAKES_MARK else {}
        return word(one_value(fact), *args, **marks, **options)

    return filtered


def _of_two_values(word: Callable[..., str]) -> Callable[..., str]:
    """A wording function that compares, as a filter: first | word(last)."""

    def filtered(fact: Any, last: Any, *args: Any, **options: Any) -> str:
        if word is wording.difference and is_estimate(fact):
            options = {"kind": kind_of(fact), **options}
        return word(one_value(fact), one_value(last), *args, **options)

    return filtered


FILTERS: dict[str, Callable[..., str]] = {
    "people": _people,
    "percent": _percent,
    "between": _between,
    "range": _between,
    "full": _full,
    "with_range": _of_value(wording.with_range),
    "published": _published,
    "told": _told,
    "revised": revised,
    "compared": lambda fact, name=True: compared(fact, _published, name=name),
    "older": lambda fact: _of_release(fact, "first"),
    "newer": lambda fact: _of_release(fact, "second"),
    "short": _of_value(wording.short),
    "number": _of_value(wording.number),
    "counted": _of_value(wording.counted),
    "months": _of_value(wording.months),
    "years": _of_value(wording.years),
    "person_years": _of_value(wording.person_years),
    "one_in": _of_value(wording.one_in),
    "per": _of_value(wording.per),
    "per_100": lambda fact, digits=None: wording.per(one_value(fact), 100, digits),
    "per_1000": lambda fact, digits=None: wording.per(one_value(fact), 1000, digits),
    "ratio": _of_value(wording.ratio),
    "roughly": _of_value(wording.roughly),
    "direction": _of_two_values(wording.direction),
    "changed": _of_value(wording.changed),
    "difference": _of_two_values(wording.difference),
    "year": _of_value(wording.year),
    "year_spans": _of_value(wording.year_spans),
    "date": _of_value(wording.date_words),
    "ordinal": _of_value(wording.ordinal),
    "spelled": _of_value(wording.spelled),
    "p_value": _of_value(wording.p_value),
    "join": _of_value(wording.join),
    "indicators": _of_value(wording.indicators),
    "the": _of_value(wording.the),
    "cap": _cap,
}
