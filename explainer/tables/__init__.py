"""The sourced tables: load one, name its source, choose a UNAIDS release."""

from __future__ import annotations

from explainer.tables.citation import bibliography, citation, cite, licence_of, source_line
from explainer.tables.descriptor import freeze_date
from explainer.tables.harmless import harmless
from explainer.tables.indicators import indicators
from explainer.tables.loaders import (
    load_cascade,
    load_claims,
    load_cohorts,
    load_crosschecks,
    load_curative_approaches,
    load_delta32_facts,
    load_delta32_frequencies,
    load_donor_match,
    load_donor_searches,
    load_epidemic_series,
    load_estimates,
    load_facts,
    load_model_parameters,
    load_news_criteria,
    load_rebound_times,
    load_remission_cases,
    load_remission_comparisons,
    load_remission_events,
    load_sources,
    load_targets,
    load_trials,
)
from explainer.tables.releases import (
    check_chapters,
    check_release,
    default_release,
    full_releases,
    releases,
)

__all__ = [
    "bibliography",
    "check_chapters",
    "check_release",
    "citation",
    "cite",
    "default_release",
    "freeze_date",
    "full_releases",
    "harmless",
    "indicators",
    "licence_of",
    "load_cascade",
    "load_claims",
    "load_cohorts",
    "load_crosschecks",
    "load_curative_approaches",
    "load_delta32_facts",
    "load_delta32_frequencies",
    "load_donor_match",
    "load_donor_searches",
    "load_epidemic_series",
    "load_estimates",
    "load_facts",
    "load_model_parameters",
    "load_news_criteria",
    "load_rebound_times",
    "load_remission_cases",
    "load_remission_comparisons",
    "load_remission_events",
    "load_sources",
    "load_targets",
    "load_trials",
    "releases",
    "source_line",
]
