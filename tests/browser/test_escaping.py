"""Markup written into every text cell of every table is shown in the pages, never obeyed."""

from __future__ import annotations

import ast
import csv
import json
import re
from pathlib import Path
from typing import Any

import html5lib
import pytest

from explainer.paths import PACKAGE, data_dir, notebooks_dir
from explainer.publish.build import export
from explainer.publish.carried import RUNTIME, carried, inline
from explainer.publish.report import asset, policy
from explainer.tables import registry
from explainer.tables.columns import Column
from tests.browser.conftest import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MARKUP = (
    '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    "[x](javascript:alert(3)) $x^{$ '{{7*7}}"
)
TIGHT = MARKUP.replace(" ", "/").replace(";", ",")  # for columns whose shape allows no blank
PAGES = [path.stem for path in sorted(notebooks_dir().glob("0*.ipynb"))] + ["index"]
NUMBER = re.compile(r"[-+]?\d*\.?\d+(e-?\d+)?")
_SVG = "{http://www.w3.org/2000/svg}"


def looked_up() -> set[str]:
    """Texts that the code asks for by name, such as World: changed, they would not be found."""
    sources = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    for path in notebooks_dir().glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    nodes = (node for source in sources for node in ast.walk(ast.parse(source)))
    return {str(node.value) for node in nodes if isinstance(node, ast.Constant)}


def harmful(column: Column, value: str) -> str:
    """The value with markup behind it, as far as the column's type, list and shape allow."""
    if column.kind != "text" or column.choices or not value or NUMBER.fullmatch(value):
        return value
    for text in (f"{value} {MARKUP}", value + TIGHT):
        if not column.pattern or re.fullmatch(column.pattern, text):
            return text
    return value


def write_harmful_tables(folder: Path) -> set[tuple[str, str]]:
    """Copy the data folder with markup in every text cell; give the columns that took it."""
    kept, changed = looked_up(), set()
    (folder / "datapackage.json").write_bytes((data_dir() / "datapackage.json").read_bytes())
    for table in registry.TABLES.values():
        columns = {column.name: column for column in table.columns}
        with (data_dir() / table.file).open(encoding="utf-8", newline="") as stream:
            header, *rows = list(csv.reader(stream))
        for row in rows:
            for place, name in enumerate(header):
                old = row[place]
                row[place] = old if old in kept else harmful(columns[name], old)
                if row[place] != old:
                    changed.add((table.name, name))
        with (folder / table.file).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([header, *rows])
    return changed


@pytest.fixture(scope="module")
def harmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with all chapters and the landing page, made from harmful tables."""
    data = tmp_path_factory.mktemp("harmful")
    changed = write_harmful_tables(data)
    assert {table for table, _ in changed} >= registry.TABLES.keys() - {"treatment_cascade"}
    assert ("remission_cases", "short_name") in changed
    assert ("delta32_frequencies", "population") in changed
    assert {("sources", "title"), ("sources", "url"), ("sources", "doi")} <= changed
    out = tmp_path_factory.mktemp("harmed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPLAINER_DATA_DIR", str(data))
        outcome = export(out=out)
    assert outcome.failures == ()
    return out


def parsed(page: Path) -> Any:
    """The page as a browser understands it."""
    return html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=False)


def own_scripts() -> set[str]:
    """The scripts that pages may run: ours, and the runtime that draws live pictures."""
    return {inline(carried(RUNTIME, "tests")), *map(asset, ("page.js", "live.js"))}


@pytest.mark.parametrize("name", PAGES)
def test_page_holds_no_element_from_a_table(harmed: Path, name: str) -> None:
    elements = list(parsed(harmed / f"{name}.html").iter())
    scripts = [element for element in elements if element.tag in ("script", f"{_SVG}script")]
    runnable = [script for script in scripts if script.get("type") != "application/json"]
    texts = [str(script.text) for script in runnable]
    assert 1 <= len(texts) == len(set(texts))
    assert set(texts) <= own_scripts()
    assert policy(*texts) in [element.get("content") for element in elements]
    for element in elements:
        assert element.tag not in ("iframe", "object", "embed", "base", "form", "foreignObject")
        assert not [attribute for attribute in element.attrib if str(attribute).startswith("on")]
        for attribute in ("src", "href", "{http://www.w3.org/1999/xlink}href"):
            address = element.get(attribute, "").strip().lower()
            assert not address.startswith(("javascript:", "x", "vbscript:"))
            assert element.tag != "img" or address.startswith("data:")


@pytest.mark.parametrize("name", PAGES[:-1])  # the landing page quotes no text of a table
def test_markup_is_shown_letter_by_letter(harmed: Path, name: str) -> None:
    shown = " ".join(parsed(harmed / f"{name}.html").find("body").itertext())
    assert MARKUP in " ".join(shown.split())


@pytest.mark.parametrize("name", PAGES)
def test_browser_runs_nothing_and_asks_for_nothing(
    harmed: Path, watched: Watched, name: str
) -> None:
    dialogs: list[str] = []
    watched.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page = watched.open(harmed / f"{name}.html")
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.wait_for_load_state("networkidle")
    assert dialogs == []
    assert watched.complaints == []
    asked = [url for url in watched.requests if not url.startswith("data:")]
    assert asked == [(harmed / f"{name}.html").as_uri()]


def test_downloaded_numbers_are_no_formula(harmed: Path, watched: Watched) -> None:
    page = watched.open(harmed / "02-remission-timeline.html")
    with page.expect_download() as got:
        page.get_by_role("button", name="Numbers (CSV)").first.click()
    lines = Path(got.value.path()).read_text(encoding="utf-8").splitlines()
    rows = list(csv.reader(line for line in lines if not line.startswith("# ")))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "+"))]
