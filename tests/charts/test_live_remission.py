"""The remission explorer holds the numbers of the models."""

from __future__ import annotations

import numpy as np
import pytest

from explainer import charts
from explainer.science.lasting_remission import remission_outlook
from explainer.science.rebound import (
    DAYS_PER_MONTH,
    ordinary_share,
    rebound_parameters,
    shrunken_share,
)
from explainer.tables import load_rebound_times, load_remission_cases
from tests.charts.live_drawn import params

LIVE = charts.remission_explorer(load_remission_cases(), load_rebound_times())
FITTED = rebound_parameters(load_rebound_times())
HELD = params(LIVE)
DAYS = np.arange(241) * DAYS_PER_MONTH


def test_ordinary_shares_are_those_of_the_model() -> None:
    assert HELD["ordinary"]["value"] == pytest.approx(ordinary_share(DAYS, FITTED), rel=1e-5)


@pytest.mark.parametrize("step", range(1, 7))
def test_shrunken_shares_are_those_of_the_model(step: int) -> None:
    held = HELD["shrunken"]["value"][step - 1]
    assert held == pytest.approx(shrunken_share(DAYS, 10.0**step, FITTED), rel=1e-5, abs=1e-9)


def test_shares_fall_with_time_and_rise_with_the_reduction() -> None:
    shrunken = np.array(HELD["shrunken"]["value"])
    assert (np.diff(shrunken, axis=1) <= 0).all()
    assert (np.diff(shrunken, axis=0) >= 0).all()
    assert (np.diff(HELD["ordinary"]["value"]) <= 0).all()


def test_marseille_at_15_months_is_the_default() -> None:
    row = remission_outlook(15, FITTED).iloc[0]
    assert row["lasting_ordinary"] == pytest.approx(0.972, abs=5e-4)
    assert row["lasting_shrunken"] == pytest.approx(0.681, abs=5e-4)
    assert "97%" in LIVE.chart.title
    assert "68%" in LIVE.chart.title
    table = LIVE.chart.table.set_index("Months without rebound")
    assert table.loc[15].iloc[:2].tolist() == [97.2, 68.1]


def test_default_draws_what_the_models_say() -> None:
    lines = {line.get_gid(): line for line in LIVE.chart.figure.axes[0].get_lines()}
    frame = remission_outlook(np.arange(181), FITTED, priors=[0.5], folds=[1e4])
    for model in ("ordinary", "shrunken"):
        assert lines[model].get_ydata() == pytest.approx(frame[f"lasting_{model}"])
