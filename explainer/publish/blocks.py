"""An executed notebook as the blocks of a page: prose, pictures, callouts, folded code."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from explainer.publish.figures import number_figures
from explainer.publish.linked import link_terms
from explainer.publish.markdown import to_html
from explainer.publish.outputs import CARD_MIME, CHART_MIME, output_html
from explainer.publish.roles import CALLOUTS, is_shown, part
from explainer.publish.shown import marked

_PICTURE = re.compile(r'<svg\b[^>]*aria-labelledby="(\S+)-title \1-desc".*?</svg>', re.S)
FOLDED = ("parameters", "setup", "title")  # parts whose code is folded away under the answer


@dataclass(frozen=True)
class Heading:
    """A line of the contents list."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True)
class Block:
    """One cell as the page shows it."""

    anchor: str
    part: str | None
    label: str | None
    html: str
    code: str

    @property
    def is_headed(self) -> bool:
        """Whether it begins with a heading of its own, which a callout's label would repeat."""
        return bool(re.match(r"(<!--[^>]*-->)?<h2", self.html))


@dataclass(frozen=True)
class Page:
    """All a template needs to show a notebook."""

    title: str
    answer: str
    blocks: tuple[Block, ...]
    contents: tuple[Heading, ...]
    card: str


def page_of(notebook: NotebookNode, *, title: str, audience: str, folder: Path | None) -> Page:
    """The notebook's page for an audience (``report``), with numbered figures and contents.

    A title said by code takes the place of the one given.
    """
    title = said_title(notebook) or title
    taken: set[str] = {cell["id"] for cell in notebook.cells} | {"main", "contents"}
    blocks: list[Block] = []
    contents: list[Heading] = []
    for cell in notebook.cells:
        if not is_shown(cell, audience):
            continue
        html, headings = _cell_html(cell, taken, folder)
        contents += [Heading(*heading) for heading in headings if heading[0] in (2, 3)]
        role = part(cell)
        code = _code(cell) if cell.cell_type == "code" else ""
        if not html and code and role is None and blocks and blocks[-1].code:
            # It shows nothing: its code joins the fold above, rather than a fold of its own.
            blocks[-1] = replace(blocks[-1], code=f"{blocks[-1].code}\n\n{code}")
        elif html or code:
            blocks.append(Block(cell["id"], role, CALLOUTS.get(role or ""), html, code))
    numbered = _with_links(_numbered(_each_once(_answer_first(blocks))))
    answer = answer_of(notebook)
    return Page(title, answer, numbered, tuple(contents), _card(notebook, title, answer))


def _cell_html(
    cell: NotebookNode, taken: set[str], folder: Path | None
) -> tuple[str, list[tuple[int, str, str]]]:
    """What a cell shows, and its headings."""
    if cell.cell_type == "markdown":
        return to_html(cell.source, taken=taken, folder=folder)
    if cell.cell_type == "code":
        shown = "\n".join(output_html(out, cell, taken) for out in cell.outputs)
        return marked(cell["id"], shown), []
    return "", []


def _code(cell: NotebookNode) -> str:
    """The cell's code in colour, to be folded away."""
    if not cell.source.strip():
        return ""
    return str(highlight(cell.source, PythonLexer(), HtmlFormatter(nowrap=True))).rstrip()


def _answer_first(blocks: list[Block]) -> list[Block]:
    """Setup code must run before the answer, but a reader wants the answer before the code."""
    answers = [place for place, block in enumerate(blocks) if block.part == "answer"]
    if not answers:
        return blocks
    before, after = blocks[: answers[0]], blocks[answers[0] + 1 :]
    setup = [block for block in before if block.part in FOLDED and block.code]
    story = [_shown(block) for block in before if block.part not in FOLDED[:2]]
    return [*story, blocks[answers[0]], *_as_one(setup), *after]


def _shown(block: Block) -> Block:
    """A block of the story; a title's code is folded away with the loading."""
    return replace(block, code="") if block.part == "title" else block


def _as_one(setup: list[Block]) -> list[Block]:
    """Several setup cells folded away together."""
    if not setup:
        return []
    code = "\n\n".join(block.code for block in setup if block.code)
    html = "\n".join(block.html for block in setup if block.html and block.part != "title")
    return [replace(setup[0], part="setup", code=code, html=html)]


def _each_once(blocks: list[Block]) -> list[Block]:
    """The blocks with ids that stand once: a picture shown twice gets a second set."""
    seen: Counter[str] = Counter()

    def own(picture: re.Match[str]) -> str:
        svg, name = picture.group(), picture.group(1)
        seen[name] += 1
        return svg if seen[name] == 1 else svg.replace(f"{name}-", f"{name}-{seen[name]}-")

    return [replace(block, html=_PICTURE.sub(own, block.html)) for block in blocks]


def _numbered(blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks with their figures counted through the page."""
    pieces = number_figures((block.anchor, block.html) for block in blocks)
    return tuple(replace(block, html=html) for block, html in zip(blocks, pieces, strict=True))


def _with_links(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with terms leading to the glossary of the page; the list of sources has none."""
    story = [block for block in blocks if block.part != "sources"]
    linked = iter(link_terms(block.html for block in story))
    return tuple(
        block if block.part == "sources" else replace(block, html=next(linked)) for block in blocks
    )


def shown_as(notebook: NotebookNode, mime: str) -> Iterator[tuple[NotebookNode, Any]]:
    """Everything that the notebook's code shows in a form, with its cell."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if mime in output.get("data", {}):
                yield cell, output["data"][mime]


def charts_of(notebook: NotebookNode) -> list[tuple[NotebookNode, Mapping[str, Any]]]:
    """Every chart of the notebook with its cell."""
    return list(shown_as(notebook, CHART_MIME))


def said_title(notebook: NotebookNode) -> str:
    """The level-one heading that a cell tagged ``title`` says; empty if there is none."""
    for cell, said in shown_as(notebook, "text/markdown"):
        first = "".join(said).strip().partition("\n")[0]
        if part(cell) == "title" and first.startswith("# "):
            return unescape(first.removeprefix("# ").strip())
    return ""


def answer_of(notebook: NotebookNode) -> str:
    """Words of the cell tagged ``answer``, without markup; empty if the notebook has none."""
    for cell in notebook.cells:
        if part(cell) == "answer":
            html, _ = _cell_html(cell, set(), None)
            return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html))).strip()
    return ""


def _card(notebook: NotebookNode, title: str, answer: str) -> str:
    """What the index page shows of this one, as JSON that a script element can hold."""
    charts = charts_of(notebook)
    covers = [chart for cell, chart in charts if part(cell) == "cover"]
    cover = next(iter(covers or [chart for _, chart in charts]), None)
    card = {
        "title": title,
        "answer": re.split(r"(?<=[.!?])\s", answer, maxsplit=1)[0],
        "cover": cover["name"] if cover else None,
    }
    for _, facts in shown_as(notebook, CARD_MIME):
        card["facts"] = dict(facts)
    return json.dumps(card, ensure_ascii=False).replace("<", "\\u003c")
