"""The command that sets two releases side by side: ``explainer compare``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from explainer.errors import ExplainerError

if TYPE_CHECKING:
    import pandas as pd

    from explainer.publish.build import Exported
    from explainer.science.compare_place import Comparison, Revision

PAGES = ("html", "pdf")
NEVER_ONE = (
    "Each line is of one year. Both releases print rounded figures, and the figures of two "
    "releases are never one trend."
)
ALONE = (
    "In our tables only the {{ a.release }} release holds {{ a.indicators | indicators }} "
    "for {{ a.years | year_spans }}."
)

First = Annotated[str, typer.Argument(metavar="A", help="A UNAIDS release, such as 2024.")]
Second = Annotated[str, typer.Argument(metavar="B", help="Another one, such as 2025.")]
Location = Annotated[
    str | None,
    typer.Option("--location", metavar="PLACE", help="A place by name or code; the world if none."),
]
Indicator = Annotated[
    str | None, typer.Option("--indicator", help="One indicator, such as plhiv, in every year.")
]
Year = Annotated[int | None, typer.Option("--year", help="One year; else the newest they share.")]
To = Annotated[
    list[str] | None,
    typer.Option("--to", metavar="FORMAT", help="html, pdf or csv; repeat for several."),
]
Out = Annotated[Path, typer.Option("--out", help="Folder for page and table.")]
Force = Annotated[bool, typer.Option("--force", help="Build the page even if nothing changed.")]


def register(app: typer.Typer) -> None:
    """Add the command to the ``explainer`` command."""
    app.command(name="compare")(compare)


def compare(
    first: First,
    second: Second,
    location: Location = None,
    indicator: Indicator = None,
    year: Year = None,
    to: To = None,
    out: Out = Path("exports"),
    force: Force = False,
) -> None:
    """Set two UNAIDS releases side by side: what each says of the same year."""
    formats = _formats(to or [], is_part=indicator is not None or year is not None)
    from explainer.science.compare_place import comparison
    from explainer.tables import load_estimates

    frames = load_estimates(first), load_estimates(second)
    found = comparison(*frames, location or "World", indicator)
    chosen = _chosen(found, year, whole=indicator is not None)
    if not formats:
        for line in _lines(found, chosen, has_every_year=indicator is not None and year is None):
            typer.echo(line)
    if "csv" in formats:
        _write_csv(frames, found, out, is_whole=location is None, indicator=indicator, year=year)
    if pages := [name for name in formats if name in PAGES]:
        _write_pages(found, pages, out, force=force)


def _formats(wished: Sequence[str], *, is_part: bool) -> list[str]:
    """The formats asked for; a page shows every indicator and year, so it takes no choice."""
    for name in wished:
        if name not in (*PAGES, "csv"):
            raise ExplainerError(
                f"unknown format {name}; compare writes {', '.join(PAGES)} and csv"
            )
    if is_part and set(wished) & set(PAGES):
        raise ExplainerError(
            "a page shows every indicator and year; leave out --indicator and --year, "
            "or ask for --to csv"
        )
    return list(dict.fromkeys(wished))


def _chosen(found: Comparison, year: int | None, *, whole: bool) -> list[Revision]:
    """The revisions to tell: those of a year, of every year, or of the newest shared years."""
    from explainer.science.compare_place import revisions_in

    if year is None:
        return list(revisions_in(found.rows)) if whole else list(found.newest)
    rows = found.rows[found.rows["year"] == year]
    if rows.empty:
        from explainer.wording import the, year_spans

        raise ExplainerError(
            f"the {found.older} and {found.newer} releases share no figure of "
            f"{the(found.location)} for {year}; they share {year_spans(found.rows['year'])}"
        )
    return list(revisions_in(rows))


def _lines(found: Comparison, chosen: list[Revision], *, has_every_year: bool) -> Iterator[str]:
    """The table, then a sentence for each figure; for every year of one, its two main sentences."""
    from explainer.narrative import say

    yield f"{found.location}: the {found.older} and {found.newer} releases side by side"
    yield ""
    yield from _table(found, chosen)
    yield ""
    told = dict.fromkeys([*found.newest, *found.largest]) if has_every_year else chosen
    for revision in told:
        yield str(say("{{ r | compared }}", r=revision))
    for alone in found.alone:
        yield str(say(ALONE, a=alone))
    yield ""
    yield NEVER_ONE


def _table(found: Comparison, chosen: list[Revision]) -> Iterator[str]:
    """The figures in columns, as plain text."""
    from explainer.narrative import say

    head = ("", "year", f"{found.older} release said", f"{found.newer} release says")
    cells = [head]
    for one in chosen:
        what = "{{ r.indicator | indicators }}\t{{ r.year }}\t{{ r | older }}\t{{ r | newer }}"
        name, year, old, new = str(say(what, r=one)).replace("(range ", "(").split("\t")
        cells.append((name, year, old, new))
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        yield "  ".join(map(str.ljust, row, widths)).rstrip()


def _write_csv(
    frames: tuple[pd.DataFrame, pd.DataFrame],
    found: Comparison,
    out: Path,
    *,
    is_whole: bool,
    indicator: str | None,
    year: int | None,
) -> None:
    """Write the figures chosen, of every place if none was named, with their source line."""
    from explainer.publish.comparisons import slug_of_table, write_table
    from explainer.science.compare import compare_releases
    from explainer.tables import source_line

    rows = compare_releases(*frames) if is_whole else found.rows
    rows = rows if indicator is None else rows[rows["indicator"] == indicator]
    rows = rows if year is None else rows[rows["year"] == year]
    slug = slug_of_table(found, is_whole=is_whole, indicator=indicator, year=year)
    ids = [*rows["older_source_id"], *rows["newer_source_id"]]
    _wrote(write_table(rows, out / f"{slug}.csv", source_line(ids)))


def _write_pages(found: Comparison, formats: Sequence[str], out: Path, *, force: bool) -> None:
    """Write the page, and the same on paper if asked for."""
    from explainer.publish.comparisons import export_comparison

    outcome = export_comparison(found, formats=formats, out=out, force=force)
    for page in outcome.exported:
        _wrote(page)
    if outcome.failures:
        raise ExplainerError(outcome.failures[0])


def _wrote(page: Exported) -> None:
    """Say what was written and how large it is."""
    size = page.path.stat().st_size / 1000
    typer.echo(f"{'wrote' if page.is_new else 'kept '} {page.path}  {size:,.0f} KB")
