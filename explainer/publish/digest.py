"""A page's digest: change anything it was made from and it is built anew.

The digest and the names of the tables stand in the page itself; there is no other record.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.paths import IMPORTED, PACKAGE, data_dir, import_file
from explainer.publish import notebooks
from explainer.publish.roles import tags

_LIBRARIES = ("pandas", "matplotlib", "scipy", "numpy", "nbconvert", "mistune", "latex2mathml")
_IN_PAGE = re.compile(
    r'<meta name="explainer-digest" content="([0-9a-f]*)" data-tables="([a-z0-9_ ]*)" '
    r'data-code="([0-9a-f]*)" data-shown="([0-9a-f]*)">'
)
PDF_KEY = "/ExplainerDigest"
_IN_PDF = re.compile(rb"/ExplainerDigest \(([^)]*)\)")
_OCTAL = re.compile(rb"\\([0-7]{3})")


@dataclass(frozen=True)
class Stamp:
    """What a page says of its making: digests of everything, of all but the words, and of what
    its code shows; and the tables it was made from."""

    digest: str
    tables: tuple[str, ...]
    code: str
    shown: str


def of_inputs(
    notebook: Path,
    *,
    page: str,
    tables: Iterable[str],
    release: str | None = None,
    parameters: object = (),
    words: bool = True,
) -> str:
    """SHA-256 over the notebook, the tables it read, the helper code and the versions.

    Without ``words``, only the notebook's code counts: its pages show the same pictures and
    sentences while this digest stays.
    """
    total = hashlib.sha256(_of_code().encode())
    source = _of_file(notebook) if words else _of_cells(notebook)
    total.update(f"{notebook.name} {source}\0".encode())
    for name in sorted(tables):
        total.update(f"{name}.csv {_of_table(name)}\0".encode())
    wished = release or os.environ.get("EXPLAINER_RELEASE", "")
    total.update("\0".join([_descriptor_facts(), wished, page, repr(parameters)]).encode())
    return total.hexdigest()


def of_page(path: Path) -> Stamp | None:
    """What an exported page says of its making; None if it is not ours."""
    try:
        if path.suffix == ".pdf":
            words = _in_pdf(path.read_bytes()).split("|")
        else:
            with path.open(encoding="utf-8") as stream:
                words = meta_of(stream.read(6000)).split("|")
    except (OSError, UnicodeDecodeError):
        return None
    if len(words) != 4:
        return None
    digest, tables, code, shown = words
    return Stamp(digest, tuple(tables.split()), code, shown)


def _in_pdf(content: bytes) -> str:
    """What a PDF says of its making, read without a PDF library, which takes longer to load."""
    found = _IN_PDF.search(content)
    said = found.group(1) if found else b""
    return _OCTAL.sub(lambda code: bytes([int(code.group(1), 8)]), said).decode("ascii", "replace")


def meta_of(page: str) -> str:
    """What the head of a page says of its making, its parts joined by bars; empty if nothing."""
    found = _IN_PAGE.search(page)
    return "|".join(found.groups()) if found else ""


@lru_cache(maxsize=1)
def _of_code() -> str:
    """Digest of the helper code, the templates and the libraries that shape a page."""
    total = hashlib.sha256()
    kinds = ("*.py", "*.mplstyle", "*.toml", "*.j2", "*.css", "*.js", "*.json")
    found = (path for kind in kinds for path in PACKAGE.rglob(kind))
    for path in sorted(path for path in found if "bundled" not in path.parts):
        total.update(f"{path.relative_to(PACKAGE)} {_of_file(path)}\0".encode())
    stamps = [f"{name} {version(name)}" for name in _LIBRARIES]
    total.update("\0".join([*stamps, sys.version]).encode())
    return total.hexdigest()


def _of_table(name: str) -> str:
    """Digest of a table's file; an imported release that is not there has none."""
    if not name.startswith(IMPORTED):
        return _of_file(data_dir() / f"{name}.csv")
    path = import_file(name.removeprefix(IMPORTED))
    return _of_file(path) if path.is_file() else ""


def _of_file(path: Path) -> str:
    """Digest of one file, remembered until the file changes."""
    try:
        status = path.stat()
        return _of_content(path, status.st_mtime_ns, status.st_size)
    except OSError as error:
        raise ExplainerError(
            f"{path}: cannot be read ({error.strerror}); mend or remove it"
        ) from None


def _of_cells(notebook: Path) -> str:
    """Digest of a notebook's code cells, in their order."""
    cells = notebooks.read(notebook).cells
    code = [(c.get("id"), tags(c), c.source) for c in cells if c.cell_type == "code"]
    return hashlib.sha256(json.dumps(code).encode()).hexdigest()


@lru_cache(maxsize=1024)
def _of_content(path: Path, _changed: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _descriptor_facts() -> str:
    """What pages quote of the descriptor; its hashes of tables they do not read are no matter."""
    try:
        package = json.loads((data_dir() / "datapackage.json").read_text(encoding="utf-8"))
        return f"{package['created']} {package['version']}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
