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
without a ``deck`` cell is cut at its level-two headings, and again wherever a slide is full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from explainer.errors import ExplainerError
from explainer.publish.deck_cut import Piece, blocks, heading_in, is_beyond, is_full, shortened
from explainer.publish.deck_live import slide_figure
from explainer.publish.figures import with_own_ids
from explainer.publish.markdown import to_html
from explainer.publish.outputs import CHART_MIME, SHOWN_MIME, output_html
from explainer.publish.report import LIVE
from explainer.publish.roles import is_shown, part, tags
from explainer.publish.shown import marked

STARTS = ("slide", "subslide")
_BEGINS = re.compile(r"(?<!#)## ")  # a heading of level two, in Markdown or in what code says
_HEADED = re.compile(r"(?:\s|<!--[^>]*-->)*<h2\b")
_NAMED = re.compile(r'<p><a href="#([^"]*)">[^<]*</a></p>')


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
    def is_full(self) -> bool:
        """Whether it holds more than can be made to fit."""
        return any(map(is_beyond, (*self.asked, *self.told)))

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
    section = ""
    for cell, kind, place, piece in composer.pieces():
        if kind == "notes":
            slides[0 if part(cell) == "answer" else -1].notes.append(piece.shown)
            continue
        last, section = slides[-1], heading_in(piece.html) or section
        is_first = len(slides) == 1
        waits = kind == "fragment" and not is_first
        is_over = not (is_written or waits) and is_full([*last.asked, *last.told], piece.html)
        begins = is_headed(piece.html) and (not waits or bool(last.told))
        if kind in STARTS or is_first or is_over or begins:
            is_own = place == 1 and cell["id"] not in ("title", "about")
            slides.append(Slide(cell["id"] if is_own else f"{cell['id']}-{place}"))
            waits = False
            if not (is_written or is_headed(piece.html)):
                piece = piece.headed(section)
        slides[-1].add(piece.shown, waits=waits)
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

    def pieces(self) -> Iterator[tuple[NotebookNode, str, int, Piece]]:
        """All that cells put on slides, with what becomes of the cell and the place in it.

        An author who wrote a deck has cut it already: there, a cell is one piece.
        """
        for cell in self._cells.values():
            kind = _kind(cell, is_written=self._is_written)
            if kind == "skip":
                continue
            made = [Piece(self._whole(cell, kind))] if self._is_written else self._parts(cell, kind)
            for place, piece in enumerate((one for one in made if one.html), start=1):
                yield cell, kind if place == 1 or kind == "notes" else "", place, piece

    def _whole(self, cell: NotebookNode, kind: str) -> str:
        """What a cell shows; nothing for silent code."""
        if cell.cell_type != "code":
            return self._with_pictures(self._words(cell), cell)
        outputs = (self._output(output, cell) for output in cell.outputs)
        needs_heading = kind in (*STARTS, "fragment")
        shown = [piece.headed("").html if needs_heading else piece.html for piece in outputs]
        return marked(cell["id"], self._with_pictures("\n".join(shown), cell))

    def _parts(self, cell: NotebookNode, kind: str) -> Iterator[Piece]:
        """What a cell shows, each thing for itself, long ones shortened."""
        if cell.cell_type != "code":
            yield from map(Piece, blocks(self._words(cell)))
            return
        place = 0
        for piece in (self._output(output, cell) for output in cell.outputs):
            needs_heading = kind == "fragment"
            for html in blocks(shortened(piece.html)):
                place += 1
                part_of = replace(piece, html=html, name=f"{cell['id']}~{place}")
                yield part_of.headed("") if needs_heading else part_of

    def _words(self, cell: NotebookNode) -> str:
        """What a cell of words says; the title has its own slide."""
        if cell.cell_type != "markdown":
            return ""
        text = re.sub(r"^# .*", "", cell.source, flags=re.M)
        return to_html(text, taken=self._taken, folder=self._folder)[0]

    def _output(self, output: Mapping[str, Any], cell: NotebookNode) -> Piece:
        """One output; a chart as its picture for the room, with its finding."""
        data = output.get("data", {})
        if CHART_MIME not in data or SHOWN_MIME in data:
            return Piece(output_html(output, cell, self._taken))
        chart, figure = data[CHART_MIME], slide_figure(data[CHART_MIME], data.get("text/html", ""))
        # A headline must stay true when the picture below it is moved.
        is_moved = LIVE in figure
        words = f"Move the controls: {chart['name'].replace('-', ' ')}" if is_moved else ""
        return Piece(figure, title=words or chart["title"])

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


def _with_own_ids(slides: list[Slide]) -> list[Slide]:
    """The slides, the ids of a picture that stands on two of them made different."""
    seen: set[str] = set()
    for slide in slides:
        for pieces in (slide.asked, slide.told, slide.notes):
            pieces[:] = [with_own_ids(html, seen) for html in pieces]
    return slides
