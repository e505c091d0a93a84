"""Which given parameter moves the model's answer most."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import lanes, sentences, style
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.model_parts import said, said_with_range, short_source
from explainer.science.intervals import Estimate
from explainer.science.transmission_fit import INCIDENCE, Fit
from explainer.wording import number, percent

NAMES = {
    "epsilon": "ART lowers infectiousness by",
    "4/rho": "survival without treatment",
    "b": "new adults a year",
    "delta": "extra deaths a year on ART",
    "mu": "leaving ages 15–49 a year",
}
ASKED = {
    "epsilon": "how much ART lowers infectiousness",
    "4/rho": "how long people survive without treatment",
    "b": "how many people come of age",
    "delta": "how many people die on ART",
    "mu": "how many people turn 50",
}
BAR = 0.5
HATCHES = {"low": "//////", "high": None}


@picture
def model_tornado(fit: Fit, swings: pd.DataFrame) -> Chart:
    """How the last year's incidence moves over the range of each given parameter.

    Parameters
    ----------
    fit : Fit
        ``fit_transmission()``.
    swings : DataFrame
        ``tornado(fit, parameters)``.
    """
    figure, grid = style.canvas(height=3.5)
    axes = grid[0, 0]
    for place, (_, row) in enumerate(swings.iterrows()):
        _draw(axes, place, row)
    _explain(axes, swings)
    return compose(
        figure,
        finding=_finding(fit, swings),
        alt=_alt(fit, swings),
        caption=_caption(swings),
        sources=[*fit.sources, *sentences.source_ids(swings)],
        short_source=short_source("parameters as listed with the picture"),
        table=_table(swings),
    )


def value_words(value: float, unit: str) -> str:
    """A parameter's value: ``12 years``, ``94%``, ``2.2%``."""
    if unit == "years":
        return f"{number(value)} years"
    return percent(value, 0 if unit == "share" else 1)


def name_of(row: pd.Series) -> str:
    """What moves, and between which ends."""
    low, high = value_words(row["low"], row["unit"]), value_words(row["high"], row["unit"])
    low = low.removesuffix(" years").removesuffix("%")
    return f"{NAMES[row['symbol']]}\n{low}–{high}"


def _draw(axes: Axes, place: int, row: pd.Series) -> None:
    """One parameter: hatched towards its low end, solid towards its high end."""
    mark = style.colour("new_infections").mark
    for end in ("low", "high"):
        axes.barh(
            place, row[f"at_{end}"] - row["main"], left=row["main"], height=BAR, zorder=2,
            edgecolor=mark, color="white" if HATCHES[end] else mark, hatch=HATCHES[end],
            linewidth=style.size(0.8),
        )  # fmt: skip
    ends = sorted(("low", "high"), key=lambda end: row[f"at_{end}"])
    words = {end: said(INCIDENCE, row[f"at_{end}"]) for end in ends}
    if words["low"] == words["high"]:
        _label(axes, place, row["main"], f"{words['low']} either way", side=1)
        return
    for end, side in zip(ends, (-1, 1), strict=True):
        _label(axes, place, row[f"at_{end}"], words[end], side=side)


def _label(axes: Axes, place: int, x: float, words: str, *, side: int) -> None:
    """A bar's end in words, left (-1) or right (1) of it."""
    style.label(
        axes, x, place, words, "new_infections", xytext=(side * style.size(4), 0),
        textcoords="offset points", va="center", ha="right" if side < 0 else "left",
        fontsize=style.size(9),
    )  # fmt: skip


def _explain(axes: Axes, swings: pd.DataFrame) -> None:
    """Names, the main fit, the published figure, and which end is which."""
    row = swings.iloc[0]
    lanes.name_lanes(axes, range(len(swings)), [name_of(one) for _, one in swings.iterrows()])
    axes.set_ylim(len(swings) - 0.4, -1.0)
    axes.axvline(row["main"], color=style.colour("strong").mark, linewidth=style.size(1.2))
    axes.axvspan(row["published_low"], row["published_high"], linewidth=0, alpha=0.14, zorder=0,
                 color=style.colour("neutral").mark)  # fmt: skip
    axes.axvline(row["published"], color=style.colour("neutral").mark, linestyle=(0, (1, 1.2)),
                 linewidth=style.size(1.6))  # fmt: skip
    unaids = Estimate(row["published"], row["published_low"], row["published_high"])
    talk = style.is_talk()
    told = said(INCIDENCE, unaids.value) if talk else said_with_range(INCIDENCE, unaids)
    heads = (
        (row["main"], f"main fit {said(INCIDENCE, row['main'])}", "strong", "right"),
        (row["published"], f"UNAIDS {told}", "neutral", "left"),
    )
    for x, words, meaning, side in heads:
        style.label(
            axes, x, -0.62, words, meaning, ha=side, va="center",
            xytext=(style.size(4 if side == "left" else -4), 0), textcoords="offset points",
            fontsize=style.size(9),
        )  # fmt: skip
    entries = {"low end": lanes.stretch_sample("new_infections", hatched=True),
               "high end": lanes.stretch_sample("new_infections")}  # fmt: skip
    lanes.key(axes, entries, loc="center right")
    axes.set_xlim(0, 1.3 * max(swings[["at_low", "at_high"]].max().max(), row["published"]))
    axes.set_xlabel(f"new infections per 1,000 uninfected people, {int(row['year'])}")


def _finding(fit: Fit, swings: pd.DataFrame) -> str:
    """The parameter that matters most, and how much."""
    row = swings.iloc[0]
    ends = sorted((row["at_low"], row["at_high"]))
    return sentences.of_place(
        fit.location,
        f"{ASKED[row['symbol']]} matters most: new infections in {int(row['year'])} run from "
        f"{said(INCIDENCE, ends[0])} to {said(INCIDENCE, ends[1])} per 1,000 people without HIV",
    )


def _alt(fit: Fit, swings: pd.DataFrame) -> str:
    """Kind of picture, the widest and the narrowest bar."""
    top, least = swings.iloc[0], swings.iloc[-1]
    low, high = (said(INCIDENCE, top[end]) for end in ("at_low", "at_high"))
    return (
        f"Tornado chart of {len(swings)} parameters by new infections per 1,000 uninfected in "
        f"{int(top['year'])}, model of {fit.location}. {NAMES[top['symbol']]} "
        f"{value_words(top['low'], top['unit'])} to {value_words(top['high'], top['unit'])}: "
        f"{low} to {high}; the least is {NAMES[least['symbol']]}."
    )


def _caption(swings: pd.DataFrame) -> str:
    """How to read the bars."""
    return (
        "Each bar moves one parameter over its range while the others stay; beta, alpha and seed "
        "are fitted anew each time. A long bar is a number worth knowing better; where there is no "
        "bar, the answer does not depend on it. The dotted line is the UNAIDS estimate for "
        f"{int(swings['year'].iloc[0])}, the shade its range."
    )


def _table(swings: pd.DataFrame) -> pd.DataFrame:
    """Each parameter with its range and what both ends give."""
    columns = {
        "name": "Parameter", "symbol": "Symbol", "unit": "Unit", "value": "Value", "low": "Low",
        "high": "High", "at_low": "New infections per 1,000 at low",
        "at_high": "New infections per 1,000 at high", "main": "New infections per 1,000, main fit",
        "published": "New infections per 1,000, UNAIDS", "published_low": "UNAIDS: low",
        "published_high": "UNAIDS: high",
    }  # fmt: skip
    rows = swings.assign(name=swings["symbol"].map(NAMES).map(sentences.capital))
    return rows[list(columns)].rename(columns=columns)
