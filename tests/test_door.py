"""A slip at the analyst's door is answered by one sentence: what, got, expected, remedy."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import explainer as hiv
from explainer import charts
from explainer.door import checked
from explainer.errors import ExplainerError

ESTIMATES = hiv.load_estimates()
PUBLIC = {name: getattr(hiv, name) for name in hiv.__all__} | {
    f"charts.{name}": getattr(charts, name) for name in charts.__all__
}
TAKES_A_FRAME = sorted(
    name
    for name, function in PUBLIC.items()
    if inspect.isfunction(function)
    and name != "sources"  # takes any number, so none too
    and str(next(iter(inspect.signature(function).parameters.values()), "")).endswith("DataFrame'")
)


@pytest.mark.parametrize(
    ("slip", "sentence"),
    [
        (
            lambda: charts.stock_flow(ESTIMATES, location=2010),  # type: ignore[arg-type]
            "stock_flow: location is the number 2010, expected text; such as 'World'",
        ),
        (
            lambda: hiv.value_in(ESTIMATES, "plhiv", "2010"),
            "value_in: year is the text '2010', expected a whole number; write 2010 without quotes",
        ),
        (
            lambda: hiv.trend(ESTIMATES, "plhiv", location=["Kenya", "Malawi"]),
            "trend: location is a list of 2, expected text; give one at a time",
        ),
        (
            lambda: charts.regions("estimates"),  # type: ignore[arg-type]
            "regions: estimates is the text 'estimates', expected a table (DataFrame); "
            "pass load_estimates()",
        ),
        (
            lambda: hiv.trend(hiv.load_estimates, "plhiv"),
            "trend: estimates is a function, expected a table (DataFrame); pass load_estimates()",
        ),
        (
            lambda: hiv.region_index(ESTIMATES, locations="Kenya"),
            "region_index: locations is the text 'Kenya', expected a list; write ['Kenya']",
        ),
        (
            lambda: hiv.wilson("3", 10),
            "wilson: k is the text '3', expected a whole number; write 3 without quotes",
        ),
        (
            lambda: charts.stock_flow(ESTIMATES, place="Kenya"),  # type: ignore[call-arg]
            "stock_flow: got an unexpected keyword argument 'place'; "
            "it takes estimates, location, since",
        ),
        (lambda: hiv.cite(3), "cite: source is the number 3, expected text or a table (DataFrame)"),
    ],
)
def test_slip_is_answered_by_its_sentence(slip: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(ExplainerError) as said:
        slip()
    assert str(said.value).startswith(sentence)
    assert "\n" not in str(said.value)


@pytest.mark.parametrize("name", TAKES_A_FRAME)
@pytest.mark.parametrize("slip", ["text", 7, None, ["a"], pd.DataFrame({"x": [1]})], ids=repr)
def test_no_frame_of_another_kind_ends_in_a_traceback(name: str, slip: object) -> None:
    function = PUBLIC[name]
    needed = [
        one
        for one in inspect.signature(function).parameters.values()
        if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD
    ]
    with pytest.raises(ExplainerError):
        function(*[slip for _ in needed])


def test_missing_column_is_named_with_the_loader() -> None:
    with pytest.raises(ExplainerError, match=r"ranking: column location_type is missing from "
                       r"estimates; pass load_estimates\(\)"):  # fmt: skip
        hiv.ranking(ESTIMATES.drop(columns="location_type"), "plhiv", 2024)


def test_frames_in_the_wrong_order_are_told_apart() -> None:
    cases, events = hiv.load_remission_cases(), hiv.load_remission_events()
    with pytest.raises(ExplainerError, match="events: column date is missing"):
        hiv.event_months(events, cases)
    with pytest.raises(ExplainerError, match=r"case_i is missing from events; pass load_rem"):
        checked(lambda cases, events: events["case_i"])(cases, events)


def test_fault_of_ours_keeps_its_traceback() -> None:
    def broken(frame: pd.DataFrame, year: int = 2010) -> object:
        return {"a": frame}["b"], year

    with pytest.raises(KeyError):
        checked(broken)(ESTIMATES)
    with pytest.raises(KeyError):
        checked(lambda frame: frame[["location"]]["year"])(ESTIMATES)
    with pytest.raises(ExplainerError, match="column nowhere is missing from frame"):
        checked(lambda frame: frame["nowhere"])(ESTIMATES)


def test_whole_numbers_of_every_kind_are_years() -> None:
    one = hiv.value_in(ESTIMATES, "plhiv", 2010)
    year = ESTIMATES.loc[ESTIMATES["year"] == 2010, "year"].iloc[0]
    assert hiv.value_in(ESTIMATES, "plhiv", year) == one
    assert hiv.value_in(ESTIMATES, "plhiv", 2010.0) == one


@pytest.mark.parametrize(
    ("module", "name", "meant"),
    [
        (hiv, "load_estimate", "load_estimates"),
        (charts, "plhiv_infection", "plhiv_infections_deaths"),
        (hiv, "Trend", "trend"),
    ],
)
def test_misspelt_name_is_answered_by_the_nearest(module: Any, name: str, meant: str) -> None:
    with pytest.raises(AttributeError) as said:
        getattr(module, name)
    assert str(said.value) == (
        f"module {module.__name__!r} has no attribute {name!r}; did you mean {meant}?"
    )
    assert isinstance(said.value, ExplainerError), "a notebook shows the sentence alone"
    assert not hasattr(module, name)
    assert getattr(module, name, None) is None
