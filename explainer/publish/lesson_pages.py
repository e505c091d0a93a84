"""The four pages of a lesson: teacher's page, worksheet, answers and self-marking quiz."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from traitlets import default

from explainer.publish.blocks import said_title
from explainer.publish.lesson import Cells
from explainer.publish.quiz import quiz_html
from explainer.publish.report import ReportExporter, asset, policy
from explainer.tables import citation

NAMES = {
    "lesson": "For the teacher",
    "worksheet": "Worksheet",
    "answers": "Answers",
    "quiz": "Quiz",
}


# Whose advice the teacher's page repeats, by the name it has there.
ADVICE = {"asked_by": "bodyandsoul2014", "not_passed_on": "cdc_not_transmitted"}


class LessonExporter(ReportExporter):
    """One page of a lesson, made from an executed notebook.

    Each kind is given only what it shows: the worksheet's parts hold no answer to begin with.
    """

    page = "lesson"
    kind = "lesson"
    slug = ""
    export_from_notebook = "HIV explainer lesson"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return f".{self.kind}.html"

    @default("template_extension")
    def _template_extension_default(self) -> str:
        return ".html.j2"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "explainer_lesson"

    def _preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        self.slug = str(resources["metadata"].get("name", "notebook"))
        return super()._preprocess(nb, resources)

    def _parts(
        self, nb: NotebookNode, title: str, folder: Path | None
    ) -> tuple[dict[str, Any], str]:
        cells = Cells(nb, self.slug, folder)
        has = cells.pages()  # so that each link leads somewhere
        shown = {
            "lesson": self._lesson,
            "worksheet": self._worksheet,
            "answers": self._answers,
            "quiz": self._quiz,
        }[self.kind](nb, cells)
        scripts = [asset("page.js"), *([asset("quiz.js")] if self.kind == "quiz" else [])]
        parts: dict[str, Any] = {
            "kind": self.kind,
            "kind_name": NAMES[self.kind],
            "title": said_title(nb) or title,
            "has": has,
            "is_blank": self.kind not in has,
            "slug": self.slug,
            "style": f"{asset('page.css')}\n{asset('lesson.css')}",
            "scripts": scripts,
            "policy": policy(*scripts),
        }
        if self.kind == "lesson":
            parts |= {name: citation(source) for name, source in ADVICE.items()}
        return parts | shown, _joined(shown)

    def _lesson(self, nb: NotebookNode, cells: Cells) -> dict[str, Any]:
        return {
            "objectives": cells.of_part("objectives"),
            "plan": cells.of_audience("lesson"),
            "sayings": cells.sayings(),
            "questions": cells.answered(),
        }

    def _worksheet(self, nb: NotebookNode, cells: Cells) -> dict[str, Any]:
        return {
            "tasks": cells.tasks(),
            "claims": cells.claims(),
            "questions": cells.questions(),
        }

    def _answers(self, nb: NotebookNode, cells: Cells) -> dict[str, Any]:
        return {
            "sayings": cells.sayings(),
            "questions": cells.answered(),
            "items": quiz_html(nb, has_key=True),
        }

    def _quiz(self, nb: NotebookNode, cells: Cells) -> dict[str, Any]:
        return {"items": quiz_html(nb, has_key=False)}


def _joined(shown: dict[str, Any]) -> str:
    """All HTML that the parts hold."""
    pieces: list[str] = []
    for part in shown.values():
        for piece in part:
            if isinstance(piece, str):
                pieces.append(piece)
            else:
                pieces += [piece.asked, *piece.pictures, piece.answer]
    return "\n".join(pieces)
