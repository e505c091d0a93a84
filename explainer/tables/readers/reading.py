"""What was read from a file: one tidy frame, its release, and all that was not read and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from explainer.errors import ExplainerError
from explainer.tables.epidemic_tables import CONDITIONS
from explainer.tables.readers.amounts import Amounts, Objects, counted
from explainer.tables.readers.cells import ODD, Amount, Unread, amount
from explainer.tables.readers.measures import PEOPLE, Measure
from explainer.tables.readers.places import Place

BOUNDS = ("estimate", "low", "high")
KEY = ("year", "location", "location_code", "population", "indicator", "unit", "is_rounded")
COLUMNS = (
    "release", "year", "location", "location_code", "location_type", "population", "indicator",
    "unit", "denominator", "is_rounded", "estimate", "estimate_mark", "low", "low_mark", "high",
    "high_mark", "source_id",
)  # fmt: skip
_TEXT = (
    "location", "location_code", "location_type", "population", "indicator", "unit",
    "denominator", "estimate_mark", "low_mark", "high_mark",
)  # fmt: skip
Row = tuple[int, str, str, str, str, str, str, str, bool, float, str, float, str, float, str]
_MISSING = (float("nan"), "")
_ALONE = "a bound without its estimate"
_FEW = 20  # shares: from so many on, none above one percent cannot be
_PLACE = ("location", "location_code", "location_type")


@dataclass(frozen=True)
class Reading:
    """What a file holds.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a figure: ``COLUMNS``, every place and indicator of the file.
    release : str
        UNAIDS release the figures belong to.
    source : str
        Who published the file.
    kind : str
        Name of the format.
    release_from : str
        Where the release was found, or how it was worked out.
    not_read : list of (str, str)
        What was not read, and why.
    names_indicator : bool
        Whether the file itself says what it measures.
    """

    frame: pd.DataFrame
    release: str
    source: str
    kind: str
    release_from: str
    not_read: list[tuple[str, str]] = field(default_factory=list)
    names_indicator: bool = True


class Rows:
    """Rows as they are read from one sheet or file, and a count of what was not."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.blocks: list[pd.DataFrame] = []
        self.missed: Counter[str] = Counter()
        self.notes: list[tuple[str, str]] = []

    def add(
        self,
        year: int,
        where: Place,
        what: Measure,
        cells: Sequence[object],
        *,
        rounded: bool = True,
    ) -> None:
        """Take estimate, low and high of one figure; a figure needs its estimate."""
        estimate = counted(cells[0]) if what.unit == PEOPLE else amount(cells[0])
        if isinstance(estimate, Unread):
            self.missed[estimate] += 1
            bounds = sum(isinstance(amount(end), Amount) for end in cells[1:])
            if bounds:
                self.missed[_ALONE] += bounds
            return
        ends = [self._bound(cell) for cell in cells[1:]] + [_MISSING] * (3 - len(cells))
        row = (
            year, where.name, where.code, where.kind, what.population, what.indicator, what.unit,
            what.denominator, rounded, _scaled(estimate.value, what.factor), estimate.mark,
            _scaled(ends[0][0], what.factor), ends[0][1], _scaled(ends[1][0], what.factor),
            ends[1][1],
        )  # fmt: skip
        self.rows.append(row)

    def _bound(self, cell: object) -> tuple[float, str]:
        found = amount(cell)
        if isinstance(found, Amount):
            return found.value, found.mark
        if found != "blank":
            self.missed[found] += 1
        return _MISSING

    def add_column(
        self,
        years: Sequence[int],
        places: Sequence[Place],
        what: Measure,
        ends: Mapping[str, Sequence[object]],
    ) -> None:
        """Take a whole column of estimates, with its columns of bounds where there are any."""
        holder = np.empty(len(places), dtype=object)
        holder[:] = places
        taken = counted if what.unit == PEOPLE else amount
        read = {end: Amounts.of(cells, taken) for end, cells in ends.items()}
        self.add_amounts(np.array(years), holder, what, read)

    def add_amounts(
        self,
        years: Objects,
        places: Objects,
        what: Measure,
        read: Mapping[str, Amounts],
        *,
        rounded: bool = True,
    ) -> None:
        """Take columns that are read; a figure needs its estimate."""
        given = read["estimate"].given
        self.missed.update(read["estimate"].reasons())
        block = {"year": years[given], "place": places[given]}
        for end in BOUNDS:
            one = read[end] if end in read else Amounts.of([None] * len(years))
            values = (one.values * what.factor).round(9) if what.factor != 1 else one.values
            block |= {end: values[given], f"{end}_mark": one.marks[given]}
            if end != "estimate" and end in read:
                alone = int((one.given & ~given).sum())
                self.missed.update({_ALONE: alone} if alone else {})
                self.missed.update(one.reasons(given, but="blank"))
        self.blocks.append(
            pd.DataFrame(block).assign(
                population=what.population,
                indicator=what.indicator,
                unit=what.unit,
                denominator=what.denominator,
                is_rounded=rounded,
            )
        )

    def frame(self) -> pd.DataFrame:
        """The rows as a frame, without release and source."""
        names = [name for name in COLUMNS if name not in ("release", "source_id")]
        frame = pd.DataFrame.from_records(self.rows, columns=names)
        if not self.blocks:
            return frame
        whole = pd.concat(self.blocks, ignore_index=True)
        codes, places = pd.factorize(whole.pop("place"))
        for name, part in zip(_PLACE, ("name", "code", "kind"), strict=True):
            said = np.array([getattr(one, part) for one in places], dtype=object)
            whole[name] = said[codes]
        return whole[names] if frame.empty else pd.concat([whole[names], frame], ignore_index=True)

    def not_read(self, where: str = "") -> list[tuple[str, str]]:
        """The notes, then how many cells were not read for each reason."""
        place = f" of {where}" if where else ""
        reasons: Counter[str] = Counter()
        first = next((reason for reason in self.missed if reason.startswith(ODD)), "")
        for reason, count in self.missed.items():
            reasons[first if reason.startswith(ODD) else reason] += count
        counts = [
            (f"{count:,} cell{'s' if count > 1 else ''}{place}", reason)
            for reason, count in sorted(reasons.items())
        ]
        return [*self.notes, *counts]


def _refuse_fractions(frame: pd.DataFrame, where: str) -> None:
    """Shares of a cascade that are all below one percent are fractions, not percent."""
    for name, estimates in frame.groupby("indicator")["estimate"]:
        if name in CONDITIONS and len(estimates) >= _FEW and estimates.max() <= 0.01:
            raise ExplainerError(
                f"{where}: no share of {name!s} is above 1%, as if fractions stood where percent "
                "are expected; choose the published file"
            )


def _scaled(value: float, factor: float) -> float:
    return value if factor == 1 else round(value * factor, 9)


def finished(
    frame: pd.DataFrame,
    release: str | None,
    *,
    where: str,
    source: str,
    kind: str,
    slug: str,
    release_from: str,
    not_read: list[tuple[str, str]],
) -> Reading:
    """Give the reading, once its rows are whole, each figure stands once and the release is known.

    Raises
    ------
    ExplainerError
        If nothing was read, or a figure stands twice.
    """
    if frame.empty:
        raise ExplainerError(f"{where}: holds no figure that could be read; choose another file")
    repeated = frame.duplicated(list(KEY))
    if repeated.any():
        row = frame[repeated].iloc[0]
        raise ExplainerError(
            f"{where}: {row['location']} {row['year']} stands twice ({row['indicator']}, "
            f"{row['population']}); remove one of the two rows"
        )
    _refuse_fractions(frame, where)
    newest = int(frame["year"].max())
    if release is None:
        release, release_from = str(newest + 1), f"worked out: the newest year is {newest}"
    frame = frame.assign(release=release, source_id=f"{slug}_{release}")[list(COLUMNS)]
    frame = frame.sort_values(list(KEY), kind="stable", ignore_index=True)
    for name in _TEXT:
        frame[name] = frame[name].astype("str").mask(frame[name] == "")
    return Reading(frame, release, source, kind, release_from, not_read)
