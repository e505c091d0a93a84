"""The ``explainer`` command: export, country, pack, list, check, lab; other modules add more."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from explainer import cli_compare, cli_data
from explainer.errors import ExplainerError

if TYPE_CHECKING:
    from explainer.publish.build import Outcome

app = typer.Typer(
    help="HIV epidemiology explained: notebooks with sourced numbers, reports that open offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Chapters = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="CHAPTER|NOTEBOOK.ipynb",
        help="Chapters by number or name, or your own notebooks; all chapters if none is named.",
    ),
]
Formats = Annotated[
    list[str] | None,
    typer.Option("--to", metavar="FORMAT", help="html, slides, pdf or lesson; repeat for several."),
]
Out = Annotated[Path, typer.Option("--out", help="Folder for the pages.")]
Release = Annotated[
    str | None, typer.Option("--release", help="UNAIDS release to use, such as 2025.")
]
Force = Annotated[bool, typer.Option("--force", help="Build anew even where nothing changed.")]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", min=1, help="Notebooks to run at once; one a processor by default."),
]
Kernel = Annotated[
    bool, typer.Option("--kernel", help="Run each notebook in a Jupyter kernel of its own.")
]


@app.command()
def export(
    chapters: Chapters = None,
    to: Formats = None,
    out: Out = Path("exports"),
    release: Release = None,
    force: Force = False,
    jobs: Jobs = None,
    kernel: Kernel = False,
) -> None:
    """Run notebooks and write their pages, then the index page over all of them."""
    from explainer.publish import build, notebooks

    names = chapters or [chapter.slug for chapter in notebooks.chapters()]
    with _progress(len(names)) as told:
        outcome = build.export(
            names,
            formats=to or ["html"],
            out=out,
            release=release,
            force=force,
            jobs=jobs,
            kernel=kernel,
            told=told,
        )
    _report(outcome)


@app.command()
def country(
    places: Annotated[
        list[str] | None, typer.Argument(metavar="ISO3", help="Countries, such as SWZ NOR.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every country of the release.")] = False,
    to: Formats = None,
    out: Out = Path("exports/countries"),
    release: Release = None,
    until: Annotated[
        int | None, typer.Option("--until", help="Newest year the profiles look at.")
    ] = None,
    force: Force = False,
    jobs: Jobs = None,
    kernel: Kernel = False,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="Dask scheduler to run it on."),
    ] = None,
) -> None:
    """Write a profile of each country and an index over them."""
    from explainer.publish.profiles import export_profiles

    if bool(places) == every:
        raise ExplainerError("name countries such as SWZ NOR, or --all, and not both")
    with _progress(len(places) if places else None) as told:
        outcome = export_profiles(
            places or [],
            formats=to or ["html"],
            out=out,
            release=release,
            until=until,
            force=force,
            jobs=jobs,
            kernel=kernel,
            scheduler=scheduler,
            told=told,
        )
    _report(outcome)


@app.command()
def pack(
    out: Out = Path("exports"),
    release: Release = None,
    jobs: Jobs = None,
    countries: Annotated[
        bool, typer.Option("--countries/--no-countries", help="Make the country profiles too.")
    ] = True,
) -> None:
    """Make every page of every chapter and country, all in one zip for a USB stick."""
    from explainer.publish import pack as packing

    with _progress(None) as told:
        outcome, _ = packing.pack(out, release=release, jobs=jobs, countries=countries, told=told)
    _report(outcome)


@app.command(name="list")
def list_chapters() -> None:
    """List the chapters with their titles."""
    from explainer.publish import notebooks

    for chapter in notebooks.chapters():
        typer.echo(f"{chapter.slug:24} {notebooks.quick_title(chapter.path)}")


@app.command()
def check(chapters: Chapters = None) -> None:
    """Validate tables and notebooks; say what is wrong and where."""
    from explainer.publish.check import check_notebooks
    from explainer.tables.check import check_tables

    faults = [*([] if chapters else check_tables()), *check_notebooks(chapters or [])]
    for sentence in faults:
        _say_error(sentence)
    if faults:
        raise typer.Exit(2)
    typer.echo("notebooks are sound" if chapters else "tables and notebooks are sound")


cli_data.register(app)
cli_compare.register(app)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context) -> None:
    """Open JupyterLab on the notebooks; further options go to JupyterLab."""
    from explainer.paths import PACKAGE, notebooks_dir

    folder = notebooks_dir()
    if PACKAGE in folder.parents or not os.access(folder, os.W_OK):
        folder = _own_copy(folder)
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", *context.args]
    server = subprocess.Popen(command)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is JupyterLab's: it asks, then ends
    raise typer.Exit(server.wait())


def _own_copy(folder: Path) -> Path:
    """The installed notebooks, copied once to where the analyst may edit them."""
    import shutil

    target = Path("explainer-notebooks")
    if not target.exists():
        try:
            shutil.copytree(folder, target)
        except OSError as error:
            raise ExplainerError(
                f"{target.resolve()}: the chapters could not be copied there ({error}); "
                f"start explainer lab in a folder you can write to"
            ) from None
        typer.echo(f"copied the chapters to {target.resolve()}; edit them there")
    return target.resolve()


def _report(outcome: Outcome) -> None:
    """Say what was written, where to look, and what failed."""
    for page in outcome.exported:
        size = page.path.stat().st_size / 1000
        typer.echo(f"{'wrote' if page.is_new else 'kept '} {page.path}  {size:,.0f} KB")
    if outcome.index:
        typer.echo(f"open  {outcome.index.resolve()}")
    for sentence in (*outcome.notes, *outcome.failures):
        _say_error(sentence)
    if outcome.failures:
        raise typer.Exit(2)


@contextmanager
def _progress(total: int | None) -> Iterator[Callable[[str], None]]:
    """A progress bar on a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("running notebooks", total=total)
        yield lambda slug: bar.update(task, advance=1, description=slug)


def _say_error(sentence: str) -> None:
    """One line: what a file or a server has put into a sentence neither parts nor steers it."""
    line = "".join(sign if sign.isprintable() else " " for sign in sentence)
    typer.echo(f"explainer: {line}", err=True)


def main() -> None:
    """Run the command; a mistake the user can mend is one sentence and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may not know Δ
    # What ends a service ends us as Ctrl-C does: children and unfinished files go first.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app(prog_name="explainer")
    except ExplainerError as error:
        _say_error(str(error))
        sys.exit(2)
