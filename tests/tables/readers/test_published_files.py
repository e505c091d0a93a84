"""The files as they were published agree with the tables in use and with one another."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from explainer.tables.imports import as_cascade, as_estimates, checks
from explainer.tables.load import load
from explainer.tables.readers import Reading, read
from tests.tables.readers.conftest import SAMPLES, figure, needs_samples

pytestmark = needs_samples
ENDS = ("estimate", "low", "high")
FILES = {
    "workbook 2025": ("workbook_2025_edited/HIV_estimates_from_1990-to-2025.xlsx", None),
    "workbook 2019": ("workbook_2019/HIV_estimates_from_1990-to-present.xlsx", None),
    "knows status": ("aidsinfo_export_2019/know_status_global_all_ages.csv", "knows_status_share"),
    "on treatment": ("aidsinfo_export_2019/receive_art_all_ages.csv", "art_coverage_share"),
    "on treatment, regions": (
        "aidsinfo_export_2019/receive_art_global_all_ages.csv",
        "art_coverage_share",
    ),
    "suppressed": (
        "aidsinfo_export_2019/vl_supression_total_hiv_global_all_ages.csv",
        "suppressed_share",
    ),
    "test and treat": ("aidsinfo_export_2019/test_and_treat_cascade_all_ages.csv", None),
    "test and treat, regions": (
        "aidsinfo_export_2019/test_and_treat_cascade_global_all_ages.csv",
        None,
    ),
    "cascade": ("aidsinfo_export_2019/treatment_cascade_global_all_ages.csv", None),
    "bulk": ("aidsinfo_bulk_2025_excerpt/Estimates_2025_en_first70rows.csv", None),
    "who": ("who_gho_2024/HIV data 2000-2023.csv", None),
    "owid": ("owid_2024/share-of-the-population-infected-with-hiv.csv", None),
    "world bank": ("worldbank_2024/API_SH.DYN.AIDS.ZS_DS2_en_csv_v2_9.csv", None),
}
KINDS = {
    "workbook 2025": ("UNAIDS workbook", "2025", 145_635),
    "workbook 2019": ("UNAIDS workbook", "2019", 72_259),
    "knows status": ("AIDSinfo export", "2019", 36),
    "on treatment": ("AIDSinfo export", "2019", 1_307),
    "on treatment, regions": ("AIDSinfo export", "2019", 81),
    "suppressed": ("AIDSinfo export", "2019", 36),
    "test and treat": ("AIDSinfo export", "2019", 1_162),
    "test and treat, regions": ("AIDSinfo export", "2019", 108),
    "cascade": ("AIDSinfo export", "2019", 108),
    "bulk": ("AIDSinfo bulk file", "2025", 70),
    "who": ("WHO GHO CSV", "2024", 1_158),
    "owid": ("Our World in Data CSV", "2024", 6_289),
    "world bank": ("World Bank CSV", "2022", 5_504),
}


@cache
def reading(name: str) -> Reading:
    file, indicator = FILES[name]
    return read(SAMPLES / file, indicator=indicator)


def told(frame: pd.DataFrame) -> pd.DataFrame:
    """Numbers to six decimals and marks as text, so that equal means equal."""
    plain = frame.reset_index(drop=True).copy()
    for end in ENDS:
        plain[end] = plain[end].round(6)
        plain[f"{end}_mark"] = plain[f"{end}_mark"].fillna("")
    return plain


def beside(name: str, table: str, source: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of a table from one source, and those of a file for the same keys."""
    held = load(table)
    held = held[held["source_id"] == source]
    take = as_estimates if table == "hiv_estimates" else as_cascade
    columns = [c for c in held.columns if c not in ("verified", "source_id")]
    key = [c for c in columns if not c.startswith(ENDS)]
    found = held[key].merge(take(reading(name).frame), on=key, how="left")
    return told(held[columns]), told(found[columns])


@pytest.mark.parametrize("name", FILES)
def test_file_is_read_whole(name: str) -> None:
    found = reading(name)
    assert (found.kind, found.release, len(found.frame)) == KINDS[name]
    assert all("no number" not in why for _, why in found.not_read)


@pytest.mark.parametrize(
    ("name", "table", "source", "rows"),
    [
        ("workbook 2025", "hiv_estimates", "unaids_workbook_2025", 8_618),
        ("workbook 2025", "treatment_cascade", "unaids_workbook_2025", 661),
        ("workbook 2019", "hiv_estimates", "unaids_workbook_2019", 2_208),
    ],
)
def test_workbook_equals_the_table_cell_by_cell(
    name: str, table: str, source: str, rows: int
) -> None:
    held, found = beside(name, table, source)
    assert len(held) == rows
    pd.testing.assert_frame_equal(found, held)


def test_exports_of_2019_equal_the_table() -> None:
    names = ("knows status", "on treatment, regions", "suppressed", "cascade")
    read_rows = pd.concat([as_cascade(reading(name).frame) for name in names])
    read_rows = read_rows.drop_duplicates(["year", "location_code", "indicator"])
    held = load("treatment_cascade").query("source_id == 'aidsinfo_export_2019'")
    both = told(
        held.merge(read_rows, on=["year", "location_code", "indicator"], suffixes=("_x", ""))
    )
    assert len(both) == len(held) == 180
    for end in ENDS:
        assert np.allclose(both[end], both[f"{end}_x"], atol=5e-7, equal_nan=True)
        assert both[f"{end}_mark"].eq(both[f"{end}_mark_x"].fillna("")).all()


def test_who_equals_the_release_of_2024_where_both_exist() -> None:
    held = load("hiv_estimates").query("release == '2024' and is_rounded")
    both = as_estimates(reading("who").frame).merge(
        held, on=["year", "location_code", "indicator"], suffixes=("", "_held")
    )
    assert len(both) == 245
    for end in ENDS:
        assert np.allclose(both[end], both[f"{end}_held"], rtol=0, equal_nan=True)


def test_owid_rounds_to_the_release_of_2024() -> None:
    held = load("hiv_estimates").query("release == '2024' and indicator == 'prevalence_share'")
    both = reading("owid").frame.merge(
        held[held["estimate_mark"].isna()], on=["year", "location_code"], suffixes=("", "_held")
    )
    assert len(both) > 500
    # UNAIDS prints one decimal of a percent.
    assert (both["estimate"] - both["estimate_held"]).abs().max() <= 0.000501


@pytest.mark.parametrize("name", ["on treatment", "test and treat"])
def test_exports_agree_with_the_workbook_of_the_same_release(name: str) -> None:
    key = ["year", "location_code", "population", "indicator"]
    both = reading(name).frame.merge(
        reading("workbook 2019").frame, on=key, suffixes=("", "_again")
    )
    assert len(both) > 500
    for end in ENDS:
        assert np.allclose(both[end], both[f"{end}_again"], rtol=0, atol=5e-7, equal_nan=True)


def test_world_of_2024_as_unaids_prints_it() -> None:
    world = {"location_code": "WLD", "year": 2024, "population": "all ages"}
    frame = reading("workbook 2025").frame
    assert figure(frame, **world, indicator="plhiv") == (40_800_000, 37_000_000, 45_600_000)
    assert figure(frame, **world, indicator="new_infections") == (1_300_000, 1_000_000, 1_700_000)
    assert figure(frame, **world, indicator="aids_deaths") == (630_000, 490_000, 820_000)


def test_checks_compare_with_what_is_in_use() -> None:
    assert checks(reading("workbook 2025")) == [
        "hiv_estimates: 26,580 rows keep every rule of the table",
        "hiv_estimates: 8,621 of 8,621 rows in use too say the same",
        "treatment_cascade: 38,481 rows keep every rule of the table",
        "treatment_cascade: 663 of 663 rows in use too say the same",
    ]
