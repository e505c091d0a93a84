"""The measured ratios as a picture in the explainer's style."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator
from matplotlib.transforms import blended_transform_factory

from benchmarks.results import Row
from benchmarks.timing import median
from explainer.charts import style
from explainer.charts.svg import inline_svg

TITLE = "Seconds from notebook to report, beside the tools one would pick instead"


def draw(rows: Sequence[Row], target: Path) -> None:
    """Each job held against another tool as a pair of dots, with the ratio between them."""
    shown = [row for row in rows if row.others and row.unit == "s"]
    with style.context():
        figure, grid = style.canvas(height=1.0 + 0.55 * len(shown))
        axes = grid[0, 0]
        for place, row in enumerate(reversed(shown)):
            _pair(axes, place, row)
        _frame(axes, shown)
        style.head(figure, TITLE)
        style.foot(
            figure,
            "Filled: explainer; hollow: the other. Medians of paired runs; logarithmic scale.",
        )
        told = [f"{row.job}: {median(row.times):.1f} times {row.other}" for row in shown]
        svg = inline_svg(figure, name="benchmark", title=TITLE, description="; ".join(told))
    target.write_text(svg + "\n", encoding="utf-8")


def _pair(axes: Axes, place: int, row: Row) -> None:
    """Ours filled, the other hollow, joined by a line that carries the ratio, under the job."""
    mine, other = median(row.ours), median(row.others)
    ours, theirs = style.colour("plhiv"), style.colour("neutral")
    axes.plot([mine, other], [place, place], color=style.colour("faint").mark, linewidth=1.2)
    axes.plot(mine, place, "o", color=ours.mark, markersize=6)
    axes.plot(other, place, "o", color=theirs.mark, markerfacecolor="white", markersize=6)
    across = blended_transform_factory(axes.transAxes, axes.transData)
    axes.text(0, place + 0.32, f"{_plain(row.job)}, beside {_plain(row.other)}", transform=across,
              va="bottom", color=theirs.ink)  # fmt: skip
    low, high = sorted((mine, other))
    for value, side, words in (
        (low, -7, _seconds(low)),
        (high, 7, f"{_seconds(high)} · {median(row.times):.3g}×"),
    ):
        axes.annotate(words, (value, place), (side, 0), textcoords="offset points", va="center",
                      ha="left" if side > 0 else "right",
                      color=(ours if value == mine else theirs).ink)  # fmt: skip


def _frame(axes: Axes, shown: Sequence[Row]) -> None:
    """A logarithmic axis of seconds, with room for the words beside the dots."""
    values = [median(times) for row in shown for times in (row.ours, row.others)]
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_ylim(-0.6, len(shown) - 0.1)
    axes.set_xscale("log")
    axes.set_xlim(min(values) / 4, max(values) * 10)
    axes.xaxis.set_major_locator(LogLocator(10))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g} s"))
    axes.grid(visible=False, axis="y")


def _seconds(value: float) -> str:
    """Seconds in three figures, never as a power of ten."""
    return f"{value:.0f} s" if value >= 100 else f"{value:.3g} s"


def _plain(words: str) -> str:
    """Words without Markdown's signs."""
    return words.replace("`", "")
