"""Two releases side by side as a page, from one notebook with parameters, or as a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.paths import notebooks_dir
from explainer.publish.build import Exported, Outcome, build, check_wishes, is_current
from explainer.publish.files import is_same, writable_folder, write_whole
from explainer.publish.pages import Task

if TYPE_CHECKING:
    import pandas as pd

    from explainer.science.compare_place import Comparison

NOTEBOOK = "compare-releases.ipynb"


def export_comparison(
    found: Comparison,
    *,
    formats: Sequence[str] = ("html",),
    out: Path = Path("exports"),
    force: bool = False,
    kernel: bool = False,
    told: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Export the page of a comparison: ``compare-2024-2025.html``, with the place if it has one.

    Parameters
    ----------
    found : Comparison
        What is compared: its releases and its place.
    formats, out, force, kernel, told
        As for ``export``.

    Raises
    ------
    ExplainerError
        If a format or the folder is wrong: before anything is written.
    """
    check_wishes(formats, None)
    folder = writable_folder(out)
    task = task_of(found, formats)
    stale = [] if not force and is_current(task, folder) else [task]
    return build([task], stale, folder, force=force, kernel=kernel, told=told)


def task_of(found: Comparison, formats: Sequence[str] = ("html",)) -> Task:
    """The task of one comparison's page."""
    place = found.location if found.location_code == "WLD" else found.location_code
    values = (("first", found.older), ("second", found.newer), ("location", place))
    releases = f"{found.older} beside {found.newer}"
    return Task(notebooks_dir() / NOTEBOOK, slug_of(found), tuple(formats), None, values, releases)


def slug_of(found: Comparison) -> str:
    """Name of the page: its releases, and the place if it is not the world."""
    return _joined(found, "" if found.location_code == "WLD" else found.location_code)


def slug_of_table(
    found: Comparison, *, is_whole: bool, indicator: str | None = None, year: int | None = None
) -> str:
    """Name of a table's file by what it holds: nothing but the releases is every figure."""
    return _joined(found, "" if is_whole else found.location_code, indicator, year)


def _joined(found: Comparison, *parts: object) -> str:
    named = [re.sub(r"\W+", "-", str(part)) for part in parts if part]
    return "-".join(["compare", found.older, found.newer, *named])


def write_table(rows: pd.DataFrame, path: Path, source: str) -> Exported:
    """Write rows of ``compare_releases`` as CSV; the first line, after ``#``, is their source."""
    from explainer.tables import harmless

    folder = writable_folder(path.parent)
    # Ten figures: a difference of shares would else end in the dust of binary fractions.
    table = harmless(rows).to_csv(index=False, lineterminator="\n", float_format="%.10g")
    content = f"# {' '.join(source.split())}\n{table}"
    is_new = not is_same(folder / path.name, content)
    if is_new:
        write_whole(folder / path.name, content)
    return Exported(folder / path.name, is_new)
