"""Check notebooks before they are run: thin, clean, honest about numbers, kind in words."""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from explainer.errors import ExplainerError
from explainer.narrative.digits import stray_digits
from explainer.narrative.words import unkind_words
from explainer.publish import notebooks
from explainer.publish.notebooks import TO_CELL
from explainer.publish.roles import ROLES, is_shown, part, tags

if TYPE_CHECKING:
    from nbformat import NotebookNode

MOST_CELLS = 75
MOST_STATEMENTS = 5
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"


def check_notebooks(names: Sequence[str] = ()) -> list[str]:
    """One sentence for each fault in our notebooks (or those named); none if they are sound."""
    chapters = [notebooks.find(name) for name in names] or notebooks.bundled()
    faults: list[str] = []
    for chapter in chapters:
        try:
            notebook = notebooks.read(chapter.path)
        except ExplainerError as error:
            faults.append(str(error))
            continue
        faults += [f"{chapter.path.name} {fault}" for fault in faults_of(notebook)]
    return faults


def faults_of(notebook: NotebookNode) -> Iterator[str]:
    """Everything in a notebook that breaks the rules of a chapter."""
    if not any(cell.cell_type == "code" and part(cell) == "title" for cell in notebook.cells):
        try:
            notebooks.title(notebook)
        except ExplainerError as error:
            yield str(error).removeprefix("the notebook ")
    n_told = sum(is_shown(cell, "report") for cell in notebook.cells)  # slides come on top
    if n_told > MOST_CELLS:
        yield f"has {n_told} cells, more than {MOST_CELLS}; split the chapter"
    ids = {cell.get("id") for cell in notebook.cells}
    for cell in notebook.cells:
        for fault in chain(_cell_faults(cell), _link_faults(cell.source, ids)):
            yield f"cell {cell.get('id', '?')}: {fault}"


def _link_faults(source: str, ids: Container[str | None]) -> Iterator[str]:
    """A link within the notebook must lead somewhere, in JupyterLab too."""
    for target in re.findall(r"\]\((#[^)\s]*)", source):
        cell_id = target.removeprefix(TO_CELL)
        if target[1:] in ids:
            yield f"JupyterLab cannot follow the link {target}; write {TO_CELL}{target[1:]}"
        elif cell_id != target and cell_id not in ids:
            yield f"the link {target} leads to no cell; name one that is there"


def _cell_faults(cell: NotebookNode) -> Iterator[str]:
    if not re.fullmatch(_SLUG, cell.get("id", "")):
        yield "the id is not a slug such as fig-plhiv-trend; rename it"
    for tag in tags(cell):
        if tag not in ROLES:
            yield f"unknown tag {tag}; the tags are {', '.join(ROLES)}"
    if cell.cell_type == "code":
        if cell.get("outputs") or cell.get("execution_count"):
            yield "is stored with outputs; clear them (nbstripout --keep-id)"
        yield from _code_faults(cell.source)
    elif cell.cell_type == "markdown":
        for digits in stray_digits(cell.source):
            yield f"typed number {digits}; say it with say() so that it changes with the data"
        yield from _word_faults(cell.source)


def _word_faults(text: str) -> Iterator[str]:
    for found, better in unkind_words(text):
        yield f"says '{found}'; write '{better}'"


def _code_faults(source: str) -> Iterator[str]:
    """Chapters tell and call; definitions, loops and other libraries belong in modules."""
    code = "\n".join(line for line in source.splitlines() if not line.lstrip().startswith("%"))
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError) as error:  # ValueError: a null character
        yield f"is not Python ({getattr(error, 'msg', error)})"
        return
    if len(tree.body) > MOST_STATEMENTS:
        yield f"has {len(tree.body)} statements, more than {MOST_STATEMENTS}; split the cell"
    banned = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _word_faults(node.value)
        if isinstance(node, banned):
            yield f"line {node.lineno} defines or loops; move it into explainer/"
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for module in modules:
            if module.split(".")[0] != "explainer":
                yield f"imports {module}; a chapter imports only explainer"
