"""Know, treat, suppress: the steps of the cascade beside their targets."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from explainer.errors import ExplainerError
from explainer.science.checks import (
    at_location,
    in_year,
    marks,
    need_columns,
    one_release,
    unknown,
)
from explainer.science.epidemic import split_threshold
from explainer.science.intervals import Estimate
from explainer.science.published import estimates_in
from explainer.wording import Told, ToldByName

# One step: its name, the share of those who took the step before, the share of all with HIV.
_STEPS = (
    ("knows status", "knows_status_share", "knows_status_share"),
    ("on treatment", "on_art_given_status_share", "art_coverage_share"),
    ("suppressed", "suppressed_given_art_share", "suppressed_share"),
)
_RANGE = ["low", "low_mark", "high", "high_mark"]


@dataclass(frozen=True, slots=True)
class ConditionalSteps(Told):
    """The three steps of one place and year, each a share of those who took the one before."""

    location: str
    year: int
    knows_status: float
    on_art: float
    suppressed: float


def conditional_steps(
    cascade: pd.DataFrame, location: str = "World", *, until: int | None = None
) -> ConditionalSteps | None:
    """The newest year in which all three steps of a place are published; None if there is none.

    Parameters
    ----------
    cascade : DataFrame
        Rows of one release and one population, as ``load_cascade()`` gives them.
    location : str
        A place by its UNAIDS name or its code; one without a cascade gives None.
    until : int, optional
        The newest year to look at.
    """
    is_here = (cascade["location"] == location) | (cascade["location_code"] == location)
    names = [conditional for _, conditional, _ in _STEPS]
    rows = cascade[is_here & cascade["indicator"].isin(names)]
    rows = split_threshold(rows if until is None else rows[rows["year"] <= until])
    wide = rows.pivot(index="year", columns="indicator", values="estimate").reindex(columns=names)
    whole = wide.dropna()
    if whole.empty:
        return None
    one_release(rows, "cascade")
    shares = (float(share) for share in whole.iloc[-1])
    return ConditionalSteps(str(rows["location"].iloc[0]), int(whole.index[-1]), *shares)


def treated_by_population(
    cascade: pd.DataFrame, location: str = "World", *, year: int | None = None
) -> dict[str, Estimate]:
    """Share on treatment of all people living with HIV, for each population that is published.

    Parameters
    ----------
    cascade : DataFrame
        Rows of one release, as ``load_cascade(population=None)`` gives them.
    location : str
        A place by its UNAIDS name or its code.
    year : int, optional
        The newest year if none is named.

    Returns
    -------
    dict
        ``men 15+``, ``women 15+``, ``children 0-14`` … with their shares and ranges.
    """
    one_release(cascade, "cascade")
    here = at_location(cascade, location, "cascade")
    rows = in_year(here[here["indicator"] == "art_coverage_share"], year, f"cascade of {location}")
    figures = estimates_in(rows.assign(unit="share"))
    return ToldByName(zip(rows["population"], (figure for *_, figure in figures), strict=True))


def suppressed_product(knows_status: float, on_art: float, suppressed: float) -> float:
    """Share of all people living with HIV who are suppressed: the three steps multiplied."""
    shares = {"knows_status": knows_status, "on_art": on_art, "suppressed": suppressed}
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise ExplainerError(f"{name} is {share}; give a share between 0 and 1, 87 % as 0.87")
    return knows_status * on_art * suppressed


def _cascade_rows(
    cascade: pd.DataFrame, location: str, population: str, year: int | None
) -> pd.DataFrame:
    """Rows of one place, population and year, by indicator."""
    one_release(cascade, "cascade")
    here = at_location(cascade, location, "cascade")
    rows = here[here["population"] == population]
    if rows.empty and here["population"].nunique() == 1:
        raise ExplainerError(
            f"cascade of {location}: no population {population!r}; "
            f"it has {here['population'].iloc[0]}; "
            f"load_cascade(population=None) gives every one that is published"
        )
    if rows.empty:
        unknown("population", population, here["population"], f"cascade of {location}")
    rows = in_year(rows, year, f"cascade of {location}")
    return split_threshold(rows).set_index("indicator")


def _goals(targets: pd.DataFrame) -> pd.Series:
    """Targets of the cascade by indicator, for the steps in their order."""
    steps = [conditional for _, conditional, _ in _STEPS]
    rows = targets[targets["indicator"].isin(steps)].set_index("indicator")
    return rows["value"].astype(float).reindex(steps)


def cascade_steps(
    cascade: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    year: int | None = None,
    location: str = "World",
    population: str = "all ages",
) -> pd.DataFrame:
    """The three steps: share of those before, share of all people living with HIV, and the targets.

    Returns
    -------
    DataFrame
        ``step``; ``conditional_share`` of those who took the step before; ``cumulative_share`` of
        all people living with HIV as published, with ``low, high`` and marks; ``product_share``,
        the conditional shares multiplied so far; ``target_conditional, target_cumulative``.  A
        share published as a threshold is NaN with its mark; an unpublished one is NaN.
    """
    need_columns(targets, ["indicator", "value"], "targets")
    rows = _cascade_rows(cascade, location, population, year)
    conditional = rows.reindex([conditional for _, conditional, _ in _STEPS])
    cumulative = rows.reindex([cumulative for _, _, cumulative in _STEPS])
    goals = _goals(targets)
    table = pd.DataFrame(
        {
            "step": [step for step, _, _ in _STEPS],
            "conditional_share": conditional["estimate"].to_numpy(),
            "conditional_mark": marks(conditional["estimate_mark"]).to_numpy(),
            "cumulative_share": cumulative["estimate"].to_numpy(),
            "cumulative_mark": marks(cumulative["estimate_mark"]).to_numpy(),
        }
    )
    for column in _RANGE:
        ends = cumulative[column]
        table[column] = (marks(ends) if column.endswith("mark") else ends).to_numpy()
    # A step that is not published leaves the product unknown from there on.
    table["product_share"] = table["conditional_share"].cumprod(skipna=False)
    table["target_conditional"] = goals.to_numpy()
    table["target_cumulative"] = goals.cumprod(skipna=False).to_numpy()
    return table.assign(
        year=int(rows["year"].iloc[0]), location=rows["location"].iloc[0], population=population
    )
