"""What a table promises: its columns, its key, and the rules between columns, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

Kind = Literal["text", "number", "integer", "flag"]
VERIFIED = ("two_sources", "one_source", "no")
IDENTIFIER = r"[a-z0-9_]+"
DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
ISO3 = r"[A-Z]{3}"


@dataclass(frozen=True)
class Column:
    """One column: what may stand in it."""

    name: str
    kind: Kind = "text"
    required: bool = True
    choices: tuple[str, ...] = ()
    pattern: str = ""
    form: str = ""
    minimum: float | None = None
    maximum: float | None = None

    @property
    def dtype(self) -> str:
        """The pandas type the column is returned in."""
        if self.kind == "integer":
            return "int64" if self.required else "Int64"
        return {"text": "str", "number": "float64", "flag": "bool"}[self.kind]


@dataclass(frozen=True)
class Rule:
    """A sentence that must hold for every row, and how to say that it does not."""

    name: str
    holds: Callable[[pd.DataFrame], pd.Series[bool]]
    fault: Callable[[pd.Series, pd.DataFrame], str]
    remedy: str = "correct the row"


@dataclass(frozen=True)
class Table:
    """One table: columns, key, the columns that name a row to a reader, rules, references."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    label: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """Name of the file in the data folder."""
        return f"{self.name}.csv"


def text(name: str, *choices: str, required: bool = True) -> Column:
    """Words, or one of a closed list of words."""
    return Column(name, "text", required, choices)


def note(name: str) -> Column:
    """Words that may be blank."""
    return Column(name, required=False)


def code(name: str, pattern: str, form: str, *, required: bool = True) -> Column:
    """Text of a fixed shape, such as an identifier or a date."""
    return Column(name, "text", required, pattern=pattern, form=form)


def date(name: str, *, required: bool = True) -> Column:
    """ISO date cut to its precision: 2020, 2020-07 or 2020-07-03."""
    return code(name, DATE, "a date as 2020, 2020-07 or 2020-07-03", required=required)


def precision(name: str, *, required: bool = True) -> Column:
    """How precise the date beside it is."""
    return text(name, "day", "month", "year", required=required)


def number(name: str, low: float | None = None, high: float | None = None) -> Column:
    """A number that may be blank."""
    return Column(name, "number", False, minimum=low, maximum=high)


def figure(name: str, low: float | None = None, high: float | None = None) -> Column:
    """A number that every row has."""
    return Column(name, "number", True, minimum=low, maximum=high)


def share(name: str) -> Column:
    """A share between 0 and 1 that may be blank."""
    return number(name, 0, 1)


def count(name: str) -> Column:
    """A whole number of people or things, 0 or more, that may be blank."""
    return Column(name, "integer", False, minimum=0)


def year(name: str = "year", *, required: bool = True) -> Column:
    """A calendar year."""
    return Column(name, "integer", required, minimum=1900, maximum=2100)


def flag(name: str) -> Column:
    """``true`` or ``false``."""
    return Column(name, "flag")


def mark(name: str) -> Column:
    """``<`` or ``>`` where the number beside it is a threshold."""
    return text(name, "<", ">", required=False)


def identifier(name: str) -> Column:
    """A short lower-case name by which other rows point at this one."""
    return code(name, IDENTIFIER, "lower-case letters, digits and _")


def sourced(*, more: bool = False) -> tuple[Column, ...]:
    """The columns that say where a row comes from."""
    source = identifier("source_id")
    others = code(
        "other_source_ids",
        rf"{IDENTIFIER}(;{IDENTIFIER})*",
        "source ids joined by ;",
        required=False,
    )
    return (source, others) if more else (source,)


def checked(name: str = "verified") -> Column:
    """How many separate documents carry the row's figures."""
    return text(name, *VERIFIED)


SOURCES = {"source_id": "sources", "other_source_ids": "sources"}
