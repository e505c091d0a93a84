"""The model built up part by part: what each part does for new infections."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import sentences, style
from explainer.charts.axes import word_ticks
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.model_parts import (
    NAMES,
    held_out,
    model_line,
    of_indicator,
    published_line,
    said,
    said_with_range,
    short_source,
)
from explainer.science.transmission_fit import INCIDENCE, Fit
from explainer.science.transmission_scenarios import VARIANTS, judge_each
from explainer.wording import join, number

HEADROOM = 1.75  # of the highest published range: a model that goes higher leaves the panel
ADDS = dict(
    zip(
        VARIANTS,
        ("everyone alike", "as HIV progresses", "risk differs", "as published"),
        strict=True,
    )
)


@picture
def model_ablations(fit: Fit, ablations: pd.DataFrame) -> Chart:
    """New infections in four versions of the model, each fitted anew to the same early years.

    Parameters
    ----------
    fit : Fit
        ``fit_transmission()``.
    ablations : DataFrame
        ``ablations(fit)``.
    """
    rows, columns = (1, 4) if style.is_talk() else (2, 2)
    figure, grid = style.canvas(rows, columns, height=4.9, sharex=True, sharey=True)
    rates = of_indicator(ablations, INCIDENCE)
    top = HEADROOM * float(rates["high"].max())
    for axes, name in zip(grid.ravel(), VARIANTS, strict=True):
        _draw(axes, rates[rates["variant"] == name], fit)
        title = name if style.is_talk() else f"{name}: {ADDS[name]}"
        axes.set_title(title, fontsize=style.size(9.5))
    grid[0, 0].set_ylim(0, top)
    verdicts = judge_each(ablations)
    return compose(
        figure,
        finding=_finding(fit, verdicts),
        alt=_alt(fit, verdicts),
        caption=_caption(fit),
        sources=fit.sources,
        short_source=short_source(),
        table=_table(ablations),
    )


def _draw(axes: Axes, rows: pd.DataFrame, fit: Fit) -> None:
    """One version beside UNAIDS, and where both end."""
    published_line(axes, rows, INCIDENCE)
    model_line(axes, rows)
    first, last = fit.years
    held_out(axes, fit.until, last)
    axes.set_xticks([first, fit.until] if style.is_talk() else [first, 2000, fit.until, last])
    axes.set_xlim(first - 0.5, last + 0.5)
    word_ticks(axes.yaxis, number)
    end = rows.iloc[-1]
    lines = {f"model {said(INCIDENCE, end['model'])}": "strong"}
    lines[f"UNAIDS {said(INCIDENCE, end['estimate'])}"] = "new_infections"
    talk = style.is_talk()
    for step, (words, meaning) in enumerate(lines.items()):
        style.label(
            axes, 0.985, 0.97, words.replace(" ", "\n") if talk else words, meaning,
            xycoords="axes fraction", ha="right", va="top",
            xytext=(0, -style.size(24 if talk else 12.5) * step), textcoords="offset points",
            fontsize=style.size(9),
        )  # fmt: skip


def _finding(fit: Fit, verdicts: pd.DataFrame) -> str:
    """How far the first and the last version are from the published incidence."""
    by_name = verdicts.set_index("variant")["incidence_ratio"]
    first, last = by_name[VARIANTS[0]], by_name[VARIANTS[-1]]
    told = (
        f"after {fit.until} a plain model has on average {number(first, 0)} times the new "
        f"infections that UNAIDS estimates; with uneven risk and ART, {number(last, 1)} times"
    )
    return sentences.of_place(fit.location, told)


def _alt(fit: Fit, verdicts: pd.DataFrame) -> str:
    """Kind of picture, then what each version says for the last year."""
    rates = [said(INCIDENCE, rate) for rate in verdicts["incidence_per_1000"]]
    published = said_with_range(INCIDENCE, verdicts["published_incidence_per_1000"].iloc[0])
    first, last = fit.years
    return (
        f"Four line charts of new infections per 1,000 uninfected people by year, {first}–{last}, "
        f"{fit.location}: model beside UNAIDS. For {last}, {join(VARIANTS)} say {join(rates)}; "
        f"UNAIDS says {published}."
    )


def _caption(fit: Fit) -> str:
    """How to read the four panels."""
    return (
        "Each panel adds one part to the model and is fitted anew to the years before the shade. "
        "Solid with its range: UNAIDS; dashed: the model, which may leave the panel. "
        "Only the panel that knows the published ART coverage bends down after "
        f"{fit.until}. The figures stand for the last year."
    )


def _table(ablations: pd.DataFrame) -> pd.DataFrame:
    """Both indicators of every version."""
    columns = {"year": "Year", "measure": "Measure", "variant": "Version", "model": "Model",
               "estimate": "Published", "low": "Published: low",
               "high": "Published: high"}  # fmt: skip
    rows = ablations.assign(measure=ablations["indicator"].map(NAMES))
    return rows[list(columns)].rename(columns=columns)
