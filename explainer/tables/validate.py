"""The pandera model of each table, and its failures as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from explainer.tables.columns import Column, Rule, Table
from explainer.tables.rules import resolves, shown, unique_key
from explainer.tables.typed import Fault, sentence

if TYPE_CHECKING:
    import pandera.pandas as pa
    from pandera.errors import SchemaError

Known = Mapping[str, frozenset[str]]


def model(table: Table, known: Known | None = None) -> pa.DataFrameSchema:
    """Pandera model of a table; with ``known`` ids it also checks that references resolve.

    Parameters
    ----------
    table : Table
        What the table promises.
    known : mapping, optional
        Ids that exist, by the name of the table they stand in.

    Returns
    -------
    pandera.DataFrameSchema
        Types, closed lists, limits, key and the rules between columns.
    """
    import pandera.pandas as pa  # a fifth of a second: paid by whoever validates

    return pa.DataFrameSchema(
        {column.name: _column(column) for column in table.columns},
        checks=[
            pa.Check(rule.holds, name=rule.name, ignore_na=False)  # a rule knows what blank means
            for rule in rules(table, known or {})
        ],
        strict=True,
        name=table.name,
    )


def rules(table: Table, known: Known) -> tuple[Rule, ...]:
    """The rules of a table: its own, its key, its references."""
    names = {column.name for column in table.columns}
    references = (
        resolves(column, target, known[target])
        for column, target in table.references.items()
        if target in known and column in names
    )
    return (*table.rules, unique_key(table.key), *references)


def faults(table: Table, frame: pd.DataFrame, known: Known) -> list[Fault]:
    """Every row that breaks its model, in the order of the file."""
    from pandera.errors import SchemaErrors

    try:
        model(table, known).validate(frame, lazy=True)
    except SchemaErrors as failures:
        by_name = {rule.name: rule for rule in rules(table, known)}
        broken = [one for one in failures.schema_errors if _name(one) in by_name]
        misfits = [one for one in failures.schema_errors if _name(one) not in by_name]
        # A date that is no date cannot be compared: rules wait until every cell fits its column.
        return sorted(
            {
                fault
                for failure in misfits or broken
                for fault in _said(failure, table, frame, by_name)
            }
        )
    return []


def _name(failure: SchemaError) -> str:
    return str(getattr(failure.check, "name", ""))


def _said(
    failure: SchemaError, table: Table, frame: pd.DataFrame, by_name: Mapping[str, Rule]
) -> Iterator[Fault]:
    """One pandera failure as a sentence for each row it names."""
    from pandera.errors import SchemaErrorReason

    if failure.reason_code is SchemaErrorReason.CHECK_ERROR or failure.check is None:
        raise failure  # a rule that cannot be evaluated is our bug, not the table's
    rule = by_name.get(_name(failure))
    for line in dict.fromkeys(failure.failure_cases["index"]):
        row = frame.loc[line]
        if rule is not None:
            clause, remedy = rule.fault(row, frame), rule.remedy
        else:
            column = next(one for one in table.columns if one.name == failure.schema.name)
            clause, remedy = _misfit(column, row[column.name]), "correct the cell"
        yield sentence(table, int(line), clause, remedy, dict(row))


def _column(column: Column) -> pa.Column:
    import pandera.pandas as pa

    checks = []
    if column.choices:
        checks.append(pa.Check.isin(column.choices))
    if column.pattern:
        checks.append(pa.Check.str_matches(f"^(?:{column.pattern})$"))
    if column.minimum is not None:
        checks.append(pa.Check.ge(column.minimum))
    if column.maximum is not None:
        checks.append(pa.Check.le(column.maximum))
    return pa.Column(column.dtype, checks, nullable=not column.required)


def _misfit(column: Column, value: Any) -> str:
    """A clause for a cell outside its list, its shape or its limits."""
    if column.choices:
        return f"{column.name} is {value!r}, expected one of {', '.join(column.choices)}"
    if column.pattern:
        return f"{column.name} is {value!r}, expected {column.form}"
    words = str if column.name.endswith("year") else shown  # no comma in 2,025
    limits = [words(limit) for limit in (column.minimum, column.maximum) if limit is not None]
    expected = " to ".join(limits) if len(limits) > 1 else f"{limits[0]} or more"
    return f"{column.name} is {words(value)}, expected {expected}"
