"""What live pictures say equals what the Python functions say, over the reach of each control."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from explainer.charts.data_explorer import INDICATORS, RATES, TOPICS
from explainer.charts.genotype_explorer import FREQUENCIES, N_SAMPLES, SIZES
from explainer.charts.packed import pack
from explainer.science.ancestries import matched_ancestries
from explainer.science.epidemic import series
from explainer.science.genetics import genotype_shares
from explainer.science.lasting_remission import remission_outlook
from explainer.science.matching import ALL_ALIKE, chance_of_match, chance_of_matched_donor
from explainer.science.rebound import rebound_parameters
from explainer.science.sampling import genotype_samples
from explainer.science.tub import tub_levels, years_until_empty
from explainer.tables import (
    load_delta32_frequencies,
    load_donor_match,
    load_estimates,
    load_rebound_times,
)
from explainer.wording import people, percent
from tests.browser.conftest import Watched
from tests.browser.live_page import Moved, page_with
from tests.charts.test_live import made, scenarios

pytestmark = pytest.mark.browser


def opened(watched: Watched, folder: Path, name: str) -> Moved:
    page = page_with(made(name), folder / "page.html")
    return Moved(watched.open(page), name.replace("_", "-"))


OUTLOOK = ("lasting_ordinary", "lasting_shrunken", "next_ordinary", "next_shrunken")


@pytest.mark.parametrize("moving", ["months", "prior", "step"])
def test_remission_outlook_over_the_sliders(watched: Watched, tmp_path: Path, moving: str) -> None:
    fitted = rebound_parameters(load_rebound_times())
    moved = opened(watched, tmp_path, "remission_explorer")
    place = {"months": 15.0, "prior": 0.5, "step": 4.0}
    for value, *found in moved.walk(moving, *OUTLOOK):
        at = place | {moving: value}
        table = remission_outlook(
            at["months"], fitted, priors=[at["prior"]], folds=[10 ** at["step"]]
        )
        assert found == pytest.approx(table.iloc[0][list(OUTLOOK)].tolist(), rel=2e-5, abs=1e-6)
    row = table.iloc[0]
    said = moved.said()
    for name in OUTLOOK[:2]:
        assert percent(row[name]) in said


@pytest.mark.parametrize("k", [ALL_ALIKE, 1.0, 0.5, 0.3])
def test_donor_chances_over_registry_and_ancestry(
    watched: Watched, tmp_path: Path, k: float
) -> None:
    moved = opened(watched, tmp_path, "donor_explorer")
    moved.control("k").select_option("0" if k == ALL_ALIKE else f"{k:g}")
    for group in matched_ancestries(load_donor_match(), load_delta32_frequencies()).itertuples():
        moved.control("ancestry").select_option(group.ancestry)
        for power in ("Home", "End"):
            moved.press("power", power)
            size, match, both = moved.signals("size", "match_chance", "chance")
            share, h = group.match_share, group.homozygote_share
            assert match == pytest.approx(chance_of_match(share, size, k), rel=1e-9)
            assert both == pytest.approx(chance_of_matched_donor(share, h, k, size), rel=1e-9)


def test_donor_chances_at_every_step_of_the_registry(watched: Watched, tmp_path: Path) -> None:
    moved = opened(watched, tmp_path, "donor_explorer")
    share, h = moved.signals("match_share", "homozygote_share")
    for _, size, both in moved.walk("power", "size", "chance"):
        assert both == pytest.approx(chance_of_matched_donor(share, h, 0.5, size), rel=1e-9)
    assert percent(both) in moved.said()


def test_genotypes_over_frequency_size_and_samples(watched: Watched, tmp_path: Path) -> None:
    counts = genotype_samples(FREQUENCIES, SIZES, n_samples=N_SAMPLES)
    moved = opened(watched, tmp_path, "genotype_explorer")
    for place, (q, *found) in enumerate(moved.walk("q", "n_hom", "n_het", "hom", "het", "wild")):
        assert found[:2] == counts[0, SIZES.index(100), place].tolist()
        assert found[2:] == pytest.approx(list(genotype_shares(q)))
    for row, (_, n, *found) in enumerate(moved.walk("size", "n", "n_hom", "n_het", "none")):
        assert n == SIZES[row]
        assert found[:2] == counts[0, row, -1].tolist()
        assert found[2] == pytest.approx(0.75**n)
    for draw in range(1, N_SAMPLES + 1):
        moved.press("draw", "Enter")
        expected = counts[draw % N_SAMPLES, -1, -1].tolist()
        assert moved.signals("n_hom", "n_het") == expected


@pytest.mark.parametrize(("moving", "held"), [("inflow", "outflow"), ("outflow", "inflow")])
def test_tub_over_tap_and_drain(watched: Watched, tmp_path: Path, moving: str, held: str) -> None:
    moved = opened(watched, tmp_path, "tub_explorer")
    start, other = moved.signals("start", held)
    for value, level, empty in moved.walk(moving, "level", "empty"):
        flows = {moving: value, held: other}
        assert level == pytest.approx(tub_levels(start, **flows, years=25)[()])
        assert empty == pytest.approx(min(years_until_empty(start, **flows), 1e9))
    said = moved.said()
    assert "not a forecast" in said
    assert people(level) in said if level else f"empty in {2024 + -(-empty // 1):.0f}" in said


ABSENT = {
    "new_infections": "new HIV infections",
    "on_art": "people on treatment",
    "art_coverage_share": "the share of people living with HIV who are on treatment",
}


@pytest.mark.parametrize("place", ["World", "UNAWCA", "ZAF", "NOR"])
def test_explorer_says_the_published_figures(watched: Watched, tmp_path: Path, place: str) -> None:
    estimates = load_estimates()
    packed = pack(estimates, INDICATORS)
    places = packed.places
    code = next(code for code, name in places.items() if place in (code, name))
    moved = opened(watched, tmp_path, "data_explorer")
    moved.control("place").select_option(code)
    for topic in TOPICS:
        moved.control("topic").select_option(topic)
        for measure in ("count", "rate"):
            moved.control("measure").select_option(measure)
            indicator = RATES.get(topic, topic) if measure == "rate" else topic
            if code not in packed.table[indicator]:
                of = ABSENT[indicator]
                assert f"{places[code]}, 2024: no figure of {of} is published." in moved.said()
                assert "no figures published" in moved.drawn()
                continue
            frame = series(estimates, indicator, place).set_index("year")
            for key, year in (("Home", 1990), ("End", 2024)):
                moved.press("year", key)
                found = moved.signals("estimate")[0]
                value = frame["estimate"].get(year)
                is_known = value is not None and value == value
                assert found == (pytest.approx(value) if is_known else None)
            said = moved.said()
            assert said.startswith(f"{places[code]}, 2024: ")
            if is_known and frame.loc[2024, ["low_mark", "high_mark"]].tolist() == ["", ""]:
                words = people(value) if indicator == topic else percent(value)
                assert f": {words} " in said
            assert ("hold no rate" in said) == (measure == "rate" and topic not in RATES)


def test_explorer_draws_each_year_of_its_series_on_both_scales(
    watched: Watched, tmp_path: Path
) -> None:
    frame = series(load_estimates(), "plhiv")
    moved = opened(watched, tmp_path, "data_explorer")
    for value, found in moved.walk("year", "estimate"):
        assert found == frame.set_index("year")["estimate"][value]
    before = moved.figure.locator(".stage svg").inner_html()
    moved.control("scale").select_option("log")
    moved.signals("said")
    assert moved.figure.locator(".stage svg").inner_html() != before
    ticks = moved.signals("ticks", "floor_at", "top_at")
    assert all(ticks[1] - 1e-6 <= tick <= ticks[2] + 1e-6 for tick in ticks[0])
    assert len(ticks[0]) >= 2


@pytest.mark.parametrize("scale", ["linear", "log"])
@pytest.mark.parametrize(("topic", "place", "measure"), [
    ("aids_deaths", "NOR", "count"), ("aids_deaths", "AUS", "count"), ("plhiv", "EGY", "rate"),
])  # fmt: skip
def test_explorer_hangs_ceilings_where_thresholds_are_published(
    watched: Watched, tmp_path: Path, topic: str, place: str, measure: str, scale: str
) -> None:
    indicator = RATES[topic] if measure == "rate" else topic
    frame = series(load_estimates(), indicator, place)
    ceilings = frame.dropna(subset=["estimate_threshold"])
    moved = opened(watched, tmp_path, "data_explorer")
    chosen = {"topic": topic, "place": place, "measure": measure, "scale": scale}
    for name, value in chosen.items():
        moved.control(name).select_option(value)
    ticks, floor, top = moved.signals("ticks", "floor_at", "top_at")
    assert len(ticks) >= 2
    levels = ceilings["estimate_threshold"]
    drawn = [math.log10(level) if scale == "log" else level for level in levels]
    assert all(floor < level < top for level in drawn)
    assert moved.ceilings() == [
        (year, pytest.approx(level))
        for year, level in zip(ceilings["year"], drawn, strict=True)
    ]  # fmt: skip


def test_explorer_says_a_ceiling_once(watched: Watched, tmp_path: Path) -> None:
    moved = opened(watched, tmp_path, "data_explorer")
    moved.control("place").select_option("NOR")
    moved.control("topic").select_option("aids_deaths")
    assert moved.said() == "Norway, 2024: fewer than 100 AIDS-related deaths."


@pytest.mark.parametrize("kind", ["injectable", "oral"])
def test_scenarios_over_both_sliders(watched: Watched, tmp_path: Path, kind: str) -> None:
    _, grid = scenarios()
    last = grid[(grid["year"] == grid["year"].max()) & (grid["prep_kind"] == kind)]
    rows = last.set_index(
        [last["art_coverage_share"].round(2), last["prep_coverage_share"].round(1)]
    )
    moved = opened(watched, tmp_path, "scenario_explorer")
    moved.control("kind").select_option(kind)
    moved.press("prep", "Home")
    for prep in range(6):
        for art, at_end, total, fixed in moved.walk("art", "at_end", "total", "end_fixed"):
            assert fixed == pytest.approx(rows.loc[(0.95, 0.0), "incidence_per_1000"], rel=1e-4)
            row = rows.loc[(round(art, 2), round(prep / 10, 1))]
            assert at_end == pytest.approx(row["incidence_per_1000"], rel=1e-4)
            assert total == pytest.approx(row["infections_per_1000"], rel=1e-4)
        moved.press("prep", "ArrowRight")
    assert "not a forecast" in moved.said()
