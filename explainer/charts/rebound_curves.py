"""How long people stay without rebound: the ordinary stop, and a reservoir made smaller."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from explainer.charts import people_strip, style
from explainer.charts.axes import percent_word
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import source_ids
from explainer.science.lasting_remission import FOLD, LARGER_FOLD
from explainer.science.rebound import (
    DAYS_PER_MONTH,
    ReboundParameters,
    ordinary_share,
    rebound_checks,
    rebound_parameters,
    shrunken_share,
)
from explainer.wording import months, number, percent

CAPTION = (
    "A curve falls as the virus comes back in more people; the scale of time is stretched at the "
    "start, so that weeks and years both show. "
    "Filled dots are what the grey model was set by (24 studies together), hollow ones are other "
    "studies, with other people and other tests. "
    "Below stand the known times after a transplant: crosses are rebounds, dots remissions at "
    "their last report."
)
START, END = 0.25, 240.0  # months drawn: about a week to twenty years
TICKS = {
    0.25: "1 week", 1.0: "1 month", 3.0: "3 months", 12.0: "1 year", 36.0: "3 years",
    120.0: "10 years",
}  # fmt: skip
TALK_TICKS = {0.25: "1 week", 3.0: "3 months", 36.0: "3 years"}


def curves(
    time: np.ndarray[tuple[int], np.dtype[np.float64]], parameters: ReboundParameters,
    folds: tuple[float, float],
) -> pd.DataFrame:  # fmt: skip
    """Shares without rebound at each month, by model."""
    days = time * DAYS_PER_MONTH
    late = parameters.control_share_late
    return pd.DataFrame(
        {
            "months": time,
            "ordinary": ordinary_share(days, parameters),
            "late": ordinary_share(days, parameters, control_share=late),
            "shrunken": shrunken_share(days, folds[0], parameters),
            "larger": shrunken_share(days, folds[1], parameters),
        }
    )


LOOKS = {
    "ordinary": ("neutral", "-"),
    "late": ("neutral", (0, (1.2, 1.2))),
    "shrunken": ("remission", "-"),
    "larger": ("remission", (0, (4, 2))),
}


def draw_curves(axes: Axes, frame: pd.DataFrame) -> None:
    """Every model as a line of its own dash."""
    for name, (meaning, dash) in LOOKS.items():
        axes.plot(
            frame["months"], frame[name], color=style.colour(meaning).mark, linestyle=dash, gid=name
        )


def draw_studies(axes: Axes, fitted: pd.DataFrame, checks: pd.DataFrame) -> None:
    """What was published: filled where the model was set by it, hollow elsewhere."""
    ink = style.colour("neutral").mark
    for rows, face in ((checks, "white"), (fitted, ink)):
        axes.plot(
            rows["time_days"] / DAYS_PER_MONTH, rows["suppressed_share"], "o", linestyle="none",
            color=ink, markerfacecolor=face, markersize=style.size(4.5), zorder=3, clip_on=False,
        )  # fmt: skip


def write_labels(axes: Axes, frame: pd.DataFrame, folds: tuple[float, float]) -> None:
    """Each curve named where it stands alone."""
    months_drawn = frame["months"].to_numpy(float)

    def at(name: str, month: float) -> float:
        return float(np.interp(month, months_drawn, frame[name]))

    reservoir = "" if style.is_talk() else "reservoir "
    for x, y, words, meaning, ha, va in (
        (0.57, 0.62, "ordinary stop", "neutral", "left", "center"),
        (14.0, at("shrunken", 14) - 0.03, f"{reservoir}up to {number(folds[0])} times smaller",
         "remission", "right", "top"),
        (9.0, at("larger", 9) + 0.02, f"{reservoir}up to {number(folds[1])} times smaller",
         "remission", "left", "bottom"),
        (END, 0.06, "dotted: treated late", "neutral", "right", "bottom"),
    ):  # fmt: skip
        style.label(axes, x, y, words, meaning, ha=ha, va=va)


def finish_axes(curve: Axes, strip: Axes) -> None:
    """A stretched scale of time that weeks and years share; shares from none to all."""
    curve.set_ylim(0, 1)
    curve.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent_word(value)))
    curve.set_ylabel("people without" + ("\n" if style.is_talk() else " ") + "rebound")
    curve.tick_params(axis="x", labelbottom=False)
    strip.set_xscale("log")
    strip.set_xlim(START, END)
    ticks = TALK_TICKS if style.is_talk() else TICKS
    strip.xaxis.set_major_locator(FixedLocator(list(ticks)))
    strip.xaxis.set_minor_locator(NullLocator())
    strip.xaxis.set_major_formatter(FuncFormatter(lambda value, _: ticks.get(round(value, 4), "")))
    strip.set_xlabel("time since treatment was stopped (logarithmic scale)")


def draw_strip(axes: Axes, cases: pd.DataFrame, comparisons: pd.DataFrame) -> None:
    """Known rebounds after a transplant by name, remissions together."""
    rebounds = people_strip.rebounds_of(comparisons)
    remissions = people_strip.remissions_of(cases)
    if style.is_talk():
        people_strip.draw_rebounds_together(axes, rebounds, 0)
        bottom = 1.0
    else:
        bottom = people_strip.draw_rebound_stairs(axes, rebounds, 0)
        axes.annotate(
            "virus came back after a transplant", (1, 0), xycoords=axes.get_yaxis_transform(),
            ha="right", va="center", color=style.colour("strong").ink, fontsize=style.size(9),
        )  # fmt: skip
    people_strip.draw_remissions_together(axes, remissions, bottom)
    people_strip.finish(axes, bottom + 0.7)


def table_of(parameters: ReboundParameters, folds: tuple[float, float]) -> pd.DataFrame:
    """The curves at round times, in percent."""
    times = {"4 weeks": 28.0, "12 weeks": 84.0}
    times |= {f"{m} months": m * DAYS_PER_MONTH for m in (12, 15, 36, 60, 120, 163)}
    frame = curves(np.array(list(times.values())) / DAYS_PER_MONTH, parameters, folds)
    names = {
        "ordinary": "Ordinary stop (%)",
        "late": "Ordinary stop, treated late (%)",
        "shrunken": f"Reservoir up to {number(folds[0])} times smaller (%)",
        "larger": f"Reservoir up to {number(folds[1])} times smaller (%)",
    }
    table = pd.DataFrame({"Time since the stop": list(times)})
    return table.assign(**{words: (100 * frame[name]).round(2) for name, words in names.items()})


def words_of(
    parameters: ReboundParameters, folds: tuple[float, float], shortest: float
) -> dict[str, str]:
    """Finding and alt text: where the two models stand when the shortest remission was told."""
    early, at = (curves(np.array([m]), parameters, folds).iloc[0]
                 for m in (parameters.control_from_days / DAYS_PER_MONTH, shortest))  # fmt: skip
    when = months(shortest, split=False)
    half = number(parameters.median_days)
    return {
        "finding": (
            f"{when.capitalize()} without rebound: expected in {percent(at['ordinary'])} after an "
            f"ordinary stop, in {percent(at['shrunken'])} with a reservoir up to "
            f"{number(folds[0])} times smaller"
        ),
        "alt": (
            f"Curves of people still without rebound by time since treatment stopped, log scale. "
            f"After an ordinary stop half by day {half} and {percent(early['ordinary'])} at day "
            f"{number(parameters.control_from_days)}; at {when} {percent(at['ordinary'])}, but "
            f"{percent(at['shrunken'])} with a shrunken reservoir."
        ),
    }


@picture
def rebound_curves(
    cases: pd.DataFrame,
    comparisons: pd.DataFrame,
    rebound_times: pd.DataFrame,
    *,
    folds: tuple[float, float] = (FOLD, LARGER_FOLD),
) -> Chart:
    """Time to rebound after an ordinary stop, and with a reservoir made smaller by an unknown fold.

    Parameters
    ----------
    cases, comparisons, rebound_times : DataFrame
        ``load_remission_cases()``, ``load_remission_comparisons()``, ``load_rebound_times()``.
    folds : tuple of float
        The largest reductions thought possible, smaller first.
    """
    parameters, counted = rebound_parameters(rebound_times), cases[~cases["is_later_case"]]
    frame = curves(np.geomspace(START, END, 161), parameters, folds)
    of_model = rebound_times["rebound_id"].isin(
        ["gunst_2025_01", "gunst_2025_02", "gunst_2025_03", "gunst_2025_10"]
    )
    checks = rebound_checks(rebound_times, parameters)
    figure, axes = style.canvas(2, height=5.6, sharex=True, height_ratios=[2.4, 1])
    draw_curves(axes[0, 0], frame)
    draw_studies(axes[0, 0], rebound_times[of_model], checks)
    draw_strip(axes[1, 0], counted, comparisons)
    finish_axes(axes[0, 0], axes[1, 0])
    write_labels(axes[0, 0], frame, folds)
    after = comparisons[comparisons["group"] == "rebound_after_transplant"]
    used = rebound_times[rebound_times["source_id"].isin(parameters.source_ids)]
    return compose(
        figure,
        **words_of(parameters, folds, counted["time_off_art_months"].min()),
        caption=CAPTION,
        sources=[*source_ids(used), *source_ids(checks), *source_ids(counted), *source_ids(after)],
        short_source="Gunst 2025, Namazi 2018, Pinkevych 2015; other studies and case reports "
                     "are listed with the picture",
        table=table_of(parameters, folds),
    )  # fmt: skip
