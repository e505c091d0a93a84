"""Three panels on one time axis: people living with HIV, new infections, AIDS-related deaths."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from explainer.charts import sentences, style
from explainer.charts.axes import (
    RANGE_NOTE,
    WHISKER_NOTE,
    end_labels,
    highest,
    people_word,
    range_note,
    ranged_line,
    word_ticks,
    year_ticks,
)
from explainer.charts.chart import Chart, compose, picture
from explainer.errors import ExplainerError
from explainer.science.epidemic import peak, series
from explainer.wording import join, people

PANELS = {
    "plhiv": "People living with HIV",
    "new_infections": "New HIV infections a year",
    "aids_deaths": "AIDS-related deaths a year",
}
BASE_YEAR = 2010
HEADROOM = 1.35  # space over the highest range for the words about the peak
EMPTY_HEIGHT = 0.3  # of a full panel, where there is nothing to draw


@dataclass(frozen=True)
class Crest:
    """The peak of a series that has passed it: where it stands and what is said of it."""

    year: float
    value: float
    when: str
    words: str


@picture
def plhiv_infections_deaths(estimates: pd.DataFrame, *, location: str = "World") -> Chart:
    """How many people live with HIV, acquire it and die of it, year by year, with ranges.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release, as ``load_estimates()`` gives them.
    location : str
        A place by its UNAIDS name or its code.
    """
    found = {name: sentences.series_or_none(estimates, name, location) for name in PANELS}
    drawn = {name: frame for name, frame in found.items() if frame is not None}
    if not drawn:
        series(estimates, "plhiv", location)  # says what is wrong
    place = next(iter(drawn.values()))["location"].iloc[0]
    crests = {name: _crest(estimates, name, frame) for name, frame in drawn.items()}
    return compose(
        _panels(found, crests),
        finding=_finding(estimates, drawn, place),
        alt=_alt(drawn, crests, place),
        caption=_caption(found),
        sources=sentences.source_ids(pd.concat(drawn.values())),
        short_source=sentences.release_words(estimates),
        table=_table(drawn),
    )


def _panels(found: dict[str, pd.DataFrame | None], crests: dict[str, Crest | None]) -> Figure:
    """The three panels over each other; one with nothing to draw is kept low."""
    heights = [1 if _has_figures(found[name]) else EMPTY_HEIGHT for name in PANELS]
    figure, grid = style.canvas(
        3, 1, height=1 + 1.85 * sum(heights), sharex=True, gridspec_kw={"height_ratios": heights}
    )
    panels = grid.ravel().tolist()
    for panel, name in zip(panels, PANELS, strict=True):
        _draw(panel, name, found[name], crests.get(name))
    years = pd.concat([frame for frame in found.values() if frame is not None])["year"]
    year_ticks(panels[0], int(years.min()), int(years.max()))
    if years.nunique() > 1:
        range_note(panels[0], RANGE_NOTE)
    else:  # the one point stands in the middle, with its label on the right
        range_note(panels[0], WHISKER_NOTE, x=0.01)
    return figure


def _crest(estimates: pd.DataFrame, indicator: str, frame: pd.DataFrame) -> Crest | None:
    """The peak, if the series has one behind it."""
    try:
        top = peak(estimates, indicator, frame["location"].iloc[0])
    except ExplainerError:  # nothing but thresholds
        return None
    end = int(frame.dropna(subset=["estimate"])["year"].max())
    if top.last == end:
        return None
    when = f"{top.first}" if top.first == top.last else f"{top.first}–{top.last}"
    words = f"peak {people(top.estimate.value)}, {when}"
    return Crest((top.first + top.last) / 2, top.estimate.value, when, words)


def _has_figures(frame: pd.DataFrame | None) -> bool:
    """Whether a panel has anything to draw."""
    return frame is not None and bool(
        frame[["estimate", "estimate_threshold"]].notna().any(axis=None)
    )


def _draw(axes: Axes, name: str, frame: pd.DataFrame | None, crest: Crest | None) -> None:
    """One panel: line, range, last value in words, peak."""
    told = f", peak {crest.when}" if crest and style.is_talk() else ""
    axes.set_title(PANELS[name] + told, color=style.colour(name).ink)
    if frame is None or not _has_figures(frame):
        axes.set_yticks([])
        axes.text(0.5, 0.5, "no figures published", transform=axes.transAxes, ha="center")
        return
    ranged_line(axes, frame, name)
    room = HEADROOM if crest or style.is_talk() else 1.1
    axes.set_ylim(0, room * highest(frame, "estimate", "estimate_threshold", "high"))
    axes.set_ylabel("" if style.is_talk() else "people")
    word_ticks(axes.yaxis, people_word, 2 if style.is_talk() else 4)
    row = sentences.last_figure(frame)
    level = row["estimate_threshold"] if row["estimate_mark"] else row["estimate"]
    words = sentences.figure_words(row).replace(", ", "\n")
    end_labels(axes, row["year"], [(level, words, name)], lines=2)
    if crest is not None:
        _name_crest(axes, frame, name, crest)


def _name_crest(axes: Axes, frame: pd.DataFrame, name: str, crest: Crest) -> None:
    """A ring on the peak and, where there is room, its year above the range."""
    axes.plot(crest.year, crest.value, "o", color=style.colour(name).mark, markerfacecolor="white")
    if style.is_talk():
        return
    high = frame.loc[frame["year"] == int(crest.year), "high"].max()
    first, last = axes.dataLim.intervalx
    across = (crest.year - first) / max(last - first, 1)
    style.label(
        axes, crest.year, crest.value if pd.isna(high) else high,
        crest.words, name,
        xytext=(0, style.size(4)), textcoords="offset points", va="bottom", fontweight="normal",
        ha="left" if across < 0.2 else "right" if across > 0.8 else "center",
    )  # fmt: skip


def _finding(estimates: pd.DataFrame, drawn: dict[str, pd.DataFrame], place: str) -> str:
    """What moved since the base year, in one sentence."""
    changes = {name: sentences.change_or_none(estimates, name, BASE_YEAR, place) for name in drawn}
    subjects = {
        "plhiv": "the number of people living with HIV",
        "new_infections": "new infections",
        "aids_deaths": "AIDS-related deaths",
    }
    moves = [f"{subjects[name]} {sentences.moved_to(c)}" for name, c in changes.items() if c]
    if moves:
        return sentences.of_place(place, f"since {BASE_YEAR}, {join(moves)}")
    name, frame = next(iter(drawn.items()))
    row = sentences.last_figure(frame)
    words = sentences.figure_words(row).partition(", ")[0]
    return sentences.of_place(place, f"{words} {sentences.name_of(name)} in {row['year']}")


def _alt(drawn: dict[str, pd.DataFrame], crests: dict[str, Crest | None], place: str) -> str:
    """Kind of picture, then the last value of each panel with its range, then its peak."""
    years = pd.concat(drawn.values())["year"]
    start = f"Line charts by year, {sentences.span(years)}, {place}: "

    def told(*, ranges: bool, peaks: bool) -> str:
        parts = []
        for name, frame in drawn.items():
            words = sentences.figure_words(sentences.last_figure(frame))
            crest = crests.get(name)
            more = f" ({crest.words})" if crest and peaks else ""
            parts.append(
                f"{sentences.name_of(name)} {words if ranges else words.partition(', ')[0]}{more}"
            )
        return f"{start}{'; '.join(parts)}."

    return sentences.within_limit(
        [told(ranges=True, peaks=True), told(ranges=True, peaks=False),
         told(ranges=False, peaks=False)]
    )  # fmt: skip


def _caption(found: dict[str, pd.DataFrame | None]) -> str:
    """How to read the picture, and what it does not show."""
    missing = [sentences.name_of(name) for name, frame in found.items() if frame is None]
    drawn = pd.concat([frame for frame in found.values() if frame is not None])
    has_ceilings = (drawn["estimate_mark"] != "").any()
    ceiling = (
        "; a hollow triangle is a ceiling, published as fewer than this" if has_ceilings else ""
    )
    gap = f" Our tables hold no {join(missing, 'or')} for this place." if missing else ""
    return (
        "Read down one year: the three panels share their years, but each has its own scale from "
        "zero. The line is the estimate, the shade the range that UNAIDS publishes with it"
        f"{ceiling}. People living with HIV are counted at the end of the year, the other two over "
        f"the whole year.{gap}"
    )


def _table(drawn: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every year with the three figures and their ranges."""
    parts = []
    for name, frame in drawn.items():
        title = sentences.capital(sentences.name_of(name))
        rows = frame.set_index("year")
        written = sentences.published(rows)
        parts.append(written.set_axis([title, f"{title}: low", f"{title}: high"], axis=1))
    return pd.concat(parts, axis=1).sort_index().rename_axis("Year").reset_index()
