"""What the World Bank's files share: the codes of its HIV indicators and how they are rounded."""

from __future__ import annotations

from explainer.tables.readers import measures
from explainer.tables.readers.cells import Amount, amount
from explainer.tables.readers.measures import Measure
from explainer.tables.readers.places import Place
from explainer.tables.readers.reading import Rows

SOURCE, SLUG = "World Bank, World Development Indicators", "worldbank"
MARKS = ("the marks < and >", "the World Bank drops them: 0.1 may stand for <0.1")
_INDICATORS = {
    "SH.DYN.AIDS.ZS": ("prevalence_share", "15-49"),
    "SH.HIV.1524.FE.ZS": ("prevalence_share", "women 15-24"),
    "SH.HIV.1524.MA.ZS": ("prevalence_share", "men 15-24"),
    "SH.HIV.INCD.TL": ("new_infections", "all ages"),
    "SH.HIV.INCD.14": ("new_infections", "children 0-14"),
    "SH.HIV.INCD.TL.P3": ("incidence_per_1000", "all ages"),
    "SH.HIV.INCD.ZS": ("incidence_per_1000", "15-49"),
    "SH.DYN.AIDS.DH": ("aids_deaths", "all ages"),
    "SH.DYN.AIDS": ("plhiv", "adults 15+"),
    "SH.HIV.0014": ("plhiv", "children 0-14"),
    "SH.HIV.ARTC.ZS": ("art_coverage_share", "all ages"),
    "SH.HIV.PMTC.ZS": ("pregnant_on_art_share", "pregnant women"),
}


def measure(code: str, words: str) -> Measure:
    """Give the measure of a World Bank indicator; one that is not known keeps its code."""
    if code in _INDICATORS:
        return measures.of(*_INDICATORS[code])
    return measures.unnamed(code, words, measures.population(words) or "all ages")


def add(found: Rows, when: int, where: Place, what: Measure, cell: object) -> None:
    """Take one figure; the World Bank's own aggregates are not rounded as UNAIDS rounds."""
    value = amount(cell)
    rounded = isinstance(value, Amount) and (
        round(value.value, 1) == value.value if what.unit == measures.SHARE else True
    )
    found.add(when, where, what, [cell], rounded=rounded)
