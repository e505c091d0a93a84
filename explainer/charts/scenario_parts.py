"""What the scenario explorer draws and says before anybody moves it: its default state."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import sentences, style
from explainer.charts.art_prep_scenarios import KIND_WORDS, TRIALS
from explainer.charts.axes import word_ticks
from explainer.charts.chart import Chart, compose
from explainer.charts.model_parts import art_now, said, short_source
from explainer.science.transmission_fit import INCIDENCE, Fit
from explainer.wording import number, percent

ART, PREP = "art_coverage_share", "prep_coverage_share"
START_PREP = 0.2
STEP = 5  # new infections per 1,000; the axis ends at a multiple
WHAT_IF = "{year}: a what-if, not a forecast"
CAPTION = (
    "Both coverages move from those published last to the level chosen within five years and stay "
    "there. The "
    "dashed line does not move: {fixed}. The model gives PrEP to people at random; given "
    "first to those at highest risk it would do more. Every line is the answer of a small model of "
    "{place} to a what-if question, not a forecast. ART coverage there was {now}."
)


def levels_of(scenarios: pd.DataFrame, column: str) -> list[float]:
    """The levels of a coverage, evenly spaced."""
    return sorted(float(level) for level in scenarios[column].unique())


def years_of(scenarios: pd.DataFrame) -> tuple[int, int]:
    """First and last year."""
    return int(scenarios["year"].min()), int(scenarios["year"].max())


def top_of(scenarios: pd.DataFrame) -> int:
    """Where the axis ends: over every course, so that it stands still while sliders move."""
    return STEP * math.ceil(float(scenarios[INCIDENCE].max()) / STEP)


def fixed_words(art: float) -> str:
    """What the line is that stands still."""
    return f"{percent(art)} on ART, no PrEP"


def line_name(words: str, *, is_fixed: bool) -> str:
    """What a line is called before its last value; how it is drawn tells it without colours."""
    return f"{words} ({'dashed' if is_fixed else 'solid'}): "


def draw(axes: Axes, rows: pd.DataFrame, top: int) -> None:
    """The default state: rows of its two courses, the one that stands still first."""
    last = int(rows["year"].max())
    _head(axes, 0, WHAT_IF.format(year=last), "strong", fontweight="normal")
    art = float(rows[ART].iloc[0])
    for place, (level, words, meaning, dash) in enumerate((
        (START_PREP, "as chosen", "new_infections", "-"),
        (0.0, fixed_words(art), "neutral", (0, (4, 2))),
    ), start=1):  # fmt: skip
        line = rows[rows[PREP] == level].sort_values("year")
        ink, end = style.colour(meaning).mark, line.iloc[-1].to_dict()
        axes.plot(line["year"], line[INCIDENCE], color=ink, linestyle=dash, gid=words)
        axes.plot(end["year"], end[INCIDENCE], "o", color=ink, clip_on=False)
        _head(
            axes,
            place,
            line_name(words, is_fixed=place == 2) + said(INCIDENCE, end[INCIDENCE]),
            meaning,
        )
    axes.set_xlim(rows["year"].min(), last)
    axes.set_ylim(0, top)
    word_ticks(axes.yaxis, number)
    axes.set_ylabel(
        "new infections per 1,000" if style.is_talk() else
        "new infections per 1,000\nuninfected people"
    )  # fmt: skip


def _head(axes: Axes, line: int, words: str, meaning: str, **look: str) -> None:
    """A line of words at the top, where no course of the default state comes."""
    style.label(
        axes, 0, 1, words, meaning, xycoords="axes fraction", textcoords="offset points",
        xytext=(style.size(4), -style.size(3 + 15 * line)), va="top", **look,
    )  # fmt: skip


def default_state(fit: Fit, scenarios: pd.DataFrame, art: float) -> Chart:
    """What prints."""
    kind = str(scenarios["prep_kind"].iloc[0])
    is_drawn = (scenarios["prep_kind"] == kind) & (scenarios[ART] == art)
    rows = scenarios[is_drawn & scenarios[PREP].isin([0.0, START_PREP])]
    last = int(rows["year"].max())
    ends = rows[rows["year"] == last].set_index(PREP)[INCIDENCE]
    none, some = (said(INCIDENCE, float(ends[level])) for level in (0.0, START_PREP))
    figure, axes = style.canvas(height=3.6)
    draw(axes[0, 0], rows, top_of(scenarios))
    share, words = percent(START_PREP), KIND_WORDS.get(kind, kind)
    told = (
        f"in the model, {words} for {share} of people brings new infections per 1,000 people "
        f"without HIV in {last} from {none} to {some}, at {percent(art)} on ART"
    )
    columns = {"year": "Year", ART: "ART coverage (share)", PREP: "On PrEP (share)",
               INCIDENCE: "New infections per 1,000"}  # fmt: skip
    return compose(
        figure,
        finding=sentences.of_place(fit.location, told),
        alt=f"Two lines of modelled new infections per 1,000 people without HIV, {fit.location} "
        f"until {last}, at {percent(art)} on ART: {none} without PrEP, {some} with {words} for "
        f"{share}.",
        caption=CAPTION.format(place=fit.location, now=art_now(fit), fixed=fixed_words(art)),
        sources=[*fit.sources, *TRIALS],
        short_source=short_source("PURPOSE trials"),
        table=rows[list(columns)].rename(columns=columns).round(4),
    )
