"""Names as a sentence needs them."""

from __future__ import annotations

import pytest

from explainer import wording
from explainer.tables import load_estimates


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Eswatini", "Eswatini"),
        ("Cote d'Ivoire", "Cote d'Ivoire"),
        ("Philippines", "the Philippines"),
        ("Congo", "the Congo"),
        ("Democratic Republic of the Congo", "the Democratic Republic of the Congo"),
        ("United Republic of Tanzania", "the United Republic of Tanzania"),
        ("United Kingdom", "the United Kingdom"),
        ("Middle East and North Africa", "the Middle East and North Africa"),
        ("World", "the world"),
    ],
)
def test_place_stands_in_a_sentence(name: str, words: str) -> None:
    assert wording.the(name) == words


def test_only_few_countries_take_an_article() -> None:
    estimates = load_estimates()
    countries = estimates.loc[estimates["location_type"] == "country", "location"].unique()
    with_article = {name for name in countries if wording.the(name).startswith("the ")}
    assert with_article == {
        "Congo",
        "Democratic Republic of the Congo",
        "Philippines",
        "United Kingdom",
        "United Republic of Tanzania",
    }


def test_indicators_are_words() -> None:
    assert wording.indicators("plhiv") == "people living with HIV"
    assert wording.indicators(["new_infections", "art_coverage_share", "prevalence_share"]) == (
        "new HIV infections, treatment coverage and HIV prevalence"
    )
    assert wording.indicators(["plhiv", "aids_deaths"], "or") == (
        "people living with HIV or AIDS-related deaths"
    )


def test_every_indicator_of_the_tables_has_words() -> None:
    for name in load_estimates()["indicator"].unique():
        assert wording.indicators(name) != name.replace("_", " ")
