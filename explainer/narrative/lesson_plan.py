"""The course of a lesson as a table: steps with their minutes, which must add up."""

from __future__ import annotations

from typing import Any

from explainer.errors import ExplainerError
from explainer.narrative.say import Said, say

Step = tuple[int, str, str]


def lesson_plan(*steps: Step, minutes: int, **facts: Any) -> Said:
    """The steps of a lesson as a table with the clock beside them.

    Parameters
    ----------
    *steps : tuple of (int, str, str)
        Minutes, name and what happens; the last is a template as for ``say()``, on one line.
    minutes : int
        Length of the lesson.
    **facts
        What the templates name.

    Raises
    ------
    ExplainerError
        If the steps do not add up to the length, or a text would break the table.

    Examples
    --------
    >>> print(lesson_plan((5, "Hook", "Show it."), (15, "Discuss", "Ask."), minutes=20))
    | Minute | Step | What happens |
    |---|---|---|
    | 0–5 | **Hook** | Show it. |
    | 5–20 | **Discuss** | Ask. |
    """
    total = sum(step[0] for step in steps)
    if total != minutes:
        raise ExplainerError(f"the steps take {total} minutes, expected {minutes}; mend one")
    lines = ["| Minute | Step | What happens |", "|---|---|---|"]
    start = 0
    for length, name, text in steps:
        words = say(text, **facts).markdown
        if "|" in name + words or "\n" in name + words:
            raise ExplainerError(f"step {name!r}: one line without a bar, or the table breaks")
        lines.append(f"| {start}–{start + length} | **{name}** | {words} |")
        start += length
    return Said("\n".join(lines))
