"""What a remission so far says about the future: two models, each from two starting points."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from explainer.charts import people_strip, style
from explainer.charts.axes import end_labels, percent_word
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import source_ids
from explainer.errors import ExplainerError
from explainer.science.lasting_remission import (
    FOLD,
    PRIOR,
    SCEPTICAL_PRIOR,
    outlook_by_case,
    remission_outlook,
)
from explainer.science.rebound import ReboundParameters, rebound_parameters
from explainer.wording import counted, months, number, percent

CAPTION = (
    "Each curve is a model's answer after so many months without rebound: lasting means no "
    "rebound, ever. "
    "Grey takes rebounds to come as after any stop of treatment, blue as if the hidden virus were "
    "rarer, by up to {fold} times; solid starts from {prior}, dashed from {doubt}. "
    "The upright lines show how far the two models part for each person. "
    "No model counts the people who died or never stopped treatment."
)
MODELS = {"ordinary": "neutral", "shrunken": "remission"}
STYLES = {"sure": "-", "doubt": (0, (4, 2))}


def curves(
    last: float, parameters: ReboundParameters, prior: float, doubt: float, fold: float
) -> pd.DataFrame:
    """Both models month by month up to the longest remission."""
    time = np.arange(0, last + 1)
    return remission_outlook(time, parameters, priors=[prior, doubt], folds=[fold])


def draw_curves(axes: Axes, frame: pd.DataFrame, prior: float) -> None:
    """Two models, each solid from the first starting point and dashed from the second."""
    for model, meaning in MODELS.items():
        for start, rows in frame.groupby("prior"):
            dash = STYLES["sure" if start == prior else "doubt"]
            axes.plot(
                rows["months"], rows[f"lasting_{model}"], color=style.colour(meaning).mark,
                linestyle=dash, gid=f"{model} {start:g}",
            )  # fmt: skip


def draw_cases(axes: Axes, table: pd.DataFrame) -> None:
    """A dot on either model for each person, and the gap between them."""
    axes.vlines(
        table["months"], table["lasting_shrunken"], table["lasting_ordinary"],
        color=style.colour("faint").mark, linewidth=style.size(0.9), zorder=1,
    )  # fmt: skip
    for model, meaning in MODELS.items():
        axes.plot(
            table["months"], table[f"lasting_{model}"], "o", color=style.colour(meaning).mark,
            markersize=style.size(4), linestyle="none", zorder=3, clip_on=False,
        )  # fmt: skip


def write_labels(axes: Axes, frame: pd.DataFrame, prior: float, doubt: float) -> None:
    """Each curve named beside its end, with where it started."""
    last = frame[frame["months"] == frame["months"].max()].set_index("prior")
    talk, end = style.is_talk(), frame["months"].max()
    named = [(last.loc[prior, "lasting_ordinary"], "as after an\nordinary stop", "neutral")]
    named += [
        (last.loc[start, "lasting_shrunken"], f"shrunken reservoir,\nstart {percent(start)}",
         "remission")
        for start in (prior, doubt)
    ]  # fmt: skip
    if talk:
        named = [(height, words.split("\n")[-1], meaning) for height, words, meaning in named]
    end_labels(axes, end, named, lines=1 if talk else 2)
    # Inside, what has no room beside its end: the grey curves meet there.
    lower = min(prior, doubt)
    month, left = round(0.7 * end), round(0.5 * end)  # its middle and where it begins
    at = frame[frame["prior"] == lower].set_index("months")["lasting_ordinary"]
    height = min(at[month] - 0.035, at[left] - 0.015)
    words, meaning = f"ordinary stop, start {percent(lower)}", "neutral"
    if talk:
        height, words, meaning = 0.62, "shrunken reservoir", "remission"
    style.label(axes, month, height, words, meaning, va="top", ha="center")


def finish_curves(axes: Axes) -> None:
    """Shares from nothing to certainty; the months stand under the strip."""
    axes.set_ylim(0, 1)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent_word(value)))
    axes.set_ylabel("chance that it lasts" + ("" if style.is_talk() else " (model)"))
    axes.tick_params(axis="x", labelbottom=False)


def draw_strip(axes: Axes, cases: pd.DataFrame, comparisons: pd.DataFrame, last: float) -> None:
    """Who stands where, remissions by name, and the rebounds that no curve shows."""
    remissions = people_strip.remissions_of(cases)
    rebounds = people_strip.rebounds_of(comparisons)
    if style.is_talk():
        bottom = people_strip.draw_row(axes, remissions, 1.0)
    else:
        bottom = people_strip.draw_stairs(axes, remissions, 1.8)
    people_strip.draw_rebounds_together(axes, rebounds, 0)
    people_strip.finish(axes, bottom - 0.3)
    axes.set_xticks(range(0, int(last) + 1, 24))
    axes.set_xlim(0, last)
    axes.set_xlabel("months off treatment at the last report")


def table_of(
    cases: pd.DataFrame, parameters: ReboundParameters, prior: float, doubt: float, fold: float
) -> pd.DataFrame:
    """Both models for each person, from both starting points, and five years ahead."""
    sure = outlook_by_case(cases, parameters, prior=prior, fold=fold)
    unsure = outlook_by_case(cases, parameters, prior=doubt, fold=fold)
    columns: dict[str, object] = {
        "Person": sure["short_name"],
        "Months off treatment": sure["months"],
        "Died in remission": sure["has_died"],
    }
    for table, start in ((sure, prior), (unsure, doubt)):
        for model, words in (("ordinary", "ordinary stop"), ("shrunken", "shrunken reservoir")):
            name = f"Lasting, {words}, start {percent(start)} (%)"
            columns[name] = (100 * table[f"lasting_{model}"]).round(1)
    for model, words in (("ordinary", "ordinary stop"), ("shrunken", "shrunken reservoir")):
        name = f"Five more years if the virus is there, {words} (%)"
        columns[name] = (100 * sure[f"next_{model}"]).round(1)
    return pd.DataFrame(columns)


def words_of(
    table: pd.DataFrame, frame: pd.DataFrame, prior: float, doubt: float
) -> dict[str, str]:
    """Finding and alt text: the gap between the models beside what another year adds."""
    first, last = table.iloc[0], table.iloc[-1]
    now = frame[frame["prior"] == prior].set_index("months").loc[first["months"]]
    low = frame[frame["prior"] == doubt].set_index("months").loc[first["months"]]
    later = counted(round(remission_gain(frame, prior, first["months"])), "point")
    when = months(first["months"], split=False)
    grey, blue = percent(now["lasting_ordinary"]), percent(now["lasting_shrunken"])
    return {
        "finding": (
            f"From a start of {percent(prior)}, {when} without rebound make a chance of {grey} or "
            f"{blue} that it lasts, by the model alone; another year adds {later}"
        ),
        "alt": (
            f"Curves of the modelled chance that remission lasts by months off treatment. At "
            f"{when} ({first['short_name']}) {grey} or {blue} by model, "
            f"{percent(low['lasting_shrunken'])} from a start of {percent(doubt)}; at "
            f"{number(last['months'])} months {percent(last.iloc[3] / 100)} or "
            f"{percent(last.iloc[4] / 100)}."
        ),
    }


def remission_gain(frame: pd.DataFrame, prior: float, month: float) -> float:
    """Percentage points that twelve more months add, by the model in which they add most."""
    rows = frame[frame["prior"] == prior].set_index("months")
    columns = [f"lasting_{model}" for model in MODELS]
    until = min(month + 12, rows.index.max())
    return float(100 * (rows.loc[until, columns] - rows.loc[month, columns]).max())


def need_two_starts(prior: float, doubt: float) -> None:
    """Refuse two starting points that are one: their curves would lie on each other."""
    if prior == doubt:
        raise ExplainerError(
            f"lasting_remission: prior and doubt are both {percent(prior)}, and the picture "
            f"compares two starting points; choose another prior"
        )


@picture
def lasting_remission(
    cases: pd.DataFrame,
    comparisons: pd.DataFrame,
    rebound_times: pd.DataFrame,
    *,
    prior: float = PRIOR,
    doubt: float = SCEPTICAL_PRIOR,
    fold: float = FOLD,
) -> Chart:
    """How likely a remission is to last, by two models and two starting points.

    Parameters
    ----------
    cases, comparisons, rebound_times : DataFrame
        ``load_remission_cases()``, ``load_remission_comparisons()``, ``load_rebound_times()``.
    prior, doubt : float
        The two starting points, shares.
    fold : float
        The largest reduction of the reservoir thought possible.

    Raises
    ------
    ExplainerError
        If both starting points are the same.
    """
    need_two_starts(prior, doubt)
    parameters = rebound_parameters(rebound_times)
    listed = cases[~cases["is_later_case"]]
    table = table_of(listed, parameters, prior, doubt, fold)
    last = float(table["Months off treatment"].max())
    frame = curves(last, parameters, prior, doubt, fold)
    figure, axes = style.canvas(
        2, height=6.1, sharex=True, height_ratios=[1.75, 0.8 if style.is_talk() else 1]
    )
    draw_curves(axes[0, 0], frame, prior)
    draw_cases(axes[0, 0], outlook_by_case(listed, parameters, prior=prior, fold=fold))
    finish_curves(axes[0, 0])
    write_labels(axes[0, 0], frame, prior, doubt)
    draw_strip(axes[1, 0], cases, comparisons, last)
    used = rebound_times[rebound_times["source_id"].isin(parameters.source_ids)]
    after = comparisons[comparisons["group"] == "rebound_after_transplant"]
    return compose(
        figure,
        **words_of(table.rename(columns={"Person": "short_name", "Months off treatment": "months"}),
                   frame, prior, doubt),
        caption=CAPTION.format(
            fold=number(fold), prior=percent(prior), doubt=percent(doubt)
        ),
        sources=[*source_ids(used), *source_ids(listed), *source_ids(after)],
        short_source="models set by Gunst 2025, Namazi 2018 and Pinkevych 2015; case reports",
        table=table,
    )  # fmt: skip
