"""Tables for reading the news and the trials: claims, approaches, trials, parameters, sources."""

from __future__ import annotations

from explainer.tables.columns import (
    SOURCES,
    Column,
    Rule,
    Table,
    checked,
    code,
    count,
    date,
    figure,
    identifier,
    note,
    number,
    sourced,
    text,
    year,
)
from explainer.tables.remission_tables import DOI
from explainer.tables.rules import agrees, ordered, within

# What an approach takes hold of, in the order of the virus's life.
TARGETS = (
    "immune_response", "free_virus", "door", "copying", "hiv_genes", "cells_with_hiv", "not_hiv",
)  # fmt: skip
VERDICTS = ("supported", "imprecise", "contradicted", "unverifiable", "omission")
DOCUMENTS = ("hiv", "car_t")
CLAIM_TYPES = ("number", "date", "rank", "cause", "event", "person", "judgement", "missing")
STATED_UNITS = ("people", "share", "count", "years")
SCORES = ("satisfactory", "not_satisfactory", "not_applicable")


def _acts_on(*, required: bool) -> Column:
    """What an approach takes hold of: one or several of the targets."""
    one = "|".join(TARGETS)
    return code("acts_on", rf"({one})(;({one}))*", ", ".join(TARGETS), required=required)


CLAIMS = Table(
    "claims",
    (
        code("claim_id", r"[HC]\d{2}", "H or C and two digits"),
        text("document", *DOCUMENTS),
        count("cell"),
        text("label"),
        text("claim"),
        text("claim_type", *CLAIM_TYPES),
        note("article_figure"),
        number("stated_value"),
        text("stated_unit", *STATED_UNITS, required=False),
        date("stated_date", required=False),
        text("primary_sources_say"),
        text("verdict", *VERDICTS),
        note("reason"),
        *sourced(more=True),
    ),
    key=("claim_id",),
    label=("claim_id",),
    rules=(
        agrees(
            "document",
            "claim_id",
            lambda claim: "hiv" if str(claim).startswith("H") else "car_t",
            "document fits claim_id",
        ),
        Rule(
            "a stated value has its unit",
            lambda frame: frame["stated_value"].isna() == frame["stated_unit"].isna(),
            lambda row, _: "stated_value and stated_unit are not given together",
        ),
    ),
    references=SOURCES,
)

NEWS_CRITERIA = Table(
    "news_criteria",
    (
        text("document", *DOCUMENTS),
        Column("number", "integer", minimum=1, maximum=10),
        text("criterion"),
        text("question"),
        text("score", *SCORES),
        text("reason"),
        *sourced(more=True),
    ),
    key=("document", "number"),
    label=("document", "criterion"),
    references=SOURCES,
)

CURATIVE_APPROACHES = Table(
    "curative_approaches",
    (
        text("approach"),
        text("mechanism"),
        text("aim", "remission", "other_disease"),
        _acts_on(required=True),
        note("trial"),
        text("stage_trial_id"),
        count("n_treated"),
        text("n_counts", "treated", "stopped_art", "both_arms", required=False),
        count("n_stopped_art"),
        count("n_without_rebound"),
        text("outcome"),
        code("year", r"\d{4}(-\d{4})?", "a year or a span as 2018-2025"),
        checked(),
        note("note"),
        *sourced(more=True),
    ),
    key=("approach",),
    label=("approach",),
    rules=(ordered("n_stopped_art", "n_treated"), ordered("n_without_rebound", "n_stopped_art")),
    references=SOURCES,
)

TRIALS = Table(
    "trials",
    (
        text("trial"),
        text("arm"),
        text("population"),
        text("aim", "prevention", "remission"),
        _acts_on(required=False),
        text("stage"),
        count("n"),
        count("n_evaluable"),
        number("person_years", 0),
        count("n_events"),
        text("event"),
        number("rate_per_100_person_years", 0),
        number("rate_low", 0),
        number("rate_high", 0),
        note("effect"),
        note("comparator"),
        number("value"),
        number("low"),
        number("high"),
        year(),
        checked(),
        note("note"),
        *sourced(more=True),
    ),
    key=("trial", "arm"),
    label=("trial", "arm"),
    rules=(
        ordered("n_events", "n"),
        ordered("n_events", "n_evaluable"),
        ordered("n_evaluable", "n"),
        *within("value", "low", "high"),
        *within("rate_per_100_person_years", "rate_low", "rate_high"),
    ),
    references=SOURCES,
)

MODEL_PARAMETERS = Table(
    "model_parameters",
    (
        text("parameter"),
        text("symbol"),
        figure("value"),
        number("low"),
        number("high"),
        text("unit"),
        checked(),
        note("note"),
        *sourced(),
    ),
    key=("parameter",),
    label=("parameter",),
    rules=within("value", "low", "high"),
    references=SOURCES,
)

SOURCES_TABLE = Table(
    "sources",
    (
        identifier("source_id"),
        text("title"),
        code("language", "[a-z]{2}", "a language as en or fr"),
        note("authors"),
        note("published"),
        code("year", r"\d{4}(-\d{2}(-\d{2})?)?", "a date as 2025 or 2025-07", required=False),
        code("doi", DOI, "a DOI as 10.1000/xyz", required=False),
        code("url", r"https?://\S+", "an address as https://…", required=False),
        note("licence"),
        text("how_read"),
        note("note"),
    ),
    key=("source_id",),
    label=("source_id",),
)

TABLES = (CLAIMS, NEWS_CRITERIA, CURATIVE_APPROACHES, TRIALS, MODEL_PARAMETERS, SOURCES_TABLE)
