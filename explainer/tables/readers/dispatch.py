"""Which reader a file is for: what it holds decides, never its name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from explainer.errors import ExplainerError
from explainer.tables.readers import (
    aidsinfo_bulk,
    aidsinfo_wide,
    limits,
    owid,
    who_csv,
    who_odata,
    workbook,
    worldbank_csv,
    worldbank_json,
    xlsx,
)
from explainer.tables.readers.delimited import Delimited, delimited
from explainer.tables.readers.opening import archive, file_bytes, member_bytes, packed_files
from explainer.tables.readers.reading import Reading

_KNOWN = "a UNAIDS workbook, an AIDSinfo, WHO, World Bank or Our World in Data file"
_TEXTS: tuple[tuple[Callable[[Any], bool], Callable[[Delimited], Reading]], ...] = (
    (aidsinfo_bulk.recognises, aidsinfo_bulk.read),
    (who_csv.recognises, who_csv.read),
    (worldbank_csv.recognises, worldbank_csv.read),
    (owid.recognises, owid.read),
    (workbook.recognises, workbook.read_text),
)
_DOWNLOAD = "download it as xlsx or CSV"
_SIGNS = (
    (b"%PDF", "is a PDF", _DOWNLOAD),
    (
        b"\xd0\xcf\x11\xe0",
        "is an old .xls workbook or one locked by a password",
        "open it and save it as .xlsx without a password",
    ),
    (b"\x1f\x8b", "is packed with gzip", _DOWNLOAD),
    (b"{\\rtf", "is a text document", _DOWNLOAD),
)


def read(path: str | Path, *, indicator: str | None = None) -> Reading:
    """Give all that a published file holds as one tidy frame.

    Parameters
    ----------
    path : str or Path
        UNAIDS workbook (xlsx, or a sheet as CSV), AIDSinfo bulk file (CSV or zip) or export,
        WHO Global Health Observatory (CSV or OData JSON), World Bank (CSV, zip or API JSON) or
        Our World in Data (CSV).
    indicator : str, optional
        What an AIDSinfo export measures, as it does not say so itself.

    Returns
    -------
    Reading
        Frame, release, source, kind of file, and what was not read and why.

    Raises
    ------
    ExplainerError
        If the file is none of these, is damaged, or is not what it seems: one sentence.
    """
    where = str(path)
    try:
        reading = _read(file_bytes(Path(path), where), where, indicator)
        return _with_its_own(reading, indicator)
    except ExplainerError as error:
        # What is wrong with a single row does not know which file it stands in.
        said = str(error)
        raise ExplainerError(said if said.startswith(where) else f"{where}: {said}") from None


def _read(raw: bytes, where: str, indicator: str | None) -> Reading:
    """The reader that the bytes ask for."""
    if raw.startswith(b"PK"):
        if xlsx.is_workbook(raw, where):
            return workbook.read_sheets(xlsx.sheets(raw, where), where)
        return _packed(raw, where, indicator)
    return _plain(raw, where, indicator)


def _with_its_own(reading: Reading, indicator: str | None) -> Reading:
    """A file that names its indicators needs no word; one that contradicts it is refused."""
    if indicator is None or not reading.names_indicator:
        return reading
    held = sorted(set(reading.frame["indicator"]))
    if indicator not in held:
        more = f" and {len(held) - 3} more" if len(held) > 3 else ""
        raise ExplainerError(
            f"--indicator says {indicator}, but the file names what it measures itself: "
            f"{', '.join(held[:3])}{more}; leave --indicator out"
        )
    told = (f"--indicator {indicator}", "is not needed, the file names what it measures itself")
    return replace(reading, not_read=[*reading.not_read, told])


def _packed(raw: bytes, where: str, indicator: str | None) -> Reading:
    """The one table in a zip; what else it holds is said."""
    opened = archive(raw, where)
    found: list[Reading] = []
    refused: list[tuple[str, str]] = []
    for member in packed_files(opened):
        name = member.filename.encode("utf-8", "replace").decode()
        inside = f"{where} › {name[:80]}"
        try:
            found.append(_plain(member_bytes(opened, member, inside), inside, indicator))
        except ExplainerError as error:
            refused.append((name, str(error).removeprefix(f"{inside}: ")))
    if not found:
        why = f" ({refused[0][0]}: {refused[0][1]})" if refused else ""
        raise ExplainerError(
            f"{where}: packs no table that is known{why}; choose the published file"
        )
    if len(found) > 1:
        raise ExplainerError(f"{where}: packs {len(found)} tables; unpack it and name one of them")
    one = found[0]
    kind = f"{one.kind}, in a zip"
    return replace(one, kind=kind, not_read=[*one.not_read, *refused])


def _plain(raw: bytes, where: str, indicator: str | None) -> Reading:
    """A file that is not packed: JSON or text."""
    begins = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    for sign, words, remedy in _SIGNS:
        if begins.startswith(sign):
            raise ExplainerError(f"{where}: {words}, expected {_KNOWN}; {remedy}")
    if begins.startswith(b"<"):
        page = b"<html" in begins.lower() or b"<!doctype html" in begins.lower()
        what = "a web page, not the file behind it" if page else "XML"
        raise ExplainerError(f"{where}: is {what}; download the xlsx, CSV or JSON file again")
    if begins.startswith((b"{", b"[")):
        return _json(raw, where)
    text = delimited(raw, where)
    if aidsinfo_wide.recognises(text.head):
        return aidsinfo_wide.read(text, indicator)
    for recognises, reads in _TEXTS:
        if recognises(text.head):
            return reads(text)
    first = ", ".join(text.head[0][:4])[:60] if text.head else ""
    raise ExplainerError(
        f"{where}: begins with {first!r}, which is no layout of {_KNOWN}; choose one of these"
    )


def _json(raw: bytes, where: str) -> Reading:
    if len(raw) > limits.JSON_BYTES:
        raise ExplainerError(
            f"{where}: {len(raw) / 1e6:,.0f} MB of JSON, expected at most "
            f"{limits.JSON_BYTES / 1e6:,.0f}; ask for one indicator"
        )
    # Counted before it is parsed: two bytes of brackets become a hundred of memory.
    lists, values = raw.count(b"[") + raw.count(b"{"), raw.count(b",")
    if lists > limits.JSON_LISTS or values > limits.JSON_VALUES:
        raise ExplainerError(
            f"{where}: is JSON of {lists:,} lists and {values:,} values, expected at most "
            f"{limits.JSON_LISTS:,} and {limits.JSON_VALUES:,}; ask for one indicator"
        )
    try:
        answer = json.loads(raw)
    except (ValueError, RecursionError):
        raise ExplainerError(f"{where}: is cut off or no sound JSON; download it again") from None
    if who_odata.recognises(answer):
        return who_odata.read(answer, where)
    if worldbank_json.recognises(answer):
        return worldbank_json.read(answer, where)
    raise ExplainerError(
        f"{where}: is JSON, but neither WHO's nor the World Bank's; download the data again"
    )
