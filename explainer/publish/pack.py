"""Everything in one zip for a USB stick: all pages, an index, nothing to install."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from explainer.publish import digest
from explainer.publish.build import Exported, Outcome, export
from explainer.publish.files import is_same, write_whole
from explainer.publish.pages import COUNTRIES, FORMATS
from explainer.publish.profiles import export_profiles
from explainer.tables import freeze_date

NAME = "hiv-explainer"
README = """\
HIV, explained with its numbers

Open index.html with a double click: it leads to every page in this folder.
Nothing needs to be installed, and no page asks the network for anything.

NN-name.html             the chapter, to read
NN-name.slides.html      the slides (press S for the speaker's notes)
NN-name.pdf              the chapter on paper
NN-name.lesson.html      for the teacher: plan, ground rules, answers
NN-name.worksheet.html   for pupils, to print
NN-name.answers.html     for the teacher
NN-name.quiz.html        for pupils: marks itself and keeps nothing
countries/index.html     a profile of each country, where they were packed too

Data frozen on {frozen}. Licences stand at the foot of each page.
"""


def pack(
    out: Path = Path("exports"),
    *,
    release: str | None = None,
    jobs: int | None = None,
    countries: bool = True,
    told: Callable[[str], None] = lambda _: None,
) -> tuple[Outcome, Path | None]:
    """Export every chapter in every format, each country's profile, and put all into one zip.

    Parameters
    ----------
    out, release, jobs, told
        As for ``export``.
    countries : bool
        Make the country profiles too; those that stand in ``out`` are packed in any case.

    Returns
    -------
    Outcome, pathlib.Path or None
        How the export went, and the zip; None if there was nothing to put into it.  If a page
        could not be made (a PDF without a browser, say), the zip holds the others.

    Raises
    ------
    ExplainerError
        If the release or the folder is wrong, or the disk is full.
    """
    outcome = export(formats=list(FORMATS), out=out, release=release, jobs=jobs, told=told)
    if outcome.index is None:
        return outcome, None
    made, failures = outcome.exported, outcome.failures
    if countries:
        profiles = export_profiles(out=out / COUNTRIES, release=release, jobs=jobs, told=told)
        made, failures = (*made, *profiles.exported), (*failures, *profiles.failures)
    target = out / f"{NAME}.zip"
    content = zipped(out, _pages(out))
    is_new = not is_same(target, content)
    if is_new:
        write_whole(target, content)
    made = (*made, Exported(target, is_new))
    return Outcome(made, failures, outcome.index, outcome.notes), target


def _pages(out: Path) -> list[Path]:
    """All that the landing page leads to, a teacher's own pages in that folder too."""
    profiles = out / COUNTRIES
    found = [*out.glob("*.html"), *out.glob("*.pdf"), *profiles.glob("*.html")]
    indexes = [out / "index.html", profiles / "index.html"]
    return [path for path in found if path in indexes or digest.of_page(path)]


def zipped(folder: Path, pages: list[Path]) -> bytes:
    """Pages below a folder and a word of explanation as a zip, the same bytes each time."""
    frozen = freeze_date()
    year, month, day = map(int, frozen.split("-"))
    held = {path.relative_to(folder).as_posix(): path.read_bytes() for path in pages}
    held["README.txt"] = README.format(frozen=frozen).replace("\n", "\r\n").encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(held):
            # No clock and no permissions of this machine: only names, the data's date, content.
            entry = zipfile.ZipInfo(f"{NAME}/{name}", (year, month, day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, held[name], compresslevel=9)
    return made.getvalue()
