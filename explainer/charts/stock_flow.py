"""Tap, tub and drain: new infections up, AIDS-related deaths down, and the change that remains."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import sentences, style
from explainer.charts.axes import end_labels, people_word, whiskers, word_ticks, year_ticks
from explainer.charts.chart import Chart, compose, picture
from explainer.errors import ExplainerError
from explainer.science.epidemic import series
from explainer.science.flow import FlowReading, stock_and_flow
from explainer.wording import people

READINGS = {
    FlowReading.OTHER_DEATHS: "In {year} {change} is {gap} below the difference of the bars: "
    "people living with HIV also die of other causes{moves}. ",
    FlowReading.OTHER_ARRIVALS: "In {year} {change} is {gap} above the difference of the "
    "bars{moves}. ",
    FlowReading.WITHIN_ROUNDING: "In {year} {change} and the difference of the bars agree as far "
    "as rounded figures can. ",
    FlowReading.NOT_KNOWN: "",
}
MOVES = {
    FlowReading.OTHER_DEATHS: ", and some move away",
    FlowReading.OTHER_ARRIVALS: ": some people living with HIV move in",
}


@picture
def stock_flow(estimates: pd.DataFrame, *, location: str = "World", since: int = 1990) -> Chart:
    """Why the number of people living with HIV changes: infections add, deaths take away.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release, as ``load_estimates()`` gives them.
    location : str
        A place by its UNAIDS name or its code.
    since : int
        First year drawn.
    """
    place = str(series(estimates, "plhiv", location)["location"].iloc[0])
    flows = stock_and_flow(estimates, place)
    flows = flows[flows["year"] >= since].reset_index(drop=True)
    last = _last_change(flows, place)
    figure, axes = style.canvas(height=4.2)
    _draw(axes[0, 0], flows)
    _name(axes[0, 0], last, has_dots=bool(_seen(flows).notna().any()))
    return compose(
        figure,
        finding=_finding(last, place),
        alt=_alt(flows, last, place),
        caption=_caption(flows, last, place),
        sources=sentences.sources_of(estimates, place, "plhiv", "new_infections", "aids_deaths"),
        short_source=sentences.release_words(estimates),
        table=_table(flows),
    )


def _last_change(flows: pd.DataFrame, place: str) -> pd.Series:
    """The newest year whose change, infections and deaths are all known."""
    changes = flows.dropna(subset=["plhiv_change", "new_infections", "aids_deaths"])
    if changes.empty:
        raise ExplainerError(
            f"stock_flow: {place} has no two years in a row with all three figures; "
            f"choose another location or an earlier first year"
        )
    return changes.iloc[-1]


def _draw(axes: Axes, flows: pd.DataFrame) -> None:
    """Bars with their ranges up and down from zero, and the line of the yearly change."""
    years = flows["year"].to_numpy(float)
    up, down = style.colour("new_infections").mark, style.colour("aids_deaths").mark
    axes.bar(years, flows["new_infections"], color=up, width=0.72, alpha=0.55)
    axes.bar(
        years, -flows["aids_deaths"], color=down, width=0.72, alpha=0.55,
        hatch="///", edgecolor="white", linewidth=0,
    )  # fmt: skip
    for name, sign in (("new_infections", 1), ("aids_deaths", -1)):
        low, high = (sign * flows[f"{name}_{end}"].to_numpy(float) for end in ("low", "high"))
        whiskers(axes, years.tolist(), low, high, name)
    change = style.colour("plhiv").mark
    # Where rounding is as large as the changes, a line would zigzag over nothing.
    joined = "none" if _is_coarse(flows) else "-"
    axes.plot(
        years, _seen(flows), color=change, marker="o", markersize=style.size(3.5),
        linestyle=joined,
    )  # fmt: skip
    axes.axhline(0, color=style.colour("strong").mark, linewidth=style.size(0.8))
    axes.set_ylabel("people a year")
    word_ticks(axes.yaxis, people_word, 4 if style.is_talk() else 6)
    year_ticks(axes, int(years[0]), int(years[-1]))


def _seen(flows: pd.DataFrame) -> pd.Series:
    """The yearly changes that are larger than their rounding; the others are not drawn."""
    return flows["plhiv_change"].where(flows["plhiv_change"].abs() > flows["change_rounding"])


def _is_coarse(flows: pd.DataFrame) -> bool:
    """Whether the yearly change is mostly the rounding of the counts it is made from."""
    return bool(flows["rounding"].median() > flows["plhiv_change"].abs().median() / 2)


def _name(axes: Axes, last: pd.Series, *, has_dots: bool) -> None:
    """What each bar and the line are, beside the last year."""
    is_seen = abs(last["plhiv_change"]) > last["change_rounding"]
    told = f"{_shown(last)}\nliving with HIV" if is_seen else f"living with HIV:\n{_shown(last)}"
    dots = [(last["plhiv_change"], told, "plhiv")]
    end_labels(
        axes,
        last["year"] + 0.4,
        [
            (last["new_infections"], f"+{people(last['new_infections'])}\nnew infections",
             "new_infections"),
            *(dots if has_dots else []),
            (-last["aids_deaths"], f"{_signed(-last['aids_deaths'])}\nAIDS-related deaths",
             "aids_deaths"),
        ],
        lines=2,
    )  # fmt: skip


def _signed(value: float) -> str:
    """A change with its sign: ``+400,000``, ``−630,000``."""
    return f"{'+' if value > 0 else ''}{people(value)}"


def _shown(last: pd.Series) -> str:
    """The change in people living with HIV, or that its rounding hides it."""
    change = last["plhiv_change"]
    return _signed(change) if abs(change) > last["change_rounding"] else "within rounding"


def _balance(last: pd.Series) -> str:
    """How the number living with HIV changed, if its rounding lets that be seen."""
    change = last["plhiv_change"]
    if abs(change) <= last["change_rounding"]:
        return "rounding hides how the number living with HIV changed"
    way = "more" if change > 0 else "fewer"
    return f"{people(abs(change))} {way} people live with HIV than a year before"


def _finding(last: pd.Series, place: str) -> str:
    """The last year's inflow, outflow and what is left, in one sentence."""
    return sentences.of_place(
        place,
        f"in {int(last['year'])}, {people(last['new_infections'])} people acquired HIV and "
        f"{people(last['aids_deaths'])} died of AIDS-related causes; "
        f"{_balance(last)}",
    )


def _alt(flows: pd.DataFrame, last: pd.Series, place: str) -> str:
    """Kind of picture, then the last year in numbers."""
    span = sentences.span(flows["year"])
    has_dots = _seen(flows).notna().any()
    dots = " with dots for the change in people living with HIV" if has_dots else ""
    return (
        f"Bars up for new infections and down for AIDS-related deaths{dots}, by year, {span}, "
        f"{place}. In {int(last['year'])}: "
        f"{_signed(last['new_infections'])}, {_signed(-last['aids_deaths'])}, "
        f"change {_shown(last)}."
    )


def _caption(flows: pd.DataFrame, last: pd.Series, place: str) -> str:
    """How to read tap, drain and level, and why they do not add up exactly."""
    seen = _seen(flows)
    reading = FlowReading(last["reading"])
    gap = READINGS[reading].format(
        year=int(last["year"]), gap=people(abs(last["residual"])),
        change="the dot" if last.name in seen.dropna().index else "the change of the level",
        moves=MOVES.get(reading, "") if place != "World" else "",
    )  # fmt: skip
    jumps = _is_coarse(flows) and seen.notna().any()
    coarse = ", and the counts are rounded, so the dots move in steps" if jumps else ""
    return (
        f"Bars above zero are the tap, hatched bars below zero the drain; {_dots(flows)}. The "
        "number living with HIV grows while more comes in than "
        f"goes out, even when infections fall. {gap}Upright lines are the ranges published "
        f"by UNAIDS; it publishes none for the yearly change{coarse}."
    )


def _dots(flows: pd.DataFrame) -> str:
    """What the dots show, and what a year without one means."""
    seen, known = _seen(flows).notna(), flows["plhiv_change"].notna()
    if not seen.any():
        return (
            "no dot shows how much the level in the tub changed, because rounding of the counts is "
            "as large as each yearly change"
        )
    told = "the dots show how much the level in the tub changed"
    hidden = ", and are left out where rounding of the counts is as large as the change"
    return told if seen[known].all() else told + hidden


def _table(flows: pd.DataFrame) -> pd.DataFrame:
    """The flows with their ranges, the change, and the part that the flows leave unexplained."""
    columns = {
        "year": "Year",
        "new_infections": "New HIV infections",
        "new_infections_low": "New HIV infections: low",
        "new_infections_high": "New HIV infections: high",
        "aids_deaths": "AIDS-related deaths",
        "aids_deaths_low": "AIDS-related deaths: low",
        "aids_deaths_high": "AIDS-related deaths: high",
        "plhiv": "People living with HIV",
        "plhiv_change": "Change in people living with HIV",
        "change_rounding": "Change: rounding, up to",
        "net_flow": "New infections less AIDS-related deaths",
        "residual": "Change left unexplained",
    }
    return flows[list(columns)].rename(columns=columns)
