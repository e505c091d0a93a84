"""Lanes of the timeline, and remission by the donor's genotype."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from explainer.errors import ExplainerError
from explainer.science.remission import event_months, fisher_by_donor, later_cases, remission_lanes
from explainer.tables import load_remission_cases, load_remission_comparisons, load_remission_events


def test_fisher_6_of_7_against_1_of_4_is_p_088() -> None:
    result = fisher_by_donor(load_remission_cases(include_later=True), load_remission_comparisons())
    assert (result.homozygous_k, result.homozygous_n) == (6, 7)
    assert (result.wild_type_k, result.wild_type_n) == (1, 4)
    assert result.p == pytest.approx(0.088, abs=5e-4)


def test_fisher_ranges_are_42_to_99_6_and_0_6_to_81_percent() -> None:
    result = fisher_by_donor(load_remission_cases(include_later=True), load_remission_comparisons())
    assert (result.homozygous.low, result.homozygous.high) == pytest.approx((0.42, 0.996), abs=5e-3)
    assert (result.wild_type.low, result.wild_type.high) == pytest.approx((0.006, 0.81), abs=5e-3)


def test_fisher_with_beijing_as_wild_type_is_1_of_5_and_p_072() -> None:
    result = fisher_by_donor(
        load_remission_cases(include_later=True),
        load_remission_comparisons(),
        edited_as_wild_type=True,
    )
    assert (result.wild_type_k, result.wild_type_n) == (1, 5)
    assert result.p == pytest.approx(0.072, abs=5e-4)


def test_fisher_names_who_is_counted_and_who_is_not() -> None:
    result = fisher_by_donor(load_remission_cases(include_later=True), load_remission_comparisons())
    assert set(result.left_out) == {"marseille", "chicago", "berlin_2", "beijing_crispr"}
    assert set(result.included) == {
        "berlin", "london", "dusseldorf", "new_york", "city_of_hope", "oslo", "geneva",
        "essen", "boston_a", "boston_b", "mayo",
    }  # fmt: skip


def test_fisher_without_a_group_gets_one_sentence(small_cases: pd.DataFrame) -> None:
    nobody = pd.DataFrame(columns=["comparison_id", "group", "donor_ccr5", "n"])
    only_two_copies = small_cases[small_cases["donor_ccr5"] == "homozygous"]
    with pytest.raises(ExplainerError, match="no interruption with a wild_type donor"):
        fisher_by_donor(only_two_copies, nobody)


def test_every_row_is_longest_first_and_starts_at_art_stop() -> None:
    lanes = remission_lanes(load_remission_cases(include_later=True))
    assert lanes["last_report_months"].is_monotonic_decreasing
    assert lanes["case_id"].iloc[0] == "berlin"
    stated = lanes.dropna(subset=["peer_reviewed_months"])
    assert len(stated) == 7
    assert (stated["peer_reviewed_months"] <= stated["last_report_months"]).all()


def test_from_transplant_to_art_stop_one_must_live_0_to_69_months() -> None:
    lanes = remission_lanes(load_remission_cases())
    waits = -lanes["transplant_months"]
    assert (waits.min(), waits.max()) == (0, 69)


def test_nobody_on_the_list_rebounded_so_every_lane_is_censored(small_cases: pd.DataFrame) -> None:
    lanes = remission_lanes(small_cases).set_index("case_id")
    assert lanes["is_censored"].all()
    assert lanes["has_died"].to_dict() == {"one": True, "two": False, "three": False}
    assert lanes["is_lower_bound"].to_dict() == {"one": False, "two": True, "three": False}
    assert math.isnan(lanes.loc["three", "transplant_months"])
    assert lanes.loc["one", "transplant_months"] == -12
    assert math.isnan(lanes.loc["two", "peer_reviewed_months"])  # a blank is not a zero
    assert math.isnan(lanes.loc["two", "peer_reviewed_year"])
    assert lanes.loc["one", "peer_reviewed_year"] == pytest.approx(2011 + 0.5 / 12 + 30 / 12)


def test_events_are_placed_by_months_since_art_stop(small_cases: pd.DataFrame) -> None:
    events = pd.DataFrame(
        {
            "case_id": ["one", "one", "stranger"],
            "date": ["2010-01-15", "2011-07", "2020"],
            "event": ["transplant", "last_viral_load", "art_stop"],
        }
    )
    placed = event_months(small_cases, events)
    assert placed["months_since_art_stop"].tolist() == [-12, 6]
    assert placed["short_name"].tolist() == ["One", "One"]


def test_real_art_stops_stand_at_zero() -> None:
    cases = load_remission_cases()
    placed = event_months(cases, load_remission_events())
    stops = placed[placed["event"] == "art_stop"]
    assert set(stops["case_id"]) == set(cases["case_id"])
    assert (stops["months_since_art_stop"] == 0).all()


def test_who_came_later_is_told_with_an_earlier_rebound_if_there_was_one() -> None:
    later = later_cases(load_remission_cases(include_later=True), load_remission_comparisons())
    told = {one.short_name: one for one in later}
    assert list(told) == ["Chicago", "Oslo"]
    assert told["Chicago"].earlier_rebound_weeks == 8
    assert told["Oslo"].earlier_rebound_weeks is None
    assert (told["Chicago"].is_lower_bound, told["Oslo"].is_lower_bound) == (False, True)
    assert (told["Chicago"].has_transplant_date, told["Oslo"].is_from_brother) == (False, True)


def test_a_person_reported_next_year_is_told_too() -> None:
    cases = load_remission_cases(include_later=True)
    new = cases[cases["case_id"] == "oslo"].assign(
        case_id="lima", short_name="Lima", first_announced_date="2027-03"
    )
    later = later_cases(pd.concat([cases, new]), load_remission_comparisons())
    assert [one.short_name for one in later] == ["Chicago", "Oslo", "Lima"]
