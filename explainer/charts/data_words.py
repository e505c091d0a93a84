"""What the data explorer says of a figure: its range, a ceiling, or that none is published."""

from __future__ import annotations

from explainer.charts import vega
from explainer.charts.live import SAID
from explainer.charts.packed import NO_BOUNDS
from explainer.charts.vega import Part, people_of, percent_of, text_of
from explainer.wording import NO_RANGE

NOUNS = {
    "plhiv": "people living with HIV",
    "new_infections": "new HIV infections",
    "aids_deaths": "AIDS-related deaths",
    "on_art": "people on treatment",
    "prevalence_share": "of people aged 15–49 live with HIV",
    "art_coverage_share": "of people living with HIV are on treatment",
}
ABSENT = NOUNS | {
    "prevalence_share": "the share of people aged 15–49 who live with HIV",
    "art_coverage_share": "the share of people living with HIV who are on treatment",
}  # of which no figure is published


def figure_words(value: str) -> str:
    """Expression: a figure as a share or a count."""
    return f"(is_share ? {percent_of(value)} : {people_of(value)})"


def words_at(step: str, estimate: str, low: str, high: str) -> str:
    """Expression: a figure with its range; marks, thresholds and gaps in their own words."""
    plain = (
        f"{figure_words(estimate)} + ' (range ' + {figure_words(low)} + ' to ' + "
        f"{figure_words(high)} + ')'"
    )
    alone = f"{figure_words(estimate)} + ' ({NO_RANGE})'"
    return (
        f"(spoken[{step}] > {NO_BOUNDS} ? phrases[spoken[{step}]] : !isValid({estimate}) ? "
        f"'no figure of ' + absent[key] + ' is published' : spoken[{step}] > 0 ? {alone} : {plain})"
    )


def sentence(first: int) -> list[Part]:
    """The figure of the year chosen, in words; its range stands behind the noun."""
    step, cut = f"year - {first}", "indexof(figure, ' (')"
    noun = f"(spoken[{step}] > 0 || isValid(estimate) ? ' ' + nouns[key] : '')"
    missing = text_of(" Our tables hold no rate for this; the count is shown.")
    return [
        vega.derived("figure", words_at(step, "estimate", "low", "high")),
        vega.derived(SAID, vega.joined(
            "place_words", "', '", "year_words", "': '",
            f"({cut} > 0 ? slice(figure, 0, {cut}) + {noun} + slice(figure, {cut}) : "
            f"figure + {noun})",
            "'.'", f"(measure == 'rate' && !has_rate ? {missing} : '')",
        )),
    ]  # fmt: skip
