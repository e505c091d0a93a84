"""What can be chosen of a chart follows from its keywords, its frames, or what is given."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pandas as pd
import pytest

import explainer as hiv
from explainer.charts.chart import Chart
from explainer.errors import ExplainerError
from explainer.explore import Explorer
from explainer.explore.choices import Choice, OneOf, Steps, YesNo, choices_of, parameters_of


@pytest.fixture(scope="module")
def estimates() -> pd.DataFrame:
    return hiv.load_estimates()


def named(explorer: Explorer) -> dict[str, Choice]:
    return {choice.name: choice for choice in explorer.choices}


def drawn(
    frame: pd.DataFrame,
    *,
    kind: Literal["count", "rate"] = "rate",
    top: Annotated[int, range(5, 21, 5)] = 15,
    has_range: bool = True,
    share: float = 0.5,
) -> Chart:
    raise NotImplementedError


def test_annotations_say_what_can_be_chosen() -> None:
    found = choices_of(parameters_of(drawn), {"frame": pd.DataFrame()})
    assert found == (
        OneOf("kind", (("count", "count"), ("rate", "rate")), at=1),
        Steps("top", 15, 5, 20, 5),
        YesNo("has_range", start=True),
    )


def test_frames_say_what_can_be_chosen(estimates: pd.DataFrame) -> None:
    choices = named(hiv.explorer(hiv.charts.regions, estimates, indicator="aids_deaths"))
    indicator, year = choices["indicator"], choices["base_year"]
    assert isinstance(indicator, OneOf)
    assert indicator.start == "aids_deaths"
    assert dict(indicator.options)["New HIV infections"] == "new_infections"
    assert set(dict(indicator.options).values()) == set(estimates["indicator"])
    first, last = int(estimates["year"].min()), int(estimates["year"].max())
    assert year == Steps("base_year", 2010, first, last - 1, 1), "nothing moved since the last"


def test_places_stand_from_large_to_small(estimates: pd.DataFrame) -> None:
    place = named(hiv.explorer(hiv.charts.stock_flow, estimates))["location"]
    assert isinstance(place, OneOf)
    names = [value for _, value in place.options]
    kinds = estimates.drop_duplicates("location").set_index("location")["location_type"]
    assert [kinds[name] for name in names] == sorted(
        kinds[names], key=["world", "region", "country"].index
    )
    assert names[0] == place.start == "World"
    assert len(names) == estimates["location"].nunique()


def test_place_may_be_named_by_its_code(estimates: pd.DataFrame) -> None:
    explorer = hiv.explorer(hiv.charts.stock_flow, estimates, location="KEN")
    assert named(explorer)["location"].start == "KEN"
    assert explorer.chart.title.startswith("Kenya")


@pytest.mark.parametrize(
    ("given", "choice"),
    [
        ([0.1, 0.5], OneOf("share", (("0.1", 0.1), ("0.5", 0.5)), at=1)),
        ([10, 20_000], OneOf("share", (("10", 10), ("20,000", 20_000)), at=0)),
        ({"half": 0.5, "all": 1.0}, OneOf("share", (("half", 0.5), ("all", 1.0)), at=0)),
        ((0.2, 0.4, 0.1), Steps("share", 0.4, 0.2, 0.4, 0.1)),
        ((0.0, 1.0), Steps("share", 0.5, 0.0, 1.0, 0.01)),
        ((0, 3), Steps("share", 0.5, 0, 3, 1)),
        (range(1, 9, 2), Steps("share", 7, 1, 7, 2)),
    ],
)
def test_what_is_given_comes_first(given: object, choice: Choice) -> None:
    found = choices_of(parameters_of(drawn), {"frame": pd.DataFrame(), "share": given})
    assert found[-1] == choice


def test_single_value_is_where_a_choice_begins() -> None:
    found = choices_of(parameters_of(drawn), {"kind": "count", "top": 5, "has_range": False})
    assert [choice.start for choice in found] == ["count", 5, False]


def test_frames_can_be_chosen_too(estimates: pd.DataFrame) -> None:
    newest, older = estimates, hiv.load_estimates("2024")
    frames = {"newest": newest, "2024 release": older}
    explorer = hiv.explorer(hiv.charts.stock_flow, estimates=frames, location="Kenya")
    assert [choice.name for choice in explorer.choices] == ["estimates"]
    assert explorer.choices[0].start is newest
    assert explorer.choose(estimates=older).table.shape != explorer.choose().table.shape


@pytest.mark.parametrize(
    ("frames", "choices", "sentence"),
    [
        ((), {}, "regions needs estimates; give it too"),
        ((1, 2), {}, "regions takes estimates first, and 2 were given"),
        ((1,), {"place": "Kenya"}, "regions has no choice place; its choices are indicator and"),
        ((1,), {"indicator": []}, "indicator has nothing to choose from"),
        (
            (1,),
            {"base_year": (2010, 2000)},
            "from 2010 to 2000 in steps of 1, which leaves nothing",
        ),
        ((1,), {"base_year": ("first", "last")}, "a tuple must be lowest, highest and step"),
        ((1,), {}, "regions has nothing to choose"),
    ],
)
def test_what_cannot_be_chosen_is_said(
    frames: tuple[Any, ...], choices: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ExplainerError, match=f"explorer: .*{sentence}"):
        hiv.explorer(hiv.charts.regions, *frames, **choices)


@pytest.mark.parametrize(
    ("chart", "choices", "sentence"),
    [
        (hiv.charts.regions, {"indicator": ["plhiv", "plhvi"]}, "no indicator 'plhvi'; did you"),
        (hiv.charts.regions, {"indicator": {"All": "plhiv", "?": "xx"}}, "no indicator 'xx'; it"),
        (hiv.charts.stock_flow, {"location": ["World", "Kenia"]}, "no location 'Kenia'; did you"),
    ],
)
def test_name_that_the_frame_does_not_hold_is_refused_at_once(
    estimates: pd.DataFrame, chart: Any, choices: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ExplainerError, match=f"^explorer: {sentence}"):
        hiv.explorer(chart, estimates, **choices)


def test_places_to_choose_from_may_be_codes(estimates: pd.DataFrame) -> None:
    explorer = hiv.explorer(hiv.charts.stock_flow, estimates, location=["KEN", "World"])
    assert explorer.choose(location="KEN").title.startswith("Kenya")


def test_chart_in_place_of_its_function_is_told_apart(estimates: pd.DataFrame) -> None:
    chart: Any = hiv.charts.regions(estimates)
    with pytest.raises(ExplainerError, match="first argument is a Chart, not a chart function"):
        hiv.explorer(chart, estimates)
