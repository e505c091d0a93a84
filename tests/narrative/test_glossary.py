"""The glossary: findable, short, kind, and free of figures that go stale."""

from __future__ import annotations

import re

import pytest

from explainer.errors import ExplainerError
from explainer.narrative import define, glossary
from explainer.narrative.digits import stray_digits
from explainer.narrative.glossary import Glossary
from explainer.narrative.term import Term
from explainer.narrative.terms import TERMS
from explainer.narrative.words import unkind_words

NEEDED = """
prevalence; incidence; new infections; range; release; PLHIV; ART; viral load; undetectable; U=U;
remission; post-treatment control; rebound; reservoir; allele; genotype; homozygous; heterozygous;
Hardy–Weinberg; CCR5; CXCR4; Δ32; HLA; registry; censored; person-years; delayed entry;
survivorship bias; rule of three; confidence interval vs range; cascade; 95–95–95; AML; GVHD;
chimerism; stock and flow; incidence:prevalence ratio; cord blood
"""


@pytest.mark.parametrize("term", [name.strip() for name in NEEDED.split(";")])
def test_the_terms_of_the_chapters_are_defined(term: str) -> None:
    assert define(term).endswith(".")


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_definitions_are_short_kind_and_never_stale(term: Term) -> None:
    sentences = re.split(r"(?<=\.)\s", term.definition)
    assert len(term.definition.split()) <= 30
    assert max(len(sentence.split()) for sentence in sentences) <= 25
    assert stray_digits(term.definition) == []
    assert unkind_words(term.definition) == []


def test_no_name_means_two_things() -> None:
    names = [name.casefold() for term in TERMS for name in {term.name, *term.aliases}]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", ["delta32", "ccr5-δ32", "CCR5–Δ32", "wt/Δ32", "Δ32"])
def test_a_term_is_found_by_its_other_names(name: str) -> None:
    assert define(name) == define("Δ32")


def test_terms_come_in_the_order_asked_and_once() -> None:
    asked = glossary("remission", "Rebound", "viral rebound")
    assert [term.name for term in asked.terms] == ["Remission", "Rebound"]


def test_all_terms_come_from_a_to_z() -> None:
    names = [term.name.casefold() for term in glossary().terms]
    assert len(names) == len(TERMS) >= 30
    assert names == sorted(names)


def test_the_list_is_html_in_a_notebook_and_markdown_or_text_elsewhere() -> None:
    one = Glossary((Term("A<b>", "x & y."),))
    assert one._repr_html_() == (
        '<dl class="glossary">\n<dt><dfn>A&lt;b&gt;</dfn></dt>\n<dd>x &amp; y.</dd>\n</dl>'
    )
    assert glossary("PLHIV")._repr_markdown_().startswith("- **PLHIV**: People living with HIV")
    assert repr(glossary("PLHIV")) == str(glossary("PLHIV")) == f"PLHIV: {define('PLHIV')}"


def test_an_unknown_term_is_answered_by_one_sentence() -> None:
    with pytest.raises(ExplainerError) as answer:
        glossary("remision")
    assert str(answer.value).startswith(
        "the glossary has no term 'remision' (did you mean 'Remission'?); known: 95–95–95, AIDS, "
    )
