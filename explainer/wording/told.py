"""Results in words: what a notebook and its pages show of one; ``repr`` stays the programmer's."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import fields
from enum import Enum
from html import escape
from typing import Any

from explainer.wording.amounts import NO_RANGE, Kind, amount, between, is_known, number, percent
from explainer.wording.names import digits_of, indicators, kind_of_unit, the
from explainer.wording.phrases import difference, join, p_value, year_spans

_LABELS = {"location": "place", "location_code": "code", "iso3": "code"}
_COUNTS = {
    "n_ranked": "countries ranked",
    "n_sharing": "more with the same figure",
    "n_thresholds": "printed only as a limit",
}
_OF_LIST = {"rate": "prevalence_share"}  # what a list of places is ranked by
_ENDS = ("first", "last", "second")
_INDICATORS = ("indicators", "small", "never", "thresholds")
_NOT_KNOWN = "not known"
_UNLESS = frozenset({"", "count", "number", "rate", "ratio", "share", "year"})  # said without


def kind_of(fact: Any) -> Kind:
    """The kind of words an estimate wants, from its unit."""
    return kind_of_unit(getattr(fact, "unit", ""))


def published(fact: Any, noun: str = "", digits: int | None = None) -> str:
    """A figure with its range; a ceiling, or a figure that came without a range, stands alone."""
    kind = kind_of(fact)
    said = amount(fact.value, kind, mark=getattr(fact, "mark", ""), digits=digits)
    said = f"{said} {noun}".rstrip()
    if fact.mark or not fact.has_range:
        return said
    marks = {"low_mark": fact.low_mark, "high_mark": fact.high_mark}
    if fact.low == fact.value == fact.high and not any(marks.values()):
        return f"{said} (range within rounding)"
    return f"{said} (range {between(fact.low, fact.high, kind, digits=digits, **marks)})"


class Told:
    """A result that shows itself in words where a page or a notebook can show them."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """A small table: what the result is, and each part of it in words."""
        what = (inspect.getdoc(type(self)) or "").partition("\n\n")[0].replace("``", "")
        return _table(" ".join(what.split()), ((name, said) for name, _, said in _parts(self)))

    def _in_words(self, digits: int | None = None) -> str:
        """The result as a part of another: its yes and no are left out."""
        said = [
            f"{words} {name}" if name in _COUNTS.values() else f"{name} {words}"
            for name, it, words in _parts(self, digits)
            if not isinstance(it, bool)
        ]
        return "; ".join(said)


class ToldAlone(Told):
    """An estimate, which is one phrase wherever it stands."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return f"<p>{escape(self._in_words())}</p>"

    def _in_words(self, digits: int | None = None) -> str:
        unit = str(getattr(self, "unit", ""))
        value = getattr(self, "value", None)
        if not is_known(value):
            return _NOT_KNOWN
        if unit == "year":
            return f"{value:.0f}"
        said = published(self, "" if unit in _UNLESS else unit, digits)
        # The bounds may be a published range or an exact interval, and do not say which.
        return said.replace(f" (range {NO_RANGE})", "").replace("(range ", "(")


class ToldByName(dict[str, Any]):
    """Estimates by name, which a notebook shows as a small table."""

    def _repr_html_(self) -> str:
        return _table("", ((name, figure._in_words()) for name, figure in self.items()))


def _table(caption: str, rows: Iterable[tuple[str, str]]) -> str:
    """A small table of names and words."""
    body = "".join(
        f'<tr><th scope="row">{escape(name[:1].upper() + name[1:])}</th>'
        f"<td>{escape(said)}</td></tr>"
        for name, said in rows
    )
    head = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{head}<tbody>{body}</tbody></table>"


def _parts(result: Any, digits: int | None = None) -> Iterator[tuple[str, Any, str]]:
    """Names of the parts of a result that say something, each with its value and its words."""
    for field in fields(result):
        value = getattr(result, field.name)
        is_said_twice = field.name == "ratio" and hasattr(result, "change_share")
        if not (is_said_twice or (isinstance(value, str) and not value)):
            yield _label(field.name, value), value, _said(field.name, value, result, digits)


def _label(name: str, value: Any) -> str:
    """``base year``, ``change``, ``number up``: a part's name in words."""
    if name in _ENDS and not isinstance(value, str):
        return f"{name} figure"
    if name == "first" and value:
        return "the highest is"
    plain = name.removeprefix("is_").removeprefix("has_").removesuffix("_share")
    plain = f"number {plain[2:]}" if plain.startswith("n_") else plain
    return _LABELS.get(name) or _COUNTS.get(name) or indicators(plain)


def _said(name: str, value: Any, whole: Any, digits: int | None = None) -> str:
    """A part in words."""
    if isinstance(value, Told):
        ranked_by = "" if isinstance(value, ToldAlone) else _OF_LIST.get(name, "")
        own = digits_of(getattr(whole, "indicator", ranked_by))
        return value._in_words(digits if own is None else own)
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return _named(name, value)
    if isinstance(value, tuple | list):
        return _listed(name, value)
    if hasattr(value, "columns"):
        return f"a table of {number(len(value))} rows"
    if isinstance(value, int) and name.endswith("year"):
        return str(value)
    return _numbered(name, value, whole) if isinstance(value, int | float) else str(value)


def _named(name: str, value: str) -> str:
    """A place, an indicator or another name; ids stay as they are."""
    if name == "indicator":
        return indicators(value)
    if name in ("location", "country"):
        return the(value)
    return str(value).replace("_", " ") if isinstance(value, Enum) or name == "reading" else value


def _listed(name: str, values: tuple[Any, ...] | list[Any]) -> str:
    """Several parts in words."""
    if name.startswith("year"):
        return year_spans(values)
    if name in _INDICATORS and values:
        return indicators(values)
    if all(isinstance(one, str) for one in values):
        return join(values)
    return "; ".join(_said(name, one, None) for one in values)


def _numbered(name: str, value: float, whole: Any) -> str:
    """A number by what its name says it is."""
    if not is_known(value):
        return _NOT_KNOWN if value != value else "no limit"
    if name.endswith("_share"):
        return percent(value)
    if name == "p" or name.startswith("p_"):
        return p_value(value)
    ends = [one for end in _ENDS if isinstance(one := getattr(whole, end, None), ToldAlone)]
    if name == "difference" and len(ends) == 2:
        start, end = (getattr(one, "value", value) for one in ends)
        return difference(start, end, kind_of(ends[0]))
    return number(value)
