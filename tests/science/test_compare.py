"""Two releases side by side: the same year only, thresholds left out, gaps told."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from explainer.errors import ExplainerError
from explainer.science.compare import compare_releases
from explainer.science.compare_place import comparison
from explainer.tables import load_estimates
from tests.science.conftest import Rows

KENYA = ("Kenya", "KEN", "country", "plhiv")
COUNTS = ["n_up", "n_down", "n_same", "n_thresholds"]


@pytest.fixture(scope="module")
def world_2024_2025() -> pd.DataFrame:
    rows = compare_releases(load_estimates("2024"), load_estimates("2025"))
    return rows[rows["location"] == "World"].set_index(["indicator", "year"])


@pytest.mark.parametrize(
    ("indicator", "older", "newer"),
    [
        ("plhiv", (39.9e6, 36.1e6, 44.6e6), (40.4e6, 36.6e6, 45.1e6)),
        ("new_infections", (1.3e6, 1.0e6, 1.7e6), (1.4e6, 1.1e6, 1.7e6)),
        ("aids_deaths", (630e3, 500e3, 820e3), (650e3, 510e3, 850e3)),
    ],
)
def test_published_revisions_of_2023(
    world_2024_2025: pd.DataFrame,
    indicator: str,
    older: tuple[float, ...],
    newer: tuple[float, ...],
) -> None:
    row = world_2024_2025.loc[(indicator, 2023)]
    assert tuple(row[["older_estimate", "older_low", "older_high"]]) == older
    assert tuple(row[["newer_estimate", "newer_low", "newer_high"]]) == newer
    assert row["difference"] == pytest.approx(newer[0] - older[0])
    assert row["ratio"] == pytest.approx(newer[0] / older[0])
    assert row["is_inside"]
    assert row["has_overlap"]


def test_release_of_2019_and_2025_on_the_year_2010() -> None:
    rows = compare_releases(load_estimates("2019"), load_estimates("2025"))
    row = rows.query("location == 'World' and indicator == 'plhiv' and year == 2010").iloc[0]
    assert (row["older_estimate"], row["newer_estimate"]) == (31.7e6, 32.2e6)
    early = rows.query("location == 'World' and indicator == 'plhiv' and year == 1990").iloc[0]
    assert (early["older_estimate"], early["newer_estimate"]) == (7.9e6, 10.1e6)
    assert not early["is_inside"]  # 7.9 million is under 9.2–11.3 million …
    assert early["has_overlap"]  # … which 6.8–9.2 million just touches


def test_every_row_is_one_year_in_both_releases(world_2024_2025: pd.DataFrame) -> None:
    years = world_2024_2025.reset_index().groupby("indicator")["year"].max()
    assert set(years) == {2023}
    assert world_2024_2025.index.is_unique


def test_order_in_which_releases_are_given_is_no_matter() -> None:
    one, other = load_estimates("2024"), load_estimates("2025")
    pd.testing.assert_frame_equal(compare_releases(one, other), compare_releases(other, one))


@pytest.mark.parametrize(
    ("older", "inside", "overlap"),
    [
        ((100.0, 90.0, 110.0), False, False),
        ((100.0, 90.0, 140.0), False, True),
        ((150.0, 90.0, 190.0), True, True),
        ((200.0, 160.0, 220.0), False, True),
        ((200.0, 180.0, 220.0), False, False),
        ((170.0, 160.0, 180.0), True, True),  # an end belongs to its range
    ],
)
def test_figure_and_range_against_130_to_170(
    make_estimates: Rows, older: tuple[float, ...], inside: bool, overlap: bool
) -> None:
    before = make_estimates((*KENYA, 2010, *older), release="2019")
    after = make_estimates((*KENYA, 2010, 150.0, 130.0, 170.0))
    row = compare_releases(before, after).iloc[0]
    assert (row["is_inside"], row["has_overlap"]) == (inside, overlap)
    assert (row["difference"], row["ratio"]) == (150 - older[0], 150 / older[0])


def test_threshold_never_enters_a_calculation(make_estimates: Rows) -> None:
    older = make_estimates((*KENYA, 2010, 500.0, 400.0, 500.0, "<"), release="2019")
    newer = make_estimates((*KENYA, 2010, 600.0, 400.0, 700.0))
    row = compare_releases(older, newer).iloc[0]
    assert math.isnan(row["difference"])
    assert math.isnan(row["ratio"])
    assert pd.isna(row["is_inside"])
    assert pd.isna(row["has_overlap"])


def test_open_end_of_a_range_includes_all_beyond_it(make_estimates: Rows) -> None:
    older = make_estimates((*KENYA, 2010, 50.0, 40.0, 60.0), release="2019")
    newer = make_estimates((*KENYA, 2010, 120.0, 100.0, 150.0))
    newer["low_mark"] = "<"
    assert compare_releases(older, newer)["is_inside"].tolist() == [True]
    newer["low_mark"] = None
    assert compare_releases(older, newer)["is_inside"].tolist() == [False]


def test_without_a_range_there_is_no_verdict(make_estimates: Rows) -> None:
    older = make_estimates((*KENYA, 2010, 50.0, 40.0, 60.0), release="2019")
    row = compare_releases(older, make_estimates((*KENYA, 2010, 55.0))).iloc[0]
    assert row["difference"] == 5.0
    assert pd.isna(row["is_inside"])


def test_two_rows_for_one_year_are_refused(make_estimates: Rows) -> None:
    twice = make_estimates((*KENYA, 2010, 50.0), (*KENYA, 2010, 51.0), release="2019")
    with pytest.raises(ExplainerError, match="plhiv of Kenya has two rows for 2010 in release"):
        compare_releases(twice, make_estimates((*KENYA, 2010, 55.0)))


def test_same_release_twice_is_refused(world: pd.DataFrame) -> None:
    with pytest.raises(ExplainerError, match="release 2025 was named twice"):
        compare_releases(world, world)


def test_place_with_thresholds_only_has_no_largest_revision(make_estimates: Rows) -> None:
    older = make_estimates((*KENYA, 2010, 500.0, 400.0, 500.0, "<"), release="2019")
    found = comparison(older, make_estimates((*KENYA, 2010, 400.0, 300.0, 500.0, "<")), "Kenya")
    assert (found.largest, found.n_thresholds) == ((), 1)


# one place, ready to be told


def test_world_in_2024_and_2025_is_counted_as_the_frame_says(
    world_2024_2025: pd.DataFrame,
) -> None:
    found = comparison(load_estimates("2024"), load_estimates("2025"))
    assert found.n_shared == len(world_2024_2025)
    assert sum(getattr(found, name) for name in COUNTS) == found.n_shared
    assert found.n_up == (world_2024_2025["newer_estimate"]
                          > world_2024_2025["older_estimate"]).sum()  # fmt: skip
    assert found.n_outside == 0
    assert [one.indicator for one in found.newest][:3] == ["plhiv", "new_infections", "aids_deaths"]
    assert {one.year for one in found.newest} == {2023}


def test_years_and_indicators_that_one_release_holds_are_named() -> None:
    alone = comparison(load_estimates("2024"), load_estimates("2025"), "Kenya").alone
    assert {one.release for one in alone} == {"2025"}
    treatment, newest = (
        next(one for one in alone if name in one.indicators) for name in ("on_art", "plhiv")
    )
    assert treatment.indicators == ("on_art", "art_coverage_share")
    assert treatment.is_whole
    assert 2024 in newest.years
    assert 2023 not in newest.years
    assert not newest.is_whole


def test_indicators_of_the_same_years_are_named_together() -> None:
    (alone,) = comparison(load_estimates("2024"), load_estimates("2025")).alone
    assert (alone.years, len(alone.indicators)) == ((2024,), 6)


def test_line_needs_two_shared_years_of_ordinary_figures() -> None:
    found = comparison(load_estimates("2019"), load_estimates("2025"), "Norway")
    assert found.has_line("plhiv")
    assert not found.has_line("aids_deaths")  # published as limits only
    assert not found.has_line("new_infections")
    assert found.of("new_infections") is None
    assert found.of("plhiv") in found.newest


@pytest.mark.parametrize("asked", ["Swaziland", "Eswatini", "SWZ"])
def test_place_renamed_between_releases_is_one_place(make_estimates: Rows, asked: str) -> None:
    code = ("SWZ", "country", "plhiv", 2010)
    older = make_estimates(("Swaziland", *code, 100.0), release="2017")
    found = comparison(older, make_estimates(("Eswatini", *code, 110.0)), asked)
    assert (found.location, found.n_up) == ("Eswatini", 1)


def test_largest_revision_is_by_share_not_by_number(make_estimates: Rows) -> None:
    older = make_estimates((*KENYA, 2000, 10.0), (*KENYA, 2010, 1000.0), release="2019")
    newer = make_estimates((*KENYA, 2000, 5.0), (*KENYA, 2010, 1100.0))
    (largest,) = comparison(older, newer, "Kenya").largest
    assert (largest.year, largest.ratio) == (2000, 0.5)


def test_place_that_one_release_holds_is_named_with_that_release() -> None:
    one, other = load_estimates("2024"), load_estimates("2025")
    with pytest.raises(
        ExplainerError, match="the 2025 release holds figures of Norway, the 2024 release"
    ):
        comparison(one, other, "NOR")


@pytest.mark.parametrize(
    ("place", "indicator", "sentence"),
    [
        ("Keyna", None, "no location 'Keyna'; did you mean Kenya"),
        ("PAK", "new_infections", "no figure of new HIV infections for Pakistan in releases 2024"),
        ("Kenya", "plhv", "no indicator 'plhv'; did you mean plhiv"),
        ("India", None, "share no year with figures of India"),
        ("Kenya", "on_art", "share no year with figures of people on treatment in Kenya"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(
    place: str, indicator: str | None, sentence: str
) -> None:
    with pytest.raises(ExplainerError, match=sentence):
        comparison(load_estimates("2024"), load_estimates("2025"), place, indicator)


def test_one_rounding_step_is_never_the_largest_revision(make_estimates: Rows) -> None:
    older = make_estimates((*KENYA, 2000, 1.0e6), (*KENYA, 2010, 5.0e6), release="2019")
    newer = make_estimates((*KENYA, 2000, 1.1e6), (*KENYA, 2010, 5.3e6))
    found = comparison(older, newer, "Kenya")
    assert [(one.year, one.is_one_step) for one in found.largest] == [(2010, False)]
    assert (found.n_up, found.n_one_step, found.small) == (2, 1, ())
    only = comparison(older[older["year"] == 2000], newer, "Kenya")
    assert (only.largest, only.n_one_step, only.small) == ((), 1, ("plhiv",))
