"""Who runs the notebooks: warm forked children, Jupyter kernels where forking is unsafe, or a
cluster."""

from __future__ import annotations

import ast
import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.paths import notebooks_dir
from explainer.publish.children import Work, can_fork, in_children
from explainer.publish.pages import Composed, Task, compose, in_kernel, in_process

REHEARSAL = """\
import explainer as hiv
hiv.say("{{ x | full }}", x=hiv.value_in(hiv.load_estimates(), "plhiv"))
hiv.sources(hiv.load_targets())
hiv.charts.plhiv_infections_deaths(hiv.load_estimates())"""
# What only many pages of one notebook are worth: every size and weight of type they draw with.
FOR_MANY = """\
profile = hiv.profile(hiv.load_estimates(), "ZAF")
hiv.charts.stock_flow(profile.rows, location="ZAF", since=2010)
hiv.charts.beside_world(profile.rows, location="ZAF")
hiv.charts.country_place(hiv.load_estimates(), location="ZAF")
hiv.glossary("range")"""
MANY = 8


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
    pages = Counter(task.path for task in tasks)
    warm_up(len(tasks), [path for path, number in pages.items() if number >= MANY])
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


def warm_up(notebooks: int, shared: Sequence[Path] = ()) -> None:
    """Load once what every child needs, and freeze it, so that forks share the memory.

    A single notebook is not worth a rehearsal: its own run warms what it needs.  One that many
    pages are made from has its sentences read here, once for all of them.
    """
    for name in _NEEDED + (_NEEDED_BY_SOME if notebooks > 1 else ()):
        import_module(name)
    if notebooks > 1:
        _rehearse(REHEARSAL if not shared else f"{REHEARSAL}\n{FOR_MANY}")
        for path in shared:
            read_sentences(path)
        gc.collect()
    gc.freeze()
    # Drawing makes many small objects that live as long as the page: look for rubbish less often.
    gc.set_threshold(50_000, 20)


def _rehearse(lines: str) -> None:
    """Run a small notebook to a page, so that fonts, templates and tables are at hand."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    from explainer.publish.report import ReportExporter
    from explainer.publish.shell import CellFailedError, run_here

    story = new_markdown_cell("# Rehearsal\n\n$a^2$", id="story")
    code = [new_code_cell(line, id=f"code-{at}") for at, line in enumerate(lines.splitlines())]
    try:
        executed = run_here(new_notebook(cells=[story, *code]), notebooks_dir())
        exporter = ReportExporter()  # type: ignore[no-untyped-call]
        exporter.from_notebook_node(executed)
    except (CellFailedError, ExplainerError):
        pass  # the tables or the code are at fault: each notebook will say so itself


def read_sentences(notebook: Path) -> None:
    """Read what the notebook gives to ``say``; nothing of it is run."""
    from explainer.publish.notebooks import read

    with suppress(ExplainerError):  # its own run will say what is wrong, and where
        for cell in read(notebook).cells:
            if cell.cell_type == "code":
                _read_templates(cell.source)


def _read_templates(source: str) -> None:
    from explainer.narrative.say import prepare

    with suppress(ExplainerError, SyntaxError):
        for template in _said(ast.parse(source)):
            prepare(template)


def _said(tree: ast.AST) -> Iterator[str]:
    """The templates of the calls of ``say`` that stand as plain text."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
            named = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if named == "say" and isinstance(call.args[0].value, str):
                yield call.args[0].value
