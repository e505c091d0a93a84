"""The rows of the AIDSinfo bulk file gathered as numbers: millions of rows in little memory."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from explainer.errors import ExplainerError
from explainer.tables.readers import limits
from explainer.tables.readers.amounts import Amounts, Objects
from explainer.tables.readers.places import place
from explainer.tables.readers.reading import BOUNDS

_PART = "\x1f"
_END = re.compile(r"\s*\b(lower|upper)?\s*estimates?\b\s*$", re.IGNORECASE)
_ENDS = {"": 0, "lower": 1, "upper": 2}
Numbers = npt.NDArray[np.int64]
Group = tuple[str, str, str, str]
Slots = Callable[[int], tuple[Objects, Objects, dict[str, Amounts], dict[str, Amounts]]]


class _Names:
    """Each text once, and the number by which rows point at it."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def codes(self, cells: pd.Series) -> Numbers:
        codes, different = pd.factorize(cells)
        numbers = [self.known.setdefault(str(text), len(self.known)) for text in different]
        return np.array(numbers, dtype=np.int64)[codes]


class Pieces:
    """All rows of the file, taken piece by piece, then set side by side."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.rows = 0
        self.series, self.areas, self.periods = _Names(), _Names(), _Names()
        self.keys: list[tuple[Numbers, Numbers, Numbers]] = []
        self.amounts: list[tuple[Amounts, Amounts]] = []

    def take(self, piece: pd.DataFrame) -> None:
        """Keep a piece of the file as numbers."""
        self.rows += len(piece)
        if self.rows > limits.BULK_ROWS:
            raise ExplainerError(
                f"{self.where}: more than {limits.BULK_ROWS:,} rows; choose the published file"
            )
        words = piece["Indicator_GId"] + _PART + piece["Indicator"] + _PART + piece["Unit"]
        series = self.series.codes(words + _PART + piece["Subgroup"])
        if len(self.series.known) > limits.SERIES:
            raise ExplainerError(
                f"{self.where}: more than {limits.SERIES:,} different indicators and subgroups; "
                "choose the published file"
            )
        area = self.areas.codes(piece["Area ID"] + _PART + piece["Area"])
        period = self.periods.codes(piece["Time Period"])
        self.keys.append((series, area, period))
        read = [Amounts.of(piece[name].tolist()) for name in ("Data value", "Formatted")]
        self.amounts.append((read[0], read[1]))

    def pivot(self) -> tuple[list[Group], Slots]:
        """Give what is measured, and for each of these its years, places and three columns."""
        groups, group_of, end_of = self._groups()
        series, area, period = (
            np.concatenate([key[part] for key in self.keys] or [np.array([], dtype=np.int64)])
            for part in range(3)
        )
        span = (max(len(self.areas.known), 1), max(len(self.periods.known), 1))
        key = (group_of[series] * span[0] + area) * span[1] + period
        figures, at = np.unique(key, return_inverse=True)
        slot = at * 3 + end_of[series]
        self._refuse_repeats(slot, series, area, period)
        value, shown = (self._slotted(part, slot, 3 * len(figures)) for part in (0, 1))
        places, years = self._places(), self._years()
        of_group = figures // span[1] // span[0]

        def slots(
            number: int,
        ) -> tuple[Objects, Objects, dict[str, Amounts], dict[str, Amounts]]:
            chosen = np.flatnonzero(of_group == number)
            return (
                years[figures[chosen] % span[1]],
                places[figures[chosen] // span[1] % span[0]],
                _three(value, chosen),
                _three(shown, chosen),
            )

        return groups, slots

    def _groups(self) -> tuple[list[Group], Numbers, Numbers]:
        """Each series of the file as what it measures and which end of the range it is."""
        groups: dict[Group, int] = {}
        group_of, end_of = [], []
        for text in self.series.known:
            code, words, unit, label = text.split(_PART)[:4]
            said = _END.search(label)
            people = label[: said.start()] if said else label
            group_of.append(groups.setdefault((code, words, unit, people), len(groups)))
            end_of.append(_ENDS[(said[1] or "").lower()] if said else 0)
        return list(groups), np.array(group_of, dtype=np.int64), np.array(end_of, dtype=np.int64)

    def _refuse_repeats(
        self, slot: Numbers, series: Numbers, area: Numbers, period: Numbers
    ) -> None:
        _, first = np.unique(slot, return_index=True)
        if len(first) == len(slot):
            return
        row = int(np.setdiff1d(np.arange(len(slot)), first)[0])
        _, words, _, label = list(self.series.known)[series[row]].split(_PART)[:4]
        name = list(self.areas.known)[area[row]].split(_PART)[1]
        raise ExplainerError(
            f"{self.where}: {name} {list(self.periods.known)[period[row]]} stands twice "
            f"({words}, {label}); remove one of the two rows"
        )

    def _slotted(self, part: int, slot: Numbers, size: int) -> Amounts:
        """Estimate, low and high of each figure one after the other; blank where none stands."""
        values, marks = np.full(size, np.nan), np.full(size, "", dtype=object)
        why = np.full(size, "blank", dtype=object)
        begin = 0
        for pair in self.amounts:
            one = pair[part]
            at = slot[begin : begin + len(one.values)]
            values[at], marks[at], why[at] = one.values, one.marks, one.why
            begin += len(one.values)
        return Amounts(values, marks, ~np.isnan(values), why)

    def _places(self) -> Objects:
        places = np.empty(len(self.areas.known), dtype=object)
        places[:] = [place(name, code) for code, name in
                     (text.split(_PART)[:2] for text in self.areas.known)]  # fmt: skip
        return places

    def _years(self) -> Numbers:
        for period in self.periods.known:
            if not re.fullmatch(r"[12][0-9]{3}", period):
                raise ExplainerError(
                    f"{self.where}: Time Period is {period[:20]!r}, expected a year; "
                    "download it again"
                )
        return np.array([int(period) for period in self.periods.known], dtype=np.int64)


def _three(whole: Amounts, chosen: Numbers) -> dict[str, Amounts]:
    """Estimate, low and high of some figures."""
    ends = {end: chosen * 3 + at for at, end in enumerate(BOUNDS)}
    return {
        end: Amounts(whole.values[at], whole.marks[at], whole.given[at], whole.why[at])
        for end, at in ends.items()
    }
