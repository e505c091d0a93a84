"""Build pages: each notebook runs once, and every format asked for is made from that run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.errors import ExplainerError
from explainer.publish import digest, notebooks
from explainer.publish.files import writable_folder, write_whole
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
    chapters = [notebooks.find(name) for name in names] or notebooks.chapters()
    for name in formats:
        if name not in FORMATS:
            raise ExplainerError(f"unknown format {name}; the formats are {', '.join(FORMATS)}")
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
    return Outcome(tuple(exported), tuple(failures), _index(folder, exported))


def _index(folder: Path, exported: Sequence[Exported]) -> Path | None:
    """The landing page, rewritten only when a page changed or it is missing."""
    from explainer.publish.index import write_index

    target = folder / "index.html"
    if any(page.is_new for page in exported) or (exported and not target.exists()):
        return write_index(folder)
    return target if target.exists() else None


def _export_one(
    chapter: Chapter, formats: Sequence[str], folder: Path, release: str | None, force: bool
) -> list[Exported]:
    """Every format of one notebook; nothing is run if all are up to date."""
    stamps = {f: digest.of_inputs(chapter.path, release=release, page=f) for f in formats}
    targets = {f: folder / FORMATS[f].format(slug=chapter.slug) for f in formats}
    if not force and all(digest.of_page(targets[f]) == stamps[f] for f in formats):
        return [Exported(path, is_new=False) for path in targets.values()]
    from explainer.publish.run import run

    notebook = notebooks.read(chapter.path)
    executed = run(notebook, chapter.path, formats=formats, release=release)
    for name in formats:
        write_whole(targets[name], _page(executed, chapter, stamps[name], release))
    return [Exported(path, is_new=True) for path in targets.values()]


def _page(executed: NotebookNode, chapter: Chapter, stamp: str, release: str | None) -> str:
    """The report of an executed notebook."""
    from explainer.publish.report import ReportExporter, facts

    resources = {"metadata": {"name": chapter.slug, "path": str(chapter.path.parent)}}
    built = facts(release=release, digest=stamp)
    exporter = ReportExporter()  # type: ignore[no-untyped-call]  # nbconvert's own constructor
    html, _ = exporter.from_notebook_node(executed, {**resources, "facts": built})
    return html
