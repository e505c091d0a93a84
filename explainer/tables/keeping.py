"""Keep what a published file holds as a release beside the bundled ones."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from explainer import wording
from explainer.errors import ExplainerError
from explainer.paths import IMPORTED, IMPORTS_VARIABLE, import_file, imports_dir
from explainer.tables import registry, store
from explainer.tables.columns import Table
from explainer.tables.imports import agreeing, as_cascade, as_estimates
from explainer.tables.readers import Reading, read
from explainer.tables.store import Provenance
from explainer.tables.validate import faults

MOST_LEFT_OUT = 0.1
MOST_STRANGE = 0.5
FEWEST_SHARED = 20  # figures in both, to judge by
_PLAIN = " -._()&+"
_FIGURE = ["year", "location", "location_code", "indicator", "population"]
_BUILDERS = {"hiv_estimates": as_estimates, "treatment_cascade": as_cascade}


@dataclass(frozen=True)
class Keeping:
    """What became of a file: the release, where it stands, whether it is new, lines to print."""

    release: str
    path: Path
    is_new: bool
    lines: list[str]


def keep(
    file: Path,
    *,
    into: Path | None = None,
    replace: bool = False,
    indicator: str | None = None,
    address: str = "",
) -> Keeping:
    """Keep the release that a published file holds; loaders then offer it by its name.

    Parameters
    ----------
    file : Path
        A file as UNAIDS, WHO, the World Bank or Our World in Data publish it.
    into : Path, optional
        Folder of imported releases; the user's own without it.
    replace : bool
        Put it in the place of the same release that was imported from another file.
    indicator : str, optional
        What an AIDSinfo export measures, as it does not say so itself.
    address : str
        Where the file was downloaded from.

    Returns
    -------
    Keeping
        What was kept, what was left out and why, how to use it.

    Raises
    ------
    ExplainerError
        If the file cannot be read or its rows are unsound, or the release was imported from
        another file: nothing is changed then.
    """
    reading = read(file, indicator=indicator)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    name = shown_name(address.rsplit("/", 1)[-1].split("?")[0] or file.name)
    path = import_file(reading.release, into)
    if not replace and (before := store.find(reading.release, into)):
        return _already(before.provenance, digest, name, path)
    tables, left_out, compared = _tables(reading, digest, str(file))
    provenance = Provenance(
        release=reading.release, release_from=reading.release_from, file=name, sha256=digest,
        date=datetime.now(UTC).date().isoformat(), reader=reading.kind,
        publisher=reading.source, address=without_login(address),
        left_out=tuple(left_out), tables={},
    )  # fmt: skip
    store.put(store.packed(provenance, tables), path, replace=replace)
    store.find(reading.release, into)  # read back: what loaders will find is whole
    notes = [
        *(("left out", reason) for reason in left_out),
        *(("not read", f"{what}: {why}") for what, why in reading.not_read),
        *(("compared", line) for line in compared),
    ]
    return Keeping(reading.release, path, True, _told(reading, tables, notes, path))


def without_login(address: str) -> str:
    """An address without the name and password that may stand in it."""
    return re.sub(r"(?<=://)[^/@]*@", "", address)


def shown_name(name: str) -> str:
    """A file's name as a citation may hold it, on a terminal and in a spreadsheet: no sign that
    steers one or parts cells."""
    whole = name.encode("utf-8", "replace").decode()
    return "".join(sign if sign.isalnum() or sign in _PLAIN else "?" for sign in whole)[:120]


def _already(before: Provenance, digest: str, name: str, path: Path) -> Keeping:
    """The same file is there; another one needs the user's word."""
    if before.sha256 == digest:
        said = f"release {before.release} is already there, from this very file ({path})"
        return Keeping(before.release, path, False, [said])
    raise ExplainerError(
        f"{name}: release {before.release} was already imported on {before.date} from "
        f"{before.file} ({before.reader}); add --replace to put this file in its place"
    )


def _tables(
    reading: Reading, digest: str, where: str
) -> tuple[Mapping[str, pd.DataFrame], list[str], list[str]]:
    """The tables of a release, sound and whole, what was left out, and how they compare."""
    tables, left_out, compared = {}, [], []
    for name, build in _BUILDERS.items():
        rows = build(reading.frame)
        if rows.empty:
            continue
        table = registry.find(name)
        rows = rows.assign(source_id=f"{IMPORTED}{reading.release}_{digest[:8]}")
        rows = rows.astype({column.name: column.dtype for column in table.columns})
        tables[name], reasons = _sound(table, rows, where)
        compared += _compared(tables[name], table, where)
        left_out += reasons
    if not tables:
        raise ExplainerError(
            f"{where}: holds no figure for {' or '.join(_BUILDERS)}; choose a file with people "
            "living with HIV, new infections, deaths, treatment or prevalence"
        )
    return tables, left_out, compared


def _compared(rows: pd.DataFrame, table: Table, where: str) -> list[str]:
    """How the figures stand to those in use of the same release; strangers are refused."""
    same, both = agreeing(rows, table.name, table.key)
    if both >= FEWEST_SHARED and same < MOST_STRANGE * both:
        raise ExplainerError(
            f"{where}: only {same:,} of {both:,} figures of {table.name} say what the same release "
            "in use says; look at the file with --dry-run, or download it again"
        )
    return [f"{same:,} of {both:,} figures of {table.name} in use too say the same"] if both else []


def _sound(table: Table, rows: pd.DataFrame, where: str) -> tuple[pd.DataFrame, list[str]]:
    """The rows that keep every rule of the table, and a reason for those that do not.

    Raises
    ------
    ExplainerError
        If many rows break a rule, or a cell is none that the table may hold.
    """
    count, reasons = len(rows), []
    for rule in table.rules:
        holds = rule.holds(rows)
        if holds.all():
            continue
        bad = rows[~holds]
        if len(bad) > MOST_LEFT_OUT * count:
            raise ExplainerError(
                f"{where}: {len(bad):,} of {count:,} rows for {table.name} break the rule that "
                f"{rule.name}; download it again or choose another file"
            )
        first = bad.iloc[0]
        about = ", ".join(str(first[name]) for name in table.label)
        reasons.append(
            f"{wording.counted(len(bad), 'row', 'rows')} for {table.name}, the first {about}: "
            f"{rule.fault(first, rows)}"
        )
        rows = rows[holds]
    rows = rows.reset_index(drop=True)
    found = faults(table, rows, {})
    if found:
        clause = found[0].sentence.partition(": ")[2]
        raise ExplainerError(f"{where}: a figure does not fit {table.name}: {clause}")
    return rows, reasons


def _told(
    reading: Reading, tables: Mapping[str, pd.DataFrame], notes: list[tuple[str, str]], path: Path
) -> list[str]:
    """What was kept, what was not, and how to use it."""
    held = pd.concat(tables.values())
    countries = held.loc[held["location_type"] == "country", "location_code"].nunique()
    rows = ", ".join(f"{len(frame):,} rows of {name}" for name, frame in tables.items())
    is_own = path.parent.absolute() == imports_dir().absolute()
    first = "" if is_own else f"set {IMPORTS_VARIABLE} to {path.parent}, then "
    # Coverage of all ages stands in both tables, a cascade's figure once, however it is rounded.
    named = [
        frame.rename(columns={"age_group": "population"})[_FIGURE] for frame in tables.values()
    ]
    estimates = tables.get("hiv_estimates")
    # A file without a printed figure, as of Our World in Data, changes no page.
    is_raw = estimates is not None and not estimates["is_rounded"].any()
    use = ", unrounded=True)" if is_raw else f") or --release {reading.release}"
    others = len(reading.frame.drop_duplicates(_FIGURE)) - len(pd.concat(named).drop_duplicates())
    return [
        f"release {reading.release} of {reading.source} ({reading.release_from})",
        f"kept      {rows}; {wording.counted(countries, 'country', 'countries')}",
        *(f"{what:<10}{words}" for what, words in notes),
        *([f"not kept  {others:,} figures that these tables have no place for"] if others else []),
        f"wrote     {path}",
        f'use it by its name: {first}load_estimates("{reading.release}"{use}; nothing else changes',
    ]
