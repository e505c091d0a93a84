"""Amounts and ranges as people read them: 40.8 million, 37.0–45.6 million, 77%."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from explainer.errors import ExplainerError

Kind = Literal["people", "share", "number"]
NO_RANGE = "no range given"

_MARKS = {"<": "{less} than ", ">": "more than ", "≥": "at least ", "≤": "at most ", "": ""}


def is_known(value: object) -> bool:
    """Whether there is a number to word: not blank, NaN, infinite or text."""
    try:
        return not isinstance(value, str) and math.isfinite(float(value))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False


def exact(value: object) -> Decimal:
    """The number with the digits it is printed with, or one sentence that there is none."""
    if not is_known(value):
        raise ExplainerError(
            f"no value to word: got {value!s}, expected a number; choose a row that has one"
        )
    return Decimal(repr(float(value)))  # type: ignore[arg-type]


def rounded_to(value: Decimal, places: int) -> Decimal:
    """The number with so many decimals."""
    # Half up, as UNAIDS and readers do; half to even would print 1.25 million as 1.2.
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def places_for(value: Decimal, significant: int) -> int:
    """Decimals that show so many significant digits (negative: whole tens, hundreds)."""
    return significant - 1 - value.adjusted() if value else 0


@lru_cache(maxsize=4096)  # the ticks of an axis are worded again each time it is measured
def digits_text(value: Decimal, places: int, locale: str = "en", *, trim: bool = False) -> str:
    """The digits with their separators; ``trim`` drops zeros at the end."""
    from babel.numbers import format_decimal  # 40 ms, paid by the first number only

    rounded = rounded_to(value, places)
    pattern = f"#,##0.{('#' if trim else '0') * max(places, 0)}".rstrip(".")
    return format_decimal(rounded or abs(rounded), pattern, locale).replace("-", "−")


def _sign(mark: object) -> str:
    sign = mark.strip() if isinstance(mark, str) else ""
    if sign not in _MARKS:
        raise ExplainerError(f"unknown mark {sign!r}; expected one of < > ≤ ≥ or blank")
    return sign


def mark_words(mark: object, less: str) -> str:
    """``fewer than `` for the mark ``<``, ``at least `` for ``≥``, nothing for none."""
    return _MARKS[_sign(mark)].format(less=less)


def _figure(amount: Decimal, digits: int, locale: str) -> tuple[str, str]:
    """The figure and its word; what would round to 1,000 million moves up a word."""
    places = places_for(amount, 3) if abs(amount) < 1 else min(0, places_for(amount, 3))
    if abs(rounded_to(amount, digits - 6)) >= 10**9:
        return digits_text(amount.scaleb(-9), digits, locale), "billion"
    if abs(rounded_to(amount, places)) >= 10**6:
        return digits_text(amount.scaleb(-6), digits, locale), "million"
    return digits_text(amount, places, locale, trim=True), ""


def people(value: object, *, mark: object = "", digits: int = 1, locale: str = "en") -> str:
    """``40.8 million``, ``630,000`` or ``fewer than 500``: an estimated count.

    Parameters
    ----------
    value : number
        A count; below a million three figures are shown (an exact count: ``number``).
    mark : str, optional
        The table's ``<`` or ``>``, which makes the value a threshold.
    digits : int
        Decimals of millions and billions.
    """
    figure = " ".join(_figure(exact(value), digits, locale)).strip()
    return mark_words(mark, "fewer") + figure


def short(value: object, *, mark: object = "", digits: int = 1, locale: str = "en") -> str:
    """``40.8 m``, ``630,000`` or ``<500``: a count for the label of a chart."""
    figure, word = _figure(exact(value), digits, locale)
    return _sign(mark) + figure + {"million": " m", "billion": " bn"}.get(word, "")


def number(value: object, digits: int | None = None, *, locale: str = "en") -> str:
    """``1,234.5``: any number; short decimals unless ``digits`` fixes how many."""
    amount = exact(value)
    places = max(1, places_for(amount, 3)) if digits is None else digits
    return digits_text(amount, places, locale, trim=digits is None)


def _percent_places(hundredths: Decimal) -> int:
    # Two figures below 10% and above 99%: nothing becomes 0% or 100% by rounding.
    edge = 100 - hundredths if 99 < hundredths < 100 else hundredths
    return max(0, places_for(edge, 2))


def percent(
    share: object, digits: int | None = None, *, mark: object = "", locale: str = "en"
) -> str:
    """``77%``, ``0.01%`` or ``more than 98%``: a share (0–1) in percent."""
    value = exact(share).scaleb(2)
    places = _percent_places(value) if digits is None else digits
    figure = digits_text(value, places, locale, trim=digits is None)
    return f"{mark_words(mark, 'less')}{figure}%"


def _auto_places(value: Decimal, kind: Kind) -> int:
    return _percent_places(value) if kind == "share" else max(1, places_for(value, 3))


def _shared_places(ends: list[Decimal], kind: Kind) -> int | None:
    """Decimals for both ends when they lie close together: 2.4–4.0, but 0.6–81."""
    low, high = ends
    if not (low and high) or low.adjusted() != high.adjusted() or low.adjusted() > 0:
        return None
    shown = [rounded_to(end, _auto_places(end, kind)).normalize() for end in ends]
    return max(0, *(-int(end.as_tuple().exponent) for end in shown))


def _end_figures(ends: list[Decimal], kind: Kind, digits: int | None, locale: str) -> list[str]:
    places = _shared_places(ends, kind) if digits is None else digits
    if places is not None:
        return [digits_text(end, places, locale) for end in ends]
    return [digits_text(end, _auto_places(end, kind), locale, trim=True) for end in ends]


def between(
    low: object,
    high: object,
    kind: Kind = "people",
    *,
    low_mark: object = "",
    high_mark: object = "",
    digits: int | None = None,
    locale: str = "en",
) -> str:
    """``37.0–45.6 million``, ``62–90%``, ``69 to >98%``; ``no range given`` without a bound.

    Parameters
    ----------
    low, high : number
        Both ends; one that is blank or NaN leaves no range.
    kind : {"people", "share", "number"}
        Counts, shares (0–1, shown in percent) or plain numbers.
    low_mark, high_mark : str, optional
        The table's ``<`` or ``>`` at that end.
    digits : int, optional
        Decimals; chosen by size where none are given.

    Raises
    ------
    ExplainerError
        If ``low`` is above ``high``.
    """
    if not (is_known(low) and is_known(high)):
        return NO_RANGE
    first, last = exact(low), exact(high)
    if first > last:
        raise ExplainerError(
            f"the range is upside down: low {number(low)} is above high {number(high)}; "
            f"correct the row"
        )
    words, unit = ["", ""], "%" if kind == "share" else ""
    if kind == "people":
        pairs = [_figure(end, 1 if digits is None else digits, locale) for end in (first, last)]
        figures, words = [figure for figure, _ in pairs], [f" {word}".rstrip() for _, word in pairs]
    else:
        scale = 2 if kind == "share" else 0
        figures = _end_figures([first.scaleb(scale), last.scaleb(scale)], kind, digits, locale)
    start = _sign(low_mark) + figures[0] + (words[0] if words[0] != words[1] else "")
    # Neither a minus nor a mark can be read beside a dash.
    dash = " to " if first < 0 or _sign(high_mark) else "–"
    return f"{start}{dash}{_sign(high_mark)}{figures[1]}{words[1]}{unit}"


def amount(
    value: object,
    kind: Kind = "people",
    *,
    mark: object = "",
    digits: int | None = None,
    locale: str = "en",
) -> str:
    """The value in the words of its kind: a count, a share in percent or a plain number."""
    if kind == "people":
        return people(value, mark=mark, digits=1 if digits is None else digits, locale=locale)
    if kind == "share":
        return percent(value, digits, mark=mark, locale=locale)
    return mark_words(mark, "less") + number(value, digits, locale=locale)


def with_range(
    value: object,
    low: object,
    high: object,
    kind: Kind = "people",
    *,
    mark: object = "",
    low_mark: object = "",
    high_mark: object = "",
    digits: int | None = None,
    name: str = "range",
    locale: str = "en",
) -> str:
    """``40.8 million (range 37.0–45.6 million)``; ``name`` replaces the word "range"."""
    words = between(
        low, high, kind, low_mark=low_mark, high_mark=high_mark, digits=digits, locale=locale
    )
    inside = words if words == NO_RANGE else f"{name} {words}"
    return f"{amount(value, kind, mark=mark, digits=digits, locale=locale)} ({inside})"
