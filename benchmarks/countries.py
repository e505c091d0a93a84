"""Rows about country profiles: all of them, beside other tools and beside drawing alone."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.place import BIN, PROFILE, explainer, nbconvert, with_parameters
from benchmarks.reports import countries
from benchmarks.results import Bar, Row, at_least
from benchmarks.timing import Job, Run, in_turn, median, ratios, walls

PAPERMILL = ("SWZ", "NOR", "IND")  # timed one by one, and told for one report
FLOOR = "drawing alone: warm, one core"
COPIES = ("SWZ", "NOR", "IND", "FRA", "KEN")  # in one call of nbconvert


def all_countries(folder: Path, rounds: int) -> list[Row]:
    """A profile of every country, told for one report, and the floor that drawing sets."""
    codes = countries()
    runs = in_turn(_jobs(folder, codes), rounds)
    ours, alone, again, floor, mill, stock = runs.values()
    slow, called = (ratios(walls(other), walls(ours)) for other in (mill, stock))
    n = len(codes)
    return [
        Row(f"a profile of `country --all` ({n} in all)", walls(ours), "s",
            "papermill, then nbconvert", walls(mill), (at_least(slow, 14),)),
        Row("the same", walls(ours), "s", f"one nbconvert --execute call of {len(COPIES)}",
            walls(stock), (at_least(called, 6),)),
        _above_floor("the same", ours, floor, 1.3),
        _above_floor("on one core (`--jobs 1`)", alone, floor),
        Row("profiles that hold the very pictures of the floor", (_same(folder, codes),), "%"),
        Row(f"all {n} profiles, nothing changed", tuple(n * wall for wall in walls(again))),
    ]  # fmt: skip


def _jobs(folder: Path, codes: list[str]) -> list[Job]:
    """All jobs, each told for one report."""
    out, mill, stock = folder / "countries", folder / "mill", folder / "stock-profiles"
    n, clock = len(codes), folder / "floor-seconds"
    mill.mkdir()
    copies = [with_parameters(folder / f"{c}.ipynb", iso3=c, **NEWEST) for c in COPIES]
    whole = explainer("country", "--all", "--force", "--out", out)
    floor = [sys.executable, "-m", "benchmarks.draw_only", str(folder / "svg"), str(clock), *codes]
    return [
        Job("country --all --force", [whole], n),
        Job("country --all --force --jobs 1", [[*whole, "--jobs", "1"]], n),
        Job("country --all", [[word for word in whole if word != "--force"]], n),
        Job("drawing alone", [floor], n, clock=clock),
        Job("papermill + nbconvert", [c for code in PAPERMILL for c in _papermill(code, mill)],
            len(PAPERMILL)),
        Job("one nbconvert call", [nbconvert("html", stock, *copies)], len(COPIES)),
    ]  # fmt: skip


NEWEST: dict[str, object] = {"release": None, "until": None}


def _papermill(code: str, out: Path) -> list[list[str]]:
    """Run the profile for a country, then convert what came of it."""
    made = out / f"{code}.ipynb"
    run = [str(BIN / "papermill"), str(PROFILE), str(made), "-p", "iso3", code]
    return [run, nbconvert("html", out, made, execute=False)]


def _above_floor(job: str, ours: list[Run], floor: list[Run], limit: float = 0) -> Row:
    """Our time beside that of drawing alone."""
    above = median(ratios(walls(ours), walls(floor)))
    told = Bar(f"≤ {limit:g}× the floor", above <= limit) if limit else None
    job = f"{job}: {above:.2f}× the floor"
    floors = walls(floor)
    return Row(job, walls(ours), "s", FLOOR, floors, (told,) if told else ())


def _same(folder: Path, codes: list[str]) -> float:
    """Share of the pages that hold, byte for byte, the pictures the floor drew."""
    held = []
    for code in codes:
        page = (folder / "countries" / f"{code}.html").read_text(encoding="utf-8")
        drawn = (folder / "svg").glob(f"{code}-*.svg")
        held.append(all(path.read_text(encoding="utf-8") in page for path in drawn))
    return 100 * sum(held) / len(held)
