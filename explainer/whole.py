"""A file in its place in one step: whoever reads it sees the old one or the new, whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def put_whole(path: Path, content: bytes, *, is_new: bool = False) -> None:
    """Put ``content`` at ``path``; stopped at any moment, what was there stands.

    Parameters
    ----------
    path, content
        Where, and what.
    is_new : bool
        Refuse if a file is there, even one that came at this very moment.

    Raises
    ------
    OSError
        If it cannot be written (``FileExistsError`` if ``is_new`` and one is there); what was
        there stays and nothing else is left.
    """
    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        part = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(0o644)
        if is_new:
            os.link(part, path)  # of two at once, one is told that the other was there first
        else:
            part.replace(path)
    finally:
        if part:
            part.unlink(missing_ok=True)
