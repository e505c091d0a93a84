"""Build pages: each notebook runs once, and every format asked for is made from that run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from explainer.errors import ExplainerError
from explainer.paths import data_dir
from explainer.publish import digest, notebooks
from explainer.publish.files import is_same, writable_folder, write_whole
from explainer.publish.notebooks import Chapter
from explainer.publish.notes import notes_of
from explainer.publish.pages import FORMATS, Composed, Task, take_up


@dataclass(frozen=True)
class Exported:
    """One file of a build: where it is and whether this build wrote it."""

    path: Path
    is_new: bool


@dataclass(frozen=True)
class Outcome:
    """What a build made, what failed (one sentence each), the landing page, and what to know."""

    exported: tuple[Exported, ...]
    failures: tuple[str, ...]
    index: Path | None
    notes: tuple[str, ...] = ()


def export(
    names: Sequence[str] = (),
    *,
    formats: Sequence[str] = ("html",),
    out: Path = Path("exports"),
    release: str | None = None,
    force: bool = False,
    jobs: int | None = None,
    kernel: bool = False,
    told: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Export chapters (all by default) or a reader's own notebooks to ``out``.

    Parameters
    ----------
    names : sequence of str
        Chapter numbers, slugs or paths of notebooks; empty for all chapters.
    formats : sequence of str
        Pages to make of each.
    out : pathlib.Path
        Folder the pages go to.
    release : str, optional
        UNAIDS release the loaders use when a cell names none.
    force : bool
        Build anew even where nothing changed.
    jobs : int, optional
        Notebooks to run at once; as many as there are processors if not given.
    kernel : bool
        Run each notebook in a Jupyter kernel of its own instead of a forked child.
    told : callable
        Hears the slug of each notebook when it is done.

    Raises
    ------
    ExplainerError
        If a name, a format, the release or the folder is wrong: before anything is written.
    """
    chapters = _chosen(names)
    check_wishes(formats, release)
    if release is not None and any(chapter.is_bundled for chapter in chapters):
        from explainer.tables import check_chapters

        check_chapters(release)
    folder = writable_folder(out)
    tasks = [Task(c.path, c.slug, tuple(formats), release) for c in chapters]
    # A reader's own notebook always runs, because it may read what no digest knows of.
    always = {chapter.slug for chapter in chapters if not chapter.is_bundled}
    stale = [t for t in tasks if force or t.slug in always or not is_current(t, folder)]
    reworded = {} if force else _reworded([t for t in stale if t.slug not in always], folder)
    outcome = build(
        tasks, stale, folder, reworded=reworded, force=force, jobs=jobs, kernel=kernel, told=told
    )
    return _with_index(outcome, folder)


def check_wishes(formats: Sequence[str], release: str | None) -> None:
    """Raise for an unknown format, release or data folder: one mistake, not one a notebook."""
    for name in formats:
        if name not in FORMATS:
            raise ExplainerError(f"unknown format {name}; the formats are {', '.join(FORMATS)}")
    if set(formats) == {"pdf"}:  # else the other pages are made, and its lack is told at the end
        from explainer.publish.pdf import browser

        browser()
    data_dir()
    if release is not None:
        from explainer.tables import check_release

        check_release(release)


def is_current(task: Task, folder: Path) -> bool:
    """Whether every page of a task stands in the folder, made from what is there now."""
    for page, name in task.files().items():
        stamp = digest.of_page(folder / name)
        if not stamp or stamp.digest != task.stamp(page, stamp.tables):
            return False
    return True


def _reworded(stale: Sequence[Task], folder: Path) -> dict[str, dict[str, str]]:
    """Pages of the tasks of which only words changed, by slug: their code need not run."""
    made = {}
    for task in stale:
        with suppress(ExplainerError):  # running it will say what is wrong
            if pages := take_up(task, folder):
                made[task.slug] = pages
    return made


def build(
    tasks: Sequence[Task],
    stale: Sequence[Task],
    folder: Path,
    *,
    reworded: Mapping[str, dict[str, str]] = MappingProxyType({}),
    force: bool = False,
    jobs: int | None = None,
    kernel: bool = False,
    scheduler: str | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Make the stale tasks' pages and write them; keep the others as they are."""
    from explainer.publish.crew import compose_all

    new: dict[Path, bool] = {}
    failures: dict[str, str] = {}
    notes: dict[str, None] = {}
    for task in tasks:
        if task not in stale:
            new |= {folder / name: False for name in task.files().values()}
            told(task.slug)
    at_once = jobs or os.cpu_count() or 1
    ready = [Composed(task, reworded[task.slug]) for task in stale if task.slug in reworded]
    to_run = [task for task in stale if task.slug not in reworded]
    ran = compose_all(to_run, jobs=at_once, kernel=kernel, scheduler=scheduler)
    for done in chain(ready, ran):
        try:
            if done.pages is not None:
                new |= _written(done.task, done.pages, folder, force=force)
                notes |= dict.fromkeys(notes_of(done.task, done.pages))
            failures |= {done.task.slug: done.failure} if done.failure else {}
        except ExplainerError as error:
            failures[done.task.slug] = str(error)
        told(done.task.slug)
    paths = [folder / name for task in tasks for name in task.files().values()]
    exported = tuple(Exported(path, new[path]) for path in paths if path in new)
    said = dict.fromkeys(failures[task.slug] for task in tasks if task.slug in failures)
    return Outcome(exported, tuple(said), None, tuple(notes))


def _written(
    task: Task, pages: Mapping[str, str], folder: Path, *, force: bool
) -> Iterator[tuple[Path, bool]]:
    """Write a task's pages; say of each whether it is another than before."""
    files = task.files()
    for page in files.keys() - pages.keys():
        if digest.of_page(folder / files[page]):  # of a day when there was something to show
            (folder / files[page]).unlink()
    for page in sorted(pages, key="pdf".__eq__):  # paper last: it alone needs a browser
        path = folder / files[page]
        content = _on_paper(pages[page]) if page == "pdf" else pages[page]
        is_new = force or not is_same(path, content)
        if is_new:
            write_whole(path, content)
        yield path, is_new


def _on_paper(page: str) -> bytes:
    """The page as PDF."""
    from explainer.publish.pdf import printed
    from explainer.tables import freeze_date

    return printed(page, frozen=freeze_date())


def _with_index(outcome: Outcome, folder: Path) -> Outcome:
    """The outcome with the landing page, rewritten only when a page changed or it is missing."""
    try:
        index = _index(folder, outcome.exported)
    except ExplainerError as error:
        return replace(outcome, failures=(*outcome.failures, str(error)))
    return replace(outcome, index=index)


def _chosen(names: Sequence[str]) -> list[Chapter]:
    """The notebooks meant, each once; two must not claim one page."""
    chosen = dict.fromkeys([notebooks.find(name) for name in names] or notebooks.chapters())
    pages: dict[str, Path] = {"index": Path("the landing page")}
    for chapter in chosen:
        if chapter.slug in pages:
            raise ExplainerError(
                f"{chapter.path} and {pages[chapter.slug]} would both be written to "
                f"{chapter.slug}.html; rename one of them"
            )
        pages[chapter.slug] = chapter.path
        _check_own_page(chapter)
    return list(chosen)


def _check_own_page(chapter: Chapter) -> None:
    """Raise if a notebook's page would bear the name of another notebook's slides or lesson."""
    made = (file for files in FORMATS.values() for file in files.values())
    for suffix in (file.removeprefix("{slug}") for file in made):
        other = f"{chapter.slug}.html".removesuffix(suffix)
        if suffix != ".html" and other != f"{chapter.slug}.html":
            raise ExplainerError(
                f"{chapter.path}: its page {chapter.slug}.html would be taken for one made of "
                f"{other}.ipynb; rename the notebook, for instance to "
                f"{chapter.slug.replace('.', '-')}.ipynb"
            )


def _index(folder: Path, exported: Sequence[Exported]) -> Path | None:
    """The landing page, rewritten only when a page changed or it is missing."""
    target = folder / "index.html"
    if any(page.is_new for page in exported) or (exported and not target.exists()):
        from explainer.publish.countries import write_both

        return write_both(folder)
    return target if exported else None
