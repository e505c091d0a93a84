"""What a release tells otherwise than another: the world's headlines, each with its range."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from explainer import wording
from explainer.tables.places import WORLD

_HEADLINES = {
    "plhiv": ("people living with HIV", "{} people were living with HIV in {}"),
    "new_infections": ("new HIV infections", "{} people acquired HIV in {}"),
    "aids_deaths": ("AIDS-related deaths", "{} people died of AIDS-related causes in {}"),
    "on_art": ("people on treatment", "{} people were on treatment in {}"),
    "art_coverage_share": (
        "treatment coverage",
        "{} of people living with HIV were on treatment in {}",
    ),
    "prevalence_share": (
        "prevalence, ages 15–49",
        "{} of people aged 15–49 were living with HIV in {}",
    ),
}


def release_diff(old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    """Say what a release revises of another and which headline sentences change.

    Parameters
    ----------
    old, new : pandas.DataFrame
        Rows of ``hiv_estimates``, each of one release.

    Returns
    -------
    list of str
        Lines to print: for each headline the newest year that both hold, then the sentences on
        the newest year of each.  Figures of two releases are never one trend.
    """
    first, second = _world(old), _world(new)
    names = f"{old['release'].iloc[0]} and {new['release'].iloc[0]}"
    if first.empty or second.empty:
        return ["no headline of the world to compare"]
    return [
        f"releases {names} on the same year (two tellings of it, not a trend)",
        *(f"  {line}" for line in _revised(first, second)),
        "headline sentences",
        *(f"  {line}" for line in _sentences(first, second)),
    ]


def _world(rows: pd.DataFrame) -> pd.DataFrame:
    """The world's headlines by indicator and year; rounded where both are given."""
    world = rows[rows["location_code"].eq(WORLD) & rows["indicator"].isin(list(_HEADLINES))]
    world = world.sort_values("is_rounded", ascending=False, kind="stable")
    return (
        world.drop_duplicates(["indicator", "year"]).set_index(["indicator", "year"]).sort_index()
    )


def _revised(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[str]:
    """For each headline the newest year in both: what each release says of it."""
    for name, (noun, _) in _HEADLINES.items():
        both = sorted(_years(old, name) & _years(new, name))
        if not both:
            continue
        year = both[-1]
        was, now = _row(old, name, year), _row(new, name, year)
        about = f"{noun}, {year}"
        if worded(was) == worded(now):
            yield f"{about}: the same, {worded(now)}"
            continue
        if was["is_rounded"] != now["is_rounded"] and _rounded(was, name) == _rounded(now, name):
            yield f"{about}: {worded(was)} before, {worded(now)} now (the same once it is rounded)"
            continue
        gap = wording.difference(
            was["estimate"], now["estimate"], wording.kind_of_unit(now["unit"])
        )
        gap = "only the range differs" if gap == "no difference" else gap
        yield f"{about}: {worded(was)} before, {worded(now)} now ({gap})"


def _sentences(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[str]:
    """The headline sentences that change, as they were and as they are."""
    for name in _HEADLINES:
        before, after = _years(old, name), _years(new, name)
        if not after:
            continue
        now = _headline(new, name, max(after))
        was = _headline(old, name, max(before)) if before else ""
        if was == now:
            yield f"= {now}."
            continue
        if was:
            yield f"- {was}."
        yield f"+ {now}."


def _headline(rows: pd.DataFrame, name: str, year: int) -> str:
    return _HEADLINES[name][1].format(worded(_row(rows, name, year)), year)


def _row(rows: pd.DataFrame, name: str, year: int) -> pd.Series:
    return rows.loc[[(name, year)]].iloc[0]


def _years(rows: pd.DataFrame, name: str) -> set[int]:
    found = rows.index.get_level_values("year")[rows.index.get_level_values("indicator") == name]
    return {int(year) for year in found}


def _rounded(row: pd.Series, name: str) -> str:
    """A figure as UNAIDS prints it."""
    kind = wording.kind_of_unit(row["unit"])
    return wording.amount(row["estimate"], kind, digits=wording.digits_of(name))


def worded(row: pd.Series) -> str:
    """A figure of ``hiv_estimates`` with its range."""
    return wording.with_range(
        row["estimate"], row["low"], row["high"], wording.kind_of_unit(row["unit"]),
        mark=row["estimate_mark"], low_mark=row["low_mark"], high_mark=row["high_mark"],
    )  # fmt: skip
