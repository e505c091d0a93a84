"""Run a notebook from top to bottom in a fresh kernel."""

from __future__ import annotations

import asyncio
import atexit
import copy
import os
import re
import signal
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from explainer.errors import ExplainerError
from explainer.paths import DATA_VARIABLE

CELL_SECONDS = 120
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_CELL_FILE = re.compile(r"\(\d+\.py, (line \d+)\)")


class _Client(NotebookClient):
    """Runs the cells; an interrupt stops the kernel at once and is told from a kernel's death.

    nbclient's own signal handler removes the kernel under the running cell, which then
    fails on its missing client.
    """

    is_interrupted = False
    _running: asyncio.Task[Any] | None = None

    async def async_start_new_kernel(self, **kwargs: Any) -> None:
        self._running = asyncio.current_task()
        try:
            for stop in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(stop, self._stop)
        except RuntimeError:  # Windows, or not the main thread: there Ctrl-C simply raises
            pass
        await super().async_start_new_kernel(**kwargs)

    def _stop(self) -> None:
        self.is_interrupted = True
        self.shutdown_kernel = "immediate"
        if self._running:
            self._running.cancel()

    def clean_up(self) -> None:
        """End the kernel now if a failed start left one, rather than when Python exits."""
        atexit.unregister(self._cleanup_kernel)
        if self.km is not None:
            self._cleanup_kernel()


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
    client = _Client(
        executed,
        timeout=CELL_SECONDS,
        iopub_timeout=CELL_SECONDS,
        raise_on_iopub_timeout=True,  # else a busy machine loses pictures without a word
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    )
    running: list[str] = []
    client.on_cell_start = lambda cell, **_: running.append(cell.get("id", "?"))
    try:
        _execute(client, _environment(formats, release))
    except (CellExecutionError, CellTimeoutError) as error:
        raise ExplainerError(f"{path.name} cell {running[-1]}: {_reason(error)}") from None
    except RuntimeError as error:
        if running and not isinstance(error, DeadKernelError):
            raise
        raise ExplainerError(f"{path.name}{_lost(running, error)}") from None
    return executed


def _execute(client: _Client, environment: dict[str, str]) -> None:
    """Run all cells; the kernel's own complaints are not the reader's."""
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        client.execute(env=environment, **silent)
    except (Exception, asyncio.CancelledError):
        if client.is_interrupted:
            raise KeyboardInterrupt from None
        raise
    finally:
        client.clean_up()


def _environment(formats: Iterable[str], release: str | None) -> dict[str, str]:
    """The kernel's environment: what to draw for, and from which release."""
    environment = dict(os.environ, EXPLAINER_FORMATS=",".join(formats))
    environment["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    if environment.get(DATA_VARIABLE):  # the kernel starts in the notebook's folder, not in ours
        environment[DATA_VARIABLE] = str(Path(environment[DATA_VARIABLE]).expanduser().absolute())
    if release:
        environment["EXPLAINER_RELEASE"] = release
    return environment


def _lost(running: list[str], error: RuntimeError) -> str:
    """Where the kernel was lost, and what to look at."""
    if running:
        return f" cell {running[-1]}: the kernel died; run the notebook in JupyterLab to see why"
    return f": no kernel started ({error}); run it in JupyterLab to see why"


def _reason(error: CellExecutionError | CellTimeoutError) -> str:
    """Why a cell failed, in one clause; an ExplainerError already is one."""
    if isinstance(error, CellTimeoutError):
        return f"still running after {CELL_SECONDS} s; shorten what it computes"
    said = _CELL_FILE.sub(r"(\1)", _COLOURS.sub("", str(error.evalue))).strip()
    told = said if error.ename == "ExplainerError" else f"{error.ename}: {said}".rstrip(": ")
    return told.splitlines()[0] if told else str(error.ename)
