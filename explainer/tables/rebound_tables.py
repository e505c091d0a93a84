"""Tables to set the cases against: other outcomes, cohorts, times to rebound."""

from __future__ import annotations

import pandas as pd

from explainer.tables.columns import (
    ISO3,
    SOURCES,
    Rule,
    Table,
    checked,
    code,
    count,
    flag,
    identifier,
    note,
    number,
    share,
    sourced,
    text,
    year,
)
from explainer.tables.remission_tables import DONOR_TYPES, ISO3_RULE
from explainer.tables.rules import ordered, within


def _same_wait(frame: pd.DataFrame) -> pd.Series[bool]:
    months = frame["time_to_rebound_weeks"] * 7 / 30.4375
    apart = (months - frame["time_to_rebound_months"]).abs()
    return apart.isna() | (apart <= 0.5)


REMISSION_COMPARISONS = Table(
    "remission_comparisons",
    (
        identifier("comparison_id"),
        text("name"),
        text("country"),
        code("iso3", ISO3, "three capital letters", required=False),
        text(
            "group",
            "rebound_after_transplant",
            "kept_on_treatment",
            "died_early",
            "cohort",
            "no_transplant_rebound",
            "no_transplant_control",
        ),
        text("intervention"),
        text("donor_ccr5", *DONOR_TYPES, "edited", required=False),
        note("donor_ccr5_note"),
        count("n"),
        number("time_to_rebound_weeks", 0),
        number("time_to_rebound_months", 0),
        number("time_off_art_weeks", 0),
        flag("has_died"),
        text("outcome"),
        year("year_reported"),
        checked(),
        note("note"),
        *sourced(more=True),
    ),
    key=("comparison_id",),
    label=("name",),
    rules=(
        ISO3_RULE,
        Rule(
            "weeks and months to rebound are the same time",
            _same_wait,
            lambda row, _: (
                f"time_to_rebound_weeks {row['time_to_rebound_weeks']:g} and "
                f"time_to_rebound_months {row['time_to_rebound_months']:g} are not the same time"
            ),
        ),
        Rule(
            "time_off_art_weeks stands only where no time to rebound is known",
            lambda frame: (
                frame["time_off_art_weeks"].isna() | frame["time_to_rebound_weeks"].isna()
            ),
            lambda row, _: "time_off_art_weeks is given beside time_to_rebound_weeks",
        ),
    ),
    references=SOURCES,
)

COHORTS = Table(
    "cohorts",
    (
        text("cohort"),
        text("population"),
        count("n"),
        count("n_events"),
        text("event"),
        share("event_share"),
        number("interval_months", 0),
        year(),
        checked(),
        note("note"),
        *sourced(),
    ),
    key=("cohort",),
    label=("cohort",),
    rules=(ordered("n_events", "n"),),
    references=SOURCES,
)


def _add_to_one(frame: pd.DataFrame) -> pd.Series[bool]:
    total = frame["rebounded_share"] + frame["suppressed_share"]
    return total.isna() | ((total - 1).abs() < 1e-9)


REBOUND_TIMES = Table(
    "rebound_times",
    (
        identifier("rebound_id"),
        text("study"),
        note("population"),
        count("n"),
        text("kind", "quantile", "proportion", "conditional_proportion", "parameter"),
        number("threshold_copies_per_ml", 0),
        number("time_days", 0),
        share("rebounded_share"),
        share("suppressed_share"),
        share("suppressed_share_low"),
        share("suppressed_share_high"),
        note("parameter"),
        number("value"),
        number("value_low"),
        number("value_high"),
        note("unit"),
        checked(),
        note("note"),
        *sourced(more=True),
    ),
    key=("rebound_id",),
    label=("study", "kind"),
    rules=(
        *within("suppressed_share", "suppressed_share_low", "suppressed_share_high"),
        *within("value", "value_low", "value_high"),
        Rule(
            "rebounded_share and suppressed_share add up to 1",
            _add_to_one,
            lambda row, _: (
                f"rebounded_share {row['rebounded_share']:g} and suppressed_share "
                f"{row['suppressed_share']:g} do not add up to 1"
            ),
        ),
        Rule(
            "a parameter has a value, anything else a time",
            lambda frame: (
                frame["time_days"].where(frame["kind"] != "parameter", frame["value"]).notna()
            ),
            lambda row, _: (
                f"{'value' if row['kind'] == 'parameter' else 'time_days'} is blank for a "
                f"{row['kind']}"
            ),
        ),
    ),
    references=SOURCES,
)

TABLES = (REMISSION_COMPARISONS, COHORTS, REBOUND_TIMES)
