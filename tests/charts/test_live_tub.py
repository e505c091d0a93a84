"""The tub explorer begins at the published figures and adds up from there."""

from __future__ import annotations

import numpy as np
import pytest

from explainer import charts
from explainer.charts.live import Slider
from explainer.charts.tub_explorer import HORIZON, MOST
from explainer.science.epidemic import series
from explainer.science.tub import tub_levels
from explainer.tables import load_estimates
from tests.charts.live_drawn import params

ESTIMATES = load_estimates()
LIVE = charts.tub_explorer(ESTIMATES)


def test_tap_and_drain_begin_at_what_explains_the_last_change() -> None:
    held = params(LIVE)
    assert held["start"]["value"] == 40_800_000
    assert held["inflow"]["value"] == 1_300_000
    assert held["outflow"]["value"] == 900_000
    assert "50.8 million in 2049" in LIVE.chart.title


def test_published_line_ends_where_the_arithmetic_begins() -> None:
    lines = {line.get_gid(): line for line in LIVE.chart.figure.axes[0].get_lines()}
    published, dashed = lines["published"], lines["arithmetic"]
    assert published.get_ydata() == pytest.approx(series(ESTIMATES, "plhiv")["estimate"])
    assert dashed.get_ydata() == pytest.approx(
        tub_levels(40.8e6, 1.3e6, 0.9e6, np.arange(HORIZON + 1))
    )
    assert published.get_xydata()[-1] == pytest.approx(dashed.get_xydata()[0])


def test_it_says_that_it_is_no_forecast() -> None:
    assert "not a forecast" in LIVE.chart.title
    assert "not a forecast" in LIVE.chart.caption
    assert "not a forecast" in params(LIVE)["said"]["expr"]


def test_drain_is_never_so_wide_that_nobody_is_left() -> None:
    tap, drain = LIVE.controls
    assert isinstance(tap, Slider)
    assert isinstance(drain, Slider)
    assert (tap.low, tap.high, drain.low, drain.high) == (0, MOST, 0, 1_600_000)
    assert tub_levels(40.8e6, 0, drain.high, HORIZON) > 0
    assert '(outflow > 900000 ? " A wider drain means more deaths."' in params(LIVE)["said"]["expr"]
