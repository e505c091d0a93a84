"""The commands that bring data in: ``explainer import``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

File = Annotated[Path, typer.Argument(metavar="FILE", help="A file as it is published.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what the file holds and keep nothing.")
]
Into = Annotated[
    Path | None,
    typer.Option("--into", metavar="DIR", help="Folder of imported releases; yours by default."),
]
Replace = Annotated[
    bool, typer.Option("--replace", help="Put it in the place of the same release.")
]
Indicator = Annotated[
    str | None,
    typer.Option("--indicator", help="What an AIDSinfo export measures; it does not say so."),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the ``explainer`` command."""
    app.command(name="import")(import_file)


def import_file(
    file: File,
    into: Into = None,
    dry_run: DryRun = False,
    replace: Replace = False,
    indicator: Indicator = None,
) -> None:
    """Keep a release as UNAIDS, AIDSinfo, WHO, the World Bank or Our World in Data publish it."""
    if dry_run:
        from explainer.tables.imports import preview

        lines = preview(file, indicator=indicator)
    else:
        from explainer.tables.keeping import keep

        lines = keep(file, into=into, replace=replace, indicator=indicator).lines
    for line in lines:
        typer.echo(line)
