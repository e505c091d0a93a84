"""The same countries ranked twice: by how many people live with HIV and by what share do."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import sentences, style
from explainer.charts.chart import Chart, compose, picture
from explainer.science.places import count_and_rate as ranked
from explainer.wording import Kind, between, counted, ordinal, people, percent

TALK_TOP = 8  # rows that a slide can hold in readable type
MISSING = "our tables leave it out, or UNAIDS publishes no figure of it"
SHORT = {
    "Democratic Republic of the Congo": "DR Congo",
    "United Republic of Tanzania": "Tanzania",
    "Papua New Guinea": "Papua N. Guinea",
}


@picture
def count_and_rate(estimates: pd.DataFrame, *, year: int | None = None, top: int = 15) -> Chart:
    """How different the order of countries is by count and by rate.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release, as ``load_estimates()`` gives them.
    year : int, optional
        The newest year if none is named.
    top : int
        How many countries are drawn: the first by either ranking.
    """
    everyone = ranked(estimates, year)
    rows = _chosen(everyone, min(top, TALK_TOP) if style.is_talk() else top)
    figure, axes = style.canvas(height=1.1 + 0.27 * len(rows))
    _draw(axes[0, 0], rows)
    shown = estimates[
        estimates["location"].isin(everyone["location"])
        & estimates["indicator"].isin(["plhiv", "prevalence_share"])
        & (estimates["year"] == everyone["year"].iloc[0])
    ]
    return compose(
        figure,
        finding=_finding(rows, everyone),
        alt=_alt(rows, everyone),
        caption=_caption(everyone),
        sources=sentences.source_ids(shown),
        short_source=sentences.release_words(estimates),
        table=_table(everyone),
    )


def _chosen(everyone: pd.DataFrame, top: int) -> pd.DataFrame:
    """The countries first by either ranking, with their places among themselves."""
    rows = everyone[everyone["is_ranked"]].copy()
    rows["best"] = rows[["rank_count", "rank_rate"]].min(axis=1)
    rows = rows.sort_values(["best", "rank_count", "location"]).head(top)
    for column, other in (("rank_count", "rank_rate"), ("rank_rate", "rank_count")):
        order = rows.sort_values([column, other, "location"]).index
        rows.loc[order, f"slot_{column}"] = range(len(rows))
    rows["moved"] = (rows["slot_rank_count"] - rows["slot_rank_rate"]).astype(int)
    return rows.sort_values("slot_rank_count", ignore_index=True)


def _draw(axes: Axes, rows: pd.DataFrame) -> None:
    """One line a country from its place by count to its place by rate."""
    extremes = {row["location"] for row in _extremes(rows)}
    for _, row in rows.iterrows():
        is_extreme = row["location"] in extremes
        meaning = "plhiv" if is_extreme else "neutral"
        slots = [row["slot_rank_count"], row["slot_rank_rate"]]
        axes.plot(
            [0, 1], slots, "o-", color=style.colour(meaning).mark,
            linewidth=style.size(2.4 if is_extreme else 0.9), alpha=1 if is_extreme else 0.75,
            markersize=style.size(5 if is_extreme else 3.5), clip_on=False,
        )  # fmt: skip
        weight = "bold" if is_extreme else "normal"
        for x, slot, words in ((0, slots[0], _count_words(row)), (1, slots[1], _rate_words(row))):
            style.label(
                axes, x, slot, words, "plhiv" if is_extreme else "strong", va="center",
                ha="left" if x else "right", xytext=(style.size(7 if x else -7), 0),
                textcoords="offset points", fontweight=weight, annotation_clip=False,
            )  # fmt: skip
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, 1)
    axes.set_yticks([])
    axes.spines[:].set_visible(False)
    axes.set_xticks([0, 1], ["People living with HIV", "HIV prevalence, ages 15–49"])
    axes.xaxis.set_tick_params(top=True, labeltop=True, bottom=False, labelbottom=False)
    axes.vlines([0, 1], 0, len(rows) - 1, color="#C3C8D0", linewidth=style.size(0.8), zorder=0)


def _extremes(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The country that falls furthest from count to rate, and the one that climbs furthest."""
    moved = rows["moved"].to_numpy(int)
    return rows.iloc[int(moved.argmin())], rows.iloc[int(moved.argmax())]


def _count_words(row: pd.Series) -> str:
    """Country, count, range."""
    name = SHORT.get(row["location"], row["location"])
    if style.is_talk():
        return f"{name}, {people(row['plhiv'])}"
    return f"{name}, {people(row['plhiv'])} ({_range(row, 'plhiv', 'people')})"


def _rate_words(row: pd.Series) -> str:
    """Rate, range, country."""
    name, rate = SHORT.get(row["location"], row["location"]), percent(row["prevalence_share"], 1)
    if style.is_talk():
        return f"{rate}, {name}"
    return f"{rate} ({_range(row, 'prevalence', 'share', 1)}), {name}"


def _range(row: pd.Series, prefix: str, kind: Kind, digits: int | None = None) -> str:
    """Range of one of the two figures, its thresholds marked."""
    low, high, *marks = (row[f"{prefix}_{end}"] for end in ("low", "high", "low_mark", "high_mark"))
    return between(low, high, kind, digits=digits, low_mark=marks[0], high_mark=marks[1])


def _place_words(row: pd.Series) -> str:
    """A country with both of its ranks."""
    return (
        f"{row['location']} is {ordinal(row['rank_count'])} by number of people living with HIV "
        f"and {ordinal(row['rank_rate'])} by share of adults"
    )


def _finding(rows: pd.DataFrame, everyone: pd.DataFrame) -> str:
    """The two countries whose places differ most, each with both ranks."""
    down, up = _extremes(rows)
    return (
        f"Of {int(everyone['is_ranked'].sum())} countries with both figures, {_place_words(down)}; "
        f"{up['location']} is {ordinal(up['rank_count'])} and {ordinal(up['rank_rate'])}"
    )


def _alt(rows: pd.DataFrame, everyone: pd.DataFrame) -> str:
    """Kind of picture, then the two countries that change place most."""
    told = "; ".join(
        f"{row['location']} {people(row['plhiv'])} and {percent(row['prevalence_share'], 1)}"
        for row in _extremes(rows)
    )
    return (
        f"Slope chart of countries ranked by people living with HIV and by prevalence at "
        f"ages 15–49, {int(everyone['year'].iloc[0])}. Largest changes of place: {told}."
    )


def _caption(everyone: pd.DataFrame) -> str:
    """How to read the slopes, which countries are in the list, and which cannot be ranked."""
    left_out, total = int((~everyone["is_ranked"]).sum()), len(everyone)
    unranked = (
        f"; {left_out} of them have no place, because a figure is not published or only as a "
        "threshold such as less than 0.1%"
        if left_out
        else ""
    )
    return (
        "Follow a line from left to right: a country's place by count, then by share. The "
        "countries that lead either list are drawn, with the ranges published by UNAIDS in "
        "brackets. A large country can have many people living with HIV and a small share; only "
        f"the share says how common HIV is. The lists hold {counted(total, 'country', 'countries')}"
        f"{unranked}; any other is missing, not zero: {MISSING}."
    )


def _table(everyone: pd.DataFrame) -> pd.DataFrame:
    """Every country with both figures, both ranges and both ranks."""
    parts = {"Country": everyone["location"]}
    for name, prefix, title in (
        ("plhiv", "plhiv", "People living with HIV"),
        ("prevalence_share", "prevalence", "Prevalence, ages 15–49 (share)"),
    ):
        written = sentences.published(_figures(everyone, prefix).assign(estimate=everyone[name]))
        parts |= {title: written["estimate"], f"{title}: low": written["low"]}
        parts[f"{title}: high"] = written["high"]
    parts |= {"Rank by count": everyone["rank_count"], "Rank by share": everyone["rank_rate"]}
    return pd.DataFrame(parts)


def _figures(everyone: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """Range, marks and threshold of one of the two figures, under the names of the tables."""
    names = {end: end for end in ("low", "low_mark", "high", "high_mark")}
    names |= {f"estimate_{end}": end for end in ("mark", "threshold")}
    return pd.DataFrame({name: everyone[f"{prefix}_{end}"] for name, end in names.items()})
