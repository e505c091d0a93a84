"""WHO Global Health Observatory, answer of the OData API: ``{"value": [{…}, …]}``.

Built from the API's documentation, without a sample: ``SpatialDim``, ``TimeDim``, ``Value``,
``NumericValue``, ``Low``, ``High``.
"""

from __future__ import annotations

from typing import Any

from explainer.tables.readers import who
from explainer.tables.readers.cells import Amount, amount, year
from explainer.tables.readers.places import place
from explainer.tables.readers.reading import Reading, Rows, finished

KIND = "WHO GHO OData JSON"
_SPLITS = ("Dim1", "Dim2", "Dim3")
_NEEDED = {"IndicatorCode", "SpatialDim", "TimeDim"}


def recognises(answer: Any) -> bool:
    """Whether this is an answer of the OData API."""
    rows = answer.get("value") if isinstance(answer, dict) else None
    return isinstance(rows, list) and any(
        isinstance(row, dict) and row.keys() >= _NEEDED for row in rows[:100]
    )


def read(answer: Any, where: str) -> Reading:
    """Read an answer of one or several indicators."""
    found = Rows()
    for row in answer["value"]:
        if not (isinstance(row, dict) and row.keys() >= _NEEDED):
            found.missed["in an entry without indicator, place or year"] += 1
            continue
        when = year(row["TimeDim"])
        if when is None:
            found.missed["in an entry whose TimeDim is no year"] += 1
            continue
        code = str(row["IndicatorCode"])
        what = who.measure(code, code, who.people(*(str(row.get(dim) or "") for dim in _SPLITS)))
        at = place(str(row["SpatialDim"] or ""), str(row["SpatialDim"] or ""))
        found.add(when, at, what, _cells(row))
    notes = found.not_read()
    if "@odata.nextLink" in answer:
        notes.append(("further pages", "the answer says that there are more; ask for all at once"))
    return finished(
        found.frame(), None, where=where, source=who.SOURCE, kind=KIND, slug=who.SLUG,
        release_from="", not_read=notes,
    )  # fmt: skip


def _cells(row: dict[str, Any]) -> list[object]:
    """The text carries marks and rounding; the number fields fill what it leaves out."""
    texts: list[object] = list(who.cells(str(row.get("Value") or "")))
    shown = amount(texts[0])
    if not isinstance(shown, Amount) and texts[0] == "":
        texts = [_number(row.get("NumericValue"))]
    return texts if len(texts) == 3 else [texts[0], *(_number(row.get(e)) for e in ("Low", "High"))]


def _number(value: object) -> object:
    return value if isinstance(value, int | float | str) else None
