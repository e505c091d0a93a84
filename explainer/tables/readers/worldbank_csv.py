"""World Bank bulk CSV: a preamble, then a row a place and a column a year."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.errors import ExplainerError
from explainer.tables.readers import worldbank
from explainer.tables.readers.cells import year
from explainer.tables.readers.delimited import Delimited, as_wide, header
from explainer.tables.readers.places import place
from explainer.tables.readers.reading import Reading, Rows, finished

KIND = "World Bank CSV"
_NEEDED = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")


def recognises(head: Sequence[Sequence[str]]) -> bool:
    """Whether one of the first rows names country, indicator and their codes."""
    return header(head, _NEEDED) is not None


def read(text: Delimited) -> Reading:
    """Read the bulk file of one or several indicators."""
    at = header(text.head, _NEEDED)
    assert at is not None
    names = text.head[at]
    name, code, words, indicator = (names.index(one) for one in _NEEDED)
    years = [(one, when) for one, cell in enumerate(names) if (when := year(cell))]
    if not years:
        raise ExplainerError(f"{text.where}: no column is a year; download it again")
    found = Rows()
    for number, row in enumerate(text.rows()):
        if number <= at:
            continue
        cells = as_wide(row, names, text.where)
        what = worldbank.measure(cells[indicator], cells[words])
        where = place(cells[name], cells[code])
        for one, when in years:
            worldbank.add(found, when, where, what, cells[one])
    return finished(
        found.frame(), None, where=text.where, source=worldbank.SOURCE, kind=KIND,
        slug=worldbank.SLUG, release_from="",
        not_read=[worldbank.MARKS, *text.cut_off(), *found.not_read()],
    )  # fmt: skip
