"""The page on two releases reads well for the world, a country, limits and single years."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from explainer import ExplainerError
from explainer.narrative.words import unkind_words
from explainer.paths import notebooks_dir
from explainer.publish import notebooks
from explainer.publish.blocks import said_title
from explainer.publish.check import faults_of
from explainer.publish.comparisons import NOTEBOOK
from explainer.publish.pages import Task, in_process
from tests.notebooks.test_country_profile import charts, said, texts

PATH = notebooks_dir() / NOTEBOOK
KINDS = [
    ("2024", "2025", "World"), ("2019", "2025", "World"), ("2016", "2025", "World"),
    ("2019", "2025", "SWZ"), ("2019", "2025", "NOR"), ("2024", "2026", "SWZ"),
]  # fmt: skip


@cache
def executed(first: str, second: str, location: str) -> Any:
    """The page of two releases and a place, run in this process."""
    values = (("first", first), ("second", second), ("location", location))
    notebook = notebooks.read(PATH)
    notebooks.set_parameters(notebook, dict(values))
    return in_process(Task(PATH, "compare", parameters=values), notebook, lambda _: None)[0]


@pytest.fixture(params=KINDS, ids=" ".join)
def page(request: pytest.FixtureRequest) -> Any:
    return executed(*request.param)


def test_no_missing_value_reaches_the_reader(page: Any) -> None:
    for text in texts(page):
        assert not re.search(r"\b(nan|NaN|None|NA|inf)\b|{{|{%", text)


def test_sentences_are_whole_and_kind(page: Any) -> None:
    for cell, text in said(page).items():
        assert not re.search(r"\s[,.]|\.\.|,,|\(\)| (in|to|of|the)\.", text), (cell, text)
    assert unkind_words("\n\n".join(said(page).values())) == []


def test_every_figure_is_told_with_both_releases(page: Any) -> None:
    sentences = said(page)
    for text in (sentences["say-answer"], sentences["say-largest"]):
        assert text.count("release said") == text.count("release says")
    assert "release said" in sentences["say-answer"]


def test_each_picture_stands_once(page: Any) -> None:
    assert len(charts(page)) <= 4
    assert set(charts(page)) <= {"compared"}


def test_world_answer_tells_the_published_revision() -> None:
    notebook = executed("2024", "2025", "World")
    assert said_title(notebook) == "HIV in the world: the 2024 and 2025 releases side by side"
    assert said(notebook)["say-answer"] == (
        "People living with HIV: the 2024 release said 39.9 million (range 36.1–44.6 million) for "
        "2023; the 2025 release says 40.4 million (range 36.6–45.1 million) for the same year. "
        "Revised up by 0.5 million (1.3%); the older figure lies within the newer range. "
        "Of 164 figures that both releases hold, 82 were revised up, 15 down, and 67 stayed. "
        "Of the revisions, 52 are no larger than one rounding step, which may be rounding alone. "
        "A range allows a check of 137: the older figure lies outside the newer range in none of "
        "them."
    )
    assert len(charts(notebook)) == 4


def test_a_rounding_step_is_no_finding() -> None:
    sentences = said(executed("2024", "2025", "World"))
    assert "one rounding step" not in sentences["say-largest"].split("Treatment coverage")[0]
    assert "Treatment coverage: no revision" not in sentences["say-largest"]
    assert "HIV prevalence: no revision is larger than one rounding" in sentences["say-largest"]
    assert "| Revised up by one rounding step (0.1 million) |" in sentences["say-table"]
    assert "7.7%" not in " ".join(sentences.values())


def test_limits_are_named_and_not_drawn() -> None:
    sentences = said(executed("2019", "2025", "NOR"))
    assert "fewer than 100 | fewer than 100 |" in sentences["say-table"]
    assert "4 shared figures are printed as a limit" in sentences["say-missing"]
    assert sentences["say-lines"].startswith("Drawn are people living with HIV:")
    assert len(charts(executed("2019", "2025", "NOR"))) == 1


def test_what_one_release_lacks_is_named() -> None:
    missing = said(executed("2024", "2026", "SWZ"))["say-missing"]
    assert "In our tables only the 2024 release holds new HIV infections" in missing
    assert "the other holds no year of it" in missing


def test_place_that_one_release_lacks_is_one_sentence() -> None:
    with pytest.raises(ExplainerError, match="cell setup: the 2025 release holds figures of Norw"):
        executed("2024", "2025", "NOR")


def test_notebook_is_sound_checked_and_no_chapter() -> None:
    assert list(faults_of(notebooks.read(PATH))) == []
    assert PATH.stem in [one.slug for one in notebooks.bundled()]
    assert PATH.stem not in [one.slug for one in notebooks.chapters()]
