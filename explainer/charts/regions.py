"""Eight regions beside each other, each with its own base year as 100."""

from __future__ import annotations

import math
import textwrap

import pandas as pd
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from explainer.charts import sentences, style
from explainer.charts.axes import whiskers
from explainer.charts.chart import Chart, compose, picture
from explainer.errors import ExplainerError
from explainer.science.places import region_index
from explainer.science.regions import region_changes
from explainer.wording import NO_RANGE, between, join, number

BASE = 100
LEAST = {"page": 0.14, "slide": 0.25}  # of a panel's height: half that of two lines of words
# UNAIDS's own names, cut to fit a panel's title on a slide.
SHORT = {
    "Western and central Europe and North America": "W & C Europe,\nNorth America",
    "Eastern Europe and central Asia": "E Europe and\ncentral Asia",
    "Middle East and North Africa": "Middle East\nand N Africa",
}


@picture
def regions(
    estimates: pd.DataFrame, *, indicator: str = "new_infections", base_year: int = 2010
) -> Chart:
    """In which regions an indicator rose or fell since a base year.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release, as ``load_estimates()`` gives them.
    indicator : str
        An indicator counted in people: ``new_infections``, ``aids_deaths``, ``plhiv``.
    base_year : int
        The year that counts as 100 in every region; one before the last.

    Raises
    ------
    ExplainerError
        If it is the last year: nothing can have moved since.
    """
    index = region_index(estimates, indicator, base_year)
    if base_year == index["year"].max():
        raise ExplainerError(
            f"regions: base_year is {base_year}, the last year published, since when nothing can "
            f"have moved; choose an earlier one"
        )
    index = index[index["year"] >= base_year].reset_index(drop=True)
    ends = region_changes(estimates, indicator, base_year)
    drawn = estimates[
        (estimates["location_type"] == "region") & (estimates["indicator"] == indicator)
    ]
    return compose(
        _panels(index, ends["location"].tolist(), indicator, base_year),
        finding=_finding(ends, indicator, base_year),
        alt=_alt(ends, indicator, base_year),
        caption=_caption(ends, base_year),
        sources=sentences.source_ids(drawn),
        short_source=sentences.release_words(estimates),
        table=_table(index, indicator, base_year),
    )


def _panels(index: pd.DataFrame, places: list[str], indicator: str, base_year: int) -> Figure:
    """A panel for each region, in the order given."""
    figure, grid = style.canvas(2, 4, height=4.6, sharex=True, sharey=True)
    panels = grid.ravel().tolist()
    _scales(panels[0], index, base_year)
    for panel, place in zip(panels, places, strict=False):
        _levels(panel, base_year, int(index["year"].max()))
        _draw(panel, index, place, indicator)
    for panel in panels[len(places) :]:
        panel.set_visible(False)
    return figure


def _draw(axes: Axes, index: pd.DataFrame, place: str, indicator: str) -> None:
    """One panel: the other regions in grey, this one in colour with its last value."""
    colour = style.colour(indicator)
    for other, rows in index.groupby("location"):
        if other != place:
            axes.plot(
                rows["year"],
                rows["index"],
                color=style.colour("faint").mark,
                linewidth=style.size(0.5),
            )
    rows = index[index["location"] == place]
    axes.plot(rows["year"], rows["index"], color=colour.mark, linewidth=style.size(2.4))
    last = rows.dropna(subset=["index"]).iloc[-1]
    axes.plot(last["year"], last["index"], "o", color=colour.mark)
    whiskers(axes, [last["year"]], last["index_low"], last["index_high"], indicator)
    words = "\n".join([number(last["index"], 0), _range(last)]).removesuffix(f"\n{NO_RANGE}")
    # Not so low that the axis would strike the words.
    height = max(last["index"], LEAST["slide" if style.is_talk() else "page"] * axes.get_ylim()[1])
    style.label(
        axes, last["year"], height, words, indicator,
        xytext=(style.size(6), 0), textcoords="offset points", va="center", annotation_clip=False,
    )  # fmt: skip
    name = textwrap.fill(place, 15 if style.is_talk() else 20)
    name = SHORT.get(place, name) if style.is_talk() else name
    axes.set_title(name, fontsize=style.size(9.3), color=colour.ink)


def _scales(axes: Axes, index: pd.DataFrame, base_year: int) -> None:
    """One scale for all panels, from zero."""
    top = (1.6 if style.is_talk() else 1.25) * max(index["index"].max(), BASE)
    axes.set_ylim(0, top)
    axes.set_yticks(range(0, int(top), BASE * math.ceil(top / (3 * BASE))))
    axes.set_ylabel(f"{base_year} = {BASE}")
    last = int(index["year"].max())
    axes.set_xticks([base_year, last])
    axes.set_xlim(base_year - 1, last + 0.5 * (last - base_year))  # room for the last value


def _levels(axes: Axes, first: int, last: int) -> None:
    """Grid and base end with the years, so that no line strikes the words beside them."""
    axes.grid(visible=False)
    for level in sorted({*axes.get_yticks().tolist(), BASE}):
        colour = style.colour("neutral").mark if level == BASE else rcParams["grid.color"]
        axes.hlines(level, first, last, color=colour, linewidth=style.size(0.8), zorder=1)


def _finding(ends: pd.DataFrame, indicator: str, base_year: int) -> str:
    """In how many regions the central estimate fell, rose or stayed."""
    counts = ends["direction"].value_counts(sort=False)
    told = [f"{way} in {count} of {len(ends)} regions" for way, count in counts.items()]
    first, *others = told
    short_others = [other.removesuffix(f" of {len(ends)} regions") for other in others]
    name = sentences.name_of(indicator)
    return f"Since {base_year}, central estimates of {name} {join([first, *short_others])}"


def _alt(ends: pd.DataFrame, indicator: str, base_year: int) -> str:
    """Kind of picture, then the region that fell most and the one that rose most."""
    low, high = ends.iloc[0], ends.iloc[-1]
    kind = f"{len(ends)} small line charts of {sentences.name_of(indicator)}, {base_year} = {BASE}"
    year = int(low["year"])
    lowest = f"{low['location']} {number(low['index'], 0)}"
    highest = f"{high['location']} {number(high['index'], 0)}"
    return sentences.within_limit(
        [
            f"{kind}, one for each UNAIDS region. In {year}: lowest {lowest} (widest range "
            f"{_range(low)}), highest {highest} ({_range(high)}).",
            f"{kind}. In {year}: lowest {lowest}, highest {highest}.",
        ]
    )


def _range(row: pd.Series) -> str:
    """The widest possible range of an index."""
    return between(row["index_low"], row["index_high"], "number", digits=0)


def _caption(ends: pd.DataFrame, base_year: int) -> str:
    """How to read an index, what it hides, and how sure the directions are."""
    settled = int(ends["is_settled"].sum())
    return (
        f"Each panel shows one region in colour and the others in grey. {BASE} is that region's "
        f"own level in {base_year}: an index shows change, not size, and a change of one rounding "
        "step counts as about the same. UNAIDS publishes no range for it: the upright line is the "
        "widest that the two years' ranges allow, and ends at the edge of the panel where it is "
        f"longer. That widest range leaves out {BASE}, no change, in {settled} of {len(ends)} "
        "regions."
    )


def _table(index: pd.DataFrame, indicator: str, base_year: int) -> pd.DataFrame:
    """Index and count by region and year."""
    columns = {
        "location": "Region",
        "year": "Year",
        "estimate": sentences.capital(sentences.name_of(indicator)),
        "index": f"Index ({base_year} = {BASE})",
        "index_low": "Index: lowest possible",
        "index_high": "Index: highest possible",
    }
    return index[list(columns)].rename(columns=columns)
