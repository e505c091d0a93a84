"""Run a notebook from top to bottom in a fresh kernel."""

from __future__ import annotations

import asyncio
import atexit
import copy
import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from explainer.errors import ExplainerError
from explainer.publish import failures

# Run last and taken out again: a page is stale when a table it read has changed.
_TABLES_READ = """\
import sys as _sys
_load = _sys.modules.get("explainer.tables.load")
print(*sorted(_load.opened() if _load else []))"""


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
    label: str = "",
    environment: Mapping[str, str] = MappingProxyType({}),
) -> tuple[NotebookNode, frozenset[str]]:
    """The notebook with the outputs of one run, started in its own folder, and the tables it read.

    Parameters
    ----------
    notebook : NotebookNode
        What to run; it is not changed.
    path : pathlib.Path
        Where it lies: the kernel's working folder.
    label : str
        How messages name it; its file name if none is given.
    environment : mapping
        Variables for the kernel, on top of this process's.

    Raises
    ------
    ExplainerError
        If a cell fails, hangs or kills the kernel: which cell, and what it said.
    """
    executed: NotebookNode = copy.deepcopy(notebook)
    executed.cells.append(new_code_cell(_TABLES_READ, id="tables-read"))
    client = _Client(
        executed,
        timeout=failures.CELL_SECONDS,
        iopub_timeout=failures.CELL_SECONDS,
        raise_on_iopub_timeout=True,  # else a busy machine loses pictures without a word
        coalesce_streams=True,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    )
    running: list[str] = []
    client.on_cell_start = lambda cell, **_: running.append(cell.get("id", "?"))
    label = label or path.name
    try:
        _execute(client, dict(os.environ, **environment))
    except (CellExecutionError, CellTimeoutError) as error:
        raise ExplainerError(failures.at(label, running[-1], _reason(error))) from None
    except RuntimeError as error:
        if running and not isinstance(error, DeadKernelError):
            raise
        lost = failures.died() if running else _no_kernel(error)
        raise ExplainerError(failures.at(label, "".join(running[-1:]), lost)) from None
    tables = executed.cells.pop().outputs[0]["text"]
    return executed, frozenset(tables.split())


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


def _no_kernel(error: RuntimeError) -> str:
    return f"no kernel started ({error}); run it in JupyterLab to see why"


def _reason(error: CellExecutionError | CellTimeoutError) -> str:
    """Why a cell failed, in one clause."""
    if isinstance(error, CellTimeoutError):
        return failures.hung(failures.CELL_SECONDS)
    if error.ename == "NoneType":  # so ipykernel tells of an error in showing a result
        return "its result could not be shown; run the notebook in JupyterLab to see why"
    return failures.raised(str(error.ename), str(error.evalue))
