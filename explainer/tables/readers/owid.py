"""Our World in Data grapher CSV: entity, code, year, and a column a metric, without bounds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explainer.errors import ExplainerError
from explainer.tables.readers import measures
from explainer.tables.readers.cells import year
from explainer.tables.readers.delimited import Delimited, as_wide
from explainer.tables.readers.places import place
from explainer.tables.readers.reading import Reading, Rows, finished

_HIV = re.compile(r"\b(hiv|aids|art|antiretroviral)\b", re.IGNORECASE)
SOURCE, KIND, SLUG = "Our World in Data", "Our World in Data CSV", "owid"


def recognises(head: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names entity, code and year."""
    return bool(head) and [cell.lower() for cell in head[0][:3]] == ["entity", "code", "year"]


def read(text: Delimited) -> Reading:
    """Read a grapher file: unrounded central estimates."""
    names = text.head[0]
    if len(names) < 4:
        raise ExplainerError(
            f"{text.where}: no column stands beside entity, code and year; download it again"
        )
    found, rows = Rows(), text.rows()
    next(rows)
    known = [(at, _measure(words)) for at, words in enumerate(names) if at > 2]
    whats = [
        (at, what or measures.unnamed("", names[at], measures.population(names[at]) or "all ages"))
        for at, what in known
    ]
    for row in rows:
        cells = as_wide(row, names, text.where)
        when = year(cells[2])
        if when is None:
            found.missed["in a row without a year"] += 1
            continue
        where = place(cells[0], cells[1])
        for at, what in whats:
            found.add(when, where, what, [cells[at]], rounded=False)
    return finished(
        found.frame(), None, where=text.where, source=SOURCE, kind=KIND, slug=SLUG,
        release_from="", not_read=[*text.cut_off(), *found.not_read()],
    )  # fmt: skip


def _measure(words: str) -> measures.Measure | None:
    """What a metric is, if it is one of HIV: this publisher tells of everything."""
    return measures.measure(words) if _HIV.search(words) else None
