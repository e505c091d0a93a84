"""What the fitted model says of itself: parts removed, parameters moved, programmes changed."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pandas as pd

from explainer.science.checks import need_columns
from explainer.science.transmission import NO_PROGRAMME, SYMBOLS
from explainer.science.transmission_course import simulate
from explainer.science.transmission_fit import (
    FITTED,
    INCIDENCE,
    PREVALENCE,
    Fit,
    against_published,
    refit,
)
from explainer.science.transmission_verdict import Judgement, judge

SCALE_UP_YEARS = 5
VARIANTS = ("plain SI", "+ four stages", "+ heterogeneity", "+ ART")


def ablation_fits(fit: Fit) -> dict[str, Fit]:
    """The model built up part by part, each version fitted anew to the same early years.

    A plain SI model (everyone alike, one stage, no treatment); four stages; transmission that
    falls with prevalence; ART, which is ``fit`` itself.
    """
    alike = replace(fit.parameters, alpha=0.0)
    two = [name for name in FITTED if name != "alpha"]
    one_stage = replace(alike, n_stages=1)
    return {
        VARIANTS[0]: refit(fit, one_stage, programme=NO_PROGRAMME, fitted=two),
        VARIANTS[1]: refit(fit, alike, programme=NO_PROGRAMME, fitted=two),
        VARIANTS[2]: refit(fit, programme=NO_PROGRAMME),
        VARIANTS[3]: fit,
    }


def ablations(fit: Fit) -> pd.DataFrame:
    """Courses of the four versions beside the published figures.

    Returns
    -------
    DataFrame
        ``variant`` and the columns of ``against_published()``.
    """
    versions = ablation_fits(fit)
    frames = [against_published(one).assign(variant=name) for name, one in versions.items()]
    return pd.concat(frames, ignore_index=True)


def judge_each(compared: pd.DataFrame) -> pd.DataFrame:
    """``judge()`` for every version, one row each, in the order in which they were built."""
    need_columns(compared, ["variant"], "ablations")
    names = list(dict.fromkeys(compared["variant"]))
    verdicts = [judge(compared[compared["variant"] == name]) for name in names]
    told = {one.name: [getattr(verdict, one.name) for verdict in verdicts]
            for one in fields(Judgement)}  # fmt: skip
    return pd.DataFrame(told).assign(variant=names)


def tornado(fit: Fit, table: pd.DataFrame) -> pd.DataFrame:
    """How far each given parameter moves the last year's incidence, the model fitted anew.

    Parameters
    ----------
    fit : Fit
    table : DataFrame
        ``load_model_parameters()``: each parameter goes to the low and the high end of its range.

    Returns
    -------
    DataFrame
        Largest swing first: ``parameter, symbol, unit, value, low, high, at_low, at_high``
        (incidence per 1,000 in ``year``), ``main, published, published_low, published_high,
        source_id``.
    """
    need_columns(table, ["parameter", "symbol", "unit", "value", "low", "high"], "parameters")
    rows = table[table["symbol"].isin(SYMBOLS)].reset_index(drop=True)
    main = judge(against_published(fit))

    def incidence_at(symbol: str, value: float) -> float:
        change: dict[str, Any] = {SYMBOLS[symbol]: float(value)}
        moved = replace(fit.parameters, **change)
        return judge(against_published(refit(fit, moved))).incidence_per_1000

    for end in ("low", "high"):
        pairs = zip(rows["symbol"], rows[end], strict=True)
        rows[f"at_{end}"] = [incidence_at(symbol, value) for symbol, value in pairs]
    published = main.published_incidence_per_1000
    rows = rows.assign(
        year=main.last_year, main=main.incidence_per_1000, published=published.value,
        published_low=published.low, published_high=published.high,
        swing=(rows["at_high"] - rows["at_low"]).abs(),
    )  # fmt: skip
    kept = ["parameter", "symbol", "unit", "value", "low", "high", "at_low", "at_high", "year"]
    kept += ["main", "published", "published_low", "published_high", "source_id"]
    return rows.sort_values("swing", ascending=False, ignore_index=True)[kept]


def without_art(fit: Fit) -> pd.DataFrame:
    """The same people with ART and had there been none: a teaching output, not an estimate.

    Returns
    -------
    DataFrame
        ``year, indicator, with_art, without_art`` for prevalence, incidence and HIV deaths.
    """
    shown = [PREVALENCE, INCIDENCE, "hiv_deaths_per_1000"]
    courses = {
        name: simulate(fit.parameters, programme, *fit.years).melt("year", shown, "indicator", name)
        for name, programme in (("with_art", fit.programme), ("without_art", NO_PROGRAMME))
    }
    return courses["with_art"].merge(courses["without_art"], on=["year", "indicator"])


def held_coverage(fit: Fit, art_share: float, *, until: int = 2100) -> pd.DataFrame:
    """The far future in the model if ART coverage reaches a share in five years and stays there.

    Not a forecast: it shows where the equations settle.  Columns as of ``simulate()``.
    """
    last = fit.programme.times[-1]
    programme = fit.programme.held_at(art_share, by=last + SCALE_UP_YEARS)
    return simulate(fit.parameters, programme, int(last) - 1, until)
