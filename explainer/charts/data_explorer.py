"""Live: every published indicator of every place, with its range."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import sentences, style, vega
from explainer.charts.axes import people_word, range_note, ranged_line, word_ticks, year_ticks
from explainer.charts.chart import Chart, compose
from explainer.charts.data_words import ABSENT, NOUNS, sentence, words_at
from explainer.charts.live import Choice, Control, Live, Slider, live
from explainer.charts.packed import PackedFigures, chosen, number_at, pack
from explainer.charts.vega import Part, percent_of
from explainer.science.checks import place_rows
from explainer.science.epidemic import series
from explainer.wording import people

TOPICS = {
    "plhiv": "People living with HIV",
    "new_infections": "New HIV infections a year",
    "aids_deaths": "AIDS-related deaths a year",
    "on_art": "People on treatment",
}
RATES = {"plhiv": "prevalence_share", "on_art": "art_coverage_share"}
RATE_TITLES = {
    "prevalence_share": "Living with HIV, of people aged 15–49",
    "art_coverage_share": "On treatment, of people with HIV",
}
INDICATORS = (*TOPICS, *RATE_TITLES)
# Its upper edge stands at the height given, so that it hangs from there.
HANGING = "M-1,0L1,0L0,1.7Z"
HUNG = "clamp(width / 9, 24, 60)"  # small enough on a phone that each year's stands apart
LINE = 26  # characters in a line of the title: what a phone has room for
CAPTION = (
    "The line is the published estimate, the shade the range that UNAIDS publishes with it. A "
    "hollow triangle hangs from a ceiling: what is published is only that the figure is lower. A "
    "gap means that no figure is published. On the log scale equal steps up mean equal times as "
    "many. All figures are of the {release}: figures of other releases must not be joined to them."
)


def controls(packed: PackedFigures, place: str) -> tuple[Control, ...]:
    """Indicator, place, count or rate, scale and year."""
    return (
        Choice("topic", "Indicator", "plhiv", tuple(TOPICS.items())),
        Choice("place", "Place", place, tuple(packed.places.items())),
        Choice("measure", "Count or rate", "count", (("count", "count"), ("rate", "rate"))),
        Choice("scale", "Scale", "linear", (("linear", "linear"), ("log", "log"))),
        Slider("year", "Year", packed.last, packed.first, packed.last, 1, "format(year, 'd')"),
    )


def numbers(packed: PackedFigures) -> list[Part]:
    """The series that the controls choose, and the ends and ticks of its axis."""
    return [
        vega.given("rates", RATES),
        vega.given("nouns", NOUNS),
        vega.given("absent", ABSENT),
        vega.given("titles", TOPICS | RATE_TITLES),
        vega.given("marks", {name: style.colour(name).mark for name in INDICATORS}),
        vega.derived("has_rate", "isDefined(rates[topic])"),
        vega.derived("key", "measure == 'rate' && has_rate ? rates[topic] : topic"),
        vega.derived("is_share", "key != topic"),
        *chosen(packed),
        *vega.two_scales(),
        *[
            vega.derived(name, number_at(row, f"year - {packed.first}"))
            for row, name in enumerate(("estimate", "low", "high"))
        ],
    ]  # fmt: skip


def scales(packed: PackedFigures) -> tuple[Part, Part]:
    """Years across; counts or shares up, with ticks in words."""
    tick = "(scale == 'log' ? pow(10, datum.value) : datum.value)"
    label = (
        f"{tick} == 0 ? '0' : is_share ? {percent_of(tick)} : {tick} >= 999999 ? "
        f"format({tick} / 1e6, ',.2~f') + ' million' : format({tick}, ',.0f')"
    )
    x = {
        "field": "year",
        "type": "quantitative",
        "scale": {"domain": [packed.first - 0.5, packed.last + 0.5], "nice": False},
        "axis": vega.axis(
            None,
            format="d",
            grid=False,
            labelSeparation=8,
            values=[*range(packed.first, packed.last - 2, 10), packed.last],
        ),
    }
    y = {"field": "estimate", "type": "quantitative",
         "scale": {"domain": [{"expr": "floor_at"}, {"expr": "top_at"}],
                   "nice": False, "zero": False},
         "axis": vega.axis(None, values={"expr": "known ? ticks : []"}, labelExpr=label,
                           labelOverlap=True)}  # fmt: skip
    return x, y


def layers(packed: PackedFigures) -> list[Part]:
    """Range, line, the year chosen, and words for the pointer."""
    ink = {"expr": "marks[key]"}
    x, y = scales(packed)
    now = {"transform": [{"filter": "datum.year == year && isValid(datum.estimate)"}]}
    place = {"x": {"field": "year", "type": "quantitative"},
             "y": {"field": "estimate", "type": "quantitative"}}  # fmt: skip
    hung = {**place, "y": {**place["y"], "field": "ceiling"}}
    told = {"tooltip": {"field": "words", "type": "nominal"}}
    return [
        {"mark": {"type": "area", "opacity": 0.18, "color": ink},
         "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}},
        {"mark": vega.line("plhiv", color=ink), "encoding": {"x": x, "y": y}},
        vega.upright("year"),
        {"name": "ceilings", "transform": [{"filter": "isValid(datum.ceiling)"}],
         "mark": {"type": "point", "shape": HANGING, "opacity": 1, "color": ink,
                  "strokeWidth": 1.5, "size": {"expr": f"{HUNG} * (datum.year == year ? 3 : 1)"}},
         "encoding": {**hung, **told}},
        {**now, "mark": vega.dot("plhiv", color=ink), "encoding": place},
        {"transform": [{"filter": "isValid(datum.estimate)"}],
         "mark": {"type": "point", "size": 320, "opacity": 0, "filled": True},
         "encoding": {**place, **told}},
        {"data": {"values": [{}]}, "transform": [{"filter": "!known"}],
         "mark": {"type": "text", "fontSize": 13, "color": vega.SOFT},
         "encoding": {"text": {"value": "no figures published"}}},
    ]  # fmt: skip


def rows_of(packed: PackedFigures) -> list[Part]:
    """From the series chosen to the rows that are drawn."""
    values = [*(number_at(row, "datum.step") for row in range(3)), "ceilings[spoken[datum.step]]"]
    names = ("estimate_value", "low_value", "high_value", "ceiling_value")
    plain = {"calculate": words_at("datum.step", *(f"datum.{name}" for name in names[:3])),
             "as": "figure"}  # fmt: skip
    return [
        {"calculate": f"datum.step + {packed.first}", "as": "year"},
        *[{"calculate": value, "as": name} for value, name in zip(values, names, strict=True)],
        plain,
        {"calculate": "format(datum.year, 'd') + ': ' + datum.figure", "as": "words"},
        *[
            {"calculate": f"isValid(datum.{name}) ? (scale == 'log' ? "
                          f"log(max(datum.{name}, bottom)) / LN10 : datum.{name}) : null",
             "as": name.removesuffix("_value")}
            for name in names
        ],
    ]  # fmt: skip


def draw(axes: Axes, frame: pd.DataFrame) -> None:
    """The default state."""
    ranged_line(axes, frame, "plhiv")
    axes.set_ylim(0)
    year_ticks(axes, int(frame["year"].min()), int(frame["year"].max()))
    word_ticks(axes.yaxis, people_word)
    axes.set_ylabel("people living with HIV")
    range_note(axes)


def default_state(estimates: pd.DataFrame, place: str) -> Chart:
    """What prints."""
    frame = series(estimates, "plhiv", place)
    last, first = sentences.last_figure(frame), frame.dropna(subset=["estimate"]).iloc[0]
    name = str(frame["location"].iloc[0])
    figure, axes = style.canvas(height=3.4)
    draw(axes[0, 0], frame)
    then, when, year = people(first["estimate"]), int(first["year"]), int(last["year"])
    columns = {"year": "Year", "estimate": "People living with HIV", "low": "Low", "high": "High"}
    told = frame[["year"]].join(sentences.published(frame))
    now = sentences.figure_words(last)
    words = f"people living with HIV: {then} in {when}; in {year} {now}"
    return compose(
        figure,
        finding=sentences.of_place(name, words),
        alt=f"Line with a shaded range, {name}, {when} to {year}: {words}.",
        caption=CAPTION.format(release=f"{estimates['release'].iloc[0]} release"),
        sources=sentences.source_ids(estimates[estimates["indicator"].isin(INDICATORS)]),
        short_source=sentences.release_words(estimates),
        table=told.rename(columns=columns)[list(columns.values())],
    )  # fmt: skip


@live
def data_explorer(estimates: pd.DataFrame, *, location: str = "World") -> Live:
    """Choose an indicator and a place, count or rate, and read every figure with its range.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release, as ``load_estimates()`` gives them.
    location : str
        Where it begins: a place by its UNAIDS name or its code.
    """
    packed = pack(estimates, INDICATORS)
    code = str(place_rows(estimates, "plhiv", location)["location_code"].iloc[0])
    moved = controls(packed, code)
    params = [param for control in moved for param in control.params()]
    return Live(
        default_state(estimates, location),
        moved,
        vega.spec_of(
            [*params, *numbers(packed), *sentence(packed.first)],
            layers(packed),
            height=320,
            title={"text": {"expr": vega.lines_of(LINE, "titles[key]", "place_words")},
                   "anchor": "start", "fontSize": 13, "color": vega.INK, "font": vega.FONTS},
            data={"sequence": {"start": 0, "stop": packed.last - packed.first + 1, "as": "step"}},
            transform=rows_of(packed),
        ),
    )  # fmt: skip
