"""What ART and PrEP coverage would do for new infections in the model, two kinds of PrEP."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import sentences, style
from explainer.charts.axes import percent_word, word_ticks
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.model_parts import art_now, said, short_source
from explainer.science.transmission_fit import INCIDENCE, Fit
from explainer.science.transmission_grid import PREP_KINDS
from explainer.wording import between, is_known, number, percent

KIND_WORDS = {"injectable": "injected PrEP", "oral": "F/TAF pills as taken in PURPOSE 1"}
TALK_WORDS = {"injectable": "injected PrEP", "oral": "F/TAF pills"}
TRIALS = ("purpose1", "purpose2")


@picture
def art_prep_scenarios(fit: Fit, scenarios: pd.DataFrame) -> Chart:
    """New infections in the model's last year, by ART coverage and by the share taking PrEP.

    Parameters
    ----------
    fit : Fit
        ``fit_transmission()``.
    scenarios : DataFrame
        ``art_prep_scenarios(fit, parameters)``.
    """
    last = scenarios[scenarios["year"] == scenarios["year"].max()]
    figure, grid = style.canvas(1, 2, height=3.9, sharey=True)
    for axes, kind in zip(grid.ravel(), PREP_KINDS, strict=True):
        _draw(axes, last[last["prep_kind"] == kind], kind, fit)
    grid[0, 0].set_ylim(0, 1.08 * last[INCIDENCE].max())
    word_ticks(grid[0, 0].yaxis, number)
    grid[0, 0].set_ylabel(
        "per 1,000 uninfected" if style.is_talk() else
        f"new infections per 1,000\nuninfected people, {int(last['year'].iloc[0])}"
    )  # fmt: skip
    return compose(
        figure,
        finding=_finding(fit, last),
        alt=_alt(fit, last),
        caption=_caption(fit, last),
        sources=[*fit.sources, *TRIALS],
        short_source=short_source("PURPOSE trials"),
        table=_table(last),
    )


def _draw(axes: Axes, rows: pd.DataFrame, kind: str, fit: Fit) -> None:
    """One kind of PrEP: a line for each coverage, the first and the last one named."""
    now = fit.programme.art_share[-1]
    levels = sorted(rows["prep_coverage_share"].unique())
    for place, level in enumerate(levels):
        line = rows[rows["prep_coverage_share"] == level].sort_values("art_coverage_share")
        is_first, is_last = place == 0, place == len(levels) - 1
        axes.plot(
            line["art_coverage_share"], line[INCIDENCE],
            color=style.colour("strong" if is_first else "new_infections").mark,
            linewidth=style.size(2 if is_first or is_last else 0.8),
            linestyle=(0, (4, 1.6)) if is_last else "-",
        )  # fmt: skip
        if is_first or is_last:
            _name(axes, line, level, above=is_first)
    axes.axvline(
        now, color=style.colour("art").mark, linewidth=style.size(1.2), linestyle=(0, (1, 1.2))
    )
    style.label(
        axes, now, 0.98, f"{fit.art_year}\n{percent(now)}", "art",
        xycoords=axes.get_xaxis_transform(), xytext=(-style.size(3), 0),
        textcoords="offset points", ha="right", va="top",
    )  # fmt: skip
    axes.set_xlim(rows["art_coverage_share"].min() - 0.01, rows["art_coverage_share"].max() + 0.01)
    axes.set_xticks([0.5, 0.75, 1.0] if style.is_talk() else [0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
    axes.xaxis.set_major_formatter(lambda value, _: percent_word(value))
    axes.set_xlabel("ART coverage")
    row = rows.iloc[0]
    stops = f"stops {percent(row['efficacy'])}"
    axes.set_title(f"{TALK_WORDS[kind]}: {stops}{'' if style.is_talk() else f' ({_ends(row)})'}")


def _ends(row: pd.Series) -> str:
    """The interval of an efficacy: ``82–99%``, or ``none to 45%`` where it includes no effect."""
    low, high = row["efficacy_low"], row["efficacy_high"]
    return between(low, high, "share") if _is_sure(row) else f"none to {percent(high)}"


def _is_sure(row: pd.Series) -> bool:
    """Whether the interval of an efficacy excludes no effect; a blank end is below zero."""
    return is_known(row["efficacy_low"]) and bool(row["efficacy_low"] > 0)


def _name(axes: Axes, line: pd.DataFrame, level: float, *, above: bool) -> None:
    """Who takes PrEP on a line: above the highest one, below the lowest."""
    left = 1 if style.is_talk() else 3  # larger words must keep clear of "now"
    place = line.iloc[len(line) * left // 10 if above else len(line) // 2]
    side = 1 if above else -1
    words = "nobody on PrEP" if level == 0 else f"{percent(level)} on PrEP"
    style.label(
        axes, place["art_coverage_share"], place[INCIDENCE], words,
        "strong" if above else "new_infections", textcoords="offset points",
        xytext=(side * style.size(3), side * style.size(2)), va="bottom" if above else "top",
        ha="left" if above else "right", fontsize=style.size(9),
    )  # fmt: skip


def _effects(last: pd.DataFrame, art: float) -> dict[str, tuple[float, float]]:
    """New infections without PrEP and with the most, by kind, at the nearest ART coverage."""
    nearest = min(last["art_coverage_share"].unique(), key=lambda level: abs(level - art))
    rows = last[last["art_coverage_share"] == nearest].sort_values("prep_coverage_share")
    kinds = rows.groupby("prep_kind", sort=False)[INCIDENCE]
    return {str(kind): (float(one.iloc[0]), float(one.iloc[-1])) for kind, one in kinds}


def _finding(fit: Fit, last: pd.DataFrame) -> str:
    """What the most PrEP does at today's ART coverage, by kind."""
    effects = _effects(last, fit.programme.art_share[-1])
    falls = {kind: percent(1 - most / none) for kind, (none, most) in effects.items()}
    share, year = percent(last["prep_coverage_share"].max()), int(last["year"].iloc[0])
    oral = last[last["prep_kind"] == "oral"].iloc[0]
    stopped = f"stopped {percent(oral['efficacy'])} ({_ends(oral)})"
    told = (
        f"in the model, injected PrEP for {share} of people lowers new infections in {year} by "
        f"{falls['injectable']}; {KIND_WORDS['oral']}, which {stopped}, by "
        f"{falls['oral']}"
    )
    return sentences.of_place(fit.location, told)


def _alt(fit: Fit, last: pd.DataFrame) -> str:
    """Kind of picture, then the ends at today's ART coverage."""
    effects = _effects(last, fit.programme.art_share[-1])
    none, injected = (said(INCIDENCE, value) for value in effects["injectable"])
    oral = said(INCIDENCE, effects["oral"][1])
    share = percent(last["prep_coverage_share"].max())
    return (
        f"Two line charts of new infections per 1,000 uninfected in {int(last['year'].iloc[0])} by "
        f"ART and PrEP coverage, model of {fit.location}. At ART as now: {none} without PrEP, "
        f"{injected} with injected PrEP and {oral} with F/TAF pills for {share}."
    )


def _caption(fit: Fit, last: pd.DataFrame) -> str:
    """How to read the lines, and what the model leaves out."""
    levels = sorted(last["prep_coverage_share"].unique())
    return (
        f"Both coverages move from those published last (ART {art_now(fit)}) to the level shown "
        "within five years and stay there. "
        f"Lines between the two named ones are steps of {percent(levels[1] - levels[0])} on PrEP; "
        "in brackets the 95% interval of what the trials saw. "
        "The model gives PrEP to people at random; given first to those at highest risk it would "
        "do more. These are answers of a model to what-if questions, not forecasts."
    )


def _table(last: pd.DataFrame) -> pd.DataFrame:
    """Every scenario in the last year."""
    columns = {
        "prep_kind": "PrEP", "efficacy": "PrEP efficacy (share)",
        "efficacy_low": "PrEP efficacy: low", "efficacy_high": "PrEP efficacy: high",
        "art_coverage_share": "ART coverage (share)", "prep_coverage_share": "On PrEP (share)",
        INCIDENCE: "New infections per 1,000", "prevalence_share": "Prevalence (share)",
    }  # fmt: skip
    return last[list(columns)].rename(columns=columns)
