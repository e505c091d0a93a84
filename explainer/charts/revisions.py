"""What each release said of the same years: one thin line a release, never joined."""

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
    whiskers,
    word_ticks,
    year_ticks,
)
from explainer.charts.chart import Chart, compose, picture
from explainer.errors import ExplainerError
from explainer.science.revisions import revisions as release_lines
from explainer.wording import NO_RANGE, amount, between, kind_of_unit

DASHES = ["-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2))]
CAPTION = (
    "Each line is one release. With every release UNAIDS works out all years anew, so compare two "
    "lines at the same year, as the words beside them do, and never the end of one with the end of "
    "another. A ring is the headline of a release of which our table holds no whole line; the "
    "upright line is its range."
)
CURVE = 4  # years from which a line may be drawn
NAME_ROOM = 0.2  # of the axis, under a ring, for its release's name
LEADER = 0.6  # years beyond the axis, where the words begin
TALK_SINCE = 2005  # a slide has no room for the names of single releases otherwise


@picture
def revisions(
    all_estimates: pd.DataFrame, *, indicator: str = "plhiv", location: str = "World"
) -> Chart:
    """How the figures for the same years changed from one UNAIDS release to the next.

    Parameters
    ----------
    all_estimates : DataFrame
        Every release, as ``load_estimates("all")`` gives them.
    indicator, location : str
        What is counted and where; a place by its UNAIDS name or its code.
    """
    lines = release_lines(all_estimates, indicator, location)
    place, unit = _place_and_unit(all_estimates, indicator, location)
    rows = _drawn(lines, f"{sentences.name_of(indicator)} of {place}").assign(unit=unit)
    figure, axes = style.canvas(height=4.4)
    _draw(axes[0, 0], rows, indicator)
    return compose(
        figure,
        finding=_finding(rows, indicator, place),
        alt=_alt(rows, indicator, place),
        caption=CAPTION,
        sources=sentences.source_ids(rows),
        short_source=sentences.release_words(rows),
        table=_table(rows, indicator),
    )


def _place_and_unit(everything: pd.DataFrame, indicator: str, location: str) -> tuple[str, str]:
    """The place's UNAIDS name and the indicator's unit."""
    here = (everything["location"] == location) | (everything["location_code"] == location)
    row = everything[here & (everything["indicator"] == indicator)].iloc[0]
    return str(row["location"]), str(row["unit"])


def _drawn(rows: pd.DataFrame, what: str) -> pd.DataFrame:
    """All years of the lines; of every other release the newest ordinary figure, its headline."""
    figures = rows.dropna(subset=["estimate"])
    if figures.empty:
        raise ExplainerError(
            f"revisions: {what} is published only as thresholds, which cannot be compared; "
            f"choose another location or indicator"
        )
    headlines = figures.drop_duplicates("release", keep="last").index
    return rows[rows["release"].isin(_curves(rows)) | rows.index.isin(headlines)]


def _curves(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Releases that gave years enough for a line, oldest first."""
    groups = {str(release): group for release, group in rows.groupby("release")}
    return {name: group for name, group in groups.items() if group["estimate"].count() >= CURVE}


def _draw(axes: Axes, rows: pd.DataFrame, indicator: str) -> None:
    """The newest release with its range, the older ones as thin grey lines, headlines as rings."""
    curves = _curves(rows)
    newest = max(curves, default="")
    for number, (release, curve) in enumerate(reversed(curves.items())):
        if release == newest:
            ranged_line(axes, curve, indicator)
            continue
        axes.plot(
            curve["year"], curve["estimate"], color=style.colour("neutral").mark,
            linewidth=style.size(1.1), linestyle=DASHES[number % len(DASHES)],
        )  # fmt: skip
    lone = rows[~rows["release"].isin(curves)]
    axes.set_ylim(0, 1.08 * highest(rows, "estimate", "high"))
    _draw_headlines(axes, lone)
    is_share = rows["unit"].iloc[0] == "share"
    axes.set_ylabel(sentences.name_of(indicator))
    word_ticks(axes.yaxis, percent_word if is_share else people_word)
    first = int(rows["year"].min())
    year_ticks(axes, max(first, TALK_SINCE) if style.is_talk() else first, int(rows["year"].max()))
    _name_lines(axes, rows, indicator)
    notes = ["rings: headlines of other releases"] if len(lone) else []
    if newest and curves[newest]["low"].notna().mean() > 0.5:
        notes.insert(0, f"shaded: range of the {newest} release")
    last = float(rows.dropna(subset=["estimate"])["estimate"].iloc[-1])
    range_note(axes, "\n".join(notes), y=0.05 if last > axes.get_ylim()[1] / 2 else 0.97)


def _name_lines(axes: Axes, rows: pd.DataFrame, indicator: str) -> None:
    """Each line's release, led to; figures only of one year, so that none are subtracted."""
    curves = _curves(rows)
    if not curves:
        return
    pair = _pair(rows) or (_end(curves[max(curves)]),)
    told = {str(row["release"]): row for row in pair}
    named = {name: told.get(name, _end(curve)) for name, curve in curves.items()}
    labels = [
        (float(row["estimate"]), _line_words(row, has_figure=name in told),
         indicator if name == max(curves) else "neutral")
        for name, row in named.items()
    ]  # fmt: skip
    edge = axes.get_xlim()[1]
    places = end_labels(axes, edge, labels, lines=2)
    for row, place in zip(named.values(), places, strict=True):
        axes.plot(
            [row["year"], edge + LEADER], [row["estimate"], place], clip_on=False, zorder=1,
            color=style.colour("faint").mark, linewidth=style.size(0.6),
        )  # fmt: skip


def _end(curve: pd.DataFrame) -> pd.Series:
    """The last figure of a line."""
    return curve.dropna(subset=["estimate"]).iloc[-1]


def _line_words(row: pd.Series, *, has_figure: bool) -> str:
    """The release of a line, with its figure or only the year in which it ends."""
    year = int(row["year"])
    told = f":\n{_amount(row)} in {year}" if has_figure else f",\nends in {year}"
    return f"{row['release']} release{told}"


def _draw_headlines(axes: Axes, lone: pd.DataFrame) -> None:
    """A ring with its range for each release that has no line, its name under or over it."""
    if lone.empty:
        return
    low, high = drawn_range(lone)
    whiskers(axes, lone["year"].tolist(), low, high, "neutral")
    axes.plot(
        lone["year"], lone["estimate"], "o", color=style.colour("strong").mark,
        markerfacecolor="white", markersize=style.size(4.5),
    )  # fmt: skip
    foot, top = (np.where(np.isnan(end), lone["estimate"], end) for end in (low, high))
    for year, under, over, release in zip(lone["year"], foot, top, lone["release"], strict=True):
        has_room = under > NAME_ROOM * axes.get_ylim()[1]
        style.label(
            axes, year, under if has_room else over, str(release), "neutral",
            xytext=(0, style.size(-3 if has_room else 3)), textcoords="offset points", ha="center",
            va="top" if has_room else "bottom", rotation=90, fontweight="normal",
            fontsize=style.size(8.5), annotation_clip=True,
        )  # fmt: skip


def _amount(row: pd.Series) -> str:
    """One figure in the words of its unit."""
    return amount(row["estimate"], kind_of_unit(row["unit"]))


def _pair(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series] | None:
    """The newest year that the two newest curves both give, as each gave it."""
    curves = list(_curves(rows).values())[-2:]
    if len(curves) < 2:
        return None
    shared = curves[0].dropna(subset=["estimate"]).merge(
        curves[1].dropna(subset=["estimate"]), on="year"
    )  # fmt: skip
    if shared.empty:
        return None
    year = shared["year"].max()
    old, new = (curve[curve["year"] == year].iloc[0] for curve in curves)
    return old, new


def _finding(rows: pd.DataFrame, indicator: str, place: str) -> str:
    """What the two newest curves say of the same year."""
    pair = _pair(rows)
    name = sentences.name_of(indicator)
    if pair is None:
        row = rows.dropna(subset=["estimate"]).iloc[-1]
        told = f"the {row['release']} release put {name} at {_amount(row)} in {int(row['year'])}"
        return sentences.of_place(place, told)
    old, new = pair
    year = int(new["year"])
    if old["estimate"] == new["estimate"]:
        both = f"the {old['release']} and {new['release']} releases"
        told = f"{both} both put {name} at {_amount(new)} in {year}"
    else:
        told = (
            f"for {year} the {old['release']} release put {name} at {_amount(old)}, "
            f"the {new['release']} release at {_amount(new)}"
        )
    return sentences.of_place(place, told)


def _alt(rows: pd.DataFrame, indicator: str, place: str) -> str:
    """Kind of picture, then what two releases say of one year."""
    curves = _curves(rows)
    kind = (
        f"Line chart of {sentences.name_of(indicator)} by year, {sentences.span(rows['year'])}, "
        f"{place}, one line for each of {len(curves)} releases."
    )
    pair = _pair(rows)
    if pair is None:
        row = rows.dropna(subset=["estimate"]).iloc[-1]
        told = f"{row['release']} gave {_amount(row)} for {int(row['year'])}, {_range(row)}"
        return f"Line chart of {sentences.name_of(indicator)} by release and year, {place}. {told}."
    told = " and ".join(
        f"{row['release']} gave {_amount(row)}, {_range(row)}".replace(f", {NO_RANGE}", "")
        for row in pair
    )
    return sentences.within_limit([f"{kind} For {int(pair[0]['year'])}, {told}.", kind])


def _range(row: pd.Series) -> str:
    """Range of one figure in the words of its unit."""
    marks = {"low_mark": row["low_mark"], "high_mark": row["high_mark"]}
    return between(row["low"], row["high"], kind_of_unit(row["unit"]), **marks)


def _table(rows: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Every figure with its release and range."""
    title = sentences.capital(sentences.name_of(indicator))
    figures = sentences.published(rows).set_axis([title, f"{title}: low", f"{title}: high"], axis=1)
    key = rows[["release", "year"]].set_axis(["Release", "Year"], axis=1)
    return pd.concat([key, figures], axis=1)
