"""HIV epidemiology, explained with its numbers.

The public names, in story order: load a table, compute, draw, say.  Naming one loads only
the module it lives in.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from explainer.near import UnknownNameError

_HOME = {
    # tables: sourced rows
    "load_estimates": "tables",
    "load_cascade": "tables",
    "load_targets": "tables",
    "load_remission_cases": "tables",
    "load_remission_events": "tables",
    "load_remission_comparisons": "tables",
    "load_cohorts": "tables",
    "load_rebound_times": "tables",
    "load_delta32_frequencies": "tables",
    "load_delta32_facts": "tables",
    "load_donor_match": "tables",
    "load_donor_searches": "tables",
    "load_claims": "tables",
    "load_news_criteria": "tables",
    "load_curative_approaches": "tables",
    "load_trials": "tables",
    "load_model_parameters": "tables",
    "load_epidemic_series": "tables",
    "load_crosschecks": "tables",
    "load_facts": "tables",
    "load_sources": "tables",
    "cite": "tables",
    "indicators": "tables",
    "default_release": "tables",
    "releases": "tables",
    # science: the epidemic
    "value_in": "science.epidemic",
    "latest_year": "science.epidemic",
    "series": "science.epidemic",
    "trend": "science.epidemic",
    "change_since": "science.epidemic",
    "peak": "science.epidemic",
    "stock_and_flow": "science.flow",
    "incidence_prevalence_ratio": "science.flow",
    "infections_per_aids_death": "science.flow",
    "art_against_deaths": "science.flow",
    "cascade_steps": "science.cascade",
    "conditional_steps": "science.cascade",
    "treated_by_population": "science.cascade",
    "suppressed_product": "science.cascade",
    "target_gap": "science.targets",
    "target_gaps": "science.targets",
    "region_index": "science.places",
    "region_changes": "science.regions",
    "furthest": "science.regions",
    "count_and_rate": "science.places",
    "place": "science.places",
    "ranking": "science.places",
    "course": "science.profile",
    "profile": "science.profile",
    "countries": "science.profile",
    "gaps": "science.gaps",
    "balance": "science.flow",
    "revisions": "science.revisions",
    "headline_by_release": "science.revisions",
    "revised_headline": "science.revisions",
    "compare_releases": "science.compare",
    "comparison": "science.compare_place",
    # science: remission
    "months_between": "science.person_time",
    "person_time": "science.person_time",
    "summarise_person_time": "science.person_time",
    "person_time_sensitivities": "science.person_time",
    "remission_lanes": "science.remission",
    "event_months": "science.remission",
    "fisher_by_donor": "science.remission",
    "later_cases": "science.remission",
    "rebound_parameters": "science.rebound",
    "ordinary_share": "science.rebound",
    "shrunken_share": "science.rebound",
    "fold_for_wait": "science.rebound",
    "implied_reductions": "science.rebound",
    "rebound_checks": "science.rebound",
    "lasting_chance": "science.lasting_remission",
    "remission_outlook": "science.lasting_remission",
    "outlook_by_case": "science.lasting_remission",
    "transplanted": "science.transplanted",
    "fact": "science.facts",
    # science: genetics, donors, intervals
    "allele_frequency": "science.genetics",
    "genotype_shares": "science.genetics",
    "allele_from_homozygotes": "science.genetics",
    "carriers_per_homozygote": "science.genetics",
    "hardy_weinberg": "science.genetics",
    "with_missing_homozygotes": "science.genetics",
    "hardy_weinberg_table": "science.genetics",
    "population_samples": "science.genetics",
    "with_intervals": "science.genetics",
    "zero_counts": "science.genetics",
    "zero_allele_upper": "science.genetics",
    "donors_to_type": "science.donors",
    "donor_pools": "science.donors",
    "chance_of_donor": "science.donors",
    "chance_in_mixed_registry": "science.donors",
    "chance_of_match": "science.matching",
    "chance_of_matched_donor": "science.matching",
    "registry_size_for": "science.matching",
    "shape_for": "science.matching",
    "sibling_chance": "science.matching",
    "matched_ancestries": "science.ancestries",
    "donor_chances": "science.ancestries",
    "donor_gaps": "science.ancestries",
    "donors_needed": "science.ancestries",
    "fitted_shape": "science.ancestries",
    "Estimate": "science.intervals",
    "wilson": "science.intervals",
    "clopper_pearson": "science.intervals",
    "rule_of_three": "science.intervals",
    "zero_event_upper": "science.intervals",
    "zero_count_upper": "science.intervals",
    # science: trials
    "event_rate": "science.trials",
    "trial_rates": "science.trials",
    "trial_shares": "science.trials",
    "two_arms": "science.trials",
    "ratio_to_background": "science.trials",
    "reduction_between_arms": "science.trials",
    "equal_rates_p": "science.trials",
    "evidence": "science.evidence",
    # science: reading the news
    "Evidence": "science.claims_evidence",
    "check_claims": "science.claims",
    "check_share": "science.claims",
    "contradictions": "science.claims",
    "verdict_cells": "science.claims",
    "on_sheet": "science.claims",
    "answer_key": "science.claims_card",
    "source_card": "science.claims_card",
    "sheet_groups": "science.claims_groups",
    "worksheet": "science.claims",
    # science: the teaching model of transmission
    "fit_transmission": "science.transmission_fit",
    "against_published": "science.transmission_fit",
    "judge": "science.transmission_verdict",
    "survey_points": "science.transmission_surveys",
    "against_surveys": "science.transmission_surveys",
    "ablations": "science.transmission_scenarios",
    "judge_each": "science.transmission_scenarios",
    "tornado": "science.transmission_scenarios",
    "without_art": "science.transmission_scenarios",
    "held_coverage": "science.transmission_scenarios",
    "art_prep_scenarios": "science.transmission_grid",
    "made_up_by_prep": "science.transmission_grid",
    "critical_suppression": "science.transmission",
    # charts: one picture each, as charts.stock_flow(...)
    "charts": "charts",
    "Chart": "charts.chart",
    # explore: a chart with its choices as controls
    "explorer": "explore",
    # narrative: prose with live numbers
    "say": "narrative",
    "glossary": "narrative",
    "card": "narrative.card",
    "sources": "narrative.sources",
    "item": "narrative.quiz",
    "quiz": "narrative.quiz",
    "lesson_plan": "narrative.lesson_plan",
    "ExplainerError": "errors",
}
__all__ = list(_HOME)


def __getattr__(name: str) -> Any:
    """Load the module a public name lives in, the first time it is asked for."""
    if name not in _HOME:
        raise UnknownNameError("explainer", name, _HOME)
    module = import_module(f"explainer.{_HOME[name]}")
    value = module if _HOME[name] == name else getattr(module, name)
    if callable(value) and not isinstance(value, type):
        value = import_module("explainer.door").checked(value)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
