"""A page's digest: change anything it was made from and it is built anew."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.paths import PACKAGE, data_dir

_LIBRARIES = ("pandas", "matplotlib", "scipy", "numpy", "nbconvert", "mistune", "latex2mathml")
_IN_PAGE = re.compile(r'<meta name="explainer-digest" content="([0-9a-f]*)">')


def of_inputs(notebook: Path, *, release: str | None, page: str) -> str:
    """SHA-256 over the notebook, the tables, the helper code, the templates and the versions."""
    total = hashlib.sha256()
    for path in [notebook, *_tables(), *_code()]:
        total.update(f"{path.name}\0".encode())
        try:
            total.update(path.read_bytes())
        except OSError as error:
            raise ExplainerError(
                f"{path}: cannot be read ({error.strerror}); mend or remove it"
            ) from None
    stamps = [f"{name} {version(name)}" for name in _LIBRARIES]
    wished = release or os.environ.get("EXPLAINER_RELEASE", "")
    total.update("\0".join([*stamps, sys.version, wished, page]).encode())
    return total.hexdigest()


def of_page(path: Path) -> str:
    """Digest an exported page carries; empty if it is no page of ours."""
    try:
        with path.open(encoding="utf-8") as stream:
            found = _IN_PAGE.search(stream.read(6000))
    except (OSError, UnicodeDecodeError):
        return ""
    return found.group(1) if found else ""


def _tables() -> Iterable[Path]:
    return sorted([*data_dir().glob("*.csv"), *data_dir().glob("datapackage.json")])


def _code() -> Iterable[Path]:
    kinds = ("*.py", "*.mplstyle", "*.toml", "*.j2", "*.css", "*.js", "*.json")
    found = (path for kind in kinds for path in PACKAGE.rglob(kind))
    return sorted(path for path in found if "bundled" not in path.parts)
