"""Headings over columns: one, two or three rows of them, cells merged or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from explainer.tables.readers.measures import Measure, measure, of, population

_BOUND = {
    "estimate": "estimate", "low": "low", "lower": "low", "low estimate": "low",
    "lower estimate": "low", "high": "high", "upper": "high", "high estimate": "high",
    "upper estimate": "high", "high estimat": "high",
}  # fmt: skip
_SUFFIX = re.compile(
    r"\s*[-_]\s*(low estimat\w*|high estimat\w*|low|lower|high|upper)\s*$", re.IGNORECASE
)
# The published test-and-treat sheet, for a copy that has lost the indicators' names.
_ORDER = (
    "knows_status_share", "art_coverage_share", "on_art_given_status_share", "suppressed_share",
    "suppressed_given_art_share", "know_status", "on_art", "suppressed",
)  # fmt: skip
_PREGNANT = ("pregnant_need_art", "pregnant_on_art", "pregnant_on_art_share")


@dataclass(frozen=True)
class Column:
    """A column of figures: what it measures, and whether it is the estimate or a bound."""

    place: int
    heading: str
    measure: Measure | None
    bound: str


def columns(rows: Sequence[Sequence[str]]) -> list[Column]:
    """Give the columns beyond the third that have a heading, from all header rows together."""
    width = max((len(row) for row in rows), default=0)
    filled = _spread([[*row, *[""] * (width - len(row))] for row in rows])
    found = []
    for place in range(3, width):
        heading, bound = _bound([row[place] for row in filled if row[place]])
        if heading or (rows and place < len(rows[-1]) and rows[-1][place]):
            found.append(Column(place, heading, measure(heading), bound))
    return found


def _spread(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Merged cells filled in: a heading holds until its own row, or one above, says another."""
    filled: list[list[str]] = []
    for number, row in enumerate(rows):
        if number == len(rows) - 1:
            filled.append(list(row))
            continue
        spread, held = [], ""
        for place, cell in enumerate(row):
            above = any(rows[upper][place] for upper in range(number))
            held = cell or ("" if above else held)
            # A column that the last header row leaves out is not under a merged cell.
            spread.append(held if rows[-1][place] else cell)
        filled.append(spread)
    return filled


def _bound(pieces: Sequence[str]) -> tuple[str, str]:
    """The heading without its last words, and the bound that those name."""
    if pieces and pieces[-1].lower() in _BOUND:
        return " ".join(pieces[:-1]), _BOUND[pieces[-1].lower()]
    whole = " ".join(pieces)
    said = _SUFFIX.search(whole)
    if said:
        return whole[: said.start()], "low" if said[1].lower().startswith("low") else "high"
    return whole, "estimate"


def stripped_columns(rows: Sequence[Sequence[str]]) -> list[Column]:
    """Give the columns of a test-and-treat sheet that names people only, if it is that sheet."""
    labels = [cell for cell in rows[-1][3:]] if rows else []
    people = [population(label) for label in labels]
    groups = [people[start : start + 5] for start in range(0, 40, 5)]
    whole = {"all ages", "children 0-14", "adults 15+", "women 15+", "men 15+"}
    if len(labels) != 43 or any(set(group) != whole for group in groups):
        return []
    known = [
        Column(3 + place, labels[place], of(_ORDER[place // 5], people[place]), "estimate")
        for place in range(40)
    ]
    mothers = [
        Column(43 + place, labels[40 + place], of(name, "pregnant women"), "estimate")
        for place, name in enumerate(_PREGNANT)
    ]
    return [*known, *mothers]


def letter(place: int) -> str:
    """The name a spreadsheet gives a column: A, Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
