"""A file in its place in one step: whoever reads it sees the old one or the new, whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def put_whole(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``; stopped at any moment, what was there stands.

    Raises
    ------
    OSError
        If it cannot be written; what was there stays and nothing else is left.
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
        part.replace(path)
    finally:
        if part:
            part.unlink(missing_ok=True)
