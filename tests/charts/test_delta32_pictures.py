"""The CCR5-Δ32 pictures draw the frame: which samples, which intervals, which are weak."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.colors import to_rgba

from explainer import charts
from explainer.charts import samples, style
from explainer.errors import ExplainerError
from explainer.science.donors import donors_to_type
from explainer.science.genetics import zero_counts
from explainer.science.intervals import wilson
from explainer.tables import load_delta32_frequencies
from tests.charts.lanes_drawn import bars, lane, marks, names, words

FREQUENCIES = load_delta32_frequencies()


def changed(sample_id: str, **values: object) -> pd.DataFrame:
    """The frequencies with one sample altered."""
    copy = FREQUENCIES.copy()
    assert (copy["sample_id"] == sample_id).sum() == 1
    for column, value in values.items():
        copy.loc[copy["sample_id"] == sample_id, column] = value
    return copy


@pytest.fixture(scope="module")
def country():
    return charts.delta32_by_country(FREQUENCIES)


@pytest.fixture(scope="module")
def ancestry():
    return charts.delta32_by_ancestry(FREQUENCIES)


@pytest.fixture(scope="module")
def expected():
    return charts.homozygotes_expected(FREQUENCIES)


@pytest.fixture(scope="module")
def zeros():
    return charts.delta32_zero_counts(FREQUENCIES)


@pytest.fixture(scope="module")
def donors():
    return charts.donors_to_type(FREQUENCIES)


# By country


def test_country_rows_leave_out_what_is_no_population_sample(country):
    drawn = set(country.table["Sample"])
    rows = FREQUENCIES.set_index("population")
    assert not any(rows.loc[list(drawn), "is_hiv_positive_sample"])
    assert "no" not in set(rows.loc[list(drawn), "verified"])
    assert not [sample for sample in drawn if "array" in sample]
    assert "Japan" not in names(country.figure.axes[0])  # not verified


def test_norway_shows_both_values_and_neither_as_the_national_one(country):
    axes = country.figure.axes[0]
    y = names(axes)["Norway"]
    points = [
        (round(float(line.get_xdata()[0]), 3), line.get_marker(), line.get_markerfacecolor())
        for line in axes.get_lines()
        if abs(float(line.get_ydata()[0]) - y) < 0.3
    ]
    assert sorted(points) == [
        (0.115, "o", style.COLOURS["delta32"].mark), (0.164, "D", "white"),
    ]  # fmt: skip
    assert "16.4%, donor registry" in words(country.figure)
    assert "658 · ?" in words(country.figure)


def test_points_of_few_people_are_hollow(country):
    rows = country.table
    axes = country.figure.axes[0]
    filled = [line for line in axes.get_lines() if line.get_markerfacecolor() != "white"]
    enough = rows["People tested"].astype(float) >= samples.SMALL
    assert len(filled) == enough.sum()
    assert {line.get_marker() for line in filled} == {"o"}


def test_interval_is_drawn_where_and_only_where_n_is_known(country):
    axes = country.figure.axes[0]
    spans = [segment for lines in axes.collections for segment in lines.get_segments()]
    assert len(spans) == country.table["People tested"].notna().sum()
    poland = wilson(7 * 2 + 175, 861 * 2)
    ends = {(round(float(a[0]), 4), round(float(b[0]), 4)) for a, b in spans}
    assert (round(poland.low, 4), round(poland.high, 4)) in ends


def test_a_zero_stands_on_the_axis_and_a_missing_country_has_no_row(country):
    axes = country.figure.axes[0]
    at_zero = [x for x, _ in marks(axes, "o") + marks(axes, "D") if x == 0]
    assert len(at_zero) == (country.table["Allele frequency (%)"] == 0).sum()
    assert "Canada" not in names(axes)
    assert axes.get_xlim()[0] < 0  # the marks are not cut


def test_countries_are_ranked_by_their_largest_sample(country):
    order = sorted(names(country.figure.axes[0]).items(), key=lambda item: item[1])
    places = [name for name, _ in order]
    assert places.index("Norway") < places.index("Spain") < places.index("Cameroon")
    assert len(places) <= 45


def test_country_slide_shows_both_ends_of_the_ranking(monkeypatch):
    monkeypatch.setenv(style.FORMATS_VARIABLE, "slides")
    slide = charts.delta32_by_country(FREQUENCIES).talk
    assert slide is not None
    shown = names(slide.axes[0])
    assert len(shown) == 12
    assert {"Norway", "…", "Thailand"} <= set(shown)


def test_country_title_follows_the_data(country):
    assert "12.0% of gene copies (Poland)" in country.title
    higher = changed("croatia_ristic_letter", allele_frequency=0.15)
    assert "15.0% of gene copies (Croatia)" in charts.delta32_by_country(higher).title


# By ancestry


def test_registry_bars_are_donors_with_two_copies_per_ten_thousand(ancestry):
    axes = ancestry.figure.axes[0]
    assert [round(bar.length, 6) for bar in bars(axes)] == [95, 24, 21, 4, 1, 73]
    assert "donors with two copies\nper 10,000 donors" in words(ancestry.figure)
    grey = to_rgba(style.COLOURS["neutral"].mark)
    assert [bar.edge == grey for bar in bars(axes)] == [False] * 5 + [True]


def test_panels_say_which_is_people_and_which_is_gene_copies(ancestry):
    left, right = ancestry.figure.axes
    assert "Two copies" in left.get_title(loc="left")
    assert "Gene copies" in right.get_title(loc="left")
    assert "allele frequency" in right.get_xlabel()
    assert "495,530" in ancestry.caption
    assert "not published" in ancestry.caption


def test_ancestry_zero_is_worded_as_what_was_found(ancestry):
    assert "none found" in words(ancestry.figure)
    assert "0.0%" not in words(ancestry.figure)


def test_ancestry_title_follows_the_data(ancestry):
    assert ancestry.title.startswith("95 per 10,000 White donors")
    fewer = changed("us_registry_donors_white_2018", homozygote_share=0.008)
    assert charts.delta32_by_ancestry(fewer).title.startswith("80 per 10,000 White donors")


# Expected people with two copies


def test_array_counts_18_percent_fewer_and_is_named_as_a_fault(expected):
    assert "4,349 people" in expected.title
    assert "18% fewer" in expected.title
    table = expected.table.set_index("Sample")
    array = table.loc["UK Biobank, British ancestry (array tag SNP rs62625034)"]
    assert array["Counted ÷ expected"] == pytest.approx(0.818)
    assert "array lost them; claim retracted" in words(expected.figure)


def test_only_samples_whose_interval_misses_one_are_marked(expected):
    axes = expected.figure.axes[0]
    table = expected.table
    odd = (table["95% interval, low"] > 1) | (table["95% interval, high"] < 1)
    assert len(marks(axes, "D")) == odd.sum() == 3
    assert len(marks(axes, "o")) == (~odd).sum()
    assert sorted(round(x, 3) for x, _ in marks(axes, "D")) == [0.818, 1.246, 2.198]


def test_samples_too_small_to_judge_are_left_out_and_counted(expected):
    assert (expected.table["Two copies, expected"] >= 1).all()
    assert "13 samples too small" in expected.caption


def test_volunteers_are_said_to_be_chosen_and_not_only_pooled(expected):
    assert "chosen: HIV-negative\ndespite high risk" in words(expected.figure)
    assert "ancestries pooled" not in words(expected.figure)
    assert "because they had stayed HIV-negative" in expected.caption
    without = FREQUENCIES[FREQUENCIES["sample_id"] != samples.VOLUNTEERS]
    assert "HIV-negative" not in charts.homozygotes_expected(without).caption


def test_expected_title_follows_the_data():
    more = charts.homozygotes_expected(changed(samples.ARRAY_SAMPLE, n_hom=4800))
    assert "4,800 people" in more.title
    without = FREQUENCIES[FREQUENCIES["sample_id"] != samples.ARRAY_SAMPLE]
    assert "UK Biobank" not in charts.homozygotes_expected(without).title


# Zero counts


def test_zero_bars_reach_the_exact_upper_bound(zeros):
    axes = zeros.figure.axes[0]
    georgia = lane(axes, "Georgia")[0]
    assert georgia.start == 0
    assert georgia.length == pytest.approx(0.0362, abs=5e-5)
    assert georgia.is_hatched  # 50 people
    assert not lane(axes, "Cameroon")[0].is_hatched
    assert lane(axes, "Cameroon")[0].length == pytest.approx(0.0013, abs=5e-5)


def test_zero_rows_run_from_the_largest_to_the_smallest_sample(zeros):
    people = zeros.table["People tested"].astype(int)
    assert list(people) == sorted(people, reverse=True)
    assert "0 of 1,390" in words(zeros.figure)


def test_a_zero_reaches_farther_by_wilson_as_the_caption_says(zeros, country):
    rows = zero_counts(samples.usable(FREQUENCIES))
    assert (rows["wilson_upper"] > rows["exact_upper"]).all()
    assert "Wilson's interval" in zeros.caption
    drawn = country.table.set_index("Sample")["95% interval, high (%)"]
    exact = zeros.table.set_index("Sample")["Upper bound, exact (%)"]
    assert drawn["Thailand, blood donors"] > exact["Thailand, blood donors"]


def test_zero_title_follows_the_data(zeros):
    assert "None in 25 people" in zeros.title
    assert "7.1%" in zeros.title
    assert "None in 40 people" in charts.delta32_zero_counts(changed("bengal_2002", n=40)).title


# Donors to type


def test_donor_points_stand_at_the_numbers_science_gives(donors):
    axes = donors.figure.axes[0]
    y = names(axes)["US, White"]
    points = sorted(x for marker in "osD" for x, at in marks(axes, marker) if at == y)
    assert points == [donors_to_type(0.0095, sure) for sure in (0.5, 0.9, 0.95)] == [73, 242, 314]
    assert axes.get_xscale() == "log"
    assert "log scale" in axes.get_xlabel()


def test_donor_groups_rest_on_counted_donors(donors):
    rows = FREQUENCIES.set_index("population").loc[list(donors.table["Donors"])]
    assert rows["is_donor_registry"].all()
    assert (rows["homozygote_share"].notna() | (rows["n_hom"] > 0)).all()
    assert rows["homozygote_share"].isna().sum() == 1  # counted people without a printed share


def test_donors_title_follows_the_data(donors):
    assert "242" in donors.title
    assert "23,025" in donors.title
    fewer = changed("us_registry_donors_white_2018", homozygote_share=0.008)
    assert str(donors_to_type(0.008, 0.9)) in charts.donors_to_type(fewer).title


@pytest.mark.parametrize(
    "name",
    ["delta32_by_ancestry", "homozygotes_expected", "delta32_zero_counts", "donors_to_type"],
)
def test_frame_without_such_samples_gets_one_sentence(name):
    other = FREQUENCIES[FREQUENCIES["sample_id"] == "croatia_ristic_letter"]
    with pytest.raises(ExplainerError, match="load_delta32_frequencies"):
        getattr(charts, name)(other)


def test_people_chosen_for_an_illness_or_a_risk_stand_for_no_country(country):
    shown = set(country.table["Country"])
    chosen = FREQUENCIES[FREQUENCIES["is_chosen_for_health"]]
    assert {samples.VOLUNTEERS, "israel_multiple_sclerosis_patients_2003"} <= set(
        chosen["sample_id"]
    )
    assert not set(country.table["Sample"]) & set(chosen["population"])
    assert not {"United States", "Israel", "Germany", "Malawi"} & shown
    assert "Norway" in shown
    assert "5 samples of people chosen for an illness or a risk of HIV" in country.caption
    sick = changed("croatia_ristic_letter", is_chosen_for_health=True)
    fewer = charts.delta32_by_country(sick)
    assert "Croatia" not in set(fewer.table["Country"])
    assert "6 samples" in fewer.caption
