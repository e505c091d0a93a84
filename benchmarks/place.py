"""Where the measured commands work: copies in a temporary folder, never the checkout itself."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PROFILE = ROOT / "notebooks" / "country-profile.ipynb"


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with TemporaryDirectory(prefix="explainer-benchmark-") as folder:
        yield Path(folder)


def explainer(*words: str | Path) -> list[str]:
    """The ``explainer`` command of this Python."""
    return [str(BIN / "explainer"), *map(str, words)]


def nbconvert(to: str, out: Path, *notebooks: Path, execute: bool = True) -> list[str]:
    """One ``jupyter nbconvert`` call over all the notebooks."""
    run = ["--execute"] if execute else []
    folder = ["--output-dir", str(out)]
    return [str(BIN / "jupyter"), "nbconvert", *run, "--to", to, *folder, *map(str, notebooks)]


def chapters() -> list[Path]:
    """The chapters' notebooks in the checkout."""
    return sorted((ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb"))


def copied(notebooks: Sequence[Path], folder: Path) -> list[Path]:
    """The notebooks, copied to where other tools may leave what they like."""
    folder.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copy(path, folder)) for path in notebooks]


def checkout(folder: Path) -> Path:
    """A copy of package, notebooks and tables that may be edited; compiled files stay valid."""
    for name in ("explainer", "notebooks", "data"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy2(ROOT / "pyproject.toml", folder)
    return folder


def edit_prose(notebook: Path, word: str) -> None:
    """Add a word to the last Markdown cell of a notebook."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    cell = [cell for cell in content["cells"] if cell["cell_type"] == "markdown"][-1]
    cell["source"] = "".join(cell["source"]) + f"\n\nEdited: {word}."
    notebook.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")


def with_parameters(target: Path, **values: object) -> Path:
    """A copy of the country profile whose parameter cell is for another country."""
    content = json.loads(PROFILE.read_text(encoding="utf-8"))
    cell = next(c for c in content["cells"] if "parameters" in c["metadata"].get("tags", []))
    cell["source"] = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    target.write_text(json.dumps(content), encoding="utf-8")
    return target


def touched(folder: Path) -> dict[str, int]:
    """When each page of a folder was last written."""
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.html")}


def words(number: int) -> str:
    """A number in letters: notebooks may not hold typed digits."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))
