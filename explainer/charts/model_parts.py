"""Parts of the model's pictures: the model beside published figures, and years held out."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import style
from explainer.charts.axes import BAND_ALPHA
from explainer.science.intervals import Estimate
from explainer.science.transmission_fit import INCIDENCE, PREVALENCE, PREVALENCE_SD, Fit
from explainer.wording import between, number, percent

# What an indicator is called, the colour it wears on every page, and how its values are said.
NAMES = {
    PREVALENCE: "HIV prevalence, ages 15–49",
    INCIDENCE: "New infections per 1,000 uninfected people",
    "hiv_deaths_per_1000": "AIDS-related deaths per 1,000 people",
}
MEANINGS = {
    PREVALENCE: "plhiv",
    INCIDENCE: "new_infections",
    "hiv_deaths_per_1000": "aids_deaths",
}
MODEL_DASHES = (0, (4, 1.6))


def said(indicator: str, value: float) -> str:
    """A value of an indicator in words: ``22%``, ``5.4``, ``36``."""
    if indicator == PREVALENCE:
        return percent(value, 1 if value < 0.05 else None)
    return number(value, _digits(value))


def _digits(rate: float) -> int:
    return 0 if rate >= 10 else 1 if rate >= 1 else 2


def said_with_range(indicator: str, published: Estimate) -> str:
    """A published figure with its range: ``23.4% (22.9–23.8%)``, ``7.5 (5.8–9.6)``."""
    low, high = published.low, published.high
    if indicator == PREVALENCE:
        return f"{percent(published.value, 1)} ({between(low, high, 'share', digits=1)})"
    digits = _digits(published.value)
    return f"{number(published.value, digits)} ({between(low, high, 'number', digits=digits)})"


def art_now(fit: Fit) -> str:
    """The ART coverage published last: ``95% in 2025, range 88% to more than 98%, release …``."""
    now = fit.art_now
    ends = f"{percent(now.low)} to {percent(now.high, mark=now.high_mark)}"
    return f"{percent(now.value)} in {fit.art_year}, range {ends}, release {fit.releases[0]}"


def of_indicator(compared: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """The rows of one indicator in the order of their years."""
    return compared[compared["indicator"] == indicator].sort_values("year", ignore_index=True)


def published_line(axes: Axes, rows: pd.DataFrame, indicator: str) -> None:
    """Published figures with their range, in the indicator's colour."""
    mark = style.colour(MEANINGS[indicator]).mark
    years = rows["year"].to_numpy(float)
    low, high = rows["low"].to_numpy(float), rows["high"].to_numpy(float)
    axes.fill_between(years, low, high, color=mark, alpha=BAND_ALPHA, linewidth=0)
    axes.plot(years, rows["estimate"], color=mark)


def model_line(axes: Axes, rows: pd.DataFrame) -> None:
    """The model's course, dark and dashed: never mistaken for published figures."""
    axes.plot(
        rows["year"], rows["model"], color=style.colour("strong").mark, linestyle=MODEL_DASHES
    )


def off_both_lines(points: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Surveys of other ages whose prevalence lies far above model and range: said by their ages."""
    tops = rows.set_index("year")[["model", "high"]].max(axis=1)
    is_off = points["estimate"] > points["year"].map(tops) + PREVALENCE_SD
    others = (points["ages"] != "15–49") & (points["sex"] == "all")
    return points[is_off & others & (points["indicator"] == PREVALENCE)]


def held_out(axes: Axes, until: int, last: int, words: str = "") -> None:
    """Shade the years that the fit has not seen."""
    axes.axvspan(until + 0.5, last + 0.5, color=style.colour("faint").mark, alpha=0.14, linewidth=0)
    if words:
        axes.text(
            until + 1, 0.97, words, transform=axes.get_xaxis_transform(), va="top",
            color=style.colour("neutral").ink, fontsize=style.size(8.8), linespacing=1.15,
        )  # fmt: skip


def short_source(more: str = "") -> str:
    """The line under a picture of the model."""
    base = "our teaching model; UNAIDS and WHO series" + (f"; {more}" if more else "")
    return f"{base}. CC BY-NC-SA 3.0 IGO"
