"""The commands that bring data in: ``explainer import`` and ``explainer refresh``."""

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
    app.command()(refresh)


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


def refresh(
    source: Annotated[
        str, typer.Option("--source", help="unaids, aidsinfo, who, worldbank or owid.")
    ] = "unaids",
    address: Annotated[
        list[str] | None,
        typer.Option("--from", metavar="ADDRESS", help="Address to ask instead, as of a mirror."),
    ] = None,
    into: Into = None,
    replace: Replace = False,
    wait: Annotated[
        float, typer.Option("--wait", min=0.1, max=3600, help="Seconds to wait for the next byte.")
    ] = 30.0,
    tries: Annotated[int, typer.Option("--tries", min=1, help="How often to ask.")] = 3,
) -> None:
    """Download what a publisher offers today, keep its release, say what it tells otherwise."""
    from explainer.tables.refresh import refresh as bring_in

    lines = bring_in(
        source, addresses=address or (), into=into, replace=replace, wait=wait, tries=tries,
        told=lambda line: typer.echo(line, err=True),
    )  # fmt: skip
    for line in lines:
        typer.echo(line)
