"""A notebook as slides: what the room sees, and what only the speaker does.

How an author writes a deck
---------------------------
Tag the cells ``deck``; they may stand anywhere, and their order is the order of the slides.

- A cell that begins with a level-two heading starts a slide, and the heading is its message: one
  sentence, with its numbers through ``say``.  A cell without one goes on with the slide.
- A line ``[Picture](#cell-id=fig-curves)``, alone between blank lines, puts the picture of that
  cell on the slide, drawn for the room; a live one keeps its controls.  A ``deck`` cell may also
  show a chart of its own.
- The slide type ``fragment`` (JupyterLab's own key, ``slideshow.slide_type``) waits for a click.
  If such a cell begins with a heading, it takes the place of all that the slide showed: ask in
  one cell, answer in the next.  ``slide`` starts a slide without a heading, ``skip`` leaves a cell
  out, ``notes`` is for the speaker.  A chart that starts a slide or waits for a click and has no
  heading is headed by its finding.
- A level-three heading is a number or word in very large type.
- Tag ``teacher`` what only the speaker reads: it joins the notes of the slide above it.

A slide's address is the id of its first cell: ``NN-slug.slides.html#/slide-question``.  A lesson
plan names it as ``[slide](#cell-id=slide-question)``.

The first slide (title) and the last (licence) are made from the notebook itself.  A notebook
without a ``deck`` cell is cut at its level-two headings, and again before each further picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from explainer.errors import ExplainerError
from explainer.publish.deck_live import slide_figure
from explainer.publish.markdown import to_html
from explainer.publish.outputs import CHART_MIME, SHOWN_MIME, output_html
from explainer.publish.roles import is_shown, part, tags
from explainer.publish.shown import marked

STARTS = ("slide", "subslide")
_BEGINS = re.compile(r"(?<!#)## ")  # a heading of level two, in Markdown or in what code says
_HEADED = re.compile(r"(?:\s|<!--[^>]*-->)*<h2\b")
_NAMED = re.compile(r'<p><a href="#([^"]*)">[^<]*</a></p>')
_SVG = re.compile(r"<svg\b.*?</svg>", re.S)
_PREFIX = re.compile(r'aria-labelledby="(\S+)-title\b')


@dataclass
class Slide:
    """One slide.

    Attributes
    ----------
    anchor : str
        Its address in the deck.
    asked : list of str
        HTML of what it shows first.
    told : list of str
        HTML of what takes the place of that on a click; mostly nothing does.
    notes : list of str
        HTML for the speaker.
    turn : int
        The click, counted from nought, that brings ``told``.
    """

    anchor: str
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    turn: int = 0
    _clicks: int = 0

    @property
    def has_picture(self) -> bool:
        """Whether a chart stands on it."""
        return any('<figure class="chart' in html for html in (*self.asked, *self.told))

    def add(self, html: str, *, waits: bool) -> None:
        """Put what a cell shows on the slide, at once or on the next click."""
        if not waits:
            (self.told or self.asked).append(html)
            return
        if is_headed(html):
            self.turn = self._clicks
            self.told.append(html)
        else:
            fragment = f'<div class="fragment" data-fragment-index="{self._clicks}">{html}</div>'
            (self.told or self.asked).append(fragment)
        self._clicks += 1


def shows_chart(cell: Mapping[str, Any]) -> bool:
    """Whether a cell has shown a chart."""
    return any(CHART_MIME in output.get("data", {}) for output in cell.get("outputs", []))


def is_headed(html: str) -> bool:
    """Whether it begins with a level-two heading."""
    return bool(_HEADED.match(html))


def slides_of(notebook: NotebookNode, *, folder: Path | None) -> list[Slide]:
    """The slides of an executed notebook; the first, without content, is for its title.

    Raises
    ------
    ExplainerError
        If a slide asks for the picture of a cell that shows none.
    """
    is_written = any("deck" in tags(cell) for cell in notebook.cells)
    composer = _Composer(notebook, folder, is_written=is_written)
    slides = [Slide("title")]
    for cell in notebook.cells:
        kind = _kind(cell, is_written=is_written)
        if not (is_written or kind) and shows_chart(cell) and slides[-1].has_picture:
            kind = "slide"
        html = composer.html(cell, kind) if kind != "skip" else ""
        if not html:
            continue
        if kind == "notes":
            slides[0 if part(cell) == "answer" else -1].notes.append(html)
            continue
        waits = kind == "fragment" and len(slides) > 1
        is_second_turn = bool(slides[-1].told) and is_headed(html)
        if kind in STARTS or len(slides) == 1 or is_second_turn or (is_headed(html) and not waits):
            slides.append(Slide(cell["id"]))
            waits = False
        slides[-1].add(html, waits=waits)
    return _with_own_ids(slides)


def _kind(cell: Mapping[str, Any], *, is_written: bool) -> str:
    """What becomes of a cell: a slide type, ``notes``, ``skip``, or nothing for plain content."""
    kind = str(cell["metadata"].get("slideshow", {}).get("slide_type", "")).strip("-")
    if "teacher" in tags(cell) or (part(cell) == "answer" and is_written):
        return "notes"
    if kind in ("notes", "skip"):
        return kind
    is_meant = "deck" in tags(cell) if is_written else is_shown(cell, "deck")
    return kind if is_meant else "skip"


def places_of(notebook: NotebookNode) -> dict[str, str]:
    """The slide that each cell tagged ``deck`` stands on, by their ids; for this nothing is run."""
    places: dict[str, str] = {}
    here = ""
    for cell in notebook.cells:
        kind = _kind(cell, is_written=True)
        if kind in ("notes", "skip"):
            continue
        is_begun = kind in STARTS or (kind != "fragment" and _BEGINS.search(cell.source))
        here = cell["id"] if is_begun or not here else here
        places[cell["id"]] = here
    return places


class _Composer:
    """Makes the HTML of cells, and knows which pictures it has placed."""

    def __init__(self, notebook: NotebookNode, folder: Path | None, *, is_written: bool) -> None:
        self._cells = {cell["id"]: cell for cell in notebook.cells}
        self._taken: set[str] = {*self._cells, "title", "about"}
        self._placed: set[str] = set()
        self._folder, self._is_written = folder, is_written

    def html(self, cell: NotebookNode, kind: str) -> str:
        """What a cell puts on a slide; nothing for silent code."""
        if cell.cell_type == "markdown":
            text = re.sub(r"^# .*", "", cell.source, flags=re.M)  # the title has its own slide
            return self._with_pictures(
                to_html(text, taken=self._taken, folder=self._folder)[0], cell
            )
        if cell.cell_type != "code":
            return ""
        needs_heading = kind in (*STARTS, "fragment")
        shown = (self._output(output, cell, needs_heading) for output in cell.outputs)
        return marked(cell["id"], self._with_pictures("\n".join(shown), cell))

    def _output(self, output: Mapping[str, Any], cell: NotebookNode, needs_heading: bool) -> str:
        """One output; a chart as its picture for the room."""
        data = output.get("data", {})
        if CHART_MIME not in data or SHOWN_MIME in data:
            return output_html(output, cell, self._taken)
        heading = f"<h2>{escape(data[CHART_MIME]['title'])}</h2>\n" if needs_heading else ""
        return heading + slide_figure(data[CHART_MIME], data.get("text/html", ""))

    def _with_pictures(self, html: str, cell: NotebookNode) -> str:
        """Every ``[Picture](#cell-id=…)`` that stands alone, replaced by that cell's picture."""
        if not self._is_written:
            return html
        return _NAMED.sub(lambda named: self._picture_of(named.group(1), cell["id"]), html)

    def _picture_of(self, name: str, asker: str) -> str:
        """The picture that a cell shows, marked as its own where it first stands."""
        named = self._cells.get(name, {"metadata": {}})
        if "deck" in tags(named):
            raise ExplainerError(f"cell {asker}: #{name} is on a slide of its own; take one away")
        for data in (output.get("data", {}) for output in named.get("outputs", [])):
            if CHART_MIME in data:
                figure = data.get(SHOWN_MIME) or slide_figure(
                    data[CHART_MIME], data.get("text/html", "")
                )
                is_first = name not in self._placed
                self._placed.add(name)
                return marked(name, figure) if is_first else str(figure)
        raise ExplainerError(
            f"cell {asker}: there is no picture at #{name}; name a code cell that shows a chart"
        )


def _with_own_ids(slides: Iterable[Slide]) -> list[Slide]:
    """The slides, the ids of a picture that stands on two of them made different."""
    seen: set[str] = set()

    def own(svg: re.Match[str]) -> str:
        found = _PREFIX.search(svg.group())
        if not found:
            return svg.group()
        prefix = new = found.group(1)
        while new in seen:
            new += "-again"
        seen.add(new)
        return svg.group().replace(prefix, new)

    kept = list(slides)
    for slide in kept:
        for pieces in (slide.asked, slide.told, slide.notes):
            pieces[:] = [_SVG.sub(own, html) for html in pieces]
    return kept
