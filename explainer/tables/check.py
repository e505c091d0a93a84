"""Everything that is wrong with the tables, for ``explainer check``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from explainer.errors import ExplainerError
from explainer.paths import data_dir
from explainer.tables import registry, store
from explainer.tables.case_story import story_faults
from explainer.tables.columns import Table
from explainer.tables.descriptor import FILE, descriptor, fingerprint
from explainer.tables.load import examine, load
from explainer.tables.read import shown_path
from explainer.tables.releases import default_release
from explainer.tables.remission_tables import REMISSION_CASES, REMISSION_EVENTS

_FIRST = 3


def check_tables() -> list[str]:
    """Say what is wrong with every table and with the descriptor; an empty list is a sound folder.

    Returns
    -------
    list of str
        One sentence for each of a table's first faults, and one for how many more there are.
    """
    data_dir()  # a wrong EXPLAINER_DATA_DIR is one fault, not twenty
    sentences = [*table_faults(), *_descriptor_faults(), *_import_faults()]
    if not sentences:
        try:
            default_release()
        except ExplainerError as error:
            return [str(error)]
    return sentences


def table_faults() -> list[str]:
    """Say what is wrong with the rows of every table, its first faults in a sentence each."""
    faults = [said for table in registry.TABLES.values() for said in _table_faults(table)]
    return faults or list(_case_faults())


def _case_faults() -> Iterator[str]:
    """Cases whose dates are not those of their events; every row by itself is sound here."""
    return story_faults(load(REMISSION_CASES.name), load(REMISSION_EVENTS.name))


def _table_faults(table: Table) -> list[str]:
    try:
        _, found = examine(table)
    except ExplainerError as error:
        # A table that cannot be read is said once, not again by every table that refers to it.
        own = str(error).startswith(shown_path(table.file))
        return [str(error)] if own else []
    sentences = [fault.sentence for fault in found[:_FIRST]]
    if len(found) > _FIRST:
        more = len(found) - _FIRST
        sentences.append(f"{shown_path(table.file)}: {more:,} more faults like these")
    return sentences


def _import_faults() -> Iterator[str]:
    """Imported releases that are not as they were written."""
    for release in store.imported():
        try:
            store.find(release)
        except ExplainerError as error:
            yield str(error)


def _descriptor_faults() -> list[str]:
    try:
        resources = descriptor()["resources"]
    except ExplainerError as error:
        return [str(error)]
    described = {str(resource.get("name")): resource for resource in resources}
    missing = sorted(registry.TABLES.keys() - described.keys())
    return [
        *(f"{shown_path(FILE)}: table {name} is not described; describe it" for name in missing),
        *_changed(described),
    ]


def _changed(described: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Tables whose file is no longer the one described."""
    for name in registry.TABLES.keys() & described.keys():
        file = registry.TABLES[name].file
        path = data_dir() / file
        if not path.is_file():
            continue
        size, digest = fingerprint(path)
        said = described[name]
        if (said.get("bytes"), said.get("hash")) != (size, digest):
            yield (
                f"{shown_path(file)}: changed since {FILE} was written ({size:,} bytes, "
                f"expected {said.get('bytes')!s}); if the change is meant, run "
                "python -m explainer.tables.dictionary"
            )
