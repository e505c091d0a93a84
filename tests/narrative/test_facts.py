"""What cannot be worded is named in a few words, with the part of it that can."""

from __future__ import annotations

from typing import Any

import pytest

import explainer as hiv
from explainer.errors import ExplainerError
from explainer.narrative.filters import FILTERS

ESTIMATES = hiv.load_estimates("2025")
CHANGE = hiv.change_since(ESTIMATES, "plhiv")


@pytest.mark.parametrize(
    ("template", "fact", "sentence"),
    [
        ("{{ x | full }}", ESTIMATES, "got a table; take one figure from it, as value_in() does"),
        ("{{ x | people }}", ESTIMATES, "got a table; take one figure from it"),
        ("{{ x }}", ESTIMATES, "no value to word, got a table; take one figure from it"),
        (
            "{{ x | full }}",
            CHANGE,
            "full needs an estimate with its range, got a Change; name a part of it that is an "
            "estimate (first or last), as in {{ x.last | full }}",
        ),
        ("{{ x | published }}", CHANGE, "as in {{ x.last | published }}"),
        ("{{ x | percent }}", CHANGE, "no value to word, got a Change; name a part of it"),
        ("{{ x }}", CHANGE, "no value to word, got a Change; name a part of it"),
        ("{{ x | told }}", CHANGE, "told needs a course, got a Change; give it what course()"),
        ("{{ x | compared }}", CHANGE, "a revision, got a Change; give it one of comparison()"),
        ("{{ x | older }}", CHANGE.last, "a revision, got an Estimate; give it one of comparison"),
        ("{{ x | full }}", None, "full needs an estimate with its range, got None; use {{ value"),
    ],
)
def test_fact_that_cannot_be_worded_is_named(template: str, fact: Any, sentence: str) -> None:
    with pytest.raises(ExplainerError) as said:
        hiv.say(template, x=fact)
    assert sentence in str(said.value)
    assert len(str(said.value)) < 200


@pytest.mark.parametrize("name", sorted(FILTERS))
@pytest.mark.parametrize("fact", [ESTIMATES, CHANGE], ids=["table", "result"])
def test_no_filter_prints_what_it_was_given(name: str, fact: Any) -> None:
    needs = {"with_range": "(y, y)", "direction": "(y)", "difference": "(y)"}.get(name, "")
    try:
        told = str(hiv.say(f"{{{{ x | {name}{needs} }}}}", x=fact, y=fact))
    except ExplainerError as error:
        told = str(error)
    assert "Estimate(" not in told
    assert "two_sources" not in told
