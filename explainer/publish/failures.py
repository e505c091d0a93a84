"""Why a notebook did not run, in one clause; the same words from a kernel and from a child."""

from __future__ import annotations

import re

CELL_SECONDS = 120
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_CELL_FILE = re.compile(r"\((?:\d+\.py|<ipython-input[^>]*>), (line \d+)\)")


def raised(name: str, message: str) -> str:
    """A cell raised; an ExplainerError already is a clause."""
    said = _CELL_FILE.sub(r"(\1)", _COLOURS.sub("", message)).strip()
    told = (
        said if name in ("ExplainerError", "UnknownNameError") else f"{name}: {said}".rstrip(": ")
    )
    return told.splitlines()[0] if told else name


def hung(seconds: float) -> str:
    """A cell did not end."""
    return f"still running after {seconds:g} s; shorten what it computes"


def died() -> str:
    """The process that ran the notebook is gone."""
    return "the kernel died; run the notebook in JupyterLab to see why"


def at(notebook: str, cell: str, clause: str) -> str:
    """The sentence: which notebook, which cell, why."""
    return f"{notebook} cell {cell}: {clause}" if cell else f"{notebook}: {clause}"
