"""Each published layout becomes the same tidy frame, whatever the file is called."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from explainer.tables.readers import COLUMNS, KEY, read
from explainer.tables.readers.cells import Amount, amount, year
from tests.tables.readers import made
from tests.tables.readers.conftest import figure

Write = Callable[..., Path]


@pytest.mark.parametrize("name", made.FILES)
def test_every_layout_gives_the_same_columns(write: Write, name: str) -> None:
    said = "knows_status_share" if name == "aidsinfo wide" else None
    reading = read(write(made.FILES[name]), indicator=said)
    assert tuple(reading.frame.columns) == COLUMNS
    assert not reading.frame.duplicated(list(KEY)).any()
    assert reading.frame["estimate"].notna().all()
    assert set(reading.frame["release"]) == {reading.release}
    shares = reading.frame[reading.frame["unit"] == "share"]
    assert shares["estimate"].between(0, 1).all()


def test_workbook_of_2025(write: Write) -> None:
    reading = read(write(made.WORKBOOK_2025))
    frame = reading.frame
    assert (reading.release, reading.kind) == ("2025", "UNAIDS workbook")
    assert reading.release_from == "row 3 of sheet HIV2025Estimates_ByYear"
    world = {"year": 2024, "location_code": "WLD"}
    assert figure(frame, **world, indicator="plhiv") == (40_800_000, 37_000_000, 45_600_000)
    assert figure(frame, **world, indicator="prevalence_share") == (0.007, 0.006, 0.008)
    assert figure(frame, **world, indicator="incidence_per_1000") == (0.22, 0.17, 0.29)
    ivory = {"location": "Cote d'Ivoire", "location_code": "CIV"}
    assert figure(frame, **ivory, indicator="aids_deaths") == ("<500", "<200", 530)
    assert figure(frame, **ivory, indicator="plhiv") == (420_000, 360_000, 1_000_000)
    south = {"location_code": "UNAESA", "location_type": "region"}
    assert figure(frame, **south, indicator="aids_deaths")[2] == 62_000
    assert set(frame[frame["indicator"] == "aids_deaths"]["population"]) == {"children 0-14"}
    assert ("1 cell of sheet HIV2025Estimates_ByYear", 'not published ("...")') in reading.not_read


def test_three_header_rows_of_test_and_treat(write: Write) -> None:
    frame = read(write(made.WORKBOOK_2025)).frame
    women = {"year": 2024, "population": "women 15+"}
    assert figure(frame, **women, indicator="knows_status_share") == (0.92, 0.73, ">0.98")
    given = figure(frame, population="all ages", indicator="on_art_given_status_share")
    assert given == (0.89, 0.71, ">0.98")
    assert figure(frame, indicator="pregnant_on_art_share") == (0.84, 0.72, 0.98)
    steps = frame[frame["indicator"] == "on_art_given_status_share"]
    assert set(steps["denominator"]) == {"people who know their status"}


def test_workbook_of_2019(write: Write) -> None:
    reading = read(write(made.WORKBOOK_2019))
    kenya = {"location": "Kenya", "location_code": "KEN"}
    assert reading.release == "2019"
    # Published per 100, held per 1,000.
    assert figure(reading.frame, **kenya, indicator="incidence_per_1000") == (1.2, "<0.1", 2)
    codes = dict(zip(reading.frame["location"], reading.frame["location_code"], strict=True))
    assert codes == {"World": "WLD", "Eastern and southern Africa": "UNAESA", "Kenya": "KEN"}
    infections = figure(reading.frame, location_code="UNAESA", indicator="new_infections")
    assert infections == (84_000, 60_000, 1_130_000)
    assert ("column M of sheet HIV estimates - by Year", "has no heading") in reading.not_read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_sheet_saved_as_text(write: Write, encoding: str, delimiter: str) -> None:
    rows = [list(row) for row in made.ESTIMATES_2025]
    rows[9][2] = "Türkiye, Ä"
    rows[9][1] = ""
    raw = made.csv_text(rows, delimiter).encode(encoding)
    reading = read(write(raw))
    told = " ".join([reading.release_from, *(what for what, _ in reading.not_read)])
    assert "of the sheet" in told  # it has no name of its own
    assert "sheet the sheet" not in told
    frame = reading.frame
    assert "Türkiye, Ä" in set(frame["location"])
    whole = {"year": 2024, "location_code": "WLD", "indicator": "plhiv"}
    assert figure(frame, **whole) == (40_800_000, 37_000_000, 45_600_000)


def test_release_from_the_name_of_the_sheet_and_without_any(write: Write) -> None:
    bare = made.ESTIMATES_2025[4:]
    reading = read(write(made.xlsx({"HIV2025Estimates_ByYear": bare})))
    assert reading.release == "2025"
    assert reading.release_from == "name of sheet HIV2025Estimates_ByYear"
    reading = read(write(made.xlsx({"Sheet1": bare}), "HIV_estimates_from_1990-to-2031.xlsx"))
    assert reading.release == "2025"
    assert reading.release_from == "worked out: the newest year is 2024"


def test_heading_that_is_new_is_said(write: Write) -> None:
    rows = [list(row) for row in made.ESTIMATES_2025]
    rows[4][12] = "Orphans"
    reading = read(write(made.xlsx({"HIV2025Estimates_ByYear": rows})))
    assert "aids_deaths" not in set(reading.frame["indicator"])
    told = ("column M of sheet HIV2025Estimates_ByYear", "heading 'Orphans' is not known")
    assert told in reading.not_read


def test_bulk_file_gives_both_roundings(write: Write) -> None:
    reading = read(write(made.FILES["aidsinfo bulk zip"]))
    assert reading.kind == "AIDSinfo bulk file, in a zip"
    plain = figure(reading.frame, is_rounded=False, location_code="WLD", indicator="plhiv")
    assert plain == (40_812_345.1, 37_012_345.5, 45_612_345.9)
    shown = figure(reading.frame, is_rounded=True, population="all ages")
    assert shown == (40_800_000, 37_000_000, 45_600_000)


def test_bulk_series_never_become_one(write: Write) -> None:
    line = made.BULK.splitlines()[1]
    labels = ("Females adults (15+)", "Females (15+)", "Females", "Females (key population)")
    lines = [line.replace("All ages", label) for label in labels]
    lines.append(line.replace("Number", "Percent").replace("40812345.1", "3.5"))
    reading = read(write((made.BULK + "\n".join(lines) + "\n").encode()))
    plain = reading.frame[~reading.frame["is_rounded"]]
    people = plain[plain["indicator"] == "plhiv"]["population"]
    assert sorted(people) == [
        "all ages", "females", "females (15+)", "females (key population)", "women 15+",
    ]  # fmt: skip
    assert figure(plain, indicator="plwh", unit="share")[0] == 0.035
    told = ("1 figures of 1 further indicators",
            "read under the file's own codes: no table here has them")  # fmt: skip
    assert told in reading.not_read


def test_odd_cells_are_counted_together(write: Write) -> None:
    spoilt = made.OWID.replace("0.719669", "a lot").replace("5.3", "few")
    reading = read(write(spoilt.encode()))
    assert reading.not_read == [("2 cells", "no number, such as 'a lot'")]


def test_wide_exports(write: Write) -> None:
    frame = read(write(made.WIDE.encode()), indicator="knows_status_share").frame
    south = {"location_code": "UNAESA", "year": 2018}
    assert figure(frame, **south) == (0.85, 0.75, ">0.95")
    assert len(frame) == 3
    frame = read(write(made.WIDE_DOUBLE.encode())).frame
    assert set(frame["location_code"]) == {"CIV"}
    assert figure(frame, indicator="on_art_given_status_share") == (0.87, 0.74, ">0.95")


def test_who_files(write: Write) -> None:
    reading = read(write(made.FILES["who csv"]))
    assert reading.release_from == "worked out: the newest year is 2023"
    assert figure(reading.frame, location="Türkiye") == ("<500", "<500", 530)
    assert reading.not_read == [("1 cell", 'not published ("No data")')]
    answer = read(write(made.FILES["who odata"])).frame
    shared = reading.frame[reading.frame["location_code"] == "AGO"].reset_index(drop=True)
    same = answer[answer["location_code"] == "AGO"].reset_index(drop=True)
    pd.testing.assert_frame_equal(same, shared)
    assert figure(answer, location_code="AFR", location_type="other")[1] == 23_000_000


def test_world_bank_files(write: Write) -> None:
    reading = read(write(made.FILES["world bank csv"]))
    assert figure(reading.frame, location_code="KEN", year=2021)[0] == 0.04
    group = reading.frame[reading.frame["location"] == "Arab World"]
    assert set(group["location_type"]) == {"other"}
    assert not group["is_rounded"].any()
    assert ("2 cells", "blank") in reading.not_read
    answer = read(write(made.FILES["world bank json"]))
    assert figure(answer.frame, location_code="KEN", year=2021)[0] == 0.04
    told = ("2 pages but one", "ask for all at once with per_page=20000")
    assert told in answer.not_read


def test_owid_file(write: Write) -> None:
    frame = read(write(made.FILES["owid"])).frame
    kinds = dict(zip(frame["location"], frame["location_type"], strict=True))
    assert kinds == {
        "World": "world", "Eastern and southern Africa": "region", "Ethiopia, Afar": "other",
        "Kenya": "country",
    }  # fmt: skip
    assert figure(frame, location_code="WLD")[0] == pytest.approx(0.00719669)
    assert not frame["is_rounded"].any()


def test_indicator_that_is_not_known_keeps_its_own_code(write: Write) -> None:
    answer = json.loads(json.dumps(made.ODATA))
    for row in answer["value"]:
        row["IndicatorCode"] = "HIV_0000000099"
    frame = read(write(json.dumps(answer).encode())).frame
    assert set(frame["indicator"]) == {"hiv_0000000099"}


@pytest.mark.parametrize(
    ("cell", "value", "mark"),
    [
        ("10.1 m", 10_100_000, ""),
        ("430 000", 430_000, ""),
        (f"430{made.NBSP}000 ", 430_000, ""),
        ("1,900,000", 1_900_000, ""),
        ("0,3", 0.3, ""),
        ("<0.01", 0.01, "<"),
        (">98", 98, ">"),
        (7, 7, ""),
        ("3.9e-05", 3.9e-05, ""),
    ],
)
def test_cell_is_a_number(cell: object, value: float, mark: str) -> None:
    assert amount(cell) == Amount(value, mark)


@pytest.mark.parametrize(
    "cell",
    ["...", "", None, "No data", True, float("nan"), float("inf"), -1, "1 00", "4 5 m", "١٢"],
)
def test_cell_is_no_number(cell: object) -> None:
    assert not isinstance(amount(cell), Amount)


def test_year_is_told_from_other_numbers() -> None:
    assert [year(cell) for cell in (1990, 1990.0, "2024", "2024.0")] == [1990, 1990, 2024, 2024]
    assert {year(cell) for cell in (90, 1990.5, "1990-2024", "", None, True, 3000)} == {None}
