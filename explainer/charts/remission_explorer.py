"""Live: how likely a remission is to last, while the reader moves what the answer rests on."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from explainer.charts import style, vega
from explainer.charts.axes import percent_word
from explainer.charts.chart import Chart, compose
from explainer.charts.live import SAID, Live, Slider, live
from explainer.charts.sentences import source_ids
from explainer.charts.vega import Part, chance_of, percent_of, text_of
from explainer.errors import ExplainerError
from explainer.science.lasting_remission import FOLD, HORIZON_MONTHS, PRIOR, remission_outlook
from explainer.science.person_time import LAST_REPORT
from explainer.science.rebound import (
    DAYS_PER_MONTH,
    ReboundParameters,
    ordinary_share,
    rebound_parameters,
    shrunken_share,
)
from explainer.wording import months as month_words
from explainer.wording import number, percent

LONGEST = 180  # months that the slider reaches
STEPS = range(1, 7)  # powers of ten that the reservoir may be smaller by
FOLDS = tuple(10.0**step for step in STEPS)
MONTHS = 15  # where the slider begins: Marseille at the last report
MODELS = {"ordinary": ("as after an ordinary stop", "neutral"),
          "shrunken": ("smaller reservoir", "remission")}  # fmt: skip
CAPTION = (
    "Each curve is a model's answer after so many months without rebound; lasting means no "
    "rebound, ever. Grey takes rebounds to come as after any stop of treatment, blue as if the "
    "hidden virus were rarer, nobody knows how much: {fold} times at most in print. The "
    "dotted line is the start: what one held likely before. Ticks below are the people in "
    "remission at their last report. No model counts those who died or never stopped treatment."
)


LINES = {"ordinary": "– – ordinary stop", "shrunken": "— smaller reservoir"}


def shares(parameters: ReboundParameters) -> dict[str, list[float] | list[list[float]]]:
    """Shares without rebound month by month, for each model and each step of the reduction."""
    days = np.arange(LONGEST + HORIZON_MONTHS + 1) * DAYS_PER_MONTH
    return {
        "ordinary": vega.rounded(ordinary_share(days, parameters).tolist()),
        "shrunken": [
            vega.rounded(shrunken_share(days, fold, parameters).tolist()) for fold in FOLDS
        ],
    }


def controls(prior: float, fold: float, months: int) -> tuple[Slider, ...]:
    """Months, start and largest reduction."""
    return (
        Slider("months", "Months without rebound", months, 1, LONGEST, 1,
               "months + (months == 1 ? ' month' : ' months')"),
        Slider("prior", "Start: your belief before", prior, 0.05, 0.95, 0.05,
               percent_of("prior")),
        Slider("step", "Virus left, rarer by up to", round(np.log10(fold)), STEPS[0],
               STEPS[-1], 1, "format(pow(10, step), ',') + ' times'"),
    )  # fmt: skip


def numbers() -> list[Part]:
    """What follows from the controls: shares, chances, and chances of five more years."""
    now = {"ordinary": "ordinary[months]", "shrunken": "shrunken[step - 1][months]"}
    found = []
    for model, share in now.items():
        later = share.replace("[months]", f"[months + {HORIZON_MONTHS}]")
        found += [
            vega.derived(f"lasting_{model}", f"prior / (prior + (1 - prior) * {share})"),
            vega.derived(f"next_{model}", f"{share} > 0 ? {later} / {share} : 0"),
        ]
    return found


def sentence() -> Part:
    """The result in words."""
    return vega.derived(SAID, vega.joined(
        text_of("After "), "months_words", text_of(" without rebound, from a start of "),
        "prior_words", text_of(", the chance that it lasts is "), chance_of("lasting_ordinary"),
        text_of(" by the model of ordinary stops, and "), chance_of("lasting_shrunken"),
        text_of(" if the virus left is up to "), "step_words",
        text_of(" rarer. If the virus is still there, five more years without rebound have a "
                "chance of "),
        percent_of("next_ordinary"), text_of(" or "), percent_of("next_shrunken"), text_of("."),
    ))  # fmt: skip


def curve(model: str) -> list[Part]:
    """A model's curve, and its point at the month chosen."""
    meaning = MODELS[model][1]
    share = {"ordinary": "ordinary[datum.month]", "shrunken": "shrunken[step - 1][datum.month]"}
    chance = {"calculate": f"prior / (prior + (1 - prior) * {share[model]})", "as": "chance"}
    place = {
        "x": {"field": "month", "type": "quantitative"},
        "y": {"field": "chance", "type": "quantitative"},
    }
    at = {"transform": [{"filter": "datum.month == months"}, chance]}
    dash = {"strokeDash": [7, 3]} if model == "ordinary" else {}
    return [
        {"transform": [chance], "mark": vega.line(meaning, **dash), "encoding": place},
        {**at, "mark": vega.dot(meaning), "encoding": place},
    ]


def layers(people: pd.DataFrame) -> list[Part]:
    """Both curves, the start, the month chosen and the people."""
    x = {"field": "month", "type": "quantitative", "scale": {"domain": [0, LONGEST]},
         "axis": vega.axis("months without rebound", values=list(range(0, LONGEST + 1, 24)),
                           grid=False)}  # fmt: skip
    y = {"field": "chance", "type": "quantitative", "scale": vega.UNDER_HEAD,
         "axis": vega.axis("chance that it lasts (model)", format=".0%",
                      values=[0, 0.25, 0.5, 0.75, 1])}  # fmt: skip
    first, *rest = [part for model in MODELS for part in curve(model)]
    rows = [
        {"month": float(row[LAST_REPORT]), "who": str(row["short_name"])}
        for row in people.to_dict("records")
    ]
    return [
        {**first, "encoding": {"x": x, "y": y}},
        vega.level("prior"),
        vega.upright("months", y={"datum": 0}, y2={"datum": 1}),
        {"data": {"values": rows},
         "mark": {"type": "tick", "color": "#1f2430", "thickness": 2, "size": 12},
         "encoding": {"x": {"field": "month", "type": "quantitative"}, "y": {"datum": 0.015},
                      "tooltip": [{"field": "who", "title": "Person"},
                                  {"field": "month", "title": "Months"}]}},
        *rest,
        *vega.answers(*((LINES[model], f"lasting_{model}", meaning)
                        for model, (_, meaning) in MODELS.items())),
    ]  # fmt: skip


def table_of(parameters: ReboundParameters, prior: float, fold: float, months: int) -> pd.DataFrame:
    """Both models at round times and at the month chosen."""
    at = sorted({3, months, 24, 60, 120, LONGEST})
    found = remission_outlook(at, parameters, priors=[prior], folds=[fold])
    columns: dict[str, object] = {"Months without rebound": at}
    for what, begins in (("lasting", "Lasting"), ("next", "Five more years if the virus is there")):
        for model, (words, _) in MODELS.items():
            columns[f"{begins}, {words} (%)"] = (100 * found[f"{what}_{model}"]).round(1)
    return pd.DataFrame(columns)


def draw(
    axes: Axes, parameters: ReboundParameters, prior: float, fold: float, months: int,
    people: pd.DataFrame,
) -> None:  # fmt: skip
    """The default state."""
    frame = remission_outlook(np.arange(LONGEST + 1), parameters, priors=[prior], folds=[fold])
    now = frame[frame["months"] == months].iloc[0].to_dict()
    axes.axhline(prior, color=style.colour("faint").mark, linestyle=":")
    axes.axvline(months, color=style.colour("faint").mark, linewidth=style.size(1))
    for model, (words, meaning) in MODELS.items():
        ink, height = style.colour(meaning).mark, float(now[f"lasting_{model}"])
        dash = (0, (4, 2)) if model == "ordinary" else "-"
        axes.plot(frame["months"], frame[f"lasting_{model}"], color=ink, linestyle=dash, gid=model)
        axes.plot(months, height, "o", color=ink)
        above = model == "ordinary"
        style.label(
            axes, months, height, f"{words}: {percent(height)}", meaning,
            textcoords="offset points", xytext=(style.size(6), style.size(5 if above else -6)),
            va="bottom" if above else "top",
        )  # fmt: skip
    axes.plot(people[LAST_REPORT], [0.015] * len(people), "|", color=style.colour("strong").mark,
              markersize=style.size(8), linestyle="none")  # fmt: skip
    axes.set_xlim(0, LONGEST)
    axes.set_ylim(0, 1.12)
    axes.set_xticks(range(0, LONGEST + 1, 24))
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent_word(value)))
    axes.set_xlabel("months off treatment without rebound")
    axes.set_ylabel("chance that it lasts" + ("" if style.is_talk() else " (model)"))


def default_state(
    cases: pd.DataFrame, times: pd.DataFrame, parameters: ReboundParameters,
    prior: float, fold: float, months: int,
) -> Chart:  # fmt: skip
    """What prints."""
    table = table_of(parameters, prior, fold, months)
    row = table.set_index("Months without rebound").loc[months]
    grey, blue = percent(row.iloc[0] / 100), percent(row.iloc[1] / 100)
    figure, axes = style.canvas(height=3.7)
    draw(axes[0, 0], parameters, prior, fold, months, cases)
    used = times[times["source_id"].isin(parameters.source_ids)]
    when = month_words(months, split=False)
    return compose(
        figure,
        finding=f"After {when} without rebound one model says {grey}, the other {blue}: "
        f"the assumption decides",
        alt=f"Two curves of the modelled chance that remission lasts, by months off treatment, "
        f"from a start of {percent(prior)}. At {when}: {grey} as after an ordinary stop, "
        f"{blue} with a smaller reservoir.",
        caption=CAPTION.format(fold=number(fold)),
        sources=[*source_ids(used), *source_ids(cases)],
        short_source="models set by Gunst 2025, Namazi 2018 and Pinkevych 2015; case reports",
        table=table,
    )


@live
def remission_explorer(
    cases: pd.DataFrame,
    rebound_times: pd.DataFrame,
    *,
    prior: float = PRIOR,
    fold: float = FOLD,
    months: int = MONTHS,
) -> Live:
    """Move months, start and reduction, and see what two models say of a remission.

    Parameters
    ----------
    cases, rebound_times : DataFrame
        ``load_remission_cases()``, ``load_rebound_times()``.
    prior, fold, months : float
        Where the controls begin; ``fold`` is a power of ten.
    """
    if fold not in FOLDS:
        raise ExplainerError(f"fold is {fold:g}; the control has {', '.join(map(number, FOLDS))}")
    parameters = rebound_parameters(rebound_times)
    known = cases[cases[LAST_REPORT].notna()].sort_values(LAST_REPORT)
    moved = controls(prior, fold, months)
    params = [param for control in moved for param in control.params()]
    looked_up = [vega.given(name, values) for name, values in shares(parameters).items()]
    return Live(
        default_state(known, rebound_times, parameters, prior, fold, months),
        moved,
        vega.spec_of(
            [*params, *looked_up, *numbers(), sentence()],
            layers(known),
            data={"sequence": {"start": 0, "stop": LONGEST + 1, "as": "month"}},
        ),
    )
