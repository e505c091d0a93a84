"""World Bank API version 2, format JSON: ``[about, [{…}, …]]``.

Built from the API's documentation, without a sample: ``countryiso3code``, ``country``,
``indicator``, ``date``, ``value``.
"""

from __future__ import annotations

from typing import Any

from explainer.errors import ExplainerError
from explainer.tables.readers import worldbank
from explainer.tables.readers.cells import year
from explainer.tables.readers.places import place
from explainer.tables.readers.reading import Reading, Rows, finished

KIND = "World Bank API JSON"
_NEEDED = {"indicator", "country", "date", "value"}


def recognises(answer: Any) -> bool:
    """Whether this is an answer of the API."""
    return isinstance(answer, list) and bool(answer) and isinstance(answer[0], dict) and (
        {"page", "pages"} <= answer[0].keys() or "message" in answer[0]
    )  # fmt: skip


def read(answer: Any, where: str) -> Reading:
    """Read an answer; one that holds only the first page says so."""
    if "message" in answer[0]:
        raise ExplainerError(
            f"{where}: the World Bank answered with an error in place of data; ask again"
        )
    rows = answer[1] if len(answer) > 1 and isinstance(answer[1], list) else []
    found = Rows()
    for row in rows:
        if not (isinstance(row, dict) and row.keys() >= _NEEDED):
            found.missed["in an entry without indicator, place, date or value"] += 1
            continue
        when = year(row["date"])
        if when is None:
            found.missed["in an entry whose date is no year"] += 1
            continue
        code, words = _pair(row["indicator"])
        iso2, name = _pair(row["country"])
        known = place(name, str(row.get("countryiso3code") or iso2))
        worldbank.add(found, when, known, worldbank.measure(code, words), row["value"])
    notes = [worldbank.MARKS, *found.not_read()]
    pages = str(answer[0].get("pages", "1"))
    if pages not in ("0", "1"):
        notes.append((f"{pages[:9]} pages but one", "ask for all at once with per_page=20000"))
    return finished(
        found.frame(), None, where=where, source=worldbank.SOURCE, kind=KIND,
        slug=worldbank.SLUG, release_from="", not_read=notes,
    )  # fmt: skip


def _pair(entry: Any) -> tuple[str, str]:
    """The ``id`` and ``value`` of a country or an indicator."""
    if not isinstance(entry, dict):
        return "", ""
    return str(entry.get("id") or ""), str(entry.get("value") or "")
