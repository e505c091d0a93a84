"""The teaching model beside household surveys: measured by blood tests, not by a model."""

from __future__ import annotations

import numpy as np
import pandas as pd

from explainer.errors import ExplainerError
from explainer.science.checks import at_location, need_columns
from explainer.science.transmission_course import simulate
from explainer.science.transmission_fit import INCIDENCE, PREVALENCE, Fit

MODEL_AGES = "15–49"
_NAME = r"survey_(?P<measure>prevalence|incidence)_(?P<ages>15_49|18_49|15_plus)"
_NAME += r"_(?P<sex>all|men|women)(?:_(?P<method>cohort|recency))?"
_AGES = {"15_49": MODEL_AGES, "18_49": "18–49", "15_plus": "15+"}
_INDICATORS = {"prevalence": PREVALENCE, "incidence": INCIDENCE}
_COLUMNS = ["year", "indicator", "ages", "sex", "method", "estimate", "low", "high"]


def survey_points(series: pd.DataFrame, location: str = "Eswatini") -> pd.DataFrame:
    """What household surveys measured, each with its ages; only figures that two sources give.

    Left out: what others adjusted to other ages, preliminary figures, single sources.

    Parameters
    ----------
    series : DataFrame
        ``load_epidemic_series()``.
    location : str
        A country by name or code.

    Returns
    -------
    DataFrame
        ``year, indicator, ages, sex`` (all, men, women), ``method`` (cohort, recency or blank),
        ``estimate, low, high, source_id``; ages are never mixed.
    """
    need_columns(series, ["indicator", "year", "verified", "source_id"], "epidemic series")
    rows = at_location(series, location, "epidemic series")
    rows = rows[rows["verified"] == "two_sources"].reset_index(drop=True)
    names = rows["indicator"].str.extract(f"^{_NAME}$")
    table = rows.drop(columns="indicator").join(names).dropna(subset=["measure"])
    if table.empty:
        raise ExplainerError(f"no household survey of {location} is in these tables")
    table["indicator"] = table["measure"].map(_INDICATORS)
    table["ages"] = table["ages"].map(_AGES)
    table["method"] = table["method"].fillna("")
    order = ["indicator", "year", "ages", "sex", "method"]
    return table.sort_values(order, ignore_index=True)[[*_COLUMNS, "source_id"]]


def against_surveys(fit: Fit, points: pd.DataFrame) -> pd.DataFrame:
    """Each survey figure with what the model says for that year at ages 15-49.

    Returns
    -------
    DataFrame
        ``points`` with ``model``, ``has_model_ages`` and ``is_held_out``.  Where the ages differ
        the two do not have to agree: at 18-49 and at 15 and over they are other people.
    """
    years = points["year"]
    course = simulate(fit.parameters, fit.programme, int(years.min()), int(years.max()))
    model = course.set_index("year")[[PREVALENCE, INCIDENCE]].stack()
    keys = pd.MultiIndex.from_arrays([years, points["indicator"]])
    return points.assign(
        model=np.asarray(model.loc[keys], float),
        has_model_ages=points["ages"] == MODEL_AGES,
        is_held_out=years > fit.until,
    )
