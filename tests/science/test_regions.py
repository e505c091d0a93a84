"""Which regions fell and rose, how sure that is, and whose order rounding hides."""

from __future__ import annotations

import pytest

from explainer.science.regions import furthest, region_changes
from explainer.tables import load_estimates
from tests.science.conftest import Rows

EAST, WEST = ("East", "UNE", "region"), ("West", "UNW", "region")
NEW = "new_infections"
AFRICA = ["Eastern and southern Africa", "Western and central Africa"]


def of_2025(indicator: str = NEW):
    return region_changes(load_estimates("2025"), indicator).set_index("location_code")


def test_published_changes_since_2010() -> None:
    row = of_2025().loc["UNAESA"]
    assert (row["first"], row["last"], row["change"]) == (1_100_000, 490_000, -600_000)
    assert row["change_share"] == pytest.approx(490 / 1100 - 1)
    assert (row["change_low"], row["change_high"]) == pytest.approx(
        (485 / 1150 - 1, 495 / 1050 - 1)
    )


def test_one_rounding_step_is_no_rise() -> None:
    ways = of_2025()["direction"]
    assert ways[["UNAEECA", "UNALA"]].tolist() == ["stayed about the same"] * 2
    assert ways["UNAMENA"] == "rose"
    assert (ways == "fell").sum() == 5


def test_widest_ranges_that_leave_out_no_change() -> None:
    settled = of_2025()["is_settled"]
    assert settled[settled].index.tolist() == ["UNAESA"]
    assert of_2025("plhiv")["is_settled"].sum() == 5


def test_two_regions_share_the_largest_fall_because_figures_are_rounded() -> None:
    changes = of_2025().reset_index()
    assert sorted(furthest(changes, "fell")["location"]) == AFRICA
    assert furthest(changes, "rose")["location"].tolist() == ["Middle East and North Africa"]


def test_finer_figures_put_the_two_in_order() -> None:
    frame = load_estimates("2025")
    finer = (frame["location"] == AFRICA[0]) & (frame["indicator"] == NEW)
    for year, count in ((2010, 1_104_321.0), (2024, 491_234.0)):
        frame.loc[finer & (frame["year"] == year), "estimate"] = count
    finer = (frame["location"] == AFRICA[1]) & (frame["indicator"] == NEW)
    for year, count in ((2010, 361_234.0), (2024, 159_321.0)):
        frame.loc[finer & (frame["year"] == year), "estimate"] = count
    assert furthest(region_changes(frame), "fell")["location"].tolist() == [AFRICA[1]]


def test_no_region_moved_that_way(make_estimates: Rows) -> None:
    frame = make_estimates(
        (*EAST, NEW, 2010, 100.0, 90.0, 110.0), (*EAST, NEW, 2011, 50.0, 45.0, 55.0)
    )
    assert furthest(region_changes(frame), "rose").empty
    assert region_changes(frame)["is_settled"].tolist() == [True]


def test_thresholds_are_left_out(make_estimates: Rows) -> None:
    frame = make_estimates(
        (*EAST, NEW, 2010, 500.0, None, None, "<"), (*EAST, NEW, 2011, 900.0),
        (*WEST, NEW, 2010, 800.0), (*WEST, NEW, 2011, 700.0),
        (*WEST, NEW, 2012, 500.0, None, None, "<"),
    )  # fmt: skip
    changes = region_changes(frame)
    assert changes[["location", "year"]].values.tolist() == [["West", 2011]]
    assert not changes["is_settled"].any()
