"""What a column or a row measures: indicator, people counted, unit, and how it becomes ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from explainer.tables.epidemic_tables import CONDITIONS

PEOPLE, SHARE, PER_1000 = "people", "share", "per 1000 uninfected"


@dataclass(frozen=True)
class Measure:
    """What a number is: the file's number times ``factor`` is ours."""

    indicator: str
    population: str
    unit: str
    factor: float = 1

    @property
    def denominator(self) -> str:
        """The people a cascade's share is a share of; blank elsewhere."""
        return CONDITIONS.get(self.indicator, "")


# The first that is found names the people; "men" stands in "women", so order matters.
_POPULATIONS = (
    (r"pregnant|mothers|pmtct|effective regimen|mother-to-child", "pregnant women"),
    (r"young women|females?\W+\(?15-24|women\W+\(?15-24", "women 15-24"),
    (r"young men|males?\W+\(?15-24|\bmen\W+\(?15-24", "men 15-24"),
    (r"\(?15-49\)?", "15-49"),
    (r"adults and children|all ages|total population", "all ages"),
    (r"children|0-14", "children 0-14"),
    (r"women|females?", "women 15+"),
    (r"\bmen\b|\bmales?\b", "men 15+"),
    (r"adults|15\+", "adults 15+"),
)
# Published wording to ours; the first that is found wins, so the longer condition stands first.
_INDICATORS = (
    (r"prevalence", "prevalence_share"),
    (r"incidence.*per 100\b", "incidence_per_100"),
    (r"incidence.*per 1,?000\b", "incidence_per_1000"),
    (r"needing antiretrovirals", "pregnant_need_art"),
    (r"pmtct coverage|coverage of pregnant|percent of pregnant", "pregnant_on_art_share"),
    (r"(mothers|pregnant women).*(receiv)", "pregnant_on_art"),
    (r"(deaths|dying).*|mortality \(number\)", "aids_deaths"),
    (r"newly infected|new hiv infections|new infections", "new_infections"),
    (r"(among|of) people on art.*(suppress)", "suppressed_given_art_share"),
    (r"(percent|coverage).*suppress|living with hiv,? .*percent.*suppress", "suppressed_share"),
    (r"(among|of) people who know.*(on art|receiving art)", "on_art_given_status_share"),
    (r"percent.*know their (hiv )?status", "knows_status_share"),
    (r"(percent|coverage).*(on art|receiving (art|antiretroviral))", "art_coverage_share"),
    (r"(art|antiretroviral (therapy|treatment)) coverage", "art_coverage_share"),
    (r"number.*know their (hiv )?status", "know_status"),
    (r"number.*suppress", "suppressed"),
    (r"number.*(on art|receiving (art|antiretroviral))", "on_art"),
    (r"living with hiv", "plhiv"),
)
_NO_COUNT = re.compile(r"%|percent|share|proportion|ratio\b|rate\b|\bper 1|averted|prevented")
_SHARES = frozenset({"prevalence_share", "pregnant_on_art_share", *CONDITIONS})


@lru_cache(maxsize=4096)
def population(words: str) -> str:
    """Give the people a heading or a label speaks of; blank if it names none."""
    plain = _plain(words)
    return next((ours for pattern, ours in _POPULATIONS if re.search(pattern, plain)), "")


@lru_cache(maxsize=4096)
def measure(heading: str) -> Measure | None:
    """Give what a published heading measures; None if it is not known."""
    plain = _plain(heading)
    found = next((ours for pattern, ours in _INDICATORS if re.search(pattern, plain)), None)
    if found is None:
        return None
    if of(found).unit == PEOPLE and _NO_COUNT.search(plain):
        return None  # a rate, a share or deaths that did not happen are no count of people
    return of(found, population(plain) or "all ages")


def of(indicator: str, people: str = "all ages") -> Measure:
    """Give the measure of one of our indicators, its numbers published in percent or counts."""
    if indicator in _SHARES:
        return Measure(indicator, people, SHARE, 0.01)
    if indicator == "incidence_per_100":
        return Measure("incidence_per_1000", people, PER_1000, 10)
    if indicator == "incidence_per_1000":
        return Measure(indicator, people, PER_1000)
    return Measure(indicator, people, PEOPLE)


def unnamed(code: str, words: str, people: str) -> Measure:
    """Give a measure for an indicator that is not known here, under the file's own code."""
    name = re.sub(r"[^a-z0-9]+", "_", (code or words).lower()).strip("_")[:60] or "unnamed"
    plain = words.lower()
    if "%" in plain or "percent" in plain:
        return Measure(name, people, SHARE, 0.01)
    return Measure(name, people, "per 1000" if "per 1000" in plain.replace(",", "") else "number")


def _plain(words: str) -> str:
    """Lower case, one kind of dash, one space at a time."""
    dashed = words.lower().replace("–", "-").replace("—", "-").replace("‑", "-")
    return " ".join(dashed.split())
