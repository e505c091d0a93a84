"""Releases a user has brought in: one file each, written whole, kept outside the bundled tables."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import stat
import time
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from explainer.errors import ExplainerError
from explainer.paths import import_file, imports_dir
from explainer.tables import registry
from explainer.tables.typed import typed
from explainer.whole import put_whole

TABLES = ("hiv_estimates", "treatment_cascade")
_NAME = re.compile(r"release-(\d{4})\.zip")
_PROVENANCE = "provenance.json"
_OLD = (1980, 1, 1, 0, 0, 0)  # no clock in the file: the same import gives the same bytes
_STALE = 600  # seconds: no import takes as long
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, TypeError,
           NotImplementedError, RuntimeError)  # fmt: skip


@dataclass(frozen=True)
class Provenance:
    """Where an imported release comes from.

    Attributes
    ----------
    release, release_from : str
        The UNAIDS release, and how it was known.
    file, sha256 : str
        Name and hash of the file that was read.
    date : str
        Day of the import, as 2026-07-20.
    reader, publisher : str
        Which layout it was read as, and who publishes it.
    address : str
        Where it was downloaded from; empty for a file on the disk.
    left_out : tuple of str
        Rows that were not kept, and why.
    tables : dict
        Hash of each table inside.
    """

    release: str
    release_from: str
    file: str
    sha256: str
    date: str
    reader: str
    publisher: str
    address: str
    left_out: tuple[str, ...]
    tables: Mapping[str, str]


@dataclass(frozen=True)
class Kept:
    """One imported release: its tables and where they come from."""

    provenance: Provenance
    tables: Mapping[str, pd.DataFrame]


def imported(folder: Path | None = None) -> list[str]:
    """Releases that were imported, oldest first; unfinished files are none."""
    try:
        names = [_NAME.fullmatch(path.name) for path in (folder or imports_dir()).iterdir()]
    except OSError:
        return []
    return sorted(name[1] for name in names if name)


def find(release: str, folder: Path | None = None) -> Kept | None:
    """Give an imported release, or None if there is none of that name.

    Raises
    ------
    ExplainerError
        If its file is damaged, was changed since it was imported or holds another release.
    """
    path = import_file(release, folder)
    try:
        status = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise ExplainerError(f"{path}: is no file; remove it and import the release again")
    kept = _read(path, status.st_mtime_ns, status.st_size)
    if kept.provenance.release != release:
        raise ExplainerError(
            f"{path}: holds release {kept.provenance.release}, not the one it is named by; give it "
            f"back the name {import_file(kept.provenance.release).name}, or remove it"
        )
    return kept


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, _size: int) -> Kept:
    """The release in a file, every byte of it as it was written."""
    from explainer.tables.readers.opening import archive  # readers only where one is needed

    broken = (
        f"{path}: is damaged or was changed since it was imported; import the release again with "
        "--replace, or remove it"
    )
    tables = {}
    try:
        opened = archive(path.read_bytes(), str(path))  # within limits: it may have been changed
        said = json.loads(_member_of(opened, _PROVENANCE, path))
        provenance = Provenance(**{**said, "left_out": tuple(said["left_out"])})
        contents = {name: _member_of(opened, f"{name}.csv", path) for name in provenance.tables}
        for name, content in contents.items():
            if _digest(content) != provenance.tables[name]:
                raise ExplainerError(broken)
            tables[name] = _typed(name, content)
            if not tables[name]["release"].eq(provenance.release).all():
                raise ExplainerError(broken)
    except (*_BROKEN, ExplainerError):
        raise ExplainerError(broken) from None
    return Kept(provenance, tables)


def _member_of(opened: zipfile.ZipFile, name: str, path: Path) -> bytes:
    from explainer.tables.readers.opening import member_bytes

    return member_bytes(opened, opened.getinfo(name), str(path))


def _typed(name: str, content: bytes) -> pd.DataFrame:
    """A table as it was before it was written; it was validated then."""
    strings = pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False)
    frame, faults = typed(registry.find(name), strings.mask(strings == ""))
    if faults:
        raise ValueError(faults[0].sentence)
    return frame


def packed(provenance: Provenance, tables: Mapping[str, pd.DataFrame]) -> bytes:
    """The bytes of a release's file."""
    contents = {
        name: _as_bundled(frame).to_csv(index=False, lineterminator="\n").encode()
        for name, frame in tables.items()
    }
    hashes = {name: _digest(content) for name, content in contents.items()}
    told = {**asdict(provenance), "tables": hashes}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packing:
        packing.writestr(_member(_PROVENANCE), json.dumps(told, ensure_ascii=False, indent=1))
        for name, content in contents.items():
            packing.writestr(_member(f"{name}.csv"), content)
    return made.getvalue()


def _as_bundled(frame: pd.DataFrame) -> pd.DataFrame:
    """The cells written as in the bundled tables, whose rows they may become: 40800000, true."""
    written = frame.astype(object)
    for name in frame.select_dtypes("float64"):
        numbers = frame[name].map(lambda value: f"{value:.15g}", na_action="ignore")
        written[name] = numbers.astype(object)
    for name in frame.select_dtypes("bool"):
        written[name] = frame[name].map({True: "true", False: "false"})
    return written


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _OLD)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def put(content: bytes, path: Path, *, replace: bool = False) -> None:
    """Put a release's file in its place in one step: killed at any moment, the old one stands.

    Without ``replace`` one that another import has put there meanwhile stays.

    Raises
    ------
    ExplainerError
        If it cannot be written; what was there stays.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path)
        put_whole(path, content, is_new=not replace)
        _settle(path.parent)
    except OSError as error:
        if isinstance(error, FileExistsError) and path.is_file():
            raise ExplainerError(
                f"{path}: another import has just put this release there; add --replace to put "
                "this file in its place"
            ) from None
        raise ExplainerError(
            f"{path}: not written ({error.strerror}); nothing was imported and what was there "
            "stays; free space or name another folder with --into"
        ) from None


def _sweep(path: Path) -> None:
    """Remove what an import of this release that was killed has left."""
    for left in path.parent.glob(f".{path.name}.*.part"):
        if time.time() - left.stat().st_mtime > _STALE:
            left.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Make the new name last through a loss of power, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
