"""What a cell is for: the closed list of tags, and which page shows which cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Who sees a cell.  A cell without one of these is seen by everyone.
AUDIENCES = {
    "report": "in the report only",
    "deck": "on the slides only: written for the room, not cut from the report",
    "teacher": "in speaker notes and lesson plans only",
    "quiz": "in the quiz only",
    "lesson": "in the lesson plan only: timings, materials",
    "worksheet": "on the pupils' worksheet only",
}
# How a cell is shown where it is seen.
PARTS = {
    "title": "the page's title, said by code because it depends on the data",
    "answer": "the chapter's answer in three short sentences; the index page quotes the first",
    "setup": "imports and loading",
    "objectives": "what the reader learns to do",
    "parameters": "values a batch run may replace",
    "cover": "the picture that stands for the chapter on the index page",
    "how-to-read": "how to read the picture above",
    "misconception": "a common mistake, put right",
    "true": "a true sentence among the mistakes on the worksheet, and why it is true",
    "unknown": "what nobody knows yet",
    "exercise": "something for the reader to try",
    "solution": "the answer to the exercise or question above, folded",
    "sources": "where the numbers come from",
}
ROLES = AUDIENCES | PARTS
CALLOUTS = {
    "how-to-read": "How to read it",
    "misconception": "A common mistake",
    "unknown": "What we do not know",
    "exercise": "Try it",
}


def tags(cell: Mapping[str, Any]) -> list[str]:
    """Tags of a cell, in the order written."""
    return list(cell.get("metadata", {}).get("tags", []))


def is_shown(cell: Mapping[str, Any], page: str) -> bool:
    """Whether a cell belongs on a page: ``report``, ``deck``, ``teacher`` or ``quiz``."""
    audiences = [tag for tag in tags(cell) if tag in AUDIENCES]
    return not audiences or page in audiences


def part(cell: Mapping[str, Any]) -> str | None:
    """The cell's part in the page, or None for plain story."""
    return next((tag for tag in tags(cell) if tag in PARTS), None)
