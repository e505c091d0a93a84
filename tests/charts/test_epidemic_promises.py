"""What every epidemic picture promises, for places with full series, gaps, marks and long names."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.text import Text

from explainer import ExplainerError, charts
from explainer.charts import style
from explainer.charts.chart import Chart
from explainer.narrative.words import unkind_words
from explainer.wording import is_known, number, people, percent
from tests.charts.epidemic_frames import CASCADE, ESTIMATES, EVERY_RELEASE, TARGETS
from tests.charts.overlap import outside, overlapping, struck
from tests.charts.vision import told_apart_by_colour_alone

Maker = Callable[[], Chart]
RELEASE_2019 = EVERY_RELEASE[EVERY_RELEASE["release"] == "2019"]
LONG_NAME = "Western and central Europe and North America"
PLACES = ["World", "Eswatini", "Norway", "India", "France", LONG_NAME]
WITH_PLACES: dict[str, Callable[..., Chart]] = {
    "panels": lambda **place: charts.plhiv_infections_deaths(ESTIMATES, **place),
    "flow": lambda **place: charts.stock_flow(ESTIMATES, **place),
    "treatment": lambda **place: charts.art_and_deaths(ESTIMATES, **place),
    "ratio": lambda **place: charts.incidence_prevalence(ESTIMATES, **place),
    "releases": lambda **place: charts.revisions(EVERY_RELEASE, **place),
    "two releases": lambda **place: charts.compared(RELEASE_2019, ESTIMATES, **place),
    "beside": lambda **place: charts.beside_world(ESTIMATES, **place),
    "among": lambda **place: charts.country_place(ESTIMATES, **place),
    "cascade": lambda **place: charts.cascade(CASCADE, TARGETS, **place),
}
NOT_PUBLISHED = {
    "two releases": {"India"},
    "flow": {"Norway", "India", "France"},
    "treatment": {"Norway", "France"},
    "ratio": {"Norway"},
    "beside": {"World", "Norway"},
    "among": {"World", LONG_NAME},
    "cascade": {"Eswatini", "Norway", "India", "France"},
}
PICTURES: dict[str, Maker] = {
    "regions": lambda: charts.regions(ESTIMATES),
    "regions by deaths": lambda: charts.regions(ESTIMATES, indicator="aids_deaths"),
    "count and rate": lambda: charts.count_and_rate(ESTIMATES),
    "new infections by release": lambda: charts.revisions(
        EVERY_RELEASE, indicator="new_infections"
    ),
    "prevalence in two releases": lambda: charts.compared(
        RELEASE_2019, ESTIMATES, indicator="prevalence_share", location="Kenya"
    ),
} | {
    f"{name} of {place}": lambda make=make, place=place: make(location=place)
    for name, make in WITH_PLACES.items()
    for place in PLACES
    if place not in NOT_PUBLISHED.get(name, set())
}


@pytest.fixture(scope="module", params=PICTURES)
def chart(request):
    patch = pytest.MonkeyPatch()
    patch.setenv(style.FORMATS_VARIABLE, "html,slides")
    try:
        return PICTURES[request.param]()
    finally:
        patch.undo()


def printed(table: pd.DataFrame) -> set[str]:
    """Every way in which a number of the table may be written."""
    found: set[str] = set()
    for column in table:
        for value in table[column]:
            if isinstance(value, str):
                found |= set(re.findall(r"\d[\d,.]*\d|\d", value))
            elif is_known(value):
                ways = [people(value), percent(value), percent(value, 1), number(value, 0)]
                found |= {re.sub(r"[^\d,.]", "", way) for way in ways}
    return found


def sentences(text: str) -> int:
    """How many sentences a text has."""
    return len(re.findall(r"[.!?](?:\s|$)", text))


@pytest.mark.parametrize("medium", ["page", "slide"])
def test_no_words_overlap_or_leave_the_picture(chart, medium):
    figure = chart.figure if medium == "page" else chart.talk
    assert overlapping(figure) == []
    assert struck(figure) == []
    assert outside(figure) == []


@pytest.mark.parametrize("medium", ["page", "slide"])
def test_key_reads_without_colours(chart, medium):
    figure = chart.figure if medium == "page" else chart.talk
    assert told_apart_by_colour_alone(figure) == []


def test_slide_type_can_be_read_from_the_back_row(chart):
    small = {
        text.get_text()
        for text in chart.talk.findobj(Text)
        if text.get_text().strip() and text.get_fontsize() < 18
    }
    assert all(text.startswith("Source:") for text in small)


def test_page_type_is_not_tiny(chart):
    small = [t for t in chart.figure.findobj(Text) if t.get_text() and t.get_fontsize() < 8.5]
    assert all(text.get_text().startswith("Source:") for text in small)


def test_alt_text_is_short(chart):
    assert len(chart.alt) <= 250
    assert sentences(chart.alt) <= 2
    assert not chart.alt.lower().startswith(("image", "picture"))


def test_numbers_of_the_alt_text_stand_in_the_table(chart):
    told = set(re.findall(r"\d[\d,.]*\d|\d", chart.alt))
    figures = {one for one in told if not re.fullmatch(r"(19|20)\d\d", one)}
    assert figures & printed(chart.table)


def test_numbers_of_the_finding_stand_in_table_or_caption(chart):
    told = set(re.findall(r"\d[\d,.]*\d|\d", chart.title))
    assert told & (printed(chart.table) | set(re.findall(r"\d[\d,.]*\d|\d", chart.caption)))


def test_caption_says_in_a_few_sentences_how_to_read_it(chart):
    assert 2 <= sentences(chart.caption) <= 4
    assert "range" in chart.caption


def test_words_are_person_first(chart):
    texts = [text.get_text() for text in chart.figure.findobj(Text)]
    said = " ".join([chart.title, chart.alt, chart.caption, *chart.table.columns, *texts])
    assert unkind_words(said) == []
    assert "confidence" not in said


def test_table_has_word_columns(chart):
    assert not [column for column in chart.table if "_" in column or column[0].islower()]
    assert len(chart.table) > 0
    assert chart.table.columns.is_unique


def test_sources_are_cited_with_the_licence(chart):
    assert "UNAIDS" in chart.source
    assert "CC BY-NC-SA 3.0 IGO" in chart.source


def test_svg_is_small(chart):
    assert len(chart.svg()) < 120_000


@pytest.mark.parametrize("name", WITH_PLACES)
def test_unknown_place_is_one_sentence(name):
    with pytest.raises(ExplainerError) as refused:
        WITH_PLACES[name](location="Eswatni")
    assert "Eswatni" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "place"), [(name, place) for name, places in NOT_PUBLISHED.items() for place in places]
)
def test_place_without_figures_is_one_sentence(name, place):
    with pytest.raises(ExplainerError) as refused:
        WITH_PLACES[name](location=place)
    assert place in str(refused.value)
