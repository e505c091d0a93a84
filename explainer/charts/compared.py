"""Two releases side by side: each its own line with its own range, never joined."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import sentences, style
from explainer.charts.axes import (
    drawn_range,
    end_labels,
    highest,
    people_word,
    percent_word,
    range_note,
    ranged_line,
    stands_alone,
    word_ticks,
    year_ticks,
)
from explainer.charts.chart import Chart, compose, picture
from explainer.errors import ExplainerError
from explainer.science.compare import in_order
from explainer.science.compare_place import Comparison, Revision, comparison, revisions_in
from explainer.science.epidemic import series
from explainer.science.intervals import Estimate
from explainer.wording import amount, between, digits_of, kind_of_unit

READ_AT_ONE_YEAR = (
    "With every release UNAIDS works out all years anew, so read the two at the same year, and "
    "never from the end of one to the end of the other."
)
DASH = (0, (5, 2))
DOTS = (0, (1, 1.6))
LEADER = 0.6  # years beyond the axis, where the words begin
SHADED = 0.5  # of the years: with fewer ranges there is no shade to speak of
NOTE_SIDE = 0.5  # of the axis: a line that ends higher leaves the foot of the picture free


@picture
def compared(
    first: pd.DataFrame,
    second: pd.DataFrame,
    *,
    indicator: str = "plhiv",
    location: str = "World",
) -> Chart:
    """How far two UNAIDS releases differ over the same years, each with its range.

    Parameters
    ----------
    first, second : DataFrame
        Rows of one release each, as ``load_estimates(release)`` gives them, in either order.
    indicator, location : str
        What is counted and where; a place by its UNAIDS name or its code.
    """
    found = comparison(first, second, location, indicator)
    revision = _last_ordinary(found)
    older, newer = (
        series(frame, indicator, found.location_code).assign(release=name, indicator=indicator)
        for frame, name in zip(in_order(first, second), (found.older, found.newer), strict=True)
    )
    figure, axes = style.canvas(height=3.6)
    _draw(axes[0, 0], older, newer, indicator)
    _name_lines(axes[0, 0], older, newer, revision.year)
    both = pd.concat([older, newer], ignore_index=True)
    return compose(
        figure,
        finding=_finding(revision),
        alt=_alt(revision, both),
        caption=_caption(older, newer),
        sources=sentences.source_ids(both),
        short_source=sentences.release_words(both),
        table=_table(older, newer),
    )


def _last_ordinary(found: Comparison) -> Revision:
    """The newest year for which both releases give an ordinary figure."""
    rows = found.rows[found.rows["difference"].notna()].tail(1)
    if rows.empty:
        name = sentences.name_of(str(found.rows["indicator"].iloc[0]))
        raise ExplainerError(
            f"compared: {name} of {found.location} is published only as limits in the years that "
            f"the {found.older} and {found.newer} releases share; choose another indicator or place"
        )
    return next(revisions_in(rows))


def _draw(axes: Axes, older: pd.DataFrame, newer: pd.DataFrame, indicator: str) -> None:
    """The newer release with its shade, the older one dashed with dotted edges, both named."""
    ranged_line(axes, newer, indicator)
    _dashed(axes, older)
    both = pd.concat([older, newer])
    axes.set_ylim(0, 1.08 * highest(both, "estimate", "high", "estimate_threshold"))
    is_share = both["unit"].iloc[0] == "share"
    axes.set_ylabel(sentences.name_of(indicator))
    word_ticks(axes.yaxis, percent_word if is_share else people_word)
    year_ticks(axes, int(both["year"].min()), int(both["year"].max()))
    notes = [
        f"{how}: range of the {frame['release'].iloc[0]} release"
        for how, frame, least in (("shaded", newer, SHADED), ("dotted", older, 0))
        if frame["low"].notna().mean() > least
    ]
    last = float(newer["estimate"].dropna().iloc[-1])
    is_high = last > NOTE_SIDE * axes.get_ylim()[1]
    range_note(axes, "\n".join(notes), y=0.05 if is_high else 0.97)


def _dashed(axes: Axes, older: pd.DataFrame) -> None:
    """The older release: a dashed line, its range as two dotted edges or dotted upright lines."""
    colour = style.colour("strong").mark
    years = older["year"].to_numpy(float)
    low, high = drawn_range(older)
    axes.plot(years, older["estimate"], color=colour, linestyle=DASH, linewidth=style.size(1.4))
    for edge in (low, high):
        axes.plot(years, edge, color=colour, linestyle=DOTS, linewidth=style.size(0.9))
    lone = stands_alone(low)
    axes.vlines(
        years[lone], low[lone], high[lone], color=colour, linestyle=DOTS, linewidth=style.size(0.9)
    )
    lone = stands_alone(older["estimate"].to_numpy(float))
    axes.plot(
        years[lone], older["estimate"][lone], "s", color=colour, markerfacecolor="white",
        markersize=style.size(4), linestyle="none",
    )  # fmt: skip


def _name_lines(axes: Axes, older: pd.DataFrame, newer: pd.DataFrame, year: int) -> None:
    """Each release with its figure of one year that both give, a leader from there to its words."""
    rows = [frame[frame["year"] == year].iloc[0] for frame in (newer, older)]
    meanings = (str(newer["indicator"].iloc[0]), "strong")
    labels = [
        (float(row["estimate"]), f"{row['release']} release:\n{_words(row)} in {year}", meaning)
        for row, meaning in zip(rows, meanings, strict=True)
    ]
    edge = axes.get_xlim()[1]
    for row, place in zip(rows, end_labels(axes, edge, labels, lines=2), strict=True):
        axes.plot(
            [year, edge + LEADER], [row["estimate"], place], clip_on=False, zorder=1,
            color=style.colour("faint").mark, linewidth=style.size(0.6),
        )  # fmt: skip


def _words(row: pd.Series) -> str:
    """One figure in the words of its unit."""
    return _amount(Estimate(row["estimate"], unit=str(row["unit"])), str(row["indicator"]))


def _amount(figure: Estimate, indicator: str) -> str:
    """A figure in words; prevalence with the decimal that UNAIDS prints."""
    return amount(figure.value, kind_of_unit(figure.unit), digits=digits_of(indicator))


def _finding(revision: Revision) -> str:
    """What the two releases say of the same year."""
    name, year = sentences.name_of(revision.indicator), revision.year
    said, says = (_amount(one, revision.indicator) for one in (revision.first, revision.second))
    if said == says:
        told = (
            f"{name} in {year}: the {revision.older} and {revision.newer} releases both say {says}"
        )
    else:
        told = (
            f"{name} in {year}: the {revision.older} release said {said}; "
            f"the {revision.newer} release says {says} for the same year"
        )
    return sentences.of_place(revision.location, told)


def _alt(revision: Revision, both: pd.DataFrame) -> str:
    """Kind of picture, then what the two releases say of one year."""
    name, where = sentences.name_of(revision.indicator), revision.location
    kind = f"Line chart of {name} by year, {sentences.span(both['year'])}, {where}, two releases."
    said, says = (_amount(one, revision.indicator) for one in (revision.first, revision.second))
    first, second = (_range(one, revision.indicator) for one in (revision.first, revision.second))
    start = f"{kind} For {revision.year} the {revision.older} release said {said}"
    return sentences.within_limit(
        [
            f"{start}{first}; the {revision.newer} release says {says}{second}.",
            f"{start}; the {revision.newer} release says {says}.",
        ]
    )


def _caption(older: pd.DataFrame, newer: pd.DataFrame) -> str:
    """What is drawn of each release, and how to read the two."""
    drawn = f"Solid line{_marks(newer, 'shade', 'upright lines', 'dots')}: the newer release"
    second = f"Dashed line{_marks(older, 'dotted edges', 'dotted upright lines', 'squares')}: the"
    return (
        f"{drawn}{_with_range(newer)}. {second} older one{_with_range(older)}. {READ_AT_ONE_YEAR}"
    )


def _marks(frame: pd.DataFrame, band: str, uprights: str, points: str) -> str:
    """The marks that stand beside a release's line, as they are drawn."""
    low = drawn_range(frame)[0]
    lone = stands_alone(low)
    has_points = stands_alone(frame["estimate"].to_numpy(float)).any()
    is_drawn = {points: has_points, band: (~np.isnan(low) & ~lone).any(), uprights: lone.any()}
    named = [name for name, is_there in is_drawn.items() if is_there]
    return "".join([f", {name}" for name in named[:-1]] + [f" and {name}" for name in named[-1:]])


def _with_range(frame: pd.DataFrame) -> str:
    """Whether a release comes with its range, in every year or in some."""
    given = (~np.isnan(drawn_range(frame)[0]))[frame["estimate"].notna().to_numpy()]
    if not given.any():
        return ", of which our tables hold no range"
    return " with its range" if given.all() else " with its range, where one is published"


def _range(figure: Estimate, indicator: str) -> str:
    """Range of one figure in the words of its unit; nothing where there is none."""
    if not figure.has_range:
        return ""
    digits, marks = digits_of(indicator), (figure.low_mark, figure.high_mark)
    words = between(
        figure.low, figure.high, kind_of_unit(figure.unit),
        digits=digits, low_mark=marks[0], high_mark=marks[1],
    )  # fmt: skip
    return f" ({words})"


def _table(older: pd.DataFrame, newer: pd.DataFrame) -> pd.DataFrame:
    """Every year with what each release says of it, ranges beside."""
    sides = []
    for frame in (older, newer):
        title = f"{frame['release'].iloc[0]} release"
        figures = sentences.published(frame)
        figures = figures.set_axis([title, f"{title}: low", f"{title}: high"], axis=1)
        sides.append(figures.set_axis(frame["year"], axis=0))
    joined = pd.concat(sides, axis=1).sort_index()
    return joined.rename_axis("Year").reset_index()
