"""UNAIDS releases: which there are, and which one is used."""

from __future__ import annotations

import os

import pandas as pd

from explainer.errors import ExplainerError
from explainer.tables import store
from explainer.tables.combined import with_imported
from explainer.tables.load import learned
from explainer.tables.places import REGIONS

VARIABLE = "EXPLAINER_RELEASE"
EVERY = "all"
_SERIES = ("plhiv", "new_infections", "aids_deaths")
_FIRST_YEAR = 1990
_MANY = 10  # countries: with fewer, ranks and quiz questions have nothing to choose from


def releases() -> list[str]:
    """Give the UNAIDS releases the tables hold and those that were imported, oldest first."""
    return sorted({*learned("hiv_estimates", _held), *store.imported()})


def full_releases() -> list[str]:
    """Give the releases that hold the world's whole series since 1990, with ranges."""
    return sorted({*bundled_full_releases(), *filter(_is_full_import, store.imported())})


def named_release() -> str:
    """The release that EXPLAINER_RELEASE names; empty if it names none."""
    return os.environ.get(VARIABLE, "")


def bundled_full_releases() -> list[str]:
    """Give the bundled releases that hold the world's whole series, oldest first."""
    return list(learned("hiv_estimates", _full))


def _is_full_import(release: str) -> bool:
    """Whether an imported release, with what is bundled of it, can tell the chapters."""
    try:
        return release in _full(with_imported("hiv_estimates", release))
    except ExplainerError:  # damaged: whoever asks for it by name is told so
        return False


def _held(estimates: pd.DataFrame) -> list[str]:
    return sorted(estimates["release"].unique())


def _full(estimates: pd.DataFrame) -> list[str]:
    world = estimates[
        (estimates["location_code"] == "WLD")
        & estimates["is_rounded"]
        & estimates["indicator"].isin(_SERIES)
        & estimates["low"].notna()
        & estimates["high"].notna()
    ]
    return sorted(str(release) for release, rows in world.groupby("release") if _is_full(rows))


def _is_full(rows: pd.DataFrame) -> bool:
    # A release of July holds the years up to the one before.
    years = set(range(_FIRST_YEAR, int(rows["release"].iloc[0])))
    return all(
        years <= set(rows.loc[rows["indicator"] == indicator, "year"]) for indicator in _SERIES
    )


def known_release(release: str | int) -> str:
    """Give the release as text if the tables hold it.

    Raises
    ------
    ExplainerError
        If they do not: the sentence lists those they hold.
    """
    name, held = str(release), releases()
    if name not in held:
        raise ExplainerError(f"no UNAIDS release {name}; the tables hold {', '.join(held)}")
    return name


def rows_for(table: str, release: str | int | None) -> pd.DataFrame:
    """A table with what was imported of the release that is named, by the caller or the run."""
    named = named_release() if release in (None, EVERY) else known_release(str(release))
    return with_imported(table, named)


def check_release(release: str | int, said_by: str = "") -> str:
    """Give the release as text if the chapters can be told from it.

    Parameters
    ----------
    release : str or int
        Year of the release.
    said_by : str
        Where the wish came from, for the sentence.

    Returns
    -------
    str
        The release.

    Raises
    ------
    ExplainerError
        If it is unknown or lacks the world's whole series with ranges.
    """
    name = str(release)
    if name in bundled_full_releases():
        return name
    if name in store.imported():
        store.find(name)
    full = full_releases()
    if name not in full:
        names = f"{said_by} names" if said_by else "no full series in"
        raise ExplainerError(
            f"{names} release {name}; choose one that holds the world since "
            f"{_FIRST_YEAR} with ranges: {', '.join(full)}"
        )
    return name


def check_chapters(release: str) -> None:
    """Raise if an imported release lacks what the chapters tell of beside the world's series.

    Raises
    ------
    ExplainerError
        If it holds no treatment coverage of the world, not every region, or few countries.
    """
    if release in bundled_full_releases():
        return
    rows = with_imported("hiv_estimates", release)
    rows = rows[(rows["release"] == release) & rows["is_rounded"]]
    newest = rows[rows["year"] == rows["year"].max()]
    kinds = newest.groupby(["location_type", "indicator"])["location_code"].nunique()
    needed = {
        "treatment coverage of the world": (("world", "art_coverage_share"), 1),
        "new infections of every region": (("region", "new_infections"), len(REGIONS)),
        "people living with HIV of many countries": (("country", "plhiv"), _MANY),
        "prevalence of many countries": (("country", "prevalence_share"), _MANY),
    }
    missing = [words for words, (kind, least) in needed.items() if kinds.get(kind, 0) < least]
    if missing:
        raise ExplainerError(
            f"release {release} lacks {' and '.join(missing)} in its newest year, which the "
            "chapters tell of; import the whole workbook, or make profiles of its countries: "
            f"explainer country --all --release {release}"
        )


def default_release() -> str:
    """Give the newest bundled release with the world's whole series, or EXPLAINER_RELEASE's.

    Raises
    ------
    ExplainerError
        If ``EXPLAINER_RELEASE`` names a release without that series, or no release has it.
    """
    wished = named_release()
    if wished:
        return check_release(wished, VARIABLE)
    full = bundled_full_releases()  # what was imported is used where it is named, never by surprise
    if not full:
        raise ExplainerError(
            f"hiv_estimates holds no release with the world's series since {_FIRST_YEAR}; add one"
        )
    return full[-1]
