"""A notebook that was run and saved in JupyterLab, made ready for a page."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode

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


def _is_for_lab(output: Any) -> bool:
    data = output.get("data", {})
    return LAB_MIME in data or (WIDGET_MIME in data and "text/html" not in data)


def _for_page(output: Any) -> Any:
    figure = output.get("data", {}).pop(LIVE_MIME, None)
    if figure is not None:
        output["data"]["text/html"] = figure
    return output
