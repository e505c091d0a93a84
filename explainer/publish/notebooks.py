"""Find and read notebooks: the bundled chapters by number or name, a reader's own by path."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from explainer.errors import ExplainerError
from explainer.near import did_you_mean, near
from explainer.paths import notebooks_dir

if TYPE_CHECKING:
    from nbformat import NotebookNode

AnyNotebook = TypeVar("AnyNotebook", bound=dict[str, Any])
TO_CELL = "#cell-id="  # how a notebook links to one of its cells, by its id
_REMEDY = "open and save it in JupyterLab, or restore it"


@dataclass(frozen=True)
class Chapter:
    """A notebook on disk: its slug names the exported files."""

    slug: str
    path: Path

    @property
    def number(self) -> str:
        """The chapter's number, or nothing for a reader's own notebook."""
        head = self.slug.split("-")[0]
        return head if head.isdigit() else ""

    @property
    def is_bundled(self) -> bool:
        """Whether this is one of the explainer's own chapters."""
        return bool(self.number) and self.path.parent == notebooks_dir()


def chapters() -> list[Chapter]:
    """The bundled chapters in reading order.

    Raises
    ------
    ExplainerError
        If there are none.
    """
    paths = sorted(notebooks_dir().glob("[0-9][0-9]-*.ipynb"))
    if not paths:
        raise ExplainerError(f"{notebooks_dir()}: no chapters there; install hiv-explainer again")
    return [Chapter(path.stem, path) for path in paths]


def bundled() -> list[Chapter]:
    """The chapters, then the notebooks that are run for many places or releases."""
    kinds = ("*-profile.ipynb", "compare-*.ipynb")
    others = sorted(path for kind in kinds for path in notebooks_dir().glob(kind))
    return [*chapters(), *(Chapter(path.stem, path) for path in others)]


def find(name: str) -> Chapter:
    """The chapter that ``name`` means: a path, a slug (01-global-epidemic) or a number (1).

    Raises
    ------
    ExplainerError
        If there is no such notebook; the sentence lists the chapters.
    """
    path = Path(name).expanduser()
    if path.suffix == ".ipynb":
        if not path.is_file():
            what = "is a folder, not a notebook" if path.is_dir() else "there is no such notebook"
            raise ExplainerError(f"{name}: {what}; check the path")
        return Chapter(path.stem, path.resolve())
    known = chapters()
    for chapter in bundled():
        number = chapter.number
        if name == chapter.slug or (number and name in (number, number.lstrip("0"))):
            return chapter
    slugs = [chapter.slug for chapter in known]
    hint = did_you_mean(near(name, slugs, n=1, cutoff=0.5)) or "or give the path of a .ipynb file"
    raise ExplainerError(f"unknown chapter {name}; the chapters are {', '.join(slugs)}; {hint}")


def read(path: Path) -> NotebookNode:
    """The notebook at ``path``, checked to be one, with an id for every cell.

    Raises
    ------
    ExplainerError
        If the file is missing, not text, not JSON or not a Python notebook.
    """
    content = with_ids(_content(path))
    import nbformat

    try:
        notebook: NotebookNode = nbformat.reads(json.dumps(content), as_version=4)
        nbformat.validate(notebook)
    except Exception as error:  # nbformat raises a different class for each way to be broken
        reason = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise ExplainerError(f"{path}: not a valid notebook ({reason}); {_REMEDY}") from None
    language = notebook.metadata.get("kernelspec", {}).get("language", "python")
    if language != "python":
        raise ExplainerError(f"{path}: written in {language}; only Python notebooks can be run")
    return notebook


def set_parameters(notebook: NotebookNode, values: Mapping[str, object]) -> None:
    """Put other values into the cell tagged ``parameters``.

    Raises
    ------
    ExplainerError
        If the notebook has no such cell.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code" and "parameters" in cell.metadata.get("tags", []):
            cell.source = "\n".join(f"{name} = {value!r}" for name, value in values.items())
            return
    raise ExplainerError("the notebook has no cell tagged parameters; tag the one to be replaced")


def _content(path: Path) -> dict[str, Any]:
    """The notebook's JSON, before its details are checked."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ExplainerError(f"{path}: not UTF-8 text, so not a notebook; {_REMEDY}") from None
    except OSError as error:
        raise ExplainerError(f"{path}: cannot be read ({error.strerror}); {_REMEDY}") from None
    if not text.strip():
        raise ExplainerError(f"{path}: the file is empty; {_REMEDY}")
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}: {error.msg}"
        raise ExplainerError(f"{path}: not JSON ({where}), so not a notebook; {_REMEDY}") from None
    except RecursionError:
        raise ExplainerError(f"{path}: nested too deep for a notebook; {_REMEDY}") from None
    if isinstance(content, dict) and content.get("nbformat", 4) != 4:
        raise ExplainerError(
            f"{path}: notebook format {content['nbformat']!r}, expected 4; {_REMEDY}"
        )
    cells = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise ExplainerError(f"{path}: JSON without a list of cells, so not a notebook; {_REMEDY}")
    return dict(content)


def with_ids(notebook: AnyNotebook) -> AnyNotebook:
    """The notebook, changed so that each cell has an id: its own, or one made from its place.

    Notebooks older than format 4.5 have none, and random ids would give new bytes every time.
    """
    taken: set[str] = set()
    for place, cell in enumerate(notebook["cells"], start=1):
        name = cell.get("id") or f"cell-{place}"
        while name in taken:
            name += f"-{place}"
        cell["id"] = name
        taken.add(name)
    notebook["nbformat_minor"] = max(5, notebook.get("nbformat_minor", 0))
    return notebook


def title(notebook: NotebookNode) -> str:
    """The notebook's title: its first level-one heading.

    Raises
    ------
    ExplainerError
        If no Markdown cell starts a line with ``# ``.
    """
    found = _heading(notebook.cells)
    if not found:
        raise ExplainerError("the notebook has no title; start a Markdown cell with '# Title'")
    return found


def quick_title(path: Path) -> str:
    """The title read straight from the file, without loading the notebook machinery."""
    return _heading(_content(path)["cells"])


def _heading(cells: Iterable[Mapping[str, Any]]) -> str:
    """First level-one heading in Markdown, or nothing."""
    for cell in cells:
        if cell.get("cell_type") == "markdown":
            for line in "".join(cell.get("source", "")).splitlines():
                if line.startswith("# "):
                    return line.removeprefix("# ").strip()
    return ""
