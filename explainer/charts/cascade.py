"""Know, treat, suppress: three bars of all people living with HIV, each with its target."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import sentences, style
from explainer.charts.axes import drawn_range, percent_word, word_ticks
from explainer.charts.chart import Chart, compose, picture
from explainer.science.cascade import cascade_steps
from explainer.wording import NO_RANGE, between, is_known, percent

INDICATORS = ["knows_status_share", "art_coverage_share", "suppressed_share"]
CONDITIONAL = ["on_art_given_status_share", "suppressed_given_art_share"]
STEPS = {
    "knows status": ("Know their status", "of all people living with HIV"),
    "on treatment": ("On treatment", "of those who know"),
    "suppressed": ("Virally suppressed", "of those on treatment"),
}
BAR = 0.46

Row = dict[Hashable, Any]


@picture
def cascade(
    cascade: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    location: str = "World",
    year: int | None = None,
    population: str = "all ages",
) -> Chart:
    """What share of all people living with HIV know, are treated and are suppressed.

    Parameters
    ----------
    cascade, targets : DataFrame
        As ``load_cascade(population=None)`` and ``load_targets()`` give them.
    location, population, year
        The world or a region; ``all ages``, ``men 15+`` …; the newest year if none is named.
    """
    steps = cascade_steps(cascade, targets, year=year, location=location, population=population)
    whose = _whose(steps)
    figure, axes = style.canvas(height=3.7)
    _draw(axes[0, 0], steps)
    return compose(
        figure,
        finding=_finding(steps, whose),
        alt=_alt(steps, whose),
        caption=_caption(steps),
        sources=_sources(cascade, targets, steps),
        short_source=sentences.release_words(cascade),
        table=_table(steps),
    )


def _whose(steps: pd.DataFrame) -> str:
    """Place and age group before a sentence, where they are not the usual ones."""
    place, population = str(steps["location"].iloc[0]), steps["population"].iloc[0]
    return place if population == "all ages" else f"{place}, {population}"


def _draw(axes: Axes, steps: pd.DataFrame) -> None:
    """A bar for each step on a pale bar of everyone, its range, its target, its words."""
    green = style.colour("art")
    places = [2.0, 1.0, 0.0]
    axes.barh(places, 1, height=BAR, color="#E6E9ED")
    axes.barh(places, steps["cumulative_share"], height=BAR, color=green.mark)
    ranges = steps.assign(unit="share")
    low, high = drawn_range(ranges, "cumulative_share")
    axes.hlines(places, low, high, color=style.colour("strong").mark, linewidth=style.size(1.2))
    for place, row in zip(places, steps.to_dict("records"), strict=True):
        _name(axes, place, row)
    axes.set_yticks(places, [_step_words(row) for row in steps.to_dict("records")])
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.45, 2.65)
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("share of all people living with HIV")
    word_ticks(axes.xaxis, percent_word, 5)


def _name(axes: Axes, place: float, row: Row) -> None:
    """The share and its range beside a bar, the target as a tick over it."""
    style.label(
        axes, 1.0, place, _share_words(row), "art", xytext=(style.size(7), 0),
        textcoords="offset points", va="center", annotation_clip=False,
    )  # fmt: skip
    target = row["target_cumulative"]
    strong = style.colour("strong").mark
    axes.vlines(target, place - BAR / 2, place + BAR / 2 + 0.1, color=strong)
    words = f"target {percent(target, _digits(target))}"
    style.label(
        axes, target, place + BAR / 2 + 0.08, words, "strong",
        xytext=(0, style.size(1)), textcoords="offset points", ha="center", va="bottom",
        fontweight="normal", fontsize=style.size(8.5),
    )  # fmt: skip


def _digits(share: float) -> int:
    """Decimals of a target: 95%, but 85.7%."""
    return 0 if round(share * 100, 1).is_integer() else 1


def _step_words(row: Row) -> str:
    """A step and the share of those who took the step before."""
    name, whom = STEPS[str(row["step"])]
    if row["step"] == "knows status" or not is_known(row["conditional_share"]):
        return name
    return f"{name}\n{percent(row['conditional_share'])} {whom}"


def _share_words(row: Row) -> str:
    """A share of all people living with HIV with its range, or that there is none."""
    if not is_known(row["cumulative_share"]):
        return "not published"
    words = between(
        row["low"], row["high"], "share", low_mark=row["low_mark"], high_mark=row["high_mark"]
    )
    return f"{percent(row['cumulative_share'])}\n{words.replace('published', 'given')}"


def _finding(steps: pd.DataFrame, whose: str) -> str:
    """The furthest step that is published, against its target."""
    row = steps.dropna(subset=["cumulative_share"]).iloc[-1]
    done = {
        "knows status": "knew their status", "on treatment": "were on treatment",
        "suppressed": "were virally suppressed",
    }  # fmt: skip
    goal = percent(row["target_cumulative"], 0)
    return sentences.of_place(
        whose,
        f"{percent(row['cumulative_share'])} of all people living with HIV {done[row['step']]} in "
        f"{int(row['year'])}; the target for 2025 is {goal}",
    )


def _alt(steps: pd.DataFrame, whose: str) -> str:
    """Kind of picture, then each share with its range and target."""
    parts = []
    for row in steps.to_dict("records"):
        words = _share_words(row).replace("\n", ", ").replace(f", {NO_RANGE}", "")
        target = percent(row["target_cumulative"], _digits(row["target_cumulative"]))
        parts.append(f"{row['step']!s} {words} (target {target})")
    kind = f"Bars, shares of all people living with HIV by step, {whose}, {steps['year'].iloc[0]}"
    return f"{kind}. {'; '.join(parts)}."


def _caption(steps: pd.DataFrame) -> str:
    """How to read nested shares."""
    product = [step for step in steps["target_conditional"] if is_known(step)]
    aim = "–".join(percent(share, 0).rstrip("%") for share in product)
    return (
        "Every bar is a share of all people living with HIV; the words at the left give the share "
        f"of those who took the step before. The upright marks show what {aim} at each step would "
        "give. Thin lines are the ranges published by UNAIDS, where there are any."
    )


def _sources(cascade: pd.DataFrame, targets: pd.DataFrame, steps: pd.DataFrame) -> list[str]:
    """Sources of the shares drawn and of the targets."""
    shown = cascade[
        (cascade["location"] == steps["location"].iloc[0])
        & (cascade["year"] == steps["year"].iloc[0])
        & (cascade["population"] == steps["population"].iloc[0])
        & cascade["indicator"].isin([*INDICATORS, *CONDITIONAL])
    ]
    goals = targets[targets["indicator"].isin([INDICATORS[0], *CONDITIONAL])]
    return [*sentences.source_ids(shown), *sentences.source_ids(goals)]


def _table(steps: pd.DataFrame) -> pd.DataFrame:
    """Each step: of those before, of all, range, targets."""
    columns = {
        "step": "Step",
        "conditional_share": "Share of those who took the step before",
        "cumulative_share": "Share of all people living with HIV",
        "low": "Share of all: low",
        "high": "Share of all: high",
        "target_conditional": "Target for the step",
        "target_cumulative": "Target, share of all",
    }
    ends = {end: sentences.marked(steps[end], steps[f"{end}_mark"]) for end in ("low", "high")}
    return steps.assign(**ends)[list(columns)].rename(columns=columns)
