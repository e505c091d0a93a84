"""Country profiles by the hundred: one notebook, run once for each country."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.near import did_you_mean
from explainer.paths import notebooks_dir
from explainer.publish.build import Outcome, build, check_wishes, is_current
from explainer.publish.files import writable_folder
from explainer.publish.pages import COUNTRIES, Task

NOTEBOOK = "country-profile.ipynb"


def export_profiles(
    places: Sequence[str] = (),
    *,
    formats: Sequence[str] = ("html",),
    out: Path = Path("exports", COUNTRIES),
    release: str | None = None,
    until: int | None = None,
    force: bool = False,
    jobs: int | None = None,
    kernel: bool = False,
    scheduler: str | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Export a profile of each country named (all if none is) and the index over them.

    Parameters
    ----------
    places : sequence of str
        ISO 3166 codes of three letters; empty for every country of the release.
    formats, out, release, force, jobs, kernel, told
        As for ``export``.
    until : int, optional
        Newest year the profiles look at.
    scheduler : str, optional
        Address of a Dask scheduler whose workers make the pages.

    Raises
    ------
    ExplainerError
        If a country, a format, the release or the folder is wrong: before anything is written.
    """
    check_wishes(formats, release)
    codes = _codes(places, release)
    folder = writable_folder(out)
    tasks = [task_of(code, formats, release, until) for code in codes]
    stale = [task for task in tasks if force or not is_current(task, folder)]
    outcome = build(
        tasks, stale, folder, force=force, jobs=jobs, kernel=kernel, scheduler=scheduler, told=told
    )
    return _with_index(outcome, folder)


def task_of(code: str, formats: Sequence[str], release: str | None, until: int | None) -> Task:
    """The task of one country's profile."""
    values = (("iso3", code), ("release", release), ("until", until))
    return Task(notebooks_dir() / NOTEBOOK, code, tuple(formats), release, values)


def _codes(places: Sequence[str], release: str | None) -> list[str]:
    """Codes of the countries meant, each once, all of them in the release."""
    from explainer.science.checks import near_places
    from explainer.tables import load_estimates

    rows = load_estimates(release)
    countries = rows.loc[rows["location_type"] == "country", ["location_code", "location"]]
    known = set(countries["location_code"])
    for place in places:
        if place.upper() not in known:
            near = near_places(countries, place).items()
            hint = did_you_mean(f"{code} ({name})" for code, name in near)
            hint = hint or "explainer country --list"
            raise ExplainerError(f"no country {place} in this release; {hint}")
    return list(dict.fromkeys(place.upper() for place in places)) or sorted(known)


def _with_index(outcome: Outcome, folder: Path) -> Outcome:
    """The outcome with the index over the profiles; the chapters' landing page leads to it."""
    from explainer.publish.countries import is_beside_chapters, write_country_index
    from explainer.publish.index import write_index

    index = folder / "index.html"
    if any(page.is_new for page in outcome.exported) or not index.exists():
        index = write_country_index(folder)
        if is_beside_chapters(folder):
            write_index(folder.parent)
    return replace(outcome, index=index)
