"""From strings to types: numbers, whole numbers, true or false; what does not fit is a fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from explainer.tables.columns import Column, Table
from explainer.tables.read import shown_path

_FLAGS = {"true": True, "false": False}
_EXPECTED = {"number": "a number", "integer": "a whole number", "flag": "true or false"}


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one row of one file."""

    line: int
    sentence: str


def sentence(table: Table, line: int, clause: str, remedy: str, row: Mapping[str, object]) -> Fault:
    """What, where, got, expected, remedy: in one sentence."""
    words = [str(row[name]) for name in table.label if not pd.isna(row[name])]  # type: ignore[call-overload]
    about = f" ({', '.join(words)})" if words else ""
    return Fault(line, f"{shown_path(table.file)} row {line}: {clause}{about}; {remedy}")


def typed(table: Table, strings: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """The frame in its types, and the cells that would not go in."""
    faults: list[Fault] = []
    columns: dict[str, pd.Series] = {}
    for column in table.columns:
        cells = strings[column.name]
        values, clauses = _convert(column, cells)
        columns[column.name] = values
        for line, clause in clauses:
            faults.append(
                sentence(table, line, clause, "correct the cell", dict(strings.loc[line]))
            )
    return pd.DataFrame(columns, index=strings.index), sorted(faults)


def _convert(column: Column, cells: pd.Series) -> tuple[pd.Series, list[tuple[int, str]]]:
    """A column in its type, and a clause for each cell that does not fit."""
    values, bad = _values(column, cells)
    blank = cells.isna() if column.required else pd.Series(False, cells.index)
    clauses = list(_clauses(column, cells, bad, blank))
    if clauses:  # the caller will not use the frame: any type will do
        return values, clauses
    return values.astype(pd.api.types.pandas_dtype(column.dtype)), clauses


def _values(column: Column, cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    if column.kind == "text":
        return cells, pd.Series(False, cells.index)
    if column.kind == "flag":
        values = cells.str.lower().map(_FLAGS)
        return values, values.isna() & cells.notna()
    numbers = pd.to_numeric(cells, errors="coerce").astype("float64")
    bad = cells.notna() & ~np.isfinite(numbers)
    if column.kind == "integer":
        bad |= numbers.notna() & (numbers % 1 != 0)
    return numbers, bad


def _clauses(
    column: Column, cells: pd.Series, bad: pd.Series, blank: pd.Series
) -> Iterator[tuple[int, str]]:
    for line in cells.index[blank]:
        yield line, f"{column.name} is blank, expected a value"
    for line in cells.index[bad]:
        yield line, f"{column.name} is {str(cells[line])[:40]!r}, expected {_EXPECTED[column.kind]}"
