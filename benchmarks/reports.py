"""Many reports made in one process: what one more costs, in seconds and in memory.

``python -m benchmarks.reports N FOLDER`` makes N profiles (countries by release by newest year,
all of them published) and prints seconds and memory as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pandas as pd

from explainer import tables
from explainer.publish.build import build
from explainer.publish.pages import Task
from explainer.publish.profiles import task_of

# Release and the first year to look back from; every later year makes another report.
VIEWS = {"2025": 2005, "2019": 2013, "2024": 2022}


def countries(release: str | None = None, until: int | None = None) -> list[str]:
    """Codes of the countries a release holds figures of, up to a year."""
    first = _years(release).groupby(level=0).min()
    return sorted(first.index if until is None else first.index[first <= until])


def _years(release: str | None) -> pd.Series[int]:
    """Year of every row of a country, by its code."""
    rows = tables.load_estimates(release)
    return rows[rows["location_type"] == "country"].set_index("location_code")["year"]


def tasks(wanted: int) -> list[Task]:
    """That many reports, spread evenly over releases and years, so that small lots are like big."""
    every = list(chain.from_iterable(_of_release(*view) for view in VIEWS.items()))
    if wanted > len(every):
        raise SystemExit(f"{wanted} reports wanted, the tables give {len(every)}")
    return [every[place * len(every) // wanted] for place in range(wanted)]


def _of_release(release: str, first: int) -> list[Task]:
    """Reports of one release: each country, looked at from each year."""
    newest = int(_years(release).max())
    return [
        replace(task, slug=f"{code}-{release}-{until}")
        for until in range(newest, first - 1, -1)
        for code in countries(release, until)
        for task in [task_of(code, ("html",), release, until)]
    ]


def main(wanted: int, folder: Path) -> None:
    """Make the reports; print seconds, and MB of this process and of its largest child."""
    folder.mkdir(parents=True, exist_ok=True)
    lot = tasks(wanted)
    begun = time.perf_counter()
    outcome = build(lot, lot, folder, force=True)
    seconds = time.perf_counter() - begun
    who = {"parent": resource.RUSAGE_SELF, "child": resource.RUSAGE_CHILDREN}
    peaks = {name: resource.getrusage(which).ru_maxrss / 1000 for name, which in who.items()}
    print(json.dumps({"reports": wanted, "seconds": seconds, "made": len(outcome.exported),
                      "failures": outcome.failures[:3], **peaks}))  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
