"""Who runs the notebooks: warm forked children, Jupyter kernels where forking is unsafe, or a
cluster."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from functools import partial
from importlib import import_module

from explainer.errors import ExplainerError
from explainer.paths import notebooks_dir
from explainer.publish.children import Work, can_fork, in_children
from explainer.publish.pages import Composed, Task, compose, in_kernel, in_process

REHEARSAL = """\
import explainer as hiv
hiv.say("{{ x | full }}", x=hiv.value_in(hiv.load_estimates(), "plhiv"))
hiv.sources(hiv.load_targets())
hiv.charts.plhiv_infections_deaths(hiv.load_estimates())"""


def compose_all(
    tasks: Sequence[Task], *, jobs: int, kernel: bool = False, scheduler: str | None = None
) -> Iterator[Composed]:
    """Pages of every task, as they are done; a task that fails does not stop the others."""
    if not tasks:
        return
    if scheduler is not None:
        from explainer.publish.cluster import compose_on

        yield from compose_on(scheduler, tasks)
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


# What a child would otherwise import for itself, each one anew.
_NEEDED = (
    "explainer.charts",
    "explainer.narrative.card",
    "explainer.narrative.sources",
    "explainer.publish.report",
    "explainer.publish.shell",
    "explainer.science.genetics",
    "explainer.science.profile",
    "explainer.science.remission",
)
_NEEDED_BY_SOME = ("scipy.stats",)


def warm_up(notebooks: int) -> None:
    """Load once what every child needs, and freeze it, so that forks share the memory.

    A single notebook is not worth a rehearsal: its own run warms what it needs.
    """
    for name in _NEEDED + (_NEEDED_BY_SOME if notebooks > 1 else ()):
        import_module(name)
    if notebooks > 1:
        _rehearse()
        gc.collect()
    gc.freeze()
    # Drawing makes many small objects that live as long as the page: look for rubbish less often.
    gc.set_threshold(50_000, 20)


def _rehearse() -> None:
    """Run a small notebook to a page, so that fonts, templates and tables are at hand."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    from explainer.publish.report import ReportExporter
    from explainer.publish.shell import CellFailedError, run_here

    story = new_markdown_cell("# Rehearsal\n\n$a^2$", id="story")
    code = new_code_cell(REHEARSAL, id="code")
    try:
        executed = run_here(new_notebook(cells=[story, code]), notebooks_dir())
        exporter = ReportExporter()  # type: ignore[no-untyped-call]
        exporter.from_notebook_node(executed)
    except (CellFailedError, ExplainerError):
        pass  # the tables or the code are at fault: each notebook will say so itself
