"""A measured row, and the table made of them."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.place import ROOT
from benchmarks.timing import median, ratios

LIBRARIES = (
    "hiv-explainer", "pandas", "numpy", "scipy", "matplotlib", "ipython", "ipykernel", "nbformat",
    "nbclient", "nbconvert", "papermill", "joblib", "distributed",
)  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """What was asked for, and whether it is so."""

    words: str
    is_met: bool


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes
    ----------
    job : str
        What was done.
    ours : tuple of float
        Our figure in each round.
    unit : str
        Of the figures.
    other : str
        What it is held against; empty if nothing.
    others : tuple of float
        The other's figure in each round.
    bars : tuple of Bar
        What was asked for.
    """

    job: str
    ours: tuple[float, ...]
    unit: str = "s"
    other: str = ""
    others: tuple[float, ...] = ()
    bars: tuple[Bar, ...] = ()

    @property
    def times(self) -> tuple[float, ...]:
        """How many times faster than the other, round by round."""
        return ratios(self.others, self.ours)


def at_least(times: Sequence[float], limit: float) -> Bar:
    """The bar that the median of the ratios must reach."""
    return Bar(f"≥ {limit:g}×", median(times) >= limit)


def at_most(values: Sequence[float], limit: float, unit: str = "s") -> Bar:
    """The bar that the median must not exceed."""
    return Bar(f"≤ {limit:g} {unit}", median(values) <= limit)


def figure(values: Sequence[float], unit: str) -> str:
    """Median and extremes as a cell of the table."""
    if not values:
        return ""
    middle, low, high = (_digits(value) for value in (median(values), min(values), max(values)))
    spread = f" [{low}–{high}]" if low != high else ""
    return f"{middle}{spread}{'' if unit == '×' else ' '}{unit}"


def _digits(value: float) -> str:
    """Three significant figures, as far as they mean anything."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:,.{digits}f}"


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| job | explainer | beside | beside took | ratio | bar | met |"]
    lines.append("|---|---|---|---|---|---|---|")
    for row in rows:
        bars = " · ".join(bar.words for bar in row.bars)
        met = " · ".join("yes" if bar.is_met else "**no**" for bar in row.bars)
        times = figure(row.times, "×") if row.others else ""
        cells = (row.job, figure(row.ours, row.unit), row.other, figure(row.others, row.unit))
        lines.append(f"| {' | '.join((*cells, times, bars, met))} |")
    return "\n".join(lines)


def machine() -> str:
    """What this was measured on and with."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    system = f"{platform.system()} {platform.release()}, {_processor()}"
    lines = [
        f"- {os.cpu_count()} cores, {_memory():.0f} GB of memory, {system}",
        f"- Python {platform.python_version()}; "
        + ", ".join(f"{name} {_version(name)}" for name in LIBRARIES),
        f"- measured {date.today().isoformat()}, commit {commit or 'unknown'}",
    ]
    return "\n".join(lines)


def _processor() -> str:
    """The processor's name as Linux tells it."""
    info = Path("/proc/cpuinfo")
    names = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    return next((n.split(":")[1].strip() for n in names if n.startswith("model name")), "?")


def _memory() -> float:
    """GB of memory."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
