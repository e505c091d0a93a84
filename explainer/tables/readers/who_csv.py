"""WHO Global Health Observatory download: one row a place and year, value and range as text."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.errors import ExplainerError
from explainer.tables.readers import who
from explainer.tables.readers.cells import year
from explainer.tables.readers.delimited import Delimited, as_wide, header
from explainer.tables.readers.places import place
from explainer.tables.readers.reading import Reading, Rows, finished

KIND = "WHO GHO CSV"
_NEEDED = (
    "IndicatorCode", "Indicator", "Location type", "SpatialDimValueCode", "Location", "Period",
    "Value",
)  # fmt: skip


_SPLITS = ("Dim1", "Dim2", "Dim3")  # who is counted, where it is not everybody


def recognises(head: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns of a GHO download."""
    return header(head[:1], ("IndicatorCode", "Location")) is not None


def read(text: Delimited) -> Reading:
    """Read a GHO download of one or several indicators."""
    names = text.head[0]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise ExplainerError(
            f"{text.where}: column {missing[0]!r} of a WHO download is missing (found "
            f"{', '.join(names)[:120]}); download it again"
        )
    at = {name: names.index(name) for name in _NEEDED}
    either = ((f"{dim}ValueCode", dim) for dim in _SPLITS)  # a code, or the words for it
    there = ([name for name in pair if name in names] for pair in either)
    split = [names.index(pair[0]) for pair in there if pair]
    found, rows = Rows(), text.rows()
    next(rows)
    for row in rows:
        cells = as_wide(row, names, text.where)
        when = year(cells[at["Period"]])
        if when is None:
            found.missed["in a row whose period is no year"] += 1
            continue
        where = place(cells[at["Location"]], cells[at["SpatialDimValueCode"]])
        code = cells[at["IndicatorCode"]]
        people = who.people(*(cells[one] for one in split))
        what = who.measure(code, cells[at["Indicator"]], people)
        found.add(when, where, what, who.cells(cells[at["Value"]]))
    return finished(
        found.frame(), None, where=text.where, source=who.SOURCE, kind=KIND, slug=who.SLUG,
        release_from="", not_read=[*text.cut_off(), *found.not_read()],
    )  # fmt: skip
