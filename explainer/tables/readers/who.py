"""What both files of the WHO Global Health Observatory share: indicator codes and value texts."""

from __future__ import annotations

import re

from explainer.tables.readers import measures
from explainer.tables.readers.measures import Measure

SOURCE, SLUG = "WHO Global Health Observatory", "who_gho"
_INDICATORS = {
    "HIV_0000000001": ("plhiv", "all ages"),
    "HIV_0000000026": ("new_infections", "all ages"),
    "HIV_0000000006": ("aids_deaths", "all ages"),
    "HIV_0000000009": ("on_art", "all ages"),
    "HIV_ARTCOVERAGE": ("art_coverage_share", "all ages"),
    "MDG_0000000029": ("prevalence_share", "15-49"),
}
_EVERYBODY = ("SEX_BTSX", "BTSX", "BOTH SEXES", "TOTAL", "AGEGROUP_ALL", "ALL AGES")
_RANGE = re.compile(r"([^\[\]]*)\[([^\[\]–-]*)[–-]([^\[\]–-]*)\]")


def measure(code: str, words: str, people: str = "") -> Measure:
    """Give the measure of a WHO indicator; one that is not known keeps its code."""
    if code in _INDICATORS:
        name, usual = _INDICATORS[code]
        return measures.of(name, people or usual)
    return measures.unnamed(code, words, people or measures.population(words) or "all ages")


def is_known(code: str) -> bool:
    """Whether an indicator has a name here."""
    return code in _INDICATORS


def people(*dimensions: str) -> str:
    """Give the people that further dimensions name together; blank for everybody."""
    known = {"SEX_MLE": "men", "SEX_FMLE": "women", **dict.fromkeys(_EVERYBODY, "")}
    named = [
        known.get(one.upper(), " ".join(one.lower().replace("_", " ").split())[:40])
        for one in dimensions
    ]
    return ", ".join(filter(None, named))


def cells(value: str) -> list[str]:
    """Give estimate, low and high of ``320 000 [280 000 - 380 000]``."""
    parts = _RANGE.fullmatch(value.strip())
    return [part.strip() for part in parts.groups()] if parts else [value]
