"""Load a table: read, typed, validated, kept until the file changes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from explainer.errors import ExplainerError
from explainer.paths import data_dir
from explainer.tables import registry, validate
from explainer.tables.columns import Table
from explainer.tables.read import read_strings
from explainer.tables.typed import Fault, typed

Stamp = tuple[tuple[str, int, int], ...]
_KEPT: dict[str, tuple[Stamp, pd.DataFrame]] = {}


def load(name: str) -> pd.DataFrame:
    """Give one table, validated; the caller's copy is its own.

    Parameters
    ----------
    name : str
        Name of the table, as of its file without ``.csv``.

    Returns
    -------
    pandas.DataFrame
        The rows in the order of the file, in the types of the model.

    Raises
    ------
    ExplainerError
        For the first thing wrong in the file: one sentence that says what, where and the remedy.
    """
    table = registry.find(name)
    stamp = _stamp(table)
    kept = _KEPT.get(name)
    if kept is None or kept[0] != stamp:
        frame, found = examine(table)
        if found:
            raise ExplainerError(found[0].sentence)
        kept = _KEPT[name] = (stamp, frame.reset_index(drop=True))
    return kept[1].copy()


def examine(table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    """The frame of a table and everything wrong with its rows.

    Raises
    ------
    ExplainerError
        If the file cannot be read as this table at all.
    """
    frame, found = typed(table, read_strings(table))
    # Rules compare values, so they wait until every cell has its type.
    return frame, found or validate.faults(table, frame, _known(table))


def _known(table: Table) -> Mapping[str, frozenset[str]]:
    """Ids of the tables this one refers to."""
    targets = {target: registry.find(target) for target in set(table.references.values())}
    return {
        name: frozenset(read_strings(target)[target.key[0]].dropna())
        for name, target in targets.items()
    }


def _stamp(table: Table) -> Stamp:
    """What changes when the file, or a file it refers to, changes."""
    names = sorted({table.file, *(registry.find(name).file for name in table.references.values())})
    return tuple(_file_stamp(name) for name in names)


def _file_stamp(file: str) -> tuple[str, int, int]:
    path = data_dir() / file
    try:
        status = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), status.st_mtime_ns, status.st_size
