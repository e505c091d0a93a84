"""Terms in prose lead to the glossary of their own page, once a section, and nowhere else."""

from __future__ import annotations

import re

import html5lib
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from explainer.narrative.glossary import glossary
from explainer.publish.blocks import page_of
from explainer.publish.linked import link_terms

WORDS = glossary("remission", "ART", "Δ32", "CCR5", "U=U", "confidence interval")._repr_html_()


def links(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="term" href="#([^"]+)">([^<]+)</a>', html)


def linked(*pieces: str) -> list[tuple[str, str]]:
    """Anchors and words of the links, in a page whose glossary stands at its end."""
    return links("".join(link_terms([*pieces, WORDS])))


def test_a_term_leads_to_its_entry() -> None:
    made = "".join(link_terms(["<p>This is remission.</p>", WORDS]))
    assert '<p>This is <a class="term" href="#term-remission">remission</a>.</p>' in made
    page = html5lib.parse(made, namespaceHTMLElements=False)
    entries = {entry.get("id"): "".join(entry.itertext()) for entry in page.iter("dt")}
    assert entries["term-remission"] == "Remission"
    assert entries["term-delta-32"] == "Δ32"
    assert len(entries) == len(set(entries)) == 6


def test_a_page_without_a_glossary_comes_back_as_it_is() -> None:
    pieces = ["<p>Remission on ART.</p>", "<dl><dt><dfn>ART</dfn></dt></dl>"]
    assert link_terms(pieces) == pieces


def test_terms_that_the_page_does_not_define_are_left_alone() -> None:
    assert linked("<p>A rebound, a cascade and a range.</p>") == []


def test_only_the_first_mention_in_a_section_is_linked() -> None:
    first = "<p>Remission, remission.</p><p>Remission.</p>"
    assert linked(first, "<p>remission</p>") == [("term-remission", "Remission")]
    again = linked(first, "<h2>Next</h2><p>one remission</p>", "<h3>Part</h3><p>remission</p>")
    assert [words for _, words in again] == ["Remission", "remission"]


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Remission</h2>",
        "<h1>U=U</h1>",
        '<p><a href="x.html">remission</a></p>',
        "<p><code>ART</code></p>",
        "<pre>ART</pre>",
        "<table><tr><td>ART</td></tr></table>",
        '<figure data-x="a > b"><svg><text>CCR5</text></svg><figcaption>CCR5</figcaption></figure>',
        "<math><mi>ART</mi></math>",
        '<p><img alt="remission > ART" src="x"></p>',
        "<!-- remission -->",
        "<details><summary>remission</summary></details>",
    ],
)
def test_no_link_in_headings_links_code_tables_pictures_formulas(html: str) -> None:
    assert linked(html) == []


def test_prose_after_a_picture_is_linked_again() -> None:
    assert linked("<figure><svg><text>x</text></svg></figure><p>ART</p>") == [("term-art", "ART")]


@pytest.mark.parametrize(
    ("prose", "words"),
    [
        ("antiretroviral therapy", "antiretroviral therapy"),
        ("two remissions", "remissions"),
        ("long-term remission", "long-term remission"),
        ("a CCR5-Δ32 copy", "CCR5-Δ32"),
        ("ART coverage", "ART coverage"),
        ("U=U.", "U=U"),
        ("(95% interval 2–3)", "interval"),
    ],
)
def test_other_names_and_plurals_are_found_the_longest_first(prose: str, words: str) -> None:
    assert [found for _, found in linked(f"<p>{prose}</p>")] == [words]


@pytest.mark.parametrize(
    "prose", ["state of the art", "ARTs", "ART-free", "smart", "treatment", "intervals/remission"]
)
def test_words_that_only_look_like_a_term_are_no_term(prose: str) -> None:
    assert linked(f"<p>{prose}</p>") == []


def test_linking_again_changes_nothing() -> None:
    once = link_terms(["<p>ART, then remission.</p>", WORDS])
    assert link_terms(once) == once


def test_a_reworded_page_moves_the_link_to_the_new_first_mention() -> None:
    once = link_terms(["<p>New.</p>", "<p>remission</p>", WORDS])
    again = link_terms(["<p>New remission.</p>", *once[1:]])
    assert [links(piece) for piece in again[:2]] == [[("term-remission", "remission")], []]


def test_the_page_links_prose_and_said_sentences_but_not_its_sources() -> None:
    def shown(cell: str, tags: list[str], **data: str) -> object:
        output = new_output("display_data", data={key.replace("_", "/"): data[key] for key in data})
        return new_code_cell("x", id=cell, outputs=[output], metadata={"tags": tags})

    cells = [
        new_markdown_cell("# Remission", id="title"),
        shown("said", [], text_markdown="On ART."),
        shown("words", [], text_html=WORDS),
        shown("sources", ["sources"], text_html="<ol class='sources'><li>CCR5 editing</li></ol>"),
        new_markdown_cell("In *remission*.", id="later"),
    ]
    made = page_of(new_notebook(cells=cells), title="T", audience="report", folder=None)
    assert {block.anchor: links(block.html) for block in made.blocks} == {
        "title": [],
        "said": [("term-art", "ART")],
        "words": [],
        "sources": [],
        "later": [("term-remission", "remission")],
    }
