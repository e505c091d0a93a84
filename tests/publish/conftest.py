"""Notebooks of all kinds, made on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

Cells = list[tuple[str, str, list[str]]]


@pytest.fixture
def make_notebook(tmp_path: Path) -> Callable[..., Path]:
    """Write a notebook of (kind, source, tags) cells and return its path."""

    def make(cells: Cells, name: str = "my-own") -> Path:
        notebook = new_notebook()
        notebook.metadata["kernelspec"] = {
            "name": "python3",
            "display_name": "Python 3",
            "language": "python",
        }
        for number, (kind, source, tags) in enumerate(cells):
            new = new_markdown_cell if kind == "md" else new_code_cell
            notebook.cells.append(new(source, id=f"cell-{number}", metadata={"tags": tags}))
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(notebook, path)
        return path

    return make
