"""say(): live numbers, and one sentence for each mistake."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest

from explainer.errors import ExplainerError
from explainer.narrative import say
from explainer.narrative.filters import FILTERS
from explainer.science.compare_place import Revision
from explainer.science.intervals import Estimate
from explainer.science.profile import Course

PLHIV = Estimate(40_800_000, 37_000_000, 45_600_000, "people")
BEFORE = Estimate(40_400_000, 36_600_000, 45_100_000, "people")
COVERAGE = Estimate(0.77, 0.62, 0.90, "share")
KNOWS = Estimate(0.87, 0.69, 0.98, "share", high_mark=">")
FEW = Estimate(500, 200, 500, "people", mark="<", low_mark="<", high_mark="<")
RATE = Estimate(0.0892, 0, 0.134, "per person-year")
BARE = Estimate(16, math.nan, math.nan, "days")
TIGHT = Estimate(0.002, 0.002, 0.002, "share")
REVISION = Revision(
    "World", "plhiv", 2023, "2024", "2025", BEFORE, PLHIV, 4e5, 40.8 / 40.4, True, True
)


def _course(
    last: Estimate | None, base: Estimate | None = None, word: str = "", is_held: bool = True
) -> Course:
    """A course from 2010 to 2024."""
    marked = not (last and base) or last.is_threshold or base.is_threshold
    change = math.nan if marked else last.value / base.value - 1
    return Course("plhiv", 2024, last, 2010, base, change, word, is_held)  # type: ignore[arg-type]


FACTS: dict[str, Any] = {
    **{"plhiv": PLHIV, "before": BEFORE, "coverage": COVERAGE, "knows": KNOWS, "few": FEW},
    **{"rate": RATE, "bare": BARE, "n": 8, "half": 0.5, "big": 495_530, "weeks": 3},
    **{"low": 0.2, "high": 0.51, "names": ["Berlin", "London", "Geneva"], "stop": "2023-10"},
    **{"tight": TIGHT, "rising": _course(PLHIV, BEFORE, "rose"), "sparse": _course(COVERAGE)},
    **{"higher": _course(KNOWS, COVERAGE, "rose"), "under": _course(FEW, PLHIV, "fell")},
    **{"steady": _course(PLHIV, PLHIV, "stayed about the same"), "ceiling": _course(FEW, FEW)},
    **{"none_yet": _course(None), "not_held": _course(None, is_held=False)},
    **{"codes": ("plhiv", "aids_deaths"), "place": "Philippines", "revision": REVISION},
    "some_years": [1990, 1991, 1992, 2012],
    **{"year": 2024, "word": "berlin", "np_count": np.int64(12), "np_year": np.float64(2024)},
}


@pytest.mark.parametrize(
    ("template", "words"),
    [
        # bare facts are worded by what they are
        ("{{ plhiv }}", "40.8 million"),
        ("{{ coverage }}", "77%"),
        ("{{ few }}", "fewer than 500"),
        ("{{ rate }}", "0.0892"),
        ("{{ n }}", "8"),
        ("{{ year }}", "2024"),
        ("{{ np_year }}", "2024"),
        ("{{ np_count }}", "12"),
        ("{{ big }}", "495,530"),
        ("{{ half }}", "0.5"),
        ("{{ word }}", "berlin"),
        # every filter
        ("{{ plhiv | people }}", "40.8 million"),
        ("{{ plhiv | people(0) }}", "41 million"),
        ("{{ big | people }}", "496,000"),
        ("{{ few | people }}", "fewer than 500"),
        ("{{ plhiv | short }}", "40.8 m"),
        ("{{ few | short }}", "<500"),
        ("{{ coverage | percent }}", "77%"),
        ("{{ half | percent }}", "50%"),
        ("{{ half | percent(1) }}", "50.0%"),
        ("{{ big | number }}", "495,530"),
        ("{{ rate | number(2) }}", "0.09"),
        ("{{ plhiv | range }}", "37.0–45.6 million"),
        ("{{ coverage | range }}", "62–90%"),
        ("{{ knows | range }}", "69 to >98%"),
        ("{{ rate | range }}", "0–0.134"),
        ("{{ bare | range }}", "no range given"),
        ("{{ plhiv | between }}", "37.0–45.6 million"),
        ("{{ low | between(high, 'share') }}", "20–51%"),
        ("{{ low | between(none) }}", "no range given"),
        ("{{ plhiv | full }}", "40.8 million (range 37.0–45.6 million)"),
        ("{{ coverage | full('95% interval') }}", "77% (95% interval 62–90%)"),
        ("{{ few | full }}", "fewer than 500 (range <200 to <500)"),
        ("{{ bare | full }}", "16 (no range given)"),
        ("{{ plhiv | published }}", "40.8 million (range 37.0–45.6 million)"),
        ("{{ plhiv | published('people') }}", "40.8 million people (range 37.0–45.6 million)"),
        ("{{ coverage | published(digits=n - 7) }}", "77.0% (range 62.0–90.0%)"),
        ("{{ few | published('people') }}", "fewer than 500 people"),
        ("{{ bare | published }}", "16"),
        ("{{ tight | published }}", "0.2% (range within rounding)"),
        ("{{ 0.34 | with_range(low, high, 'share') }}", "34% (range 20–51%)"),
        ("{{ weeks | counted('week') }}", "3 weeks"),
        ("{{ 15 | months }}", "15 months"),
        ("{{ 163 | months(split=false) }}", "163 months"),
        ("{{ half | years }}", "0.5 years"),
        ("{{ 41.33 | person_years }}", "41.3 person-years"),
        ("{{ 0.01 | one_in }}", "1 in 100"),
        ("{{ 0.0024 | per(1000) }}", "2.4 per 1,000"),
        ("{{ rate | per_100 }}", "8.92 per 100"),
        ("{{ 0.0024 | per_1000 }}", "2.4 per 1,000"),
        ("{{ 3.51 | ratio }}", "3.5 times"),
        ("{{ 1013.05 | roughly }}", "1,000"),
        ("{{ before | direction(plhiv) }}", "rose"),
        ("{{ before | direction(plhiv, tolerance=0.1) }}", "stayed about the same"),
        ("{{ -0.39 | changed }}", "fell by 39%"),
        ("{{ before | difference(plhiv) }}", "0.4 million more"),
        ("{{ knows | difference(coverage) }}", "10 percentage points lower"),
        ("{{ low | difference(high, 'share') }}", "31 percentage points higher"),
        ("{{ year | year }}", "2024"),
        ("{{ np_year | year }}", "2024"),
        ("{{ stop | date }}", "October 2023"),
        (
            "It {{ rising | told }}.",
            "It rose by 0.99% to 40.8 million (range 37.0–45.6 million) between 2010 and 2024.",
        ),
        (
            "It {{ higher | told }}.",
            "It rose from 77% to 87% (range 69 to >98%) between 2010 and 2024.",
        ),
        (
            "It {{ under | told }}.",
            "It fell from 40.8 million to fewer than 500 between 2010 and 2024.",
        ),
        (
            "It {{ steady | told }}.",
            "It stayed about the same, at 40.8 million (range 37.0–45.6 million) "
            "between 2010 and 2024.",
        ),
        ("It {{ sparse | told('is') }}.", "It was 77% (range 62–90%) in 2024."),
        (
            "They {{ ceiling | told }}.",
            "They are published as a ceiling only: fewer than 500 in 2024.",
        ),
        ("They {{ none_yet | told }}.", "They are not published."),
        ("It {{ not_held | told('is') }}.", "It is not in our tables."),
        ("{{ codes | indicators('or') }}", "people living with HIV or AIDS-related deaths"),
        ("{{ place | the }}", "the Philippines"),
        ("{{ n | ordinal }}", "8th"),
        ("{{ n | spelled }}", "eight"),
        ("{{ n | spelled | cap }}", "Eight"),
        ("{{ word | cap }}", "Berlin"),
        ("{{ plhiv | cap }}", "40.8 million"),
        ("{{ names | join }}", "Berlin, London and Geneva"),
        ("{{ names | join('or') }}", "Berlin, London or Geneva"),
        ("{{ 0.088 | p_value }}", "p = 0.09"),
        ("{{ 0.0001 | p_value }}", "p < 0.001"),
        ("{{ revision | older }}", "40.4 million (range 36.6–45.1 million)"),
        ("{{ revision | newer }}", "40.8 million (range 37.0–45.6 million)"),
        ("{{ revision | revised }}", "revised up by 0.4 million (0.99%)"),
        (
            "{{ revision | compared(name=false) }}",
            "The 2024 release said 40.4 million (range 36.6–45.1 million) for 2023; the 2025 "
            "release says 40.8 million (range 37.0–45.6 million) for the same year. Revised up by "
            "0.4 million (0.99%); the older figure lies within the newer range.",
        ),
        ("{{ some_years | year_spans }}", "1990–1992 and 2012"),
        # the template language itself
        ("{% if n > weeks %}more{% else %}fewer{% endif %}", "more"),
        ("{{ plhiv.low | people }}", "37.0 million"),
        ("in {{ year | year }}, **{{ n }}** of them", "in 2024, **8** of them"),
    ],
)
def test_facts_are_worded(template: str, words: str) -> None:
    assert str(say(template, **FACTS)) == words


def test_every_filter_has_an_example_above() -> None:
    examples = test_facts_are_worded.pytestmark[0].args[1]  # type: ignore[attr-defined]
    used = {name for template, _ in examples for name in re.findall(r"\| (\w+)", template)}
    assert sorted(FILTERS.keys() - used) == []


def test_a_said_text_is_markdown_in_a_notebook_and_plain_in_a_terminal() -> None:
    said = say("{{ few | short }} *people*", few=FEW)
    assert said._repr_markdown_() == "&#60;500 *people*"
    assert repr(said) == str(said) == "<500 *people*"


def test_a_sentence_can_hold_another_one() -> None:
    inner = say("**{{ n }}** of {{ x }}", n=8, x="<ten>")
    assert say("{{ inner }}!", inner=inner).markdown == "**8** of &#60;ten&#62;!"


def test_a_new_figure_changes_the_sentence() -> None:
    template = "It {{ first | direction(last) }} by {{ first | difference(last) }}."
    assert str(say(template, first=1.3e6, last=1.4e6)) == "It rose by 0.1 million more."
    assert str(say(template, first=1.4e6, last=1.3e6)) == "It fell by 0.1 million fewer."


@dataclass
class _Change:
    first: float
    last: float


MISTAKES = [
    (
        "{{ plhvi }}",
        "say() was given no fact named 'plhvi' (did you mean 'plhiv'?); known: coverage, n, plhiv",
    ),
    (
        "{% if deaths %}x{% endif %}",
        "say() was given no fact named 'deaths'; known: coverage, n, plhiv",
    ),
    (
        "{{ plhiv.vlaue }}",
        "this fact has no part named 'vlaue' (did you mean 'value'?); "
        "known: high, high_mark, low, low_mark, mark, unit, value",
    ),
    (
        "{{ plhiv.vlaue | people }}",
        "this fact has no part named 'vlaue' (did you mean 'value'?); "
        "known: high, high_mark, low, low_mark, mark, unit, value",
    ),
    (
        "{{ plhiv | peple }}",
        "say() has no filter named 'peple' (did you mean 'people'?); "
        f"known: {', '.join(sorted(FILTERS))}",
    ),
    (
        "{{ plhiv | people",
        "say('{{ plhiv | people') cannot be read: unexpected end of template, expected "
        "'end of print statement'; expected Markdown with {{ name | filter }}",
    ),
    (
        "About 41 million, {{ plhiv | full }}, lived with HIV.",
        "say('About 41 million, {{ plhiv | full }}, l…') has '41' typed into its text, "
        "which goes stale; give it as a fact: {{ name | filter }}",
    ),
    (
        "{{ plhiv | percent }}",
        "say('{{ plhiv | percent }}'): the estimate 40,800,000 is a people figure, "
        "not a share one; use the filter people",
    ),
    (
        "{{ coverage | people }}",
        "say('{{ coverage | people }}'): the estimate 0.77 is a share figure, "
        "not a people one; use the filter percent",
    ),
    (
        "{{ n | full }}",
        "say('{{ n | full }}'): full needs an estimate with its range, got the number 8; "
        "use {{ value | with_range(low, high) }}",
    ),
    (
        "{{ n | published }}",
        "say('{{ n | published }}'): published needs an estimate, got the number 8; "
        "use a filter for numbers",
    ),
    (
        "{{ n | told }}",
        "say('{{ n | told }}'): told needs a course, got the number 8; give it what course() gives",
    ),
    (
        "{{ n | between('share') }}",
        "say('{{ n | between('share') }}'): between needs an upper bound, got 'share'; "
        "write {{ low | between(high) }}",
    ),
]


@pytest.mark.parametrize(("template", "sentence"), MISTAKES)
def test_each_mistake_is_answered_by_one_sentence(template: str, sentence: str) -> None:
    with pytest.raises(ExplainerError) as answer:
        say(template, plhiv=PLHIV, coverage=COVERAGE, n=8)
    assert str(answer.value).replace('"', "'") == sentence


@pytest.mark.parametrize("blank", [math.nan, None, pd.NA, pd.NaT, np.nan])
@pytest.mark.parametrize("template", ["{{ x }}", "{{ x | people }}", "{{ x | percent }}"])
def test_a_missing_value_fails_the_run(blank: object, template: str) -> None:
    with pytest.raises(ExplainerError, match=r"^say\('{{ x.*: no value to word: got"):
        say(template, x=blank)


def test_the_parts_of_any_kind_of_fact_are_named() -> None:
    for fact in (_Change(1, 2), {"first": 1, "last": 2}, pd.Series({"first": 1, "last": 2})):
        with pytest.raises(ExplainerError, match=r"no part named 'lst'.*known: first, last$"):
            say("{{ fact.lst | people }}", fact=fact)


@pytest.mark.parametrize("name", ["safe", "escape", "format", "int", "round", "default", "upper"])
def test_filters_that_would_go_round_the_wording_do_not_exist(name: str) -> None:
    with pytest.raises(ExplainerError, match=f"say\\(\\) has no filter named '{name}'"):
        say(f"{{{{ x | {name} }}}}", x="<b>")


def test_names_with_digits_are_no_typed_figures() -> None:
    said = say("CD4 cells, CCR5-Δ32 and 95–95–95 at ages 15–49 since 2010: {{ n }}", n=8)
    assert str(said).endswith("since 2010: 8")
