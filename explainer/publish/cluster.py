"""The same pages on a Dask cluster, through joblib's dask backend."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from explainer.errors import ExplainerError
from explainer.paths import notebooks_dir
from explainer.publish.pages import Composed, Task, compose, in_process

# A run changes the working folder and the standard streams of its process: one at a time.
_RUNNING = threading.Lock()
CONNECT_SECONDS = 10


def compose_on(scheduler: str, tasks: Sequence[Task]) -> Iterator[Composed]:
    """Pages of every task, made by the workers of a Dask cluster, as they are done.

    The workers need the same versions of everything, as their pages are byte for byte those made
    here.  A task whose worker dies is given to another.

    Parameters
    ----------
    scheduler : str
        Address of the scheduler, such as ``tcp://127.0.0.1:8786``.
    tasks : sequence of Task
        What to make.

    Raises
    ------
    ExplainerError
        If Dask is not installed or no scheduler answers at the address.
    """
    try:
        from dask.distributed import Client
        from joblib import Parallel, delayed, parallel_config
    except ImportError:
        raise ExplainerError(
            "a cluster needs Dask, which is not installed; install hiv-explainer[cluster]"
        ) from None
    try:
        client = Client(  # type: ignore[no-untyped-call]
            scheduler, timeout=CONNECT_SECONDS, set_as_default=False
        )
    except (OSError, ValueError, TimeoutError) as error:
        reason = str(error).splitlines()[0]
        raise ExplainerError(
            f"no Dask scheduler answers at {scheduler} ({reason}); start one with dask scheduler"
        ) from None
    with client, parallel_config(backend="dask", client=client, wait_for_workers_timeout=30):
        parallel = Parallel(return_as="generator_unordered", batch_size=1, pre_dispatch="all")
        yield from parallel(delayed(compose_here)(task) for task in tasks)


def compose_here(task: Task) -> Composed:
    """Pages of one task, made in a worker."""
    if not task.path.exists():  # a chapter lies elsewhere on another machine
        task = replace(task, path=notebooks_dir() / task.path.name)
    with _RUNNING:
        try:
            return Composed(task, compose(task, in_process))
        except ExplainerError as error:
            return Composed(task, failure=str(error))
