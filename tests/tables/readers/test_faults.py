"""A file that is not what it seems is answered with one sentence."""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from explainer.errors import ExplainerError
from explainer.tables.imports import preview
from explainer.tables.readers import xlsx
from tests.tables.readers import made

Write = Callable[..., Path]
SHEET = "HIV2025Estimates_ByYear"
KNOWN = "a UNAIDS workbook, an AIDSinfo, WHO, World Bank or Our World in Data file"
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(**extra: str | bytes) -> bytes:
    """The small workbook with a part replaced or added."""
    named = {name.replace("__", "/"): part for name, part in extra.items()}
    return made.xlsx({SHEET: made.ESTIMATES_2025}, named)


def with_part(name: str, part: str | bytes) -> bytes:
    return made.xlsx({SHEET: made.ESTIMATES_2025}, {name: part})


def sheet(inside: str) -> bytes:
    body = f"<worksheet {SPACE}><sheetData>{inside}</sheetData></worksheet>"
    return with_part("xl/worksheets/sheet1.xml", body)


def edited(row: int, place: int, value: object) -> bytes:
    """The small workbook with one cell changed."""
    rows = [list(cells) for cells in made.ESTIMATES_2025]
    rows[row][place] = value
    return made.xlsx({SHEET: rows})


def zip_named(name: str) -> bytes:
    return made.packed({name: made.BULK})


def zip_that_lies(size: int) -> bytes:
    """A zip whose directory says another size than its file has."""
    raw = bytearray(made.packed({"Estimates.csv": made.BULK}))
    at = raw.index(b"PK\x01\x02") + 24
    raw[at : at + 4] = size.to_bytes(4, "little")
    return bytes(raw)


def locked_zip() -> bytes:
    raw = bytearray(made.packed({"Estimates.csv": made.BULK}))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(sign) + place] |= 1
    return bytes(raw)


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Estimates.csv", b"0" * 20_000_000)
    return packed.getvalue()


TEXT_BOMB = f"<sst {SPACE}><si><t>{'x' * 5_000}</t></si></sst>"
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    f"<worksheet {SPACE}><sheetData/></worksheet>"
)
DUPLICATED = [*made.ESTIMATES_2025, made.ESTIMATES_2025[-1]]
TWO_RELEASES = [["Source: UNAIDS 2024 estimates"], *made.CASCADE[2:]]
DAMAGED = "{}: begins as a zip or workbook but is cut off or damaged; download it again"
BULK_WITHOUT = made.BULK.replace(",Formatted", ",Shown")
WHO_WITHOUT = made.WHO.replace("Period,Value", "Period,Wert")
API_ERROR = [{"message": [{"id": "120", "key": "Invalid value"}]}]

FAULTS: dict[str, tuple[bytes, str]] = {
    "empty file": (b"", "{}: the file is empty; download it again"),
    "only blanks": (b"\xef\xbb\xbf \r\n\r\n", "{}: the file is empty; download it again"),
    "web page for a workbook": (
        b"<!DOCTYPE html><html><body>Access denied</body></html>",
        "{}: is a web page, not the file behind it; download the xlsx, CSV or JSON file again",
    ),
    "xml": (
        b"\xef\xbb\xbf<?xml version='1.0'?><Error>NoSuchKey</Error>",
        "{}: is XML; download the xlsx, CSV or JSON file again",
    ),
    "pdf": (
        b"%PDF-1.7 ...",
        f"{{}}: is a PDF, expected {KNOWN}; download it as xlsx or CSV",
    ),
    "old xls or locked workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100,
        "{}: is an old .xls workbook or one locked by a password, "
        "expected a UNAIDS workbook, an AIDSinfo, WHO, World Bank or Our World in Data file; "
        "open it and save it as .xlsx without a password",
    ),
    "binary xlsb": (
        made.packed({
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": b"\x83\x01\x00\x84\x01\x00",
            "xl/worksheets/sheet1.bin": b"\x81\x01\x00\x82\x01\x00",
        }),
        "{}: is a binary .xlsb workbook, expected .xlsx; open it and save it as .xlsx",
    ),
    "ods": (
        made.packed({"mimetype": "application/vnd.oasis.opendocument", "content.xml": "<o/>"}),
        "{}: is an OpenDocument file, expected .xlsx; open it and save it as .xlsx",
    ),
    "gzip": (
        b"\x1f\x8b\x08\x00",
        f"{{}}: is packed with gzip, expected {KNOWN}; download it as xlsx or CSV",
    ),
    "binary": (
        b"a,b\n\x00\x01\x02",
        "{}: holds binary bytes, neither a workbook, a zip, JSON nor text; download it again",
    ),
    "broken utf-16": (
        b"\xff\xfea\x00\x00\xd8b\x00",
        "{}: says that it is UTF-16 but is not; save it again as UTF-8",
    ),
    "some other table": (
        b"name,age\nAda,36\n",
        f"{{}}: begins with 'name, age', which is no layout of {KNOWN}; choose one of these",
    ),
    "truncated workbook": (made.WORKBOOK_2025[: len(made.WORKBOOK_2025) // 2], DAMAGED),
    "truncated zip": (made.FILES["aidsinfo bulk zip"][:-30], DAMAGED),
    "workbook with a damaged sheet": (
        with_part("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r="),
        "{}: a sheet reaches beyond row 19,999 or column IZ, or its cells have no address; "
        "choose the published workbook",
    ),
    "workbook without its list of sheets": (
        made.packed({"xl/other.xml": "<x/>"}),
        "{}: the workbook is damaged; download it again",
    ),
    "zip bomb": (
        bomb(),
        "{}: packs 20 MB into 19 KB, as a zip bomb does; choose the published file",
    ),
    "zip that says it is larger": (
        zip_that_lies(900_000),
        "{}: packs no table that is known (Estimates.csv: a file packed in it is not of the "
        "size it says; download it again); choose the published file",
    ),
    "zip that says it is smaller": (
        zip_that_lies(20),
        "{}: packs no table that is known (Estimates.csv: a file packed in it is damaged or "
        "cut off; download it again); choose the published file",
    ),
    "zip with a password": (
        locked_zip(),
        "{}: is locked by a password; save it again without one",
    ),
    "zip of a thousand files": (
        made.packed({f"{one}.csv": "a" for one in range(1000)}),
        "{}: packs 1,000 files, expected a few; choose the published file",
    ),
    "path traversal in a zip": (
        zip_named("../../home/user/.bashrc"),
        "{}: packs a file named ../../home/user/.bashrc, which leads out of its folder; "
        "choose the published file",
    ),
    "absolute path in a zip": (
        zip_named("/etc/passwd"),
        "{}: packs a file named /etc/passwd, which leads out of its folder; "
        "choose the published file",
    ),
    "drive in a zip": (
        zip_named("C:\\data\\a.csv"),
        "{}: packs a file named C:\\data\\a.csv, which leads out of its folder; "
        "choose the published file",
    ),
    "zip without a table": (
        made.packed({"read me.txt": "hello"}),
        "{}: packs no table that is known (read me.txt: begins with 'hello', which is no layout "
        f"of {KNOWN}; choose one of these); choose the published file",
    ),
    "zip of two tables": (
        made.packed({"a.csv": made.BULK, "b.csv": made.OWID}),
        "{}: packs 2 tables; unpack it and name one of them",
    ),
    "links to other workbooks": (
        with_part("xl/externalLinks/externalLink1.xml", "<externalLink/>"),
        "{}: links to other workbooks; save it again with values in place of links",
    ),
    "formulas": (
        sheet('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'),
        "{}: holds formulas, expected values; save it again with values only",
    ),
    "macros": (
        with_part("xl/vbaProject.bin", b"\xd0\xcf"),
        "{}: holds macros; save it again as a workbook without them",
    ),
    "xml entity bomb": (
        with_part("xl/worksheets/sheet1.xml", ENTITIES),
        "{}: the workbook declares XML entities, which no published one does; download it again",
    ),
    "entities in another encoding": (
        with_part("xl/worksheets/sheet1.xml", ENTITIES.encode("utf-16")),
        "{}: the workbook is damaged; download it again",
    ),
    "a cell at the far corner": (
        sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD9"><v>2</v></c></row>'),
        "{}: a sheet reaches beyond row 19,999 or column IZ, or its cells have no address; "
        "choose the published workbook",
    ),
    "a row far below": (
        sheet('<row r="1"><c r="A1048576"><v>1</v></c></row>'),
        "{}: a sheet reaches beyond row 19,999 or column IZ, or its cells have no address; "
        "choose the published workbook",
    ),
    "cells without an address": (
        sheet('<row r="1">' + "<c><v>1</v></c>" * 9 + "</row>"),
        "{}: a sheet reaches beyond row 19,999 or column IZ, or its cells have no address; "
        "choose the published workbook",
    ),
    "a text of pages in a cell": (
        with_part("xl/sharedStrings.xml", TEXT_BOMB),
        f"{{}}: a text of {len(TEXT_BOMB) - 11:,} bytes stands in its cells, expected names and "
        "numbers; choose the published workbook",
    ),
    "a hundred sheets": (
        made.xlsx({f"Sheet {one}": [["a"]] for one in range(100)}),
        "{}: 100 sheets, expected a few; choose the published workbook",
    ),
    "workbook of something else": (
        made.xlsx({"Budget": [["item", "cost"], ["tea", 3]]}),
        "{}: no sheet has headings of UNAIDS estimates above rows of year, code and name; "
        "choose the workbook that UNAIDS publishes",
    ),
    "workbook whose headings have gone": (
        made.xlsx({SHEET: [*made.ESTIMATES_2025[:4], *made.ESTIMATES_2025[6:]]}),
        "{}: no sheet has headings of UNAIDS estimates above rows of year, code and name; "
        "choose the workbook that UNAIDS publishes",
    ),
    "a row that stands twice": (
        made.xlsx({SHEET: DUPLICATED}),
        f"{{}}: Norway 2024 stands twice in sheet {SHEET}; remove one of the two rows",
    ),
    "a code that is another country's": (
        edited(10, 1, "CIV"),
        "{}: Norway stands beside the code CIV, which is Cote d'Ivoire; a column has slipped, "
        "download it again",
    ),
    "sheets of two releases": (
        made.xlsx({SHEET: made.ESTIMATES_2025, "HIV-Test-&-Treat": TWO_RELEASES}),
        "{}: its sheets are of releases 2024 and 2025; choose the workbook of one release",
    ),
    "no figure in it": (
        made.WHO.splitlines()[0].encode(),
        "{}: holds no figure that could be read; choose another file",
    ),
    "bulk file with a changed column": (
        BULK_WITHOUT.encode(),
        "{}: column 'Formatted' of the AIDSinfo bulk file is missing (found "
        f"{BULK_WITHOUT.splitlines()[0].replace(',', ', ')[:120]}); download it again",
    ),
    "bulk file with a year twice": (
        (made.BULK + made.BULK.splitlines()[1] + "\n").encode(),
        "{}: All countries 2024 stands twice (People living with HIV, All ages estimate); "
        "remove one of the two rows",
    ),
    "bulk file cut off in a row": (
        (made.BULK + 'People living with HIV,PLWH,Number,"All ag').encode(),
        "{}: its rows do not fit its 14 columns (is it cut off?); download it again",
    ),
    "bulk file without a year": (
        made.BULK.replace(",2024,", ",soon,").encode(),
        "{}: Time Period is 'soon', expected a year; download it again",
    ),
    "export that does not say what it is": (
        made.WIDE.encode(),
        "{}: an AIDSinfo export that does not name its indicator; add --indicator and one of "
        "plhiv, new_infections, aids_deaths, on_art, prevalence_share, knows_status_share, "
        "art_coverage_share, suppressed_share, on_art_given_status_share, "
        "suppressed_given_art_share",
    ),
    "export with a place twice": (
        (made.WIDE_DOUBLE + made.WIDE_DOUBLE.splitlines()[2]).encode(),
        "{}: Cote d'Ivoire 2018 stands twice (knows_status_share, all ages); "
        "remove one of the two rows",
    ),
    "export with a longer row": (
        (made.WIDE_DOUBLE.rstrip() + ",1,2\r\n").encode(),
        "{}: the row of Cote d'Ivoire has 9 cells, expected 7; download it again",
    ),
    "who download with a changed column": (
        WHO_WITHOUT.encode(),
        "{}: column 'Value' of a WHO download is missing (found "
        f"{WHO_WITHOUT.splitlines()[0].replace(',', ', ')[:120]}); download it again",
    ),
    "who download with a year twice": (
        (made.WHO + made.WHO.splitlines()[2]).encode(),
        "{}: Angola 2023 stands twice (plhiv, all ages); remove one of the two rows",
    ),
    "quotation mark not closed": (
        (made.OWID + '"Kenya' + ",KEN,2023,1" * 20_000).encode(),
        "{} row 6: longer than 100,000 signs, expected a row of a table; download it again",
    ),
    "cell without an end": (
        (made.OWID + '"Kenya\n' + ("KEN,2023,1" * 100 + "\n") * 200).encode(),
        "{} row 6: a quotation mark is not closed or a line break stands inside a cell; "
        "download it again",
    ),
    "owid file without a metric": (
        b"Entity,Code,Year\nKenya,KEN,2020\n",
        "{}: no column stands beside entity, code and year; download it again",
    ),
    "world bank file without years": (
        b"Country Name,Country Code,Indicator Name,Indicator Code\nKenya,KEN,x,y\n",
        "{}: no column is a year; download it again",
    ),
    "world bank answers with an error": (
        json.dumps(API_ERROR).encode(),
        "{}: the World Bank answered with an error in place of data; ask again",
    ),
    "json cut off": (
        made.FILES["who odata"][:-20],
        "{}: is cut off or no sound JSON; download it again",
    ),
    "json nested without end": (
        b"[" * 200_000,
        "{}: is cut off or no sound JSON; download it again",
    ),
    "json of something else": (
        b'{"title": "Cats"}',
        "{}: is JSON, but neither WHO's nor the World Bank's; download the data again",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_fault_gets_its_sentence(
    write: Write, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, sentence = FAULTS[name]
    # The name promises a sound file: what it holds decides.
    write(content, "Estimates.xlsx")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ExplainerError) as caught:
        preview(Path("Estimates.xlsx"))
    assert str(caught.value) == sentence.replace("{}", "Estimates.xlsx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Estimates.xlsx"]


def test_open_quotation_is_found_whatever_limit_another_library_set(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, sentence = FAULTS["cell without an end"]
    write(content, "Estimates.xlsx")
    monkeypatch.chdir(tmp_path)
    before = csv.field_size_limit(2**31 - 1)
    try:
        with pytest.raises(ExplainerError) as caught:
            preview(Path("Estimates.xlsx"))
    finally:
        csv.field_size_limit(before)
    assert str(caught.value) == sentence.replace("{}", "Estimates.xlsx")


def test_missing_file_and_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    for name, why in (("none.csv", "there is no such file"), ("folder", "is not a file")):
        with pytest.raises(ExplainerError) as caught:
            preview(Path(name))
        assert str(caught.value) == f"{name}: {why}; name a file you have downloaded"


def test_pipe_does_not_hang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExplainerError, match="pipe: is not a file; name a file"):
        preview(Path("pipe"))


def test_file_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with (tmp_path / "large.csv").open("wb") as stream:
        stream.truncate(200_000_000)
    with pytest.raises(ExplainerError) as caught:
        preview(Path("large.csv"))
    assert str(caught.value) == (
        "large.csv: 200 MB, expected at most 100; choose the file of one release"
    )


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    # A name in a zip and the name of the file itself: neither is a reason to fail.
    raw = made.packed({"Estimation_XX.csv": made.BULK}).replace(b"_XX.", b"_\xe9\xe9.")
    path = os.path.join(os.fsencode(tmp_path), b"t\xe9l\xe9charg\xe9.zip")  # noqa: PTH118
    Path(os.fsdecode(path)).write_bytes(raw)
    assert "release   2025" in preview(Path(os.fsdecode(path)))[1]


class PanicException(BaseException):
    """What a panic in a Rust library looks like from Python."""


def test_panic_of_the_workbook_library_is_a_damaged_workbook(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panics(*_: object) -> None:
        raise PanicException("index out of bounds")

    monkeypatch.setattr(xlsx, "_grid", panics)
    with pytest.raises(ExplainerError, match="the workbook is damaged; download it again"):
        preview(write(made.WORKBOOK_2025))


def test_indicator_that_is_not_known(write: Write) -> None:
    with pytest.raises(ExplainerError, match="no indicator 'people'; choose plhiv, "):
        preview(write(made.WIDE.encode()), indicator="people")
