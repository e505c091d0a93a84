"""A column of cells as numbers and marks, each different cell read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from explainer.tables.readers.cells import Amount, Unread, amount, is_dotted

_DOTTED = "a count with a dot before three figures: thousands or decimals"
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Objects = npt.NDArray[Any]


@dataclass(frozen=True)
class Amounts:
    """A column of cells as numbers and marks; each different cell is read once."""

    values: Floats
    marks: Objects
    given: Flags
    why: Objects

    @classmethod
    def of(
        cls, cells: Sequence[object], taken: Callable[[object], Amount | Unread] = amount
    ) -> Amounts:
        """Read the cells; a number that is stored as true or false is none."""
        # True equals 1 where cells are told apart by value: make it text first.
        if bool in set(map(type, cells)):
            cells = [str(cell) if isinstance(cell, bool) else cell for cell in cells]
        different = list(dict.fromkeys(cells))
        at = dict(zip(different, range(len(different)), strict=True))
        codes = np.fromiter(map(at.__getitem__, cells), np.intp, len(cells))
        found = [taken(cell) for cell in different]
        read = [one if isinstance(one, Amount) else None for one in found]
        values = np.array([one.value if one else np.nan for one in read], dtype=float)
        marks = np.array([one.mark if one else "" for one in read], dtype=object)
        why = np.array(["" if isinstance(one, Amount) else str(one) for one in found], dtype=object)
        return cls(values[codes], marks[codes], ~np.isnan(values[codes]), why[codes])

    def reasons(self, among: Flags | None = None, but: str = "") -> Counter[str]:
        """How many cells were not read, by reason."""
        chosen = ~self.given if among is None else ~self.given & among
        return Counter(reason for reason in self.why[chosen] if reason != but)


def counted(cell: object) -> Amount | Unread:
    """A count of people: 270.000 may mean thousands, and is not read as 270."""
    return Unread(_DOTTED) if is_dotted(cell) else amount(cell)
