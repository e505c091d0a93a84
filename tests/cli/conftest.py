"""The real command in a process of its own, and notebooks of all kinds made on the spot."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from explainer import cli

TINY = [("md", "# Tiny"), ("code", "print('made anew')")]
OLD = "an earlier export"


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit status and what it said."""

    status: int
    out: str
    err: str


def explainer(*arguments: object, cwd: Path, **variables: object) -> Ran:
    """Run ``explainer`` as a reader would, in a folder that is not the checkout."""
    done = subprocess.run(
        [sys.executable, "-m", "explainer", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | {name: str(value) for name, value in variables.items()},
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def explainer_here(*arguments: object) -> int:
    """Run the command inside this process, where a test can change what it finds."""
    before = sys.argv, signal.getsignal(signal.SIGTERM)
    sys.argv = ["explainer", *map(str, arguments)]
    try:
        cli.main()
    except SystemExit as left:
        return int(left.code or 0)
    finally:
        sys.argv = before[0]
        signal.signal(signal.SIGTERM, before[1])
    return 0


def write_notebook(path: Path, cells: Iterable[tuple[str, str]] = TINY) -> Path:
    """Write a notebook of (md or code, source) cells with the ids cell-1, cell-2 …"""
    notebook = new_notebook()
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    for place, (kind, source) in enumerate(cells, start=1):
        new = new_markdown_cell if kind == "md" else new_code_cell
        notebook.cells.append(new(source, id=f"cell-{place}"))
    nbformat.write(notebook, path)
    return path


@pytest.fixture
def make_notebook(tmp_path: Path) -> Callable[..., Path]:
    """Write a notebook into the test's own folder and return its path."""

    def make(cells: Iterable[tuple[str, str]] = TINY, name: str = "my-own") -> Path:
        return write_notebook(tmp_path / f"{name}.ipynb", cells)

    return make


class EarlierExport:
    """A folder of pages from an earlier day, which no mistake of today may touch."""

    def __init__(self, folder: Path, *slugs: str) -> None:
        self.folder = folder
        folder.mkdir()
        for slug in (*slugs, "index"):
            page = folder / f"{slug}.html"
            page.write_text(OLD, encoding="utf-8")
            os.utime(page, (1_700_000_000, 1_700_000_000))
        self._before = self._now()

    def _now(self) -> dict[str, tuple[bytes, int]]:
        return {
            path.name: (path.read_bytes(), path.stat().st_mtime_ns)
            for path in self.folder.iterdir()
        }

    def has_old(self, slug: str) -> bool:
        """Whether one page has its old bytes and time."""
        name = f"{slug}.html"
        return self._now()[name] == self._before[name]

    def is_untouched(self) -> bool:
        """Whether every file has its old bytes and time, and no other file lies there."""
        return self._now() == self._before


@pytest.fixture
def earlier(tmp_path: Path) -> EarlierExport:
    """``exports`` with a page of my-own.ipynb and a landing page of long ago."""
    return EarlierExport(tmp_path / "exports", "my-own", "01-global-epidemic")


def assert_refused(ran: Ran, sentence: str) -> None:
    """One sentence on stderr, exit status 2, and nothing that sounds like success."""
    assert ran.err == f"explainer: {sentence}\n"
    assert ran.out == ""
    assert ran.status == 2
