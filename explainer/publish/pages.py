"""One notebook becomes its pages: run once, then every format made from that run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explainer.errors import ExplainerError
from explainer.paths import DATA_VARIABLE, IMPORTS_VARIABLE
from explainer.publish import digest, failures, notebooks

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from explainer.publish.report import ReportExporter

FORMATS = {  # the pages that each makes, and their files
    "html": {"html": "{slug}.html"},
    "slides": {"slides": "{slug}.slides.html"},
    "pdf": {"pdf": "{slug}.pdf"},
    "lesson": {
        page: f"{{slug}}.{page}.html" for page in ("lesson", "worksheet", "answers", "quiz")
    },
}
COUNTRIES = "countries"  # the folder of country profiles beside the chapters
BACKEND = "module://matplotlib_inline.backend_inline"

Begun = Callable[[str], None]


@dataclass(frozen=True)
class Task:
    """A notebook to be made into pages.

    Attributes
    ----------
    path : pathlib.Path
        The notebook; its folder is where it runs.
    slug : str
        Name of the files made, without suffix.
    formats : tuple of str
        Pages to make.
    release : str or None
        UNAIDS release that loaders use when a cell names none.
    parameters : tuple of (str, object)
        Values for the cell tagged ``parameters``.
    releases : str
        Releases that the page names as its own; the one its loaders use if none is given.
    """

    path: Path
    slug: str
    formats: tuple[str, ...] = ("html",)
    release: str | None = None
    parameters: tuple[tuple[str, Any], ...] = ()
    releases: str = ""

    @property
    def label(self) -> str:
        """The notebook as messages name it."""
        values = ", ".join(str(value) for _, value in self.parameters if value is not None)
        return f"{self.path.name} ({values})" if values else self.path.name

    def files(self) -> dict[str, str]:
        """File name of each page."""
        pages = (FORMATS[name] for name in self.formats)
        return {page: file.format(slug=self.slug) for made in pages for page, file in made.items()}

    def stamp(self, page: str, tables: Iterable[str], *, words: bool = True) -> str:
        """Digest of one page, made from these tables; of all but its words if so wished."""
        return digest.of_inputs(
            self.path, page=page, tables=tables, release=self.release,
            parameters=self.parameters, words=words,
        )  # fmt: skip


@dataclass(frozen=True)
class Composed:
    """How a task ended: its pages by name, or the sentence that says why there are none."""

    task: Task
    pages: dict[str, str] | None = None
    failure: str = ""


Execute = Callable[[Task, "NotebookNode", Begun], tuple["NotebookNode", frozenset[str]]]


def compose(task: Task, execute: Execute, begun: Begun = lambda _: None) -> dict[str, str]:
    """Text of every page of a task that shows something, by name, from one run of its notebook."""
    notebook = notebooks.read(task.path)
    if task.parameters:
        notebooks.set_parameters(notebook, dict(task.parameters))
    executed, tables = execute(task, notebook, begun)
    pages = {name: _page(task, name, executed, tables) for name in task.files()}
    return {name: text for name, text in pages.items() if text}


def take_up(task: Task, folder: Path) -> dict[str, str] | None:
    """Text of every page, what its code shows taken from the page in the folder, if only words
    of the notebook changed; None if there is more to do."""
    from explainer.publish.shown import seal, shown_in, with_shown

    if task.parameters:  # values of the run stand in the code that the page shows
        return None
    made = {}
    for name, file in task.files().items():
        stamp = digest.of_page(folder / file)
        if not stamp or stamp.code != task.stamp(name, stamp.tables, words=False):
            return None
        shown = shown_in((folder / file).read_text(encoding="utf-8"))
        executed = with_shown(notebooks.read(task.path), shown)
        if executed is None or seal(shown) != stamp.shown:
            return None
        made[name] = _page(task, name, executed, stamp.tables)
    return made


def _page(task: Task, name: str, executed: NotebookNode, tables: Iterable[str]) -> str:
    """Text of one page of a notebook that has run; none if it would be blank."""
    from explainer.publish.report import facts

    stamps = {"digest": task.stamp(name, tables), "code": task.stamp(name, tables, words=False)}
    built = facts(tables, release=task.releases or task.release, **stamps)
    resources = {"metadata": {"name": task.slug, "path": str(task.path.parent)}, "facts": built}
    try:
        text, made = _exporter(name).from_notebook_node(executed, resources)
    except ExplainerError as error:
        raise ExplainerError(f"{task.label} {error}") from None
    return "" if made.get("is_blank") else str(text)


def _exporter(name: str) -> ReportExporter:
    """What makes this page."""
    if name == "slides":
        from explainer.publish.slides import SlidesExporter

        return SlidesExporter()  # type: ignore[no-untyped-call]  # nbconvert's own constructor
    if name in FORMATS["lesson"]:
        from explainer.publish.lesson_pages import LessonExporter

        lesson = LessonExporter()  # type: ignore[no-untyped-call]
        lesson.kind = name
        return lesson
    from explainer.publish.report import ReportExporter

    return ReportExporter()  # type: ignore[no-untyped-call]


def in_process(
    task: Task, notebook: NotebookNode, begun: Begun
) -> tuple[NotebookNode, frozenset[str]]:
    """Run a notebook in this very process; the tables it read come with it."""
    from explainer.publish.shell import CellFailedError, run_here
    from explainer.tables.load import forget_opened, opened

    forget_opened()
    with _surroundings(environment(task)):
        try:
            executed = run_here(notebook, task.path.parent, begun=begun)
        except CellFailedError as error:
            clause = failures.raised(error.name, error.message)
            raise ExplainerError(failures.at(task.label, error.cell_id, clause)) from None
    return executed, opened()


def in_kernel(
    task: Task, notebook: NotebookNode, begun: Begun
) -> tuple[NotebookNode, frozenset[str]]:
    """Run a notebook in a fresh Jupyter kernel; the tables it read come with it."""
    from explainer.publish.run import run

    return run(notebook, task.path, label=task.label, environment=environment(task))


def environment(task: Task) -> dict[str, str]:
    """Variables a run depends on: what to draw for, from which release and folder."""
    made = {"EXPLAINER_FORMATS": ",".join(task.formats), "MPLBACKEND": BACKEND}
    for name in (DATA_VARIABLE, IMPORTS_VARIABLE):
        if os.environ.get(name):  # a run starts in the notebook's folder, not in ours
            made[name] = str(Path(os.environ[name]).expanduser().absolute())
    if task.release:
        made["EXPLAINER_RELEASE"] = task.release
    return made


@contextmanager
def _surroundings(variables: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables for a while."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
