"""Pages with live pictures: the runtime comes once, only where needed, and under the policy."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from explainer.charts.chart import CHART_MIME
from explainer.errors import ExplainerError
from explainer.publish import carried
from explainer.publish.blocks import charts_of
from explainer.publish.carried import inline
from explainer.publish.deck_live import slide_figure
from explainer.publish.report import ReportExporter
from explainer.publish.shown import shown_in, with_shown
from explainer.publish.slides import SlidesExporter

FIGURE = (
    '<figure class="chart live" data-name="made-up"><div class="picture"><svg><title>t</title>'
    '</svg></div><div class="panel" hidden></div>'
    '<script type="application/json" class="spec">{"params":[]}</script>'
    '<figcaption><span class="figure-number"></span> A caption '
    '<span class="source">s</span></figcaption><details class="data"></details></figure>'
)
STATIC = {"name": "made-up", "title": "A finding", "alt": "Words", "svg": "<svg></svg>"}


def notebook(n_live: int) -> NotebookNode:
    """A notebook that has run and shows so many live pictures."""
    cells = [new_markdown_cell("# A page\n\n## A part\n\nSome words.", id="text")]
    for number in range(n_live):
        data = {"text/html": FIGURE, "text/plain": "words", CHART_MIME: STATIC}
        output = new_output("display_data", data=data)
        cells.append(new_code_cell("live", id=f"fig-{number}", outputs=[output]))
    return new_notebook(cells=cells)


def report(book: NotebookNode) -> str:
    return ReportExporter().from_notebook_node(book)[0]


def test_runtime_comes_only_with_a_live_picture_and_once() -> None:
    assert "vegaEmbed" not in report(notebook(0))
    one, two = report(notebook(1)), report(notebook(2))
    assert one.count("window.vegaEmbed=") == two.count("window.vegaEmbed=") == 1
    assert "University of Washington Interactive Data Lab" in one
    assert "University of Washington" not in report(notebook(0))


def test_every_script_of_the_page_is_named_in_its_policy() -> None:
    page = report(notebook(1))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    scripts = re.findall(r'<script(?: type="module")?>(.*?)</script>', page, re.S)
    assert len(scripts) == 3
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy.group(1).replace("&#39;", "'")


def test_page_taken_up_again_keeps_its_live_pictures() -> None:
    first = report(notebook(2))
    fresh = notebook(2)
    fresh.cells[0].source += " And other words."
    for cell in fresh.cells[1:]:
        cell.outputs = []
    again = with_shown(fresh, shown_in(first))
    assert again is not None
    assert [chart["name"] for _, chart in charts_of(again)] == ["made-up", "made-up"]
    second = report(again)
    assert "And other words." in second
    assert shown_in(second) == shown_in(first)
    assert second.count('<figure class="chart live"') == 2
    assert second.count("window.vegaEmbed=") == 1


def slides(book: NotebookNode) -> str:
    return SlidesExporter().from_notebook_node(book)[0]


def test_slides_carry_the_controls_and_one_runtime_and_no_caption() -> None:
    assert "vegaEmbed" not in slides(notebook(0))
    page = slides(notebook(2))
    assert page.count('<figure class="chart live" data-name="made-up" data-width=') == 2
    assert page.count('class="spec"') == 2
    assert page.count("window.vegaEmbed=") == 1
    assert "A caption" not in page
    assert 'class="data"' not in page


def test_every_script_of_the_deck_is_named_in_its_policy() -> None:
    page = slides(notebook(1))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    scripts = re.findall(r'<script(?: type="module")?>(.*?)</script>', page, re.S)
    assert len(scripts) == 5
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy.group(1).replace("&#39;", "'")


def test_live_slide_names_the_source_as_its_picture_does() -> None:
    drawn = (
        '<svg><text x="1">4.0</text>\n<text style="s">Source: a model; UNAIDS &amp; WHO. CC</text>'
        '\n<text style="s">BY 4.0</text>\n<defs></defs></svg>'
    )
    figure = slide_figure(STATIC | {"talk": drawn}, FIGURE.replace(
        "</div><script", '<div class="stage"></div></div><script', 1))  # fmt: skip
    assert '<p class="source">Source: a model; UNAIDS &amp; WHO. CC BY 4.0</p>' in figure


def test_package_that_was_never_built_gets_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(carried, "ASSETS", tmp_path)
    with pytest.raises(ExplainerError, match=r"live pictures need .*vega.js, which comes with an"):
        report(notebook(1))


def test_no_script_can_end_its_element() -> None:
    assert inline("a = '</script>'") == r"a = '<\/script>'"
