"""Where the published files lie: one table of addresses, each documented by its publisher."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from explainer.errors import ExplainerError

VARIABLE = "EXPLAINER_ADDRESS_"  # EXPLAINER_ADDRESS_UNAIDS names another address, such as a mirror


@dataclass(frozen=True)
class Source:
    """A publisher's file: what it is, and the addresses to try, newest first."""

    name: str
    what: str
    addresses: tuple[str, ...]


SOURCES = {
    one.name: one
    for one in (
        Source(
            "unaids",
            "UNAIDS workbook, HIV estimates with uncertainty bounds",
            (
                "https://www.unaids.org/sites/default/files/2025-07/"
                "HIV_estimates_from_1990-to-2025.xlsx",
                "https://www.unaids.org/sites/default/files/media_asset/"
                "HIV_estimates_from_1990-to-present.xlsx",
            ),
        ),
        Source(
            "aidsinfo",
            "AIDSinfo bulk file, estimates",
            (
                "https://aidsinfo.unaids.org/public/documents/Estimates_2026_en.zip",
                "https://aidsinfo.unaids.org/public/documents/Estimates_2025_en.zip",
            ),
        ),
        Source(
            "who",
            "WHO Global Health Observatory, people living with HIV",
            ("https://ghoapi.azureedge.net/api/HIV_0000000001",),
        ),
        Source(
            "worldbank",
            "World Bank, HIV prevalence at ages 15–49",
            (
                "https://api.worldbank.org/v2/country/all/indicator/SH.DYN.AIDS.ZS"
                "?format=json&per_page=20000",
            ),
        ),
        Source(
            "owid",
            "Our World in Data, HIV prevalence at ages 15–49",
            (
                "https://ourworldindata.org/grapher/share-of-the-population-infected-with-hiv.csv"
                "?v=1&csvType=full&useColumnShortNames=false",
            ),
        ),
    )
}


def addresses_of(name: str, given: Sequence[str] = ()) -> tuple[str, ...]:
    """The addresses of a source: those given, else those of the variable, else the documented.

    Raises
    ------
    ExplainerError
        If no source has that name, or an address is none of the web.
    """
    if name not in SOURCES:
        raise ExplainerError(f"no source {name}; choose {', '.join(SOURCES)}")
    own = os.environ.get(f"{VARIABLE}{name.upper()}", "").split()
    chosen = tuple(given or own or SOURCES[name].addresses)
    for address in chosen:
        if not address.startswith(("https://", "http://")):
            raise ExplainerError(
                f"{address}: is no web address; begin it with https://, or use explainer import"
            )
    return chosen
