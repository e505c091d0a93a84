"""The pictures of the trials draw what science computes, and nothing where a number is missing."""

from __future__ import annotations

import pytest
from matplotlib.axes import Axes

from explainer import charts
from explainer.charts import style
from explainer.charts.approaches import NAMES
from explainer.errors import ExplainerError
from explainer.science.evidence import evidence
from explainer.science.trials import trial_rates, trial_shares
from explainer.tables import load_curative_approaches, load_sources, load_trials
from tests.charts.lanes_drawn import marks, names, words

TRIALS, APPROACHES, SOURCES = load_trials(), load_curative_approaches(), load_sources()


@pytest.fixture(scope="module")
def forest():
    return charts.trial_forest(TRIALS, APPROACHES)


@pytest.fixture(scope="module")
def matrix():
    return charts.approaches(APPROACHES, TRIALS, SOURCES)


def spans(axes: Axes) -> dict[float, tuple[float, float]]:
    """Ends of the horizontal lines by the height of their lane."""
    return {
        round(float(start[1]), 6): (float(start[0]), float(end[0]))
        for lines in axes.collections
        for start, end in lines.get_segments()
    }


def at(axes: Axes, y: float) -> list[tuple[float, str, str]]:
    """Place, shape and filling of the marks in a lane."""
    return [
        (float(line.get_xdata()[0]), line.get_marker(), line.get_markerfacecolor())
        for line in axes.get_lines()
        if abs(float(line.get_ydata()[0]) - y) < 1e-6 and line.get_marker() != "|"
    ]


def changed(trial: str, arm: str, **values: object):
    """The trials with one arm altered."""
    copy = TRIALS.copy()
    row = (copy["trial"] == trial) & copy["arm"].str.startswith(arm)
    assert row.sum() == 1
    for column, value in values.items():
        copy.loc[row, column] = value
    return copy


# Forest


def test_rates_and_shares_are_two_panels_with_their_units(forest):
    upper, lower = forest.figure.axes
    assert "per 100 person-years" in upper.get_xlabel()
    assert lower.get_xlim() == (0, 1)
    assert upper.get_xlim()[1] > 3


def test_every_rate_has_its_mark_and_its_exact_interval(forest):
    axes = forest.figure.axes[0]
    rates = trial_rates(TRIALS)
    drawn = sorted((x, *spans(axes)[y]) for x, y in marks(axes, "o") + marks(axes, "D"))
    frame = sorted(zip(rates["rate"], rates["low"], rates["high"], strict=True))
    assert drawn == pytest.approx([pytest.approx(row) for row in frame])


def test_a_zero_stands_on_the_axis_and_still_has_a_line(forest):
    axes = forest.figure.axes[0]
    zeros = [y for x, y in marks(axes, "o") if x == 0]
    assert len(zeros) == 2
    assert sorted(spans(axes)[y][1] for y in zeros) == pytest.approx([0.1902, 0.2316], abs=1e-4)
    assert "0.00 (0.00–0.19)" in words(forest.figure)


def test_groups_compared_with_are_hollow(forest):
    upper, lower = forest.figure.axes
    assert len(marks(upper, "D")) == 2
    y = names(lower)["RIO, placebo"]
    assert at(lower, y) == [(pytest.approx(3 / 34), "D", "white")]


def test_every_known_share_has_its_mark_and_its_exact_interval(forest):
    axes = forest.figure.axes[1]
    shares = trial_shares(TRIALS, APPROACHES)
    shares = shares[shares["n"] >= 2]
    drawn = sorted((x, *spans(axes)[y]) for x, y in marks(axes, "o") + marks(axes, "D"))
    frame = sorted(zip(shares["share"], shares["low"], shares["high"], strict=True))
    assert drawn == pytest.approx([pytest.approx(row) for row in frame])


def test_two_of_an_unknown_number_have_no_mark_and_no_line_only_words(forest):
    axes = forest.figure.axes[1]
    y = names(axes)["duoCAR-T"]
    assert at(axes, y) == []
    assert y not in spans(axes)
    assert "2 of ?" in words(forest.figure)
    assert "2 people of an unknown number: no share" in words(forest.figure)


def test_a_known_number_treated_gives_the_mark_back():
    known = changed("duoCAR (NCT04648046)", "anti-HIV", n=9, n_evaluable=9)
    axes = charts.trial_forest(known, APPROACHES).figure.axes[1]
    assert at(axes, names(axes)["duoCAR-T"])[0][0] == pytest.approx(2 / 9)


def test_four_of_four_rebounds_are_none_without_rebound(forest):
    axes = forest.figure.axes[1]
    y = names(axes)["EBT-101, gene cutting"]
    assert at(axes, y)[0][0] == 0
    assert spans(axes)[y][1] == pytest.approx(0.602, abs=5e-4)


def test_virus_that_fell_again_has_a_head_of_its_own(forest):
    table = forest.table.set_index("Study")
    assert table.loc["SB-728-T", "Counted"] == "Remission: undetectable again after a rebound"
    assert "Remission: undetectable again after a rebound" in words(forest.figure)
    lanes = names(forest.figure.axes[1])
    assert lanes["SB-728-T, edited cells"] > lanes["duoCAR-T"], "below those without rebound"


def test_hptn_052_says_where_no_effect_would_lie(forest):
    axes = forest.figure.axes[1]
    assert marks(axes, "|") == [(0.5, names(axes)["HPTN 052"])]
    assert "half: no effect" in words(forest.figure)


def test_prevention_and_remission_are_named_and_coloured_apart(forest):
    lower = forest.figure.axes[1]
    said = words(forest.figure)
    assert any(text.startswith("Prevention:") for text in said)
    assert any(text.startswith("Remission:") for text in said)
    colours = {line.get_color() for line in lower.get_lines() if line.get_marker() in "oD"}
    meanings = ("new_infections", "remission")
    assert colours == {style.colour(meaning).mark for meaning in meanings}


def test_forest_title_follows_the_data(forest):
    assert (
        "0 infections in 1,939 person-years with lenacapavir; up to 0.19 per 100 still fits"
        in forest.title
    )
    assert "at most" not in forest.title, "a 95% bound is no ceiling"
    assert "22 of 34" in forest.title
    longer = changed("PURPOSE 1", "lenacapavir", person_years=3000)
    assert (
        "3,000 person-years with lenacapavir; up to 0.12"
        in charts.trial_forest(longer, APPROACHES).title
    )


def test_forest_table_keeps_rates_and_shares_in_columns_of_their_own(forest):
    table = forest.table
    both = table["Per 100 person-years"].notna() & table["Share (%)"].notna()
    assert not both.any()
    unknown = table[table["Study"] == "duoCAR (NCT04648046)"].iloc[0]
    assert unknown["Interval"] == "none: the number of people is not known"


def test_forest_without_trials_is_refused():
    with pytest.raises(ExplainerError, match="no arm gives a rate"):
        charts.trial_forest(TRIALS[TRIALS["trial"] == "EBT-101"], APPROACHES)
    alone = APPROACHES[APPROACHES["trial"].notna()]
    with pytest.raises(ExplainerError, match="no arm gives a share"):
        charts.trial_forest(TRIALS[TRIALS["trial"] == "PURPOSE 1"], alone)


def test_forest_slide_names_the_trial_in_each_lane(monkeypatch):
    monkeypatch.setenv(style.FORMATS_VARIABLE, "slides")
    slide = charts.trial_forest(TRIALS, APPROACHES).talk
    assert slide is not None
    assert "PURPOSE 1: lenacapavir" in names(slide.axes[0])
    assert "duoCAR-T" in names(slide.axes[1])


def test_the_axis_of_shares_says_of_what_they_are(monkeypatch, forest):
    assert forest.figure.axes[1].get_xlabel() == "share, of what each bold heading names"
    monkeypatch.setenv(style.FORMATS_VARIABLE, "slides")
    slide = charts.trial_forest(TRIALS, APPROACHES).talk
    assert slide is not None
    lower = slide.axes[1]
    assert lower.get_xlabel() == "people without rebound, of all off treatment"
    assert "HPTN 052" not in names(lower), "few infections are good, few without rebound are not"
    assert "half: no effect" not in words(slide)


# Matrix of approaches


def test_marks_stand_under_what_an_approach_takes_hold_of(matrix):
    axes = matrix.figure.axes[0]
    places = {name: [x for x, at in marks(axes, "o") + marks(axes, "s") if at == y]
              for name, y in names(axes).items()}  # fmt: skip
    assert places["lenacapavir injection"] == [3]
    assert places["mosaic vaccine"] == [0]
    assert places["gene cutting (EBT-101)"] == [4]
    assert sorted(places["transplant, two Δ32 copies"]) == [2, 5]
    assert all(places.values())


def test_prevention_is_circles_remission_squares(matrix):
    axes = matrix.figure.axes[0]
    aims = matrix.table["Aim"].value_counts()
    assert len(marks(axes, "o")) == aims["prevention"] == 6
    assert len({y for _, y in marks(axes, "s")}) == aims["remission"]


def test_lupus_is_not_among_the_approaches_to_hiv(matrix):
    said = " ".join([*words(matrix.figure), *matrix.table["Approach"], matrix.alt])
    assert "lupus" not in said
    assert "BCMA" not in said


def test_results_say_how_many_of_how_many_or_that_nobody_told(matrix):
    said = words(matrix.figure)
    assert {
        "rebound: 4 of 4", "rebound: 6 of 6", "no rebound: 22 of 34,\nby week 20",
        "no rebound: 2 of ?", "rebound: 4 of 4, in 1\nundetectable again", "not yet in people",
        "not told", "reported cases:\nno rate",
    } <= set(said)  # fmt: skip
    assert "0 in PURPOSE 1,\n2 in PURPOSE 2" in said
    assert "51 (placebo 63)\nin Imbokodo,\n? in Mosaico" in said
    assert "3 (later 43)\nin HPTN 052" in said


def test_matrix_title_counts_the_approaches_in_which_everyone_rebounded(matrix):
    assert matrix.title.startswith("In 5 of 6 approaches")
    assert "in all 21 people who could be judged" in matrix.title
    assert matrix.title.endswith("; in 1 of them it fell again")
    assert "in 1 of them it fell again" in matrix.alt
    one = changed("EBT-101", "CRISPR", n_events=3)
    assert charts.approaches(APPROACHES, one, SOURCES).title.startswith("In 4 of 6 approaches")
    without = changed("SB-728-T", "zinc", event="rebound", n_events=4)
    assert "fell again" not in charts.approaches(APPROACHES, without, SOURCES).title


def test_matrix_slide_has_few_lanes(monkeypatch):
    monkeypatch.setenv(style.FORMATS_VARIABLE, "slides")
    slide = charts.approaches(APPROACHES, TRIALS, SOURCES).talk
    assert slide is not None
    assert len(names(slide.axes[0])) == 9
    assert "0 and 2 infections" in words(slide)


def test_matrix_slide_shows_every_approach_that_its_headline_counts(monkeypatch):
    monkeypatch.setenv(style.FORMATS_VARIABLE, "slides")
    slide = charts.approaches(APPROACHES, TRIALS, SOURCES).talk
    assert slide is not None
    told = evidence(APPROACHES, TRIALS, SOURCES).query("aim == 'remission'")
    counted = told.loc[told["n_judged"].notna(), "approach"]
    assert len(counted) == 6
    assert {NAMES[name] for name in counted} <= set(names(slide.axes[0]))
