"""The prose of a page and its reading level in the build facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.publish.pages import Task, compose, in_process
from explainer.publish.prose import grade_words, prose_of
from tests.cli.conftest import write_notebook

PLAIN = "The test is done in a small room and it takes no more than a day to tell. " * 10


@pytest.mark.parametrize(
    "markup",
    [
        '<figure class="chart"><figcaption>International uncertainties.</figcaption></figure>',
        '<div class="scroll"><table><tr><td>International uncertainties.</td></tr></table></div>',
        '<pre class="printed" tabindex="0">International uncertainties.</pre>',
        '<h2 id="why">International uncertainties</h2>',
        '<dl class="glossary"><dt>University</dt><dd>International uncertainties.</dd></dl>',
        '<ol class="sources"><li>International uncertainties.</li></ol>',
        "<!--shown international-uncertainties-->",
        "<math><mtext>International uncertainties</mtext></math>",
        "<details><summary>International uncertainties.</summary></details>",
        "<blockquote><p>International uncertainties.</p></blockquote>",
    ],
)
def test_pictures_tables_code_and_lists_of_names_are_no_prose(markup: str) -> None:
    assert prose_of(f"{markup}\n<p>It is said.</p>") == "It is said."


def test_paragraphs_and_items_stay_apart_and_marks_go() -> None:
    html = "<p>One <em>word</em> is<br>said.</p><ul><li>two</li><li>three</li></ol>"
    assert prose_of(html) == "One word is\n\nsaid.\n\ntwo\n\nthree"


def test_little_prose_has_no_grade() -> None:
    assert grade_words("<p>It is said.</p>") == ""
    assert grade_words(f"<p>{PLAIN}</p>") == "grade 3"


def page(folder: Path, *texts: str) -> str:
    write_notebook(folder / "mine.ipynb", [("md", text) for text in ("# Mine", *texts)])
    return compose(Task(folder / "mine.ipynb", "mine"), in_process)["html"]


def test_build_facts_tell_the_reading_level(tmp_path: Path) -> None:
    assert " · reading level: grade 3" in page(tmp_path, PLAIN)
    assert "reading level" not in page(tmp_path, "It is said.")


def test_same_words_give_the_same_bytes(tmp_path: Path) -> None:
    assert page(tmp_path, PLAIN) == page(tmp_path, PLAIN)
