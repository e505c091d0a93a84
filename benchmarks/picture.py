"""The measured ratios as a picture in the explainer's style."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from benchmarks.results import Row
from benchmarks.timing import median
from explainer.charts import style
from explainer.charts.svg import inline_svg

TITLE = "Seconds from notebook to report, beside the tools one would pick instead"


def draw(rows: Sequence[Row], target: Path) -> None:
    """Each job held against another tool as a pair of dots, with the ratio between them."""
    shown = [row for row in rows if row.others and row.unit == "s"]
    with style.context():
        figure, grid = style.canvas(height=0.5 + 0.42 * len(shown))
        axes = grid[0, 0]
        for place, row in enumerate(reversed(shown)):
            _pair(axes, place, row)
        _frame(axes, shown)
        style.head(figure, TITLE)
        style.foot(figure, "Median of paired runs on one machine; logarithmic scale.")
        told = [f"{row.job}: {median(row.times):.1f} times {row.other}" for row in shown]
        svg = inline_svg(figure, name="benchmark", title=TITLE, description="; ".join(told))
    target.write_text(svg + "\n", encoding="utf-8")


def _pair(axes: Axes, place: int, row: Row) -> None:
    """Ours filled, the other hollow, joined by a line that carries the ratio."""
    mine, other = median(row.ours), median(row.others)
    ours, theirs = style.colour("plhiv"), style.colour("neutral")
    axes.plot([mine, other], [place, place], color=style.colour("faint").mark, linewidth=1.2)
    axes.plot(mine, place, "o", color=ours.mark, markersize=6)
    axes.plot(other, place, "o", color=theirs.mark, markerfacecolor="white", markersize=6)
    axes.annotate(f"{median(row.times):.1f}×", ((mine * other) ** 0.5, place), (0, 3),
                  textcoords="offset points", ha="center", color=ours.ink)  # fmt: skip
    axes.annotate(f"{other:.2g} s, {_plain(row.other)}", (max(mine, other), place), (7, 0),
                  textcoords="offset points", va="center", color=theirs.ink)  # fmt: skip


def _frame(axes: Axes, shown: Sequence[Row]) -> None:
    """Jobs at the left with our seconds, a logarithmic axis of seconds below."""
    jobs = [f"{_plain(row.job)}: {median(row.ours):.2g} s" for row in reversed(shown)]
    axes.set_yticks(range(len(jobs)), jobs)
    axes.set_ylim(-0.6, len(jobs) - 0.2)
    axes.set_xscale("log")
    axes.set_xlim(0.01, 2000)
    axes.xaxis.set_major_locator(LogLocator(10))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g} s"))
    axes.grid(visible=False, axis="y")


def _plain(words: str) -> str:
    """Words without Markdown's signs."""
    return words.replace("`", "")
