"""Time off treatment, with and without delayed entry."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.science.person_time import (
    PEER_REVIEWED,
    decimal_year,
    months_between,
    person_time,
    person_time_sensitivities,
    summarise_person_time,
)
from explainer.tables import load_remission_cases


@pytest.fixture(scope="module")
def cases() -> pd.DataFrame:
    return load_remission_cases()


dates = st.dates(pd.Timestamp("1980-01-01").date(), pd.Timestamp("2030-12-31").date())


def test_entry_months_are_12_18_4_16_16_20_70_9() -> None:
    table = person_time(load_remission_cases()).set_index("case_id")["entry_months"]
    assert table.to_dict() == {
        "berlin": 12,
        "london": 18,
        "dusseldorf": 4,
        "new_york": 16,
        "city_of_hope": 16,
        "geneva": 20,
        "berlin_2": 70,
        "marseille": 9,
    }


def test_column_w_496_months_is_41_3_person_years_and_27_6_after_the_first_report() -> None:
    total = summarise_person_time(load_remission_cases())
    assert (total.n, total.months, total.delayed_months) == (8, 496, 331)
    assert total.person_years == pytest.approx(41.3, abs=0.05)
    assert total.delayed_person_years == pytest.approx(27.6, abs=0.05)


def test_column_w_upper_bounds_0725_0892_and_109_134() -> None:
    total = summarise_person_time(load_remission_cases())
    assert total.upper_one_sided == pytest.approx(0.0725, abs=5e-5)
    assert total.upper_two_sided == pytest.approx(0.0892, abs=5e-5)
    assert total.delayed_upper_one_sided == pytest.approx(0.109, abs=5e-4)
    assert total.delayed_upper_two_sided == pytest.approx(0.134, abs=5e-4)


def test_column_p_255_months_is_21_3_person_years_and_8_25_after_the_first_report() -> None:
    total = summarise_person_time(load_remission_cases(), PEER_REVIEWED)
    assert (total.n, total.months, total.delayed_months) == (7, 255, 99)
    assert total.person_years == pytest.approx(21.3, abs=0.051)
    assert total.delayed_person_years == pytest.approx(8.25)


def test_column_p_upper_bounds_141_174_and_363_447() -> None:
    total = summarise_person_time(load_remission_cases(), PEER_REVIEWED)
    assert total.upper_one_sided == pytest.approx(0.141, abs=5e-4)
    assert total.upper_two_sided == pytest.approx(0.174, abs=5e-4)
    assert total.delayed_upper_one_sided == pytest.approx(0.363, abs=5e-4)
    assert total.delayed_upper_two_sided == pytest.approx(0.447, abs=5e-4)


@pytest.mark.parametrize(
    ("assumption", "naive", "delayed"),
    [
        pytest.param("to_last_report_date", 42.6, 28.8, id="berlin_2_at_87_months"),
        pytest.param("peer_reviewed_only", 40.0, 26.3, id="geneva_at_32_months"),
        pytest.param("public_from_art_stop", 41.3, 27.9, id="dusseldorf_from_art_stop"),
    ],
)
def test_sensitivities_of_column_w(assumption: str, naive: float, delayed: float) -> None:
    table = person_time_sensitivities(load_remission_cases()).set_index("assumption")
    assert table.loc[assumption, "person_years"] == pytest.approx(naive, abs=0.051)
    assert table.loc[assumption, "delayed_person_years"] == pytest.approx(delayed, abs=0.051)


def test_berlin_2_is_87_months_off_treatment_by_its_dates() -> None:
    row = load_remission_cases().set_index("case_id").loc["berlin_2"]
    assert months_between(row["art_stop_date"], row["last_report_date"]) == 87


@pytest.mark.parametrize(
    ("first", "second", "months"),
    [
        ("2021-11-16", "2023-07-20", 20),
        ("2021-11-30", "2021-12-01", 1),
        ("2018-11", "2019-03", 4),
        ("2022", "2025-03-10", 32),
        ("2022", "2022", 0),
    ],
)
def test_months_are_whole_calendar_months(first: str, second: str, months: int) -> None:
    assert months_between(first, second) == months


def test_a_blank_date_gives_no_months() -> None:
    assert math.isnan(months_between(None, "2020"))
    assert math.isnan(months_between("2020", float("nan")))
    assert math.isnan(decimal_year(""))


@pytest.mark.parametrize("text", ["16.11.2021", "2021-13", "2021-02-30", "21-02", "2021-1-1-1"])
def test_what_is_no_date_gets_one_sentence(text: str) -> None:
    with pytest.raises(ExplainerError, match="is not a date; write 2021"):
        months_between(text, "2022")


@given(dates, dates)
def test_months_forward_and_back_cancel_and_agree_with_the_calendar(a, b) -> None:
    there = months_between(a.isoformat(), b.isoformat())
    assert there == -months_between(b.isoformat(), a.isoformat())
    assert abs(there - (b - a).days / 30.437) < 1.1
    assert decimal_year(a.isoformat()) == pytest.approx(
        a.year + a.timetuple().tm_yday / 366, abs=0.01
    )


def test_a_date_without_a_day_stands_at_its_middle() -> None:
    assert decimal_year("2020") == 2020.5
    assert decimal_year("2020-07") == pytest.approx(2020 + 6.5 / 12)


def test_delayed_entry_never_adds_time_and_never_goes_below_zero(small_cases: pd.DataFrame) -> None:
    table = person_time(small_cases).set_index("case_id")
    assert table["entry_months"].tolist() == [12, 48, 12]
    assert table["delayed_months"].tolist() == [24, 0, 0]


def test_a_blank_adds_nothing_and_is_not_counted(small_cases: pd.DataFrame) -> None:
    table = person_time(small_cases, PEER_REVIEWED)
    assert table["months"].tolist() == [30, 0, 0]
    total = summarise_person_time(small_cases, PEER_REVIEWED)
    assert (total.n, total.months) == (1, 30)


@given(st.floats(0, 500))
def test_longer_follow_up_lowers_the_bound(cases: pd.DataFrame, extra: float) -> None:
    total = summarise_person_time(cases, months={"geneva": 48 + extra})
    main = summarise_person_time(cases)
    assert total.upper_two_sided <= main.upper_two_sided
    assert total.delayed_months <= total.months


def test_an_unknown_case_gets_the_nearest_names(small_cases: pd.DataFrame) -> None:
    with pytest.raises(ExplainerError, match="no case 'tow'; did you mean two"):
        person_time(small_cases, months={"tow": 3})
    with pytest.raises(ExplainerError, match="no case 'berlin_2'"):
        person_time_sensitivities(small_cases)
    with pytest.raises(ExplainerError, match="column months_off is missing"):
        person_time(small_cases, "months_off")
