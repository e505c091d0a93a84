"""What every remission and Δ32 picture promises: words that fit, alt text, table, sources."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from explainer import charts
from explainer.charts import style
from explainer.charts.chart import Chart
from explainer.tables import (
    load_curative_approaches,
    load_delta32_frequencies,
    load_remission_cases,
    load_remission_comparisons,
    load_remission_events,
    load_sources,
    load_trials,
)
from tests.charts.lanes_drawn import words
from tests.charts.overlap import outside, overlapping
from tests.charts.vision import told_apart_by_colour_alone

CASES, EIGHT = load_remission_cases(include_later=True), load_remission_cases()
EVENTS, COMPARISONS = load_remission_events(), load_remission_comparisons()
FREQUENCIES = load_delta32_frequencies()
PICTURES: dict[str, Callable[[], Chart]] = {
    "swimmer": lambda: charts.remission_swimmer(CASES, EVENTS),
    "swimmer of eight": lambda: charts.remission_swimmer(EIGHT, EVENTS),
    "calendar": lambda: charts.remission_calendar(CASES, EVENTS),
    "calendar of eight": lambda: charts.remission_calendar(EIGHT, EVENTS),
    "comparison": lambda: charts.remission_comparison(CASES, COMPARISONS),
    "country": lambda: charts.delta32_by_country(FREQUENCIES),
    "ancestry": lambda: charts.delta32_by_ancestry(FREQUENCIES),
    "expected": lambda: charts.homozygotes_expected(FREQUENCIES),
    "zeros": lambda: charts.delta32_zero_counts(FREQUENCIES),
    "donors": lambda: charts.donors_to_type(FREQUENCIES),
    "trials": lambda: charts.trial_forest(load_trials(), load_curative_approaches()),
    "approaches": lambda: charts.approaches(
        load_curative_approaches(), load_trials(), load_sources()
    ),
}


@pytest.fixture(scope="module", params=PICTURES)
def chart(request):
    patch = pytest.MonkeyPatch()
    patch.setenv(style.FORMATS_VARIABLE, "html,slides")
    try:
        return PICTURES[request.param]()
    finally:
        patch.undo()


@pytest.mark.parametrize("medium", ["page", "slide"])
def test_no_words_overlap_or_leave_the_picture(chart, medium):
    figure = chart.figure if medium == "page" else chart.talk
    style.settle(figure)  # as it is saved: a second layout would make room that no reader sees
    assert overlapping(figure) == []
    assert outside(figure) == []


@pytest.mark.parametrize("medium", ["page", "slide"])
def test_key_reads_without_colours(chart, medium):
    figure = chart.figure if medium == "page" else chart.talk
    assert told_apart_by_colour_alone(figure) == []


def test_slide_type_is_large_enough(chart):
    source = f"Source: {chart.source}"
    small = {
        text.get_text(): text.get_fontsize() for text in chart.talk.findobj(match=_is_text)
        if text.get_text().strip() and text.get_fontsize() < 18
    }  # fmt: skip
    assert all(text.startswith("Source:") for text in small), (small, source)


def _is_text(artist: object) -> bool:
    return hasattr(artist, "get_fontsize") and hasattr(artist, "get_text")


def test_alt_text_is_short_and_holds_a_number_of_the_table(chart):
    assert len(chart.alt) <= 250
    assert len(re.findall(r"[.!?](?:\s|$)", chart.alt)) <= 2
    figures = {float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*\.?\d*", chart.alt)}
    held = set(chart.table.select_dtypes("number").astype(float).round(1).stack())
    assert figures & held


def test_alt_text_does_not_begin_with_image_of(chart):
    assert not chart.alt.lower().startswith(("image", "picture", "a chart"))


def test_caption_is_at_most_four_sentences(chart):
    assert 2 <= len(re.findall(r"[.!?](?:\s|$)", chart.caption)) <= 4


def test_picture_speaks_of_remission_never_of_cure(chart):
    said = " ".join([chart.title, chart.alt, chart.caption, *words(chart.figure)]).lower()
    assert not re.search(r"\bcure", said)
    assert "delta32" not in said
    assert "infected" not in said


def test_table_columns_are_words(chart):
    assert all("_" not in str(column) for column in chart.table.columns)
    assert chart.table.columns[0][0].isupper()
    assert len(chart.table) > 0


def test_every_source_drawn_is_cited(chart):
    assert len(chart.source) > 40
    assert any(text.startswith("Source:") for text in words(chart.figure))


def test_svg_names_and_describes_itself(chart):
    svg = chart.svg()
    assert "<desc id=" in svg
    assert len(svg) < 90_000
