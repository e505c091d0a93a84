"""Every table by its name."""

from __future__ import annotations

from explainer.errors import ExplainerError
from explainer.tables import (
    epidemic_tables,
    genetics_tables,
    reading_tables,
    rebound_tables,
    remission_tables,
)
from explainer.tables.columns import Table

TABLES: dict[str, Table] = {
    table.name: table
    for room in (epidemic_tables, remission_tables, rebound_tables, genetics_tables, reading_tables)
    for table in room.TABLES
}


def find(name: str) -> Table:
    """Give the table of that name.

    Raises
    ------
    ExplainerError
        If there is none.
    """
    if name not in TABLES:
        raise ExplainerError(f"no table named {name}; the tables are {', '.join(sorted(TABLES))}")
    return TABLES[name]
