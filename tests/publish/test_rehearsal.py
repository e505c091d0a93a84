"""What is read once before many pages are made from one notebook."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from explainer.narrative.say import _compiled, prepare
from explainer.publish.crew import read_sentences


def test_sentences_of_a_notebook_are_read_without_running_it(tmp_path: Path) -> None:
    template = "There were {{ n | people }} people."
    cells = [
        new_code_cell("raise SystemExit"),
        new_code_cell("say('{{ a | no_such_filter }}')"),
        new_code_cell("this is no Python"),
        new_code_cell(f"hiv.say({template!r}, n=1)"),
    ]
    path = tmp_path / "own.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    read_sentences(path)
    before = _compiled.cache_info().hits
    prepare(template)
    assert _compiled.cache_info().hits == before + 1


def test_a_notebook_that_cannot_be_read_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "own.ipynb").write_text("no notebook")
    read_sentences(tmp_path / "own.ipynb")
    assert (tmp_path / "own.ipynb").read_text() == "no notebook"
