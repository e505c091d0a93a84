"""The index over country profiles holds what the pages' cards say, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import html5lib
import pytest

from explainer.publish.countries import row_of, write_country_index
from explainer.publish.report import policy

HARM = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


def figure(words: str, value: float, year: int = 2024, mark: str = "", spread: str = "") -> dict:
    """A figure as a card holds it."""
    return {"words": words, "range": spread, "value": value, "mark": mark, "year": year}


def write_page(folder: Path, code: str, country: str, release: str = "2025", **figures: object):
    """A page that holds nothing but its card."""
    facts = {"iso3": code, "country": country, "release": release, **figures}
    card = {"title": f"HIV in {country}", "answer": "", "cover": None, "facts": facts}
    text = json.dumps(card).replace("<", "\\u003c")
    page = folder / f"{code}.html"
    page.write_text(f'<script type="application/json" id="card">{text}</script>', encoding="utf-8")
    return page


def table(folder: Path) -> list[list[str]]:
    """Texts of the table's rows, head first."""
    page = write_country_index(folder).read_text(encoding="utf-8")
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in tree.iter("tr")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two countries' pages, a page of another kind and a broken file."""
    write_page(
        tmp_path, "SWZ", "Eswatini",
        plhiv=figure("220,000", 220_000, spread="210,000–240,000"),
        prevalence=figure("23.4%", 0.234), new_infections=figure("<500", 500, 2022, "<"),
        coverage=figure("94%", 0.94, 2023),
    )  # fmt: skip
    write_page(tmp_path, "AGO", "Angola", plhiv=figure("370,000", 370_000), coverage=None)
    (tmp_path / "own.html").write_text("<h1>Mine</h1>", encoding="utf-8")
    (tmp_path / "bytes.html").write_bytes(b"\xff\xfe\x00")
    return tmp_path


def test_every_profile_has_a_row_in_order_of_names(folder: Path) -> None:
    head, *rows = table(folder)
    assert head == [
        "Country", "People living with HIV", "Prevalence, ages 15–49", "New infections a year",
        "On treatment", "Year", "Release",
    ]  # fmt: skip
    assert [row[0] for row in rows] == ["Angola", "Eswatini"]


def test_figures_stand_as_published_with_mark_range_and_year(folder: Path) -> None:
    assert table(folder)[2] == [
        "Eswatini", "220,000210,000–240,000", "23.4%", "<500 in 2022", "94% in 2023", "2024",
        "2025",
    ]  # fmt: skip


def test_what_is_not_published_says_so(folder: Path) -> None:
    assert table(folder)[1][2:5] == ["no figure"] * 3


def test_ceiling_is_ordered_just_under_its_number(folder: Path) -> None:
    row = row_of(folder / "SWZ.html")
    assert row is not None
    plhiv, _, infections, _ = row.cells
    assert float(plhiv.order) == 220_000
    assert 499.99 < float(infections.order) < 500


def test_other_pages_and_files_have_no_row(folder: Path) -> None:
    assert row_of(folder / "own.html") is None
    assert row_of(folder / "bytes.html") is None
    assert row_of(folder / "missing.html") is None


def test_index_is_no_row_of_itself(folder: Path) -> None:
    assert table(folder) == table(folder)


def test_links_lead_to_the_pages(folder: Path) -> None:
    page = write_country_index(folder).read_text(encoding="utf-8")
    links = re.findall(r'<th scope="row"[^>]*><a href="([^"]+)">', page)
    assert links == ["AGO.html", "SWZ.html"]
    assert all((folder / link).is_file() for link in links)


def test_pages_of_several_releases_are_not_to_be_compared(folder: Path) -> None:
    target = folder / "index.html"
    assert "different releases" not in write_country_index(folder).read_text(encoding="utf-8")
    write_page(folder, "KEN", "Kenya", release="2019", plhiv=figure("1.6 million", 1.6e6, 2018))
    assert "different releases" in write_country_index(folder).read_text(encoding="utf-8")
    assert target.is_file()


def test_empty_folder_says_how_to_make_pages(tmp_path: Path) -> None:
    page = write_country_index(tmp_path).read_text(encoding="utf-8")
    assert "explainer country --all" in page
    assert "<table" not in page


def test_markup_in_a_card_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    write_page(tmp_path, "XXX", HARM, plhiv=figure(HARM, 1, spread=HARM))
    page = write_country_index(tmp_path).read_text(encoding="utf-8")
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    assert [element.tag for element in tree.iter() if element.tag in ("img", "script")] == [
        "script"
    ]
    assert HARM in "".join(tree.find("body").itertext())


def test_page_allows_only_its_own_script(folder: Path) -> None:
    page = write_country_index(folder).read_text(encoding="utf-8")
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    (script,) = tree.iter("script")
    metas = [element.get("content") for element in tree.iter("meta")]
    assert policy(script.text) in metas


def test_same_pages_give_the_same_bytes(folder: Path) -> None:
    assert write_country_index(folder).read_bytes() == write_country_index(folder).read_bytes()
