"""The sheets of a workbook as rows of values; what is no plain workbook is refused first."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from explainer.errors import ExplainerError
from explainer.tables.readers import limits
from explainer.tables.readers.opening import archive, member_bytes

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

T = TypeVar("T")
# calamine makes a full grid up to the farthest cell: one cell at XFD1048576 would fill any machine.
_ROW = rb"(?:[1-9][0-9]{0,3}|1[0-9]{4})"
_OUTSIDE = re.compile(
    rb"<(?:[^\s<>/:!?]+:)?(?:c(?! r=\"[A-I]?[A-Z]"
    + _ROW
    + rb"\")|row(?! r=\""
    + _ROW
    + rb"\"))[\s/>]"
)
_FORMULA = re.compile(rb"<(?:[^\s<>/:!?]+:)?f[\s/>]")
_TEXT_END = re.compile(rb"</(?:[^\s<>/:!?]+:)?si\s*>")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_XML = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # a sheet may bear any name
_OTHERS = {  # parts that only a workbook of another kind has
    "xl/workbook.bin": "a binary .xlsb workbook",
    "content.xml": "an OpenDocument file",
    "Index/Document.iwa": "a Numbers file",
}
Sheet = tuple[str, Sequence[Sequence[object]]]


def is_workbook(raw: bytes, where: str) -> bool:
    """Whether a zip is a workbook.

    Raises
    ------
    ExplainerError
        If it is a workbook of another kind than xlsx.
    """
    names = set(archive(raw, where).namelist())
    if "xl/workbook.xml" not in names and (other := names & _OTHERS.keys()):
        raise ExplainerError(
            f"{where}: is {_OTHERS[min(other)]}, expected .xlsx; open it and save it as .xlsx"
        )
    return any(name.startswith("xl/") for name in names)


def sheets(raw: bytes, where: str) -> Iterator[Sheet]:
    """Give each sheet's name and rows, one at a time; dates and texts as they are stored.

    Raises
    ------
    ExplainerError
        If the workbook is damaged, or holds formulas, links to other workbooks or entities.
    """
    book = _asked(lambda: _opened(_plain_copy(raw, where)), where)
    names = book.sheet_names
    if len(names) > limits.SHEETS:
        raise ExplainerError(
            f"{where}: {len(names)} sheets, expected a few; choose the published workbook"
        )
    for name in names:
        yield name, _asked(partial(_grid, book, name), where)


def _opened(raw: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(raw))


def _grid(book: CalamineWorkbook, name: str) -> Sequence[Sequence[object]]:
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _asked(call: Callable[[], T], where: str) -> T:
    """What calamine answers; what it cannot read is a damaged workbook."""
    from python_calamine import CalamineError

    try:
        return call()
    except (CalamineError, ValueError, OSError, KeyError):
        raise _damaged(where) from None
    except BaseException as error:
        # A Rust library's panic is no Exception: it would pass every handler.
        if type(error).__name__ == "PanicException":
            raise _damaged(where) from None
        raise


def _damaged(where: str) -> ExplainerError:
    return ExplainerError(f"{where}: the workbook is damaged; download it again")


def _plain_copy(raw: bytes, where: str) -> bytes:
    """The workbook's parts, each read within its limits and found harmless, packed anew."""
    opened = archive(raw, where)
    members = [one for one in opened.infolist() if not one.is_dir()]
    if sum(member.file_size for member in members) > limits.WORKBOOK_BYTES:
        raise ExplainerError(
            f"{where}: the workbook would unpack to more than "
            f"{limits.WORKBOOK_BYTES / 1e6:,.0f} MB; choose the published workbook"
        )
    copy, longest, largest = io.BytesIO(), 0, 0
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as packed:
        for member in members:
            part = member_bytes(opened, member, where)
            _check_part(member.filename.lower(), part, where)
            if _TEXT_END.search(part):
                longest = max(longest, *(len(text) for text in _TEXT_END.split(part)))
            else:
                largest = max(largest, len(part))
            if member.filename not in packed.NameToInfo:
                packed.writestr(zipfile.ZipInfo(member.filename), part)
    if longest > limits.TEXT_BYTES or largest // limits.CELL_BYTES * longest > (
        limits.SHEET_TEXT_BYTES
    ):
        raise ExplainerError(
            f"{where}: a text of {longest:,} bytes stands in its cells, expected names and "
            "numbers; choose the published workbook"
        )
    return copy.getvalue()


def _check_part(name: str, part: bytes, where: str) -> None:
    if "externallink" in name:
        raise ExplainerError(
            f"{where}: links to other workbooks; save it again with values in place of links"
        )
    if "vbaproject" in name:
        raise ExplainerError(f"{where}: holds macros; save it again as a workbook without them")
    begins = part.lstrip()[:3]
    if not name.endswith((".xml", ".rels")) and not begins.startswith(_XML):
        return
    if b"\x00" in part[:1000]:
        raise _damaged(where)
    if _ENTITY.search(part):
        raise ExplainerError(
            f"{where}: the workbook declares XML entities, which no published one does; "
            "download it again"
        )
    if b"sheetData" not in part:  # pictures and charts have rows and functions of their own
        return
    if _OUTSIDE.search(part):
        raise ExplainerError(
            f"{where}: a sheet reaches beyond row {limits.SHEET_ROWS - 1:,} or column IZ, or its "
            "cells have no address; choose the published workbook"
        )
    if _FORMULA.search(part):
        raise ExplainerError(
            f"{where}: holds formulas, expected values; save it again with values only"
        )
