"""Jupyter Book 1 over the same chapters, in an environment of its own that is thrown away."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks.place import ROOT, chapters, copied, explainer
from benchmarks.results import Row
from benchmarks.timing import Job, in_turn, walls

# What the chapters import; the book's own needs come with it.
LIBRARIES = ("babel", "ipykernel", "jinja2", "matplotlib", "numpy", "pandas", "pandera", "scipy")
ROUNDS = 2  # it has no bar to meet
_CONFIG = "title: chapters\nexecute:\n  execute_notebooks: force\n  timeout: 300\n"


def book(folder: Path, rounds: int) -> list[Row]:
    """Every chapter built anew, beside Jupyter Book 1; a row that says so if pip has none."""
    program = _installed(folder / "book-environment")
    if program is None:
        return [Row("Jupyter Book 1", (), other="not available here")]
    source = folder / "book"
    copied(chapters(), source)
    _describe(source)
    build = [str(program), "build", "--all", "--path-output", str(folder / "built"), str(source)]
    ours = explainer("export", "--force", "--out", folder / "beside-book")
    here = {"PYTHONPATH": str(ROOT), "PATH": f"{program.parent}:/usr/bin:/bin"}
    runs = in_turn(
        [Job("explainer export --force", [ours]), Job("jupyter-book", [build], environment=here)],
        min(rounds, ROUNDS),
    )
    mine, other = (walls(each) for each in runs.values())
    return [Row("all chapters, `export --force`", mine, "s", "Jupyter Book 1, execution forced",
                other)]  # fmt: skip


def _installed(folder: Path) -> Path | None:
    """The ``jupyter-book`` command of a fresh environment, or nothing if pip cannot make it."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    wanted = [f"{name}=={version(name)}" for name in LIBRARIES if name != "ipykernel"]
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    done = subprocess.run([*pip, "jupyter-book<2", "ipykernel", *wanted], capture_output=True)
    program = folder / "bin" / "jupyter-book"
    return program if done.returncode == 0 and program.exists() else None


def _describe(source: Path) -> None:
    """Settings and contents of the book."""
    names = sorted(path.stem for path in source.glob("*.ipynb"))
    rest = "".join(f"- file: {name}\n" for name in names[1:])
    (source / "_config.yml").write_text(_CONFIG, encoding="utf-8")
    (source / "_toc.yml").write_text(
        f"format: jb-book\nroot: {names[0]}\nchapters:\n{rest}", encoding="utf-8"
    )
