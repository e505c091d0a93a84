"""UNAIDS releases: which there are, and which one is used."""

from __future__ import annotations

import os

import pandas as pd

from explainer.errors import ExplainerError
from explainer.tables.load import learned

VARIABLE = "EXPLAINER_RELEASE"
_SERIES = ("plhiv", "new_infections", "aids_deaths")
_FIRST_YEAR = 1990


def releases() -> list[str]:
    """Give the UNAIDS releases the tables hold, oldest first."""
    return list(learned("hiv_estimates", _held))


def full_releases() -> list[str]:
    """Give the releases that hold the world's whole series since 1990, with ranges."""
    return list(learned("hiv_estimates", _full))


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
    name, full = str(release), full_releases()
    if name not in full:
        names = f"{said_by} names" if said_by else "no full series in"
        raise ExplainerError(
            f"{names} release {name}; choose one that holds the world since "
            f"{_FIRST_YEAR} with ranges: {', '.join(full)}"
        )
    return name


def default_release() -> str:
    """Give the newest release with the world's whole series, or the one EXPLAINER_RELEASE names.

    Raises
    ------
    ExplainerError
        If ``EXPLAINER_RELEASE`` names a release without that series, or no release has it.
    """
    wished = os.environ.get(VARIABLE)
    if wished:
        return check_release(wished, VARIABLE)
    full = full_releases()
    if not full:
        raise ExplainerError(
            f"hiv_estimates holds no release with the world's series since {_FIRST_YEAR}; add one"
        )
    return full[-1]
