"""A file that is no sound notebook: which file, what is wrong, what to do; nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from explainer.publish import notebooks
from tests.cli.conftest import (
    EarlierExport,
    assert_refused,
    explainer,
    explainer_here,
    write_notebook,
)

REMEDY = "open and save it in JupyterLab, or restore it"


def sound(folder: Path) -> Any:
    """The JSON of a notebook that nothing is wrong with."""
    return json.loads(write_notebook(folder / "sound.ipynb").read_text(encoding="utf-8"))


def changed(change: Callable[[Any], Any]) -> Callable[[Path], bytes]:
    """A sound notebook after a change to its JSON."""

    def content(folder: Path) -> bytes:
        notebook = sound(folder)
        change(notebook)
        return json.dumps(notebook).encode()

    return content


def encoded(encoding: str) -> Callable[[Path], bytes]:
    def content(folder: Path) -> bytes:
        return json.dumps(sound(folder) | {"é": "é"}, ensure_ascii=False).encode(encoding)

    return content


def cut(folder: Path) -> bytes:
    return json.dumps(sound(folder)).encode()[:120]


NO_CELLS = "JSON without a list of cells, so not a notebook"
BROKEN: dict[str, tuple[bytes | Callable[[Path], bytes], str]] = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n\n", "the file is empty"),
    "binary": (bytes(range(256)), "not UTF-8 text, so not a notebook"),
    "utf-16": (encoded("utf-16"), "not UTF-8 text, so not a notebook"),
    "latin-1": (encoded("latin-1"), "not UTF-8 text, so not a notebook"),
    "cut-off": (cut, "not JSON (line 1: Unterminated string starting at), so not a notebook"),
    "web-page": (b"<html>", "not JSON (line 1: Expecting value), so not a notebook"),
    "conflict": (b"[\n<<<<<<< HEAD\n", "not JSON (line 2: Expecting value), so not a notebook"),
    "nested": (b"[" * 100_000, "nested too deep for a notebook"),
    "list": (b"[]", NO_CELLS),
    "number": (b"3", NO_CELLS),
    "null": (b"null", NO_CELLS),
    "no-cells": (changed(lambda nb: nb.pop("cells")), NO_CELLS),
    "cells-by-name": (changed(lambda nb: nb.update(cells={"a": {}})), NO_CELLS),
    "cells-of-text": (changed(lambda nb: nb.update(cells=["print(1)"])), NO_CELLS),
    "old-format": (changed(lambda nb: nb.update(nbformat=3)), "notebook format 3, expected 4"),
    "new-format": (changed(lambda nb: nb.update(nbformat=5)), "notebook format 5, expected 4"),
    "text-format": (changed(lambda nb: nb.update(nbformat="4")), "notebook format '4', expected 4"),
    "no-source": (
        changed(lambda nb: nb["cells"][1].pop("source")),
        "not a valid notebook ('source' is a required property)",
    ),
    "tags-as-text": (
        changed(lambda nb: nb["cells"][1].update(metadata={"tags": "setup"})),
        "not a valid notebook ('setup' is not of type 'array')",
    ),
    "harmful-id": (
        changed(lambda nb: nb["cells"][1].update(id='"><script>')),
        "not a valid notebook ('\"><script>' does not match '^[a-zA-Z0-9-_]+$')",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_file_is_refused_in_one_sentence(
    tmp_path: Path, earlier: EarlierExport, kind: str
) -> None:
    content, said = BROKEN[kind]
    path = tmp_path / "my-own.ipynb"
    path.write_bytes(content if isinstance(content, bytes) else content(tmp_path))
    ran = explainer("export", path, cwd=tmp_path)
    assert_refused(ran, f"{path}: {said}; {REMEDY}")
    assert earlier.is_untouched()


@pytest.mark.parametrize("kind", ["utf-16", "no-source"])
def test_check_says_the_same(tmp_path: Path, kind: str) -> None:
    content, said = BROKEN[kind]
    path = tmp_path / "my-own.ipynb"
    path.write_bytes(content if isinstance(content, bytes) else content(tmp_path))
    ran = explainer("check", path, cwd=tmp_path)
    assert_refused(ran, f"{path}: {said}; {REMEDY}")


def test_notebook_of_another_language(tmp_path: Path, earlier: EarlierExport) -> None:
    content = changed(lambda nb: nb["metadata"]["kernelspec"].update(name="ir", language="R"))
    path = tmp_path / "my-own.ipynb"
    path.write_bytes(content(tmp_path))
    ran = explainer("export", path, cwd=tmp_path)
    assert_refused(ran, f"{path}: written in R; only Python notebooks can be run")
    assert earlier.is_untouched()


def test_check_names_cell_and_remedy(tmp_path: Path, make_notebook: Callable[..., Path]) -> None:
    path = make_notebook(
        [
            ("md", "no heading"),
            ("code", "x = = 3"),
            ("code", "import pandas"),
            ("code", "for x in []:\n    x"),
            ("md", "There were 630,000 deaths."),
            ("code", "print('\0')"),
            (
                "md",
                "See [it](#cell-4), [here](#cell-id=cell-4), [no](#cell-id=none), [x](#No-title)",
            ),
        ]
    )
    ran = explainer("check", path, cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    said = [line.removeprefix("explainer: my-own.ipynb ") for line in ran.err.splitlines()]
    assert said[0] == "has no title; start a Markdown cell with '# Title'"
    assert said[1] == "cell cell-2: is not Python (invalid syntax)"
    assert said[2] == "cell cell-3: imports pandas; a chapter imports only explainer"
    assert said[3] == "cell cell-4: line 1 defines or loops; move it into explainer/"
    assert said[4].startswith("cell cell-5: typed number 630,000; say it with say()")
    assert said[5].startswith("cell cell-6: is not Python (source code string cannot contain null")
    link = "JupyterLab cannot follow the link #cell-4; write #cell-id=cell-4"
    assert said[6] == f"cell cell-7: {link}"
    lost = "the link #cell-id=none leads to no cell; name one that is there"
    assert said[7] == f"cell cell-7: {lost}"
    assert len(said) == 8


def test_list_says_which_chapter_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "01-broken.ipynb").write_text("{")
    monkeypatch.setattr(notebooks, "notebooks_dir", lambda: tmp_path)
    assert explainer_here("list") == 2
    assert "01-broken.ipynb: not JSON (line 1:" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["export", "check", "list"])
def test_folder_without_chapters_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    monkeypatch.setattr(notebooks, "notebooks_dir", lambda: tmp_path)
    monkeypatch.setattr("explainer.tables.check.check_tables", list)
    assert explainer_here(command) == 2
    assert capsys.readouterr() == (
        "",
        f"explainer: {tmp_path}: no chapters there; install hiv-explainer again\n",
    )
