"""Names as a sentence needs them: the Philippines, new HIV infections or AIDS-related deaths."""

from __future__ import annotations

from collections.abc import Iterable

from explainer.wording.amounts import Kind
from explainer.wording.phrases import join

# UNAIDS names that English gives an article inside a sentence.
_WITH_ARTICLE = frozenset({"Caribbean", "Congo", "Gambia", "Netherlands", "Philippines", "World"})
_ARTICLE_STARTS = (
    "Bahamas",
    "Central African",
    "Democratic ",
    "Dominican",
    "Middle East",
    "Republic of",
    "Russian Federation",
    "Syrian Arab",
    "United ",
)
_INDICATORS = {
    "plhiv": "people living with HIV",
    "new_infections": "new HIV infections",
    "aids_deaths": "AIDS-related deaths",
    "on_art": "people on treatment",
    "art_coverage_share": "treatment coverage",
    "prevalence_share": "HIV prevalence",
}


def kind_of_unit(unit: object) -> Kind:
    """The kind of words a unit of the tables wants: ``people``, ``share`` or plain ``number``."""
    kinds: dict[object, Kind] = {"people": "people", "share": "share"}
    return kinds.get(unit, "number")


def digits_of(indicator: object) -> int | None:
    """Decimals of a percentage as UNAIDS prints it: prevalence has one, other shares none."""
    return 1 if indicator == "prevalence_share" else None


def the(place: object) -> str:
    """``the Philippines``, ``Eswatini``, ``the world``: a place inside a sentence."""
    name = str(place)
    if name == "World":
        return "the world"
    has_article = name in _WITH_ARTICLE or name.startswith(_ARTICLE_STARTS)
    return f"the {name}" if has_article else name


def indicators(names: str | Iterable[str], word: str = "and") -> str:
    """``new HIV infections and AIDS-related deaths``: indicators of the tables in prose."""
    listed = [names] if isinstance(names, str) else list(names)
    return join([_INDICATORS.get(name, name.replace("_", " ")) for name in listed], word)
