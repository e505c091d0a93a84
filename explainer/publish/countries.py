"""The index over country profiles: one table to sort and search, made from the pages themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explainer.publish.index import holds_chapters, told_by, write_index, write_overview
from explainer.publish.pages import COUNTRIES
from explainer.publish.report import asset

COLUMNS = {
    "plhiv": "People living with HIV",
    "prevalence": "Prevalence, ages 15–49",
    "new_infections": "New infections a year",
    "coverage": "On treatment",
}
JUST_UNDER = 1 - 1e-9  # "<500" sorts just before 500


@dataclass(frozen=True)
class Cell:
    """One figure as the table shows it; ``order`` is what it is sorted by, empty for none."""

    words: str
    range: str
    order: str
    year: str


@dataclass(frozen=True)
class Row:
    """One country's page."""

    file: str
    country: str
    iso3: str
    release: str
    year: str
    cells: tuple[Cell, ...]


def write_both(folder: Path) -> Path:
    """Write the landing page of ``folder``, and the index of the profiles below it if there is one.

    They lead to each other; returns the landing page.
    """
    index = write_index(folder)
    if (folder / COUNTRIES / "index.html").exists():
        write_country_index(folder / COUNTRIES)
    return index


def write_country_index(folder: Path) -> Path:
    """Write ``index.html`` over all country profiles found in ``folder`` and return its path."""
    found = (row_of(path) for path in sorted(folder.glob("*.html")))
    rows = sorted((row for row in found if row), key=lambda row: (row.country, row.file))
    return write_overview(
        folder,
        "countries.html.j2",
        style=f"{asset('page.css')}\n{asset('countries.css')}",
        script=f"{asset('page.js')}\n{asset('countries.js')}",
        columns=COLUMNS.values(),
        rows=rows,
        releases=sorted({row.release for row in rows}),
        has_chapters=is_beside_chapters(folder),
    )


def is_beside_chapters(folder: Path) -> bool:
    """Whether these profiles stand below the landing page of the chapters."""
    return folder.name == COUNTRIES and holds_chapters(folder.parent)


def row_of(path: Path) -> Row | None:
    """The row of an exported profile, or None for any other file."""
    told = told_by(path)
    card = told[1] if told else {}
    facts = card.get("facts", {})
    if "iso3" not in facts:
        return None
    cells = tuple(facts.get(name) for name in COLUMNS)
    year = _year(cells[0])
    return Row(
        file=path.name,
        country=str(facts.get("country", card["title"])),
        iso3=str(facts["iso3"]),
        release=str(facts.get("release", "")),
        year=year,
        cells=tuple(_cell(fact, year) for fact in cells),
    )


def _year(fact: Mapping[str, Any] | None) -> str:
    """The year of a figure, if there is one."""
    return str(fact["year"]) if fact and fact["year"] else ""


def _cell(fact: Mapping[str, Any] | None, row_year: str) -> Cell:
    """A figure of the card; its year only where it is not the row's."""
    if not fact:
        return Cell("", "", "", "")
    year = _year(fact)
    value = float(fact["value"]) * (JUST_UNDER if fact["mark"] == "<" else 1)
    return Cell(
        words=str(fact["words"]),
        range=str(fact["range"]),
        order=repr(value),
        year="" if year == row_year else year,
    )
