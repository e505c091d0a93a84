"""Who runs the notebooks: warm forked children, or Jupyter kernels where forking is unsafe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from explainer.errors import ExplainerError
from explainer.publish.children import Work, can_fork, in_children
from explainer.publish.pages import Task, compose, in_kernel, in_process


@dataclass(frozen=True)
class Composed:
    """How a task ended: its pages by format, or the sentence that says why there are none."""

    task: Task
    pages: dict[str, str] | None = None
    failure: str = ""


def compose_all(tasks: Sequence[Task], *, jobs: int, kernel: bool = False) -> Iterator[Composed]:
    """Pages of every task, as they are done; a task that fails does not stop the others."""
    if not tasks:
        return
    if kernel or not can_fork():
        yield from _in_kernels(tasks, jobs)
        return
    warm_up(len(tasks))
    works = [Work(task.label, partial(compose, task, in_process)) for task in tasks]
    of_work = dict(zip(map(id, works), tasks, strict=True))
    for done in in_children(works, jobs=jobs):
        yield Composed(of_work[id(done.work)], done.result, done.failure)


def _in_kernels(tasks: Sequence[Task], jobs: int) -> Iterator[Composed]:
    """Each notebook in a kernel of its own, several at once in worker processes."""
    if jobs == 1 or len(tasks) == 1:
        yield from map(_in_one_kernel, tasks)
        return
    from joblib import Parallel, delayed

    parallel = Parallel(n_jobs=min(jobs, len(tasks)), return_as="generator_unordered")
    yield from parallel(delayed(_in_one_kernel)(task) for task in tasks)


def _in_one_kernel(task: Task) -> Composed:
    try:
        return Composed(task, compose(task, in_kernel))
    except ExplainerError as error:
        return Composed(task, failure=str(error))


def warm_up(notebooks: int) -> None:
    """Load once what every child needs, and freeze it, so that forks share the memory.

    A single notebook is not worth a rehearsal: its own run warms what it needs.
    """
    import gc

    from explainer import tables

    if notebooks > 1:
        tables.load_estimates()
        tables.load_sources()
    gc.collect()
    gc.freeze()
