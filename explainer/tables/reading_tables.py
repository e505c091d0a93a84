"""Tables for reading the news and the trials: claims, approaches, trials, parameters, sources."""

from __future__ import annotations

from explainer.tables.columns import (
    SOURCES,
    Table,
    checked,
    code,
    count,
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

VERDICTS = ("supported", "imprecise", "contradicted", "unverifiable", "omission")
DOCUMENTS = ("hiv", "car_t")

CLAIMS = Table(
    "claims",
    (
        code("claim_id", r"[HC]\d{2}", "H or C and two digits"),
        text("document", *DOCUMENTS),
        text("claim"),
        note("article_figure"),
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
    ),
    references=SOURCES,
)

CURATIVE_APPROACHES = Table(
    "curative_approaches",
    (
        text("approach"),
        text("mechanism"),
        text("stage_trial_id"),
        count("n_treated"),
        text("outcome"),
        code("year", r"\d{4}(-\d{4})?", "a year or a span as 2018-2025"),
        checked(),
        note("note"),
        *sourced(more=True),
    ),
    key=("approach",),
    label=("approach",),
    references=SOURCES,
)

TRIALS = Table(
    "trials",
    (
        text("trial"),
        text("arm"),
        text("population"),
        count("n"),
        number("person_years", 0),
        count("n_events"),
        text("event"),
        number("rate_per_100_person_years", 0),
        note("effect"),
        note("comparator"),
        number("value"),
        number("low"),
        number("high"),
        year(),
        checked(),
        note("note"),
        *sourced(),
    ),
    key=("trial", "arm"),
    label=("trial", "arm"),
    rules=(ordered("n_events", "n"), *within("value", "low", "high")),
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

TABLES = (CLAIMS, CURATIVE_APPROACHES, TRIALS, MODEL_PARAMETERS, SOURCES_TABLE)
