"""A notebook as a lesson: what the teacher, the pupils and the one who marks get of its cells.

How an author writes a lesson
-----------------------------
- ``objectives``, ``misconception`` and ``solution`` are parts of the chapter itself; the cell
  above a solution is its question.  A question that links to a picture, as in
  ``Use [the three curves](#cell-id=fig-curves)``, gets that picture on the worksheet, without its
  finding and its figures.  A table in a question that has empty cells is a form: it stands on the
  worksheet, and the teacher's pages leave it out.
- Tag ``lesson`` what only the teacher reads: the plan with its minutes, materials.  There
  ``[the lanes](#cell-id=fig-lanes)`` leads to the chapter, ``[slide](#cell-id=slide-lanes)`` to
  the deck.
- Tag ``worksheet`` what only the pupils get: a task, or a chart, which loses all its words.
  Tagged ``solution`` as well, it answers the task above, for the teacher's pages; tagged ``true``,
  it is a true sentence that stands among the mistakes.
- Tag ``quiz`` what ``quiz()`` or ``item()`` made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from explainer.errors import ExplainerError
from explainer.publish.blank import sheet_figure
from explainer.publish.deck import places_of
from explainer.publish.markdown import to_html
from explainer.publish.outputs import CHART_MIME, SHOWN_MIME, output_html
from explainer.publish.roles import is_shown, part, tags
from explainer.publish.shown import marked

_HEADING = re.compile(r"<h[1-6]\b[^>]*>(.*?)</h[1-6]>", re.S)
_CLAIM = re.compile(r"<strong>(.*?)</strong>", re.S)
_LINK = re.compile(r'<a href="#([^"]*)">(.*?)</a>', re.S)
_TABLE = re.compile(r'<div class="scroll"[^>]*>\s*<table>.*?</table>\s*</div>', re.S)
_TO_FILL_IN = re.compile(r"<td>(&nbsp;|\xa0)?</td>")


@dataclass(frozen=True)
class Question:
    """A question for class: HTML of what is asked and, on a teacher's page, of the answer."""

    anchor: str
    asked: str
    pictures: tuple[str, ...] = ()
    answer: str = ""


class Cells:
    """The cells of an executed notebook, by what a lesson needs of them.

    Parameters
    ----------
    notebook : NotebookNode
        With its outputs.
    slug : str
        Name of the chapter's report, which links lead to.
    folder : pathlib.Path, optional
        Where pictures named in Markdown lie.
    """

    def __init__(self, notebook: NotebookNode, slug: str, folder: Path | None = None) -> None:
        self._cells, self._slides = list(notebook.cells), places_of(notebook)
        self._order = ["title", *dict.fromkeys(self._slides.values())]
        self._by_id = {cell["id"]: cell for cell in notebook.cells}
        self._taken: set[str] = {*self._by_id, "main"}
        self._slug, self._folder = slug, folder

    def pages(self) -> list[str]:
        """The pages that some cell is tagged for; the teacher's own is always made."""
        has_quiz = any("quiz" in tags(cell) for cell in self._cells)
        has_words = any(map(_is_saying, self._cells)) or any(True for _ in self._pairs())
        has_answers = has_words or has_quiz or any(True for _ in self._solved_tasks())
        made = {
            "lesson": True,
            "worksheet": has_words or any(map(_is_task, self._cells)),
            "answers": has_answers,
            "quiz": has_quiz,
        }
        return [page for page, is_made in made.items() if is_made]

    def of_part(self, name: str) -> list[str]:
        """All cells of a part of the chapter, such as ``misconception``."""
        found = (cell for cell in self._cells if part(cell) == name and is_shown(cell, "report"))
        return [html for cell in found if (html := self._to_report(self._html(cell)))]

    def of_audience(self, name: str) -> list[str]:
        """All cells for one audience, such as ``lesson``."""
        found = (cell for cell in self._cells if name in tags(cell))
        return [html for cell in found if (html := self._to_report(self._html(cell)))]

    def sayings(self) -> list[str]:
        """What people say, mistakes and true sentences in their order, with what is true of it."""
        return [
            f'<div class="callout {part(cell)}">{self._to_report(self._html(cell))}</div>'
            for cell in self._cells
            if _is_saying(cell)
        ]

    def claims(self) -> list[str]:
        """What people say, without what is true of it."""
        said = []
        for cell in self._cells:
            claim = _CLAIM.search(self._shown(cell)) if _is_saying(cell) else None
            if claim:
                is_code = cell.cell_type == "code"
                said.append(marked(cell["id"], claim.group()) if is_code else claim.group())
        return said

    def tasks(self) -> list[str]:
        """What stands on the worksheet only; a chart there has lost its words."""
        return [
            html
            for cell in self._cells
            if _is_task(cell) and (html := self._picture(cell, is_bare=True) or self._html(cell))
        ]

    def questions(self) -> list[Question]:
        """The questions with the pictures they name, and without their answers."""
        asked = []
        placed: set[str] = set()
        for cell, _ in self._pairs():
            html = self._question(cell)
            named = [name for name, _ in _LINK.findall(html) if self._is_picture(name)]
            new = [name for name in dict.fromkeys(named) if name not in placed]
            placed.update(new)
            pictures = tuple(self._picture(self._by_id[name], is_bare=False) for name in new)
            plain = _LINK.sub(lambda m: m.group() if m.group(1) in placed else m.group(2), html)
            asked.append(Question(cell["id"], plain, pictures))
        return asked

    def answered(self) -> list[Question]:
        """The tasks and the questions with their answers."""
        asked = [(cell, self._question(cell), solutions) for cell, solutions in self._pairs()]
        return [
            Question(
                cell["id"],
                self._to_report(_without_forms(html)),
                answer="\n".join(self._to_report(self._html(solution)) for solution in solutions),
            )
            for cell, html, solutions in [*self._solved_tasks(), *asked]
        ]

    def _solved_tasks(self) -> Iterator[tuple[NotebookNode, str, list[NotebookNode]]]:
        """Each task that has an answer: its cell, its words under its title, the answer's cell."""
        task: NotebookNode | None = None
        for cell in self._cells:
            if _is_task(cell):
                task = cell if cell.cell_type == "markdown" else task
            elif "worksheet" in tags(cell) and part(cell) == "solution" and task is not None:
                html = _HEADING.sub(r"<p><strong>\1</strong></p>", self._html(task), count=1)
                yield task, html, [cell]

    def _pairs(self) -> Iterator[tuple[NotebookNode, list[NotebookNode]]]:
        """Each question's cell with the solutions below it."""
        above: NotebookNode | None = None
        solutions: list[NotebookNode] = []
        for cell in self._cells:
            if not is_shown(cell, "report"):
                continue
            if part(cell) == "solution":
                solutions.append(cell)
                continue
            if above is not None and solutions:
                yield above, solutions
            above, solutions = cell, []
        if above is not None and solutions:
            yield above, solutions

    def _question(self, cell: NotebookNode) -> str:
        html = _HEADING.sub("", self._html(cell)).strip()
        if not html:
            raise ExplainerError(f"cell {cell['id']}: stands above a solution and asks nothing")
        return html

    def _html(self, cell: NotebookNode) -> str:
        """What a cell shows, that of code marked as its own."""
        shown = self._shown(cell)
        return marked(cell["id"], shown) if cell.cell_type == "code" else shown

    def _shown(self, cell: NotebookNode) -> str:
        if cell.cell_type == "markdown":
            return to_html(cell.source, taken=self._taken, folder=self._folder)[0]
        return "\n".join(output_html(out, cell, self._taken) for out in cell.get("outputs", []))

    def _is_picture(self, name: str) -> bool:
        return name in self._by_id and bool(self._by_id[name].cell_type == "code")

    def _picture(self, cell: NotebookNode, *, is_bare: bool) -> str:
        """The chart that a cell shows, as the pupils get it; nothing if it shows none."""
        for data in (output.get("data", {}) for output in cell.get("outputs", [])):
            if SHOWN_MIME in data and '<figure class="sheet"' in data[SHOWN_MIME]:
                return marked(cell["id"], data[SHOWN_MIME])
            if CHART_MIME in data and SHOWN_MIME not in data:
                return marked(
                    cell["id"], sheet_figure(cell["id"], data[CHART_MIME], is_bare=is_bare)
                )
        if is_bare:
            return ""
        raise ExplainerError(
            f"cell {cell['id']}: a question names its picture, but it shows none; mend the link"
        )

    def _to_report(self, html: str) -> str:
        """Links lead to the report or, with the slide's number, to the deck.

        Slides open in one other window: no projector shall show the plan between two of them.
        """

        def led(link: re.Match[str]) -> str:
            name, words = link.groups()
            slide = self._slides.get(name)
            if not slide:
                return f'<a href="{self._slug}.html#{name}">{words}</a>'
            said = f"{words} ({self._order.index(slide) + 1})"
            return f'<a href="{self._slug}.slides.html#/{slide}" target="slides">{said}</a>'

        return _LINK.sub(led, html)


def _is_saying(cell: NotebookNode) -> bool:
    """Whether it is a sentence that people say: a mistake of the chapter, or a true one."""
    return part(cell) == "true" or (part(cell) == "misconception" and is_shown(cell, "report"))


def _is_task(cell: NotebookNode) -> bool:
    return "worksheet" in tags(cell) and part(cell) not in ("solution", "true")


def _without_forms(html: str) -> str:
    """A question as the teacher's pages repeat it: its tables to fill in stay with the pupils."""
    return _TABLE.sub(
        lambda found: "" if _TO_FILL_IN.search(found.group()) else found.group(), html
    )
