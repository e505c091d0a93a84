"""A slip at the analyst's door is answered by one sentence: what, got, expected, remedy."""

from __future__ import annotations

import inspect
import re
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
        (
            lambda: charts.stock_flow(ESTIMATES, "Kenya"),  # type: ignore[misc]
            "stock_flow: the text 'Kenya' is one argument too many; write location='Kenya'",
        ),
        (
            lambda: charts.compared(ESTIMATES, ESTIMATES, "Kenya"),  # type: ignore[misc]
            "compared: the text 'Kenya' is one argument too many; "
            "write indicator='Kenya' or location='Kenya'",
        ),
        (
            lambda: hiv.trend(ESTIMATES, "plhiv", "Kenya", "Uganda"),
            "trend: base_year is the text 'Kenya', expected a whole number; write location='Kenya'",
        ),
        (
            lambda: hiv.region_index(ESTIMATES, 2015),
            "region_index: indicator is the number 2015, expected text; write base_year=2015",
        ),
        (
            lambda: hiv.peak(ESTIMATES, "plhiv", "Kenya", 2010),
            "peak: the number 2010 is one argument too many; "
            "it takes estimates, indicator, location",
        ),
        (
            lambda: hiv.comparison("2024", "2025"),
            "comparison: first is the text '2024', expected a table (DataFrame); "
            "pass load_estimates('2024')",
        ),
        (
            lambda: hiv.conditional_steps(2024),
            "conditional_steps: cascade is the number 2024, expected a table (DataFrame); "
            "pass load_cascade('2024')",
        ),
        (
            lambda: hiv.revisions("2024"),
            "revisions: all_estimates is the text '2024', expected a table (DataFrame); "
            "pass load_estimates('all')",
        ),
        (
            lambda: hiv.lasting_chance("text", 0.5),
            "share is the text 'text', expected a number or a list of numbers; such as [0.1, 0.5]",
        ),
        (
            lambda: hiv.chance_in_mixed_registry(["a"]),
            "chance_in_mixed_registry: pools is a list of 1, expected a list of pairs; see its",
        ),
        (
            lambda: charts.rebound_curves(
                hiv.load_remission_cases(),
                hiv.load_remission_comparisons(),
                hiv.load_rebound_times(),
                folds=["a"],
            ),
            "rebound_curves: folds is a list of 1, expected a list of numbers; "
            "such as (10000.0, 100000.0)",
        ),
        (
            lambda: hiv.load_estimates(unrounded="no"),
            "load_estimates: unrounded is the text 'no', expected True or False; such as False",
        ),
        (
            lambda: hiv.person_time(hiv.load_remission_cases(), months=3),
            "person_time: months is the number 3, expected a dict; see its help()",
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


@pytest.mark.parametrize("extra", ["Kenya", 2010], ids=str)
@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_one_argument_too_many_is_told_where_it_belongs(name: str, extra: object) -> None:
    function = PUBLIC[name]
    if not inspect.isfunction(function):
        return
    parameters = list(inspect.signature(function).parameters.values())
    if any(one.kind is one.VAR_POSITIONAL for one in parameters):
        return
    places = [one for one in parameters if one.kind is not one.KEYWORD_ONLY]
    places = [one for one in places if one.kind is not one.VAR_KEYWORD]
    with pytest.raises(ExplainerError) as said:
        function(*[None for _ in places], extra)
    told = str(said.value)
    assert told.startswith(f"{function.__name__}: the {'text' if extra == 'Kenya' else 'number'} ")
    assert re.search(r"is one argument too many; (write \w+=|it takes )", told)
    takes_a_place = {one.name for one in parameters if one.kind is one.KEYWORD_ONLY} & {"location"}
    assert not (takes_a_place and extra == "Kenya") or "location='Kenya'" in told


def test_live_pictures_begin_where_their_controls_can() -> None:
    frequencies, times = hiv.load_delta32_frequencies(), hiv.load_rebound_times()
    with pytest.raises(ExplainerError, match="n is 7; the samples have 20, 50, 100, 500, 2000"):
        charts.genotype_explorer(frequencies, n=7)
    with pytest.raises(ExplainerError, match="no sample_id 'text'; it has"):
        charts.genotype_explorer(frequencies, sample_id="text")
    with pytest.raises(ExplainerError, match="fold is -1; the control has 10, 100, 1,000"):
        charts.remission_explorer(hiv.load_remission_cases(), times, fold=-1)


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
