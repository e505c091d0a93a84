"""Fifty hostile megabytes: a sentence within 30 seconds and a gigabyte."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from explainer.tables.readers import limits
from tests.tables.readers import made

SIZE = 50_000_000
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PROGRAM = """
import sys
from pathlib import Path
from explainer.errors import ExplainerError
from explainer.tables.readers import read
try:
    reading = read(sys.argv[1])
    print(f"read {len(reading.frame)}")
except ExplainerError as error:
    print(error)
# The largest this process has been; getrusage would count the process that started it as well.
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else ["VmHWM: 0 kB"]
print(next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")))
"""


def stored(parts: dict[str, bytes]) -> bytes:
    """A zip that packs nothing: fifty megabytes stay fifty."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def repeated(piece: bytes, start: bytes = b"") -> bytes:
    return start + piece * ((SIZE - len(start)) // len(piece))


def workbook_of_cells() -> bytes:
    """A sheet of addresses that are all allowed, far more than any workbook has."""
    row = "".join(f'<c r="{chr(65 + at)}%d"><v>1</v></c>' for at in range(20))
    rows = "".join(f'<row r="{n}">{row.replace("%d", str(n))}</row>' for n in range(1, 19_999))
    return with_sheet(rows.encode() * 4)


def with_sheet(rows: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(made.xlsx({"Sheet1": [["a"]]}))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = (
        f"<worksheet {SPACE}><sheetData>".encode() + rows + b"</sheetData></worksheet>"
    )
    return stored(parts)


WHO_HEAD = made.WHO.splitlines()[0].encode() + b"\r\n"
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "commas": (lambda: repeated(b","), "longer than 100,000 signs"),
    "line ends": (lambda: repeated(b"\n", b"a"), "more than 300,000 rows"),
    "letters": (lambda: repeated(b"x"), "longer than 100,000 signs"),
    "quotation marks": (lambda: repeated(b'"\n'), ""),
    "noise": (lambda: os.urandom(1_000_000) * 50, "holds binary bytes"),
    "rows of a table": (
        lambda: repeated(b"HIV_1,a,n,A,A,C,KEN,Kenya,Year,2020,1\n", WHO_HEAD),
        "more than 1,000,000 cells",
    ),
    "rows of the bulk file": (
        lambda: repeated(
            made.BULK.splitlines()[1].encode() + b"\n", made.BULK.splitlines()[0].encode() + b"\n"
        ),
        "stands twice",
    ),
    "years of the World Bank": (
        lambda: repeated(
            b"Kenya,KEN,x,SH.DYN.AIDS.ZS" + b",1" * 130 + b"\n",
            b"Country Name,Country Code,Indicator Name,Indicator Code,"
            + ",".join(map(str, range(1970, 2100))).encode()
            + b"\n",
        ),
        "more than 1,000,000 cells",
    ),
    "columns of Our World in Data": (
        lambda: repeated(
            b"Kenya,KEN,2020" + b",1" * 1_000 + b"\n",
            b"Entity,Code,Year," + b",".join(b"m%d" % n for n in range(1_000)) + b"\n",
        ),
        "more than 1,000,000 cells",
    ),
    "json of nothing": (lambda: repeated(b"[],", b"[") + b"[]]", "50 MB of JSON"),
    "zip of noise": (
        lambda: stored({"Estimates.csv": b"a,b\n" + repeated(b"12345,67890\n")}),
        "packs no table that is known",
    ),
    "workbook of cells": (workbook_of_cells, ""),
    "workbook of empty rows": (lambda: with_sheet(repeated(b'<row r="1"/>')), "no sheet has"),
    "workbook of spaces": (lambda: with_sheet(repeated(b" ")), "no sheet has"),
}


def within(most: int, piece: bytes, start: bytes = b"[") -> bytes:
    """JSON of as many pieces as a size still allowed holds."""
    return start + piece * ((most - len(start) - 2) // len(piece)) + b"0]"


JSON = {
    "lists in lists": (lambda: within(limits.JSON_BYTES, b"[" * 500 + b"]" * 500 + b","), "lists"),
    "entries": (lambda: within(limits.JSON_BYTES, b'{"":0},'), "lists"),
    "numbers": (lambda: within(limits.JSON_BYTES, b"1.5,"), "values"),
    "as many lists as may be": (
        lambda: within(3 * limits.JSON_LISTS - 99, b"[],", '["\U0001f600",'.encode()),
        "neither WHO's",
    ),
    "figures of WHO": (
        lambda: within(
            50 * limits.JSON_LISTS - 999, b'{"IndicatorCode":"a","SpatialDim":"b","TimeDim":9},',
            b'{"value":[',
        ) + b"}",
        "",
    ),
}  # fmt: skip


def megabytes_of_answer(path: Path, sentence: str) -> int:
    """Let a process of its own read the file, hold it to its sentence, give its peak of memory."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)],
        capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]
    said, megabytes = done.stdout.splitlines()
    assert said.startswith(str(path))
    assert sentence in said
    return int(megabytes)


@pytest.mark.slow
@pytest.mark.parametrize("name", JSON)
def test_nested_json_is_answered_in_little_memory(name: str, tmp_path: Path) -> None:
    make, sentence = JSON[name]
    path = tmp_path / "hostile.json"
    path.write_bytes(make())
    assert megabytes_of_answer(path, sentence) <= 600


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_fifty_megabytes_are_answered(name: str, tmp_path: Path) -> None:
    make, sentence = HOSTILE[name]
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(make())
    assert path.stat().st_size > 0.8 * SIZE
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert megabytes_of_answer(path, sentence) <= 1_000
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Processor time: what the answer needs, not what else the machine is doing.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= 30
