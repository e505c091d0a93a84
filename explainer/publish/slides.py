"""The deck: a notebook as one HTML file of slides that opens offline, with speaker notes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from traitlets import default

from explainer.publish.blocks import answer_of, said_title
from explainer.publish.carried import carried, inline
from explainer.publish.deck import Slide, slides_of
from explainer.publish.report import ReportExporter, asset, live_scripts, policy


class SlidesExporter(ReportExporter):
    """nbconvert exporter ``explainer_slides``: an executed notebook as slides."""

    page = "slides"
    export_from_notebook = "HIV explainer slides"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".slides.html"

    @default("template_extension")
    def _template_extension_default(self) -> str:
        return ".html.j2"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "explainer_slides"

    def _parts(
        self, nb: NotebookNode, title: str, folder: Path | None
    ) -> tuple[dict[str, Any], str]:
        slides = slides_of(nb, folder=folder)
        html = "\n".join(map(_html, slides))
        live = live_scripts(html)
        scripts = [inline(reveal("reveal.js")), inline(reveal("notes.js")), asset("deck.js")]
        parts = {
            "title": said_title(nb) or title,
            "answer": answer_of(nb),
            "slides": slides,
            "style": f"{reveal('reveal.css')}\n{asset('deck.css')}",
            "scripts": scripts,
            "licence": reveal("LICENSE"),
            "live": live,
            "live_licence": asset("vega-licence.txt") if live else "",
            "is_shared_alike": "BY-NC-SA" in html,
            # The speaker's window inherits the policy: its script is named, its previews allowed.
            "policy": f"{policy(*scripts, *live, _speaker_script())}; frame-src 'self'",
        }
        return parts, html


def reveal(name: str) -> str:
    """Text of a part of reveal.js.

    Raises
    ------
    ExplainerError
        If the package was never built, so that it has none.
    """
    return carried(name, "slides")


def _speaker_script() -> str:
    """The one script of the speaker's window, as the notes plugin writes it there."""
    (script,) = re.findall(r"<script>(.*?)</script>", reveal("speaker-view.html"), re.S)
    return str(script)


def _html(slide: Slide) -> str:
    """Everything a slide shows and says to the speaker."""
    return "\n".join([*slide.asked, *slide.told, *slide.notes])
