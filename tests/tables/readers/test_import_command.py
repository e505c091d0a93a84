"""``explainer import FILE --dry-run``: what a file holds, or one sentence and exit status 2."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from explainer.paths import data_dir
from explainer.tables.imports import as_cascade, as_estimates, checks, headlines, preview
from explainer.tables.load import load
from explainer.tables.readers import read
from tests.cli.conftest import explainer
from tests.tables.readers import made

Write = Callable[..., Path]


def hashes() -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in data_dir().iterdir()
    }


def test_dry_run_tells_and_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "any.name").write_bytes(made.WORKBOOK_2025)
    before = hashes()
    ran = explainer("import", "any.name", "--dry-run", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[:5] == [
        "UNAIDS workbook of UNAIDS",
        "release   2025 (row 3 of sheet HIV2025Estimates_ByYear)",
        "years     2023–2024",
        "places    the world, 1 region, 2 countries",
        "figures   24",
    ]
    assert "  plhiv, all ages (people): 4 rows, 2023–2024" in lines
    assert "  plhiv 2024: 40.8 million (range 37.0–45.6 million)" in lines
    assert '  1 cell of sheet HIV2025Estimates_ByYear: not published ("...")' in lines
    assert hashes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["any.name"]


def test_mistake_is_one_sentence(tmp_path: Path) -> None:
    before = hashes()
    (tmp_path / "page.xlsx").write_text("<!doctype html><html></html>", encoding="utf-8")
    ran = explainer("import", "page.xlsx", "--dry-run", cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "explainer: page.xlsx: is a web page, not the file behind it; "
        "download the xlsx, CSV or JSON file again\n"
    )
    assert hashes() == before


def test_rows_go_into_the_columns_of_the_tables(write: Write) -> None:
    frame = read(write(made.WORKBOOK_2025)).frame
    estimates, cascade = as_estimates(frame), as_cascade(frame)
    assert list(estimates.columns) == list(load("hiv_estimates").columns)
    assert list(cascade.columns) == list(load("treatment_cascade").columns)
    assert set(estimates["indicator"]) == {"plhiv", "prevalence_share"}
    assert set(cascade["population"]) == {"all ages", "women 15+"}
    assert set(estimates["source_id"]) == {"unaids_workbook_2025"}


def test_other_places_stay_out_of_the_tables(write: Write) -> None:
    frame = read(write(made.FILES["owid"])).frame
    assert "Ethiopia, Afar" in set(frame["location"])
    assert "Ethiopia, Afar" not in set(as_estimates(frame)["location"])


def test_range_upside_down_is_said_and_counted(write: Write) -> None:
    rows = [list(row) for row in made.ESTIMATES_2025]
    rows[7][7], rows[7][8] = rows[7][8], rows[7][7]
    reading = read(write(made.xlsx({"HIV2025Estimates_ByYear": rows})))
    assert "plhiv 2024: 40.8 million (the range is upside down in this file)" in headlines(
        reading.frame
    )
    assert "hiv_estimates: 1 of 9 rows break the rule that low is not above estimate" in checks(
        reading
    )


def test_revised_figure_is_counted_against_the_release_in_use(write: Write) -> None:
    rows = [list(row) for row in made.ESTIMATES_2025]
    same = checks(read(write(made.xlsx({"HIV2025Estimates_ByYear": rows}))))
    rows[7][6] = "41.0 m"
    other = checks(read(write(made.xlsx({"HIV2025Estimates_ByYear": rows}))))
    assert same[1].startswith("hiv_estimates: ")
    ours, whole = (int(same[1].split()[at]) for at in (1, 3))
    theirs = int(other[1].split()[1])
    assert theirs == ours - 1
    assert whole == int(other[1].split()[3])


def test_file_without_the_world_says_so(write: Write) -> None:
    assert "  no main figure of the world in this file" in preview(write(made.FILES["who csv"]))
