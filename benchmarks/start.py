"""Rows about starting: import, --help, list, the loaders, the check."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.place import ROOT, explainer
from benchmarks.results import Row, at_most
from benchmarks.timing import FailedError, Job, in_turn, surroundings, walls

MORE = 3  # short processes scatter more, so they are run this many times as often
_LOADERS = """
import json, time
import pandas
begun = time.perf_counter()
import explainer as hiv
frame = hiv.load_estimates("all")
cold = time.perf_counter() - begun
begun = time.perf_counter()
for _ in range(20):
    hiv.load_estimates("all")
warm = (time.perf_counter() - begun) / 20
begun = time.perf_counter()
for name in (name for name in dir(hiv) if name.startswith("load_")):
    getattr(hiv, name)()
print(json.dumps([cold, warm, len(frame), time.perf_counter() - begun]))
"""


def commands(_: Path, rounds: int) -> list[Row]:
    """What a user waits for before anything is made."""
    python = [sys.executable, "-c"]
    runs = in_turn(
        [
            Job("import pandas", [[*python, "import pandas"]]),
            Job("import pandas, explainer", [[*python, "import pandas, explainer"]]),
            Job("explainer --help", [explainer("--help")]),
            Job("explainer list", [explainer("list")]),
        ],
        MORE * rounds,
    )
    alone, both, helped, listed = (walls(each) for each in runs.values())
    beyond = tuple(1000 * (b - a) for a, b in zip(alone, both, strict=True))
    return [
        Row("`import explainer` beyond pandas", beyond, "ms", bars=(at_most(beyond, 60, "ms"),)),
        Row("`explainer --help`", helped, bars=(at_most(helped, 0.25),)),
        Row("`explainer list`", listed, bars=(at_most(listed, 0.3),)),
    ]


def loaders(_: Path, rounds: int) -> list[Row]:
    """The largest table, cold and from memory; then every other table."""
    found = [_loaded() for _ in range(rounds)]
    cold, warm, rows, rest = zip(*found, strict=True)
    number = f"{rows[0]:,.0f} rows"
    pace = tuple(count / seconds for count, seconds in zip(rows, cold, strict=True))
    return [
        Row(f'`load_estimates("all")`, {number}, first time', tuple(1000 * s for s in cold), "ms"),
        Row("the same, rows a second", pace, "rows/s"),
        Row("the same, from memory", tuple(1000 * s for s in warm), "ms"),
        Row("every other loader, first time, together", tuple(1000 * s for s in rest), "ms"),
    ]


def _loaded() -> list[float]:
    """Seconds for a loader cold and warm, the rows it gave, seconds for the others."""
    said = subprocess.run(
        [sys.executable, "-c", _LOADERS],
        env=surroundings({}), cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [float(value) for value in json.loads(said.stdout)]


def checks(_: Path, rounds: int) -> list[Row]:
    """All tables validated in full and all notebooks read for faults."""
    runs = in_turn([Job("explainer check", [explainer("check")])], rounds)
    return [Row("`explainer check`", walls(runs["explainer check"]))]


def memory(folder: Path, _: int) -> list[Row]:
    """Memory of the process that makes reports, and of its largest child, by their number."""
    lots = (10, 45, 135)
    seen = [many(folder, lot) for lot in lots]
    rows = []
    for who in ("parent", "child"):
        least = float(seen[0][who])
        for one in seen:
            mb = (float(one[who]),)
            bars = () if one is seen[0] else (at_most(mb, round(1.05 * least), "MB"),)
            rows.append(Row(f"memory of the {who}, {one['reports']} reports", mb, "MB", bars=bars))
    return rows


def many(folder: Path, reports: int) -> dict[str, float]:
    """Seconds and memory for that many reports made in one process."""
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.reports", str(reports), str(folder / f"{reports}")],
        env=surroundings({}), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if said.returncode:
        raise FailedError(said.stderr[-2000:])
    found: dict[str, float] = json.loads(said.stdout)
    if found["made"] != reports:
        raise FailedError(f"{reports} reports: {found}")
    return found
