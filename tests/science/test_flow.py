"""Stock and flow, and the ratios between infections, people and deaths."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.science import flow
from explainer.tables import load_estimates, load_facts

WORLD = ("World", "WLD", "world")


def by_year(table: pd.DataFrame, year: int) -> pd.Series:
    return table.set_index("year").loc[year]


def test_incidence_prevalence_ratio_of_2024_is_1_3_over_40_8() -> None:
    row = by_year(flow.incidence_prevalence_ratio(load_estimates("2025")), 2024)
    assert row["ratio"] == pytest.approx(1.3 / 40.8)
    assert row["ratio"] == pytest.approx(0.032, abs=5e-4)
    assert row["person_years_per_infection"] == pytest.approx(40.8 / 1.3)
    assert (row["low"], row["high"]) == pytest.approx((1.0 / 45.6, 1.7 / 37.0))


def test_infections_per_aids_death_of_2024_is_2_06() -> None:
    row = by_year(flow.infections_per_aids_death(load_estimates("2025")), 2024)
    assert row["ratio"] == pytest.approx(2.06, abs=5e-3)


def test_ratio_of_the_2019_release_agrees_with_the_published_11_2_6_6_and_4_6_percent() -> None:
    facts = load_facts().set_index("fact_id")["value"].astype(float)
    table = flow.incidence_prevalence_ratio(load_estimates("2019")).set_index("year")["ratio"]
    for year in (2000, 2010, 2018):
        # Published from unrounded figures: ours, from rounded ones, may differ by their rounding.
        published = facts[f"incidence_prevalence_ratio_{year}"]
        assert table[year] == pytest.approx(published, abs=0.002), year


def test_the_benchmark_is_the_one_in_the_table_of_facts() -> None:
    facts = load_facts().set_index("fact_id")["value"].astype(float)
    assert facts["incidence_prevalence_ratio_benchmark"] == flow.IPR_BENCHMARK


def test_stock_and_flow_of_the_world_in_2024() -> None:
    row = by_year(flow.stock_and_flow(load_estimates("2025")), 2024)
    assert row["plhiv_change"] == pytest.approx(0.4e6)
    assert row["net_flow"] == pytest.approx(0.67e6)
    assert row["residual"] == pytest.approx(-0.27e6)
    assert row["residual_share"] == pytest.approx(-0.27 / 1.3)
    assert row["rounding"] == pytest.approx(155_000)
    assert row["reading"] == "other_deaths"


def test_people_living_with_hiv_rise_in_every_year_with_more_infections_than_deaths() -> None:
    table = flow.stock_and_flow(load_estimates("2025")).dropna(subset=["plhiv_change"])
    assert (table["net_flow"] > 0).all()
    assert (table["plhiv_change"] > 0).all()


def test_the_identity_holds_by_construction(world: pd.DataFrame) -> None:
    table = flow.stock_and_flow(world)
    again = table["net_flow"] + table["residual"]
    pd.testing.assert_series_equal(again[1:], table["plhiv_change"][1:], check_names=False)
    assert table["reading"].tolist() == ["not_known", "within_rounding", "other_deaths"]
    assert table["residual"].iloc[1] == 0


def test_averaged_flows_use_last_year_and_this_one(world: pd.DataFrame) -> None:
    row = by_year(flow.stock_and_flow(world), 2001)
    assert row["net_flow_mean"] == pytest.approx((1.3e6 + 1.0e6) / 2)
    assert row["residual_mean"] == pytest.approx(1e6 - 1.15e6)


def test_rounding_of_a_change_is_that_of_two_stocks(world: pd.DataFrame) -> None:
    assert flow.stock_and_flow(world)["change_rounding"].iloc[1:].tolist() == [100_000, 100_000]
    finer = flow.stock_and_flow(world.assign(is_rounded=False))["change_rounding"]
    assert finer.iloc[1:].tolist() == [0, 0]


def test_unrounded_figures_leave_nothing_to_rounding(world: pd.DataFrame) -> None:
    table = flow.stock_and_flow(world.assign(is_rounded=False))
    assert table["rounding"].iloc[1] == 0


@given(st.floats(-1e7, 1e7), st.floats(0, 1e7))
def test_the_reading_follows_the_sign_only_beyond_rounding(
    residual: float, rounding: float
) -> None:
    reading = flow.flow_reading(residual, rounding)
    if abs(residual) <= rounding:
        assert reading == "within_rounding"
    else:
        assert reading == ("other_deaths" if residual < 0 else "other_arrivals")


def test_a_missing_residual_is_not_read() -> None:
    assert flow.flow_reading(math.nan, 1.0) == "not_known"


@given(more=st.floats(1.01, 5))
def test_more_infections_raise_the_ratio_and_shorten_the_wait(more: float) -> None:
    def ratio(infections: float) -> pd.Series:
        rows = [
            {"indicator": "plhiv", "estimate": 10e6, "low": 9e6, "high": 11e6},
            {"indicator": "new_infections", "estimate": infections, "low": 1.0, "high": 2.0},
        ]
        frame = pd.DataFrame(rows).assign(
            release="2025", location="World", location_code="WLD", location_type="world", year=2000,
            estimate_mark=None, low_mark=None, high_mark=None, unit="people", source_id="made_up",
        )  # fmt: skip
        return flow.incidence_prevalence_ratio(frame).iloc[0]

    assert ratio(1e6 * more)["ratio"] > ratio(1e6)["ratio"]
    assert (
        ratio(1e6 * more)["person_years_per_infection"] < ratio(1e6)["person_years_per_infection"]
    )


def test_thresholds_stay_out_of_ratios_and_out_of_their_ranges(make_estimates) -> None:
    frame = make_estimates(
        (*WORLD, "plhiv", 2000, 9000.0, 8000.0, 9500.0),
        (*WORLD, "plhiv", 2001, 9000.0, 8000.0, 9500.0),
        (*WORLD, "new_infections", 2000, 500.0, 500.0, 500.0, "<"),
        (*WORLD, "new_infections", 2001, 900.0, 500.0, 950.0),
    )
    frame.loc[3, "low_mark"] = "<"
    table = flow.incidence_prevalence_ratio(frame)
    assert table["year"].tolist() == [2001]
    assert math.isnan(table["low"].iloc[0])
    assert table["high"].iloc[0] == pytest.approx(950 / 8000)


def test_treatment_beside_deaths_gives_years_with_both() -> None:
    table = flow.art_against_deaths(load_estimates("2025"))
    assert table["year"].tolist() == list(range(2010, 2025))
    last = table.iloc[-1]
    assert (last["art_coverage_share"], last["aids_deaths"]) == (0.77, 630_000)
    assert (last["art_coverage_low"], last["art_coverage_high"]) == (0.62, 0.90)
    assert table["art_coverage_share"].is_monotonic_increasing
    assert table["aids_deaths"].is_monotonic_decreasing
