"""Rows about the chapters: built anew, untouched, one edited, one figure changed."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

from benchmarks.place import (
    ROOT,
    chapters,
    checkout,
    copied,
    edit_prose,
    explainer,
    nbconvert,
    touched,
    words,
)
from benchmarks.results import Bar, Row, at_least, at_most
from benchmarks.timing import Job, added, in_turn, ratios, walls
from explainer.publish.pages import FORMATS

BESIDE = [name for name in ("html", "slides") if name in FORMATS]
LARGEST = 600  # KB a report without interactives may have
LARGEST_LIVE = 1800  # KB with them
_TABLES = re.compile(r'data-tables="([a-z0-9_ ]*)"')


def all_chapters(folder: Path, rounds: int) -> list[Row]:
    """Every chapter: built anew and left alone, beside nbconvert."""
    out, stock = folder / "ours", folder / "stock"
    notebooks = copied(chapters(), folder / "notebooks")
    formats = [word for name in BESIDE for word in ("--to", name)]
    once = explainer("export", "--force", "--out", out, *formats)
    seen: dict[str, int] = {}
    runs = in_turn(
        [
            Job("explainer export --force", [once]),
            Job("explainer export --force --jobs 1", [[*once, "--jobs", "1"]],
                after=lambda: seen.update(touched(out))),
            Job("explainer export", [once[:2] + once[3:]]),
            Job("nbconvert html", [nbconvert("html", stock, *notebooks)]),
            Job("nbconvert slides", [nbconvert("slides", stock, *notebooks)]),
        ],
        rounds,
    )  # fmt: skip
    ours, alone, again, html, slides = runs.values()
    both = walls(added(html, slides))
    faster = ratios(both, walls(ours))
    kept = ratios(both, walls(again))
    is_kept = touched(out) == seen
    made = " + ".join(BESIDE)
    calls = "nbconvert --execute: html, slides"
    return [
        Row(f"all chapters, {made}, `export --force`", walls(ours), "s", calls, both,
            (at_least(faster, 5),)),
        Row("the same beside the html call alone", walls(ours), "s", "nbconvert --execute: html",
            walls(html)),
        Row("the same on one core (`--jobs 1`)", walls(alone), "s", calls, both),
        Row("nothing changed", walls(again), "s", calls, both,
            (at_most(walls(again), 0.6), at_least(kept, 40), Bar("files untouched", is_kept))),
    ]  # fmt: skip


def one_edited(folder: Path, rounds: int) -> list[Row]:
    """Prose of one chapter edited: only its page is built."""
    home, out = checkout(folder / "edited"), folder / "edited-out"
    here = {"PYTHONPATH": str(home)}
    numbers = count()
    found: list[Bar] = []

    def job(path: Path) -> Job:
        before, after = _watch(out, {f"{path.stem}.html"}, found)
        mine = home / "notebooks" / path.name

        def scene() -> None:
            edit_prose(mine, words(next(numbers)))
            before()

        return Job(path.stem, [explainer("export", "--out", out)], 1, scene, after, here)

    mine = [job(path) for path in chapters()]
    in_turn([Job("first export", [explainer("export", "--out", out)], environment=here)], 1)
    runs = in_turn(mine, rounds)
    is_only = Bar("only it rebuilt", all(bar.is_met for bar in found))
    return [
        Row(f"prose of `{name}` edited", walls(taken), bars=(at_most(walls(taken), 2.5), is_only))
        for name, taken in runs.items()
    ]


def one_figure(folder: Path, rounds: int) -> list[Row]:
    """One figure of a table changed: only the pages that read the table are built."""
    out, data = folder / "figure-out", folder / "figure-data"
    shutil.copytree(ROOT / "data", data)
    here = {"EXPLAINER_DATA_DIR": str(data)}
    found: dict[str, list[Bar]] = {}

    def job(table: str, column: str) -> Job:
        found[table] = []
        readers = {path.name for path in out.glob("*.html") if table in _tables(path)}
        before, after = _watch(out, readers, found[table])

        def scene() -> None:
            _change(data / f"{table}.csv", column)
            before()

        return Job(table, [explainer("export", "--out", out)], 1, scene, after, here)

    in_turn([Job("first export", [explainer("export", "--out", out)], environment=here)], 1)
    tables = {"hiv_estimates": "estimate", "delta32_frequencies": "n"}
    runs = in_turn([job(table, column) for table, column in tables.items()], rounds)
    return [
        Row(f"one figure of `{table}.csv` changed", walls(taken), bars=(
            Bar("only its readers rebuilt", all(bar.is_met for bar in found[table])),))
        for table, taken in runs.items()
    ]  # fmt: skip


def sizes(folder: Path, _: int) -> list[Row]:
    """How large the pages are that an earlier row built."""
    ours = sorted(path for path in (folder / "ours").glob("*.html") if path.stem != "index")
    rows = []
    for path in ours:
        size = (path.stat().st_size / 1000,)
        is_live = 'class="chart live"' in path.read_text(encoding="utf-8")
        largest = LARGEST_LIVE if is_live else LARGEST
        stock = (folder / "stock" / path.name).stat().st_size / 1000
        rows.append(
            Row(f"size of `{path.name}`", size, "KB", "nbconvert html", (stock,),
                (at_most(size, largest, "KB"),))
        )  # fmt: skip
    return rows


def _watch(
    out: Path, expected: set[str], found: list[Bar]
) -> tuple[Callable[[], None], Callable[[], None]]:
    """What to do before and after a run to see which pages it wrote, the landing page apart."""
    seen: dict[str, int] = {}

    def before() -> None:
        seen.clear()
        seen.update(touched(out))

    def after() -> None:
        new = {name for name, when in touched(out).items() if seen.get(name) != when}
        found.append(Bar("", new - {"index.html"} == expected))

    return before, after


def _tables(page: Path) -> list[str]:
    """Tables a page says it was made from."""
    match = _TABLES.search(page.read_text(encoding="utf-8")[:6000])
    return match.group(1).split() if match else []


def _change(table: Path, column: str) -> None:
    """Make the first whole number of a column one larger."""
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    place = rows[0].index(column)
    row = next(row for row in rows[1:] if row[place].isdigit())
    row[place] = str(int(row[place]) + 1)
    with table.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
