"""A notebook that was run and saved in JupyterLab, made ready for a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from explainer.publish.outputs import CHART_MIME

WIDGET_MIME = "application/vnd.jupyter.widget-view+json"
LIVE_MIME = "application/vnd.explainer.live+html"  # the figure a page shows of a live picture
LAB_MIME = "application/vnd.explainer.lab+json"  # what stands beside it in JupyterLab alone


def without_lab(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what only JupyterLab can use; live pictures as pages show them.

    A control without a kernel is dead, and its text form says nothing to a reader.
    """
    for cell in notebook.cells:
        if "outputs" in cell:
            cell.outputs = [_for_page(output) for output in cell.outputs if not _is_for_lab(output)]
    return notebook


def made_for(page: str, notebook: NotebookNode, place: Path) -> NotebookNode:
    """The notebook, run anew if what it shows is not enough for the page.

    Slides have pictures of their own, and JupyterLab draws none of them; a notebook that was only
    opened shows nothing at all.

    Parameters
    ----------
    page : {"report", "slides", "lesson"}
        What it is made ready for.
    notebook : NotebookNode
        As it was saved.
    place : pathlib.Path
        Its file: where it is run, and how messages name it.

    Raises
    ------
    ExplainerError
        If a cell fails: which one, and what it said.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    is_run = not code or any(cell.get("execution_count") or cell.outputs for cell in code)
    has_pictures = page != "slides" or all(chart.get("talk") for chart in _charts(notebook))
    if is_run and has_pictures:
        return notebook
    from explainer.publish.pages import Task, in_kernel

    task = Task(place, place.stem, ("html" if page == "report" else page,))
    return in_kernel(task, notebook, lambda _: None)[0]


def _charts(notebook: NotebookNode) -> Iterator[Any]:
    """What each chart says of itself."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if CHART_MIME in output.get("data", {}):
                yield output["data"][CHART_MIME]


def _is_for_lab(output: Any) -> bool:
    data = output.get("data", {})
    return LAB_MIME in data or (WIDGET_MIME in data and "text/html" not in data)


def _for_page(output: Any) -> Any:
    figure = output.get("data", {}).pop(LIVE_MIME, None)
    if figure is not None:
        output["data"]["text/html"] = figure
    return output
