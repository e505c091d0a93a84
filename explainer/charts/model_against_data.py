"""The fitted model beside UNAIDS figures and household surveys, with the years it never saw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import lanes, sentences, style
from explainer.charts.axes import end_labels, highest, percent_word, word_ticks, year_ticks
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.model_parts import (
    MEANINGS,
    NAMES,
    held_out,
    model_line,
    of_indicator,
    off_both_lines,
    published_line,
    said,
    said_with_range,
    short_source,
)
from explainer.science.intervals import Estimate
from explainer.science.transmission_fit import (
    INCIDENCE,
    PREVALENCE,
    Fit,
    against_published,
)
from explainer.science.transmission_verdict import OutOfRange, judge
from explainer.wording import is_known, number, percent

AGE_MARKS = {"15–49": "o", "18–49": "s", "15+": "D"}
SEX_MARKS = {"women": "^", "men": "v"}
SHIFTS = {"cohort": -0.25, "recency": 0.25, "women": -0.3, "men": 0.0}  # years, to tell lines apart
TALK_RATE = "New infections\nper 1,000 uninfected"
FAILS = 1.0  # typical distance in allowances from which the model does not even fit


@picture
def model_against_data(fit: Fit, surveys: pd.DataFrame | None = None) -> Chart:
    """The model fitted to the early years, and what became of its prediction.

    Parameters
    ----------
    fit : Fit
        ``fit_transmission()``.
    surveys : DataFrame, optional
        ``survey_points()`` of the same country: drawn with their ages.
    """
    compared = against_published(fit)
    figure, grid = _canvas()
    for axes, indicator in zip(grid, (PREVALENCE, INCIDENCE), strict=True):
        points = None if surveys is None else surveys[surveys["indicator"] == indicator]
        _draw(axes, of_indicator(compared, indicator), indicator, points, fit)
    if surveys is not None:
        _key(grid)
    used = [] if surveys is None else sentences.source_ids(surveys)
    return compose(
        figure,
        finding=_finding(fit, compared),
        alt=_alt(fit, compared),
        caption=_caption(fit, surveys is not None),
        sources=[*fit.sources, *used],
        short_source=short_source("household surveys" if used else ""),
        table=_table(compared, surveys),
    )


def _canvas() -> tuple[Any, list[Axes]]:
    """Two panels: one above the other on the page, side by side on a slide."""
    rows, columns = (1, 2) if style.is_talk() else (2, 1)
    figure, grid = style.canvas(rows, columns, height=6.0, sharex=not style.is_talk())
    return figure, grid.ravel().tolist()


def _key(grid: list[Axes]) -> None:
    """Whom the surveys tested, in corners that the lines leave free."""
    ages = {f"survey, ages {ages}": lanes.mark_sample(mark, hollow=True)
            for ages, mark in AGE_MARKS.items()}  # fmt: skip
    sexes = {f"{sex}, ages 15–49": lanes.mark_sample(mark) for sex, mark in SEX_MARKS.items()}
    if not style.is_talk():
        lanes.key(grid[0], ages | sexes, loc="lower right")
        return
    short = {words.removeprefix("survey, "): mark for words, mark in ages.items()}
    lanes.key(grid[0], short, loc="lower right", title="surveys")
    sexes = {name.split(",")[0]: mark for name, mark in sexes.items()}
    lanes.key(grid[1], sexes, loc="upper right", title="surveys")


def _draw(
    axes: Axes, rows: pd.DataFrame, indicator: str, points: pd.DataFrame | None, fit: Fit
) -> None:
    """One indicator: published line and range, the model, surveys on top."""
    published_line(axes, rows, indicator)
    model_line(axes, rows)
    first, last = fit.years
    year_ticks(axes, first, last)
    axes.set_ylim(0, 1.12 * max(highest(rows, "high", "model"), _top(points)))
    note = "not seen\nby the fit" if style.is_talk() else "years the fit\nhas not seen"
    held_out(axes, fit.until, last, note if indicator == PREVALENCE else "")
    axes.set_title(
        TALK_RATE if style.is_talk() and indicator == INCIDENCE else NAMES[indicator],
        color=style.colour(MEANINGS[indicator]).ink,
    )
    word_ticks(axes.yaxis, percent_word if indicator == PREVALENCE else number)
    if points is not None:
        _draw_surveys(axes, points, indicator)
        for _, point in off_both_lines(points, rows).iterrows():
            style.label(
                axes, point["year"], point["estimate"],
                f"{point['ages']}: {said(indicator, point['estimate'])}", MEANINGS[indicator],
                textcoords="offset points", xytext=(-style.size(5), 0), ha="right", va="center",
                fontweight="normal",
            )  # fmt: skip
    end = rows.iloc[-1]
    labels = [
        (end["model"], f"model {said(indicator, end['model'])}", "strong"),
        (end["estimate"], f"UNAIDS {said(indicator, end['estimate'])}", MEANINGS[indicator]),
    ]
    end_labels(axes, last + 0.3, labels)


def _top(points: pd.DataFrame | None) -> float:
    """The highest survey figure drawn, or none."""
    if points is None or points.empty:
        return 0.0
    return float(np.nanmax(points[["estimate", "high"]].to_numpy(float)))


def _draw_surveys(axes: Axes, points: pd.DataFrame, indicator: str) -> None:
    """Both sexes hollow, by ages; women and men apart where their rates differ so much."""
    ink = style.colour(MEANINGS[indicator]).ink
    for _, row in points.iterrows():
        together = row["sex"] == "all"
        if not together and (indicator == PREVALENCE or row["ages"] != "15–49"):
            continue
        mark = AGE_MARKS[row["ages"]] if together else SEX_MARKS[row["sex"]]
        x = row["year"] + SHIFTS.get(row["method"] if together else row["sex"], 0.0)
        if is_known(row["low"]):
            axes.vlines(x, row["low"], row["high"], color=ink, linewidth=style.size(1), zorder=3)
        axes.plot(
            x, row["estimate"], mark, zorder=4, markersize=style.size(5.5 if together else 5),
            markeredgecolor=ink, markerfacecolor="white" if together else ink,
        )  # fmt: skip


def _fails(fit: Fit) -> bool:
    """Whether the model is off by more than its allowance even in the years it saw."""
    return fit.typical_distance > FAILS


def _finding(fit: Fit, compared: pd.DataFrame) -> str:
    """What the held-out years say; or that the model does not fit in the first place."""
    if _fails(fit):
        return sentences.of_place(fit.location, _failure(of_indicator(compared, PREVALENCE)))
    verdict = judge(compared)
    rates, prevalence = verdict.incidence_outside, verdict.prevalence_outside
    link = "but" if rates.n_outside else "and"
    seen = (
        f"the model foresees the fall in new infections, {link} these lie"
        if _foresees(fit, compared)
        else "new infections in the model lie"
    )
    is_alike = rates.side == prevalence.side != "within"
    beside = f"does in {_years(prevalence)}" if is_alike else f"lies {_out_words(prevalence)}"
    told = f"fitted up to {fit.until}, {seen} {_out_words(rates)}; prevalence {beside}"
    return sentences.of_place(fit.location, told)


def _failure(rows: pd.DataFrame) -> str:
    """How far the model stays from the peak of prevalence."""
    peak = rows.sort_values("estimate").iloc[-1]
    published = Estimate(float(peak["estimate"]), float(peak["low"]), float(peak["high"]))
    return (
        f"the model fails: fitted as well as it can be, its prevalence peaks at "
        f"{percent(rows['model'].max(), 1)}, the published one at "
        f"{said_with_range(PREVALENCE, published)}"
    )


def _out_words(out: OutOfRange) -> str:
    """``below the UNAIDS range in 13 of 14 later years``."""
    return f"{out.side} the UNAIDS range in {_years(out)} later years"


def _years(out: OutOfRange) -> str:
    """``13 of 14``, or ``all 14`` where it never leaves the range."""
    return f"{out.n_outside} of {out.n_years}" if out.n_outside else f"all {out.n_years}"


def _foresees(fit: Fit, compared: pd.DataFrame) -> bool:
    """Whether new infections fell after the fit, published ones and those of the model."""
    rates = of_indicator(compared, INCIDENCE).set_index("year")[["model", "estimate"]]
    return bool((rates.iloc[-1] < 0.8 * rates.loc[fit.until]).all())


def _alt(fit: Fit, compared: pd.DataFrame) -> str:
    """Kind of picture, then both indicators in the last year."""
    verdict = judge(compared)
    first, last = fit.years
    return (
        f"Two line charts by year, {first}–{last}, {fit.location}: model and UNAIDS, HIV "
        f"prevalence and new infections per 1,000 uninfected. In {verdict.last_year} the model "
        f"says {percent(verdict.prevalence, 1)} and {said(INCIDENCE, verdict.incidence_per_1000)}, "
        f"UNAIDS {said_with_range(PREVALENCE, verdict.published_prevalence)} and "
        f"{said_with_range(INCIDENCE, verdict.published_incidence_per_1000)}."
    )


def _caption(fit: Fit, has_surveys: bool) -> str:
    """How to read lines, shade and marks; and that one model is compared with another."""
    surveys = (
        "Marks are household surveys, which test blood, with their 95% intervals where printed; "
        "those of other ages than 15–49 need not lie on the line: ages 18–49 leave out the "
        "youngest. "
        if has_surveys
        else ""
    )
    coverage, figures = fit.releases
    return (
        f"Coloured lines with shade are UNAIDS estimates with their range (release {figures}), the "
        f"dashed dark line is the model. It was fitted to {fit.until} and earlier; about later "
        f"years it was told the ART coverage (release {coverage}) and nothing else. {surveys}"
        "UNAIDS estimates come from a model too, so agreement with them is agreement between "
        "models."
    )


def _table(compared: pd.DataFrame, surveys: pd.DataFrame | None) -> pd.DataFrame:
    """Every number drawn: UNAIDS, the model and the surveys."""
    columns = {
        "year": "Year", "measure": "Measure", "source": "From", "model": "Model",
        "estimate": "Published", "low": "Published: low", "high": "Published: high",
    }  # fmt: skip
    frames = [compared.assign(source="UNAIDS")]
    if surveys is not None:
        who: Mapping[str, str] = {"all": "", "women": ", women", "men": ", men"}
        source = "survey, ages " + surveys["ages"] + surveys["sex"].map(who)
        frames.append(surveys.assign(source=source, model=np.nan))
    rows = pd.concat(frames, ignore_index=True)
    rows["measure"] = rows["indicator"].map(NAMES)
    return rows[list(columns)].rename(columns=columns)
