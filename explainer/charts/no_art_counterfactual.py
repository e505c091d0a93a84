"""The model with ART and without: what the treated years were worth, as a teaching output."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import sentences, style
from explainer.charts.axes import end_labels, percent_word, word_ticks
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.model_parts import (
    MEANINGS,
    MODEL_DASHES,
    NAMES,
    of_indicator,
    said,
    short_source,
)
from explainer.science.transmission_fit import INCIDENCE, PREVALENCE, Fit
from explainer.science.transmission_scenarios import without_art
from explainer.wording import number

NOT_AN_ESTIMATE = "teaching output, not an estimate"
TITLES = {
    INCIDENCE: "New infections\nper 1,000 uninfected people",
    "hiv_deaths_per_1000": "AIDS-related deaths\nper 1,000 people",
    PREVALENCE: "HIV prevalence,\nages 15–49",
}
SHORT = {INCIDENCE: "infections\nper 1,000", "hiv_deaths_per_1000": "deaths\nper 1,000",
         PREVALENCE: "prevalence\n"}  # fmt: skip


@picture
def no_art_counterfactual(fit: Fit) -> Chart:
    """New infections, deaths and prevalence in the model, with the published ART and with none.

    Parameters
    ----------
    fit : Fit
        ``fit_transmission()``.
    """
    courses = without_art(fit)
    figure, grid = style.canvas(1, 3, height=3.5)
    for axes, indicator in zip(grid.ravel(), TITLES, strict=True):
        _draw(axes, of_indicator(courses, indicator), indicator, fit)
    grid[0, 2].text(
        0.98, 0.03, textwrap.fill(NOT_AN_ESTIMATE, 12 if style.is_talk() else 17),
        transform=grid[0, 2].transAxes, ha="right",
        color=style.colour("neutral").ink, fontsize=style.size(8.6), va="bottom",
    )  # fmt: skip
    last = courses[courses["year"] == courses["year"].max()]
    return compose(
        figure,
        finding=_finding(fit, last),
        alt=_alt(fit, last),
        caption=_caption(),
        sources=fit.sources,
        short_source=short_source(NOT_AN_ESTIMATE),
        table=_table(courses),
    )


def _draw(axes: Axes, rows: pd.DataFrame, indicator: str, fit: Fit) -> None:
    """One indicator with ART (solid green) and without (dashed)."""
    bare = style.colour(MEANINGS[indicator]).mark
    axes.plot(rows["year"], rows["without_art"], color=bare, linestyle=MODEL_DASHES)
    axes.plot(rows["year"], rows["with_art"], color=style.colour("art").mark)
    first, last = fit.years
    axes.set_xticks([first, last])
    axes.set_xlim(first, last + (last - first) * 0.04)
    axes.set_ylim(0, 1.16 * rows[["with_art", "without_art"]].max().max())
    word_ticks(axes.yaxis, percent_word if indicator == PREVALENCE else number, 3)
    axes.set_title((SHORT if style.is_talk() else TITLES)[indicator])
    end = rows.iloc[-1]
    labels = [
        (end["without_art"], f"no ART\n{said(indicator, end['without_art'])}", MEANINGS[indicator]),
        (end["with_art"], f"ART\n{said(indicator, end['with_art'])}", "art"),
    ]
    end_labels(axes, last, labels, lines=2)


def _pair(last: pd.DataFrame, indicator: str) -> tuple[str, str]:
    """An indicator of the last year in words, with ART and without."""
    row = last[last["indicator"] == indicator].iloc[0]
    return said(indicator, row["with_art"]), said(indicator, row["without_art"])


def _finding(fit: Fit, last: pd.DataFrame) -> str:
    """New infections of the last year, with and without."""
    treated, untreated = _pair(last, INCIDENCE)
    told = (
        f"without ART the model would have {untreated} new infections per 1,000 people without "
        f"HIV in {int(last['year'].iloc[0])} instead of {treated}"
    )
    return f"{sentences.of_place(fit.location, told)} ({NOT_AN_ESTIMATE})"


def _alt(fit: Fit, last: pd.DataFrame) -> str:
    """Kind of picture, then infections and deaths of the last year."""
    infections, deaths = (
        " against ".join(_pair(last, name)) for name in (INCIDENCE, "hiv_deaths_per_1000")
    )
    return (
        f"Three line charts by year, model of {fit.location}, with and without ART; "
        f"{NOT_AN_ESTIMATE}. In {int(last['year'].iloc[0])}: new infections {infections} per 1,000 "
        f"uninfected, AIDS-related deaths {deaths} per 1,000."
    )


def _caption() -> str:
    """How to read it, and what it must not be used for."""
    return (
        "Solid: the fitted model with the published ART coverage; dashed: the same with none. "
        "Prevalence differs least, because people on ART live. "
        "Nobody can observe the dashed line: it leaves out all that people would have done without "
        "ART, so it teaches how the parts work and estimates nothing."
    )


def _table(courses: pd.DataFrame) -> pd.DataFrame:
    """Both courses by year."""
    columns = {"year": "Year", "measure": "Measure", "with_art": "Model with ART",
               "without_art": "Model without ART"}  # fmt: skip
    rows = courses.assign(measure=courses["indicator"].map(NAMES))
    return rows[list(columns)].rename(columns=columns)
