"""Build pages: each notebook runs once, and every format asked for is made from that run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.errors import ExplainerError
from explainer.paths import data_dir
from explainer.publish import digest, notebooks
from explainer.publish.files import is_same, writable_folder, write_whole
from explainer.publish.notebooks import Chapter

if TYPE_CHECKING:
    from nbformat import NotebookNode

FORMATS = {"html": "{slug}.html"}


@dataclass(frozen=True)
class Exported:
    """One file of a build: where it is and whether this build wrote it."""

    path: Path
    is_new: bool


@dataclass(frozen=True)
class Outcome:
    """What a build made, what failed (one sentence each), and the landing page."""

    exported: tuple[Exported, ...]
    failures: tuple[str, ...]
    index: Path | None


def export(
    names: Sequence[str] = (),
    *,
    formats: Sequence[str] = ("html",),
    out: Path = Path("exports"),
    release: str | None = None,
    force: bool = False,
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
    told : callable
        Hears the slug of each notebook when it is done.

    Raises
    ------
    ExplainerError
        If a name, a format, the release or the folder is wrong: before anything is written.
    """
    chapters = _chosen(names)
    for name in formats:
        if name not in FORMATS:
            raise ExplainerError(f"unknown format {name}; the formats are {', '.join(FORMATS)}")
    data_dir()  # a wrong data folder is one mistake, not one a notebook
    if release is not None:
        from explainer.tables import check_release

        release = check_release(release)
    folder = writable_folder(out)
    exported: list[Exported] = []
    failures: list[str] = []
    for chapter in chapters:
        try:
            exported += _export_one(chapter, formats, folder, release, force)
        except ExplainerError as error:
            failures.append(str(error))
        told(chapter.slug)
    try:
        index = _index(folder, exported)
    except ExplainerError as error:
        failures.append(str(error))
        index = None
    return Outcome(tuple(exported), tuple(failures), index)


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
    return list(chosen)


def _index(folder: Path, exported: Sequence[Exported]) -> Path | None:
    """The landing page, rewritten only when a page changed or it is missing."""
    target = folder / "index.html"
    if any(page.is_new for page in exported) or (exported and not target.exists()):
        from explainer.publish.index import write_index

        return write_index(folder)
    return target if exported else None


def _export_one(
    chapter: Chapter, formats: Sequence[str], folder: Path, release: str | None, force: bool
) -> list[Exported]:
    """Every format of one notebook; a chapter is not run if all are up to date.

    A reader's own notebook always runs, because it may read what no digest knows of.
    """
    stamps = {f: digest.of_inputs(chapter.path, release=release, page=f) for f in formats}
    targets = {f: folder / FORMATS[f].format(slug=chapter.slug) for f in formats}
    is_current = all(digest.of_page(targets[f]) == stamps[f] for f in formats)
    if is_current and not force and chapter.is_bundled:
        return [Exported(path, is_new=False) for path in targets.values()]
    notebook = notebooks.read(chapter.path)
    from explainer.publish.run import run

    executed = run(notebook, chapter.path, formats=formats, release=release)
    pages = {f: _page(executed, chapter, stamps[f], release) for f in formats}
    made: list[Exported] = []
    for name, path in targets.items():
        is_new = force or not is_same(path, pages[name])
        if is_new:
            write_whole(path, pages[name])
        made.append(Exported(path, is_new))
    return made


def _page(executed: NotebookNode, chapter: Chapter, stamp: str, release: str | None) -> str:
    """The report of an executed notebook."""
    from explainer.publish.report import ReportExporter, facts

    resources = {"metadata": {"name": chapter.slug, "path": str(chapter.path.parent)}}
    built = facts(release=release, digest=stamp)
    exporter = ReportExporter()  # type: ignore[no-untyped-call]  # nbconvert's own constructor
    html, _ = exporter.from_notebook_node(executed, {**resources, "facts": built})
    return html
