"""What every live picture promises, and the parts they are made of."""

from __future__ import annotations

import inspect
import json
import re
from functools import cache

import altair as alt
import pandas as pd
import pytest

from explainer import charts
from explainer.charts import style, vega
from explainer.charts.chart import CHART_MIME
from explainer.charts.live import SAID, Choice, Live, Slider
from explainer.charts.vega import SCHEMA
from explainer.publish.report import LIVE
from explainer.science.transmission_fit import Fit, fit_transmission
from explainer.science.transmission_grid import art_prep_scenarios
from explainer.tables import (
    load_delta32_frequencies,
    load_donor_match,
    load_epidemic_series,
    load_estimates,
    load_model_parameters,
    load_rebound_times,
    load_remission_cases,
)
from tests.charts.live_drawn import addresses, params


@cache
def scenarios() -> tuple[Fit, pd.DataFrame]:
    """The fitted model and its grid, made once."""
    table = load_model_parameters()
    fit = fit_transmission(load_epidemic_series(), table)
    return fit, art_prep_scenarios(fit, table)


MADE = {
    "remission_explorer": lambda: charts.remission_explorer(
        load_remission_cases(), load_rebound_times()
    ),
    "donor_explorer": lambda: charts.donor_explorer(load_donor_match(), load_delta32_frequencies()),
    "tub_explorer": lambda: charts.tub_explorer(load_estimates()),
    "data_explorer": lambda: charts.data_explorer(load_estimates()),
    "scenario_explorer": lambda: charts.scenario_explorer(*scenarios()),
    "genotype_explorer": lambda: charts.genotype_explorer(load_delta32_frequencies()),
}


@cache
def made(name: str) -> Live:
    return MADE[name]()


@pytest.fixture(params=MADE)
def live(request: pytest.FixtureRequest) -> Live:
    return made(request.param)


def test_every_explorer_is_tried_here() -> None:
    given = {name: inspect.signature(getattr(charts, name)) for name in charts.__all__}
    offered = [name for name, one in given.items() if one.return_annotation == "Live"]
    assert sorted(offered) == sorted(MADE)


def test_spec_is_vega_lite(live: Live) -> None:
    alt.Chart.from_dict(json.loads(json.dumps(live.spec)), validate=True)
    assert live.spec["$schema"] == SCHEMA


def test_spec_names_no_address_but_its_schema(live: Live) -> None:
    assert addresses(live) == {SCHEMA}


def test_same_call_gives_same_bytes() -> None:
    first, second = (MADE["remission_explorer"]() for _ in range(2))
    assert first.html(first.chart.svg()) == second.html(second.chart.svg())


def test_each_control_moves_a_param_and_begins_within_its_reach(live: Live) -> None:
    known = params(live)
    assert SAID in known
    for control in live.controls:
        assert control.label
        assert "value" in known[control.name]
        if isinstance(control, Slider):
            assert control.low <= control.value <= control.high
            steps = (control.value - control.low) / control.step
            assert steps == pytest.approx(round(steps))
        elif isinstance(control, Choice):
            assert control.value in dict(control.options)


def test_no_param_is_named_twice(live: Live) -> None:
    assert len(params(live)) == len(live.spec["params"])


def test_default_state_is_a_whole_chart(live: Live) -> None:
    assert 20 < len(live.chart.alt) <= 250
    numbers = set(re.findall(r"\d[\d,.]*\d|\d", live.chart.alt))
    cells = " ".join(map(str, live.chart.table.to_numpy().ravel()))
    assert any(number.replace(",", "") in cells for number in numbers)
    assert live.chart.name in {name.replace("_", "-") for name in MADE}


def test_page_without_script_shows_the_default_and_hides_the_controls(live: Live) -> None:
    bundle = live._repr_mimebundle_()
    html = str(bundle["text/html"])
    assert html.startswith(LIVE), "a page knows it by this"
    assert html.index("<svg") < html.index('<div class="panel" hidden>')
    assert f'<p class="{SAID}" aria-live' in html
    held = re.search(r'<script type="application/json" class="spec">(.*?)</script>', html, re.S)
    assert held is not None
    assert json.loads(held.group(1)) == json.loads(json.dumps(live.spec))
    assert bundle[CHART_MIME]["name"] == live.chart.name  # type: ignore[index]


def test_a_slide_has_its_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(style.FORMATS_VARIABLE, "html,slides")
    assert MADE["remission_explorer"]().chart.talk is not None


def test_words_cannot_end_the_script_element() -> None:
    chart = made("remission_explorer").chart
    live = Live(chart, (), {"title": "</script><b>", "params": []})
    assert "</script><b>" not in live.html("<svg></svg>")


def test_default_can_be_saved(live: Live, tmp_path) -> None:
    text = live.save(tmp_path / "numbers.csv").read_text(encoding="utf-8")
    assert text.startswith("# ")


def test_numbers_are_short_and_finite() -> None:
    assert vega.rounded([1 / 3, 2e9, float("inf")], 3) == [0.333, 2e9, 0.0]
