"""Results show themselves in words; a programmer still gets the plain repr."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

import explainer as hiv
from explainer import science
from explainer.wording import Told

ESTIMATES = hiv.load_estimates("2025")
CASES, COMPARISONS = hiv.load_remission_cases(), hiv.load_remission_comparisons()


@pytest.mark.parametrize(
    ("indicator", "location", "words"),
    [
        ("plhiv", "World", "40.8 million people (37.0–45.6 million)"),
        ("art_coverage_share", "World", "77% (62–90%)"),
        ("aids_deaths", "Norway", "fewer than 100 people"),
    ],
)
def test_figure_is_a_phrase_with_its_range(indicator: str, location: str, words: str) -> None:
    figure = hiv.value_in(ESTIMATES, indicator, 2024, location)
    assert figure._repr_html_() == f"<p>{words}</p>"
    assert repr(figure).startswith("Estimate(value=")


def test_units_that_are_words_are_said_and_no_others() -> None:
    nan = float("nan")
    assert hiv.Estimate(2018, unit="year")._repr_html_() == "<p>2018</p>"
    assert hiv.Estimate(nan, unit="people")._repr_html_() == "<p>not known</p>"
    assert hiv.Estimate(6, 5, 8, "days")._repr_html_() == "<p>6 days (5–8)</p>"
    assert hiv.Estimate(0.8, 0.1, float("inf"), "ratio")._repr_html_() == "<p>0.8</p>"


def test_change_names_place_years_and_both_figures() -> None:
    shown = parts(hiv.change_since(ESTIMATES, "new_infections"))
    assert shown["Place"] == "the world"
    assert shown["Indicator"] == "new HIV infections"
    assert (shown["Base year"], shown["Year"], shown["Direction"]) == ("2010", "2024", "fell")
    assert shown["Last figure"] == "1.3 million people (1.0–1.7 million)"
    assert shown["Difference"] == "0.9 million fewer"
    coverage = hiv.change_since(ESTIMATES, "art_coverage_share", location="Kenya")
    assert parts(coverage)["Difference"] == "56 percentage points higher"


def test_place_in_a_list_is_told_with_the_digits_of_its_indicator() -> None:
    shown = parts(hiv.place(ESTIMATES, "Eswatini"))
    assert shown["Rate"] == (
        "figure 23.4% (22.9–23.8%); rank 1; 41 countries ranked; "
        "0 more with the same figure; 2 printed only as a limit; the highest is Eswatini"
    )
    assert "; rank 28; 43 countries ranked; 2 more with the same figure; " in shown["Count"]
    assert shown["Count"].startswith("figure 220,000 people (")


def test_shares_by_population_are_a_small_table() -> None:
    treated = hiv.treated_by_population(hiv.load_cascade("2025", population=None))
    shown = parts(treated)
    assert shown["All ages"] == "77% (62–90%)"
    assert shown["Men 15+"] == "73%"
    assert list(treated) == [name[0].lower() + name[1:] for name in shown]


@pytest.mark.parametrize(
    "result",
    [
        lambda: hiv.peak(ESTIMATES, "new_infections"),
        lambda: hiv.course(ESTIMATES, "art_coverage_share", "Norway"),
        lambda: hiv.place(ESTIMATES, "Kenya"),
        lambda: hiv.balance(ESTIMATES, "Kenya"),
        lambda: hiv.profile(ESTIMATES, "Kenya"),
        lambda: hiv.comparison(hiv.load_estimates("2024"), ESTIMATES, "Kenya"),
        lambda: hiv.gaps(ESTIMATES, "Norway")[0],
        lambda: hiv.target_gap(hiv.value_in(ESTIMATES, "new_infections"), 370_000),
        lambda: hiv.revised_headline(hiv.load_estimates("all"), "2025"),
        lambda: hiv.conditional_steps(hiv.load_cascade()),
        lambda: hiv.summarise_person_time(CASES),
        lambda: hiv.fisher_by_donor(CASES, COMPARISONS),
        lambda: hiv.rebound_parameters(hiv.load_rebound_times()),
        lambda: hiv.hardy_weinberg(1, 10, 89),
        lambda: hiv.check_share(0.5, 3, 10),
        lambda: hiv.two_arms(hiv.load_trials(), "RIO"),
    ],
)
def test_every_result_is_a_small_table_without_code(result: Callable[[], Any]) -> None:
    shown = result()._repr_html_()
    assert shown.startswith("<table><caption>")
    assert not re.search(r"\w+\(\w+=|\bnan\b|\bNone\b|\bTrue\b|\bFalse\b|``", shown)
    assert all(parts(result()).values())


def test_reader_of_a_page_sees_words_where_the_notebook_shows_a_result() -> None:
    from IPython.core.formatters import DisplayFormatter

    from explainer.publish.outputs import output_html

    figure = hiv.value_in(ESTIMATES, "plhiv")
    data, _ = DisplayFormatter().format(figure)
    output = {"output_type": "execute_result", "data": data, "metadata": {}}
    shown = output_html(output, {"id": "figure"}, set())
    assert shown == "<p>40.8 million people (37.0–45.6 million)</p>"


def test_every_result_class_of_science_is_told() -> None:
    modules = [
        import_module(f"explainer.science.{one.name}") for one in iter_modules(science.__path__)
    ]
    results = {
        thing
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type) and dataclasses.is_dataclass(thing)
    }
    assert len(results) > 25
    assert [one.__name__ for one in results if not issubclass(one, Told)] == []


def parts(result: Any) -> dict[str, str]:
    """What a result's table says, row by row."""
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', result._repr_html_())
    return dict(rows)
