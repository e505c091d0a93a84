"""A tub fills while the tap runs faster than the drain."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.science.tub import tub_levels, years_until_empty

PEOPLE = st.integers(0, 10_000_000)


@given(level=PEOPLE, inflow=PEOPLE, outflow=PEOPLE)
def test_gap_between_the_flows_decides_the_direction(level: int, inflow: int, outflow: int) -> None:
    now, later = tub_levels(level, inflow, outflow, [0, 1])
    assert now == level
    assert later == max(level + inflow - outflow, 0)
    assert (later > now) == (inflow > outflow)


def test_falling_inflow_still_fills_the_tub_while_it_is_above_the_outflow() -> None:
    assert tub_levels(40e6, 1.3e6, 0.9e6, 25)[()] == pytest.approx(50e6)
    assert years_until_empty(40e6, 1.3e6, 0.9e6) == math.inf


def test_tub_is_empty_after_the_years_it_takes_and_stays_so() -> None:
    years = years_until_empty(40e6, 0, 2e6)
    assert years == 20
    assert tub_levels(40e6, 0, 2e6, [19, 20, 30]) == pytest.approx([2e6, 0, 0])


@pytest.mark.parametrize("wrong", [(-1, 0, 0, 1), (1, -1, 0, 1), (1, 0, -1, 1), (1, 0, 0, -1)])
def test_wrong_input_gets_one_sentence(wrong: tuple[float, float, float, float]) -> None:
    with pytest.raises(ExplainerError, match="a tub needs a level, flows and years"):
        tub_levels(*wrong)
