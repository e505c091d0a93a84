"""Countries by the names that people give them: UK, Vietnam, Ivory Coast."""

from __future__ import annotations

from collections.abc import Collection

_SHORT = {
    "america": "USA",
    "britain": "GBR",
    "burma": "MMR",
    "congo-kinshasa": "COD",
    "czech republic": "CZE",
    "dr congo": "COD",
    "drc": "COD",
    "england": "GBR",
    "great britain": "GBR",
    "ivory coast": "CIV",
    "korea": "KOR",
    "rsa": "ZAF",
    "swaziland": "SWZ",
    "turkey": "TUR",
    "uae": "ARE",
    "uk": "GBR",
    "us": "USA",
}


def country_code(name: str, codes: Collection[str]) -> str:
    """``GBR`` for UK, ``VNM`` for Vietnam: which code an English name means; empty for none."""
    from babel import Locale
    from babel.core import get_global

    asked = name.strip().casefold().replace(".", "")
    names = Locale("en").territories
    of_two_letters = get_global("territory_aliases")  # by code of three letters
    for code in codes:
        if [asked] == [names.get(one, "").casefold() for one in of_two_letters.get(code, ())]:
            return code
    return _SHORT.get(asked, "")
