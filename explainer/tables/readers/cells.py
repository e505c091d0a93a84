"""What stands in one cell: a number and its mark, nothing, or text that is no number."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_SPACES = str.maketrans(
    dict.fromkeys("\u00a0\u2000\u2002\u2003\u2007\u2008\u2009\u200a\u202f", " ")
)
_MISSING = {
    "": "blank",
    "...": 'not published ("...")',
    "…": 'not published ("...")',
    "..": 'not published ("..")',
    "no data": 'not published ("No data")',
    "n/a": 'not published ("n/a")',
    "na": 'not published ("NA")',
    "-": 'not published ("-")',
    "–": 'not published ("-")',
}
ODD = "no number, such as "
_NUMBER = re.compile(
    r"(?P<mark>[<>]?) ?"
    r"(?P<number>[0-9]{1,4}(?: [0-9]{3})+|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]{1,15}"
    r"|(?:[0-9]{1,15}[.,][0-9]{1,18})(?:[eE]-?[0-9]{1,2})?)"
    r"(?: ?(?P<million>m|M|million))?(?: ?%)?"
)


_DOTTED = re.compile(r"[<>]? ?[1-9][0-9]{0,2}\.[0-9]{3}")


class Amount(NamedTuple):
    """A number, and ``<`` or ``>`` where it is a threshold."""

    value: float
    mark: str = ""


class Unread(str):
    """Why a cell holds no number."""

    __slots__ = ()


def amount(cell: object) -> Amount | Unread:
    """Give the number in a cell: ``10.1 m``, ``430 000``, ``<100``, ``>98``, 0.3; or why not."""
    if cell is None:
        return Unread("blank")
    if isinstance(cell, bool):
        return Unread(f"{ODD}{cell}")
    if isinstance(cell, int | float):
        if not 0 <= cell <= 1e12:  # no number compares so, nor does one too large for a float
            return Unread(f"{ODD}{cell!s:.20}")
        return Amount(float(cell))
    text = str(cell)[:80]
    if text.isascii() and text.replace(".", "", 1).isdigit() and len(text) < 30:
        value = float(text)  # nine cells in ten of a large file: no need to look further
        return Amount(value) if value <= 1e12 else Unread(f"{ODD}{text}")
    return _from_text(text)


@lru_cache(maxsize=65536)
def _from_text(text: str) -> Amount | Unread:
    plain = text.translate(_SPACES).strip()
    reason = _MISSING.get(plain.lower())
    if reason is not None:
        return Unread(reason)
    found = _NUMBER.fullmatch(plain)
    if found is None:
        return Unread(f"{ODD}{plain[:20]!r}")
    value = _plain_number(found["number"])
    if found["million"]:
        value = round(value * 1e6)
    return Amount(value, found["mark"]) if value <= 1e12 else Unread(f"{ODD}{plain}")


def _plain_number(digits: str) -> float:
    """1 900 000, 1,900,000, 0.3 and the 0,3 of a European spreadsheet."""
    joined = digits.replace(" ", "")
    if re.fullmatch(r"[1-9][0-9]{0,2}(,[0-9]{3})+", joined):
        return float(joined.replace(",", ""))
    return float(joined.replace(",", "."))


def is_dotted(cell: object) -> bool:
    """Whether a text may be a number of thousands with a dot: ``270.000`` is no 270 people."""
    return isinstance(cell, str) and _DOTTED.fullmatch(cell.strip()) is not None


def year(cell: object) -> int | None:
    """Give the calendar year in a cell, whether it is stored as a number or as text."""
    if isinstance(cell, bool) or cell is None:
        return None
    text = str(cell).strip() if not isinstance(cell, float) else f"{cell:g}"
    if not re.fullmatch(r"[0-9]{4}(\.0)?", text):
        return None
    number = int(text[:4])
    return number if 1970 <= number <= 2100 else None
