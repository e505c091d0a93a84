"""The chapters in a real JupyterLab: every cell runs, every picture shows, nothing leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from explainer.charts.chart import CHART_MIME
from explainer.charts.live_lab import VEGALITE_MIME
from explainer.publish.roles import is_shown
from tests.lab.lab import Lab, opened, read, run_all, running_lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]


# Words of a picture that reach over its edge.
CUT = """picture => {
    const edge = picture.getBoundingClientRect();
    return [...picture.querySelectorAll("text")].filter(text => {
        const box = text.getBoundingClientRect();
        return box.width && (box.left < edge.left - 1 || box.right > edge.right + 1
            || box.top < edge.top - 1 || box.bottom > edge.bottom + 1);
    }).map(text => text.textContent);
}"""


@pytest.fixture(scope="module")
def lab(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    is_root = request.param == "at the repository root"
    with running_lab(tmp_path_factory.mktemp("lab"), is_root=is_root) as lab:
        yield lab


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with opened(browser) as page:
        yield page


@pytest.mark.parametrize(
    ("lab", "name"),
    [
        ("in notebooks/", "02-remission-timeline.ipynb"),
        ("in notebooks/", "04-reading-the-news.ipynb"),
        ("in notebooks/", "05-beyond-transplants.ipynb"),
        ("at the repository root", "03-ccr5-donors.ipynb"),
        ("at the repository root", "06-bending-the-curve.ipynb"),
    ],
    indirect=["lab"],
)
def test_chapter_runs_from_top_to_bottom(lab: Lab, page: Page, name: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    run_all(page, lab, name)

    outputs = [out for cell in read(lab.notebooks / name).cells for out in cell.get("outputs", [])]
    assert {out.output_type for out in outputs} <= {"execute_result", "display_data"}
    drawings = [out.data for out in outputs if CHART_MIME in out.data]
    charts = [data[CHART_MIME] for data in drawings if VEGALITE_MIME not in data]
    assert len(charts) >= 3
    expect(page.locator(".vega-embed svg")).to_have_count(len(drawings) - len(charts))

    for live in page.locator(".vega-embed svg").all():
        assert live.evaluate(CUT) == []

    figures = page.locator("figure.chart").locator("visible=true")  # a kept one is hidden
    expect(figures).to_have_count(len(charts))
    for figure, chart in zip(figures.all(), charts, strict=True):
        picture = figure.locator("svg").first
        picture.scroll_into_view_if_needed()
        box = picture.bounding_box()
        assert box
        assert box["width"] > 400
        assert box["height"] > 100
        assert chart["alt"] in (picture.locator("desc").text_content() or "")
        expect(figure.locator("figcaption")).to_contain_text("Source")

    assert [url for url in asked if not url.startswith((lab.address, "data:", "blob:"))] == []
    page.get_by_role("menuitem", name="File", exact=True).click()
    page.locator(".lm-Menu-itemLabel", has_text="Save and Export Notebook As").hover()
    expect(page.locator(".lm-Menu-itemLabel", has_text="Explainer_report")).to_be_visible()
    assert "explainer_report" in json.loads(lab.ask("/api/nbconvert"))
    report = lab.ask(f"/nbconvert/explainer_report/{lab.tree}{name}").decode()
    told = [cell for cell in read(lab.notebooks / name).cells if is_shown(cell, "report")]
    drawn = [out for cell in told for out in cell.get("outputs", []) if CHART_MIME in out.data]
    assert report.count('<figure class="chart') == len(drawn)
