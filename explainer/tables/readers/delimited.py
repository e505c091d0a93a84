"""Text with commas, semicolons or tabs, in the encoding it was saved in, read row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explainer.errors import ExplainerError
from explainer.tables.readers import limits

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OLD = ("cp1252", "mac_roman")
_HEAD_ROWS = 40
_SAMPLE = 200_000


@dataclass(frozen=True)
class Delimited:
    """A text of rows: its first rows, and all of them on demand."""

    where: str
    raw: bytes
    encoding: str
    delimiter: str
    head: tuple[tuple[str, ...], ...]

    def rows(self) -> Iterator[list[str]]:
        """Every row that is not blank, its cells without spaces around them."""
        return _rows(self.raw, self.encoding, self.delimiter, self.where)

    def cut_off(self) -> list[tuple[str, str]]:
        """A note if the last row ends without a line break, as that of a file cut off does."""
        ends = "\n" in self.raw[-4:].decode(self.encoding, "ignore") or self.raw[-1:] in b"\r\n"
        return [] if ends else [("the end", "has no line break: the last row may be cut off")]

    def stream(self) -> io.TextIOWrapper:
        """The whole text, for a reader that reads by the piece."""
        return io.TextIOWrapper(io.BytesIO(self.raw), self.encoding, "strict", newline="")


def delimited(raw: bytes, where: str) -> Delimited:
    """Give the text of a file as rows.

    Raises
    ------
    ExplainerError
        If it is no text in a known encoding, or its rows cannot be told apart.
    """
    encoding = _encoding(raw, where)
    sample = raw[:_SAMPLE].decode(encoding, "ignore").splitlines()[:_HEAD_ROWS]
    most = {mark: max((line.count(mark) for line in sample), default=0) for mark in ",;\t"}
    delimiter = max(most, key=lambda mark: most[mark])
    head = []
    for row in _rows(raw, encoding, delimiter, where):
        head.append(tuple(row))
        if len(head) == _HEAD_ROWS:
            break
    return Delimited(where, raw, encoding, delimiter, tuple(head))


def _encoding(raw: bytes, where: str) -> str:
    """UTF-8, UTF-16, or the old encoding in which the letters look most like words."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _checked(raw, name, where)
    if b"\x00" in raw:
        raise ExplainerError(
            f"{where}: holds binary bytes, neither a workbook, a zip, JSON nor text; "
            "download it again"
        )
    try:
        raw.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return max(_OLD, key=lambda name: _likeness(raw, name))


def _checked(raw: bytes, name: str, where: str) -> str:
    try:
        raw.decode(name)
    except UnicodeDecodeError:
        raise ExplainerError(
            f"{where}: says that it is {name[:6].upper()} but is not; save it again as UTF-8"
        ) from None
    return name


def _likeness(raw: bytes, name: str) -> int:
    """How many signs beyond ASCII stand where such signs stand: ü within a word, not Ÿ."""
    text = raw[: 50 * _SAMPLE].decode(name, "replace")
    score, before = 0, " "
    for sign in text:
        if sign > "\x7f":
            fits = sign.islower() or (sign.isupper() and not before.isalpha()) or sign in "\xa0’–"
            score += 1 if fits else -2
        before = sign
    return score


def _lines(raw: bytes, encoding: str, where: str) -> Iterator[str]:
    stream = io.TextIOWrapper(io.BytesIO(raw), encoding, "replace", newline="")
    for number in range(1, limits.LINES + 2):
        line = stream.readline(limits.LONGEST_LINE + 1)
        if not line:
            return
        if len(line) > limits.LONGEST_LINE:
            raise ExplainerError(
                f"{where} row {number}: longer than {limits.LONGEST_LINE:,} signs, "
                "expected a row of a table; download it again"
            )
        yield line
    raise ExplainerError(
        f"{where}: more than {limits.LINES:,} rows, expected a published table; "
        "choose the published file"
    )


def _rows(raw: bytes, encoding: str, delimiter: str, where: str) -> Iterator[list[str]]:
    reader = csv.reader(_lines(raw, encoding, where), delimiter=delimiter)
    n_cells = 0
    while True:
        begins = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = None
        # Lines are counted too: another library may have lifted the csv module's own limit.
        if row is None or reader.line_num - begins >= limits.CELL_LINES:
            raise ExplainerError(
                f"{where} row {begins}: a quotation mark is not closed or a line break "
                "stands inside a cell; download it again"
            )
        n_cells += len(row)
        if n_cells > limits.CELLS:
            raise ExplainerError(
                f"{where} row {begins}: more than {limits.CELLS:,} cells, expected a published "
                "table; choose the published file"
            )
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield cells


def as_wide(row: list[str], names: Sequence[str], where: str) -> list[str]:
    """A row with a cell for each heading.

    Raises
    ------
    ExplainerError
        If it has more: a comma inside a number has parted it, and every cell may be wrong.
    """
    if len(row) > len(names):
        raise ExplainerError(
            f"{where}: the row of {', '.join(row[:3])[:60]} has {len(row)} cells, expected "
            f"{len(names)}, as when a number holds commas without quotation marks; "
            "download it again"
        )
    return [*row, *[""] * (len(names) - len(row))]


def header(rows: Sequence[Sequence[str]], wanted: Sequence[str]) -> int | None:
    """Where among the first rows the one stands that names all the wanted columns."""
    names = set(wanted)
    return next((place for place, row in enumerate(rows) if names <= set(row)), None)
