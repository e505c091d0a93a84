"""What is published of one place, as plain numbers by indicator and year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from explainer.science.checks import at_location, marks, one_release
from explainer.science.intervals import Estimate

Figures = Mapping[str, Mapping[int, Estimate]]


def figures_of(estimates: pd.DataFrame, location: str) -> dict[str, dict[int, Estimate]]:
    """Every published figure of a place in one release: ``figures["plhiv"][2024]``.

    A threshold keeps its number as printed, with the mark in ``mark``.
    """
    one_release(estimates)
    found: dict[str, dict[int, Estimate]] = {}
    for indicator, year, figure in estimates_in(at_location(estimates, location)):
        found.setdefault(indicator, {})[year] = figure
    return {name: dict(sorted(series.items())) for name, series in found.items()}


def estimates_in(rows: pd.DataFrame) -> Iterator[tuple[str, int, Estimate]]:
    """Indicator, year and figure of each row: far quicker than one look-up in a frame each."""
    columns = [rows[name] for name in ("indicator", "year", "estimate", "low", "high", "unit")]
    columns += [marks(rows[name]) for name in ("estimate_mark", "low_mark", "high_mark")]
    for indicator, year, *figure in zip(*(column.tolist() for column in columns), strict=True):
        yield indicator, year, Estimate(*figure)
