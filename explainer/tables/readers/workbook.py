"""UNAIDS workbook: "HIV estimates with uncertainty bounds", 2019 layout and 2024/2025 layout.

Read against the 2019 and 2025 workbooks.  Test-and-treat sheets with three header rows are read
as the documentation describes them: the 2025 sample has lost two of the three.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from explainer.errors import ExplainerError
from explainer.tables.readers import measures
from explainer.tables.readers.cells import year
from explainer.tables.readers.delimited import Delimited
from explainer.tables.readers.headings import Column, columns, letter, stripped_columns
from explainer.tables.readers.places import place
from explainer.tables.readers.reading import BOUNDS, KEY, Reading, Rows, finished

SOURCE, KIND, SLUG = "UNAIDS", "UNAIDS workbook", "unaids_workbook"
_NAMED = re.compile(r"UNAIDS (20[0-9]{2})\b.*estimates", re.IGNORECASE)
_SHEET = re.compile(r"HIV ?(20[0-9]{2}) ?Estimates", re.IGNORECASE)
_SEARCHED = 60
Cells = Sequence[Sequence[object]]
Groups = dict[measures.Measure, dict[str, int]]


@dataclass(frozen=True)
class _Sheet:
    """One sheet as it was read."""

    name: str
    frame: pd.DataFrame
    release: str | None
    release_from: str
    not_read: list[tuple[str, str]]


def recognises(head: Cells) -> bool:
    """Whether the first rows are those of such a sheet: headings, then year, code and name."""
    first = _first_row(head)
    return first is not None and any(
        one.measure is not None for one in columns(_headings(head[:first]))
    )


def read_text(text: Delimited) -> Reading:
    """Read one of its sheets saved as CSV, whatever the encoding and the delimiter."""
    return _reading([("the sheet", list(text.rows()))], text.where, f"{KIND}, a sheet as CSV")


def read_sheets(sheets: Iterable[tuple[str, Cells]], where: str) -> Reading:
    """Read all sheets of a workbook."""
    return _reading(sheets, where, KIND)


def _reading(sheets: Iterable[tuple[str, Cells]], where: str, kind: str) -> Reading:
    read = [_sheet(name, rows, where) for name, rows in sheets]
    not_read = [entry for sheet in read for entry in sheet.not_read]
    said = [sheet for sheet in read if sheet.release]
    known = {sheet.release: sheet.release_from for sheet in reversed(said)}
    if len(known) > 1:
        raise ExplainerError(
            f"{where}: its sheets are of releases {' and '.join(sorted(map(str, known)))}; "
            "choose the workbook of one release"
        )
    release, release_from = next(iter(known.items()), (None, ""))
    whole = [sheet for sheet in read if len(sheet.frame)]
    if not whole:
        raise ExplainerError(
            f"{where}: no sheet has headings of UNAIDS estimates above rows of year, code and "
            "name; choose the workbook that UNAIDS publishes"
        )
    frame, more = _joined(whole, where)
    return finished(
        frame, release, where=where, source=SOURCE, kind=kind, slug=SLUG,
        release_from=release_from, not_read=[*not_read, *more],
    )  # fmt: skip


def _joined(read: Sequence[_Sheet], where: str) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """One row a figure: sheets by year and by area tell the same figures twice."""
    frame, notes = read[0].frame, []
    for sheet in read[1:]:
        both = frame.merge(sheet.frame, on=list(KEY), suffixes=("", "_again"))
        # A sheet without bounds says nothing against those of the sheet before.
        same = [both[end].eq(both[f"{end}_again"]) | both[f"{end}_again"].isna() for end in BOUNDS]
        repeats = int((same[0] & same[1] & same[2]).sum())
        if repeats:
            notes.append(
                (f"{repeats:,} figures of {_sheet_words(sheet.name)}", "read before, the same")
            )
        if repeats < len(both):
            raise ExplainerError(
                f"{where}: {len(both) - repeats:,} figures of {_sheet_words(sheet.name)} differ "
                "from those of a sheet before it (one may be hidden); remove the sheet that is "
                "not meant"
            )
        frame = pd.concat([frame, sheet.frame], ignore_index=True)
        frame = frame.drop_duplicates(list(KEY), ignore_index=True)
    return frame, notes


def _first_row(rows: Cells) -> int | None:
    """The first row that begins with a year and names a place."""
    for number, row in enumerate(rows[:_SEARCHED]):
        if len(row) > 3 and year(row[0]) and isinstance(row[2], str) and row[2].strip():
            return number
    return None


def _headings(rows: Cells) -> list[list[str]]:
    """The header rows: those that say something beyond the third column."""
    texts = [[str(cell).strip() for cell in row] for row in rows]
    return [row for row in texts if any(row[3:])]


def _sheet(name: str, rows: Cells, where: str) -> _Sheet:
    found, first = Rows(), _first_row(rows)
    if first is None:
        return _Sheet(
            name, found.frame(), None, "", [(_sheet_words(name), "no row begins a table")]
        )
    release, release_from = _release(name, rows[:first])
    headings = _headings(rows[:first])
    cols = columns(headings)
    if not any(one.measure for one in cols) and (taken := stripped_columns(headings)):
        cols = taken
        told = "are missing: the columns were taken in the order of the published sheet"
        found.notes.append((f"indicator names of {_sheet_words(name)}", told))
    found.notes += _without_heading(name, rows[first:], {one.place for one in cols})
    groups = _groups(name, cols, found)
    if groups:
        _take(rows[first:], groups, found)
    frame = found.frame()
    _refuse_repeats(name, frame, where)
    return _Sheet(name, frame, release, release_from, found.not_read(_sheet_words(name)))


def _release(name: str, preamble: Cells) -> tuple[str | None, str]:
    """The release as a title row says it, else as the sheet's name says it."""
    for number, row in enumerate(preamble, start=1):
        said = _NAMED.search(str(row[0])) if row else None
        if said:
            return said[1], f"row {number} of {_sheet_words(name)}"
    said = _SHEET.search(name)
    return (said[1], f"name of {_sheet_words(name)}") if said else (None, "")


def _without_heading(name: str, rows: Cells, known: set[int]) -> list[tuple[str, str]]:
    """Columns that hold something under no heading."""
    width = max(len(row) for row in rows)
    unnamed = [at for at in range(3, width) if at not in known]
    held = [
        at for at in unnamed if any(at < len(row) and row[at] not in ("", None) for row in rows)
    ]
    return [(f"column {letter(at)} of {_sheet_words(name)}", "has no heading") for at in held]


def _groups(name: str, cols: Sequence[Column], found: Rows) -> Groups:
    """For each measure the columns of estimate, low and high."""
    groups: Groups = {}
    for one in cols:
        told = f"column {letter(one.place)} of {_sheet_words(name)}"
        if one.measure is None:
            found.notes.append((told, f"heading {one.heading[:60]!r} is not known"))
        elif one.bound in groups.setdefault(one.measure, {}):
            found.notes.append((told, f"repeats the heading {one.heading[:60]!r}"))
        else:
            groups[one.measure][one.bound] = one.place
    for what, ends in list(groups.items()):
        if "estimate" not in ends:
            found.notes.append(
                (f"{what.indicator} of {_sheet_words(name)}", "bounds without an estimate")
            )
            del groups[what]
    return groups


def _take(rows: Cells, groups: Groups, found: Rows) -> None:
    """Read the rows of figures; a row without year or place is counted, not guessed."""
    beyond = 1 + max(place for ends in groups.values() for place in ends.values())
    years, places, taken = [], [], []
    for row in rows:
        when = year(row[0]) if row else None
        if when is None or len(row) < 3 or not str(row[2]).strip():
            if any(str(cell).strip() for cell in row):
                found.missed["in a row without year or place"] += 1
            continue
        years.append(when)
        places.append(place(str(row[2]), str(row[1])))
        taken.append([*row, *[""] * (beyond - len(row))])
    for what, ends in groups.items():
        cells = {end: [row[at] for row in taken] for end, at in ends.items()}
        found.add_column(years, places, what, cells)


def _refuse_repeats(name: str, frame: pd.DataFrame, where: str) -> None:
    repeated = frame[frame.duplicated(list(KEY))]
    if len(repeated):
        row = repeated.iloc[0]
        raise ExplainerError(
            f"{where}: {row['location']} {row['year']} stands twice in {_sheet_words(name)}; "
            "remove one of the two rows"
        )


def _sheet_words(name: str) -> str:
    return name if name == "the sheet" else f"sheet {name}"
