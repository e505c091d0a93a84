"""Words that several pictures share: names, directions, sources, alt text that stays short."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from explainer.errors import ExplainerError
from explainer.science.epidemic import Change, change_since, series
from explainer.wording import between, join, people, short

ALT_LIMIT = 250  # characters; a screen reader cannot be stopped inside an alt text

NAMES = {
    "plhiv": "people living with HIV",
    "new_infections": "new HIV infections",
    "aids_deaths": "AIDS-related deaths",
    "on_art": "people on treatment",
    "art_coverage_share": "treatment coverage",
    "prevalence_share": "HIV prevalence at ages 15–49",
}


def name_of(indicator: str) -> str:
    """An indicator in prose."""
    return NAMES.get(indicator, indicator.replace("_", " "))


def capital(sentence: str) -> str:
    """The sentence with its first letter as a capital; the rest stays as it is."""
    return sentence[:1].upper() + sentence[1:]


def of_place(location: str, sentence: str) -> str:
    """The sentence with its place before it; the world needs no name."""
    return capital(sentence) if location == "World" else f"{location}: {sentence}"


def series_or_none(estimates: pd.DataFrame, indicator: str, location: str) -> pd.DataFrame | None:
    """The series, or None where this place has no such figures."""
    try:
        return series(estimates, indicator, location)
    except ExplainerError:
        return None


def change_or_none(
    estimates: pd.DataFrame, indicator: str, base_year: int, location: str
) -> Change | None:
    """The change since a year, or None where either end is not an ordinary figure."""
    try:
        return change_since(estimates, indicator, None, base_year, location)
    except ExplainerError:
        return None


def moved_to(change: Change) -> str:
    """``fell to 1.3 million`` or ``stayed about the same, at 1.3 million``."""
    link = ", at" if change.direction == "stayed about the same" else " to"
    return f"{change.direction}{link} {people(change.last.value)}"


def moved(change: Change) -> str:
    """``fell from 2.2 million to 1.3 million``, or that it stayed about the same."""
    if change.direction == "stayed about the same":
        return moved_to(change)
    return f"{change.direction} from {people(change.first.value)} to {people(change.last.value)}"


def last_figure(frame: pd.DataFrame) -> pd.Series:
    """The newest row of a series that has a figure, be it a threshold."""
    has_figure = frame["estimate"].notna() | frame["estimate_threshold"].notna()
    return frame[has_figure].iloc[-1]


def figure_words(row: pd.Series) -> str:
    """One published figure with its range: ``40.8 million, 37.0–45.6 million``."""
    if row["estimate_mark"]:
        return people(row["estimate_threshold"], mark=row["estimate_mark"])
    low_mark, high_mark = row["low_mark"], row["high_mark"]
    words = between(row["low"], row["high"], low_mark=low_mark, high_mark=high_mark)
    return f"{people(row['estimate'])}, {words}"


def published(rows: pd.DataFrame) -> pd.DataFrame:
    """Estimate, low and high for a table; a threshold reads ``<500``, other figures are numbers."""
    figures = rows[["estimate", "low", "high"]].copy()
    figures["estimate"] = rows["estimate"].fillna(rows["estimate_threshold"])
    for column in figures:
        figures[column] = marked(figures[column], rows[f"{column}_mark"])
    return figures


def marked(figures: pd.Series, marks: pd.Series) -> pd.Series:
    """The figures of a table's column; a threshold keeps its mark, so that it is no value."""
    if (marks == "").all():
        return figures
    pairs = zip(figures, marks, strict=True)
    written = [short(value, mark=mark) if mark else value for value, mark in pairs]
    return pd.Series(written, index=figures.index, dtype=object)


def release_words(estimates: pd.DataFrame) -> str:
    """The release that a picture shows, for the line under it."""
    releases = sorted(set(estimates["release"].astype(str)))
    which = f"releases {join(releases)}" if len(releases) > 1 else f"{releases[0]} release"
    return f"UNAIDS estimates, {which}. CC BY-NC-SA 3.0 IGO"


def sources_of(estimates: pd.DataFrame, place: str, *indicators: str) -> list[str]:
    """Sources of a place's figures for the indicators drawn."""
    here = (estimates["location"] == place) & estimates["indicator"].isin(indicators)
    return source_ids(estimates[here])


def source_ids(rows: pd.DataFrame) -> list[str]:
    """Sources of the rows drawn, each once."""
    return list(dict.fromkeys(str(source) for source in rows["source_id"].dropna()))


def span(years: pd.Series) -> str:
    """``1990–2024``, or the one year there is."""
    first, last = int(years.min()), int(years.max())
    return str(last) if first == last else f"{first}–{last}"


def within_limit(versions: Iterable[str]) -> str:
    """The first version that is short enough for an alt text; the versions get shorter."""
    choice = ""
    for choice in versions:
        if len(choice) <= ALT_LIMIT:
            return choice
    return choice
