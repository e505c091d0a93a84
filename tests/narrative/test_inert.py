"""Text from a table stays text in every reader of Markdown."""

from __future__ import annotations

from html import unescape
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from explainer.narrative import say
from explainer.narrative.inert import inert

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "*a* **b** _c_ __d__ ~~e~~",
    "[x](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "`code` ``more``",
    "$x^2$ and $$y$$",
    r"\(x\) \[y\] \begin{a}b\end{a}",
    "a | b",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "12) item",
    "> quote",
    "---",
    "===",
    "one\n# two\n\n    three\n```\nfour",
    "https://example.org www.example.org me@example.org",
    "&lt;b&gt; &amp; &#60;",
    "[^1] [1]: http://x",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    '" onmouseover="alert(1)',
    "<!-- a -->",
    "    four spaces",
    "\\<b>\\*x\\*",
    ": definition",
    "Term\n: definition",
]


def _nbconvert(markdown: str) -> str:
    return str(MarkdownWithMath(renderer=IPythonRenderer(escape=False)).render(markdown))


def _report(markdown: str) -> str:
    from explainer.publish.markdown import to_html

    return to_html(markdown, taken=set(), is_trusted=False)[0]


def _commonmark(markdown: str) -> str:
    return str(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(markdown))


READERS = [_nbconvert, _report, _commonmark]


def _elements_and_text(html: str) -> tuple[list[str], str]:
    body: Any = html5lib.parse(html, namespaceHTMLElements=False).find("body")
    return [element.tag for element in body.iter()][1:], "".join(body.itertext()).strip()


def _one_line(text: str) -> str:
    return " ".join("".join(" " if sign < " " else sign for sign in text).split())


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("template", ["{{ x }}", "Cell: {{ x }} end", "Cell:\n{{ x }}"])
def test_hostile_text_reads_as_it_is_written(reader: Any, text: str, template: str) -> None:
    elements, shown = _elements_and_text(reader(say(template, x=text).markdown))
    assert elements == ["p"]
    assert _one_line(shown) == _one_line(template.replace("{{ x }}", text))


@given(st.text(alphabet="<>&*_`[]()|$~#!@^\\\"'-+=:.1 a/\n{}wh;", max_size=40))
def test_no_mixture_of_signs_becomes_markup(text: str) -> None:
    for reader in READERS:
        elements, shown = _elements_and_text(reader(f"x {inert(text)} x"))
        assert elements == ["p"]
        assert _one_line(shown) == _one_line(f"x {text} x")


@given(st.text(max_size=60))
def test_any_text_keeps_its_characters(text: str) -> None:
    kept = unescape(inert(text)).split()
    assert "".join(kept) == "".join("".join(s for s in text if _is_printed(s)).split())


def _is_printed(sign: str) -> bool:
    return not (sign < " " or sign in "\x7f\x85\u2028\u2029")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a [b] c", "a &#91;b&#93; c"),
        ("me@example.org", "me&#64;example.org"),  # some readers make such words links
        ("www.example.org", "www&#46;example.org"),
        ("https://example.org", "https&#58;//example.org"),
        ("ratio 3:1, half-life, Brown (2007)", "ratio 3:1, half-life, Brown (2007)"),
        ("40.8 million (range 37.0–45.6)", "40.8 million (range 37.0–45.6)"),
    ],
)
def test_only_signs_that_mean_something_are_changed(text: str, markdown: str) -> None:
    assert inert(text) == markdown


def test_the_authors_own_markdown_is_kept() -> None:
    assert say("**{{ x }}** [a](b)", x="c").markdown == "**c** [a](b)"
