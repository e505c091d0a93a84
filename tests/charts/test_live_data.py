"""The data explorer holds every published figure of the release, and words its marks."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from explainer import charts
from explainer.charts.axes import drawn_range
from explainer.charts.data_explorer import INDICATORS
from explainer.charts.packed import listed, pack, texts
from explainer.errors import ExplainerError
from explainer.science.epidemic import series
from explainer.tables import load_estimates
from tests.charts.live_drawn import params

ESTIMATES = load_estimates()
PACKED = pack(ESTIMATES, INDICATORS)
LIVE = charts.data_explorer(ESTIMATES)
MOST = 120_000  # characters of figures in a page
MOST_OF_ALL = 320_000  # with every country that UNAIDS names


def unpacked(indicator: str, code: str) -> np.ndarray:
    """Estimates, lows and highs by year."""
    rows = np.array(PACKED.table[indicator][code], dtype=float)
    return rows * PACKED.units[indicator][code]


@pytest.mark.parametrize("indicator", INDICATORS)
@pytest.mark.parametrize("place", ["World", "UNAESA", "ZAF", "KEN"])
def test_figures_come_back_as_published(indicator: str, place: str) -> None:
    code = next(code for code, name in PACKED.places.items() if place in (code, name))
    frame = series(ESTIMATES, indicator, place).set_index("year")
    low, high = drawn_range(frame.reset_index())
    years = frame.index.to_numpy() - PACKED.first
    held = unpacked(indicator, code)[:, years]
    for row, expected in zip(held, (frame["estimate"], low, high), strict=True):
        np.testing.assert_allclose(row, expected, rtol=1e-9)


def test_every_place_of_the_release_is_offered_world_first() -> None:
    assert set(PACKED.places.values()) == set(ESTIMATES["location"])
    names = list(PACKED.places.values())
    assert names[0] == "World"
    kinds = ESTIMATES.drop_duplicates("location").set_index("location")["location_type"]
    ranks = [["world", "region", "country"].index(kinds[name]) for name in names]
    assert ranks == sorted(ranks)


def phrase(row: dict[str, object]) -> str:
    """The words that the pack keeps for a row; empty if its numbers say all."""
    years = PACKED.marked[row["indicator"]].get(row["location_code"])
    return PACKED.phrases[years[row["year"] - PACKED.first]] if years else ""


def test_marks_are_kept_in_words_and_nothing_else_is() -> None:
    rows = ESTIMATES[ESTIMATES["estimate"].notna() & ESTIMATES["indicator"].isin(INDICATORS)]
    marks = rows[["estimate_mark", "low_mark", "high_mark"]].fillna("")
    is_open = (marks != "").any(axis=1) | rows["low"].isna() | rows["high"].isna()
    told = pd.Series([phrase(row) for row in rows.to_dict("records")], index=rows.index)
    assert ((told != "") == is_open).all()
    thresholds = told[marks["estimate_mark"] == "<"]
    assert len(thresholds) > 0
    assert thresholds.str.match("(fewer|less) than").all()


def test_threshold_is_never_drawn_as_a_figure() -> None:
    rows = ESTIMATES[(ESTIMATES["estimate_mark"] == "<") & ESTIMATES["indicator"].isin(INDICATORS)]
    row = rows.iloc[0]
    held = PACKED.table[row["indicator"]][row["location_code"]]
    assert held[0][int(row["year"]) - PACKED.first] is None


@pytest.mark.parametrize(("place", "ceiling"), [("NOR", 100.0), ("DEU", 200.0)])
def test_ceiling_is_kept_as_a_number_and_the_axis_has_room_under_it(
    place: str, ceiling: float
) -> None:
    phrases = PACKED.marked["aids_deaths"][place]
    held = [PACKED.ceilings[one] for one in phrases if one]
    assert set(held) == {ceiling}
    low, high = PACKED.reach["aids_deaths"][place]
    assert low < ceiling == high


def test_every_threshold_is_held_as_its_ceiling_and_no_figure_is() -> None:
    rows = ESTIMATES[ESTIMATES["estimate"].notna() & ESTIMATES["indicator"].isin(INDICATORS)]
    for row in rows.to_dict("records"):
        years = PACKED.marked[row["indicator"]].get(row["location_code"])
        held = PACKED.ceilings[years[row["year"] - PACKED.first]] if years else None
        assert held == (row["estimate"] if row["estimate_mark"] == "<" else None)


def test_range_that_repeats_its_ceiling_is_not_said() -> None:
    assert "fewer than 100" in PACKED.phrases
    assert "less than 0.1%" in PACKED.phrases
    assert "fewer than 500 (range <200 to <500)" in PACKED.phrases


def test_log_axis_of_figures_that_are_nearly_alike_has_room() -> None:
    for of_place in PACKED.reach.values():
        assert all(high >= 2 * low for low, high in of_place.values())


def test_axis_reaches_from_the_smallest_figure_to_the_highest_bound() -> None:
    low, high = PACKED.reach["plhiv"]["ZAF"]
    frame = series(ESTIMATES, "plhiv", "ZAF")
    assert low == frame["estimate"].min()
    assert high == frame["high"].max()


def test_figures_are_compact() -> None:
    assert len(json.dumps(LIVE.spec, separators=(",", ":"))) < MOST


def test_a_release_of_every_country_fits_a_page() -> None:
    countries = ESTIMATES[ESTIMATES["location_type"] == "country"]
    copies = [
        countries.assign(
            location=countries["location"] + f" {copy}",
            location_code=countries["location_code"].str[:2] + str(copy),
        ).drop_duplicates(["location_code", "year", "indicator"])
        for copy in range(3)
    ]
    every = pd.concat([ESTIMATES, *copies], ignore_index=True)
    some = every["location_code"].drop_duplicates()[:162]
    every = every[every["location_code"].isin(some)]
    spec = charts.data_explorer(every).spec
    assert len(json.dumps(spec, separators=(",", ":"))) < MOST_OF_ALL


def test_text_of_numbers_comes_back_by_splitting() -> None:
    assert listed([None, 12, 0, None, 1, None]) == ",12,0,,1"
    assert listed([None, None]) == ""


@pytest.mark.parametrize("indicator", INDICATORS)
def test_texts_hold_every_figure_and_phrase(indicator: str) -> None:
    for code, text in texts(PACKED)[indicator].items():
        unit, low, high, *rows = text.split("|")
        ends = [float(low) * float(unit), float(high) * float(unit)]
        assert ends == pytest.approx(PACKED.reach[indicator][code])
        for row, held in zip(rows, PACKED.table[indicator][code], strict=False):
            found = [int(one) if one else None for one in row.split(",")]
            assert found + [None] * (len(held) - len(found)) == held
        said = [int(one or 0) for one in rows[3].split(",")]
        years = PACKED.marked.get(indicator, {}).get(code, [])
        assert said + [0] * (len(years) - len(said)) == (years or [0])


def test_default_is_the_world_in_the_last_year() -> None:
    held = params(LIVE)
    assert PACKED.places[held["place"]["value"]] == "World"
    assert held["year"]["value"] == PACKED.last
    assert "40.8 million" in LIVE.chart.title
    line = LIVE.chart.figure.axes[0].get_lines()[0]
    assert line.get_ydata() == pytest.approx(series(ESTIMATES, "plhiv")["estimate"])


def test_it_can_begin_elsewhere() -> None:
    assert params(charts.data_explorer(ESTIMATES, location="KEN"))["place"]["value"] == "KEN"


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (ESTIMATES.iloc[:0], "figures of one release"),
        (pd.concat([ESTIMATES, ESTIMATES.assign(release="2019")]), "figures of one release"),
        (ESTIMATES.assign(estimate=ESTIMATES["estimate"] / 7), "more digits"),
    ],
)
def test_wrong_frame_gets_one_sentence(frame: pd.DataFrame, sentence: str) -> None:
    with pytest.raises(ExplainerError, match=sentence):
        pack(frame, INDICATORS)
