"""A chart as HTML: ``<figure>`` with picture, caption, source and its numbers in a table."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

LONG_CITATION = 420  # characters: about four lines under a picture

if TYPE_CHECKING:
    from explainer.charts.chart import Chart


def cell_text(value: object, *, is_year: bool = False) -> str:
    """A table cell as people read it: thousands set off, four significant digits, blanks as –.

    A year is a number that must not be written 2,024.
    """
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, int | float):
        return f"{value:.0f}" if is_year else f"{value:,.0f}"
    return str(value)


def table_html(table: pd.DataFrame, caption: str) -> str:
    """HTML table with a caption, header cells for columns and rows, and raw values for CSV."""
    numeric = [pd.api.types.is_numeric_dtype(table[column]) for column in table]
    years = [str(column).lower().startswith("year") for column in table]
    head = "".join(
        f'<th scope="col"{" class=num" if is_number else ""}>{escape(str(column))}</th>'
        for column, is_number in zip(table.columns, numeric, strict=True)
    )
    rows = []
    for values in table.astype(object).itertuples(index=False, name=None):
        cells = []
        for position, (value, is_number) in enumerate(zip(values, numeric, strict=True)):
            shown = escape(cell_text(value, is_year=years[position]))
            kind = " class=num" if is_number else ""
            is_rewritten = is_number and not pd.isna(value) and shown != str(value)
            raw = f' data-value="{value}"' if is_rewritten else ""
            tag = 'th scope="row"' if position == 0 else "td"
            cells.append(f"<{tag}{kind}{raw}>{shown}</{tag[:2]}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _source(citation: str) -> str:
    """The citation under the picture; folded where it would be longer than the caption."""
    cited = f'<span class="source">{escape(citation)}</span>'
    if len(citation) <= LONG_CITATION:
        return f'<span class="source-line">Source: {cited}</span>'
    return f'<details class="source-line"><summary>Sources in full</summary>{cited}</details>'


def words_html(chart: Chart) -> str:
    """What stands under a picture: caption, source, and its numbers in a table to unfold."""
    return (
        f'<figcaption><span class="figure-number"></span> {escape(chart.caption)} '
        f"{_source(chart.source)}</figcaption>"
        f'<details class="data"><summary>The numbers behind this picture</summary>'
        f'<div class="scroll" tabindex="0" role="group" aria-label="Data table">'
        f"{table_html(chart.table, chart.title)}</div></details>"
    )


def figure_html(chart: Chart, picture: str) -> str:
    """The chart as one ``<figure>``: it needs no style sheet, script or network to be read."""
    return (
        f'<figure class="chart" data-name="{escape(chart.name)}">'
        # A phone shows the picture through a window; the finding is then repeated above it.
        f'<p class="finding" aria-hidden="true" style="display:none">{escape(chart.title)}</p>'
        f'<div class="picture" style="background:#fff;overflow-x:auto" tabindex="0" role="group" '
        f'aria-label="{escape(chart.title)}">{picture}</div>'
        f"{words_html(chart)}</figure>"
    )
