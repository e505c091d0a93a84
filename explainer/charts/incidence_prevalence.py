"""New infections in a year for each hundred people living with HIV, beside the 3 % benchmark."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import sentences, style
from explainer.charts.axes import (
    end_labels,
    highest,
    percent_word,
    range_note,
    ranged_line,
    word_ticks,
    year_ticks,
)
from explainer.charts.chart import Chart, compose, picture
from explainer.errors import ExplainerError
from explainer.science.epidemic import series
from explainer.science.flow import IPR_BENCHMARK, incidence_prevalence_ratio
from explainer.wording import between, direction, number, percent

BASE_YEAR = 2010
BENCHMARK_SOURCE = "ghys2018"


@picture
def incidence_prevalence(estimates: pd.DataFrame, *, location: str = "World") -> Chart:
    """Whether an epidemic nears the benchmark: new infections against people living with HIV.

    Parameters
    ----------
    estimates : DataFrame
        Rows of one release, as ``load_estimates()`` gives them.
    location : str
        A place by its UNAIDS name or its code.
    """
    place = str(series(estimates, "plhiv", location)["location"].iloc[0])
    ratios = incidence_prevalence_ratio(estimates, place)
    if ratios.empty:
        raise ExplainerError(
            f"incidence_prevalence: {place} has no year with ordinary figures for both new "
            f"infections and people living with HIV; choose another location"
        )
    figure, axes = style.canvas(height=3.8)
    _draw(axes[0, 0], ratios)
    published = sentences.sources_of(estimates, place, "plhiv", "new_infections")
    return compose(
        figure,
        finding=_finding(ratios, place),
        alt=_alt(ratios, place),
        caption=_caption(),
        sources=[*published, BENCHMARK_SOURCE],
        short_source=f"{sentences.release_words(estimates)}; benchmark: Ghys 2018",
        table=_table(ratios),
    )


def _draw(axes: Axes, ratios: pd.DataFrame) -> None:
    """The ratio with its widest range, the benchmark as a dashed line."""
    ranged_line(axes, ratios, "new_infections", "ratio")
    axes.set_ylim(0, 1.08 * highest(ratios, "ratio", "high"))
    axes.set_title(
        "New infections a year as a share of people living with HIV", fontweight="normal"
    )
    word_ticks(axes.yaxis, percent_word)
    first, last = int(ratios["year"].min()), int(ratios["year"].max())
    year_ticks(axes, first, last)
    strong = style.colour("strong").mark
    axes.axhline(IPR_BENCHMARK, color=strong, linewidth=style.size(1.2), linestyle=(0, (5, 3)))
    style.label(
        axes, axes.get_xlim()[0], IPR_BENCHMARK, f"benchmark {percent(IPR_BENCHMARK)}", "strong",
        xytext=(style.size(4), style.size(3)), textcoords="offset points", va="bottom",
    )  # fmt: skip
    end = ratios.iloc[-1]
    words = f"{percent(end['ratio'])}\n{_range(end)}"
    end_labels(axes, last, [(end["ratio"], words, "new_infections")], lines=2)
    if last > first:
        range_note(axes, "shaded: widest possible range", y=0.97)
    else:
        range_note(axes, "upright line: widest possible range", x=0.01, y=0.97)


def _range(row: pd.Series) -> str:
    """The widest possible range of one year, in percent."""
    return between(row["low"], row["high"], "share")


def _standing(row: pd.Series) -> str:
    """Where the last ratio stands against the benchmark, as far as its range can tell."""
    line = percent(IPR_BENCHMARK)
    if row["low"] <= IPR_BENCHMARK <= row["high"]:
        return f"its widest possible range includes the {line} benchmark"
    side = "above" if row["ratio"] > IPR_BENCHMARK else "below"
    return f"that is {side} the {line} benchmark"


def _finding(ratios: pd.DataFrame, place: str) -> str:
    """How the ratio moved and where it stands now."""
    end = ratios.iloc[-1]
    base = ratios[ratios["year"] == BASE_YEAR]
    if base.empty or end["year"] == BASE_YEAR:
        told = f"new infections were {percent(end['ratio'])} of people living with HIV in "
        return sentences.of_place(place, f"{told}{int(end['year'])}; {_standing(end)}")
    first = base["ratio"].iloc[0]
    was, now, year = percent(first), percent(end["ratio"]), int(end["year"])
    way = direction(first, end["ratio"])
    told = f"{way} from {was} of people living with HIV in {BASE_YEAR} to {now}"
    if was == now:
        told = f"stayed about the same since {BASE_YEAR}, at {now} of people living with HIV"
    return sentences.of_place(place, f"new infections {told} in {year}; {_standing(end)}")


def _alt(ratios: pd.DataFrame, place: str) -> str:
    """Kind of picture, then the first and the last ratio."""
    start, end = ratios.iloc[0], ratios.iloc[-1]
    was = f"from {percent(start['ratio'])} in {int(start['year'])} to " if len(ratios) > 1 else ""
    told = f"{was}{percent(end['ratio'])} in {int(end['year'])}, widest range {_range(end)}"
    return (
        "Line chart of new infections as a share of people living with HIV by year, "
        f"{sentences.span(ratios['year'])}, {place}, with a {percent(IPR_BENCHMARK)} line. "
        f"{sentences.capital(told)}."
    )


def _caption() -> str:
    """How to read the ratio, its range and the benchmark."""
    return (
        "The line is the year's new infections divided by the people living with HIV. "
        f"The benchmark, {percent(IPR_BENCHMARK)}, is one new infection for every "
        f"{number(1 / IPR_BENCHMARK, 0)} years lived with HIV; if people live about that long with "
        "HIV, their number shrinks in time while the ratio stays below it. UNAIDS publishes no "
        "range for the ratio: the shade is the widest that the two published ranges allow."
    )


def _table(ratios: pd.DataFrame) -> pd.DataFrame:
    """The ratio by year with its widest range."""
    columns = {
        "year": "Year",
        "ratio": "New infections per person living with HIV (share)",
        "low": "Share: lowest possible",
        "high": "Share: highest possible",
        "person_years_per_infection": "Years lived with HIV per new infection",
    }
    return ratios[list(columns)].rename(columns=columns)
