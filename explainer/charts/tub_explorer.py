"""Live: tap, tub and drain, with the reader's hands on tap and drain."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import sentences, style, vega
from explainer.charts.axes import people_word, word_ticks
from explainer.charts.chart import Chart, compose
from explainer.charts.live import SAID, Live, Slider, live
from explainer.charts.vega import Part, people_of, text_of
from explainer.science.epidemic import series
from explainer.science.flow import stock_and_flow
from explainer.science.tub import tub_levels
from explainer.wording import people

HORIZON = 25  # years looked ahead
MOST = 3_000_000  # people a year that the tap can bring
STEP = 100_000
INDICATORS = ("plhiv", "new_infections", "aids_deaths")
CAPTION = (
    "The line up to {year} is the published estimate; the dashed line only adds and takes away the "
    "same number of people each year. This is arithmetic, not a forecast: real flows change. "
    "The tap begins at the new infections of {year}. The drain begins at the number that explains "
    "the last change of the stock, {outflow}: all deaths of people living with HIV, not only "
    "the {deaths} AIDS-related ones, give or take rounding."
)


def starting_flows(flows: pd.DataFrame) -> tuple[int, float, float, float, float]:
    """Last year, level, inflow, the outflow that explains the last change, AIDS-related deaths."""
    last = flows.dropna(subset=["plhiv_change", "net_flow"]).iloc[-1].to_dict()
    inflow = round(last["new_infections"] / STEP) * STEP
    outflow = round((last["new_infections"] - last["plhiv_change"]) / STEP) * STEP
    return int(last["year"]), last["plhiv"], inflow, outflow, last["aids_deaths"]


def widest_drain(level: float, outflow: float) -> float:
    """The most that the drain can take: nobody shall watch it take everyone away."""
    return max(level // (HORIZON * STEP) * STEP, outflow, STEP)


def controls(level: float, inflow: float, outflow: float) -> tuple[Slider, Slider]:
    """Tap and drain."""
    return (
        Slider("inflow", "Tap: new infections a year", inflow, 0, MOST, STEP, people_of("inflow")),
        Slider("outflow", "Drain: deaths a year, of any cause", outflow, 0,
               widest_drain(level, outflow), STEP, people_of("outflow")),
    )  # fmt: skip


def sentence(year: int, outflow: float) -> Part:
    """The result in words; a wider drain is told for what it is."""
    wider = f"(outflow > {outflow:.0f} ? {text_of(' A wider drain means more deaths.')} : '')"
    gap = "abs(inflow - outflow)"
    course = (
        f"inflow == outflow ? {text_of('the number living with HIV stays the same')} : "
        f"{text_of('the number living with HIV ')} + "
        f"(inflow > outflow ? 'rises' : 'falls') + {text_of(' by ')} + {people_of(gap)} + "
        f"{text_of(' a year')}"
    )
    end = (
        f"(empty <= {HORIZON} ? {text_of('the tub is empty in ')} + "
        f"format({year} + ceil(empty), 'd') : {people_of('level')} + "
        f"{text_of(f' people live with HIV in {year + HORIZON}')})"
    )
    return vega.derived(SAID, vega.joined(
        text_of("If "), "inflow_words", text_of(" people acquire HIV and "), "outflow_words",
        text_of(" with HIV die in each year, "), f"({course})", text_of(": "), end,
        text_of(". This is arithmetic, not a forecast."), wider,
    ))  # fmt: skip


def numbers(start: float, highest: float) -> list[Part]:
    """What follows from tap and drain; the axis leaves room for words over the last point."""
    return [
        vega.given("start", start),
        vega.derived("level", f"max(start + {HORIZON} * (inflow - outflow), 0)"),
        vega.derived("top_at", f"1.1 * max({highest:.0f}, level)"),
        vega.derived("empty", "outflow > inflow ? start / (outflow - inflow) : 1e9"),
    ]


def scales(first: int, year: int) -> tuple[Part, Part]:
    """Years across, people up."""
    last = year + HORIZON
    x = {"field": "year", "type": "quantitative", "scale": {"domain": [first, last + 1]},
         "axis": vega.axis(None, format="d", grid=False,
                           values=[*range(first, year - 4, 10), year, last])}  # fmt: skip
    y = {"field": "people", "type": "quantitative",
         "scale": {"domain": [0, {"expr": "top_at"}], "nice": False},
         "axis": vega.axis("people living with HIV", tickCount=5,
                           labelExpr="datum.value == 0 ? '0' : format(datum.value / 1e6, ',.0f')"
                                     " + ' million'")}  # fmt: skip
    return x, y


def layers(past: pd.DataFrame, year: int) -> list[Part]:
    """The published stock, then the arithmetic, and its end in words."""
    x, y = scales(int(past["year"].min()), year)
    rows = [
        {"year": int(row["year"]), "people": row["estimate"], "low": row["low"],
         "high": row["high"]}
        for row in past.to_dict("records")
    ]  # fmt: skip
    ahead = {
        "data": {"sequence": {"start": 0, "stop": HORIZON + 1, "as": "after"}},
        "transform": [
            {"calculate": f"{year} + datum.after", "as": "year"},
            {"calculate": "max(start + datum.after * (inflow - outflow), 0)", "as": "people"},
        ],
    }
    end = [*ahead["transform"], {"filter": f"datum.after == {HORIZON}"},
           {"calculate": people_of("datum.people"), "as": "words"}]  # fmt: skip
    place = {"x": {"field": "year", "type": "quantitative"},
             "y": {"field": "people", "type": "quantitative"}}  # fmt: skip
    return [
        {"data": {"values": rows}, "mark": {"type": "area", "opacity": 0.18,
                                            "color": style.colour("plhiv").mark},
         "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}},
        {"data": {"values": rows}, "mark": vega.line("plhiv"), "encoding": {"x": x, "y": y}},
        {**ahead, "mark": vega.line("plhiv", strokeDash=[6, 4]), "encoding": place},
        {**ahead, "transform": end, "mark": vega.dot("plhiv"), "encoding": place},
        {**ahead, "transform": end,
         "mark": vega.label("plhiv", align="right", dx=-8, dy=-14),
         "encoding": {**place, "text": {"field": "words"}}},
    ]  # fmt: skip


def draw(axes: Axes, past: pd.DataFrame, years: list[int], levels: list[float]) -> None:
    """The default state."""
    ink = style.colour("plhiv").mark
    axes.fill_between(past["year"], past["low"], past["high"], color=ink, alpha=0.18, linewidth=0)
    axes.plot(past["year"], past["estimate"], color=ink, gid="published")
    axes.plot(years, levels, color=ink, linestyle=(0, (4, 2)), gid="arithmetic")
    axes.plot(years[-1], levels[-1], "o", color=ink)
    style.label(
        axes, years[-1], levels[-1], people(levels[-1]), "plhiv", ha="right", va="bottom",
        textcoords="offset points", xytext=(style.size(-4), style.size(6)),
    )  # fmt: skip
    style.label(
        axes, past["year"].iloc[0], past["high"].max() * 0.97, "published, with its range", "plhiv",
        va="top", fontweight="normal",
    )  # fmt: skip
    axes.set_ylim(0, 1.15 * max(levels[-1], past["high"].max()))
    axes.set_xticks([*range(int(past["year"].min()), years[0] - 4, 10), years[0], years[-1]])
    word_ticks(axes.yaxis, people_word)
    axes.set_ylabel("people living with HIV")


def default_state(
    estimates: pd.DataFrame, place: str, past: pd.DataFrame,
    start: tuple[int, float, float, float, float],
) -> Chart:  # fmt: skip
    """What prints."""
    year, level, inflow, outflow, deaths = start
    years = list(range(year, year + HORIZON + 1))
    levels = tub_levels(level, inflow, outflow, np.arange(HORIZON + 1)).tolist()
    figure, axes = style.canvas(height=3.6)
    draw(axes[0, 0], past, years, levels)
    end, tap, drain = people(levels[-1]), people(inflow), people(outflow)
    table = pd.DataFrame({"Year": years, "People living with HIV (arithmetic)": levels,
                          "Tap a year": inflow, "Drain a year": outflow})  # fmt: skip
    return compose(
        figure,
        finding=f"With a tap of {tap} and a drain of {drain} people a year, the tub would hold "
        f"{end} in {years[-1]}: arithmetic, not a forecast",
        alt=f"Line of people living with HIV ({place}), published to {year}: {people(level)}; then "
        f"dashed, as arithmetic, to {end} in {years[-1]} if {tap} come in and {drain} leave "
        f"each year.",
        caption=CAPTION.format(year=year, outflow=drain, deaths=people(deaths)),
        sources=sentences.sources_of(estimates, place, *INDICATORS),
        short_source=sentences.release_words(estimates),
        table=table.iloc[::5].reset_index(drop=True),
    )


@live
def tub_explorer(estimates: pd.DataFrame, *, location: str = "World") -> Live:
    """Turn tap and drain, and see where the number of people living with HIV would go.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release, as ``load_estimates()`` gives them.
    location : str
        A place by its UNAIDS name or its code.
    """
    past = series(estimates, "plhiv", location)[["location", "year", "estimate", "low", "high"]]
    place = str(past["location"].iloc[0])
    start = starting_flows(stock_and_flow(estimates, place))
    moved = controls(*start[1:4])
    params = [param for control in moved for param in control.params()]
    return Live(
        default_state(estimates, place, past, start),
        moved,
        vega.spec_of(
            [*params, *numbers(start[1], past["high"].max()), sentence(start[0], start[3])],
            layers(past, start[0]),
        ),
    )
