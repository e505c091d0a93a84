"""Tables of the epidemic: estimates, cascade, targets, series for the model, cross-checks."""

from __future__ import annotations

import pandas as pd

from explainer.tables.columns import (
    SOURCES,
    Column,
    Rule,
    Table,
    checked,
    code,
    figure,
    flag,
    mark,
    note,
    number,
    sourced,
    text,
    year,
)
from explainer.tables.places import LOCATIONS, location_type
from explainer.tables.rules import agrees, known_code, marked, one_name, share_by_unit, within

PEOPLE_INDICATORS = ("plhiv", "new_infections", "aids_deaths", "on_art")
SHARE_INDICATORS = ("art_coverage_share", "prevalence_share")
CONDITIONS = {
    "knows_status_share": "people living with HIV",
    "art_coverage_share": "people living with HIV",
    "suppressed_share": "people living with HIV",
    "on_art_given_status_share": "people who know their status",
    "suppressed_given_art_share": "people on treatment",
}
POPULATIONS = ("all ages", "adults 15+", "men 15+", "women 15+", "children 0-14")
_BOUNDS = ("estimate", "low", "high")


def _release() -> Column:
    return code("release", r"\d{4}", "a year as 2025")


def _place() -> tuple[Column, ...]:
    return text("location"), code("location_code", r"[A-Z]{3,8}", "a code as WLD, UNAESA or KEN")


def _range() -> tuple[Column, ...]:
    first, *bounds = (figure("estimate", 0), number("low", 0), number("high", 0))
    pairs = [(column, mark(f"{column.name}_mark")) for column in (first, *bounds)]
    return tuple(column for pair in pairs for column in pair)


def _not_ahead() -> Rule:
    """No release holds a year that lies after it."""
    return Rule(
        "no year lies after its release",
        lambda frame: frame["release"].astype("int64") >= frame["year"],
        lambda row, _: f"year {row['year']} lies after release {row['release']}",
    )


_PLACE_RULES = (
    known_code("location_code", LOCATIONS, "WLD, a UNAIDS region or an ISO 3166 country"),
    one_name("location_code", "location"),
)
_PLACE_KIND = agrees(
    "location_type", "location_code", location_type, "location_type fits location_code"
)
_ESTIMATE_RULES = (
    *within(*_BOUNDS),
    *(marked(column) for column in _BOUNDS),
    *_PLACE_RULES,
    _PLACE_KIND,
    _not_ahead(),
)

HIV_ESTIMATES = Table(
    "hiv_estimates",
    (
        _release(),
        year(),
        *_place(),
        text("location_type", "world", "region", "country"),
        text("indicator", *PEOPLE_INDICATORS, *SHARE_INDICATORS),
        text("age_group", "all ages", "15-49"),
        text("unit", "people", "share"),
        flag("is_rounded"),
        *_range(),
        checked(),
        *sourced(),
    ),
    key=("release", "year", "location_code", "indicator", "is_rounded"),
    label=("location", "year", "indicator"),
    rules=(
        *_ESTIMATE_RULES,
        *share_by_unit(*_BOUNDS),
        agrees(
            "unit",
            "indicator",
            lambda name: "share" if name in SHARE_INDICATORS else "people",
            "unit fits indicator",
        ),
        agrees(
            "age_group",
            "indicator",
            lambda name: "15-49" if name == "prevalence_share" else "all ages",
            "age_group fits indicator",
        ),
    ),
    references=SOURCES,
)

TREATMENT_CASCADE = Table(
    "treatment_cascade",
    (
        _release(),
        year(),
        *_place(),
        text("location_type", "world", "region", "country"),
        text("population", *POPULATIONS),
        text("indicator", *CONDITIONS),
        text("denominator", *dict.fromkeys(CONDITIONS.values())),
        *(
            Column(column.name, column.kind, column.required, column.choices, minimum=0, maximum=1)
            if column.kind == "number"
            else column
            for column in _range()
        ),
        checked(),
        *sourced(),
    ),
    key=("release", "year", "location_code", "population", "indicator"),
    label=("location", "year", "population", "indicator"),
    rules=(
        *_ESTIMATE_RULES,
        agrees("denominator", "indicator", CONDITIONS.get, "denominator fits indicator"),
    ),
    references=SOURCES,
)

TARGETS = Table(
    "targets",
    (
        text("target"),
        year(),
        text("indicator", *PEOPLE_INDICATORS, *SHARE_INDICATORS, *dict.fromkeys(CONDITIONS)),
        figure("value"),
        text("unit"),
        text("comparison", "at least", "fewer than"),
        year("baseline_year", required=False),
        checked(),
        *sourced(),
    ),
    key=("target", "year", "indicator"),
    label=("target", "year", "indicator"),
    rules=(
        Rule(
            "value is between 0 and 1 where it is a share",
            lambda frame: ~frame["indicator"].str.endswith("_share") | frame["value"].between(0, 1),
            lambda row, _: f"value {row['value']:g} is no share, expected 0 to 1",
        ),
        Rule(
            "a relative change has a baseline year",
            lambda frame: (frame["unit"] == "relative change") == frame["baseline_year"].notna(),
            lambda row, _: "baseline_year is given for a relative change and for nothing else",
        ),
    ),
    references=SOURCES,
)


def _noted(frame: pd.DataFrame) -> pd.Series[bool]:
    projected = frame["indicator"].eq("population_15_49") | frame["release"].eq("assumed")
    ahead = pd.to_numeric(frame["release"], errors="coerce") < frame["year"]
    return projected | ~ahead


EPIDEMIC_MODEL_SERIES = Table(
    "epidemic_model_series",
    (
        code("release", r"\d{4}|assumed", "a year as 2025, or assumed"),
        year(),
        *_place(),
        code("indicator", r"[a-z0-9_]+", "a name as survey_prevalence_15_49_all"),
        figure("estimate", 0),
        number("low", 0),
        number("high", 0),
        text("unit", "share", "people", "per 1000 uninfected", "per 1000 person-years"),
        text("mark"),
        checked(),
        *sourced(),
    ),
    key=("release", "year", "location_code", "indicator"),
    label=("location", "year", "indicator"),
    rules=(
        *within(*_BOUNDS),
        *share_by_unit(*_BOUNDS),
        *_PLACE_RULES,
        Rule(
            "no year lies after its release, projections apart",
            _noted,
            lambda row, _: f"year {row['year']} lies after release {row['release']}",
        ),
        Rule(
            "what is assumed is not verified",
            lambda frame: frame["mark"].ne("assumed") | frame["verified"].eq("no"),
            lambda row, _: f"verified is {row['verified']} for an assumed value, expected no",
        ),
    ),
    references=SOURCES,
)

CROSSCHECKS = Table(
    "crosschecks",
    (
        Column("number", "integer", minimum=1),
        _release(),
        year(),
        *_place(),
        text("indicator"),
        text("value_here"),
        text("second_source"),
        text("second_value"),
        flag("is_agreement"),
        note("note"),
    ),
    key=("number",),
    label=("location", "year", "indicator"),
    rules=(*_PLACE_RULES, _not_ahead()),
)

TABLES = (HIV_ESTIMATES, TREATMENT_CASCADE, TARGETS, EPIDEMIC_MODEL_SERIES, CROSSCHECKS)
