"""Everything in one zip for a USB stick: all pages, an index, nothing to install."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from explainer.publish import digest
from explainer.publish.build import Exported, Outcome, export
from explainer.publish.files import is_same, write_whole
from explainer.publish.pages import FORMATS
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

Data frozen on {frozen}. Licences stand at the foot of each page.
"""


def pack(
    out: Path = Path("exports"),
    *,
    release: str | None = None,
    jobs: int | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> tuple[Outcome, Path | None]:
    """Export every chapter in every format and put all of it into one zip.

    Parameters
    ----------
    out, release, jobs, told
        As for ``export``.

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
    target = out / f"{NAME}.zip"
    # All that the index leads to, a teacher's own pages in that folder too.
    pages = [path for path in out.iterdir() if path.suffix in (".html", ".pdf")]
    content = zipped([outcome.index, *(path for path in pages if digest.of_page(path))])
    is_new = not is_same(target, content)
    if is_new:
        write_whole(target, content)
    made = (*outcome.exported, Exported(target, is_new))
    return Outcome(made, outcome.failures, outcome.index), target


def zipped(pages: list[Path]) -> bytes:
    """The pages and a word of explanation as a zip, the same bytes each time."""
    frozen = freeze_date()
    year, month, day = map(int, frozen.split("-"))
    held = {path.name: path.read_bytes() for path in pages}
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
