"""How many times the donors it takes to give other patients the chance of White patients."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from explainer.charts import lanes, shapes, style
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import source_ids
from explainer.science.ancestries import REFERENCE, donor_chances, donors_needed
from explainer.science.matching import ALL_ALIKE, chance_of_matched_donor
from explainer.wording import between, number, percent, roughly

CAPTION = (
    "Left: chance of a matched donor; right: of one who has two copies too (logarithmic). "
    "Across: how many times today's donors of the patient's own group are listed. "
    "Level lines are White patients today; each curve ends where it reaches them, and the number "
    "says at about how many times the donors. "
    "Dashed: patients all alike in their number of matches; solid: very unequal (k = {k})."
)
LOOKS = {"Hispanic": "neutral", "Black": "delta32"}
MARKS = {"Hispanic": "s", "Black": "o"}
DASHES = (0, (4, 2))
NEAR = 1.5  # times: of two ends so close the words stand on either side
POINTS = 40  # of a curve that is smooth on this scale


@dataclass(frozen=True)
class Panel:
    """One question: its chance today, the chance to reach, and the multiple that reaches it."""

    title: str
    goal: str
    needed: str
    share: str | None


PANELS = (
    Panel("A match", "match_goal", "match_needed", None),
    Panel("With two copies", "goal", "needed", "homozygote_share"),
)


def draw(axes: Axes, panel: Panel, needs: pd.DataFrame) -> None:
    """A curve a group and assumption, up to the level of the reference."""
    said = needs["ancestry"] + needs[panel.needed].map(roughly)
    for (_, need), is_said_again in zip(
        needs.iterrows(), said.duplicated(keep="last"), strict=True
    ):
        mark = style.colour(LOOKS[need["ancestry"]]).mark
        h = float(need[panel.share]) if panel.share else 1.0
        sizes = np.geomspace(1, need[panel.needed], POINTS)
        chances = [chance_of_matched_donor(need["match_share"], h, need["k"], r) for r in sizes]
        axes.plot(sizes, chances, color=mark, linestyle=dashes_of(need["k"]))
        end = (need[panel.needed], need[panel.goal])
        marker = MARKS[need["ancestry"]]
        axes.plot(*end, marker, color=mark, zorder=5, markersize=style.size(5))
        if not is_said_again:  # two ends with one number: it is written once
            write_end(axes, panel, need, needs)
        axes.axhline(
            need[panel.goal], color=style.colour("strong").mark, linewidth=style.size(0.9),
            linestyle=dashes_of(need["k"]), zorder=1,
        )  # fmt: skip


def write_end(axes: Axes, panel: Panel, need: pd.Series, needs: pd.DataFrame) -> None:
    """At how many times the donors a curve ends, on the side that curves and words leave free."""
    meaning = LOOKS[need["ancestry"]]
    is_first = meaning == next(iter(LOOKS.values()))
    apart = needs[panel.needed] / need[panel.needed]
    is_left = (is_first and math.isinf(need["k"])) or apart.between(
        1, NEAR, inclusive="neither"
    ).any()
    own = apart[needs["ancestry"] == need["ancestry"]]
    is_second = own.between(1 / NEAR, 1, inclusive="neither").any()
    is_above = panel.share is None or is_first or is_second
    is_tight = panel.share is None and is_left
    style.label(
        axes, need[panel.needed], need[panel.goal], f"× {roughly(need[panel.needed])}",
        meaning, ha="right" if is_tight else "left", va="bottom" if is_above else "top",
        xytext=(style.size(5 if is_tight else 2), style.size(5 if is_above else -5)),
        textcoords="offset points",
    )  # fmt: skip


def dashes_of(k: float) -> Any:
    """Dashed where patients are all alike."""
    return DASHES if math.isinf(k) else "-"


def finish_axes(axes: Axes, panel: Panel, needs: pd.DataFrame) -> None:
    """Multiples of today's donors across, in tens; the level lines named in the title."""
    shapes.log_axis(axes, 1, 4 * float(needs[panel.needed].max()))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"× {number(value)}"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(round(share, 9))))
    axes.set_xlabel("donors of the group" if style.is_talk() else "donors of the group (log scale)")
    goals = needs[panel.goal].round(9)
    words = percent(goals.min())
    if goals.nunique() > 1:
        words = between(goals.min(), goals.max(), "share")
    title = panel.title.replace("With two", "Two") if style.is_talk() else panel.title
    axes.set_title(f"{title} ({REFERENCE}{'' if style.is_talk() else ' today'}: {words})")


def scale_up(axes: Axes, needs: pd.DataFrame) -> None:
    """A logarithmic scale of chances, in percent."""
    axes.set_yscale("log")
    axes.set_ylim(needs["chance"].min() / 2, 1)
    axes.yaxis.set_major_locator(LogLocator(10))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(round(share, 9))))


def key_of(pair: tuple[float, float]) -> dict[str, Artist]:
    """Samples of groups and assumptions."""
    groups = {name: lanes.mark_sample(MARKS[name], meaning) for name, meaning in LOOKS.items()}
    lines = {shapes.words_of(k): lanes.line_sample("strong", dashes_of(k)) for k in pair}
    return {**groups, **lines}


def words_of(needs: pd.DataFrame) -> dict[str, str]:
    """Finding and alt text: multiples needed by the group that needs most."""
    name = str(needs.sort_values("needed")["ancestry"].iloc[-1])
    worst = needs[needs["ancestry"] == name]
    match, both = (
        f"{roughly(worst[column].min())} to {roughly(worst[column].max())}"
        for column in ("match_needed", "needed")
    )
    goal = worst["match_goal"].iloc[0]
    return {
        "finding": (
            f"For the chance {REFERENCE} patients have today, {name} patients would need about "
            f"{match} times the donors for a match, {both} times for one with two copies"
        ),
        "alt": (
            f"Two line panels, log scale: chance against donors listed, two groups. To reach "
            f"{REFERENCE} patients' chance ({percent(goal)} for a match), {name} patients need "
            f"about {match} times the donors; with two copies {both} times."
        ),
    }


def table_of(needs: pd.DataFrame) -> pd.DataFrame:
    """Chances today and the multiples needed, one row a group and assumption."""
    return pd.DataFrame(
        {
            "Patients": needs["ancestry"],
            "Assumption": [shapes.words_of(k) for k in needs["k"]],
            "Find a match today (%)": (needs["match_chance"] * 100).round(1),
            "White patients: a match (%)": (needs["match_goal"] * 100).round(1),
            "Times the donors for that": needs["match_needed"].round(1),
            "Match with two copies today (%)": (needs["chance"] * 100).round(4),
            "White patients: with two copies (%)": (needs["goal"] * 100).round(2),
            "Times the donors for that too": needs["needed"].round(0),
        }
    )


@picture
def registry_size(donor_match: pd.DataFrame, frequencies: pd.DataFrame, *, k: float = 0.3) -> Chart:
    """How far more donors would go for a match, and for a match with two copies.

    Parameters
    ----------
    donor_match : DataFrame
        ``load_donor_match()``: the US registry's public match figures.
    frequencies : DataFrame
        ``load_delta32_frequencies()``: share of its donors with two copies.
    k : float
        How unequal patients are on the solid lines; the dashed ones have patients all alike.
    """
    pair = (ALL_ALIKE, k)
    now = donor_chances(donor_match, frequencies, shapes=pair)
    needs = donors_needed(now)
    needs = needs[needs["ancestry"].isin(list(LOOKS))].reset_index(drop=True)
    figure, axes = style.canvas(1, 2, height=3.9)
    for canvas, panel in zip(axes[0], PANELS, strict=True):
        draw(canvas, panel, needs)
        finish_axes(canvas, panel, needs)
    axes[0, 0].set_ylim(0, 1)
    scale_up(axes[0, 1], needs)
    lanes.key(axes[0, 0], key_of(pair), loc="lower right")
    return compose(
        figure,
        **words_of(needs),
        caption=CAPTION.format(k=number(k)),
        sources=[
            *source_ids(now.rename(columns={"match_source_id": "source_id"})),
            *source_ids(now.rename(columns={"homozygote_source_id": "source_id"})),
        ],
        short_source="DKMS (match, public figures); NMDP typing, 2018; curves computed",
        table=table_of(needs),
    )
