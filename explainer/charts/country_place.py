"""One country among all: every country in order, by how many and by what share live with HIV."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from explainer.charts import sentences, style
from explainer.charts.axes import Floats, people_word, percent_word, word_ticks
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.count_and_rate import SHORT
from explainer.errors import ExplainerError
from explainer.science.places import Place, Rank, place, ranking
from explainer.wording import (
    NO_RANGE,
    Kind,
    amount,
    between,
    join,
    ordinal,
    people,
    percent,
    the,
)

PANELS = {"plhiv": "People living with HIV", "prevalence_share": "HIV prevalence, ages 15–49"}
GAP = 1.5  # bars between the ranked countries and those with a ceiling only
WAYS = {"plhiv": "count", "prevalence_share": "prevalence"}
BAR = 0.78  # of the room for one
HEADROOM = 1.32  # of the highest bar, for the words over it
HIGH = 0.45  # of the highest bar: from here a country's words stand on its own bar
EARLY = 0.12  # of the list: so far to the left the words would hide the leading bars
TWO_LINES = 0.25  # of the highest bar: how high a country's words stand
LIFTED = 0.42  # of the highest bar: where the words stand otherwise, over the low bars
FLOOR = 0.006  # of the highest bar: lower bars are drawn this high, so that they can be seen


@picture
def country_place(estimates: pd.DataFrame, *, location: str) -> Chart:
    """Where a country stands among all countries, by count and by prevalence.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release with all countries, as ``load_estimates()`` gives them.
    location : str
        A country by its UNAIDS name or its code.
    """
    here = place(estimates, location)
    if here is None:
        raise ExplainerError(
            f"country_place: no people living with HIV and no prevalence published for {location}; "
            f"choose another country or release"
        )
    ranks = {"plhiv": here.count, "prevalence_share": here.rate}
    lists = {name: ranking(estimates, name, here.year) for name in PANELS if ranks[name].n_ranked}
    figure, grid = style.canvas(1, len(lists), height=3.3)
    for axes, (name, rows) in zip(grid.ravel().tolist(), lists.items(), strict=True):
        _draw(axes, rows, name, here.location, ranks[name])
    return compose(
        figure,
        finding=_finding(here),
        alt=_alt(here),
        caption=_caption(here),
        sources=sentences.source_ids(pd.concat(lists.values())),
        short_source=sentences.release_words(estimates),
        table=_table(lists),
    )


def _draw(axes: Axes, rows: pd.DataFrame, name: str, country: str, rank: Rank) -> None:
    """One list: a bar for each country from highest to lowest, this one in colour."""
    ranked = rows.dropna(subset=["rank"])
    top = float(ranked["estimate"].max())
    at = np.arange(1, len(rows) + 1, dtype=float)
    at[len(ranked) :] += GAP
    is_here = (rows["location"] == country).to_numpy()
    heights = rows["estimate"].clip(lower=FLOOR * top).to_numpy(float)
    others = ~is_here & rows["rank"].notna().to_numpy(bool)
    mark, grey = style.colour(name).mark, "#B9BFC9"
    axes.add_collection(_bars(at[others], heights[others], grey), autolim=False)
    axes.add_collection(_bars(at[is_here], heights[is_here], mark), autolim=False)
    for chosen, colour in ((~is_here, style.colour("faint").mark), (is_here, mark)):
        ceiling = rows["estimate_threshold"].where(pd.Series(chosen)).to_numpy(float)
        axes.plot(
            at, ceiling, "v", color=colour, markerfacecolor="none", markersize=style.size(4),
            linestyle="none", clip_on=False,
        )  # fmt: skip
    axes.set_ylim(0, top * HEADROOM)
    axes.set_xlim(0, at[-1] + 0.8)
    axes.set_xticks([1, len(ranked)], [ordinal(1), ordinal(len(ranked))])
    axes.set_title(PANELS[name], color=style.colour(name).ink)
    word_ticks(axes.yaxis, people_word if name == "plhiv" else percent_word, 4)
    _name_first(axes, ranked, country, rank)
    if is_here.any():
        _name_country(axes, float(at[is_here][0]), country, rank, name)


def _bars(at: Floats, heights: Floats, colour: str) -> PolyCollection:
    """Bars from zero as one artist, which draws far quicker than one each."""
    left, right, zero = at - BAR / 2, at + BAR / 2, np.zeros_like(at)
    corners = np.array([[left, zero], [left, heights], [right, heights], [right, zero]])
    bars = corners.transpose(2, 0, 1)
    return PolyCollection(list(bars[~np.isnan(heights)]), facecolors=colour, linewidths=0)


def _name_first(axes: Axes, ranked: pd.DataFrame, country: str, rank: Rank) -> None:
    """The leading country, beside the top of its bar, unless it is the one looked for."""
    first = ranked.iloc[0]
    if first["location"] == country:
        return
    top, value = first["estimate"], 0.0 if rank.figure is None else rank.figure.value
    # Over the words on the bar of a runner-up that is nearly as high.
    height = max(1.05 * top, value + TWO_LINES * top if value > HIGH * top else 0)
    figure = people(first["estimate"]) if first["unit"] == "people" else _percent(first["estimate"])
    style.label(
        axes, 1.7, height, f"{_short(first['location'])}, {figure}", "neutral",
        va="bottom", fontweight="normal", fontsize=style.size(8.5),
    )  # fmt: skip


def _name_country(axes: Axes, x: float, country: str, rank: Rank, name: str) -> None:
    """The country's place, figure and range: on its bar, or led to it where the bar is low."""
    assert rank.figure is not None, "only a country with a figure is drawn"
    value, top, right = rank.figure.value, axes.get_ylim()[1] / HEADROOM, axes.get_xlim()[1]
    place_said = "no rank" if rank.rank is None else ordinal(rank.rank)
    lines = [f"{_short(country)}: {place_said}", *_figure_words(rank)]
    if value > HIGH * top or x < EARLY * right:
        words = f"{lines[0]}\n{' '.join(lines[1:])}"
        style.label(axes, x + 0.7, max(value, 0.1 * top), words, name, va="bottom")
        return
    side = "left" if x < right / 3 else "center" if x < right * 2 / 3 else "right"
    style.label(axes, x, LIFTED * top, "\n".join(lines), name, va="bottom", ha=side)
    axes.vlines(
        x, value + 0.02 * top, (LIFTED - 0.01) * top,
        color=style.colour(name).mark, linewidth=style.size(0.8),
    )  # fmt: skip


def _short(country: str) -> str:
    """A name that fits a label."""
    return SHORT.get(country, country)


def _percent(share: float) -> str:
    """A share as UNAIDS prints prevalence."""
    return percent(share, 1)


def _figure_words(rank: Rank) -> list[str]:
    """Figure and range; a ceiling has none, and equal ends say nothing that rounding does not."""
    figure = rank.figure
    if figure is None:
        return ["no figure"]
    kind: Kind = "people" if figure.unit == "people" else "share"
    digits = None if kind == "people" else 1
    said = amount(figure.value, kind, mark=figure.mark, digits=digits)
    marks = {"low_mark": figure.low_mark, "high_mark": figure.high_mark}
    if figure.mark or (figure.low == figure.high and not any(marks.values())):
        return [said]
    spread = between(figure.low, figure.high, kind, digits=digits, **marks)
    return [said] if spread == NO_RANGE else [said, f"({spread})"]


def _finding(here: Place) -> str:
    """Both places in one sentence."""
    told: list[str] = []
    for rank, what in ((here.count, "number of people living with HIV"), (here.rate, "prevalence")):
        among = f"{rank.n_ranked} countries" if not told else f"{rank.n_ranked}"
        if rank.rank is not None:
            told.append(f"{ordinal(rank.rank)} of {among} by {what}")
        else:
            told.append(f"without a place by {what}")
    return sentences.capital(f"{the(here.location)} is {join(told)} in {here.year}")


def _alt(here: Place) -> str:
    """Kind of picture, then the country's two figures and places, with the leading countries."""
    count, rate = (
        f"{' '.join(_figure_words(rank))}, {'no rank' if rank.rank is None else ordinal(rank.rank)}"
        for rank in (here.count, here.rate)
    )
    start = f"Bars of all countries in order, {here.year}. {here.location}: people living with HIV "
    leaders = f"; highest {here.count.first} and {here.rate.first}" if here.rate.first else ""
    body = f"{start}{count}; prevalence {rate}"
    return sentences.within_limit([f"{body}{leaders}.", f"{body}."])


def _caption(here: Place) -> str:
    """How to read the two lists, and who is not in them."""
    ceilings = here.count.n_thresholds + here.rate.n_thresholds
    parts = [
        "Each bar is a country of our tables, from highest to lowest; the coloured one is "
        f"{the(here.location)}, with the range published by UNAIDS in brackets. Countries with the "
        "same printed figure share the better place.",
    ]
    if ceilings:
        parts.append("A hollow triangle is a ceiling, such as less than 0.1%: it cannot be ranked.")
    parts.append("Countries without a figure for this year are missing.")
    return " ".join(parts)


def _table(lists: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every country with both figures, their ranges and both places."""
    parts = []
    for name, rows in lists.items():
        title = PANELS[name] + ("" if name == "plhiv" else " (share)")
        rows = rows.set_index("location")
        written = sentences.published(rows).assign(rank=rows["rank"])
        columns = [title, f"{title}: low", f"{title}: high", f"Place by {WAYS[name]}"]
        parts.append(written.set_axis(columns, axis=1))
    return pd.concat(parts, axis=1).rename_axis("Country").reset_index()
