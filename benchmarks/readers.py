"""How fast published files are read and checked.

``python -m benchmarks.readers FILE…`` prints a row for each file you have downloaded: its size, the
figures read from it, seconds of a whole ``explainer import FILE --dry-run``, figures a second, the
largest memory.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.timing import Job, in_turn, median, walls
from explainer.tables.readers import read

COLUMNS = ("file", "size", "figures", "seconds", "figures a second", "memory")


def main(files: Sequence[str], rounds: int = 5) -> None:
    """Print the table for the files."""
    program = [sys.executable, "-m", "explainer", "import", "--dry-run"]
    jobs = [Job(name, [[*program, name]]) for name in files]
    runs = in_turn(jobs, rounds)
    print(_line(COLUMNS), _line("---" for _ in COLUMNS), sep="\n")
    for name in files:
        reading = read(Path(name))
        seconds = median(walls(runs[name]))
        megabytes = median([run.peak for run in runs[name]])
        print(_line((
            f"{reading.kind} of {reading.source}", f"{Path(name).stat().st_size / 1000:,.0f} KB",
            f"{len(reading.frame):,}", f"{seconds:.2f}", f"{len(reading.frame) / seconds:,.0f}",
            f"{megabytes:.0f} MB",
        )))  # fmt: skip


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main(sys.argv[1:])
