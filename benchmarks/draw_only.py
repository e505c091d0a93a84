"""The floor: one warm process that only draws the profiles' pictures and saves them as SVG.

No notebook, no words, no page.  Each country's figures are picked out before the clock starts,
and every picture has been drawn once before the pass that counts.
"""

from __future__ import annotations

import ast
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import CodeType
from typing import Any

from benchmarks.place import PROFILE


def main(out: Path, clock: Path, codes: Sequence[str]) -> None:
    """Draw every country's pictures twice; note the seconds of the second pass."""
    os.environ["EXPLAINER_FORMATS"] = "html"  # as in an export: no PNG beside the SVG
    drawers = [drawer for code in codes for drawer in pictures(code)]
    out.mkdir(parents=True, exist_ok=True)
    draw(drawers, out)
    begun = time.perf_counter()
    draw(drawers, out)
    clock.write_text(str(time.perf_counter() - begun), encoding="utf-8")


def draw(drawers: Sequence[tuple[str, Callable[[], Any]]], out: Path) -> None:
    """Draw and save each picture that there is."""
    for name, drawn in drawers:
        chart = drawn()
        if chart is not None:
            (out / f"{name}.svg").write_text(chart.svg(), encoding="utf-8")


def pictures(code: str) -> list[tuple[str, Callable[[], Any]]]:
    """The country's pictures, ready to be drawn: the very cells of the profile's notebook."""
    cells = json.loads(PROFILE.read_text(encoding="utf-8"))["cells"]
    space: dict[str, Any] = {}
    made = []
    for cell in cells:
        tags, source = cell["metadata"].get("tags", []), "".join(cell["source"])
        if "parameters" in tags:
            exec(source, space)
            space["iso3"] = code
        elif "setup" in tags:
            exec(source, space)
        elif cell["cell_type"] == "code" and cell["id"].startswith("fig-"):
            made.append((f"{code}-{cell['id']}", _drawer(source, space)))
    return made


def _drawer(source: str, space: dict[str, Any]) -> Callable[[], Any]:
    """A function that runs a cell and gives the value of its last line."""
    *steps, last = ast.parse(source).body
    assert isinstance(last, ast.Expr), "a figure's cell ends in the figure"
    first: CodeType = compile(ast.Module(steps, []), "cell", "exec")
    value: CodeType = compile(ast.Expression(last.value), "cell", "eval")

    def drawn() -> Any:
        exec(first, space)
        return eval(value, space)

    return drawn


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
