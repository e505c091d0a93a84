"""What a page shows of each code cell, taken up again when only the words around it changed.

A report carries everything its code showed.  While the code, the tables and the helpers are the
same, running the code again would show the same, so an edited sentence costs no run.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from html import unescape

from nbformat import NotebookNode
from nbformat.v4 import new_output

from explainer.publish.outputs import CHART_MIME, SHOWN_MIME
from explainer.publish.roles import part

_SHOWN = re.compile(r"<!--shown ([^\s>]+)-->(.*?)<!--/shown \1-->", re.S)
_CHART = re.compile(r'<figure class="chart(?: live)?" data-name="([^"]*)"')


def marked(cell_id: str, html: str) -> str:
    """What a code cell shows, between comments that name the cell; nothing stays nothing."""
    return f"<!--shown {cell_id}-->{html}<!--/shown {cell_id}-->" if html else ""


def shown_in(html: str) -> dict[str, str]:
    """What each code cell shows in a page, by cell id; its figures keep their numbers, as the
    order of the code is the same."""
    return dict(_SHOWN.findall(html))


def seal(shown: Mapping[str, str]) -> str:
    """Hash over what the cells show: a page that was cut or altered no longer holds to it."""
    total = hashlib.sha256()
    for cell in sorted(shown):
        total.update(f"{cell}\0{shown[cell]}\0".encode())
    return total.hexdigest()


def with_shown(notebook: NotebookNode, shown: Mapping[str, str]) -> NotebookNode | None:
    """The notebook as if it had run, its outputs taken from a page; None if they do not suffice.

    A title said by code is written into the head of a page, where it cannot be taken from.
    """
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        if part(cell) == "title":
            return None
        pieces = (html for name, html in shown.items() if name.partition("~")[0] == cell["id"])
        cell.outputs = [_output(html) for html in pieces if html]
    return notebook


def _output(html: str) -> NotebookNode:
    """An output that shows what it showed before."""
    chart = _CHART.search(html)
    data: dict[str, object] = {SHOWN_MIME: html}
    if chart:
        data[CHART_MIME] = {"name": unescape(chart.group(1))}
    output: NotebookNode = new_output("display_data", data=data)
    return output
