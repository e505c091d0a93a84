"""From a file to a frame of strings, or one sentence that says what is wrong with the file."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from explainer.errors import ExplainerError
from explainer.paths import DATA_VARIABLE, data_dir
from explainer.tables.columns import Table

# Control characters, and the marks that turn text round and so hide what a cell says.
_HIDDEN = "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]"
_IN_FILE, _IN_CELL = re.compile(rf"{_HIDDEN}|\r(?!\n)"), re.compile(rf"{_HIDDEN}|[\r\n]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def shown_path(file: str) -> str:
    """The file as the user knows it: in ``data/``, or in the folder they named."""
    return f"{os.environ.get(DATA_VARIABLE, '').rstrip('/') or 'data'}/{file}"


def read_strings(table: Table) -> pd.DataFrame:
    """Every cell as text, blank as missing; the index is the line in the file.

    Raises
    ------
    ExplainerError
        If the file is missing, empty, no UTF-8 text, cut off, or its columns are not the table's.
    """
    path, where = data_dir() / table.file, shown_path(table.file)
    content = _text(path, where)
    lines, rows = _rows(content, where)
    if not rows:
        raise ExplainerError(f"{where}: the file is empty, expected a header and rows; put it back")
    _check_header(rows[0], [column.name for column in table.columns], where)
    if len(rows) == 1:
        raise ExplainerError(f"{where}: there is a header but no row; put the rows back")
    _check_lengths(rows, lines, where)
    frame = pd.DataFrame(rows[1:], columns=rows[0], index=lines[1:], dtype="str")
    # More lines than rows: a cell holds a line break.
    if _IN_FILE.search(content) or lines[-1] > len(lines):
        _check_characters(frame, where)
    return frame.mask(frame == "")[[column.name for column in table.columns]]


def _bytes(path: Path, where: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ExplainerError(f"{where}: there is no such file; put the table back") from None
    except OSError as error:
        raise ExplainerError(f"{where}: cannot be read ({error.strerror}); mend the file") from None


def _text(path: Path, where: str) -> str:
    raw = _bytes(path, where)
    if raw.startswith(_UTF16):
        raise ExplainerError(f"{where}: encoded as UTF-16, expected UTF-8; save it again as UTF-8")
    if b"\x00" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\x00")) + 1
        raise ExplainerError(
            f"{where} row {line}: holds binary bytes, expected text with commas; put the table back"
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ExplainerError(
            f"{where} row {line}: byte 0x{raw[error.start]:02X} is no UTF-8; save it again as UTF-8"
        ) from None


def _rows(content: str, where: str) -> tuple[list[int], list[list[str]]]:
    """The rows and the line each begins on; blank lines at the end do not count."""
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    lines: list[int] = []
    rows: list[list[str]] = []
    begins = 1
    try:
        for row in reader:
            lines.append(begins)
            rows.append(row)
            begins = reader.line_num + 1
    except csv.Error:
        raise ExplainerError(
            f"{where} row {begins}: a quotation mark is not closed or stands inside a field; "
            'write "" for a mark within quoted text'
        ) from None
    while rows and not rows[-1]:
        rows.pop()
        lines.pop()
    return lines, rows


def _check_header(header: Sequence[str], expected: Sequence[str], where: str) -> None:
    if len(header) == 1 and ";" in header[0]:
        raise ExplainerError(
            f"{where} row 1: the columns are parted by semicolons, expected commas; "
            "save it again with commas"
        )
    missing = [name for name in expected if name not in header]
    extra = [name or "without a name" for name in header if name not in expected]
    if missing:
        beside = f" (found {', '.join(extra)})" if extra else ""
        raise ExplainerError(f"{where} row 1: column {missing[0]} is missing{beside}; add it")
    if extra:
        raise ExplainerError(
            f"{where} row 1: column {extra[0]} is not one of the table's; remove it"
        )
    twice = [name for name in expected if list(header).count(name) > 1]
    if twice:
        raise ExplainerError(f"{where} row 1: column {twice[0]} stands twice; remove one")


def _check_lengths(rows: Sequence[Sequence[str]], lines: Sequence[int], where: str) -> None:
    width = len(rows[0])
    for line, row in zip(lines, rows, strict=True):
        if len(row) < width:
            raise ExplainerError(
                f"{where} row {line}: {len(row)} fields, expected {width}; "
                "complete the row (is the file cut off?)"
            )
        if len(row) > width:
            raise ExplainerError(
                f"{where} row {line}: {len(row)} fields, expected {width}; "
                "put text that holds a comma in quotation marks"
            )


def _check_characters(frame: pd.DataFrame, where: str) -> None:
    for line, *cells in frame.itertuples():
        for name, cell in zip(frame.columns, cells, strict=True):
            found = _IN_CELL.search(cell)
            if found:
                raise ExplainerError(
                    f"{where} row {line}: {name} holds the control character "
                    f"U+{ord(found.group()):04X}; remove it"
                )
