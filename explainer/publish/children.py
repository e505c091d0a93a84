"""Work in child processes: forked warm, watched, and never outliving their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any

from explainer.errors import ExplainerError
from explainer.publish import failures

MEMORY = 4 * 2**30  # bytes a child may take on top of what it was born with
_PR_SET_PDEATHSIG = 1

Begun = Callable[[str], None]


@dataclass(frozen=True)
class Work:
    """A piece of work: its name in messages, and what to do in the child.

    ``do`` is handed a function that tells the parent which cell has begun; what it returns
    must be picklable.
    """

    name: str
    do: Callable[[Begun], Any]


@dataclass(frozen=True)
class Done:
    """How a piece of work ended: its result, or the sentence that says why there is none."""

    work: Work
    result: Any = None
    failure: str = ""


@dataclass
class _Child:
    """A running child: where it is, and since when."""

    work: Work
    pid: int
    pipe: Connection
    cell: str = ""
    since: float = field(default_factory=time.monotonic)


def can_fork() -> bool:
    """Whether a warm process may be forked here: on Linux; elsewhere system libraries object."""
    return sys.platform == "linux"


def in_children(works: Sequence[Work], *, jobs: int) -> Iterator[Done]:
    """Do each piece of work in its own forked child, ``jobs`` at a time, as they finish.

    A child that raises, dies, hangs or takes too much memory ends in one sentence; the others go
    on.  No child is left when the iterator ends, is closed, or its process is killed.

    Parameters
    ----------
    works : sequence of Work
        What to do.
    jobs : int
        How many children may live at once.
    """
    waiting = list(reversed(works))
    children: dict[Connection, _Child] = {}
    try:
        while waiting or children:
            while waiting and len(children) < jobs:
                child = _start(waiting.pop(), list(children))
                children[child.pipe] = child
            for pipe in wait(list(children), timeout=0.5):
                assert isinstance(pipe, Connection)
                done = _heard(children[pipe])
                if done is not None:
                    _end(children.pop(pipe))
                    yield done
            for pipe, child in list(children.items()):
                if time.monotonic() - child.since > failures.CELL_SECONDS:
                    _end(children.pop(pipe))
                    yield Done(child.work, failure=_hung(child))
    finally:
        for child in children.values():
            _end(child)


def _start(work: Work, others: list[Connection]) -> _Child:
    """Fork a child that does the work and reports through a pipe."""
    reader, writer = Pipe(duplex=False)
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    with warnings.catch_warnings():
        # Idle threads of numerical libraries make newer Pythons warn; they restart in the child.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid:
        writer.close()
        return _Child(work, pid, reader)
    try:
        for pipe in (reader, *others):
            pipe.close()
        _be_a_child(work, writer, parent)
    finally:
        os._exit(0)


def _be_a_child(work: Work, pipe: Connection, parent: int) -> None:
    """The child's whole life."""
    # The parent hears Ctrl-C and ends its children.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _die_with(parent)
    _limit_memory()
    _warn_as_python_does()
    try:
        pipe.send(("done", work.do(lambda cell: pipe.send(("begun", cell)))))
    except ExplainerError as error:
        pipe.send(("failed", str(error)))
    except BaseException:  # our own bug: the parent raises it with the child's traceback
        pipe.send(("broken", traceback.format_exc()))


def _die_with(parent: int) -> None:
    """Ask the kernel to end this child when its parent dies, even by kill -9."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we asked
        os._exit(1)


def _limit_memory() -> None:
    """Let a runaway cell fail with MemoryError instead of filling the machine."""
    import resource

    with open("/proc/self/statm") as status:  # noqa: PTH123  # a kernel file, not a path of ours
        pages = int(status.read().split()[0])
    limit = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _warn_as_python_does() -> None:
    """Filters of the parent, a test's say, are not the notebook's."""
    warnings.resetwarnings()
    quiet = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)
    for category in quiet:
        warnings.simplefilter("ignore", category)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")


def _heard(child: _Child) -> Done | None:
    """Take one message of a child; its end, if that is what it says."""
    try:
        kind, said = child.pipe.recv()
    except (EOFError, OSError):
        return Done(child.work, failure=_died(child))
    if kind == "begun":
        child.cell, child.since = said, time.monotonic()
        return None
    if kind == "broken":
        raise RuntimeError(failures.at(child.work.name, child.cell, said))
    return Done(child.work, result=said) if kind == "done" else Done(child.work, failure=said)


def _end(child: _Child) -> None:
    """Make sure the child is gone and nothing of it is left."""
    child.pipe.close()
    try:
        os.kill(child.pid, signal.SIGKILL)
        os.waitpid(child.pid, 0)
    except (ProcessLookupError, ChildProcessError):
        pass


def _hung(child: _Child) -> str:
    return failures.at(child.work.name, child.cell, failures.hung(failures.CELL_SECONDS))


def _died(child: _Child) -> str:
    return failures.at(child.work.name, child.cell, failures.died())
