"""Live: what ART and PrEP coverage do to new infections in the model."""

from __future__ import annotations

import pandas as pd

from explainer.charts import vega
from explainer.charts.art_prep_scenarios import KIND_WORDS
from explainer.charts.live import SAID, Choice, Control, Live, Slider, live
from explainer.charts.scenario_parts import (
    ART,
    PREP,
    START_PREP,
    STEP,
    WHAT_IF,
    default_state,
    fixed_words,
    levels_of,
    line_name,
    top_of,
    years_of,
)
from explainer.charts.vega import Part, percent_of, text_of
from explainer.errors import ExplainerError
from explainer.science.transmission_fit import INCIDENCE, Fit
from explainer.wording import percent

TOTAL = "infections_per_1000"
HEAD = 64  # pixels over the curves, where three lines of words stand


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


def numbers(scenarios: pd.DataFrame, now: float) -> list[Part]:
    """The course chosen, the same ART without PrEP, and ART as now without PrEP."""
    art, prep = levels_of(scenarios, ART), levels_of(scenarios, PREP)
    last = scenarios["year"].nunique() - 1
    return [
        vega.given("incidence", grid_of(scenarios, INCIDENCE)),
        vega.given("infections", grid_of(scenarios, TOTAL)),
        vega.derived("art_step", f"round((art - {art[0]}) / {art[1] - art[0]:.6g})"),
        vega.derived("prep_step", f"round((prep - {prep[0]}) / {prep[1] - prep[0]:.6g})"),
        vega.derived("course", "incidence[kind][art_step][prep_step]"),
        vega.derived("fixed", f"incidence[kind][{art.index(now)}][0]"),
        vega.derived("at_end", f"course[{last}]"),
        vega.derived("end_fixed", f"fixed[{last}]"),
        vega.derived("total", f"infections[kind][art_step][prep_step][{last}]"),
        vega.derived("total_without", f"infections[kind][art_step][0][{last}]"),
    ]


def rate(value: str) -> str:
    """Expression: a rate per 1,000 in words, as the model's pictures say it."""
    return f"format({value}, {value} >= 10 ? '.0f' : {value} >= 1 ? '.1f' : '.2f')"


def sentence(last: int, now: float) -> Part:
    """The result in words."""
    is_now = f"(prep == 0 && abs(art - {now:g}) < 1e-6)"
    fewer = "(total_without > 0 ? 1 - total / total_without : 0)"
    return vega.derived(SAID, vega.joined(
        text_of("In the model, with "), "art_words",
        text_of(" of people with HIV on ART and "), "prep_words", text_of(" of the others on "),
        "kind_words", text_of(", there are "), rate("at_end"),
        text_of(f" new infections per 1,000 people without HIV in {last}"),
        f"({is_now} ? '' : {text_of(', against ')} + {rate('end_fixed')} + "
        f"{text_of(f' with {percent(now)} on ART and no PrEP')})",
        text_of(f". Until {last} that makes "),
        rate("total"), text_of(" for every 1,000 people aged 15–49 at the start"),
        f"(prep == 0 ? '' : {text_of(', ')} + {percent_of(fewer)} + "
        f"{text_of(' fewer than without PrEP')})",
        text_of(". This is a what-if, not a forecast."),
    ))  # fmt: skip


def layers(scenarios: pd.DataFrame, now: float) -> list[Part]:
    """The course chosen over the one that stands still, and over both what they end at."""
    first, last, top = *years_of(scenarios), top_of(scenarios)
    x = {"field": "year", "type": "quantitative", "scale": {"domain": [first, last]},
         "axis": vega.axis(None, format="d", grid=False,
                           values=[first, *range(first // 5 * 5 + 5, last, 5), last])}  # fmt: skip
    room = {"expr": f"{top} * height / (height - {HEAD})"}
    y = {"field": "rate", "type": "quantitative",
         "scale": {"domain": [0, room], "nice": False},
         "axis": vega.axis("new infections per 1,000 uninfected people",
                           values=[*range(0, top + 1, STEP)])}  # fmt: skip
    place = {"x": {"field": "year", "type": "quantitative"},
             "y": {"field": "rate", "type": "quantitative"}}  # fmt: skip
    drawn: list[Part] = []
    for name, meaning, dash in (
        ("fixed", "neutral", {"strokeDash": [7, 3]}), ("course", "new_infections", {}),
    ):  # fmt: skip
        course = {"calculate": f"{name}[datum.step]", "as": "rate"}
        end = [course, {"filter": f"datum.year == {last}"}]
        drawn += [
            {"transform": [course], "mark": vega.line(meaning, **dash),
             "encoding": place if drawn else {"x": x, "y": y}},
            {"transform": end, "mark": vega.dot(meaning), "encoding": place},
        ]  # fmt: skip
    return [*drawn, *head(last, now)]


def head(last: int, now: float) -> list[Part]:
    """Words over the curves, where none can cut them."""
    fixed = text_of(line_name(fixed_words(now), is_fixed=True))
    chosen = text_of(line_name("as chosen", is_fixed=False))
    lines: tuple[tuple[str, str, Part], ...] = (
        (text_of(WHAT_IF.format(year=last)), "strong", {"fontWeight": "normal"}),
        (f"{chosen} + {rate('at_end')}", "new_infections", {}),
        (f"{fixed} + {rate('end_fixed')}", "neutral", {}),
    )
    size = {"expr": "clamp(width / 19, 10, 13)"}
    return [
        {
            "data": {"values": [{}]},
            "mark": vega.label(meaning, baseline="middle", fontSize=size, **look),
            "encoding": {"x": {"value": 2}, "y": {"value": 8 + 19 * line},
                         "text": {"value": {"expr": words}}},
        }
        for line, (words, meaning, look) in enumerate(lines)
    ]  # fmt: skip


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
    first, last = years_of(scenarios)
    moved = controls(scenarios, art)
    params = [param for control in moved for param in control.params()]
    return Live(
        default_state(fit, scenarios, art),
        moved,
        vega.spec_of(
            [*params, *numbers(scenarios, art), sentence(last, art)],
            layers(scenarios, art),
            data={"sequence": {"start": 0, "stop": last - first + 1, "as": "step"}},
            transform=[{"calculate": f"datum.step + {first}", "as": "year"}],
        ),
    )
