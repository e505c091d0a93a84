"""The pictures of the donor search draw what science computes: marks, gaps, curves, labels."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest

from explainer import charts
from explainer.charts import shapes, style
from explainer.errors import ExplainerError
from explainer.science.ancestries import GROUPS, donor_chances, donor_gaps, donors_needed
from explainer.science.intervals import clopper_pearson
from explainer.science.matching import chance_of_match, chance_of_matched_donor
from explainer.tables import load_delta32_frequencies, load_donor_match, load_donor_searches
from tests.charts.lanes_drawn import marks, names, words
from tests.charts.overlap import outside, overlapping
from tests.charts.vision import told_apart_by_colour_alone

MATCH, FREQUENCIES = load_donor_match(), load_delta32_frequencies()
SEARCHES = load_donor_searches()
CHANCES = donor_chances(MATCH, FREQUENCIES)
PICTURES = {
    "donor_chance": lambda: charts.donor_chance(MATCH, FREQUENCIES, SEARCHES),
    "donor_gap": lambda: charts.donor_gap(MATCH, FREQUENCIES),
    "registry_size": lambda: charts.registry_size(MATCH, FREQUENCIES),
}


def drawn(name: str):
    """The picture with its slide."""
    patch = pytest.MonkeyPatch()
    patch.setenv(style.FORMATS_VARIABLE, "html,slides")
    try:
        return PICTURES[name]()
    finally:
        patch.undo()


@pytest.fixture(scope="module", params=PICTURES)
def chart(request):
    return drawn(request.param)


@pytest.fixture(scope="module")
def chance():
    return drawn("donor_chance")


@pytest.fixture(scope="module")
def gap():
    return drawn("donor_gap")


@pytest.fixture(scope="module")
def size():
    return drawn("registry_size")


def with_value(frame: pd.DataFrame, key: str, row: str, column: str, value: float) -> pd.DataFrame:
    """The frame with one cell altered."""
    copy = frame.copy()
    assert (copy[key] == row).sum() == 1
    copy.loc[copy[key] == row, column] = value
    return copy


# What all three promise


@pytest.mark.parametrize("medium", ["page", "slide"])
def test_no_words_overlap_or_leave_the_picture(chart, medium):
    figure = chart.figure if medium == "page" else chart.talk
    style.settle(figure)  # as it is saved
    assert overlapping(figure) == []
    assert outside(figure) == []


@pytest.mark.parametrize("medium", ["page", "slide"])
def test_key_reads_without_colours(chart, medium):
    figure = chart.figure if medium == "page" else chart.talk
    assert told_apart_by_colour_alone(figure) == []


def test_alt_text_is_short_and_holds_a_number_of_the_table(chart):
    assert len(chart.alt) <= 250
    assert len(re.findall(r"[.!?](?:\s|$)", chart.alt)) <= 3
    figures = {float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*\.?\d*", chart.alt)}
    held = set(chart.table.select_dtypes("number").astype(float).round(1).stack())
    assert figures & held


def test_words_are_those_of_the_registry_and_never_of_race_or_cure(chart):
    said = " ".join([chart.title, chart.alt, chart.caption, *words(chart.figure)]).lower()
    assert not re.search(r"\brac(e|ial)\b|\bcure|caucasian|infected", said)
    assert 2 <= len(re.findall(r"[.!?](?:\s|$)", chart.caption)) <= 4


def test_both_sources_of_the_inputs_are_cited(chart):
    assert "Why ethnicity matters" in chart.source
    assert "OR31" in chart.source
    assert any(text.startswith("Source:") for text in words(chart.figure))


def test_slide_type_is_large_and_svg_is_small(chart):
    small = [t for t in chart.talk.findobj(_is_text) if t.get_text().strip()]
    small = [t.get_text() for t in small if t.get_fontsize() < 18]
    assert all(text.startswith("Source:") for text in small), small
    assert len(chart.svg()) < 60_000


def _is_text(artist: object) -> bool:
    return hasattr(artist, "get_fontsize") and hasattr(artist, "get_text")


# Chance by ancestry and assumption


def test_every_mark_stands_at_the_chance_science_gives(chance):
    axes = chance.figure.axes[0]
    places = names(axes)
    for k, marker in shapes.marks_of(CHANCES).items():
        rows = CHANCES[CHANCES["k"] == k]
        wanted = {
            (round(row.chance, 9), places[shapes.short(row.ancestry)]) for row in rows.itertuples()
        }
        assert wanted <= {(round(x, 9), y) for x, y in marks(axes, marker)}
    assert axes.get_xscale() == "log"
    assert "log scale" in axes.get_xlabel()


def test_the_product_is_a_cross_left_of_every_chance_and_named_wrong(chance):
    axes = chance.figure.axes[0]
    crosses = dict((y, x) for x, y in marks(axes, "X"))
    assert len(crosses) == len(GROUPS)
    lowest = CHANCES.groupby("ancestry")["chance"].min()
    for ancestry, y in names(axes).items():
        name = ancestry.replace("\n", " ")
        if name in lowest:
            assert crosses[y] < lowest[name]
    assert "product: wrong" in words(chance.figure)


def test_inputs_stand_beside_the_groups(chance):
    said = words(chance.figure)
    assert {"79% · 0.95%", "29% · 0.04%", "47% · 0.01%"} <= set(said)


def test_reality_check_is_the_exact_interval_of_9_in_38(chance):
    axes = chance.figure.axes[0]
    seen = clopper_pearson(9, 38)
    y = names(axes)["IciStem, found"]
    spans = [segment for lines in axes.collections for segment in lines.get_segments()]
    ends = [(a[0], b[0]) for a, b in spans if a[1] == y]
    assert ends == [pytest.approx((seen.low, seen.high))]
    assert (seen.value, y) in marks(axes, "o")
    assert "24% (11–40%)" in chance.alt


def test_chance_title_follows_the_data(chance):
    assert "1.5–26% for White" in chance.title
    assert "0.014–0.026% for Black" in chance.title
    more = with_value(MATCH, "match_id", GROUPS["Black"][0], "value", 0.35)
    title = charts.donor_chance(more, FREQUENCIES, SEARCHES).title
    assert f"{chance_of_matched_donor(0.35, 0.0004) * 100:.3f}–" in title


def test_assumptions_are_told_apart_without_colour(chance):
    assert len(set(shapes.marks_of(CHANCES).values())) == 4


# Gaps


def test_gap_marks_stand_at_the_ratios(gap):
    axes = gap.figure.axes[0]
    places = names(axes)
    gaps = donor_gaps(CHANCES)
    for k, marker in shapes.marks_of(gaps).items():
        wanted = {
            (round(row.ratio, 6), places[shapes.short(row.ancestry)])
            for row in gaps[gaps["k"] == k].itertuples()
        }
        assert {(round(x, 6), y) for x, y in marks(axes, marker)} == wanted
    assert axes.get_xlim()[0] < 1  # equal chances stay in view


def test_smallest_gap_of_all_is_shown_too(gap):
    crossed = donor_gaps(CHANCES).groupby("ancestry")["crossed"].first()
    found = marks(gap.figure.axes[0], "<")
    assert sorted(x for x, _ in found) == pytest.approx(sorted(crossed))
    assert "k differs between groups" in words(gap.figure)


def test_gap_title_follows_the_data(gap):
    assert "about 10 to 50 times (Hispanic) and 100 to 1,000 times (Black)" in gap.title
    assert gap.title.startswith("With one k for both groups")
    assert "100–1,000 times" in words(gap.figure)
    assert "at about 1 (Native American), there may be no gap" in gap.caption
    assert "If k differs, 1 to 70 times" in gap.alt
    sample = GROUPS["Black"][1]
    commoner = with_value(FREQUENCIES, "sample_id", sample, "homozygote_share", 0.0008)
    assert "50 to 500 times (Black)" in charts.donor_gap(MATCH, commoner).title
    rarer = with_value(FREQUENCIES, "sample_id", GROUPS["Native American"][1], "homozygote_share",
                       0.0004)  # fmt: skip
    assert "no gap" not in charts.donor_gap(MATCH, rarer).caption


# Registry size


def test_curves_start_at_today_and_end_at_white_patients_chance(size):
    needs = donors_needed(CHANCES).set_index(["ancestry", "k"])
    for axes, chance_now, needed, goal in (
        (size.figure.axes[0], "match_chance", "match_needed", "match_goal"),
        (size.figure.axes[1], "chance", "needed", "goal"),
    ):
        curves = [line.get_xydata() for line in axes.get_lines() if len(line.get_xdata()) > 2]
        wanted = [needs.loc[(name, k)] for name in ("Hispanic", "Black") for k in (math.inf, 0.3)]
        assert len(curves) == 4
        for curve, need in zip(curves, wanted, strict=True):
            assert curve[0] == pytest.approx([1, need[chance_now]])
            assert curve[-1] == pytest.approx([need[needed], need[goal]])


def test_a_point_on_a_curve_is_the_formula(size):
    line = [line for line in size.figure.axes[0].get_lines() if len(line.get_xdata()) > 2][3]
    x, y = line.get_xydata()[17]
    assert y == pytest.approx(chance_of_match(0.29, x, 0.3))


def test_assumptions_are_dashed_and_groups_have_their_own_marks(size):
    axes = size.figure.axes[1]
    curves = [line for line in axes.get_lines() if len(line.get_xdata()) > 2]
    assert [line.is_dashed() for line in curves] == [True, False, True, False]
    assert len(marks(axes, "s")) == len(marks(axes, "o")) == 2


def test_size_title_follows_the_data(size):
    assert "about 5 to 80 times the donors for a match, 100 to 2,000 times" in size.title
    assert {"× 100", "× 2,000", "× 10"} <= set(words(size.figure))
    less = charts.registry_size(MATCH, FREQUENCIES, k=0.5).title
    assert "100 to 500 times" in less


def test_match_scale_starts_at_zero_and_ends_at_everyone(size):
    assert size.figure.axes[0].get_ylim() == (0, 1)
    assert size.figure.axes[1].get_yscale() == "log"


# Wrong frames


def test_searches_without_the_cohort_get_one_sentence():
    with pytest.raises(ExplainerError, match="no row cohort_icistem2019"):
        charts.donor_chance(MATCH, FREQUENCIES, SEARCHES.iloc[:0])


@pytest.mark.parametrize("name", ["donor_gap", "registry_size"])
def test_figures_nobody_verified_are_not_drawn(name):
    doubtful = with_value(MATCH, "match_id", GROUPS["Black"][0], "verified", "no")
    with pytest.raises(ExplainerError, match="not verified"):
        getattr(charts, name)(doubtful, FREQUENCIES)


def test_too_many_assumptions_have_no_marks():
    frame = pd.DataFrame({"k": [1.0, 2.0, 3.0, 4.0, 5.0]})
    with pytest.raises(ExplainerError, match="5 shapes, expected two to 4"):
        shapes.marks_of(frame)


@pytest.mark.parametrize("k", [round(0.1 * tenth, 1) for tenth in range(2, 21)])
def test_a_number_of_times_is_written_once_for_each_group(k):
    drawn_with = charts.registry_size(MATCH, FREQUENCIES, k=k)
    assert not overlapping(drawn_with.figure)
    for panel in drawn_with.figure.axes:
        said = [(text.get_text(), text.get_color()) for text in panel.texts]
        assert len(said) == len(set(said)) >= 2
