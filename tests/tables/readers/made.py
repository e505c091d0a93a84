"""Small files in each published layout, made on the spot."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

Rows = Sequence[Sequence[object]]
NBSP = "\u00a0"

ESTIMATES_2025: Rows = [
    ["HIV estimates with uncertainty bounds"],
    ["1990-2024"],
    ["Source: UNAIDS 2025 estimates"],
    [],
    ["", "", "", "Adults (15-49) prevalence (%)", "", "",
     "Estimated adults and children living with HIV", "", "",
     "Adults (15-49) incidence (per 1000 uninfected population)", "", "",
     "AIDS-related deaths among children (0-14)", "", ""],
    ["", "", "", *["Estimate", "Low", "High"] * 4],
    [2023, "03M49WLD", "Global", 0.7, 0.6, 0.8, "40.4 m", "36.6 m", "45.1 m", 0.23, 0.18, 0.30,
     "78 000", "55 000", "110 000"],
    [2024, "03M49WLD", "Global", 0.7, 0.6, 0.8, "40.8 m", "37.0 m", "45.6 m", 0.22, 0.17, 0.29,
     "75 000", "50 000", "110 000"],
    [2024, "UNAESA", "Eastern and southern Africa", 5.2, 4.7, 5.8, "21.1 m", "19.0 m", "23.4 m",
     1.0, 0.8, 1.4, "42 000", "28 000", f"62{NBSP}000"],
    [2024, "CIV", "Cote dIvoire", 1.7, 1.5, 2, "420 000", "360 000", "1000 000", 0.5, 0.4, 0.7,
     "<500", "<200", 530],
    [2024, "NOR", "Norway", "<0.1", "<0.1", 0.1, "...", "...", "...", "<0.01", "<0.01", "<0.1",
     "<100", "", "<100"],
]  # fmt: skip
ESTIMATES_2019: Rows = [
    ["HIV estimates with uncertainty bounds"],
    ["1990-2018"],
    ["Source: UNAIDS 2019 estimates"],
    [],
    [],
    ["", "", "", "Adult (15-49) prevalence (%)", "Adult (15-49) prevalence (%) - LOW ESTIMATE",
     "Adult (15-49) prevalence (%) - HIGH ESTIMATE", "Adult (15-49) incidence rate (per 100)",
     "Adult (15-49) incidence rate (per 100) - LOW ESTIMATE",
     "Adult (15-49) incidence rate (per 100) - HIGH ESTIMATE",
     "Children (0-14) newly infected with HIV",
     "Children (0-14)  newly infected with HIV - LOW ESTIMATE",
     "Children (0-14)  newly infected with HIV - HIGH ESTIMATE", ""],
    [2018, "", "Global", 0.8, 0.6, 0.9, 0.04, 0.03, 0.05, "160 000", "110 000", "260 000", 1],
    [2018, "", "Eastern and southern Africa", 7, 6, 7.8, 0.3, 0.2, 0.4, "84 000", "60 000",
     "1 130 000", 2],
    [2018, "KEN", f"{NBSP}{NBSP}{NBSP}Kenya", 4.7, 3.9, 5.5, 0.12, "<0.01", 0.2, "8000", "4200",
     "...", 3],
]  # fmt: skip
_STEPS = (
    "Among people living with HIV, the percent who know their status "
    "(First 90 of 90-90-90 target)",
    "Among people who know their HIV status, the percent on ART "
    "(Second 90 of 90-90-90 target)",
)  # fmt: skip
_PEOPLE = ("(All ages)", "(Women, ages 15+)")
CASCADE: Rows = [
    ["HIV test and treat"],
    ["Source: UNAIDS 2025 estimates"],
    ["", "", "", _STEPS[0], "", "", "", "", "", _STEPS[1], "", "", "", "", "",
     "Coverage of pregnant women who receive ARV for PMTCT", "", ""],
    ["", "", "", *[cell for _ in _STEPS for one in _PEOPLE for cell in (one, "", "")],
     "", "", ""],
    ["", "", "", *["Estimate", "Low", "High"] * 5],
    [2024, "03M49WLD", "Global", 87, 69, ">98", 92, 73, ">98", 89, 71, ">98", 91, 73, ">98",
     84, 72, 98],
]  # fmt: skip
WHO = (
    "IndicatorCode,Indicator,ValueType,ParentLocationCode,ParentLocation,Location type,"
    "SpatialDimValueCode,Location,Period type,Period,Value\r\n"
    "HIV_0000000001,Estimated number of people (all ages) living with HIV,numeric,EUR,Europe,"
    "Country,TUR,Türkiye,Year,2023,<500 [<500 - 530]\r\n"
    "HIV_0000000001,Estimated number of people (all ages) living with HIV,numeric,AFR,Africa,"
    "Country,AGO,Angola,Year,2023,320 000 [280 000 - 380 000]\r\n"
    "HIV_0000000001,Estimated number of people (all ages) living with HIV,numeric,AFR,Africa,"
    "Country,AGO,Angola,Year,2000,No data\r\n"
)
ODATA = {
    "@odata.context": "https://ghoapi.azureedge.net/api/$metadata#HIV_0000000001",
    "value": [
        {"IndicatorCode": "HIV_0000000001", "SpatialDimType": "COUNTRY", "SpatialDim": "AGO",
         "TimeDim": 2023, "Dim1": None, "Value": "320 000 [280 000 - 380 000]",
         "NumericValue": 320000.0, "Low": 280000.0, "High": 380000.0},
        {"IndicatorCode": "HIV_0000000001", "SpatialDimType": "REGION", "SpatialDim": "AFR",
         "TimeDim": 2023, "Dim1": None, "Value": None, "NumericValue": 26000000.0,
         "Low": 23000000.0, "High": 29000000.0},
    ],
}  # fmt: skip
WORLD_BANK = (
    '"Data Source","World Development Indicators",\r\n\r\n"Last Updated Date","2024-02-21",\r\n'
    '\r\n"Country Name","Country Code","Indicator Name","Indicator Code","2020","2021","2022",\r\n'
    '"Kenya","KEN","Prevalence of HIV, total (% of population ages 15-49)","SH.DYN.AIDS.ZS",'
    '"4.2","4","",\r\n'
    '"Arab World","ARB","Prevalence of HIV, total (% of population ages 15-49)","SH.DYN.AIDS.ZS",'
    '"0.0712","0.0723","",\r\n'
)
WORLD_BANK_API = [
    {"page": 1, "pages": 2, "per_page": 2, "total": 3, "lastupdated": "2025-07-01"},
    [
        {"indicator": {"id": "SH.DYN.AIDS.ZS", "value": "Prevalence of HIV, total"},
         "country": {"id": "KE", "value": "Kenya"}, "countryiso3code": "KEN", "date": "2021",
         "value": 4, "unit": "", "obs_status": "", "decimal": 1},
        {"indicator": {"id": "SH.DYN.AIDS.ZS", "value": "Prevalence of HIV, total"},
         "country": {"id": "KE", "value": "Kenya"}, "countryiso3code": "KEN", "date": "2022",
         "value": None, "unit": "", "obs_status": "", "decimal": 1},
    ],
]  # fmt: skip
OWID = (
    "Entity,Code,Year,HIV prevalence - Sex: total - Age: 15-49 - Central estimate\n"
    "World,OWID_WRL,2023,0.719669\nEast and Southern Africa (UNAIDS),,2023,5.3\n"
    '"Ethiopia, Afar",,2023,0.9\nKenya,KEN,2023,3.24\n'
)
_BULK_HEADER = (
    "Indicator,Indicator_GId,Unit,Subgroup,Subgroup_Val_GId,Area,Area ID,Area Level,Time Period,"
    "Source,Data value,Formatted,Data_Denominator,Footnote\n"
)
_BULK_ENDS = (
    ("All ages estimate", "ESTIMATE_ALL_AGES", "40812345.1", "40.8 m"),
    ("All ages lower estimate", "LOW_ESTIMATE_ALL_AGES", "37012345.5", "37.0 m"),
    ("All ages upper estimate", "HIGH_ESTIMATE_ALL_AGES", "45612345.9", "45.6 m"),
)
BULK = _BULK_HEADER + "".join(
    f"People living with HIV,PLWH,Number,{label},{code},All countries,03M49WLD,1,2024,"
    f"UNAIDS_Estimates_,{value},{shown},,\n"
    for label, code, value, shown in _BULK_ENDS
)  # fmt: skip
WIDE = (
    "Region,2017,2017_lower, 2017_upper, 2018,2018_lower, 2018_upper\r\n"
    "East and Southern Africa,83 ,73 , 93,85 ,75 , >95\r\nGlobal,76 ,65,89,... ,... , ...\r\n"
)
_KNOW = "Percent of people living with HIV who know their status"
_ON = "Percent of people who know their status who are on ART"
WIDE_DOUBLE = (
    ",2018,2018_lower, 2018_upper, 2018,2018_lower, 2018_upper\r\n"
    f"Country,{_KNOW},{_KNOW}_lower, {_KNOW}_upper, {_ON},{_ON}_lower, {_ON}_upper\r\n"
    "Côte d'Ivoire,63 ,54 , 74,87 ,74 , >95\r\n"
)


def csv_text(rows: Rows, delimiter: str = ",") -> str:
    """The rows of a sheet as a spreadsheet saves them."""
    width = max(len(row) for row in rows)
    return "".join(
        delimiter.join(
            f'"{cell}"' if delimiter in str(cell) else str(cell)
            for cell in [*row, *[""] * (width - len(row))]
        )
        + "\r\n"
        for row in rows
    )


def _name(place: int) -> str:
    return chr(65 + place) if place < 26 else chr(64 + place // 26) + chr(65 + place % 26)


def _cell(row: int, place: int, value: object) -> str:
    at = f'r="{_name(place)}{row}"'
    if isinstance(value, int | float):
        return f"<c {at}><v>{value}</v></c>"
    return f'<c {at} t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def sheet_xml(rows: Rows) -> str:
    """One sheet of a workbook."""
    body = "".join(
        f'<row r="{number}">'
        + "".join(_cell(number, place, cell) for place, cell in enumerate(row) if cell != "")
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{body}</sheetData></worksheet>'
    )


def xlsx(sheets: dict[str, Rows], extra: dict[str, str | bytes] | None = None) -> bytes:
    """A workbook, with further parts or parts replaced."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    ids = range(1, len(sheets) + 1)
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{one}" r:id="rId{one}"/>'
        for one, name in zip(ids, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{one}" Type="{office}/worksheet" '
        f'Target="worksheets/sheet{one}.xml"/>'
        for one in ids
    )
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{names}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}'
        "</Relationships>",
    }
    parts |= {
        f"xl/worksheets/sheet{one}.xml": sheet_xml(rows)
        for one, rows in zip(ids, sheets.values(), strict=True)
    }
    return packed({**parts, **(extra or {})})


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip of the parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


WORKBOOK_2025 = xlsx({"HIV2025Estimates_ByYear": ESTIMATES_2025, "HIV-Test-&-Treat": CASCADE})
WORKBOOK_2019 = xlsx({"HIV estimates - by Year": ESTIMATES_2019})
FILES: dict[str, bytes] = {
    "workbook 2025": WORKBOOK_2025,
    "workbook 2019": WORKBOOK_2019,
    "sheet as csv": csv_text(ESTIMATES_2025).encode(),
    "aidsinfo bulk": BULK.encode(),
    "aidsinfo bulk zip": packed({"Estimates_2025_en.csv": BULK}),
    "aidsinfo wide": WIDE.encode(),
    "aidsinfo wide double": WIDE_DOUBLE.encode(),
    "who csv": WHO.encode("mac_roman"),
    "who odata": json.dumps(ODATA).encode(),
    "world bank csv": WORLD_BANK.encode("utf-8-sig"),
    "world bank json": json.dumps(WORLD_BANK_API).encode(),
    "owid": OWID.encode(),
}


def whole_release(year: int, *, raised: float = 1.0) -> bytes:
    """A workbook with the world since 1990, Kenya and Mauritius: a release to tell chapters from.

    It looks like the one UNAIDS publishes; its figures are made up.
    """
    heads = (
        "AIDS-related deaths among all ages",
        "Estimated adults and children living with HIV",
        "Adults and children newly infected with HIV",
        "Adults (15-49) prevalence (%)",
    )
    rows: list[Sequence[object]] = [
        ["HIV estimates with uncertainty bounds"], [f"1990-{year - 1}"],
        [f"Source: UNAIDS {year} estimates"], [],
        ["", "", "", *[cell for head in heads for cell in (head, "", "")]],
        ["", "", "", *["Estimate", "Low", "High"] * len(heads)],
    ]  # fmt: skip
    for when in range(1990, year):
        for code, name, size in (("03M49WLD", "Global", 1.0), ("KEN", "Kenya", 0.04),
                                 ("MUS", "Mauritius", 0.0004)):  # fmt: skip
            ends = (1.0, 0.9, 1.2)
            counts = [raised * size * (1 + 0.01 * (when - 1990)) * one
                      for one in (600_000, 40_000_000, 1_300_000)]  # fmt: skip
            figures = [round(count * end, -1) for count in counts for end in ends]
            rows.append([when, code, name, *figures, 0.7, 0.6, 0.8])
    return xlsx({f"HIV{year}Estimates_ByYear": rows})
