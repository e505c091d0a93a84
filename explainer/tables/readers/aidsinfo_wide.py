"""AIDSinfo data sheet export: a row a place, for each year estimate, lower and upper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from explainer.errors import ExplainerError
from explainer.tables.epidemic_tables import CONDITIONS, PEOPLE_INDICATORS
from explainer.tables.readers import measures
from explainer.tables.readers.delimited import Delimited
from explainer.tables.readers.measures import Measure
from explainer.tables.readers.places import place
from explainer.tables.readers.reading import BOUNDS, Reading, Rows, finished

SOURCE, KIND, SLUG = "UNAIDS AIDSinfo", "AIDSinfo export", "aidsinfo_export"
INDICATORS = (*PEOPLE_INDICATORS, "prevalence_share", *CONDITIONS)
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:_(lower|upper))?")
_ENDS = {None: 0, "lower": 1, "upper": 2}
_SUFFIX = re.compile(r"_(lower|upper)$")
Head = Sequence[Sequence[str]]


def recognises(head: Head) -> bool:
    """Whether the first row is years with bounds, under or beside ``Region`` or ``Country``."""
    if not head or len(head[0]) < 4:
        return False
    first = str(head[0][0])
    named = first if first else (str(head[1][0]) if len(head) > 1 and head[1] else "")
    years = [_YEAR.fullmatch(cell) for cell in head[0][1:]]
    return named in ("Region", "Country") and any(one and one[2] for one in years)


def read(text: Delimited, indicator: str | None) -> Reading:
    """Read an export; one with a single header row does not say what it measures."""
    double = not text.head[0][0]
    rows = text.rows()
    years = next(rows)
    headings = next(rows) if double else None
    found = Rows()
    groups = _groups(years, headings, _said(indicator, text.where) if not double else None, found)
    if not double and indicator is None:
        raise ExplainerError(
            f"{text.where}: an AIDSinfo export that does not name its indicator; "
            f"add --indicator and one of {', '.join(INDICATORS)}"
        )
    for row in rows:
        where = place(row[0])
        cells = [*row, *[""] * (len(years) - len(row))]
        if len(row) > len(years):
            raise ExplainerError(
                f"{text.where}: the row of {where.name} has {len(row)} cells, expected "
                f"{len(years)}; download it again"
            )
        for (when, what), places in groups.items():
            found.add(when, where, what, [cells[one] if one else "" for one in places])
    reading = finished(
        found.frame(), None, where=text.where, source=SOURCE, kind=KIND, slug=SLUG,
        release_from="", not_read=found.not_read(),
    )  # fmt: skip
    return replace(reading, names_indicator=double)


def _said(indicator: str | None, where: str) -> Measure | None:
    if indicator is None:
        return None
    if indicator not in INDICATORS:
        raise ExplainerError(f"no indicator {indicator!r}; choose {', '.join(INDICATORS)}")
    return measures.of(indicator, "15-49" if indicator == "prevalence_share" else "all ages")


def _groups(
    years: Sequence[str], headings: Sequence[str] | None, said: Measure | None, found: Rows
) -> dict[tuple[int, Measure], list[int]]:
    """For each year and measure the places of estimate, lower and upper; 0 for none."""
    groups: dict[tuple[int, Measure], list[int]] = {}
    for at, cell in enumerate(years[1:], start=1):
        when = _YEAR.fullmatch(cell)
        what = said
        if headings is not None and at < len(headings):
            what = measures.measure(_SUFFIX.sub("", headings[at]))
        if when is None or what is None:
            if cell or (headings and at < len(headings) and headings[at]):
                found.notes.append((f"column {at + 1} ({cell[:40]})", "heading is not known"))
            continue
        places = groups.setdefault((int(when[1]), what), [0] * len(BOUNDS))
        if places[_ENDS[when[2]]]:
            found.notes.append((f"column {at + 1} ({cell[:40]})", "repeats a heading"))
        else:
            places[_ENDS[when[2]]] = at
    return groups
