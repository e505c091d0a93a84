"""Run a notebook from top to bottom in a fresh kernel."""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from explainer.errors import ExplainerError

CELL_SECONDS = 120
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def run(
    notebook: NotebookNode,
    path: Path,
    *,
    formats: Iterable[str] = ("html",),
    release: str | None = None,
) -> NotebookNode:
    """The notebook with the outputs of one run, started in its own folder.

    Parameters
    ----------
    notebook : NotebookNode
        What to run; it is not changed.
    path : pathlib.Path
        Where it lies: named in errors, and the kernel's working folder.
    formats : iterable of str
        The pages this run will make; charts draw a talk picture only for ``slides``.
    release : str, optional
        UNAIDS release that loaders use when a cell names none.

    Raises
    ------
    ExplainerError
        If a cell fails, hangs or kills the kernel: which cell, and what it said.
    """
    executed: NotebookNode = copy.deepcopy(notebook)
    client = NotebookClient(
        executed,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    )
    running: list[str] = []
    client.on_cell_start = lambda cell, **_: running.append(cell.get("id", "?"))
    try:
        client.execute(env=_environment(formats, release))
    except CellExecutionError as error:
        raise ExplainerError(_failure(path, running, error)) from None
    except CellTimeoutError:
        raise ExplainerError(
            f"{path.name} cell {running[-1]}: still running after {CELL_SECONDS} s; "
            f"shorten what it computes"
        ) from None
    except DeadKernelError:
        where = running[-1] if running else "(start)"
        raise ExplainerError(
            f"{path.name} cell {where}: the kernel died; run the notebook in JupyterLab to see why"
        ) from None
    return executed


def _environment(formats: Iterable[str], release: str | None) -> dict[str, str]:
    """The kernel's environment: what to draw for, and from which release."""
    environment = dict(os.environ, EXPLAINER_FORMATS=",".join(formats))
    environment["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    if release:
        environment["EXPLAINER_RELEASE"] = release
    return environment


def _failure(path: Path, running: list[str], error: CellExecutionError) -> str:
    """One sentence from a cell's exception; an ExplainerError already is one."""
    said = _COLOURS.sub("", str(error.evalue)).strip()
    told = said if error.ename == "ExplainerError" else f"{error.ename}: {said}".rstrip(": ")
    return f"{path.name} cell {running[-1]}: {told.splitlines()[0] if told else error.ename}"


def outputs_of(notebook: NotebookNode) -> Iterable[tuple[NotebookNode, dict[str, Any]]]:
    """Every output of the notebook with its cell, in order."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield cell, output
