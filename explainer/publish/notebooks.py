"""Find and read notebooks: the bundled chapters by number or name, a reader's own by path."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explainer.errors import ExplainerError
from explainer.paths import notebooks_dir

if TYPE_CHECKING:
    from nbformat import NotebookNode


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


def chapters() -> list[Chapter]:
    """The bundled chapters in reading order."""
    paths = sorted(notebooks_dir().glob("[0-9][0-9]-*.ipynb"))
    return [Chapter(path.stem, path) for path in paths]


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
            raise ExplainerError(f"{name}: there is no such notebook; check the path")
        return Chapter(path.stem, path.resolve())
    known = chapters()
    for chapter in known:
        if name in (chapter.slug, chapter.number, chapter.number.lstrip("0")):
            return chapter
    slugs = [chapter.slug for chapter in known]
    near = difflib.get_close_matches(name, slugs, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else "or give the path of a .ipynb file"
    raise ExplainerError(f"unknown chapter {name}; the chapters are {', '.join(slugs)}; {hint}")


def read(path: Path) -> NotebookNode:
    """The notebook at ``path``, checked to be one.

    Raises
    ------
    ExplainerError
        If the file is missing, not text, not JSON or not a notebook.
    """
    remedy = "open and save it in JupyterLab, or restore it"
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ExplainerError(f"{path}: not UTF-8 text, so not a notebook; {remedy}") from None
    except OSError as error:
        raise ExplainerError(f"{path}: cannot be read ({error.strerror}); {remedy}") from None
    import nbformat

    try:
        notebook: NotebookNode = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
    except Exception as error:  # nbformat raises a different class for each way to be broken
        reason = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise ExplainerError(f"{path}: not a valid notebook ({reason}); {remedy}") from None
    return notebook


def title(notebook: NotebookNode) -> str:
    """The notebook's title: its first level-one heading.

    Raises
    ------
    ExplainerError
        If no Markdown cell starts a line with ``# ``.
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for line in cell.source.splitlines():
                if line.startswith("# "):
                    return line.removeprefix("# ").strip()
    raise ExplainerError("the notebook has no title; start a Markdown cell with '# Title'")


def quick_title(path: Path) -> str:
    """The title read straight from the file, without loading the notebook machinery."""
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")).get("cells", [])
    lines = (line for cell in cells for line in "".join(cell.get("source", "")).splitlines())
    titles = (line.removeprefix("# ").strip() for line in lines if line.startswith("# "))
    return next(titles, "")
