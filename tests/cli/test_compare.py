"""``explainer compare``: two releases in a terminal, as a table file and as a page."""

from __future__ import annotations

import io
import re
from pathlib import Path

import html5lib
import pandas as pd
import pytest

from tests.cli.conftest import OLD, EarlierExport, assert_refused, explainer


def compare(*arguments: object, cwd: Path) -> str:
    ran = explainer("compare", *arguments, cwd=cwd)
    assert (ran.status, ran.err) == (0, "")
    return ran.out


def test_world_in_two_releases_with_ranges_and_a_sentence_each(tmp_path: Path) -> None:
    out = compare("2024", "2025", cwd=tmp_path)
    assert re.search(
        r"^people living with HIV +2023 +39\.9 million \(36\.1–44\.6 million\) "
        r"+40\.4 million \(36\.6–45\.1 million\)$", out, re.M,
    )  # fmt: skip
    assert (
        "New HIV infections: the 2024 release said 1.3 million (range 1.0–1.7 million) for 2023; "
        "the 2025 release says 1.4 million (range 1.1–1.7 million) for the same year. Revised up "
        "by one rounding step (0.1 million); the older figure lies within the newer range.\n"
    ) in out
    assert "In our tables only the 2025 release holds people living with HIV" in out
    assert "never one trend" in out
    assert list(tmp_path.iterdir()) == []


def test_order_of_the_releases_is_no_matter(tmp_path: Path) -> None:
    assert compare("2025", "2019", cwd=tmp_path) == compare("2019", "2025", cwd=tmp_path)


def test_one_year_of_a_country(tmp_path: Path) -> None:
    out = compare("2019", "2025", "--location", "KEN", "--year", "2010", cwd=tmp_path)
    assert out.startswith("Kenya: the 2019 and 2025 releases side by side\n")
    rows = out.split("\n\n")[1].splitlines()[1:]
    assert len(rows) == 6
    assert all("  2010  " in row for row in rows)


def test_one_indicator_in_every_shared_year(tmp_path: Path) -> None:
    out = compare("2024", "2025", "--indicator", "plhiv", "--location", "Eswatini", cwd=tmp_path)
    rows = out.split("\n\n")[1].splitlines()[1:]
    years = [re.search(r"  (\d{4})  ", row)[1] for row in rows]  # type: ignore[index]
    assert years == ["2010", "2015", "2020", "2021", "2022", "2023"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("2018", "2025"),
            "no UNAIDS release 2018; the tables hold "
            "2016, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026",
        ),
        (
            ("2025", "2025"),
            "release 2025 was named twice; name two different releases to set side by side",
        ),
        (
            ("2024", "2025", "--location", "NOR"),
            "the 2025 release holds figures of Norway, the 2024 release holds none, so nothing "
            "can be set side by side; choose another release or place",
        ),
        (
            ("2024", "2025", "--location", "Keyna"),
            "releases 2024 and 2025: no location 'Keyna'; did you mean Kenya?",
        ),
        (
            ("2024", "2025", "--location", "UK"),
            "releases 2024 and 2025: no location 'UK'; did you mean United Kingdom?",
        ),
        (
            ("2025", "2026"),
            "the 2025 and 2026 releases share no year with figures of the world, so nothing can "
            "be set side by side; choose other releases, or a place that both give, such as "
            "location='AGO' (--location AGO)",
        ),
        (
            ("2024", "2025", "--year", "2030"),
            "the 2024 and 2025 releases share no figure of the world for 2030; "
            "they share 1990–2023",
        ),
        (
            ("2024", "2025", "--to", "docx"),
            "unknown format docx; compare writes html, pdf and csv",
        ),
        (
            ("2024", "2025", "--to", "html", "--year", "2010"),
            "a page shows every indicator and year; leave out --indicator and --year, "
            "or ask for --to csv",
        ),
    ],
)
def test_mistake_is_one_sentence_and_nothing_is_written(
    tmp_path: Path, earlier: EarlierExport, arguments: tuple[str, ...], sentence: str
) -> None:
    assert_refused(explainer("compare", *arguments, cwd=tmp_path), sentence)
    assert earlier.is_untouched()


def test_table_file_holds_every_place_with_its_source_line(tmp_path: Path) -> None:
    out = compare("2024", "2025", "--to", "csv", cwd=tmp_path)
    assert out.startswith("wrote exports/compare-2024-2025.csv")
    first, _, rest = (tmp_path / "exports" / "compare-2024-2025.csv").read_text().partition("\n")
    assert first.startswith("# UNAIDS (2024).")
    assert first.endswith("Licence: CC BY-NC-SA 3.0 IGO.")
    rows = pd.read_csv(io.StringIO(rest))
    assert rows["location"].nunique() > 40
    key = "location == 'World' and indicator == 'art_coverage_share' and year == 2023"
    assert rows.query(key)["difference"].tolist() == [-0.02]


def test_table_file_of_a_choice_holds_that_choice(tmp_path: Path) -> None:
    choice = ["--location", "KEN", "--indicator", "plhiv", "--year", "2010"]
    compare("2019", "2025", *choice, "--to", "csv", cwd=tmp_path)
    file = tmp_path / "exports" / "compare-2019-2025-KEN-plhiv-2010.csv"
    rows = pd.read_csv(file, skiprows=1)
    assert rows[["location", "indicator", "year"]].values.tolist() == [["Kenya", "plhiv", 2010]]
    assert rows[["older_estimate", "newer_estimate"]].values.tolist() == [[1_500_000, 1_400_000]]


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        (["--indicator", "plhiv"], "compare-2024-2025-plhiv"),
        (["--year", "2023"], "compare-2024-2025-2023"),
        (["--indicator", "plhiv", "--year", "2023"], "compare-2024-2025-plhiv-2023"),
        (["--location", "World"], "compare-2024-2025-WLD"),
    ],
)
def test_table_file_is_named_by_what_it_holds(tmp_path: Path, choice: list[str], name: str) -> None:
    compare("2024", "2025", "--to", "csv", cwd=tmp_path)
    whole = (tmp_path / "exports" / "compare-2024-2025.csv").read_bytes()
    compare("2024", "2025", *choice, "--to", "csv", cwd=tmp_path)
    assert {path.stem for path in (tmp_path / "exports").glob("*.csv")} == {
        "compare-2024-2025", name,
    }  # fmt: skip
    assert (tmp_path / "exports" / "compare-2024-2025.csv").read_bytes() == whole


def test_page_is_written_once_and_kept(tmp_path: Path, earlier: EarlierExport) -> None:
    out = compare("2024", "2025", "--to", "html", cwd=tmp_path)
    assert out.startswith("wrote exports/compare-2024-2025.html")
    page = tmp_path / "exports" / "compare-2024-2025.html"
    before = page.read_bytes()
    assert compare("2025", "2024", "--to", "html", cwd=tmp_path).startswith("kept ")
    assert page.read_bytes() == before
    assert earlier.has_old("index")
    assert earlier.has_old("01-global-epidemic")


def test_page_of_a_country_bears_its_code_and_names_both_releases(tmp_path: Path) -> None:
    compare("2019", "2025", "--location", "Eswatini", "--to", "html", cwd=tmp_path)
    text = (tmp_path / "exports" / "compare-2019-2025-SWZ.html").read_text(encoding="utf-8")
    page = html5lib.parse(text, namespaceHTMLElements=False)
    (title,) = page.iter("h1")
    assert title.text == "HIV in Eswatini: the 2019 and 2025 releases side by side"
    assert "UNAIDS release 2019 beside 2025" in text
    assert OLD not in text


def test_comparison_is_no_chapter(tmp_path: Path) -> None:
    assert "compare" not in explainer("list", cwd=tmp_path).out
