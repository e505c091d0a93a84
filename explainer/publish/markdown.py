"""Markdown of a notebook as HTML: headings with anchors, formulas as MathML, no script."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

from mistune import safe_entity
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from explainer.publish.maths import mathml
from explainer.publish.notebooks import TO_CELL


def slug(text: str) -> str:
    """Anchor of a heading: its words in lower case, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", re.sub(r"<[^>]+>", "", text))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    return "-".join(words) or "section"


class PageRenderer(IPythonRenderer):
    """Markdown to the page's HTML; collects the headings it meets, for the contents list."""

    def __init__(self, *, is_trusted: bool, folder: Path | None, taken: set[str]) -> None:
        super().__init__(
            escape=not is_trusted,
            allow_harmful_protocols=False,
            embed_images=folder is not None,
            path=str(folder or ""),
        )
        self.headings: list[tuple[int, str, str]] = []
        self._taken = taken

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        anchor = slug(text)
        while anchor in self._taken:
            anchor += "-again"
        self._taken.add(anchor)
        self.headings.append((level, anchor, re.sub(r"<[^>]+>", "", text)))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    def block_math(self, body: str) -> str:
        return mathml(body, is_block=True)

    def inline_math(self, body: str) -> str:
        return mathml(body)

    def latex_environment(self, name: str, body: str) -> str:
        return mathml(rf"\begin{{{name}}}{body}\end{{{name}}}", is_block=True)

    def table(self, text: str) -> str:
        opening = '<div class="scroll" tabindex="0" role="group" aria-label="Table">'
        return f"{opening}\n<table>{text}</table></div>\n"

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        kind = ' class="num"' if align == "right" else ""
        is_header = head and bool(text.strip())  # an empty corner names nothing
        return f'<th scope="col"{kind}>{text}</th>' if is_header else f"<td{kind}>{text}</td>"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        # JupyterLab finds a cell by this form alone; on a page the cell's id is its anchor.
        if url.startswith(TO_CELL):
            url = f"#{url.removeprefix(TO_CELL)}"
        return str(super().link(text, url, title))

    def text(self, text: str) -> str:
        return str(safe_entity(text))


def to_html(
    source: str,
    *,
    taken: set[str],
    is_trusted: bool = True,
    folder: Path | None = None,
) -> tuple[str, list[tuple[int, str, str]]]:
    """HTML of a Markdown text and its headings as (level, anchor, words).

    Parameters
    ----------
    source : str
        Markdown with formulas between dollar signs.
    taken : set of str
        Anchors the page has already given away; new ones are added.
    is_trusted : bool
        False for text that code produced: raw HTML in it is shown, not used.
    folder : pathlib.Path, optional
        Where relative pictures lie; they are put into the page.
    """
    renderer = PageRenderer(is_trusted=is_trusted, folder=folder, taken=taken)
    return MarkdownWithMath(renderer=renderer).render(source), renderer.headings
