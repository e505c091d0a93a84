"""Measure everything side by side and write the results: ``python -m benchmarks.run``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import book, chapters, countries, start
from benchmarks.picture import draw
from benchmarks.place import ROOT, workshop
from benchmarks.results import Row, machine, table
from benchmarks.timing import FailedError

Part = Callable[[Path, int], list[Row]]
PARTS: dict[str, tuple[str, Sequence[Part]]] = {
    "chapters": ("Chapters", (chapters.all_chapters, chapters.sizes)),
    "changes": ("One thing changed", (chapters.one_edited, chapters.one_figure)),
    "start": ("Starting, loading, checking", (start.commands, start.loaders, start.checks)),
    "countries": ("Country profiles, told for one", (countries.all_countries,)),
    "memory": ("Memory", (start.memory,)),
    "book": ("Jupyter Book, two rounds", (book.book,)),
}
SCALE = (10, 100, 1000)
FOLDER = ROOT / "benchmarks"


def main(words: Sequence[str] | None = None) -> None:
    """Run the parts asked for; a run of all of them writes the results."""
    asked = _parser().parse_args(words)
    with workshop() as folder:
        if asked.scale:
            (FOLDER / "SCALE.md").write_text(scale(folder), encoding="utf-8")
            return
        found = {name: _measured(name, folder, asked.rounds) for name in asked.only or PARTS}
    text = _written(found, asked.rounds)
    print(text)
    if not asked.only:
        (FOLDER / "RESULTS.md").write_text(text, encoding="utf-8")
        draw([row for rows in found.values() for row in rows], FOLDER / "results.svg")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="times each pair is run (5)")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="these parts, printed only")
    parser.add_argument("--scale", action="store_true", help="10, 100, 1,000 reports instead")
    return parser


def _measured(name: str, folder: Path, rounds: int) -> list[Row]:
    """Rows of one part."""
    home = folder / name
    home.mkdir()
    print(name, file=sys.stderr)
    rows: list[Row] = []
    for part in PARTS[name][1]:
        try:
            rows += part(home, rounds)
        except FailedError as error:  # the other parts took half an hour and are worth keeping
            print(error, file=sys.stderr)
            rows.append(Row(f"{part.__name__}: failed, nothing measured", ()))
    return rows


def _written(found: dict[str, list[Row]], rounds: int) -> str:
    """The results as Markdown."""
    parts = [f"## {PARTS[name][0]}\n\n{table(rows)}\n" for name, rows in found.items()]
    return HEAD.format(rounds=rounds, machine=machine()) + "\n".join(parts) + FOOT


HEAD = """\
# What was measured

![Seconds from notebook to report](results.svg)

Whole processes by the wall clock, one after the other in turn ({rounds} rounds; the short commands
three times as often): median [least–most]. A ratio is taken round by round; more than 1 means that
the explainer is faster.

{machine}

"""
FOOT = """
## How to repeat it

`make benchmark` on an idle machine writes this file and the picture. What each row does, where the
time goes and what a thousand reports take: [README.md](README.md) and [SCALE.md](SCALE.md).
"""
SCALED = """\
# Ten, a hundred, a thousand reports

Country profiles (every country, of three releases, looked at from many years) made in one process,
`python -m benchmarks.run --scale`. Seconds are of the whole run, memory is the largest it was.

{table}

{machine}
"""


def scale(folder: Path) -> str:
    """Seconds for one report and memory, from ten reports to a thousand."""
    lines = ["| reports | seconds | seconds for one | parent, MB | largest child, MB |"]
    lines.append("|---|---|---|---|---|")
    for reports in SCALE:
        one = start.many(folder, reports)
        each = one["seconds"] / reports
        cells = f"{reports:,}", f"{one['seconds']:.1f}", f"{each:.3f}"
        memory = f"{one['parent']:.0f}", f"{one['child']:.0f}"
        lines.append(f"| {' | '.join((*cells, *memory))} |")
        print(lines[-1], file=sys.stderr)
    return SCALED.format(table="\n".join(lines), machine=machine())


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
