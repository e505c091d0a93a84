"""Chapter 1 in a real JupyterLab: controls by keyboard, pictures kept, pages from the menu."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.lab.lab import Lab, add_cell, open_notebook, opened, run_all, running_lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "01-global-epidemic.ipynb"
SAVE = """\
mine = hiv.explorer(charts.stock_flow, estimates, location="Kenya").chart
mine.save("kept.svg"), mine.save("kept.png"), mine.save("kept.csv")"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(tmp_path_factory.mktemp("lab")) as lab:
        add_cell(lab, NAME, SAVE)
        yield lab


@pytest.fixture(scope="module")
def page(browser: Browser, lab: Lab) -> Iterator[Page]:
    """The chapter, run from top to bottom."""
    with opened(browser) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        run_all(page, lab, NAME)
        expect.set_options(timeout=60_000)  # a picture is drawn anew, on whatever machine this is
        yield page
        expect.set_options(timeout=5_000)
        assert [url for url in asked if not url.startswith((lab.address, "data:", "blob:"))] == []


@pytest.fixture
def regions(page: Page) -> Locator:
    """The cell that explores the regions."""
    cell = page.locator(".jp-CodeCell").filter(has_text="hiv.explorer(charts.regions")
    cell.scroll_into_view_if_needed()
    return cell


def seen(cell: Locator) -> Locator:
    """The pictures of a cell that are to be seen."""
    return cell.locator("figure").locator("visible=true")


def test_picture_and_caption_follow_keys(regions: Locator, page: Page) -> None:
    regions.get_by_label("Indicator").focus()
    page.keyboard.press("n")  # a list goes to what begins with the letter
    expect(seen(regions).locator("svg > title")).to_contain_text("new HIV infections")
    year = regions.get_by_role("slider")
    year.focus()
    before = int(year.get_attribute("aria-valuenow").split(".")[0])  # type: ignore[union-attr]
    page.keyboard.press("ArrowRight")
    expect(seen(regions).locator("figcaption")).to_contain_text(f"level in {before + 1}")
    expect(seen(regions).locator("svg > title")).to_contain_text(f"Since {before + 1}")
    expect(seen(regions)).to_have_count(1)
    expect(regions.get_by_text("Run this cell")).to_be_hidden()
    over = "all => all.map(box => box.scrollWidth - box.clientWidth)"
    assert max(regions.locator(".widget-box").evaluate_all(over)) <= 0  # no needless scrollbar


def test_link_to_a_figure_leads_to_its_cell(page: Page) -> None:
    picture = page.locator(".jp-CodeCell").filter(has_text="charts.regions(estimates)").last
    expect(picture).not_to_be_in_viewport()
    link = page.locator(".jp-Notebook").get_by_role("link", name="Figure", exact=True)
    link.and_(page.locator("[href$='#cell-id=fig-regions']")).first.click()
    expect(picture).to_be_in_viewport()


def test_refused_choice_is_answered_by_its_sentence(regions: Locator, page: Page) -> None:
    sentence, picture = regions.get_by_role("alert"), seen(regions)
    regions.get_by_label("Indicator").focus()
    page.keyboard.press("t")
    expect(picture.locator("svg > title")).to_contain_text("treatment coverage")
    year = regions.get_by_role("slider")
    year.focus()
    page.keyboard.press("Home")
    expect(sentence).to_contain_text("no figure for 1990")
    expect(picture).to_have_count(0)
    expect(regions.locator("[data-mime-type='application/vnd.jupyter.stderr']")).to_have_count(0)
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(picture).to_have_count(1)
    expect(sentence).to_have_count(0)


def test_live_picture_is_moved_by_keys(page: Page) -> None:
    cell = page.locator(".jp-CodeCell").filter(has_text="charts.tub_explorer")
    picture = cell.locator(".vega-embed svg")
    expect(picture).to_contain_text("rises")
    cell.get_by_role("slider", name="Tap: new infections a year").focus()
    page.keyboard.press("Home")
    expect(picture).to_contain_text("falls")
    expect(picture).to_contain_text("Tap: new infections a year: 0 ·")
    expect(cell.locator("figcaption")).to_contain_text("arithmetic, not a forecast")
    expect(cell.locator(".vega-bind").first).to_have_text("Tap: new infections a year 0")
    expect(cell.get_by_text("0", exact=True).locator("visible=true")).to_have_count(1)  # the axis


def cells_of(page: Page) -> list[str]:
    """Every cell's kind, and which one is active."""
    cells = page.locator(".jp-Notebook .jp-Cell")
    wanted = "/^jp-(Code|Markdown|Raw)Cell$|^jp-mod-active$/"
    names = f"cell => [...cell.classList].filter(name => {wanted}.test(name)).join(' ')"
    return list(cells.evaluate_all(f"cells => cells.map({names})"))


def keys_stay(page: Page, focused: Locator) -> None:
    """Keys that cut, add and change cells leave them alone while a control has the focus."""
    focused.focus()
    before = cells_of(page)
    for key in ("m", "x", "b", "a", "y", "r", "Enter", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    expect(focused).to_be_focused()
    assert cells_of(page) == before


def test_keys_on_a_live_slider_leave_the_cells_alone(page: Page) -> None:
    cell = page.locator(".jp-CodeCell").filter(has_text="charts.tub_explorer")
    tap = cell.get_by_role("slider", name="Tap: new infections a year")
    keys_stay(page, tap)
    before = float(tap.input_value())
    for key, further in (("ArrowRight", 1), ("ArrowRight", 1), ("ArrowLeft", -1)):
        page.keyboard.press(key)
        now = float(tap.input_value())
        assert (now - before) * further > 0
        before = now
    keys_stay(page, tap)


def test_keys_on_an_explorer_leave_the_cells_alone(regions: Locator, page: Page) -> None:
    keys_stay(page, regions.get_by_label("Indicator"))
    year = regions.get_by_role("slider")
    keys_stay(page, year)
    before = year.get_attribute("aria-valuenow")
    page.keyboard.press("ArrowLeft")
    expect(year).not_to_have_attribute("aria-valuenow", str(before))
    keys_stay(page, year)


def test_shortcuts_with_control_still_work_on_a_slider(page: Page) -> None:
    cell = page.locator(".jp-CodeCell").filter(has_text="charts.tub_explorer")
    cell.get_by_role("slider", name="Tap: new infections a year").focus()
    page.keyboard.press("ArrowLeft")
    with page.expect_response(lambda answer: answer.request.method == "PUT" and NAME in answer.url):
        page.keyboard.press("Control+s")


def test_pictures_and_numbers_are_kept_beside_the_notebook(page: Page, lab: Lab) -> None:
    assert (lab.notebooks / "kept.svg").read_text(encoding="utf-8").startswith("<svg")
    assert (lab.notebooks / "kept.png").read_bytes().startswith(b"\x89PNG")
    assert (lab.notebooks / "kept.csv").read_text(encoding="utf-8").startswith("# UNAIDS")


@pytest.mark.parametrize(
    ("entry", "made"),
    [("Explainer_report", ".html"), ("Explainer_slides", ".slides.html"),
     ("Explainer_lesson", ".lesson.html")],
)  # fmt: skip
def test_menu_makes_a_page(page: Page, tmp_path: Path, entry: str, made: str) -> None:
    page.get_by_role("menuitem", name="File", exact=True).click()
    page.locator(".lm-Menu-itemLabel", has_text="Save and Export Notebook As").hover()
    with page.expect_download() as download:
        page.locator(".lm-Menu-itemLabel", has_text=entry).click()
    file = download.value
    assert file.suggested_filename == NAME.replace(".ipynb", made)
    file.save_as(tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<title>" in text
    assert "Dropdown(" not in text
    assert ("<svg" in text) == (made != ".lesson.html")
    pictures = set(re.findall(r'<title id="([a-z-]+)-[0-9a-f]{6}-title"', text))
    are_for_the_room = made == ".slides.html"
    assert all(name.endswith("-talk") == are_for_the_room for name in pictures)


@pytest.mark.parametrize("kind", ["report", "slides"])
def test_menu_runs_a_notebook_that_was_only_opened(lab: Lab, kind: str) -> None:
    code = "import explainer as hiv\nhiv.charts.stock_flow(hiv.load_estimates(), location='Kenya')"
    cells = [nbformat.v4.new_markdown_cell("# Mine"), nbformat.v4.new_code_cell(code)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), lab.notebooks / "opened.ipynb")
    page = lab.ask(f"/nbconvert/explainer_{kind}/{lab.tree}opened.ipynb").decode()
    drawn = "stock-flow-talk" if kind == "slides" else "stock-flow"
    assert re.search(rf'<title id="{drawn}-[0-9a-f]{{6}}-title">Kenya', page)


def test_picture_still_follows_after_the_page_was_loaded_anew(
    page: Page, browser: Browser, lab: Lab
) -> None:
    with page.expect_response(lambda answer: answer.request.method == "PUT" and NAME in answer.url):
        page.keyboard.press("Control+s")
    with opened(browser) as again:
        open_notebook(again, lab, NAME)
        cell = again.locator(".jp-CodeCell").filter(has_text="hiv.explorer(charts.regions")
        cell.scroll_into_view_if_needed()
        expect(seen(cell)).to_have_count(1)
        for indicator in ("AIDS-related deaths", "new HIV infections"):
            option = f"{indicator[:1].upper()}{indicator[1:]}"
            cell.get_by_label("Indicator").select_option(label=option)
            expect(seen(cell).locator("svg > title")).to_contain_text(indicator)
        expect(cell.get_by_text("Run this cell")).to_be_hidden()


def test_saved_explorer_says_how_to_wake_it(page: Page, browser: Browser, lab: Lab) -> None:
    with page.expect_response(lambda answer: answer.request.method == "PUT" and NAME in answer.url):
        page.keyboard.press("Control+s")
    for session in json.loads(lab.ask("/api/sessions")):
        lab.ask(f"/api/sessions/{session['id']}", "DELETE")
    with opened(browser) as later:
        open_notebook(later, lab, NAME)
        cell = later.locator(".jp-CodeCell").filter(has_text="hiv.explorer(charts.regions")
        cell.scroll_into_view_if_needed()
        expect(cell.get_by_text("Run this cell to move the controls.")).to_be_visible()
        expect(cell.get_by_text("model not found")).to_be_hidden()
        expect(seen(cell).locator("svg").first).to_be_visible()
