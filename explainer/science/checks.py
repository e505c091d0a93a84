"""What a frame must be before anything is computed from it, said in one sentence if it is not."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import NoReturn

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from explainer.errors import ExplainerError
from explainer.kinds import got
from explainer.near import did_you_mean, near
from explainer.tables import default_release
from explainer.tables.epidemic_tables import CONDITIONS
from explainer.tables.indicators import MEANINGS
from explainer.tables.places import COUNTRIES, LOCATIONS
from explainer.wording import country_code, indicators, the

_LISTED = 5
_CODE = 3  # letters of a code such as KEN
_NEAR = 0.65  # Kenia is Kenya, not India


def need_columns(frame: pd.DataFrame, columns: Iterable[str], table: str) -> None:
    """Refuse a frame that lacks a column, naming the column and the loader to use."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ExplainerError(
            f"{table}: column {', '.join(missing)} is missing; "
            f"pass the frame as its loader gives it"
        )


def unknown(what: str, got: object, known: Iterable[Hashable], where: str) -> NoReturn:
    """Refuse a name that a frame does not hold, with the nearest names it does hold."""
    names = [str(name) for name in dict.fromkeys(known)]
    listed = ", ".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else "")
    hint = did_you_mean(_nearest(str(got), names)) or f"it has {listed}"
    raise ExplainerError(f"{where}: no {what} {got!r}; {hint}")


def _nearest(got: str, names: Iterable[str]) -> list[str]:
    """Names that hold what was asked for, else those spelt nearly so."""
    asked = got.strip().casefold()
    if len(asked) > _CODE and (holding := [name for name in names if asked in name.casefold()]):
        return holding[:3]
    return near(got, names, cutoff=_NEAR)


def one_release(frame: pd.DataFrame, table: str = "estimates") -> str:
    """Give the release of a frame; refuse two, because releases are never joined into one trend."""
    need_columns(frame, ["release"], table)
    column = frame["release"]
    if len(column) and (column == column.iloc[0]).all():
        return str(column.iloc[0])
    releases = sorted(str(release) for release in column.unique())
    if not releases:
        raise ExplainerError(f"{table}: the frame has no rows; load a release that has them")
    if len(releases) > 1:
        is_cascade = _is_cascade(frame)
        loader = "load_cascade" if is_cascade else "load_estimates"
        raise ExplainerError(
            f"{_named(table, frame)}: rows of {len(releases)} releases ({', '.join(releases)}), "
            f"expected one; keep one, as {loader}('{default_release()}') does"
            + ("" if is_cascade else ", or compare them with revisions()")
        )
    return releases[0]


def _is_cascade(frame: pd.DataFrame) -> bool:
    """Whether a frame is what ``load_cascade()`` gives."""
    return {"population", "denominator"} <= set(frame.columns)


def _named(table: str, frame: pd.DataFrame) -> str:
    """The name of a table, where a cascade was handed over for the estimates."""
    return "cascade" if table == "estimates" and _is_cascade(frame) else table


def at_location(frame: pd.DataFrame, location: str, table: str = "estimates") -> pd.DataFrame:
    """Rows of one place, given by its UNAIDS name or its code."""
    need_columns(frame, ["location", "location_code"], table)
    rows = frame[_is_at(frame, location)]
    if rows.empty:
        no_location(frame, location, table)
    return rows


def no_location(frame: pd.DataFrame, location: str, where: str) -> NoReturn:
    """Refuse a place that a frame does not hold, with the places that may have been meant."""
    if nearest := near_places(frame, location):
        raise ExplainerError(f"{where}: no location {location!r}; {did_you_mean(nearest.values())}")
    if not _code_of(location):
        unknown("location", location, frame["location"], where)
    kinds = set(frame["location_type"]) if "location_type" in frame else {"country"}
    if kinds <= {"world", "region"}:
        held = ", ".join(
            dict.fromkeys(
                frame.sort_values("location_type", ascending=False, kind="stable")["location"]
            )
        )
        raise ExplainerError(f"{where}: no location {location!r}; it has no countries, only {held}")
    what = "the code of a place" if location in LOCATIONS else "a place"
    raise ExplainerError(
        f"{where}: no location {location!r}; it is {what} whose figures are not "
        f"in this table: choose another, or import them (explainer import FILE)"
    )


def near_places(frame: pd.DataFrame, location: str) -> dict[str, str]:
    """Names by code of the places of a frame that may be meant: UK is the United Kingdom.

    A country that the frame does not hold is near to none: Iran is not Rwanda.
    """
    names = dict(zip(frame["location_code"], frame["location"], strict=True))
    if known := _code_of(location):
        return {code: name for code, name in names.items() if code == known}
    if location.isupper() and len(location) <= _CODE:
        codes = near(location, names, n=1) if len(location) == _CODE else []
        return {code: names[code] for code in codes}
    nearest = _nearest(location, list(dict.fromkeys(names.values())))
    return {code: name for name in nearest for code in names if names[code] == name}


def _code_of(location: str) -> str:
    """The code of a place by its code in any case or by a common name; empty if it has none."""
    code = location.strip().upper()
    return code if code in LOCATIONS else country_code(location, COUNTRIES)


def _is_at(frame: pd.DataFrame, location: str) -> pd.Series:
    """Whether each row is of the place: of that name, or else of that code."""
    named: pd.Series = frame["location"] == location
    return named if named.any() else frame["location_code"] == location


def of_indicator(frame: pd.DataFrame, indicator: str, table: str = "estimates") -> pd.DataFrame:
    """Rows of one indicator."""
    need_columns(frame, ["indicator"], table)
    rows = frame[frame["indicator"] == indicator]
    if rows.empty:
        table = _named(table, frame)
        if loader := _other_loader(frame, indicator):
            raise ExplainerError(
                f"{table}: no indicator {indicator!r}; pass {loader}, which has it"
            )
        unknown("indicator", indicator, frame["indicator"], table)
    return rows


def _other_loader(frame: pd.DataFrame, indicator: str) -> str:
    """The loader of the indicator's table, if the frame is the other of the two."""
    if _is_cascade(frame):
        return "load_estimates()" if indicator in MEANINGS else ""
    is_estimates = bool(set(MEANINGS) & set(frame["indicator"]))
    return "load_cascade()" if is_estimates and indicator in CONDITIONS else ""


def need_figure(here: pd.DataFrame, frame: pd.DataFrame, indicator: str, where: str) -> None:
    """Refuse an indicator of which a place has no figure, and one that no place of a frame has."""
    if indicator in set(here["indicator"]):
        return
    of_indicator(frame, indicator)
    place, held = the(here["location"].iloc[0]), dict.fromkeys(here["indicator"])
    raise ExplainerError(
        f"no figure of {indicators(indicator)} for {place} in {where}; "
        f"there are figures of {indicators(held)}"
    )


def in_year(frame: pd.DataFrame, year: int | None, where: str) -> pd.DataFrame:
    """Rows of one year; the newest if none is asked for."""
    years = sorted(int(value) for value in frame["year"].unique())
    chosen = years[-1] if year is None else year
    if chosen not in years:
        nearest = min(years, key=lambda known: abs(known - chosen))
        raise ExplainerError(
            f"{where}: no figure for {chosen}; published years run from {years[0]} to {years[-1]}, "
            f"the nearest is {nearest}"
        )
    return frame[frame["year"] == chosen]


def place_rows(estimates: pd.DataFrame, indicator: str, location: str) -> pd.DataFrame:
    """Rows of one release, one indicator and one place, in the order of their years."""
    release = one_release(estimates)
    need_columns(estimates, ["indicator", "location", "location_code"], "estimates")
    rows = estimates[(estimates["indicator"] == indicator) & _is_at(estimates, location)]
    if rows.empty:
        need_figure(at_location(estimates, location), estimates, indicator, f"release {release}")
    if not rows["year"].is_unique:
        repeated = rows.loc[rows["year"].duplicated(), "year"].min()
        raise ExplainerError(
            f"estimates: {indicator} of {location} has two rows for {int(repeated)} in "
            f"release {release}; keep either the rounded or the unrounded rows"
        )
    return rows if rows["year"].is_monotonic_increasing else rows.sort_values("year")


def numbers(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """A number or a list of numbers, ready to compute with."""
    try:
        return np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise ExplainerError(
            f"{name} is {got(values)}, expected a number or a list of numbers; such as [0.1, 0.5]"
        ) from None


def marks(column: pd.Series) -> pd.Series:
    """A column of marks with blanks as empty text, so that it can be compared."""
    if isinstance(column.dtype, pd.StringDtype):  # what loaders give; other frames are made so
        return column.fillna("")
    return column.astype("object").where(column.notna(), "").astype(str)
