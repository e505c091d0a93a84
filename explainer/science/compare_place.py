"""One place in two releases: each revision ready to be told, counted, and what stays alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from explainer.errors import ExplainerError
from explainer.science.checks import need_figure, no_location, one_release
from explainer.science.compare import KEY, ORDER, SIDES, compare_releases, in_order
from explainer.science.intervals import Estimate
from explainer.science.published import estimates_in
from explainer.science.rounding import is_one_step
from explainer.wording import Told, indicators, the


@dataclass(frozen=True, slots=True)
class Revision(Told):
    """One figure as two releases give it, for the same place, indicator and year.

    ``is_inside`` says whether the older figure lies in the newer range, ``has_overlap`` whether the
    two ranges meet; both are None where a range or an ordinary figure is missing.
    """

    location: str
    indicator: str
    year: int
    older: str
    newer: str
    first: Estimate
    second: Estimate
    difference: float
    ratio: float
    is_inside: bool | None
    has_overlap: bool | None

    @property
    def is_one_step(self) -> bool:
        """Whether it is no larger than one rounding step, and so may be rounding alone."""
        return is_one_step(self.first.value, self.second.value, self.indicator)


@dataclass(frozen=True, slots=True)
class Alone(Told):
    """Years of some indicators that one release holds and the other does not.

    ``is_whole`` says that the other release holds no year of them at all.
    """

    release: str
    indicators: tuple[str, ...]
    years: tuple[int, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Comparison(Told):
    """All that a page on two releases says of one place.

    ``newest`` holds the newest shared year of each indicator, ``largest`` the year that changed
    most, by more than one rounding step; ``small`` names the indicators that no year changed by
    more.  ``n_up``, ``n_down`` and ``n_same`` count shared figures, ``n_one_step`` the revisions of
    one rounding step, ``n_thresholds`` figures printed as a ceiling or floor; of the ``n_judged``
    that come with a range to judge by, ``n_outside`` lie outside it.
    """

    location: str
    location_code: str
    older: str
    newer: str
    rows: pd.DataFrame
    newest: tuple[Revision, ...]
    largest: tuple[Revision, ...]
    small: tuple[str, ...]
    alone: tuple[Alone, ...]
    n_shared: int
    n_up: int
    n_down: int
    n_same: int
    n_one_step: int
    n_thresholds: int
    n_judged: int
    n_outside: int

    def of(self, indicator: str) -> Revision | None:
        """The newest shared year of an indicator; None where the releases share none."""
        return next((one for one in self.newest if one.indicator == indicator), None)

    def has_line(self, indicator: str) -> bool:
        """Whether both releases give ordinary figures of two shared years or more."""
        rows = self.rows[self.rows["indicator"] == indicator]
        return bool(rows["difference"].count() > 1)


def comparison(
    first: pd.DataFrame, second: pd.DataFrame, location: str = "World", indicator: str | None = None
) -> Comparison:
    """What two releases say of one place, set side by side and counted.

    Parameters
    ----------
    first, second : DataFrame
        Rows of one release each, in either order.
    location : str
        A place by its UNAIDS name or its code.
    indicator : str, optional
        One indicator only; all of them if none is named.

    Raises
    ------
    ExplainerError
        If a release does not hold the place or the indicator, or they share no year.
    """
    frames = in_order(first, second)
    here = [_held(frame, other, location) for frame, other in (frames, frames[::-1])]
    if indicator is not None:
        where = f"releases {' and '.join(map(one_release, frames))}"
        need_figure(pd.concat(here), pd.concat(frames), indicator, where)
        here = [frame[frame["indicator"] == indicator] for frame in here]
    older, newer = (one_release(frame) for frame in frames)
    rows = compare_releases(*here) if all(map(len, here)) else pd.DataFrame()
    if rows.empty:
        name = str(pd.concat(here)["location"].iloc[-1])
        what = f"{indicators(indicator)} in {the(name)}" if indicator else the(name)
        advice = f"choose other releases{_or_shared(*frames, indicator)}"
        raise ExplainerError(
            f"the {older} and {newer} releases share no year with figures of {what}, "
            f"so nothing can be set side by side; {advice}"
        )
    return _counted(rows, tuple(_alone(*here)))


def _or_shared(older: pd.DataFrame, newer: pd.DataFrame, indicator: str | None) -> str:
    """A place of which two releases share such figures, as advice; nothing if there is none."""
    shared = older[KEY].merge(newer[KEY])
    codes = shared.loc[shared["indicator"] == (indicator or shared["indicator"]), "location_code"]
    if codes.empty:
        return ""
    code = codes.min()
    return f", or a place that both give, such as location={code!r} (--location {code})"


def _counted(rows: pd.DataFrame, alone: tuple[Alone, ...]) -> Comparison:
    """The shared figures of one place, counted, with the newest and the largest revisions."""
    gaps = rows["ratio"].where(rows["ratio"] > 0).map(np.log).abs()
    moved = rows.assign(gap=gaps).query("gap > 0").sort_values("gap", kind="stable")
    large = moved[~_one_step(moved)]
    difference, first = rows["difference"], rows.iloc[0]
    return Comparison(
        location=str(first["location"]),
        location_code=str(first["location_code"]),
        older=str(first["older_release"]),
        newer=str(first["newer_release"]),
        rows=rows,
        newest=tuple(revisions_in(rows.drop_duplicates("indicator", keep="last"))),
        largest=tuple(revisions_in(large.drop_duplicates("indicator", keep="last").sort_index())),
        small=tuple(_in_order(set(moved["indicator"]) - set(large["indicator"]))),
        alone=alone,
        n_shared=len(rows),
        n_up=int((difference > 0).sum()),
        n_down=int((difference < 0).sum()),
        n_same=int((difference == 0).sum()),
        n_one_step=len(moved) - len(large),
        n_thresholds=int(difference.isna().sum()),
        n_judged=int(rows["is_inside"].notna().sum()),
        n_outside=int((~rows["is_inside"]).fillna(False).sum()),
    )


def _one_step(rows: pd.DataFrame) -> pd.Series:
    """Which revisions are no larger than one rounding step."""
    figures = zip(rows["older_estimate"], rows["newer_estimate"], rows["indicator"], strict=True)
    return pd.Series([is_one_step(*one) for one in figures], index=rows.index, dtype=bool)


def _in_order(names: Iterable[str]) -> list[str]:
    """Indicators in the order in which pages tell them."""
    return sorted(names, key=lambda name: (*ORDER, name).index(name))


def _held(frame: pd.DataFrame, other: pd.DataFrame, location: str) -> pd.DataFrame:
    """Rows of the place in one release; a place that only the other holds is named as such."""
    known = pd.concat([frame, other])[["location", "location_code"]]
    named = known[(known["location"] == location) | (known["location_code"] == location)]
    lacking, having = one_release(frame), one_release(other)
    if named.empty:
        no_location(known, location, f"releases {lacking} and {having}")
    # Releases may call one place by two names; its code stays.
    here: pd.DataFrame = frame[frame["location_code"] == named["location_code"].iloc[0]]
    if here.empty:
        raise ExplainerError(
            f"the {having} release holds figures of {named['location'].iloc[0]}, the {lacking} "
            f"release holds none, so nothing can be set side by side; choose another release or "
            f"place"
        )
    return here


def revisions_in(rows: pd.DataFrame) -> Iterator[Revision]:
    """Each row of ``compare_releases`` as one revision, ready to be told."""
    sides = [
        [figure for _, _, figure in estimates_in(_plain(rows, name))] for name in SIDES
    ]  # fmt: skip
    for row, first, second in zip(rows.itertuples(index=False), *sides, strict=True):
        inside, overlap = (None if pd.isna(one) else bool(one)
                           for one in (row.is_inside, row.has_overlap))  # fmt: skip
        yield Revision(
            str(row.location), str(row.indicator), int(row.year), str(row.older_release),
            str(row.newer_release), first, second, float(row.difference), float(row.ratio),
            inside, overlap,
        )  # fmt: skip


def _plain(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """One release's figures under the names of the tables."""
    columns = [column for column in map(str, rows) if column.startswith(f"{name}_")]
    found = rows[["location", "location_code", "indicator", "year", "unit", *columns]]
    found = found.rename(columns={column: column.removeprefix(f"{name}_") for column in columns})
    return found.rename(columns={"mark": "estimate_mark"})


def _alone(older: pd.DataFrame, newer: pd.DataFrame) -> Iterator[Alone]:
    """What only one of two releases holds of a place; indicators of the same years together."""
    for frame, other in ((older, newer), (newer, older)):
        names = _in_order(set(frame["indicator"]))
        groups: dict[tuple[tuple[int, ...], bool], list[str]] = {}
        for name in names:
            own, theirs = (set(f.loc[f["indicator"] == name, "year"]) for f in (frame, other))
            if years := tuple(int(year) for year in sorted(own - theirs)):
                groups.setdefault((years, not theirs), []).append(name)
        for (years, is_whole), together in groups.items():
            yield Alone(one_release(frame), tuple(together), years, is_whole)
