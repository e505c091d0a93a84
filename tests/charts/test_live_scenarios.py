"""The scenario explorer holds the grid of the model."""

from __future__ import annotations

import json

import numpy as np
import pytest

from explainer import charts
from explainer.charts import style
from explainer.charts.live import Live
from explainer.errors import ExplainerError
from explainer.science.transmission_fit import INCIDENCE
from tests.charts.epidemic_frames import words
from tests.charts.live_drawn import params
from tests.charts.overlap import outside, overlapping
from tests.charts.test_live import made, scenarios


@pytest.fixture(scope="module")
def live() -> Live:
    return made("scenario_explorer")


@pytest.mark.parametrize(
    ("name", "column"), [("incidence", INCIDENCE), ("infections", "infections_per_1000")]
)
def test_grid_is_that_of_the_model(live: Live, name: str, column: str) -> None:
    _, grid = scenarios()
    held = params(live)[name]["value"]
    art, prep = (sorted(grid[f"{one}_coverage_share"].unique()) for one in ("art", "prep"))
    for row in grid.to_dict("records"):
        line = held[row["prep_kind"]][art.index(row["art_coverage_share"])][
            prep.index(row["prep_coverage_share"])
        ]
        year = row["year"] - grid["year"].min()
        assert line[year] == pytest.approx(row[column], rel=1e-4, abs=1e-9)


def test_more_treatment_and_more_prep_never_add_infections(live: Live) -> None:
    for kind in ("injectable", "oral"):
        totals = np.array(params(live)["infections"]["value"][kind])[:, :, -1]
        assert (np.diff(totals, axis=0) < 0).all()
        assert (np.diff(totals, axis=1) < 0).all()


def test_default_draws_the_course_over_the_one_without_prep(live: Live) -> None:
    lines = {line.get_gid(): line for line in live.chart.figure.axes[0].get_lines()}
    assert (lines["as chosen"].get_ydata() <= lines["95% on ART, no PrEP"].get_ydata()).all()
    assert "not a forecast" in live.chart.caption
    said = params(live)["said"]["expr"]
    assert "not a forecast" in said
    assert "new infections per 1,000 people without HIV in " in said
    assert "for every 1,000 people aged 15–49 at the start" in said
    assert "F/TAF pills as taken in PURPOSE 1" in str(live.controls)


def test_there_is_something_to_compare_with_that_stands_still(live: Live) -> None:
    _, grid = scenarios()
    held = params(live)
    assert held["fixed"]["expr"] == "incidence[kind][9][0]", "no param that a slider moves"
    now = grid[(grid["art_coverage_share"] == 0.95) & (grid["prep_coverage_share"] == 0)]
    for kind, rows in now.groupby("prep_kind"):
        fixed = held["incidence"]["value"][kind][9][0]
        assert fixed == pytest.approx(rows[INCIDENCE].to_list(), rel=1e-4)
    assert "with 95% on ART and no PrEP" in held["said"]["expr"]
    assert "dashed line does not move: 95% on ART, no PrEP" in live.chart.caption


def test_scale_holds_every_course_and_stands_still(live: Live) -> None:
    _, grid = scenarios()
    y = live.spec["layer"][0]["encoding"]["y"]
    assert y["axis"]["values"] == [0, 5, 10, 15, 20, 25]
    assert y["scale"]["domain"] == [0, {"expr": "25 * height / (height - 64)"}]
    assert grid[INCIDENCE].max() < live.chart.figure.axes[0].get_ylim()[1] == 25


def test_the_picture_itself_says_that_it_is_no_forecast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(style.FORMATS_VARIABLE, "html,slides")
    live = charts.scenario_explorer(*scenarios())
    for figure in (live.chart.figure, live.chart.talk):
        assert figure is not None
        assert "2040: a what-if, not a forecast" in words(figure)
        assert overlapping(figure) == outside(figure) == []
    assert "2040: a what-if, not a forecast" in json.dumps(live.spec["layer"])


def test_a_grid_with_a_hole_gets_one_sentence() -> None:
    fit, grid = scenarios()
    with pytest.raises(ExplainerError, match="every pair of coverages in every year"):
        charts.scenario_explorer(fit, grid.iloc[1:])
