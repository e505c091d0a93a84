"""The steps of the cascade."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.science.cascade import (
    cascade_steps,
    suppressed_product,
    treated_by_population,
)
from explainer.science.epidemic import change_since
from explainer.tables import load_cascade, load_estimates, load_targets

share = st.floats(0, 1)


def test_87_89_94_is_72_8_percent_of_all_people_living_with_hiv() -> None:
    assert suppressed_product(0.87, 0.89, 0.94) == pytest.approx(0.728, abs=5e-4)


def test_the_three_95s_are_95_90_25_and_85_74_percent_of_all() -> None:
    table = cascade_steps(load_cascade("2025"), load_targets(), year=2024)
    assert table["target_conditional"].tolist() == [0.95, 0.95, 0.95]
    assert table["target_cumulative"].tolist() == pytest.approx([0.95, 0.9025, 0.8574], abs=5e-5)


def test_world_cascade_of_2024() -> None:
    table = cascade_steps(load_cascade("2025"), load_targets())
    assert table["step"].tolist() == ["knows status", "on treatment", "suppressed"]
    assert table["conditional_share"].tolist() == [0.87, 0.89, 0.94]
    assert table["cumulative_share"].tolist() == [0.87, 0.77, 0.73]
    assert table["product_share"].iloc[-1] == pytest.approx(0.728, abs=5e-4)
    assert (table["low"].iloc[0], table["high"].iloc[0], table["high_mark"].iloc[0]) == (
        0.69,
        0.98,
        ">",
    )
    assert set(table["year"]) == {2024}


def test_women_are_ahead_of_men_in_2024() -> None:
    everyone, targets = load_cascade("2025", population=None), load_targets()
    women, men = (
        cascade_steps(everyone, targets, population=group)["cumulative_share"].tolist()
        for group in ("women 15+", "men 15+")
    )
    assert (women[1], men[1]) == (0.83, 0.73)


@given(share, share, share, share)
def test_a_better_step_never_lowers_the_product(a: float, b: float, c: float, more: float) -> None:
    assert suppressed_product(max(a, more), b, c) >= suppressed_product(a, b, c)
    assert 0 <= suppressed_product(a, b, c) <= min(a, b, c)


def test_a_step_that_is_not_published_leaves_the_product_open() -> None:
    cascade = load_cascade("2025")
    cut = cascade[cascade["indicator"] != "on_art_given_status_share"]
    table = cascade_steps(cut, load_targets(), year=2024)
    assert table["product_share"].isna().tolist() == [False, True, True]
    assert math.isnan(table["conditional_share"].iloc[1])


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        ({"population": "women"}, r"no population 'women'; did you mean"),
        ({"location": "Wrold"}, r"no location 'Wrold'; did you mean World"),
        ({"year": 1999}, r"no figure for 1999"),
    ],
)
def test_unknown_names_get_one_sentence(keywords: dict[str, object], words: str) -> None:
    with pytest.raises(ExplainerError, match=words):
        cascade_steps(load_cascade("2025", population=None), load_targets(), **keywords)


def test_a_percentage_is_not_a_share() -> None:
    with pytest.raises(ExplainerError, match="knows_status is 87"):
        suppressed_product(87, 0.89, 0.94)


def test_treated_of_2024_by_population() -> None:
    treated = treated_by_population(load_cascade("2025", population=None))
    shares = {name: figure.value for name, figure in treated.items()}
    assert shares == {
        "all ages": 0.77, "adults 15+": 0.78, "men 15+": 0.73, "women 15+": 0.83,
        "children 0-14": 0.55,
    }  # fmt: skip
    assert (treated["all ages"].low, treated["all ages"].high) == (0.62, 0.9)
    assert not treated["men 15+"].has_range


def test_release_without_a_split_gives_what_it_has() -> None:
    assert list(treated_by_population(load_cascade("2024", population=None))) == ["all ages"]
    with pytest.raises(ExplainerError, match="1999"):
        treated_by_population(load_cascade("2024", population=None), year=1999)


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (
            lambda: cascade_steps(load_cascade(), load_targets(), location="Kenya"),
            "cascade: no location 'Kenya'; it has no countries, only World, ",
        ),
        (
            lambda: cascade_steps(load_cascade(), load_targets(), population="women"),
            "cascade of World: no population 'women'; it has all ages; "
            "load_cascade(population=None) gives every one that is published",
        ),
        (
            lambda: cascade_steps(load_cascade("all"), load_targets()),
            "expected one; keep one, as load_cascade('2025') does",
        ),
        (
            lambda: change_since(load_cascade("all"), "knows_status_share"),
            "expected one; keep one, as load_cascade('2025') does",
        ),
        (
            lambda: change_since(load_estimates("all"), "plhiv"),
            "keep one, as load_estimates('2025') does, or compare them with revisions()",
        ),
        (
            lambda: change_since(load_cascade(), "plhiv"),
            "cascade: no indicator 'plhiv'; pass load_estimates(), which has it",
        ),
        (
            lambda: change_since(load_estimates(), "knows_status_share"),
            "estimates: no indicator 'knows_status_share'; pass load_cascade(), which has it",
        ),
    ],
)
def test_slip_between_the_tables_of_the_epidemic_is_told(
    ask: Callable[[], object], sentence: str
) -> None:
    with pytest.raises(ExplainerError) as said:
        ask()
    assert sentence in str(said.value)
    assert "revisions()" not in str(said.value) or "load_cascade" not in str(said.value)
