"""A notebook becomes slides as its author tagged it, or, untagged, at its headings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from explainer.errors import ExplainerError
from explainer.publish import notebooks
from explainer.publish.build import export
from explainer.publish.deck import Slide, places_of, slides_of
from explainer.publish.outputs import CHART_MIME
from explainer.publish.pages import Task, compose, in_process, take_up
from explainer.publish.slides import SlidesExporter

SVG = '<svg role="img" aria-labelledby="p-title p-desc"><title id="p-title">Up</title></svg>'
PICTURE = {"name": "rise", "title": "It rose", "svg": "<svg>page</svg>", "talk": SVG}


def words(source: str, name: str, *tags: str, kind: str = "") -> NotebookNode:
    """A Markdown cell with tags and a slide type."""
    metadata = {"tags": list(tags)} | ({"slideshow": {"slide_type": kind}} if kind else {})
    return new_markdown_cell(source, id=name, metadata=metadata)


def chart(name: str, *tags: str, kind: str = "", **parts: object) -> NotebookNode:
    """A code cell that has shown a chart."""
    cell = new_code_cell(
        "charts.rise()", id=name, metadata=words("", name, *tags, kind=kind).metadata
    )
    data = {CHART_MIME: PICTURE | parts, "text/html": "<figure>with table</figure>"}
    cell.outputs = [new_output("display_data", data=data)]
    return cell


def deck(*cells: NotebookNode) -> list[Slide]:
    """The slides between the first, which is for the title, and the last."""
    notebook = new_notebook(cells=[words("# Title", "top"), *cells])
    first, *others = slides_of(notebook, folder=None)
    assert first.asked == []
    return others


def text(pieces: list[str]) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(pieces)).split())


def test_each_heading_starts_a_slide_and_the_next_cell_goes_on_with_it() -> None:
    one, two = deck(
        words("## One", "one", "deck"),
        words("More.", "more", "deck"),
        words("## Two", "two", "deck"),
    )
    assert (one.anchor, text(one.asked)) == ("one", "One More.")
    assert (two.anchor, text(two.asked)) == ("two", "Two")


def test_only_what_was_written_for_the_room_is_shown() -> None:
    (one,) = deck(words("## Story", "story"), words("## Talk", "talk", "deck"), chart("fig"))
    assert text(one.asked) == "Talk"
    assert one.notes == []


def test_teacher_cells_are_notes_of_the_slide_above() -> None:
    one, two = deck(
        words("## One", "one", "deck"),
        words("Ask them.", "ask", "teacher"),
        words("## Two", "two", "deck"),
        words("And wait.", "wait", "deck", kind="notes"),
    )
    assert (text(one.asked), text(one.notes)) == ("One", "Ask them.")
    assert (text(two.asked), text(two.notes)) == ("Two", "And wait.")


def test_answer_of_the_chapter_is_told_to_the_speaker_first() -> None:
    cells = [words("## One", "one", "deck"), words("It rose.", "answer", "answer")]
    first, _ = slides_of(new_notebook(cells=cells), folder=None)
    assert text(first.notes) == "It rose."


def test_fragment_waits_for_a_click_and_a_headed_one_takes_the_place() -> None:
    (one,) = deck(
        words("## Guess", "guess", "deck"),
        words("A hint.", "hint", "deck", kind="fragment"),
        words("## Answer", "answer-it", "deck", kind="fragment"),
        words("Why.", "why", "deck", kind="fragment"),
    )
    assert one.asked[1] == '<div class="fragment" data-fragment-index="0"><p>A hint.</p>\n</div>'
    assert (text(one.told), one.turn) == ("Answer Why.", 1)
    assert 'data-fragment-index="2"' in one.told[1]


def test_second_answer_starts_a_slide() -> None:
    slides = deck(
        words("## Guess", "guess", "deck"),
        words("## Answer", "one", "deck", kind="fragment"),
        words("## Again", "two", "deck", kind="fragment"),
    )
    assert [text(slide.asked) for slide in slides] == ["Guess", "Again"]


def test_slide_type_starts_continues_or_leaves_out() -> None:
    shown = deck(
        words("Big words.", "big", "deck", kind="slide"),
        words("Left out.", "out", "deck", kind="skip"),
        words("Next.", "next", "deck", kind="subslide"),
        words("Same.", "same", "deck", kind="-"),
    )
    assert [text(slide.asked) for slide in shown] == ["Big words.", "Next. Same."]


def test_chart_is_drawn_for_the_room_and_headed_by_its_finding() -> None:
    (one,) = deck(chart("fig", "deck", kind="slide"))
    assert one.asked[0].startswith("<!--shown fig--><h2>It rose</h2>")
    assert SVG in one.asked[0]
    assert "with table" not in one.asked[0]


def test_chart_of_a_run_that_made_no_slides_shows_its_page_picture() -> None:
    (one,) = deck(words("## Up", "up", "deck"), chart("fig", "deck", talk=None))
    assert "<svg>page</svg>" in one.asked[1]


def test_picture_of_the_report_is_placed_by_its_cells_name_without_a_second_run() -> None:
    one, two = deck(
        chart("fig"),
        words("## Up\n\n[Picture](#fig)", "up", "deck"),
        words("## Up still\n\n[Picture](#fig)", "still", "deck"),
    )
    figure = f'<figure class="chart" data-name="rise">{SVG}</figure>'
    assert one.asked == [f'<h2 id="up-again">Up</h2>\n<!--shown fig-->{figure}<!--/shown fig-->\n']
    assert 'id="p-again-title"' in two.asked[0], "the same picture twice, its ids its own"


@pytest.mark.parametrize(("name", "reason"), [
    ("figg", "there is no picture at #figg; name a code cell that shows a chart"),
    ("up", "#up is on a slide of its own; take one away"),
])  # fmt: skip
def test_picture_that_is_not_there_is_one_sentence(name: str, reason: str) -> None:
    with pytest.raises(ExplainerError, match=f"cell up: {reason}"):
        deck(chart("fig"), words(f"## Up\n\n[Picture](#{name})", "up", "deck"))


def test_untagged_notebook_is_cut_at_its_headings() -> None:
    one, two = deck(
        words("## One\n\nSay [more](#fig).", "one"), chart("fig"),
        words("Not for the room.", "out", "report"), words("## Two", "two"),
    )  # fmt: skip
    assert text(one.asked) == "One Say more . Up"
    assert text(two.asked) == "Two"


def test_untagged_notebook_has_one_picture_a_slide() -> None:
    one, two, three, four = deck(
        words("## One", "one"), chart("fig"), words("How to read it.", "read"),
        chart("fig-b", title="It fell & rose", talk=None), words("And that one. " * 20, "and"),
        words("## Two", "two"), chart("fig-c", talk=None),
    )  # fmt: skip
    assert text(one.asked) == "One Up How to read it."
    assert (two.anchor, text(two.asked)) == ("fig-b", "It fell &amp; rose page")
    assert text(three.asked).startswith("One (continued) And that one.")
    assert text(four.asked) == "Two page"


def test_all_that_one_untagged_cell_shows_is_dealt_to_slides() -> None:
    cell = chart("fig")
    table = "".join(f"<tr><td>{n}</td></tr>" for n in range(30))
    table = (
        f'<table class="dataframe"><thead><tr><th>n</th></tr></thead><tbody>{table}</tbody></table>'
    )
    printed = "\n".join(["a <b> " + "x" * 200, *map(str, range(20))])
    cell.outputs = [
        new_output("stream", text=printed),
        new_output("display_data", data={"text/html": table}),
        *(cell.outputs * 2),
        new_output("stream", text="done"),
    ]
    first, second, third, fourth, fifth = deck(words("## All", "all"), cell)
    assert text(first.asked).startswith("All a &lt;b&gt; xxx")
    assert text(first.asked).endswith(
        "8 … 11 more lines and the ends of long lines: see the report"
    )
    assert text(second.asked).startswith("All (continued) n 0 1 2")
    assert text(second.asked).endswith("7 8 … 21 more rows: see the report")
    assert [slide.anchor for slide in (second, third, fourth)] == ["fig-2", "fig-3", "fig-4"]
    assert [text(third.asked), text(fourth.asked)] == ["It rose Up", "It rose Up-again"]
    assert text(fifth.asked) == "All (continued) done", "not beside the chart"


def test_title_said_by_code_stands_on_the_first_slide_only() -> None:
    cell = new_code_cell("say()", id="title", metadata={"tags": ["title"]})
    cell.outputs = [new_output("display_data", data={"text/markdown": "# Mine\n\nIt fell."})]
    (one,) = deck(cell)
    assert text(one.asked) == "It fell."
    assert one.anchor == "title-1", "the first slide has that address"


def test_paragraph_that_no_slide_can_hold_is_told_and_others_are_not(tmp_path: Path) -> None:
    cells = [
        words("# Mine", "top"),
        words("So much to say. " * 300, "long"),
        words("Less.", "less"),
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "mine.ipynb")
    outcome = export([str(tmp_path / "mine.ipynb")], formats=["slides"], out=tmp_path)
    assert outcome.failures == ()
    assert outcome.notes == (
        "mine.ipynb cell long: more than a slide can show, so that one has to scroll; part it into "
        "paragraphs, or tag the cells for the room deck",
    )


def test_the_slide_of_each_cell_is_known_before_a_run() -> None:
    cells = [
        words("## Story", "story"),
        words("## One", "one", "deck"),
        words("### Large", "large", "deck"),
        words("## Answer", "answer-it", "deck", kind="fragment"),
        words("Say.", "say", "teacher"),
        new_code_cell('say("""## Two""")', id="two", metadata={"tags": ["deck"]}),
        words("Big.", "big", "deck", kind="slide"),
        words("Out.", "out", "deck", kind="skip"),
    ]
    places = places_of(new_notebook(cells=cells))
    assert places == {"one": "one", "large": "one", "answer-it": "one", "two": "two", "big": "big"}
    cells[5].outputs = [new_output("display_data", data={"text/markdown": "## Two"})]
    _, *slides = slides_of(new_notebook(cells=cells), folder=None)
    assert [slide.anchor for slide in slides] == ["one", "two", "big"]


# the chapters


def notes_of(slug: str) -> dict[str, tuple[str, str]]:
    """What each slide asks or shows first, and what its speaker reads: sources, by anchor."""
    cells = notebooks.read(notebooks.find(slug).path).cells
    places = places_of(new_notebook(cells=cells))
    found: dict[str, tuple[str, str]] = {}
    here = ""
    for cell in cells:
        if places.get(cell["id"]) == cell["id"]:
            here = cell["id"]
            found[here] = (cell.source, "")
        elif here and "teacher" in cell["metadata"].get("tags", []):
            found[here] = (found[here][0], found[here][1] + cell.source)
    return found


@pytest.mark.parametrize("slug", [chapter.slug for chapter in notebooks.chapters()])
def test_notes_name_the_right_letter_and_help_with_what_is_not_known(slug: str) -> None:
    slides = notes_of(slug)
    asked = {name: notes for name, (shown, notes) in slides.items() if "## Predict" in shown}
    assert len(asked) >= 4
    for name, notes in asked.items():
        assert re.search(r"(first|second|third) answer is right|No letter is the right", notes), (
            name
        )
    right = re.findall(r"(first|second|third) answer is right", " ".join(asked.values()))
    assert len(set(right)) >= 2, "one letter is always right"
    assert slides["slide-unknown"][1], "what we do not know"


RIGHT = re.compile(r"(first|second|third) answer is right")
FREE_OF_HABIT = [c.slug for c in notebooks.chapters() if c.slug[:2] in ("04", "05", "06")]


@pytest.mark.parametrize("slug", FREE_OF_HABIT)
def test_no_letter_is_right_in_every_prediction_nor_is_not_knowing(slug: str) -> None:
    asked = [both for both in notes_of(slug).values() if "## Predict" in both[0]]
    right = [RIGHT.findall(notes)[0] for _, notes in asked]
    assert max(map(right.count, right)) <= len(right) / 2, right
    places = {"first": "1", "second": "2", "third": "3"}
    unsure = [
        place == places[letter]
        for (shown, _), letter in zip(asked, right, strict=True)
        for place in re.findall(r"^(\d)\. .*(?:can(?:not)? tell)", shown, re.M)
    ]
    assert not unsure or not all(unsure)


def test_the_class_predicts_before_any_slide_tells() -> None:
    slides = notes_of("01")
    before = list(slides)[: list(slides).index("slide-predict-tub") + 1]
    assert "slide-question" in before
    told = " ".join(slides[name][0] for name in before)
    assert not re.search(r"changed|Picture|as long as|more runs in", told)


# the page


@pytest.fixture
def own(tmp_path: Path) -> Task:
    """A reader's notebook with a deck."""
    said = "import explainer as hiv\nhiv.say('## {{ n }} came', n=3)"
    cells = [
        words("# Mine & yours", "top"),
        new_code_cell(said, id="said", metadata={"tags": ["deck"]}),
        words("Wait.", "note", "teacher"),
        new_code_cell("print('for the report')", id="silent"),
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "mine.ipynb")
    return Task(tmp_path / "mine.ipynb", "mine", ("slides",))


def test_page_holds_title_slides_notes_and_licence_and_reaches_nothing(own: Task) -> None:
    page = compose(own, in_process)["slides"]
    assert "<title>Mine &amp; yours · slides" in page
    assert [*re.findall(r'<section id="([^"]+)"', page)] == ["title", "said", "about"]
    assert '<h2 id="3-came">3 came</h2>' in page
    assert re.search(r'<aside class="notes">\s*<p>Wait.</p>', page)
    assert "Permission is hereby granted" in page, "reveal.js asks for its licence"
    assert "for the report" not in page
    markup = page[: page.index("<script>")]
    assert not re.search(r'(src|href)="(?!data:,)|@import|url\((?!["\']?data:)', markup)


def test_reworded_slides_are_byte_for_byte_what_a_run_would_make(own: Task) -> None:
    (own.path.parent / "mine.slides.html").write_text(compose(own, in_process)["slides"])
    notebook = nbformat.read(own.path, as_version=4)
    notebook.cells[2].source = "Wait and *count*."
    nbformat.write(notebook, own.path)
    reworded = take_up(own, own.path.parent)
    assert reworded == compose(own, in_process)
    assert "Wait and <em>count</em>" in reworded["slides"]


def test_checkout_without_reveal_is_told_how_to_get_it(
    own: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_text

    def all_but_reveal(path: Path, *args: Any, **options: Any) -> str:
        if path.name == "reveal.js":
            raise FileNotFoundError(path)
        return read(path, *args, **options)

    monkeypatch.setattr(Path, "read_text", all_but_reveal)
    with pytest.raises(ExplainerError, match=r"mine.ipynb slides need .*/reveal.js, .* pip"):
        compose(own, in_process)


def test_script_that_holds_a_page_of_its_own_ends_where_it_should(own: Task) -> None:
    page = compose(own, in_process)["slides"]
    assert page.count("</script>") == 3
    assert "<\\/script>" in page, "the speaker's window, kept as text"


def test_jupyter_lists_the_exporter_under_its_name() -> None:
    assert SlidesExporter().file_extension == ".slides.html"
    assert SlidesExporter().template_name == "explainer_slides"
