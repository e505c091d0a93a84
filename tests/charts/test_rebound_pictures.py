"""Rebound curves, the chance that a remission lasts, and everyone given a transplant."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from explainer import charts
from explainer.charts import style
from explainer.charts.chart import Chart
from explainer.charts.lanes import DEATH_MARK
from explainer.charts.people_strip import REMISSION_MARK
from explainer.charts.remission_comparison import REBOUND_MARK
from explainer.errors import ExplainerError
from explainer.science.lasting_remission import outlook_by_case, remission_outlook
from explainer.science.rebound import (
    DAYS_PER_MONTH,
    ordinary_share,
    rebound_checks,
    rebound_parameters,
    shrunken_share,
)
from explainer.science.transplanted import transplanted
from explainer.tables import (
    load_cohorts,
    load_facts,
    load_rebound_times,
    load_remission_cases,
    load_remission_comparisons,
)
from tests.charts.lanes_drawn import marks, names, words
from tests.charts.overlap import outside, overlapping, struck
from tests.charts.vision import told_apart_by_colour_alone

EVERYONE, EIGHT = load_remission_cases(include_later=True), load_remission_cases()
COMPARISONS, TIMES = load_remission_comparisons(), load_rebound_times()
COHORTS, FACTS = load_cohorts(), load_facts()
FITTED = rebound_parameters(TIMES)


def drawn(name: str) -> Chart:
    """The picture with its slide."""
    patch = pytest.MonkeyPatch()
    patch.setenv(style.FORMATS_VARIABLE, "html,slides")
    try:
        if name == "transplanted":
            return charts.transplanted(COHORTS, FACTS)
        return getattr(charts, name)(EVERYONE, COMPARISONS, TIMES)
    finally:
        patch.undo()


@pytest.fixture(scope="module")
def rebound():
    return drawn("rebound_curves")


@pytest.fixture(scope="module")
def lasting():
    return drawn("lasting_remission")


@pytest.fixture(scope="module")
def cohort():
    return drawn("transplanted")


@pytest.fixture(scope="module", params=["rebound_curves", "lasting_remission", "transplanted"])
def chart(request):
    return drawn(request.param)


def line(chart: Chart, gid: str):
    """The curve of one model."""
    return next(line for line in chart.figure.axes[0].get_lines() if line.get_gid() == gid)


# Promises that all three make


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


def test_slide_type_is_large_enough(chart):
    small = [
        text.get_text() for text in chart.talk.findobj(lambda a: hasattr(a, "get_fontsize"))
        if text.get_text().strip() and text.get_fontsize() < 18
    ]  # fmt: skip
    assert all(text.startswith("Source:") for text in small)


def test_alt_text_is_short_and_holds_a_number_of_the_table(chart):
    assert len(chart.alt) <= 250
    held = set(chart.table.select_dtypes("number").astype(float).round(0).stack())
    assert {float(n) for n in re.findall(r"\d+", chart.alt)} & held


def test_words_are_kind_short_and_say_what_the_numbers_are(chart):
    said = " ".join([chart.title, chart.alt, chart.caption, *words(chart.figure)]).lower()
    assert not re.search(r"\bcure|delta32|infected", said)
    assert 2 <= len(re.findall(r"[.!?](?:\s|$)", chart.caption)) <= 4
    assert all("_" not in column for column in chart.table.columns)


def test_svg_is_small_and_describes_itself(chart):
    svg = chart.svg()
    assert "<desc id=" in svg
    assert len(svg) < 60_000


def test_every_source_is_cited(chart):
    expected = {
        "rebound-curves": ["Gunst", "Namazi", "Pinkevych", "Youan", "Henrich"],
        "lasting-remission": ["Gunst", "Namazi", "Pinkevych", "Gaebler", "Cummins"],
        "transplanted": ["IciStem", "Salgado", "BMT CTN 0903"],
    }[chart.name]
    assert [name for name in expected if name not in chart.source] == []


# Rebound curves


@pytest.mark.parametrize(
    ("gid", "model"),
    [
        ("ordinary", lambda days: ordinary_share(days, FITTED)),
        ("late", lambda days: ordinary_share(days, FITTED, control_share=0.01)),
        ("shrunken", lambda days: shrunken_share(days, 1e4, FITTED)),
        ("larger", lambda days: shrunken_share(days, 1e5, FITTED)),
    ],
)
def test_each_curve_is_its_model(rebound, gid, model):
    curve = line(rebound, gid)
    days = np.asarray(curve.get_xdata(), float) * DAYS_PER_MONTH
    np.testing.assert_allclose(curve.get_ydata(), model(days))


def test_models_of_one_colour_differ_in_their_dash(rebound):
    gids = ("ordinary", "late", "shrunken", "larger")
    ordinary, late, shrunken, larger = (str(line(rebound, gid)._dash_pattern) for gid in gids)
    assert ordinary != late
    assert shrunken != larger


def test_dots_are_the_studies_filled_where_the_model_was_set(rebound):
    places = marks(rebound.figure.axes[0], "o")
    filled = {(13, 0.75), (16, 0.5), (25, 0.25), (84, 0.04)}
    checks = rebound_checks(TIMES, FITTED)
    hollow = zip(checks["time_days"], checks["suppressed_share"], strict=True)
    expected = sorted((days / DAYS_PER_MONTH, share) for days, share in [*filled, *hollow])
    np.testing.assert_allclose(sorted(places), expected)
    faces = {line.get_markerfacecolor() for line in rebound.figure.axes[0].get_lines()
             if line.get_marker() == "o"}  # fmt: skip
    assert len(faces) == 2


def test_finding_gives_both_models_at_the_shortest_remission(rebound):
    assert rebound.title.startswith("15 months without rebound: expected in 2.9%")
    assert "47%" in rebound.title
    assert "10,000 times smaller" in rebound.title


def test_table_of_curves_holds_the_known_values(rebound):
    table = rebound.table.set_index("Time since the stop")
    assert table.loc["12 weeks", "Ordinary stop (%)"] == 4.03
    assert table.loc["15 months", "Ordinary stop, treated late (%)"] == 0.73
    assert table.loc["36 months", "Ordinary stop (%)"] == 1.69
    assert table.loc["163 months", "Reservoir up to 10,000 times smaller (%)"] == 21.68


def test_rebound_picture_follows_the_rows():
    moved = TIMES.copy()
    moved.loc[moved["rebound_id"] == "gunst_2025_10", "suppressed_share"] = 0.2
    chart = charts.rebound_curves(EVERYONE, COMPARISONS, moved)
    assert "2.9%" not in chart.title
    assert "20%" in chart.alt


# Remissions never without the rebounds and the death


@pytest.mark.parametrize("medium", ["page", "slide"])
@pytest.mark.parametrize("name", ["rebound_curves", "lasting_remission"])
def test_rebounds_and_the_death_stand_beside_the_remissions(name, medium, rebound, lasting):
    chart = rebound if name == "rebound_curves" else lasting
    strip = (chart.figure if medium == "page" else chart.talk).axes[1]
    known = COMPARISONS[COMPARISONS["group"] == "rebound_after_transplant"]
    times = sorted(known["time_to_rebound_months"].dropna().astype(float))
    assert sorted(x for x, _ in marks(strip, REBOUND_MARK)) == times
    assert [x for x, _ in marks(strip, DEATH_MARK)] == [163]
    alive = EIGHT.loc[EIGHT["outcome"] == "ongoing_remission", "time_off_art_months"]
    assert sorted(x for x, _ in marks(strip, REMISSION_MARK)) == sorted(alive)


def test_strip_names_everyone_once_between_the_two_pictures(rebound, lasting):
    said = " ".join(" ".join(words(lasting.figure)).split())
    for name in ("Essen", "Chicago", "Boston A", "Boston B", "Mayo Clinic"):
        assert name in words(rebound.figure)
        assert name in said
    assert "Beijing (week not published)" in said
    for case in EIGHT["short_name"]:
        assert f"{case} " in said
    assert "Berlin 163, died in remission" in said
    assert "Berlin 2 72 or more" in said
    assert "Oslo" not in said


# The chance that a remission lasts


@pytest.mark.parametrize("model", ["ordinary", "shrunken"])
@pytest.mark.parametrize("prior", [0.5, 0.1])
def test_each_line_is_the_outlook_of_its_model_and_start(lasting, model, prior):
    curve = line(lasting, f"{model} {prior:g}")
    known = remission_outlook(curve.get_xdata(), FITTED, priors=[prior], folds=[1e4])
    np.testing.assert_allclose(curve.get_ydata(), known[f"lasting_{model}"])
    assert curve.is_dashed() == (prior == 0.1)


def test_upright_lines_join_the_two_models_of_each_person(lasting):
    (gaps,) = [c for c in lasting.figure.axes[0].collections if hasattr(c, "get_segments")]
    drawn = {float(part[0, 0]): tuple(part[:, 1]) for part in gaps.get_segments()}
    table = outlook_by_case(EIGHT, FITTED).set_index("months")
    assert set(drawn) == set(table.index)
    for month, (low, high) in drawn.items():
        row = table.loc[month]
        assert (low, high) == (row["lasting_shrunken"], row["lasting_ordinary"])


def test_finding_sets_the_models_against_another_year(lasting):
    assert "97% or 68%" in lasting.title
    assert "From a start of 50%" in lasting.title
    assert lasting.title.endswith("another year adds 3 points")
    assert "19% from a start of 10%" in lasting.alt


def test_table_gives_every_person_both_models_from_both_starts(lasting):
    table = lasting.table.set_index("Person")
    assert list(table.index[:2]) == ["Marseille", "New York"]
    row = table.loc["Marseille"].iloc[2:].astype(float)
    assert list(row) == [97.2, 68.1, 79.2, 19.2, 21.2, 63.3]
    assert table.loc["Berlin"].iloc[-2:].isna().all()
    assert bool(table.loc["Berlin", "Died in remission"])


def test_other_starts_and_reductions_change_the_picture():
    chart = charts.lasting_remission(EVERYONE, COMPARISONS, TIMES, prior=0.3, doubt=0.2, fold=1e5)
    assert "From a start of 30%" in chart.title
    assert "100,000" in chart.caption
    assert "shrunken reservoir,\nstart 20%" in words(chart.figure)


# Everyone who was given a transplant


def test_one_starting_point_twice_is_refused():
    with pytest.raises(ExplainerError, match="prior and doubt are both 10%"):
        charts.lasting_remission(EVERYONE, COMPARISONS, TIMES, prior=0.1, doubt=0.1)


def test_a_gain_of_one_point_is_no_plural():
    chart = charts.lasting_remission(EVERYONE, COMPARISONS, TIMES, prior=0.9, fold=100)
    assert chart.title.endswith("another year adds 1 point")


def test_one_dot_is_one_person_full_for_those_the_row_names(cohort):
    axes = cohort.figure.axes[0]
    steps = transplanted(COHORTS, FACTS)
    rows = [line for line in axes.get_lines() if line.get_linestyle() == "None"]
    full, hollow = rows[::2], rows[1::2]
    assert [len(row.get_xdata()) for row in full] == list(steps["k"])
    assert [len(row.get_xdata()) for row in hollow] == list(steps["n"] - steps["k"])
    white = to_rgb("white")
    assert all(to_rgb(row.get_markerfacecolor()) != white for row in full)
    assert all(to_rgb(row.get_markerfacecolor()) == white for row in hollow)


def test_deaths_have_squares_and_the_darkest_ink(cohort):
    axes = cohort.figure.axes[0]
    squares = {y for _, y in marks(axes, DEATH_MARK)}
    named = [text.get_text() for text in axes.get_yticklabels()]
    heights = list(axes.get_yticks())
    assert {named[heights.index(y)] for y in squares} == {"had died", "died of it by day 100"}
    assert "given a transplant" in names(axes)


def test_line_under_a_row_is_its_exact_interval(cohort):
    axes = cohort.figure.axes[0]
    steps = transplanted(COHORTS, FACTS).dropna(subset=["share"])
    spans = [part[:, 0] for c in axes.collections for part in c.get_segments()]
    np.testing.assert_allclose(
        spans, np.column_stack([steps["low"] * steps["n"], steps["high"] * steps["n"]])
    )


def test_deaths_come_first_in_title_and_words(cohort):
    assert cohort.title.startswith("Of 38 people given a transplant in one programme, 13 had died")
    said = words(cohort.figure)
    assert "13 of 38: 34% (20–51%)" in said
    assert "16 of 30: 53% (34–72%)" in said
    assert "10 of 17: 59% (33–82%)" in said
    assert "2 of 4: 50% (7–93%)" in said
    assert "must not be added up" in cohort.caption


def test_cohort_picture_follows_the_rows():
    moved = COHORTS.copy()
    moved["n_events"] = moved["n_events"].mask(moved["cohort"] == "IciStem 2019", 20)
    chart = charts.transplanted(moved, FACTS)
    assert "20 had died" in chart.title
    assert isinstance(chart.table, pd.DataFrame)


def test_slide_shows_the_first_cohort_alone(cohort):
    assert len(cohort.talk.axes[0].get_yticks()) == 5
    assert "13 of 38" in words(cohort.talk)


@pytest.mark.parametrize("prior", [0.02, 0.05, 0.2, 0.5, 0.9])
def test_no_curve_strikes_a_label_wherever_it_starts(prior):
    chart = charts.lasting_remission(EVERYONE, COMPARISONS, TIMES, prior=prior)
    assert struck(chart.figure) == []
