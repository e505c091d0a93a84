"""Run a notebook inside this process: the outputs of a kernel, without starting one.

The outputs equal a kernel's, which a test holds for every chapter.  What it cannot do (widgets,
input, prints of C code) is what ``--kernel`` is for.
"""

from __future__ import annotations

import builtins
import contextlib
import copy
import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ipykernel.jsonutil import encode_images, json_clean
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output


class CellFailedError(Exception):
    """A cell raised: its id, and the error's class name and message."""

    def __init__(self, cell_id: str, name: str, message: str) -> None:
        super().__init__(cell_id, name, message)
        self.cell_id, self.name, self.message = cell_id, name, message


class _Hook(DisplayHook):
    """Collect a cell's result instead of printing it."""

    shell: _Shell

    def write_output_prompt(self) -> None:
        """Say nothing before a result."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        self.shell.collected.append(
            new_output(
                "execute_result",
                data=json_clean(encode_images(format_dict)),
                metadata=json_clean(md_dict or {}),
            )
        )

    def finish_displayhook(self) -> None:
        sys.stdout.flush()


class _Publisher(DisplayPublisher):
    """Collect what a cell displays."""

    shell: _Shell

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
        made = json_clean(encode_images(data))
        output = new_output("display_data", data=made, metadata=json_clean(metadata or {}))
        self.shell.collected.append(output)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.collected.clear()


class _Stream(io.TextIOBase):
    """Collect prints, one output for each run of the same stream, as a kernel's are merged."""

    def __init__(self, name: str, shell: _Shell) -> None:
        self._name, self._shell = name, shell

    def write(self, text: str) -> int:
        last = self._shell.collected[-1] if self._shell.collected else {}
        if last.get("output_type") == "stream" and last["name"] == self._name:
            last["text"] += text
        elif text:
            self._shell.collected.append(new_output("stream", name=self._name, text=text))
        return len(text)

    def writable(self) -> bool:
        return True


class _Shell(InteractiveShell):
    """A shell that keeps no history, opens no window and prints nothing itself."""

    displayhook_class = _Hook
    display_pub_class = _Publisher
    collected: list[NotebookNode]
    broken: BaseException | None

    def init_history(self) -> None:
        self.collected = []
        super().init_history()  # type: ignore[no-untyped-call]
        self.history_manager.enabled = False  # type: ignore[union-attr]

    def enable_gui(self, gui: str | None = None) -> None:
        """Pictures are collected; there is no window to open."""

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: Any) -> None:
        """Keep the error: a picture that cannot be shown fails its cell, as an exception does."""
        self.broken = evalue


def _no_input(_: object = "") -> str:
    """What a kernel without a reader in front of it answers to ``input()``."""
    raise StdinNotImplementedError(
        "raw_input was called, but this frontend does not support input requests."
    )


def run_here(
    notebook: NotebookNode,
    folder: Path,
    *,
    begun: Callable[[str], None] = lambda _: None,
) -> NotebookNode:
    """The notebook with its outputs, run in this very process, started in ``folder``.

    Parameters
    ----------
    notebook : NotebookNode
        What to run; it is not changed.
    folder : pathlib.Path
        Working folder of the run, and the first place imports look.
    begun : callable
        Hears each cell's id before the cell runs.

    Raises
    ------
    CellFailedError
        If a cell raises.
    """
    executed: NotebookNode = copy.deepcopy(notebook)
    with _placed(folder), _shell() as shell:
        for cell in executed.cells:
            begun(cell.get("id", "?"))
            if cell.cell_type == "code" and cell.source.strip():
                _run_cell(shell, cell)
    return executed


def _run_cell(shell: _Shell, cell: NotebookNode) -> None:
    """Run one cell and keep what it showed; stop at its error."""
    shell.collected, shell.broken = [], None
    streams = _Stream("stdout", shell), _Stream("stderr", shell)
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        result: ExecutionResult = shell.run_cell(  # type: ignore[no-untyped-call]
            cell.source, store_history=True
        )
    cell.execution_count = result.execution_count
    cell.outputs = shell.collected
    for output in cell.outputs:
        if output["output_type"] == "execute_result":
            output["execution_count"] = result.execution_count
    error = result.error_before_exec or result.error_in_exec or shell.broken
    if error is not None:
        raise CellFailedError(cell.get("id", "?"), type(error).__name__, str(error))


def _collect_pictures(shell: _Shell) -> None:
    """Tie a pyplot that was imported earlier to this shell; a fresh one ties itself."""
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    shell.enable_matplotlib("inline")  # type: ignore[no-untyped-call]
    set_matplotlib_formats("png")  # type: ignore[no-untyped-call]


@contextlib.contextmanager
def _shell() -> Iterator[_Shell]:
    """A fresh shell; what IPython hooks into the process is taken out again."""
    hooks = sys.displayhook, sys.excepthook
    main, ask = sys.modules["__main__"], builtins.input
    builtins.input = _no_input
    shell = _Shell.instance()
    if "matplotlib.pyplot" in sys.modules:
        _collect_pictures(shell)
    elif "matplotlib" in sys.modules and "MPLBACKEND" in os.environ:  # loaded before that was set
        sys.modules["matplotlib"].rcParams["backend"] = os.environ["MPLBACKEND"]
    try:
        yield shell
    finally:
        shell.restore_sys_module_state()  # type: ignore[no-untyped-call]
        _Shell.clear_instance()
        sys.displayhook, sys.excepthook = hooks
        sys.modules["__main__"], builtins.input = main, ask


@contextlib.contextmanager
def _placed(folder: Path) -> Iterator[None]:
    """Work in ``folder`` and let imports look there first."""
    before = Path.cwd()
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        os.chdir(before)
        sys.path.remove(str(folder))
