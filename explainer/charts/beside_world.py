"""One country beside the world: new infections from a common start, and treatment coverage."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import sentences, style
from explainer.charts.axes import end_labels, percent_word, whiskers, word_ticks, year_ticks
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.count_and_rate import SHORT as SHORT_COUNTRY
from explainer.charts.regions import SHORT as SHORT_REGION
from explainer.errors import ExplainerError
from explainer.science.checks import at_location
from explainer.science.epidemic import series
from explainer.science.places import region_index
from explainer.science.profile import course
from explainer.wording import NO_RANGE, Kind, between, changed, number, percent, the

WORLD = "World"
BASE = 100
LINE = ["year", "value", "low", "high"]


@dataclass(frozen=True)
class Panel:
    """One comparison: both lines (year, value, low, high) and how its values are worded."""

    indicator: str
    title: str
    kind: Kind
    here: pd.DataFrame
    world: pd.DataFrame

    def said(self, value: float) -> str:
        """A value of this panel in words."""
        return percent(value) if self.kind == "share" else number(value, 0)

    @property
    def end(self) -> pd.Series:
        """The country's newest point."""
        return self.here.dropna(subset=["value"]).iloc[-1]

    @property
    def base_year(self) -> int:
        """The country's first year drawn."""
        return int(self.here["year"].iloc[0])

    @property
    def world_then(self) -> float:
        """The world's value in the year of the country's newest point."""
        same = self.world.loc[self.world["year"] == self.end["year"], "value"]
        return float(same.iloc[0]) if len(same) else math.nan


@picture
def beside_world(estimates: pd.DataFrame, *, location: str) -> Chart:
    """How a country's new infections and treatment coverage moved, beside those of the world.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release with the world, as ``load_estimates()`` gives them.
    location : str
        A country by its UNAIDS name or its code.
    """
    name = str(at_location(estimates, location)["location"].iloc[0])
    if name == WORLD:
        raise ExplainerError("beside_world: World is the world itself; name a country or a region")
    panels = [panel for make in (_infections, _coverage) if (panel := make(estimates, name))]
    if not panels:
        raise ExplainerError(
            f"beside_world: of {name} no two years of new infections or of treatment coverage "
            f"are published; choose another location or release"
        )
    figure, grid = style.canvas(1, len(panels), height=3.1)
    for axes, panel in zip(grid.ravel().tolist(), panels, strict=True):
        _draw(axes, panel, name)
    shown = [panel.indicator for panel in panels]
    rows = sentences.sources_of(estimates, name, *shown)
    return compose(
        figure,
        finding=_finding(panels, name),
        alt=_alt(panels, name),
        caption=_caption(panels, name),
        sources=[*rows, *sentences.sources_of(estimates, WORLD, *shown)],
        short_source=sentences.release_words(estimates),
        table=_table(panels, name),
    )


def _infections(estimates: pd.DataFrame, name: str) -> Panel | None:
    """New infections with the base year as 100, if there are two years with ordinary figures."""
    since = course(estimates, "new_infections", name)
    if not since.has_line or since.base_year is None:
        return None
    base = since.base_year
    index = region_index(estimates, "new_infections", base, [name, WORLD])
    index = index[index["year"] >= base]
    columns = ["year", "index", "index_low", "index_high"]
    here, world = (
        _every_year(index.loc[index["location"] == place, columns].set_axis(LINE, axis=1))
        for place in (name, WORLD)
    )
    return Panel("new_infections", f"New infections, {base} = {BASE}", "number", here, world)


def _every_year(line: pd.DataFrame) -> pd.DataFrame:
    """The line with its unpublished years, so that it breaks there."""
    years = range(int(line["year"].min()), int(line["year"].max()) + 1)
    return line.set_index("year").reindex(pd.Index(years, name="year")).reset_index()


def _coverage(estimates: pd.DataFrame, name: str) -> Panel | None:
    """Share of people living with HIV on treatment, if there are two years of it."""
    if not course(estimates, "art_coverage_share", name).has_line:
        return None
    here, world = (
        series(estimates, "art_coverage_share", place)[["year", "estimate", "low", "high"]]
        .set_axis(LINE, axis=1)
        for place in (name, WORLD)
    )  # fmt: skip
    world = world[world["year"] >= here["year"].iloc[0]]
    return Panel("art_coverage_share", "Share on treatment", "share", here, world)


def _draw(axes: Axes, panel: Panel, name: str) -> None:
    """The country in colour with the range of its newest point, the world in dashed grey."""
    colour = style.colour(panel.indicator).mark
    grey = style.colour("neutral").mark
    axes.plot(panel.world["year"], panel.world["value"], color=grey, linestyle="--",
              linewidth=style.size(1.5))  # fmt: skip
    axes.plot(panel.here["year"], panel.here["value"], color=colour, marker="o",
              markersize=style.size(3), markevery=_marked(panel.here))  # fmt: skip
    end = panel.end
    whiskers(axes, [end["year"]], end["low"], end["high"], panel.indicator)
    highest = max(panel.here["value"].max(), panel.world["value"].max(), end["high"])
    is_share = panel.kind == "share"
    axes.set_ylim(0, 1 if is_share else 1.12 * max(highest, BASE))
    if not is_share:
        axes.axhline(BASE, color=grey, linewidth=style.size(0.8), zorder=1)
    # A slide's larger type leaves no room for "Share" beside a long name.
    title = panel.title.removeprefix("Share ") if style.is_talk() else panel.title
    axes.set_title(sentences.capital(title), color=style.colour(panel.indicator).ink)
    word_ticks(axes.yaxis, percent_word if is_share else lambda value: number(value, 0), 4)
    last = max(int(panel.world["year"].max()), int(end["year"]))
    year_ticks(axes, panel.base_year, last)
    _name_lines(axes, panel, name, last)


def _marked(line: pd.DataFrame) -> list[int]:
    """Points drawn as dots: the newest, and those that stand alone between unpublished years."""
    known = [False, *line["value"].notna(), False]
    last = max(place for place, is_known in enumerate(known) if is_known)
    return [
        place - 1
        for place in range(1, len(known) - 1)
        if known[place] and (place == last or not (known[place - 1] or known[place + 1]))
    ]


def _name_lines(axes: Axes, panel: Panel, name: str, last: int) -> None:
    """Both lines' names and newest values, to the right."""
    end, world = panel.end, panel.world.dropna(subset=["value"]).iloc[-1]
    width = 13 if style.is_talk() else 18
    lines = textwrap.wrap((SHORT_COUNTRY | SHORT_REGION).get(name, name), width)
    year = f"{int(end['year'])}: " if end["year"] < last else ""
    spread = between(end["low"], end["high"], panel.kind, digits=0)
    is_said = spread != NO_RANGE and end["low"] != end["high"] and not style.is_talk()
    lines.append(f"{year}{panel.said(end['value'])}{f' ({spread})' if is_said else ''}")
    room = 1 - 0.045 * len(lines)  # of the axis, so that no label reaches the panel's title
    labels = [
        (min(end["value"], room * axes.get_ylim()[1]), "\n".join(lines), panel.indicator),
        (world["value"], f"world {panel.said(world['value'])}", "neutral"),
    ]
    end_labels(axes, last, labels, lines=len(lines))


def _finding(panels: list[Panel], name: str) -> str:
    """How far each moved, here and in the world."""
    return sentences.of_place(name, "; ".join(_told(panel) for panel in panels))


def _told(panel: Panel) -> str:
    """One comparison as a clause."""
    end, year = panel.end, int(panel.end["year"])
    if panel.kind == "share":
        said = f"in {year}, {percent(end['value'])} of people living with HIV were on treatment"
        world = "" if math.isnan(panel.world_then) else f" (world: {percent(panel.world_then)})"
        return f"{said}{world}"
    ways = [changed(value / BASE - 1) for value in (end["value"], panel.world_then)]
    return f"new infections {ways[0]} from {panel.base_year} to {year} (world: {ways[1]})"


def _alt(panels: list[Panel], name: str) -> str:
    """Kind of picture, then both newest values of each panel."""
    parts = []
    for panel in panels:
        end = panel.end
        told = f"{panel.title}: {panel.said(end['value'])} in {int(end['year'])}"
        known = not math.isnan(panel.world_then)
        parts.append(f"{told}, world {panel.said(panel.world_then)}" if known else told)
    return f"Line charts of {the(name)} beside the world. {'; '.join(parts)}."


def _caption(panels: list[Panel], name: str) -> str:
    """How to read the lines, and which ranges there are."""
    kinds = {panel.kind for panel in panels}
    parts = [f"The coloured line is {the(name)}, the dashed grey line the world."]
    if "number" in kinds:
        parts.append(
            f"{BASE} is each place's own level in {panels[0].base_year}: an index shows change, "
            "not size. UNAIDS publishes no range for it; the upright line is the widest that the "
            "ranges of the two years allow."
        )
    if "share" in kinds:
        has_range = panels[-1].here[["low", "high"]].notna().any(axis=None)
        parts.append(
            "The share is of all people living with HIV"
            + ("." if has_range else "; our tables hold no range for it.")
        )
    return " ".join(parts)


def _table(panels: list[Panel], name: str) -> pd.DataFrame:
    """Both lines of each panel by year."""
    parts = []
    for panel in panels:
        for place, line in ((name, panel.here), (WORLD, panel.world)):
            columns = [f"{panel.title}: {place}"]
            kept = line.set_index("year")
            if place == name and kept[["low", "high"]].notna().any(axis=None):
                columns += [f"{columns[0]}, low", f"{columns[0]}, high"]
            parts.append(kept.iloc[:, : len(columns)].set_axis(columns, axis=1))
    return pd.concat(parts, axis=1).sort_index().rename_axis("Year").reset_index()
