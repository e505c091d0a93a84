"""Countries by the names that people give them."""

from __future__ import annotations

import pytest

from explainer.tables.places import COUNTRIES
from explainer.wording import country_code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UK", "GBR"),
        ("U.K.", "GBR"),
        ("united kingdom", "GBR"),
        ("USA", ""),  # a code, which is no name
        ("US", "USA"),
        ("Tanzania", "TZA"),
        ("Vietnam", "VNM"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_name_means_its_country(name: str, code: str) -> None:
    assert country_code(name, COUNTRIES) == code


def test_short_names_mean_codes_of_countries() -> None:
    from explainer.wording.countries import _SHORT

    assert set(_SHORT.values()) <= COUNTRIES
    assert all(name == name.casefold() for name in _SHORT)
