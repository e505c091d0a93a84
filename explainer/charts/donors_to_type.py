"""How many matched donors must be typed before one has two copies of CCR5-Δ32."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from explainer.charts import lanes, samples, style
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import source_ids
from explainer.errors import ExplainerError
from explainer.science.donors import donor_pools
from explainer.wording import number, one_in, percent

CAPTION = (
    "Each row is a group of donors; points give how many matched donors must be typed for a 50%, "
    "90% or 95% chance of one with two copies. "
    "The scale is logarithmic: each step is ten times as many. "
    "A patient needs a match first; this counts only what comes after it."
)
STEPS = {"donors_50": "50%", "donors_90": "90%", "donors_95": "95%"}
MARKS = {"donors_50": "o", "donors_90": "s", "donors_95": "D"}


def pools_of(frequencies: pd.DataFrame) -> pd.DataFrame:
    """Donor groups of registries and banks, fewest donors to type first."""
    usable = samples.usable(frequencies)
    pools = donor_pools(usable[usable["is_donor_registry"]])
    # Donors with two copies were counted here; a share guessed from the allele is not enough.
    pools = pools[pools["basis"] == "observed"].reset_index(drop=True)
    if pools.empty:
        raise ExplainerError(
            "delta32 frequencies: no registry sample with a share of two copies; pass the frame of "
            "load_delta32_frequencies()"
        )
    pools["group"] = [name_of(str(population)) for population in pools["population"]]
    return pools


def name_of(population: str) -> str:
    """The group, short: the registry's name goes before it."""
    name = population.replace("US registry donors, ", "US, ").split(" (")[0]
    name = name.replace(" units of the national registry", "").replace("North-West: ", "")
    name = name.replace("all groups", "everyone")
    name = name.replace("cord-blood", "cord blood").replace("Faroe Islands", "Faroe origin")
    return name.replace(" or Pacific Islander", ", Pacific") if style.is_talk() else name


def draw(axes: Axes, pools: pd.DataFrame) -> None:
    """Three points a row, joined; the numbers stand at the row's ends."""
    mark = style.colour("delta32").mark
    for y, (_, pool) in enumerate(pools.iterrows()):
        axes.hlines(y, pool["donors_50"], pool["donors_95"], color=mark, linewidth=style.size(1.4))
        for column, marker in MARKS.items():
            axes.plot(pool[column], y, marker, color=mark, markersize=style.size(4.5), zorder=4)
        look = {"textcoords": "offset points", "va": "center", "fontsize": style.size(9)}
        style.label(
            axes, pool["donors_50"], y, number(pool["donors_50"]), "delta32",
            xytext=(-style.size(6), 0), ha="right", fontweight="normal", **look,
        )  # fmt: skip
        ends = [number(pool["donors_90"])]
        ends += [] if style.is_talk() else [number(pool["donors_95"])]
        lanes.end_label(axes, y, pool["donors_95"], " · ".join(ends), "delta32", gap=6)
        lanes.beside(axes, y, one_in(pool["h"]), va="center")
    axes.tick_params(axis="y", pad=style.size(66))


def finish_axes(axes: Axes, pools: pd.DataFrame) -> None:
    """Logarithmic axis in whole donors, names, and what the three points mean."""
    axes.set_xscale("log")
    low, high = float(pools["donors_50"].min()), float(pools["donors_95"].max())
    axes.set_xlim(low / 4.5, high * (9 if style.is_talk() else 20))
    axes.xaxis.set_major_locator(LogLocator(10))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.set_xlabel("matched donors to type (log scale)")
    axes.set_ylim(len(pools) - 0.45, -0.6)
    lanes.name_lanes(axes, range(len(pools)), list(pools["group"]))
    lanes.beside(axes, -0.7, "donors with\ntwo copies", va="bottom")
    entries = {f"{words} chance": lanes.mark_sample(MARKS[column], "delta32")
               for column, words in STEPS.items()}  # fmt: skip
    lanes.key(axes, entries, loc="upper right", bbox_to_anchor=(1, 1))


def table_of(pools: pd.DataFrame) -> pd.DataFrame:
    """The numbers drawn, one row a group."""
    table = pd.DataFrame(
        {
            "Donors": pools["population"],
            "Donors with two copies (per 10,000)": (pools["h"] * 10_000).round(2),
        }
    )
    for column, words in STEPS.items():
        table[f"Donors to type for {words}"] = pools[column]
    return table


def words_of(pools: pd.DataFrame) -> dict[str, str]:
    """Finding and alt text from the ends of the registry that gives its groups."""
    groups = pools[pools["group"].str.startswith("US, ") & (pools["group"] != "US, everyone")]
    groups = groups if len(groups) > 1 else pools
    few, many = groups.iloc[0], groups.iloc[-1]
    first, last = (str(pool["group"]).removeprefix("US, ") for pool in (few, many))
    place = "US " if groups is not pools else ""
    return {
        "finding": (
            f"For a 90% chance of a donor with two copies: type {number(few['donors_90'])} matched "
            f"{place}donors ({first}), or {number(many['donors_90'])} ({last})"
        ),
        "alt": (
            f"Dot plot, log scale: matched donors to type for a 50, 90 or 95% chance of two "
            f"copies, {len(pools)} donor groups. For 90%: {number(few['donors_90'])} ({first}, "
            f"{percent(few['h'])} have two copies) to {number(many['donors_90'])} ({last})."
        ),
    }


@picture
def donors_to_type(frequencies: pd.DataFrame) -> Chart:
    """Matched donors to type for a good chance of one with two copies, by group of donors.

    Parameters
    ----------
    frequencies : DataFrame
        ``load_delta32_frequencies()``.
    """
    pools = pools_of(frequencies)
    figure, axes = style.canvas(height=0.32 * len(pools) + 1.9)
    draw(axes[0, 0], pools)
    finish_axes(axes[0, 0], pools)
    return compose(
        figure,
        **words_of(pools),
        caption=CAPTION,
        sources=source_ids(pools),
        short_source="registry reports, listed with the picture; numbers of donors computed",
        table=table_of(pools),
    )
