"""Frames for the epidemic pictures: the real tables, and copies with one thing changed."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.lines import Line2D
from matplotlib.text import Text

from explainer.tables import load_cascade, load_estimates, load_targets

ESTIMATES = load_estimates()
EVERY_RELEASE = load_estimates("all")
CASCADE = load_cascade()
TARGETS = load_targets()


def with_value(
    indicator: str,
    year: int,
    estimate: float,
    location: str = "World",
    frame: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """A copy in which one figure is another, its range moved with it."""
    changed = (ESTIMATES if frame is None else frame).copy()
    row = (
        (changed["location"] == location)
        & (changed["indicator"] == indicator)
        & (changed["year"] == year)
    )
    assert row.sum() == 1, "the test changes exactly one figure"
    shift = estimate / changed.loc[row, "estimate"].iloc[0]
    changed.loc[row, ["estimate", "low", "high"]] *= shift
    return changed


def published(indicator: str, location: str = "World") -> pd.DataFrame:
    """The published rows of one series in the order of their years."""
    rows = ESTIMATES[(ESTIMATES["location"] == location) & (ESTIMATES["indicator"] == indicator)]
    return rows.sort_values("year", ignore_index=True)


def longest_line(axes: Axes) -> Line2D:
    """The line with most points: the series itself."""
    return max(axes.get_lines(), key=lambda line: len(line.get_xdata()))


def band_at(axes: Axes, year: int) -> tuple[float, float]:
    """Low and high of the shaded range at a year."""
    (band,) = [c for c in axes.collections if isinstance(c, FillBetweenPolyCollection)]
    corners = [y for path in band.get_paths() for x, y in path.vertices if x == year]
    return min(corners), max(corners)


def words(axes: Axes) -> list[str]:
    """Every text of an axes."""
    return [text.get_text() for text in axes.findobj(Text) if text.get_text()]
