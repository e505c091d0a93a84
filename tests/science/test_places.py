"""Regions against a base year, countries by count and by rate."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.science.checks import at_location
from explainer.science.places import count_and_rate, region_index
from explainer.tables import load_estimates

EAST, WEST = ("East", "UNE", "region"), ("West", "UNW", "region")


def test_every_region_is_100_in_2010() -> None:
    table = region_index(load_estimates("2025"))
    assert table["location"].nunique() == 8
    base = table[table["year"] == 2010]
    assert base[["index", "index_low", "index_high"]].eq(100).all(axis=None)


def test_infections_of_2024_against_2010_by_region() -> None:
    table = region_index(load_estimates("2025")).query("year == 2024").set_index("location_code")
    assert table["index"]["UNAESA"] == pytest.approx(100 * 490 / 1100)
    assert (table["index"][["UNAEECA", "UNALA", "UNAMENA"]] > 100).all()
    assert (table["index"][["UNAESA", "UNAWCA", "UNAAP", "UNACAR", "UNAWCENA"]] < 100).all()


def test_the_widest_range_crosses_the_ends_and_the_base_has_none(make_estimates) -> None:
    frame = make_estimates(
        (*EAST, "new_infections", 2010, 100.0, 80.0, 120.0),
        (*EAST, "new_infections", 2011, 50.0, 40.0, 60.0),
    )
    table = region_index(frame).set_index("year")
    assert table.loc[2011, ["index", "index_low", "index_high"]].tolist() == pytest.approx(
        [50, 100 * 40 / 120, 100 * 60 / 80]
    )
    assert table.loc[2010, ["index_low", "index_high"]].tolist() == [100, 100]


def test_a_threshold_has_no_index_nor_has_a_place_that_starts_from_one(make_estimates) -> None:
    frame = make_estimates(
        (*EAST, "new_infections", 2010, 100.0),
        (*EAST, "new_infections", 2011, 50.0, None, None, "<"),
        (*WEST, "new_infections", 2010, 500.0, None, None, "<"),
        (*WEST, "new_infections", 2011, 900.0),
    )
    table = region_index(frame).set_index(["location", "year"])["index"]
    assert math.isnan(table[("East", 2011)])
    assert table["West"].isna().all()


@given(st.floats(0.1, 1e6), st.floats(0.01, 100))
def test_the_index_does_not_depend_on_size(size: float, ratio: float) -> None:
    rows = [
        {"year": 2010, "estimate": size, "low": size, "high": size},
        {"year": 2011, "estimate": size * ratio, "low": size, "high": size},
    ]
    frame = pd.DataFrame(rows).assign(
        release="2025", location="East", location_code="UNE", location_type="region",
        indicator="new_infections", estimate_mark=None, low_mark=None, high_mark=None,
    )  # fmt: skip
    assert region_index(frame)["index"].iloc[1] == pytest.approx(100 * ratio)


def test_places_may_be_named(make_estimates) -> None:
    frame = make_estimates(
        (*EAST, "new_infections", 2010, 100.0), (*WEST, "new_infections", 2010, 100.0)
    )
    assert region_index(frame, locations=["UNW"])["location"].tolist() == ["West"]
    with pytest.raises(ExplainerError, match="no location 'Eats'; did you mean East"):
        region_index(frame, locations=["Eats"])
    with pytest.raises(ExplainerError, match="no figure for 2009"):
        region_index(frame, base_year=2009)


def test_frames_without_regions_or_with_two_releases_are_refused(world: pd.DataFrame) -> None:
    with pytest.raises(ExplainerError, match="holds no region"):
        region_index(world)
    with pytest.raises(ExplainerError, match="rows of 2 releases"):
        region_index(pd.concat([world, world.assign(release="2024")]))
    with pytest.raises(ExplainerError, match="no country"):
        count_and_rate(world)


def test_a_large_count_can_be_a_low_rate(make_estimates) -> None:
    big, small, tiny = ("Big", "BIG", "country"), ("Small", "SML", "country"), ("T", "T", "country")
    frame = make_estimates(
        (*big, "plhiv", 2024, 2e6), (*big, "prevalence_share", 2024, 0.002),
        (*small, "plhiv", 2024, 2e5), (*small, "prevalence_share", 2024, 0.2),
        (*tiny, "plhiv", 2024, 5e3), (*tiny, "prevalence_share", 2024, 0.001, None, None, "<"),
    )  # fmt: skip
    table = count_and_rate(frame).set_index("location")
    assert table.loc[["Big", "Small"], "rank_count"].tolist() == [1, 2]
    assert table.loc[["Big", "Small"], "rank_rate"].tolist() == [2, 1]
    assert not table.loc["T", "is_ranked"]
    assert table.loc["T", ["rank_count", "rank_rate"]].isna().all()
    assert table.loc["T", "prevalence_threshold"] == 0.001
    assert math.isnan(table.loc["T", "prevalence_share"])


def test_south_africa_is_first_by_count_and_no_real_threshold_is_ranked() -> None:
    table = count_and_rate(load_estimates("2025"), 2024)
    assert table["location_code"].iloc[0] == "ZAF"
    marked = table[(table["prevalence_mark"] != "") | (table["plhiv_mark"] != "")]
    assert {"EGY", "NOR"} <= set(marked["location_code"])
    assert not marked["is_ranked"].any()
    assert marked[["rank_count", "rank_rate"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("USA", "no location 'USA'; it is the code of a place whose figures are not in this table"),
        ("USA", "choose another, or import them (explainer import FILE)"),
        ("UK", "estimates: no location 'UK'; did you mean United Kingdom?"),
        ("DRC", "did you mean Democratic Republic of the Congo?"),
        ("Vietnam", "did you mean Viet Nam?"),
        ("Iran", "no location 'Iran'; it is a place whose figures are not in this table"),
        ("SWX", "did you mean Eswatini?"),
        ("EU", "no location 'EU'; it has "),
        ("Tanzania", "did you mean United Republic of Tanzania?"),
        ("Kenia", "did you mean Kenya?"),
    ],
)
def test_hint_names_no_place_that_was_not_meant(asked, sentence):
    with pytest.raises(ExplainerError) as told:
        at_location(load_estimates(), asked)
    assert sentence in str(told.value)
