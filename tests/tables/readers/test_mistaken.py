"""What reads well and means something else: refused, or read as what it is, and told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from explainer.errors import ExplainerError
from explainer.tables.readers import Reading, measures, read
from tests.tables.readers import made

SHEET = "HIV2025Estimates_ByYear"
Save = Callable[..., Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Put a text or bytes into a file."""

    def put(content: str | bytes, name: str = "download.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return put


def refused(path: Path) -> str:
    with pytest.raises(ExplainerError) as raised:
        read(path)
    sentence = str(raised.value)
    assert sentence.startswith(f"{path}: ")
    assert "\n" not in sentence
    return sentence.removeprefix(f"{path}: ")


def row_of(reading: Reading, indicator: str, **where: object) -> dict[str, object]:
    rows = reading.frame[reading.frame["indicator"] == indicator]
    for name, value in where.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1
    return dict(rows.iloc[0])


@pytest.mark.parametrize(
    ("content", "width"),
    [
        (made.WHO.replace("320 000 [280 000 - 380 000]", "320,000 [280,000 - 380,000]"), 11),
        (made.OWID.replace("Kenya,KEN,2023,3.24", "Kenya,KEN,2023,1,300,000"), 4),
        (made.WORLD_BANK.replace('"4.2","4",""', "4,200,4,1,1"), 8),
    ],
)
def test_number_parted_by_its_commas_is_refused(save: Save, content: str, width: int) -> None:
    said = refused(save(content))
    assert f"expected {width}, as when a number holds commas" in said


def test_end_without_a_line_break_is_told(save: Save) -> None:
    note = ("the end", "has no line break: the last row may be cut off")
    assert note in read(save(made.WHO.rstrip())).not_read
    assert note not in read(save(made.WHO)).not_read


@pytest.mark.parametrize(
    "heading",
    [
        "Deaths averted due to ART",
        "Deaths - HIV/AIDS (Rate)",
        "New HIV infections per 1000 people",
        "Share of people living with HIV",
        "AIDS-related deaths prevented",
    ],
)
def test_rates_and_what_did_not_happen_are_no_counts(heading: str) -> None:
    assert measures.measure(heading) is None


def test_coverage_is_known_by_either_wording() -> None:
    for heading in (
        "Antiretroviral therapy coverage (% of people living with HIV)",
        "Coverage of people receiving ART",
    ):
        found = measures.measure(heading)
        assert found is not None
        assert (found.indicator, found.unit) == ("art_coverage_share", "share")


def test_a_metric_of_another_illness_keeps_its_own_name(save: Save) -> None:
    text = "Entity,Code,Year,Malaria deaths,Prevalence of anemia (15-49)\nKenya,KEN,2020,9,30\n"
    names = set(read(save(text)).frame["indicator"])
    assert names == {"malaria_deaths", "prevalence_of_anemia_15_49"}


@pytest.mark.parametrize("dimension", ["Dim2ValueCode", "Dim2", "Dim3ValueCode"])
def test_children_alone_are_not_all_ages(save: Save, dimension: str) -> None:
    head, *rows = made.WHO.rstrip().split("\r\n")
    whole = [f"{row},SEX_BTSX,AGEGROUP_YEARS0-14" for row in rows]
    text = "\r\n".join([f"{head},Dim1ValueCode,{dimension}", *whole, ""])
    assert set(read(save(text)).frame["population"]) == {"agegroup years0-14"}
    answer = json.loads(json.dumps(made.ODATA))
    answer["value"][0][dimension.removesuffix("ValueCode")] = "AGEGROUP_YEARS0-14"
    people = read(save(json.dumps(answer), "a.json")).frame["population"]
    assert sorted(people) == ["agegroup years0-14", "all ages"]


def test_two_dimensions_name_their_people_together(save: Save) -> None:
    answer = json.loads(json.dumps(made.ODATA))
    answer["value"][0] |= {"Dim1": "SEX_FMLE", "Dim2": "AGEGROUP_YEARS15-24"}
    people = read(save(json.dumps(answer), "a.json")).frame["population"]
    assert "women, agegroup years15-24" in set(people)


def test_dots_between_thousands_are_not_decimals(save: Save) -> None:
    text = "Entity,Code,Year,People living with HIV\nKenya,KEN,2020,270.000\nTogo,TGO,2020,850\n"
    reading = read(save(text))
    assert list(reading.frame["location"]) == ["Togo"]
    assert any("a dot before three figures" in why for _, why in reading.not_read)
    rows = [list(row) for row in made.ESTIMATES_2025]
    rows[9][6] = "420.000"
    reading = read(save(made.xlsx({SHEET: rows}), "a.xlsx"))
    assert "Cote d'Ivoire" not in set(reading.frame.query("indicator == 'plhiv'")["location"])
    shares = row_of(reading, "prevalence_share", location="Norway")
    assert shares["estimate"] == 0.001


def test_a_whole_number_too_large_for_any_machine_is_no_figure(save: Save) -> None:
    text = made.WORLD_BANK.replace('"4.2"', '"1' + "0" * 400 + '"')
    assert len(read(save(text)).frame) == len(read(save(made.WORLD_BANK)).frame) - 1
    answer = json.loads(json.dumps(made.ODATA))
    answer["value"][1]["NumericValue"] = 10**401
    assert len(read(save(json.dumps(answer), "a.json")).frame) == 1


def test_fractions_where_percent_are_expected_are_refused(save: Save) -> None:
    rows = [list(row) for row in made.CASCADE[:-1]]
    for year in range(2000, 2024):
        shares = (0.87, 0.69, 0.98) * 5
        rows.append([year, "03M49WLD", "Global", *shares])
    said = refused(save(made.xlsx({"HIV-Test-&-Treat_ByYear": rows}), "a.xlsx"))
    assert "as if fractions stood where percent are expected" in said


def test_sheets_that_contradict_each_other_are_refused(save: Save) -> None:
    other = [list(row) for row in made.ESTIMATES_2025]
    other[9][6] = "840 000"
    book = made.xlsx({SHEET: made.ESTIMATES_2025, "Draft": other})
    assert refused(save(book, "a.xlsx")).startswith(
        "1 figures of sheet Draft differ from those of a sheet before it"
    )


@pytest.mark.parametrize("part", ["xl/drawings/drawing1.xml", "xl/charts/chart1.xml"])
def test_logo_and_chart_of_a_workbook_do_no_harm(save: Save, part: str) -> None:
    inside = (
        '<xdr:wsDr xmlns:xdr="x"><xdr:from><xdr:row>0</xdr:row></xdr:from><c:f xmlns:c="c">a</c:f>'
        "</xdr:wsDr>"
    )
    book = made.xlsx({SHEET: made.ESTIMATES_2025}, {part: inside})
    plain = made.xlsx({SHEET: made.ESTIMATES_2025})
    assert read(save(book, "a.xlsx")).frame.equals(read(save(plain, "b.xlsx")).frame)


@pytest.mark.parametrize("prefix", ["", "x:", "a-b:"])
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/worksheets/other.dat"])
def test_far_cell_is_seen_under_any_prefix_and_name(save: Save, prefix: str, name: str) -> None:
    space = f'xmlns{":" if prefix else ""}{prefix[:-1]}="http://x"'
    cell = f'<{prefix}row r="1048576"><{prefix}c r="XFD1048576"/></{prefix}row>'
    body = (
        f"<{prefix}worksheet {space}><{prefix}sheetData>{cell}</{prefix}sheetData>"
        f"</{prefix}worksheet>"
    )
    book = made.xlsx({SHEET: made.ESTIMATES_2025}, {name: body})
    assert refused(save(book, "a.xlsx")).startswith("a sheet reaches beyond row 19,999")
