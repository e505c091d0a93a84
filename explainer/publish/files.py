"""Write whole files or none: a reader sees the old export or the new one, never half of one."""

from __future__ import annotations

import tempfile
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.whole import put_whole


def writable_folder(folder: Path) -> Path:
    """The folder, made if need be, after proving that a file can be written there.

    Raises
    ------
    ExplainerError
        If it is a file, cannot be made or cannot be written to.
    """
    remedy = "name another folder with --out"
    if folder.exists() and not folder.is_dir():
        raise ExplainerError(f"{folder}: is a file, not a folder; {remedy}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ExplainerError(f"{folder}: cannot write there ({error.strerror}); {remedy}") from None
    return folder


def is_same(path: Path, content: str | bytes) -> bool:
    """Whether ``path`` already holds exactly this."""
    try:
        return path.read_bytes() == _bytes(content)
    except OSError:
        return False


def write_whole(path: Path, content: str | bytes) -> None:
    """Put ``content`` at ``path`` in one step, leaving nothing else behind.

    Raises
    ------
    ExplainerError
        If the disk is full or the file cannot be replaced; what was there stays.
    """
    try:
        put_whole(path, _bytes(content))
    except OSError as error:
        raise ExplainerError(
            f"{path}: not written ({error.strerror}); the earlier file is unchanged; "
            f"free space or name another folder with --out"
        ) from None


def _bytes(content: str | bytes) -> bytes:
    """Text as UTF-8, bytes as they are."""
    return content.encode() if isinstance(content, str) else content
