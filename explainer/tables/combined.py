"""The bundled rows of a table, and beside them those of an imported release that is named."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from explainer.paths import IMPORTED
from explainer.tables import registry, store
from explainer.tables.load import learned, load, note_opened

_RELEASE = re.compile(r"\d{4}")


def with_imported(name: str, release: str) -> pd.DataFrame:
    """Give a table's bundled rows, those of one release completed by what was imported for it.

    Parameters
    ----------
    name : str
        Name of the table.
    release : str
        The release that was asked for by name; empty for none: then nothing imported is read.

    Returns
    -------
    pandas.DataFrame
        Where both hold a figure the imported one stands, unless it alone lacks a range.

    Raises
    ------
    ExplainerError
        If the bundled table is broken or the imported release is damaged.
    """
    if not _RELEASE.fullmatch(release):
        return load(name)
    note_opened(f"{IMPORTED}{release}")
    kept = store.find(release)
    if kept is None or name not in kept.tables:
        return load(name)
    lesson = _Completion(name, release, kept.provenance.tables[name])
    return learned(name, lesson).copy()


@dataclass(frozen=True)
class _Completion:
    """Completes the bundled rows of a table by an import; ``digest`` tells imports apart."""

    name: str
    release: str
    digest: str

    def __call__(self, bundled: pd.DataFrame) -> pd.DataFrame:
        kept = store.find(self.release)
        if kept is None:
            return bundled
        own = bundled["release"] == self.release
        key = list(registry.find(self.name).key)
        both = _completed(kept.tables[self.name], bundled[own], key)
        return pd.concat([bundled[~own], both], ignore_index=True)


def _completed(new: pd.DataFrame, held: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """One row a figure: with a range before without, imported before bundled."""
    names = dict(zip(held["location_code"], held["location"], strict=True))
    called = new["location_code"].map(names)  # one code, one name
    new = new.assign(location=called.where(called.notna(), new["location"]).astype("str"))
    both = pd.concat([new, held], ignore_index=True)
    order = (both["low"].isna() | both["high"].isna()).sort_values(kind="stable").index
    return both.loc[order].drop_duplicates(key).sort_values(key, kind="stable")
