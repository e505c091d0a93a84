"""Live: what ART and PrEP coverage do to new infections in the model."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import sentences, style, vega
from explainer.charts.art_prep_scenarios import KIND_WORDS, TRIALS
from explainer.charts.axes import word_ticks
from explainer.charts.chart import Chart, compose
from explainer.charts.live import SAID, Choice, Control, Live, Slider, live
from explainer.charts.model_parts import art_now, said, short_source
from explainer.charts.vega import Part, percent_of, text_of
from explainer.errors import ExplainerError
from explainer.science.transmission_fit import INCIDENCE, Fit
from explainer.wording import number, percent

ART, PREP, TOTAL = "art_coverage_share", "prep_coverage_share", "infections_per_1000"
START_PREP = 0.2
STEP = 5  # new infections per 1,000; the axis ends at a multiple
CAPTION = (
    "Both coverages move from those published last to the level chosen within five years and stay "
    "there. The "
    "dashed line is the same ART without PrEP. The model gives PrEP to people at random; given "
    "first to those at highest risk it would do more. Every line is the answer of a small model of "
    "{place} to a what-if question, not a forecast. ART coverage there was {now}."
)


def levels_of(scenarios: pd.DataFrame, column: str) -> list[float]:
    """The levels of a coverage, evenly spaced."""
    return sorted(float(level) for level in scenarios[column].unique())


def grid_of(scenarios: pd.DataFrame, column: str) -> dict[str, list[list[list[float]]]]:
    """An outcome by kind of PrEP, ART level, PrEP level and year."""
    art, prep = levels_of(scenarios, ART), levels_of(scenarios, PREP)
    years = scenarios["year"].nunique()
    grid = {}
    for kind, rows in scenarios.groupby("prep_kind", sort=False):
        values = rows.sort_values([ART, PREP, "year"])[column].to_numpy(float)
        if len(values) != len(art) * len(prep) * years:
            raise ExplainerError(
                f"scenarios: {len(values)} rows of {kind} PrEP, expected every pair of coverages "
                f"in every year; pass the frame of art_prep_scenarios()"
            )
        cube = values.reshape(len(art), len(prep), years)
        grid[str(kind)] = [[vega.rounded(line.tolist(), 5) for line in level] for level in cube]
    return grid


def controls(scenarios: pd.DataFrame, art: float) -> tuple[Control, ...]:
    """ART coverage, share on PrEP, kind of PrEP."""
    sliders = [
        Slider(name, label, start, levels[0], levels[-1], round(levels[1] - levels[0], 6),
               percent_of(name))
        for name, label, start, levels in (
            ("art", "People with HIV on ART", art, levels_of(scenarios, ART)),
            ("prep", "Other people on PrEP", START_PREP, levels_of(scenarios, PREP)),
        )
    ]  # fmt: skip
    kinds = [str(kind) for kind in scenarios["prep_kind"].unique()]
    options = tuple((kind, KIND_WORDS.get(kind, kind)) for kind in kinds)
    return (*sliders, Choice("kind", "Kind of PrEP", kinds[0], options))


def numbers(scenarios: pd.DataFrame) -> list[Part]:
    """The course chosen, and the same ART without PrEP."""
    art, prep = levels_of(scenarios, ART), levels_of(scenarios, PREP)
    last = scenarios["year"].nunique() - 1
    return [
        vega.given("incidence", grid_of(scenarios, INCIDENCE)),
        vega.given("infections", grid_of(scenarios, TOTAL)),
        vega.derived("art_step", f"round((art - {art[0]}) / {art[1] - art[0]:.6g})"),
        vega.derived("prep_step", f"round((prep - {prep[0]}) / {prep[1] - prep[0]:.6g})"),
        vega.derived("course", "incidence[kind][art_step][prep_step]"),
        vega.derived("without", "incidence[kind][art_step][0]"),
        vega.derived("top", f"{STEP} * ceil(1.15 * extent(without)[1] / {STEP})"),
        vega.derived("at_end", f"course[{last}]"),
        vega.derived("end_without", f"without[{last}]"),
        vega.derived("total", f"infections[kind][art_step][prep_step][{last}]"),
        vega.derived("total_without", f"infections[kind][art_step][0][{last}]"),
    ]


def rate(value: str) -> str:
    """Expression: a rate per 1,000 in words, as the model's pictures say it."""
    return f"format({value}, {value} >= 10 ? '.0f' : {value} >= 1 ? '.1f' : '.2f')"


def sentence(first: int, last: int) -> Part:
    """The result in words."""
    fewer = "(total_without > 0 ? 1 - total / total_without : 0)"
    return vega.derived(SAID, vega.joined(
        text_of("In the model, with "), "art_words",
        text_of(" of people with HIV on ART and "), "prep_words", text_of(" of the others on "),
        "kind_words", text_of(", there are "), rate("at_end"),
        text_of(f" new infections per 1,000 people without HIV in {last}"),
        f"(prep == 0 ? '' : {text_of(', where without PrEP there are ')} + "
        f"{rate('end_without')})", text_of(f". From {first} to {last} that adds up to "),
        rate("total"), text_of(" for every 1,000 people aged 15–49 at the start"),
        f"(prep == 0 ? '' : {text_of(', ')} + {percent_of(fewer)} + "
        f"{text_of(' fewer than without')})",
        text_of(". This is a what-if, not a forecast."),
    ))  # fmt: skip


def layers(first: int, last: int) -> list[Part]:
    """The course chosen over the dashed one, and both ends in words."""
    x = {"field": "year", "type": "quantitative", "scale": {"domain": [first, last]},
         "axis": vega.axis(None, format="d", grid=False,
                           values=[first, *range(first // 5 * 5 + 5, last, 5), last])}  # fmt: skip
    y = {"field": "rate", "type": "quantitative", "scale": {"domain": [0, {"expr": "top"}]},
         "axis": vega.axis("new infections per 1,000 uninfected people", tickCount=5)}  # fmt: skip
    place = {"x": {"field": "year", "type": "quantitative"},
             "y": {"field": "rate", "type": "quantitative"}}  # fmt: skip
    drawn: list[Part] = []
    for name, words, meaning, dash in (
        ("without", "no PrEP", "neutral", {"strokeDash": [7, 3]}),
        ("course", "as chosen", "new_infections", {}),
    ):
        course = {"calculate": f"{name}[datum.step]", "as": "rate"}
        end = [
            course,
            {"filter": f"datum.year == {last}"},
            {"calculate": f"{text_of(words + ': ')} + {rate('datum.rate')}", "as": "words"},
        ]
        # Where both ends are one, the chosen course alone is named.
        hidden = {"opacity": {"expr": "prep == 0 ? 0 : 1"}} if name == "without" else {}
        drawn += [
            {"transform": [course], "mark": vega.line(meaning, **dash),
             "encoding": place if drawn else {"x": x, "y": y}},
            {"transform": end, "mark": vega.dot(meaning), "encoding": place},
            {"transform": end,
             "mark": vega.label(meaning, align="right", dx=-8,
                                dy=-14 if name == "without" else 16, **hidden),
             "encoding": {**place, "text": {"field": "words"}}},
        ]  # fmt: skip
    return drawn


def draw(axes: Axes, rows: pd.DataFrame, prep: float) -> None:
    """The default state."""
    for level, words, meaning, dash in (
        (0.0, "no PrEP", "neutral", (0, (4, 2))), (prep, "as chosen", "new_infections", "-")
    ):  # fmt: skip
        line = rows[rows[PREP] == level].sort_values("year")
        ink, end = style.colour(meaning).mark, line.iloc[-1].to_dict()
        axes.plot(line["year"], line[INCIDENCE], color=ink, linestyle=dash, gid=words)
        axes.plot(end["year"], end[INCIDENCE], "o", color=ink, clip_on=False)
        style.label(
            axes, end["year"], end[INCIDENCE], f"{words}: {said(INCIDENCE, end[INCIDENCE])}",
            meaning, ha="right", va="bottom" if level == 0 else "top",
            textcoords="offset points",
            xytext=(style.size(-6), style.size(5 if level == 0 else -6)),
        )  # fmt: skip
    axes.set_xlim(rows["year"].min(), rows["year"].max())
    axes.set_ylim(0, STEP * math.ceil(1.15 * rows[INCIDENCE].max() / STEP))
    word_ticks(axes.yaxis, number)
    axes.set_ylabel("per 1,000 uninfected" if style.is_talk() else "new infections per 1,000")


def default_state(fit: Fit, scenarios: pd.DataFrame, art: float) -> Chart:
    """What prints."""
    kind = str(scenarios["prep_kind"].iloc[0])
    is_drawn = (scenarios["prep_kind"] == kind) & (scenarios[ART] == art)
    rows = scenarios[is_drawn & scenarios[PREP].isin([0.0, START_PREP])]
    last = int(rows["year"].max())
    ends = rows[rows["year"] == last].set_index(PREP)[INCIDENCE]
    none, some = (said(INCIDENCE, float(ends[level])) for level in (0.0, START_PREP))
    figure, axes = style.canvas(height=3.6)
    draw(axes[0, 0], rows, START_PREP)
    share, words = percent(START_PREP), KIND_WORDS.get(kind, kind)
    told = (
        f"in the model, {words} for {share} of people brings new infections per 1,000 people "
        f"without HIV in {last} from {none} to {some}, at {percent(art)} on ART"
    )
    columns = {"year": "Year", ART: "ART coverage (share)", PREP: "On PrEP (share)",
               INCIDENCE: "New infections per 1,000"}  # fmt: skip
    return compose(
        figure,
        finding=sentences.of_place(fit.location, told),
        alt=f"Two lines of modelled new infections per 1,000 people without HIV, {fit.location} "
        f"until {last}, at {percent(art)} on ART: {none} without PrEP, {some} with {words} for "
        f"{share}.",
        caption=CAPTION.format(place=fit.location, now=art_now(fit)),
        sources=[*fit.sources, *TRIALS],
        short_source=short_source("PURPOSE trials"),
        table=rows[list(columns)].rename(columns=columns).round(4),
    )


@live
def scenario_explorer(fit: Fit, scenarios: pd.DataFrame) -> Live:
    """Move ART and PrEP coverage, and see where new infections go in the model.

    Parameters
    ----------
    fit : Fit
        ``fit_transmission()``.
    scenarios : DataFrame
        ``art_prep_scenarios(fit, parameters)``.
    """
    now = fit.programme.art_share[-1]
    art = min(levels_of(scenarios, ART), key=lambda level: abs(level - now))
    first, last = int(scenarios["year"].min()), int(scenarios["year"].max())
    moved = controls(scenarios, art)
    params = [param for control in moved for param in control.params()]
    return Live(
        default_state(fit, scenarios, art),
        moved,
        vega.spec_of(
            [*params, *numbers(scenarios), sentence(first, last)],
            layers(first, last),
            data={"sequence": {"start": 0, "stop": last - first + 1, "as": "step"}},
            transform=[{"calculate": f"datum.step + {first}", "as": "year"}],
        ),
    )
