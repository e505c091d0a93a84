"""Times, odds, comparisons, dates and lists as people read them: 13 years 7 months, 1 in 100."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from explainer.errors import ExplainerError
from explainer.wording.amounts import (
    Kind,
    digits_text,
    exact,
    mark_words,
    number,
    people,
    percent,
    places_for,
    rounded_to,
)

_SPELLED = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_PLURALS = {"person": "people", "child": "children", "woman": "women", "man": "men"}
_DATE_PATTERNS = {1: "y", 2: "MMMM y", 3: "d MMMM y"}


def counted(
    value: object, noun: str, plural: str = "", *, mark: object = "", locale: str = "en"
) -> str:
    """``1 week``, ``8 people``, ``2,134 donors``: an exact count with its noun."""
    figure = number(value, locale=locale)
    several = plural or _PLURALS.get(noun, f"{noun}s")
    return f"{mark_words(mark, 'fewer')}{figure} {noun if figure in ('1', '−1') else several}"


def years(value: object, *, mark: object = "", locale: str = "en") -> str:
    """``1 year`` or ``2.5 years``."""
    return mark_words(mark, "less") + counted(value, "year", locale=locale)


def person_years(value: object, *, locale: str = "en") -> str:
    """``41.3 person-years``."""
    return counted(value, "person-year", locale=locale)


def months(value: object, *, mark: object = "", split: bool = True, locale: str = "en") -> str:
    """``15 months``, ``2 years``, ``13 years 7 months``; ``split=False`` keeps months."""
    total = int(rounded_to(exact(value), 0))
    whole, rest = divmod(abs(total), 12)
    words = counted(total, "month", locale=locale)
    if split and whole >= 2:
        parts = [counted(whole, "year", locale=locale)]
        parts += [counted(rest, "month", locale=locale)] if rest else []
        words = ("−" if total < 0 else "") + " ".join(parts)
    return mark_words(mark, "less") + words


def year(value: object) -> str:
    """``2024``: a year has no thousands comma and no decimals."""
    whole = exact(value)
    if whole != whole.to_integral_value():
        raise ExplainerError(f"{whole} is not a year; expected a whole number such as 2024")
    return str(int(whole))


def date_words(value: object, *, locale: str = "en") -> str:
    """``16 November 2021``, ``October 2023`` or ``2025``, as precise as the date is written."""
    text = str(value).strip()
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:[T ]00:00:00)?", text)
    try:
        if parts is None:
            raise ValueError
        given = [int(part) for part in parts.groups() if part]
        day = date(*[*given, 1, 1][:3])
    except ValueError:
        raise ExplainerError(
            f"{text!r} is not a date to word; expected 2025, 2023-10 or 2021-11-16"
        ) from None
    from babel.dates import format_date

    return format_date(day, _DATE_PATTERNS[len(given)], locale)


def per(value: object, base: int = 100, digits: int | None = None, *, locale: str = "en") -> str:
    """``2.4 per 1,000``: a share or a rate for one, told for ``base``."""
    scaled = float(exact(value) * base)
    return f"{number(scaled, digits, locale=locale)} per {number(base, locale=locale)}"


def ratio(value: object, digits: int | None = None, *, locale: str = "en") -> str:
    """``3.5 times``: how many times one number holds another."""
    times = exact(value)
    places = max(0, places_for(times, 2)) if digits is None else digits
    return f"{digits_text(times, places, locale, trim=digits is None)} times"


def roughly(value: object, *, locale: str = "en") -> str:
    """``1,000`` for 1,013 and ``60`` for 57.6: one figure, where more would be false precision."""
    amount = exact(value)
    places = places_for(amount, 1)
    return digits_text(rounded_to(amount, places), max(0, places), locale)


def one_in(share: object, *, locale: str = "en") -> str:
    """``1 in 2,500``, ``8 in 10``, ``none`` or ``all``: a share (0–1) as people among people."""
    value = exact(share)
    if not 0 <= value <= 1:
        raise ExplainerError(f"{value} is not a share from 0 to 1; divide a percentage by 100")
    if value in (0, 1):
        return "all" if value else "none"
    if value >= Decimal("0.95"):
        return f"{int(value * 100)} in 100"  # rounded down: 99.6% is not 100 in 100
    among = 1 / value
    whole = rounded_to(among, 0)
    if value > Decimal("0.1") and abs(among - whole) > whole * Decimal("0.05"):
        return f"{rounded_to(value * 10, 0)} in 10"
    return f"1 in {digits_text(whole, min(0, places_for(whole, 3)), locale)}"


def p_value(value: object, *, locale: str = "en") -> str:
    """``p = 0.09``, ``p = 0.003`` or ``p < 0.001``."""
    p = exact(value)
    if not 0 <= p <= 1:
        raise ExplainerError(f"a p value lies from 0 to 1, got {p}")
    for limit, sign in ((Decimal("0.001"), "<"), (Decimal("0.99"), ">")):
        if (p < limit) == (sign == "<") and p != limit:
            return f"p {sign} {number(limit, locale=locale)}"
    # Three decimals near and below 0.05, so that 0.048 does not read as 0.05.
    return f"p = {digits_text(p, 3 if p < Decimal('0.055') else 2, locale)}"


def direction(first: object, last: object, *, tolerance: float = 0.005) -> str:
    """``rose``, ``fell`` or ``stayed about the same`` (a change within ``tolerance`` of first)."""
    start, end = exact(first), exact(last)
    if abs(end - start) <= abs(start) * exact(tolerance):
        return "stayed about the same"
    return "rose" if end > start else "fell"


def changed(share: object, *, tolerance: float = 0.005, locale: str = "en") -> str:
    """``fell by 39%``, ``rose by 3%`` or ``stayed about the same``, from a change as a share."""
    change = exact(share)
    if abs(change) <= exact(tolerance):
        return "stayed about the same"
    return f"{'rose' if change > 0 else 'fell'} by {percent(float(abs(change)), locale=locale)}"


def difference(
    first: object,
    last: object,
    kind: Kind = "people",
    digits: int | None = None,
    *,
    locale: str = "en",
) -> str:
    """``0.4 million more``, ``10 percentage points lower``: the last against the first."""
    start, end = exact(first), exact(last)
    gap = abs(end - start)
    if not gap:
        return "no difference"
    if kind == "share":
        points = percent(float(gap), digits, locale=locale).rstrip("%")
        noun = "percentage point" + ("" if points == "1" else "s")
        return f"{points} {noun} {'higher' if end > start else 'lower'}"
    if kind == "number":
        return f"{number(float(gap), digits, locale=locale)} {'more' if end > start else 'less'}"
    if digits is None and min(abs(start), abs(end)) >= 10**6 and 50_000 <= gap < 999_500:
        # Both are printed in tenths of a million, so their gap is too.
        words = f"{digits_text(gap.scaleb(-6), 1, locale)} million"
    else:
        words = people(float(gap), digits=1 if digits is None else digits, locale=locale)
    return f"{words} {'more' if end > start else 'fewer'}"


def ordinal(value: object) -> str:
    """``1st``, ``22nd``, ``113th``."""
    whole = int(rounded_to(exact(value), 0))
    last = 0 if whole % 100 in (11, 12, 13) else whole % 10
    return f"{number(whole)}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def spelled(value: object, *, locale: str = "en") -> str:
    """``eight``: whole numbers to ten in letters, others in digits."""
    count = exact(value)
    is_small = count in range(len(_SPELLED))
    return _SPELLED[int(count)] if is_small else number(value, locale=locale)


def ended(sentence: object) -> str:
    """``Who said it?`` or ``It is so.``: a full stop unless it has an end mark of its own."""
    text = str(sentence).rstrip(" .")
    return text if text.endswith(("?", "!")) else f"{text}."


def join(items: Iterable[object], word: str = "and") -> str:
    """``a, b and c``: a list as it is read aloud; an empty one is ``none``."""
    texts = [number(item) if isinstance(item, float) else str(item) for item in items]
    if not texts:
        return "none"
    return f" {word} ".join([", ".join(texts[:-1]), texts[-1]] if texts[1:] else texts)


def year_spans(values: Iterable[int]) -> str:
    """``1990–2009 and 2012``: many years in few words."""
    runs: list[list[int]] = []
    for one in sorted(set(values)):
        if runs and one == runs[-1][-1] + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
