"""The verdict strip: one cell a claim, three codes for each verdict, words that fit."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.text import Annotation

from explainer import charts, tables
from explainer.charts import style
from explainer.charts.verdict_strip import MARKS, in_lines
from explainer.errors import ExplainerError
from explainer.science.claims import check_claims, verdict_cells
from explainer.science.claims_evidence import Evidence, Verdict
from tests.charts.overlap import outside, overlapping
from tests.charts.test_style import MARK_CONTRAST, TEXT_CONTRAST, contrast_on_white

EVIDENCE = Evidence(
    cases=tables.load_remission_cases(include_later=True),
    events=tables.load_remission_events(),
    comparisons=tables.load_remission_comparisons(),
    cohorts=tables.load_cohorts(),
    frequencies=tables.load_delta32_frequencies(),
    facts=tables.load_facts(),
    estimates=tables.load_estimates("all"),
    targets=tables.load_targets(),
)
CHECKED = {name: check_claims(tables.load_claims(name), EVIDENCE) for name in ("hiv", "car_t")}


@pytest.fixture(scope="module", params=CHECKED)
def strip(request):
    patch = pytest.MonkeyPatch()
    patch.setenv(style.FORMATS_VARIABLE, "html,slides")
    try:
        return charts.verdict_strip(CHECKED[request.param]), verdict_cells(CHECKED[request.param])
    finally:
        patch.undo()


def said(figure):
    return [note.get_text() for note in figure.findobj(Annotation) if note.get_text()]


def shapes(figure):
    return [mark for mark in figure.axes[0].collections if isinstance(mark, PathCollection)]


def test_every_cell_has_its_number_letter_and_claim(strip):
    chart, cells = strip
    for figure in (chart.figure, chart.talk):
        words = said(figure)[: 3 * len(cells)]
        letters, numbers, labels = words[::3], words[1::3], words[2::3]
        assert numbers == [str(cell) for cell in cells["cell"]]
        assert letters == [MARKS[Verdict(verdict)].letter for verdict in cells["verdict"]]
        assert [" ".join(label.split()) for label in labels] == list(cells["label"])


def test_every_cell_has_the_shape_and_colour_of_its_verdict(strip):
    chart, cells = strip
    drawn = shapes(chart.figure)[: len(cells)]
    for mark, verdict in zip(drawn, cells["verdict"], strict=True):
        wanted = MARKS[Verdict(verdict)]
        face, edge = mark.get_facecolor()[0], mark.get_edgecolor()[0]
        assert tuple(edge) == pytest.approx(_rgba(wanted.colour))
        assert tuple(face) == pytest.approx(_rgba("white" if wanted.is_hollow else wanted.colour))


def _rgba(colour):
    from matplotlib.colors import to_rgba

    return to_rgba(colour)


def test_key_counts_the_cells(strip):
    chart, cells = strip
    words = said(chart.figure)
    for verdict, n in cells["verdict"].value_counts().items():
        assert f"{n} {verdict}" in words


def test_verdicts_can_be_told_apart_without_colour():
    assert len({mark.letter for mark in MARKS.values()}) == len(MARKS) == len(Verdict)
    assert len({mark.shape_word for mark in MARKS.values()}) == len(MARKS)
    assert len({(m.shape, m.is_hollow, m.dashes) for m in MARKS.values()}) == len(MARKS)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_letter_is_readable_and_shape_stands_out(verdict):
    contrast = contrast_on_white(MARKS[verdict].colour)
    assert contrast >= max(TEXT_CONTRAST, MARK_CONTRAST)


def test_verdict_colours_are_no_indicators_colours():
    taken = {colour for pair in style.COLOURS.values() for colour in (pair.mark, pair.ink)}
    told = {mark.colour for name, mark in MARKS.items() if name != Verdict.UNVERIFIABLE}
    assert not told & taken  # grey is for what nobody can tell, here as elsewhere


@pytest.mark.parametrize("medium", ["page", "slide"])
def test_no_words_overlap_or_leave_the_strip(strip, medium):
    figure = strip[0].figure if medium == "page" else strip[0].talk
    style.settle(figure)  # as it is saved
    assert overlapping(figure) == []
    assert outside(figure) == []


def test_slide_letters_are_large(strip):
    notes = strip[0].talk.findobj(Annotation)
    assert min(note.get_fontsize() for note in notes if note.get_text()) >= 18


def test_title_follows_the_verdicts():
    chart = charts.verdict_strip(CHECKED["hiv"])
    assert chart.title == (
        "In the HIV text 8 of 16 groups of claims hold, 4 are imprecise and 4 are contradicted; "
        "one more cell is for what it leaves out"
    )
    kinder = CHECKED["hiv"].assign(
        verdict=CHECKED["hiv"]["verdict"].replace("contradicted", "supported")
    )
    title = charts.verdict_strip(kinder).title
    assert title.startswith("In the HIV text 11 of 16 groups of claims hold")


def test_one_claim_holds_in_the_singular():
    title = charts.verdict_strip(CHECKED["car_t"]).title
    assert title == (
        "In the CAR-T text 1 of 6 groups of claims holds, 3 are imprecise and 2 are unverifiable"
    )


def test_alt_text_is_short_and_holds_numbers_of_the_table(strip):
    chart, cells = strip
    assert len(chart.alt) <= 250
    assert str(len(cells)) in chart.alt
    assert len(cells) in set(chart.table["Cell"])
    assert not chart.alt.lower().startswith(("image", "picture"))


def test_caption_says_that_the_verdict_is_on_words(strip):
    assert "never on a person" in strip[0].caption
    assert 2 <= len(re.findall(r"[.!?](?:\s|$)", strip[0].caption)) <= 4


def test_table_says_who_decided(strip):
    chart, cells = strip
    assert list(chart.table["Verdict"]) == list(cells["verdict"])
    assert set(chart.table["Decided by"]) <= {
        "a function, from the tables", "reading the sources",
    }  # fmt: skip
    assert all("_" not in column for column in chart.table.columns)


def test_svg_is_small_named_and_the_same_each_time(strip):
    chart, _ = strip
    assert "<desc id=" in chart.svg()
    assert len(chart.svg()) < 40_000
    assert chart.svg() == chart.svg()


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("About 1% have it", "About 1%\nhave it"),
        ("HIV since 1999", "HIV since 1999"),
        ("Undetectable only later", "Undetectable\nonly later"),
    ],
)
def test_labels_break_into_equal_lines(label, lines):
    assert in_lines(label) == lines


def test_two_texts_make_no_strip():
    with pytest.raises(ExplainerError, match="a strip shows the cells of one text"):
        charts.verdict_strip(pd.concat(CHECKED.values()))
