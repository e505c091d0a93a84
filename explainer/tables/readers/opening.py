"""From a path to bytes, and from a zip to its members: nothing is ever unpacked to the disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from explainer.errors import ExplainerError
from explainer.tables.readers import limits

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError,
           ValueError, UnicodeError, OverflowError, MemoryError)  # fmt: skip


def file_bytes(path: Path, where: str) -> bytes:
    """Give the bytes of a file of a size that can be meant.

    Raises
    ------
    ExplainerError
        If there is no such file, it is empty, cannot be read, or is far too large.
    """
    try:
        if not path.exists():
            raise ExplainerError(f"{where}: there is no such file; name a file you have downloaded")
        if not path.is_file():
            raise ExplainerError(f"{where}: is not a file; name a file you have downloaded")
        size = path.stat().st_size
        if size > limits.FILE_BYTES:
            raise ExplainerError(
                f"{where}: {size / 1e6:,.0f} MB, expected at most "
                f"{limits.FILE_BYTES / 1e6:,.0f}; choose the file of one release"
            )
        raw = path.read_bytes()
    except OSError as error:
        raise ExplainerError(f"{where}: cannot be read ({error.strerror}); mend the file") from None
    except ValueError:
        raise ExplainerError(f"{where!r}: is no file name; name a file") from None
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ExplainerError(f"{where}: the file is empty; download it again")
    return raw


def archive(raw: bytes, where: str) -> zipfile.ZipFile:
    """Give a zip whose members have sound names and sizes.

    Raises
    ------
    ExplainerError
        If it is cut off, a member's name leads out of a folder, or it would unpack too large.
    """
    try:
        opened = zipfile.ZipFile(io.BytesIO(raw))
        members = opened.infolist()
    except _BROKEN:
        raise ExplainerError(
            f"{where}: begins as a zip or workbook but is cut off or damaged; download it again"
        ) from None
    if len(members) > limits.MEMBERS:
        raise ExplainerError(
            f"{where}: packs {len(members):,} files, expected a few; choose the published file"
        )
    for member in members:
        _check_name(member.filename, where)
        _check_size(member, where)
    total = sum(member.file_size for member in members)
    if total > limits.UNPACKED_BYTES:
        raise ExplainerError(
            f"{where}: would unpack to {total / 1e6:,.0f} MB, expected at most "
            f"{limits.UNPACKED_BYTES / 1e6:,.0f}; choose the published file"
        )
    return opened


def _check_name(name: str, where: str) -> None:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":":
        shown = name.encode("ascii", "backslashreplace").decode()
        raise ExplainerError(
            f"{where}: packs a file named {shown[:60]}, which leads out of its folder; "
            "choose the published file"
        )


def _check_size(member: zipfile.ZipInfo, where: str) -> None:
    if member.flag_bits & 1:
        raise ExplainerError(f"{where}: is locked by a password; save it again without one")
    if member.file_size > 1_000_000 and member.file_size > limits.RATIO * member.compress_size:
        raise ExplainerError(
            f"{where}: packs {member.file_size / 1e6:,.0f} MB into "
            f"{member.compress_size / 1e3:,.0f} KB, as a zip bomb does; choose the published file"
        )


def member_bytes(opened: zipfile.ZipFile, member: zipfile.ZipInfo, where: str) -> bytes:
    """Give the bytes of one member, never more than it says it has.

    Raises
    ------
    ExplainerError
        If it is damaged or says another size than it has.
    """
    try:
        with opened.open(member) as stream:
            raw = stream.read(member.file_size + 1)
    except _BROKEN:
        raise ExplainerError(
            f"{where}: a file packed in it is damaged or cut off; download it again"
        ) from None
    if len(raw) != member.file_size:
        raise ExplainerError(
            f"{where}: a file packed in it is not of the size it says; download it again"
        )
    return raw


def packed_files(opened: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """The files in a zip, without folders and the notes some systems add."""
    for member in opened.infolist():
        parts = PurePosixPath(member.filename).parts
        hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
        if not member.is_dir() and not hidden:
            yield member
