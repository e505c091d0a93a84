"""A notebook becomes the blocks its audience should see."""

from __future__ import annotations

import json
import re

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from explainer.publish.blocks import Page, page_of

CHART = "application/vnd.explainer.chart+json"


def page(*cells: object) -> Page:
    return page_of(new_notebook(cells=list(cells)), title="T", audience="report", folder=None)


def chart_cell(name: str, cell_id: str, tags: list[str] | None = None) -> object:
    figure = f'<figure data-name="{name}"><span class="figure-number"></span></figure>'
    data = {"text/html": figure, CHART: {"name": name, "svg": "", "talk": None}}
    output = new_output("display_data", data=data)
    return new_code_cell("draw()", id=cell_id, outputs=[output], metadata={"tags": tags or []})


def test_cells_for_others_are_left_out() -> None:
    made = page(
        new_markdown_cell("seen", id="a"),
        new_markdown_cell("slide", id="b", metadata={"tags": ["deck"]}),
        new_markdown_cell("note", id="c", metadata={"tags": ["teacher"]}),
        new_markdown_cell("both", id="d", metadata={"tags": ["report", "deck"]}),
    )
    assert [block.anchor for block in made.blocks] == ["a", "d"]


def test_figures_are_numbered_through_the_page() -> None:
    made = page(chart_cell("one", "a"), chart_cell("two", "b"))
    assert "Figure 1." in made.blocks[0].html
    assert "Figure 2." in made.blocks[1].html


def test_link_to_a_figure_says_its_number_before_and_after_it() -> None:
    made = page(
        new_markdown_cell("See [Figure](#cell-id=b), then [the first](#a).", id="text"),
        chart_cell("one", "a"),
        chart_cell("two", "b"),
        said("Back to [Figure](#a); [Figure](#text) shows nothing.", "said"),
    )
    assert 'See <a href="#b">Figure 2</a>, then <a href="#a">the first</a>' in made.blocks[0].html
    assert 'Back to <a href="#a">Figure 1</a>; <a href="#text">Figure</a>' in made.blocks[3].html


def test_numbers_follow_when_a_figure_comes_before_those_made_earlier() -> None:
    shown = '<a href="#b">Figure 7</a><span class="figure-number">Figure 7.</span>'
    data = {"application/vnd.explainer.shown+html": shown}
    old = new_code_cell("draw()", id="b", outputs=[new_output("display_data", data=data)])
    made = page(chart_cell("one", "a"), old)
    assert '<a href="#b">Figure 2</a>' in made.blocks[1].html
    assert "Figure 2." in made.blocks[1].html


def test_a_picture_shown_twice_has_ids_of_its_own_each_time() -> None:
    svg = (
        '<svg role="img" aria-labelledby="p-1a-title p-1a-desc"><title id="p-1a-title">P</title>'
        '<desc id="p-1a-desc">p</desc><g clip-path="url(#p-1a-c)"/></svg>'
    )
    both = new_output("display_data", data={"text/html": f"<div>{svg}{svg}</div>"})
    made = page(
        new_code_cell("draw()", id="a", outputs=[both]),
        new_code_cell("draw()", id="b", outputs=[both]),
    )
    ids = re.findall(r' id="([^"]+)"', "".join(block.html for block in made.blocks))
    assert len(ids) == len(set(ids)) == 8
    assert "url(#p-1a-3-c)" in made.blocks[1].html


def test_setup_code_stands_behind_the_answer() -> None:
    made = page(
        new_markdown_cell("# T", id="title"),
        new_code_cell("import explainer", id="setup", metadata={"tags": ["setup"]}),
        new_markdown_cell("Short answer.", id="say", metadata={"tags": ["answer"]}),
    )
    assert [block.anchor for block in made.blocks] == ["title", "say", "setup"]


def test_card_quotes_first_sentence_and_cover() -> None:
    answer = new_markdown_cell("One is 1.5 & more. Two.", id="x", metadata={"tags": ["answer"]})
    made = page(answer, chart_cell("one", "a"), chart_cell("two", "b", ["cover"]))
    assert json.loads(made.card) == {
        "title": "T",
        "answer": "One is 1.5 & more.",
        "cover": "two",
    }


def test_card_cannot_close_its_script_element() -> None:
    answer = new_markdown_cell("A `</script>` b.", id="x", metadata={"tags": ["answer"]})
    assert "</script>" not in page(answer).card


def test_contents_follow_second_and_third_level() -> None:
    made = page(new_markdown_cell("# T\n## A\n### B\n#### C", id="x"))
    assert [heading.text for heading in made.contents] == ["A", "B"]


def test_data_frame_of_an_own_notebook_has_no_empty_header() -> None:
    import pandas as pd

    markup = pd.DataFrame({"n": [1]}, index=["<b>x</b>"])._repr_html_()
    output = new_output("execute_result", data={"text/html": markup}, execution_count=1)
    made = page(new_code_cell("frame", id="x", outputs=[output]))
    assert "<th></th>" not in made.blocks[0].html
    assert "border" not in made.blocks[0].html
    assert "<b>x</b>" not in made.blocks[0].html


def test_script_in_foreign_html_is_removed() -> None:
    data = {"text/html": "<p>hi</p><script>alert(1)</script>"}
    made = page(new_code_cell("x", id="x", outputs=[new_output("display_data", data=data)]))
    assert "alert" not in made.blocks[0].html


def test_picture_without_description_says_so() -> None:
    data = {"image/png": "iVBORw0KGgo="}
    made = page(new_code_cell("x", id="own", outputs=[new_output("display_data", data=data)]))
    assert 'alt="Picture made by cell own; its author gave no description"' in made.blocks[0].html


def test_picture_keeps_the_alt_text_of_its_author() -> None:
    output = new_output(
        "display_data",
        data={"image/png": "iVBORw0KGgo="},
        metadata={"image/png": {"alt": 'A "line" rising'}},
    )
    made = page(new_code_cell("x", id="x", outputs=[output]))
    assert 'alt="A &quot;line&quot; rising"' in made.blocks[0].html


def said(text: str, cell_id: str, *tags: str) -> object:
    """A code cell that says Markdown."""
    output = new_output("execute_result", data={"text/markdown": text}, execution_count=1)
    return new_code_cell("say()", id=cell_id, outputs=[output], metadata={"tags": list(tags)})


def test_title_said_by_code_is_the_title_of_page_and_card() -> None:
    made = page(said("# HIV in Cote d'Ivoire &#38; more\nrest", "t", "title"))
    assert made.title == "HIV in Cote d'Ivoire & more"
    assert json.loads(made.card)["title"] == made.title
    assert "<h1" in made.blocks[0].html


def test_only_a_cell_tagged_title_names_the_page() -> None:
    assert page(said("# Not this", "a"), said("no heading", "t", "title")).title == "T"


def test_title_shows_no_code_which_is_folded_with_the_loading() -> None:
    made = page(
        new_code_cell("iso3 = 'SWZ'", id="p", metadata={"tags": ["parameters"]}),
        new_code_cell("import explainer", id="s", metadata={"tags": ["setup"]}),
        said("# HIV in Eswatini", "t", "title"),
        said("Few.", "a", "answer"),
    )
    title, answer, loading = made.blocks
    assert (title.part, title.code) == ("title", "")
    assert answer.part == "answer"
    assert loading.part == "setup"
    assert all(words in loading.code for words in ("SWZ", "explainer", "say"))
    assert "HIV in Eswatini" not in loading.html


def test_card_cell_is_kept_for_the_index_and_not_shown() -> None:
    facts = {"iso3": "SWZ", "plhiv": {"words": "220,000 </script>"}}
    data = {"application/vnd.explainer.card+json": facts, "text/plain": "iso3 SWZ"}
    output = new_output("execute_result", data=data, execution_count=1)
    made = page(new_code_cell("card()", id="c", outputs=[output]))
    assert json.loads(made.card)["facts"] == facts
    assert made.blocks[0].html == ""
    assert "</script>" not in made.card


def test_code_that_shows_nothing_joins_the_fold_above() -> None:
    made = page(
        said("Few.", "a"),
        new_code_cell("None", id="b"),
        new_code_cell("own = 1", id="c", metadata={"tags": ["exercise"]}),
    )
    assert [block.anchor for block in made.blocks] == ["a", "c"]
    assert "None" in made.blocks[0].code
