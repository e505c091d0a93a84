"""What an export says beside its pages: what it left out, and how to have it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from explainer.publish.pages import FORMATS, Task

TAGS = "solution, misconception, worksheet, quiz"
WHERE = 'README.md, "In a notebook of your own"'
_FULL = re.compile(r'<section id="([^"]+)" class="full">')


def notes_of(task: Task, pages: Mapping[str, str]) -> Iterator[str]:
    """One sentence for each thing that the pages made of a notebook do not hold, or not well."""
    missing = [page for page in FORMATS["lesson"] if page in task.files().keys() - pages.keys()]
    if missing:
        yield (
            f"{task.path.name}: no {' and no '.join(missing)}, as no cell is tagged for "
            f"{'it' if len(missing) == 1 else 'them'} ({TAGS}); see {WHERE}"
        )
    full = _FULL.findall(pages.get("slides", ""))
    if full:
        yield (
            f"{task.path.name} cell {', '.join(full)}: more than a slide can show, so that one has "
            f"to scroll; part it into paragraphs, or tag the cells for the room deck"
        )
