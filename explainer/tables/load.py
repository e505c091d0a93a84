"""Load a table: read, typed, validated, kept until the file changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import pandas as pd

from explainer.errors import ExplainerError
from explainer.paths import data_dir
from explainer.tables import registry, validate
from explainer.tables.columns import Table
from explainer.tables.descriptor import FILE, descriptor, fingerprint
from explainer.tables.read import read_strings
from explainer.tables.typed import Fault, typed

T = TypeVar("T")
Stamp = tuple[tuple[str, int, int], ...]
_KEPT: dict[str, tuple[Stamp, pd.DataFrame]] = {}
_LEARNED: dict[tuple[str, Callable[[pd.DataFrame], Any]], tuple[pd.DataFrame, Any]] = {}
_OPENED: set[str] = set()


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
    return _kept(name).copy()


def learned(name: str, lesson: Callable[[pd.DataFrame], T]) -> T:
    """What ``lesson`` draws from a table, worked out once and kept until the file changes.

    It is the same object each time: hand out copies of it.
    """
    frame = _kept(name)
    known = _LEARNED.get((name, lesson))
    if known is None or known[0] is not frame:
        known = _LEARNED[name, lesson] = (frame, lesson(frame))
    found: T = known[1]
    return found


def _kept(name: str) -> pd.DataFrame:
    """The table as it stands in memory, read anew if its file has changed."""
    table = registry.find(name)
    stamp = _stamp(table)
    kept = _KEPT.get(name)
    if kept is None or kept[0] != stamp:
        kept = _KEPT[name] = (stamp, _sound(table).reset_index(drop=True))
    _OPENED.add(name)
    return kept[1]


def opened() -> frozenset[str]:
    """Names of the tables loaded since this was last forgotten."""
    return frozenset(_OPENED)


def note_opened(name: str) -> None:
    """Note that something beside the tables was looked for, found or not."""
    _OPENED.add(name)


def forget_opened() -> None:
    """Begin anew to note which tables are loaded; what is in memory stays there."""
    _OPENED.clear()


def _sound(table: Table) -> pd.DataFrame:
    """The table's frame, if nothing is wrong with it.

    A file that is byte for byte the one the descriptor vouches for was validated when the
    descriptor was written; it is typed here, and every other file is validated in full.
    """
    if _is_frozen(table):
        frame, found = typed(table, read_strings(table))
    else:
        frame, found = examine(table)
    if found:
        raise ExplainerError(found[0].sentence)
    return frame


def _is_frozen(table: Table) -> bool:
    """Whether the file, and those it refers to, have the hashes that the descriptor states."""
    try:
        stated = {one["path"]: (one["bytes"], one["hash"]) for one in descriptor()["resources"]}
        return all(stated.get(file) == fingerprint(data_dir() / file) for file in _files(table))
    except (ExplainerError, OSError, KeyError, TypeError):
        return False


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
    return tuple(_file_stamp(file) for file in [*_files(table), FILE])


def _files(table: Table) -> list[str]:
    """The table's file and those it refers to."""
    return sorted({table.file, *(registry.find(name).file for name in table.references.values())})


def _file_stamp(file: str) -> tuple[str, int, int]:
    path = data_dir() / file
    try:
        status = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), status.st_mtime_ns, status.st_size
