"""Charts: one picture a file; each function takes frames and returns a Chart."""

from typing import TYPE_CHECKING

from explainer.charts.approaches import approaches
from explainer.charts.art_and_deaths import art_and_deaths
from explainer.charts.art_prep_scenarios import art_prep_scenarios
from explainer.charts.beside_world import beside_world
from explainer.charts.cascade import cascade
from explainer.charts.chart import Chart
from explainer.charts.compared import compared
from explainer.charts.count_and_rate import count_and_rate
from explainer.charts.country_place import country_place
from explainer.charts.data_explorer import data_explorer
from explainer.charts.delta32_by_ancestry import delta32_by_ancestry
from explainer.charts.delta32_by_country import delta32_by_country
from explainer.charts.delta32_zero_counts import delta32_zero_counts
from explainer.charts.donor_chance import donor_chance
from explainer.charts.donor_explorer import donor_explorer
from explainer.charts.donor_gap import donor_gap
from explainer.charts.donors_to_type import donors_to_type
from explainer.charts.genotype_explorer import genotype_explorer
from explainer.charts.homozygotes_expected import homozygotes_expected
from explainer.charts.incidence_prevalence import incidence_prevalence
from explainer.charts.lasting_remission import lasting_remission
from explainer.charts.model_ablations import model_ablations
from explainer.charts.model_against_data import model_against_data
from explainer.charts.model_tornado import model_tornado
from explainer.charts.no_art_counterfactual import no_art_counterfactual
from explainer.charts.plhiv_infections_deaths import plhiv_infections_deaths
from explainer.charts.rebound_curves import rebound_curves
from explainer.charts.regions import regions
from explainer.charts.registry_size import registry_size
from explainer.charts.remission_calendar import remission_calendar
from explainer.charts.remission_comparison import remission_comparison
from explainer.charts.remission_explorer import remission_explorer
from explainer.charts.remission_swimmer import remission_swimmer
from explainer.charts.revisions import revisions
from explainer.charts.scenario_explorer import scenario_explorer
from explainer.charts.stock_flow import stock_flow
from explainer.charts.transplanted import transplanted
from explainer.charts.trial_forest import trial_forest
from explainer.charts.tub_explorer import tub_explorer
from explainer.charts.verdict_strip import verdict_strip
from explainer.near import UnknownNameError

# The functions carry their modules' names; imported here, the names mean the functions.
__all__ = [
    "Chart",
    "approaches",
    "art_and_deaths",
    "art_prep_scenarios",
    "beside_world",
    "cascade",
    "compared",
    "count_and_rate",
    "country_place",
    "data_explorer",
    "delta32_by_ancestry",
    "delta32_by_country",
    "delta32_zero_counts",
    "donor_chance",
    "donor_explorer",
    "donor_gap",
    "donors_to_type",
    "genotype_explorer",
    "homozygotes_expected",
    "incidence_prevalence",
    "lasting_remission",
    "model_ablations",
    "model_against_data",
    "model_tornado",
    "no_art_counterfactual",
    "plhiv_infections_deaths",
    "rebound_curves",
    "regions",
    "registry_size",
    "remission_calendar",
    "remission_comparison",
    "remission_explorer",
    "remission_swimmer",
    "revisions",
    "scenario_explorer",
    "stock_flow",
    "transplanted",
    "trial_forest",
    "tub_explorer",
    "verdict_strip",
]


def __dir__() -> list[str]:
    return sorted(__all__)


if not TYPE_CHECKING:  # to the type checker a name that does not exist stays an error

    def __getattr__(name):
        raise UnknownNameError("explainer.charts", name, __all__)
