"""The three remission pictures draw the frame: lengths, censoring, later people, who is missing."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.colors import to_rgba

from explainer import charts
from explainer.charts import style
from explainer.charts.lanes import DEATH_MARK, PUBLICATION_MARK
from explainer.charts.remission_calendar import TRANSPLANT_MARK
from explainer.charts.remission_comparison import REBOUND_MARK
from explainer.tables import (
    load_remission_cases,
    load_remission_comparisons,
    load_remission_events,
)
from tests.charts.lanes_drawn import arrows, bars, lane, marks, names, words

CASES = load_remission_cases(include_later=True)
EVENTS = load_remission_events()
COMPARISONS = load_remission_comparisons()
LATER = set(CASES.loc[CASES["is_later_case"], "short_name"])


def changed(frame: pd.DataFrame, key: str, name: str, column: str, value: object) -> pd.DataFrame:
    """The frame with one value of one row replaced."""
    copy = frame.copy()
    assert (copy[key] == name).sum() == 1
    copy.loc[copy[key] == name, column] = value
    return copy


@pytest.fixture(scope="module")
def swimmer():
    return charts.remission_swimmer(CASES, EVENTS)


@pytest.fixture(scope="module")
def calendar():
    return charts.remission_calendar(CASES, EVENTS)


@pytest.fixture(scope="module")
def comparison():
    return charts.remission_comparison(CASES, COMPARISONS)


# Swimmer


@pytest.mark.parametrize("case", CASES.to_dict("records"), ids=lambda case: case["short_name"])
def test_lane_is_solid_to_the_paper_and_hatched_to_the_last_report(swimmer, case):
    axes = swimmer.figure.axes[0]
    paper = case["time_off_art_peer_reviewed_months"]
    paper = 0.0 if pd.isna(paper) else float(paper)
    drawn = {bar.is_hatched: bar for bar in lane(axes, case["short_name"])}
    assert (drawn[False].length if False in drawn else 0.0) == paper
    assert (drawn[True].length if True in drawn else 0.0) == case["time_off_art_months"] - paper
    if True in drawn:
        assert drawn[True].start == paper


def test_lanes_run_from_the_longest_to_the_shortest_and_later_people_stand_last(swimmer):
    places = names(swimmer.figure.axes[0])
    order = sorted(places, key=places.__getitem__)
    assert set(order[-2:]) == LATER
    months = CASES.set_index("short_name")["time_off_art_months"]
    assert list(months[order[:-2]]) == sorted(months[order[:-2]], reverse=True)


def test_later_people_are_grey_and_no_one_else_is(swimmer):
    axes = swimmer.figure.axes[0]
    grey = to_rgba(style.COLOURS["neutral"].mark)
    for name in CASES["short_name"]:
        assert all((bar.edge == grey) == (name in LATER) for bar in lane(axes, name)), name


def test_arrow_says_that_follow_up_goes_on_except_after_death(swimmer):
    axes = swimmer.figure.axes[0]
    died = set(CASES.loc[CASES["outcome"] == "died_in_remission", "short_name"])
    assert died == {"Berlin"}
    assert arrows(axes) == {y for name, y in names(axes).items() if name not in died}
    assert marks(axes, DEATH_MARK) == [(163.0, names(axes)["Berlin"])]
    assert any("died of leukaemia, no rebound" in " ".join(text.split()) for text in
               words(swimmer.figure))  # fmt: skip


def test_minimum_is_dashed_up_to_the_report_that_says_it(swimmer):
    axes = swimmer.figure.axes[0]
    dashed = [line for line in axes.get_lines() if line.is_dashed()]
    spans = {round(line.get_ydata()[0], 6): tuple(line.get_xdata()) for line in dashed}
    minima = CASES[CASES["time_off_art_basis"] == "lower_bound"]
    assert set(spans) == {names(axes)[name] for name in minima["short_name"]}
    assert spans[names(axes)["Berlin 2"]] == (72.0, 87.0)
    assert "72 or more" in words(swimmer.figure)


def test_paper_is_marked_once_a_person_even_where_we_could_not_read_its_months(swimmer):
    papers = marks(swimmer.figure.axes[0], PUBLICATION_MARK)
    documented = CASES["time_off_art_peer_reviewed_months"].notna()
    assert len(papers) == documented.sum() + 1  # Oslo: a journal, read of in the press
    at = names(swimmer.figure.axes[0])
    assert (24.0, at["Berlin"]) in papers
    assert at["Oslo"] in {y for _, y in papers}
    assert not {at["Chicago"], at["Marseille"]} & {y for _, y in papers}


def test_months_that_no_paper_states_are_not_printed_as_zero(swimmer):
    told = swimmer.table.set_index("Person")["Of it in a peer-reviewed case report (months)"]
    assert told["Oslo"] == "not stated in what we read"
    assert told["Marseille"] == told["Chicago"] == "no paper found"
    assert told["Berlin"] == 20
    assert 0 not in set(told)
    assert "months are not stated in what we read" in swimmer.caption


def test_every_lane_names_the_donors_copies(swimmer):
    said = words(swimmer.figure)
    assert said.count("none") == 1  # Geneva
    assert said.count("one") == 1  # the second Berlin case
    assert "two, implied" in said  # Marseille: not stated by the hospital
    table = swimmer.table.set_index("Person")["Donor's Δ32 copies"]
    assert table["Geneva"] == "none"
    assert table["Marseille"] == "two, implied"


def test_swimmer_title_counts_the_eight_and_not_those_who_came_later(swimmer):
    alone = charts.remission_swimmer(CASES[~CASES["is_later_case"]], EVENTS)
    assert alone.title == swimmer.title
    assert "Eight people" in alone.title
    assert "496 months" in alone.title
    assert "255" in alone.title


def test_caption_says_how_people_came_on_the_list(swimmer):
    assert "because the virus did not come back" in swimmer.caption
    assert "100" not in swimmer.title + swimmer.alt + swimmer.caption


def test_swimmer_follows_the_data():
    longer = changed(CASES, "case_id", "marseille", "time_off_art_months", 27)
    chart = charts.remission_swimmer(longer, EVENTS)
    assert "508 months" in chart.title
    assert "27 months (Marseille)" in chart.alt
    assert "Swimmer plot, 1 person" in charts.remission_swimmer(CASES[:1], EVENTS).alt


# Comparison: days that were not published


def test_a_rebound_on_a_day_not_published_ends_in_dots_beyond_its_line(comparison):
    axes = comparison.figure.axes[0]
    at = names(axes)
    weeks = COMPARISONS.set_index("comparison_id")["time_off_art_weeks"]
    lines = {"Beijing CRISPR": 0.0, "São Paulo": weeks["sao_paulo"] / (365.25 / 12 / 7)}
    for name, end in lines.items():
        dots = sorted(x for x, y in marks(axes, ".") if y == at[name])
        assert len(dots) == 2, name
        assert dots[0] > end or dots[0] == end == 0, name
    assert {y for _, y in marks(axes, ".")} == {at[name] for name in lines}


# Calendar


def test_calendar_bars_start_where_treatment_stopped(calendar):
    axes = calendar.figure.axes[0]
    off = [
        bar for bar in lane(axes, "London") if bar.edge == to_rgba(style.colour("remission").mark)
    ]
    assert off[0].start == pytest.approx(2017.708, abs=0.001)
    assert off[0].length == pytest.approx(30 / 12)
    assert off[1].is_hatched
    assert off[1].start + off[1].length == pytest.approx(2023.125, abs=0.001)


def test_treatment_is_green_between_transplant_and_stop(calendar):
    axes = calendar.figure.axes[0]
    green = to_rgba(style.COLOURS["art"].mark)
    treated = {name: [bar for bar in lane(axes, name) if bar.edge == green] for name in names(axes)}
    assert treated["Berlin"] == []  # stopped with the transplant
    assert treated["Chicago"] == []  # transplant date not published
    assert treated["Berlin 2"][0].start == pytest.approx(2015.79, abs=0.01)
    assert treated["Berlin 2"][0].start + treated["Berlin 2"][0].length == pytest.approx(
        2018.71, abs=0.01
    )


def test_transplants_are_marked_the_second_one_too(calendar):
    axes = calendar.figure.axes[0]
    known = [place for place in marks(axes, TRANSPLANT_MARK) if place[0] == place[0]]
    assert len(known) == CASES["transplant_date"].notna().sum() + 1
    assert (2008.5, names(axes)["Berlin"]) in known


def test_a_year_alone_is_drawn_as_a_pale_band_over_that_year(calendar):
    pale = [
        (bar.y, bar.start) for bar in bars(calendar.figure.axes[0]) if bar.length == 1 and
        bar.edge != to_rgba(style.COLOURS["art"].mark) and not bar.is_hatched
    ]  # fmt: skip
    at = names(calendar.figure.axes[0])
    assert sorted(pale) == sorted(
        [(at["Oslo"], 2020), (at["Oslo"], 2022), (at["Geneva"], 2025), (at["Berlin"], 2008)]
    )


def test_calendar_follows_the_data(calendar):
    assert "16 to 69 months" in calendar.title
    later = changed(CASES, "case_id", "dusseldorf", "art_stop_date", "2018-12")
    assert "16 to 70 months" in charts.remission_calendar(later, EVENTS).title


def test_calendar_can_do_without_anyone_who_stopped_at_once():
    chart = charts.remission_calendar(CASES[CASES["case_id"] != "berlin"], EVENTS)
    assert chart.title.startswith("Seven people went on")


# Comparison


def test_cross_stands_at_the_month_of_rebound(comparison):
    axes = comparison.figure.axes[0]
    crosses = marks(axes, REBOUND_MARK)
    known = COMPARISONS.dropna(subset=["time_to_rebound_months"])
    assert sorted(x for x, _ in crosses) == sorted(known["time_to_rebound_months"].astype(float))
    assert (9.5, names(axes)["Mayo Clinic"]) in crosses


def test_week_that_was_not_published_gets_words_and_no_cross(comparison):
    axes = comparison.figure.axes[0]
    places = {y for _, y in marks(axes, REBOUND_MARK)}
    assert names(axes)["Beijing CRISPR"] not in places
    assert names(axes)["São Paulo"] not in places
    assert any("within weeks" in text for text in words(comparison.figure))
    assert "later than week 57" in words(comparison.figure)


def test_people_kept_on_treatment_are_text_not_lanes(comparison):
    axes = comparison.figure.axes[0]
    said = " ".join(" ".join(words(comparison.figure)).split())
    for name in ("Sydney 1", "Sydney 2", "Baltimore"):
        assert name not in names(axes)
        assert name in said
    assert "38 transplanted, 13 died" in said
    assert "Minneapolis child: died of GVHD" in said


def test_remissions_beside_the_rebounds_are_muted_and_without_those_who_came_later(comparison):
    axes = comparison.figure.axes[0]
    faint = to_rgba(style.COLOURS["faint"].mark)
    assert {bar.edge for bar in bars(axes)} == {faint}
    assert len(bars(axes)) == 8
    assert lane(axes, "Geneva")[0].length == 48
    assert not LATER & set(names(axes))


def test_comparison_follows_the_data(comparison):
    assert "week 41" in comparison.title
    earlier = changed(COMPARISONS, "comparison_id", "mayo", "time_to_rebound_weeks", 20)
    assert "week 32" in charts.remission_comparison(CASES, earlier).title


def test_slide_keeps_every_rebound_after_a_transplant_and_joins_the_remissions(monkeypatch):
    monkeypatch.setenv(style.FORMATS_VARIABLE, "html,slides")
    slide = charts.remission_comparison(CASES, COMPARISONS).talk
    assert slide is not None
    axes = slide.axes[0]
    after = COMPARISONS["group"] == "rebound_after_transplant"
    assert len(names(axes)) == after.sum() + 2  # one without transplant, one lane of remissions
    assert "8 remissions" in names(axes)
    assert "15 to 163" in words(slide)
