"""Treatment coverage against AIDS-related deaths, one dot a year, joined in their order."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import sentences, style
from explainer.charts.axes import highest, people_word, percent_word, whiskers, word_ticks
from explainer.charts.chart import Chart, compose, picture
from explainer.errors import ExplainerError
from explainer.science.epidemic import series
from explainer.science.flow import art_against_deaths
from explainer.wording import between, direction, people, percent

NAMED_EVERY = 5  # years
# Of the width and of the highest value: the room a written year needs, on page and slide.
PAGE_ROOM, TALK_ROOM = (0.1, 0.07), (0.13, 0.12)


@picture
def art_and_deaths(estimates: pd.DataFrame, *, location: str = "World") -> Chart:
    """How AIDS-related deaths moved as more people living with HIV came on to treatment.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release, as ``load_estimates()`` gives them.
    location : str
        A place by its UNAIDS name or its code.
    """
    place = str(series(estimates, "plhiv", location)["location"].iloc[0])
    years = art_against_deaths(estimates, place)
    if years.empty:
        raise ExplainerError(
            f"art_and_deaths: {place} has no year with ordinary figures for both treatment "
            f"coverage and AIDS-related deaths; choose another location"
        )
    figure, axes = style.canvas(height=4.2)
    _draw(axes[0, 0], years)
    drawn = estimates[estimates["year"].isin(years["year"])]
    return compose(
        figure,
        finding=_finding(years, place),
        alt=_alt(years, place),
        caption=_caption(years),
        sources=sentences.sources_of(drawn, place, "art_coverage_share", "aids_deaths"),
        short_source=sentences.release_words(estimates),
        table=_table(years),
    )


def _draw(axes: Axes, years: pd.DataFrame) -> None:
    """The path through the years, with the ranges as thin crosses behind it."""
    across, up = years["art_coverage_share"], years["aids_deaths"]
    whiskers(
        axes, across.tolist(), years["aids_deaths_low"].to_numpy(float),
        years["aids_deaths_high"].to_numpy(float), "aids_deaths",
    )  # fmt: skip
    axes.hlines(
        up, years["art_coverage_low"], years["art_coverage_high"],
        color=style.colour("art").ink, linewidth=style.size(0.9), alpha=0.75,
    )  # fmt: skip
    axes.plot(across, up, color=style.colour("neutral").mark, linewidth=style.size(1.4))
    axes.plot(across, up, "o", color=style.colour("aids_deaths").mark)
    axes.set_ylim(0, 1.12 * highest(years, "aids_deaths", "aids_deaths_high"))
    axes.set_xlim(0, 1)
    axes.set_ylabel("AIDS-related deaths a year")
    axes.set_xlabel("share of people living with HIV who are on treatment")
    word_ticks(axes.yaxis, people_word)
    word_ticks(axes.xaxis, percent_word, 5)
    for row in _named(years):
        height, side = _free(years, row)
        style.label(
            axes, row["art_coverage_share"], height, str(int(row["year"])), "strong", ha=side,
            xytext=(style.size(-2 if side == "left" else 2), style.size(2)),
            textcoords="offset points", va="bottom",
        )  # fmt: skip


def _tops(years: pd.DataFrame) -> pd.Series:
    """Where each year's upright line ends, or its dot where it has none."""
    return years["aids_deaths_high"].fillna(years["aids_deaths"])


def _free(years: pd.DataFrame, row: pd.Series) -> tuple[float, str]:
    """Height and side of a written year: over all upright lines that it would else cross."""
    across = (TALK_ROOM if style.is_talk() else PAGE_ROOM)[0]
    away, tops = years["art_coverage_share"] - row["art_coverage_share"], _tops(years)
    right = float(tops[away.between(0, across)].max())
    left = float(tops[away.between(-across, 0)].max())
    return (right, "left") if right <= left else (left, "right")


def _named(years: pd.DataFrame) -> list[pd.Series]:
    """The years to write beside their dots: last, first, then round ones with room around them.

    A year that could only stand over the line of another would name the wrong dot.
    """
    rounds = years[years["year"] % NAMED_EVERY == 0]
    is_clear = [_free(years, row)[0] <= top for (_, row), top in
                zip(rounds.iterrows(), _tops(rounds), strict=True)]  # fmt: skip
    rounds = rounds[is_clear]
    across, up = TALK_ROOM if style.is_talk() else PAGE_ROOM
    top = _tops(years).max()
    named: list[pd.Series] = []
    for _, row in pd.concat([years.iloc[[-1, 0]], rounds]).iterrows():
        has_room = all(
            abs(row["art_coverage_share"] - other["art_coverage_share"]) > across
            or abs(_free(years, row)[0] - _free(years, other)[0]) > up * top
            for other in named
        )
        if has_room:
            named.append(row)
    return named


def _deaths(row: pd.Series) -> str:
    """One year's deaths with their range."""
    words = between(row["aids_deaths_low"], row["aids_deaths_high"])
    return f"{people(row['aids_deaths'])}, {words}"


def _finding(years: pd.DataFrame, place: str) -> str:
    """How both moved from the first year to the last."""
    start, end = years.iloc[0], years.iloc[-1]
    cover, deaths = (start["art_coverage_share"], end["art_coverage_share"]), "AIDS-related deaths"
    if len(years) == 1:
        told = f"{percent(cover[1])} of people living with HIV were on treatment and {deaths} were "
        return sentences.of_place(
            place, f"in {int(end['year'])}, {told}{people(end['aids_deaths'])}"
        )
    way = direction(*cover)
    moved = f"from {percent(cover[0])} to {percent(cover[1])}"
    told = direction(start["aids_deaths"], end["aids_deaths"])
    return sentences.of_place(
        place,
        f"as treatment coverage {way} {moved}, {deaths} {told} "
        f"from {people(start['aids_deaths'])} to {people(end['aids_deaths'])}",
    )


def _alt(years: pd.DataFrame, place: str) -> str:
    """Kind of picture, then the first and the last dot."""
    start, end = years.iloc[0], years.iloc[-1]
    kind = f"Scatter of treatment coverage and AIDS-related deaths, joined by year, {place}"
    first, last = (
        f"{int(row['year'])}, {percent(row['art_coverage_share'])} and {_deaths(row)} deaths"
        for row in (start, end)
    )
    return f"{kind}. From {first}, to {last}." if len(years) > 1 else f"{kind}. {last}."


def _caption(years: pd.DataFrame) -> str:
    """How to read the path, and what it cannot prove."""
    missing = years["art_coverage_low"].isna().sum()
    ranges = "Upright lines are the ranges of the deaths published by UNAIDS"
    if missing < len(years):
        ranges += "; level lines are those of coverage"
    if missing:
        ranges += f"; for coverage {missing} of {len(years)} years have none in our table"
    return (
        "Each dot is one year; follow the line from the first to the last. To the right, more "
        f"people are on treatment; lower, fewer people die. {ranges}. Two things that move "
        "together do not prove a cause; trials of treatment do."
    )


def _table(years: pd.DataFrame) -> pd.DataFrame:
    """Coverage and deaths by year with their ranges."""
    columns = {
        "year": "Year",
        "art_coverage_share": "On treatment (share of people living with HIV)",
        "art_coverage_low": "On treatment: low",
        "art_coverage_high": "On treatment: high",
        "aids_deaths": "AIDS-related deaths",
        "aids_deaths_low": "AIDS-related deaths: low",
        "aids_deaths_high": "AIDS-related deaths: high",
    }
    return years[list(columns)].rename(columns=columns)
