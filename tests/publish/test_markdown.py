"""Prose becomes HTML that needs no script and can do no harm."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from explainer.publish.markdown import slug, to_html
from explainer.publish.maths import mathml


def html(source: str, **options: bool) -> str:
    return to_html(source, taken=set(), **options)[0]


def test_formula_becomes_mathml_not_dollars() -> None:
    made = html(r"prevalence $p = \frac{a}{b}$ rose")
    assert "<math" in made
    assert "$" not in made


@pytest.mark.parametrize(
    "latex",
    [
        r"\begin{aligned}a&=b\\c&=d\end{aligned}",
        r"\frac{1}{2}",
        r"q^2 + 2q(1-q)",
        r"\text{living with HIV}_t",
        r"e^{-\alpha P}",
        r"\binom{n}{k}",
        r"\sum_{i=1}^{n} x_i",
    ],
)
def test_every_formula_kind_is_well_formed(latex: str) -> None:
    made = mathml(latex)
    assert made.startswith("<math")
    ElementTree.fromstring(made)


@pytest.mark.parametrize("latex", [r"\frac{1", r"\nosuchmacro{x}"])
def test_formula_that_cannot_be_trusted_stays_code(latex: str) -> None:
    assert mathml(latex) == f"<code>{latex}</code>"


def test_block_formula_stands_alone() -> None:
    assert 'class="formula"' in html("$$a = b$$")


def test_script_in_printed_text_is_shown_not_run() -> None:
    made = html("<script>alert(1)</script> and <img src=x onerror=alert(1)>", is_trusted=False)
    assert "<script" not in made
    assert "<img" not in made


def test_link_that_would_run_script_is_defused() -> None:
    assert "javascript:" not in html("[x](javascript:alert(1))")


def test_headings_get_anchors_and_are_collected() -> None:
    made, headings = to_html("## Why does it *rise*?", taken=set())
    assert headings == [(2, "why-does-it-rise", "Why does it rise?")]
    assert '<h2 id="why-does-it-rise">' in made


def test_same_heading_twice_gets_two_anchors() -> None:
    taken: set[str] = set()
    to_html("## Sources", taken=taken)
    assert 'id="sources-again"' in to_html("## Sources", taken=taken)[0]


def test_slug_of_signs_only_is_still_an_anchor() -> None:
    assert slug("Δ?") == "section"


def test_empty_corner_of_a_table_is_no_header() -> None:
    made = html("| |b|\n|-|-|\n|1|2|")
    assert '<th scope="col"></th>' not in made
    assert '<th scope="col">b</th>' in made


def test_table_headers_have_scope() -> None:
    assert '<th scope="col">a</th>' in html("|a|b|\n|-|-|\n|1|2|")
