"""Slopes: the same countries by count and by rate, thresholds unranked, extremes marked."""

from __future__ import annotations

import pytest

from explainer import ExplainerError, charts, count_and_rate
from explainer.charts import style
from tests.charts.epidemic_frames import ESTIMATES, with_value, words


@pytest.fixture(scope="module")
def newest():
    return charts.count_and_rate(ESTIMATES)


def slopes(chart):
    """The drawn lines from the left column to the right one."""
    return [line for line in chart.figure.axes[0].get_lines() if len(line.get_xdata()) == 2]


def test_places_at_both_sides_are_whole_rows_without_gaps(newest):
    for side in (0, 1):
        assert sorted(line.get_ydata()[side] for line in slopes(newest)) == list(range(15))


def test_both_columns_hold_the_same_countries(newest):
    said = words(newest.figure.axes[0])
    left = {word.split(",")[0] for word in said if word.endswith(")") and "(" in word}
    right = {word.split(", ")[-1] for word in said if "%" in word}
    assert left == right
    assert len(left) == 15


def test_order_follows_the_figures(newest):
    ranked = count_and_rate(ESTIMATES).query("is_ranked")
    most = ranked.sort_values("rank_count").iloc[0]["location"]
    rarest = ranked.sort_values("rank_rate").iloc[0]["location"]
    labels = {
        text.get_text(): text.xy for text in newest.figure.axes[0].texts if hasattr(text, "xy")
    }
    tops = [words for words, (_, y) in labels.items() if y == 0]
    assert any(word.startswith(most) for word in tops)
    assert any(word.endswith(rarest) for word in tops)


def test_values_are_written_with_their_ranges(newest):
    said = words(newest.figure.axes[0])
    assert "South Africa, 7.8 million (7.2–8.5 million)" in said
    assert "23.4% (22.9–23.8%), Eswatini" in said


def test_two_countries_stand_out_by_colour_and_width(newest):
    strong = [s for s in slopes(newest) if s.get_color() == style.colour("plhiv").mark]
    assert len(strong) == 2
    assert min(s.get_linewidth() for s in strong) > 2


def test_finding_names_the_two_that_differ_most(newest):
    assert newest.title == (
        "Of 41 countries with both figures, India is 2nd by number of people living with HIV and "
        "37th by share of adults; Eswatini is 28th and 1st"
    )


def test_finding_changes_with_the_data():
    common = with_value("prevalence_share", 2024, 0.3, location="India")
    assert "India is 2nd by number" not in charts.count_and_rate(common).title


def test_threshold_is_in_the_table_but_has_no_rank(newest):
    norway = newest.table.set_index("Country").loc["Norway"]
    assert norway["Prevalence, ages 15–49 (share)"] == "<0.001"
    assert norway.isna()["Rank by share"]
    assert "2 of them have no place" in newest.caption


def test_bounds_that_are_thresholds_keep_their_marks(newest):
    share = "Prevalence, ages 15–49 (share)"
    table = newest.table.set_index("Country")
    assert table.loc["Norway", [f"{share}: low", f"{share}: high"]].tolist() == ["<0.001"] * 2
    assert table.loc["Egypt", [f"{share}: low", f"{share}: high"]].tolist() == ["<0.001", 0.001]
    assert table.loc["Australia", [share, f"{share}: low"]].tolist() == [0.001, "<0.001"]
    assert table.loc["Eswatini", f"{share}: low"] == 0.229


def test_marked_bound_is_marked_beside_its_country():
    assert "0.1% (<0.1–0.1%), Australia" in words(
        charts.count_and_rate(ESTIMATES, top=99).figure.axes[0]
    )


def test_caption_counts_the_list_and_says_why_others_are_missing(newest):
    assert "The lists hold 43 countries" in newest.caption
    few = ESTIMATES[~ESTIMATES["location"].isin(["Norway", "India"])]
    assert "The lists hold 41 countries" in charts.count_and_rate(few).caption
    for one in ("our tables leave it out", "UNAIDS publishes no figure of it"):
        assert one in newest.caption


def test_fewer_countries_can_be_drawn():
    assert len(slopes(charts.count_and_rate(ESTIMATES, top=6))) == 6


def test_countries_without_a_rank_are_never_drawn():
    assert len(slopes(charts.count_and_rate(ESTIMATES, top=99))) == 41


def test_slide_holds_fewer_rows(monkeypatch):
    monkeypatch.setenv(style.FORMATS_VARIABLE, "slides")
    talk = charts.count_and_rate(ESTIMATES).talk
    assert len([line for line in talk.axes[0].get_lines() if len(line.get_xdata()) == 2]) == 8


def test_unknown_year_is_an_error():
    with pytest.raises(ExplainerError, match="1890"):
        charts.count_and_rate(ESTIMATES, year=1890)
