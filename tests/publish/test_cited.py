"""A page says how to cite it: one end mark after its title, whatever the title ends in."""

from __future__ import annotations

import re
from html import unescape

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from explainer.publish.report import ReportExporter
from explainer.publish.slides import SlidesExporter


@pytest.mark.parametrize("exporter", [ReportExporter, SlidesExporter])
@pytest.mark.parametrize(
    ("title", "cited"),
    [("Is it getting better?", "Is it getting better? HIV"), ("Eight people", "Eight people. HIV")],
)
def test_title_is_cited_with_one_end_mark(
    exporter: type[ReportExporter], title: str, cited: str
) -> None:
    notebook = new_notebook(cells=[new_markdown_cell(f"# {title}\n\nWords.", id="title")])
    page = exporter().from_notebook_node(notebook)[0]
    (line,) = re.findall(r"Cite as: (.*?)</p>", page)
    words = unescape(re.sub(r"<[^>]+>", "", line))
    assert words.startswith(f"{cited}, explained with its numbers, data of ")
    assert not re.search(r"[?!.]\.", words)
