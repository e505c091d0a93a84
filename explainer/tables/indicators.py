"""What may be asked of the estimates: each indicator with its meaning, unit and years."""

from __future__ import annotations

import pandas as pd

from explainer.tables.loaders import load_estimates
from explainer.wording import indicators as in_words

MEANINGS = {
    "plhiv": "people living with HIV, of all ages",
    "new_infections": "people who acquired HIV in the year; not diagnoses",
    "aids_deaths": "AIDS-related deaths in the year, not of any cause",
    "on_art": "people living with HIV who are on treatment",
    "art_coverage_share": "share of people living with HIV on treatment",
    "prevalence_share": "share of people aged 15–49 who live with HIV",
}


def indicators(release: str | int | None = None) -> pd.DataFrame:
    """Give what may be asked of ``load_estimates()``: one row an indicator.

    Parameters
    ----------
    release : str or int, optional
        UNAIDS release, as for ``load_estimates``.

    Returns
    -------
    pandas.DataFrame
        ``indicator`` (the name to write in code), ``words, meaning, unit, age_group, first_year,
        last_year, n_locations``.

    Raises
    ------
    ExplainerError
        If the release is unknown.
    """
    rows = load_estimates(release)
    kinds = rows.groupby(["indicator", "unit", "age_group"], sort=False).agg(
        first_year=("year", "min"), last_year=("year", "max"), n_locations=("location", "nunique")
    )
    listed = kinds.reset_index()
    listed.insert(1, "words", [in_words(name) for name in listed["indicator"]])
    listed.insert(2, "meaning", [MEANINGS.get(name, "") for name in listed["indicator"]])
    order = {name: place for place, name in enumerate(MEANINGS)}
    return listed.sort_values("indicator", key=lambda names: names.map(order), ignore_index=True)
