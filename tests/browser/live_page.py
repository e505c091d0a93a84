"""A page with one live picture, and the ways to move it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from playwright.sync_api import Locator, Page

from explainer.charts.chart import CHART_MIME
from explainer.charts.live import Live
from explainer.publish.report import ReportExporter
from explainer.publish.slides import SlidesExporter

# Words that stick out of the picture, and pairs of words that lie on each other.
CUT = """async (figure, signals) => {
  for (const [name, value] of Object.entries(signals)) figure.view.signal(name, value);
  await figure.view.runAsync();
  const stage = figure.querySelector(".stage").getBoundingClientRect();
  const words = [...figure.querySelectorAll(".stage svg text")].filter(
    (text) => text.textContent.trim() && text.getAttribute("opacity") !== "0");
  const boxes = words.map((text) => { // the letters without the room above and below them
    const { left, right, top, bottom } = text.getBoundingClientRect(), room = (bottom - top) / 5;
    return [text.textContent, { left, right, top: top + room, bottom: bottom - room }];
  });
  const out = boxes.filter(([, box]) => box.left < stage.left - 1 || box.right > stage.right + 1
    || box.top < stage.top - 1 || box.bottom > stage.bottom + 1).map(([words]) => words);
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const crossed = boxes.flatMap(([words, box], place) => boxes.slice(place + 1)
    .filter(([, other]) => over(box, other)).map(([others]) => words + " on " + others));
  return [out, crossed];
}"""


def cells_with(live: Live) -> list[Any]:
    """A heading, and a cell that shows the picture."""
    bundle = live._repr_mimebundle_()
    data = {mime: bundle[mime] for mime in ("text/html", "text/plain", CHART_MIME)}
    return [
        new_markdown_cell("# A page\n\n## A picture", id="text"),
        new_code_cell("live", id="fig-live", outputs=[new_output("display_data", data=data)]),
    ]


def page_with(live: Live, path: Path) -> Path:
    """A report of one cell that shows the picture."""
    html, _ = ReportExporter().from_notebook_node(new_notebook(cells=cells_with(live)))
    path.write_text(html, encoding="utf-8")
    return path


def deck_with(live: Live, path: Path) -> Path:
    """A deck of one slide, which shows the picture."""
    html, _ = SlidesExporter().from_notebook_node(new_notebook(cells=cells_with(live)))
    path.write_text(html, encoding="utf-8")
    return path


class Moved:
    """The live picture of a page that stands open."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.figure: Locator = page.locator(f'figure.live[data-name="{name}"]')
        self.figure.locator(".stage svg").wait_for()

    def control(self, name: str) -> Locator:
        return self.figure.locator(f'[data-param="{name}"]')

    def press(self, name: str, key: str) -> None:
        """One key on a control."""
        self.control(name).press(key)

    def signals(self, *names: str) -> list[Any]:
        """What the view holds now."""
        return self.figure.evaluate(
            "async (figure, names) => { await figure.view.runAsync();"
            " return names.map((name) => figure.view.signal(name)); }",
            list(names),
        )

    def data(self, source: str) -> list[dict[str, Any]]:
        """Rows that the view draws."""
        return self.figure.evaluate(
            "async (figure, name) => { await figure.view.runAsync();"
            " return figure.view.data(name).map((row) => ({ ...row })); }",
            source,
        )

    def ceilings(self) -> list[tuple[float, float]]:
        """Years and heights of the hollow triangles that are drawn."""
        marks = self.figure.locator(".stage svg .ceilings_marks path")
        return [
            tuple(mark)
            for mark in marks.evaluate_all(
                "marks => marks.map((mark) => mark.__data__).map((item) =>"
                " [item.datum.year, item.datum.ceiling])"
            )
        ]

    def drawn(self) -> list[str]:
        """Words in the picture."""
        return self.figure.locator(".stage svg text").all_text_contents()

    def cut(self, **signals: object) -> list[list[str]]:
        """Words that stick out of the picture, and words on words, with the controls so."""
        return self.figure.evaluate(CUT, signals)

    def said(self) -> str:
        """The sentence that is read out."""
        self.page.wait_for_timeout(260)
        return self.figure.locator(".said").text_content() or ""

    def walk(self, name: str, *signals: str) -> list[list[Any]]:
        """What the view holds at each step of a slider, moved by keys from end to end."""
        slider = self.control(name)
        low, high, step = (
            float(slider.get_attribute(key) or "nan") for key in ("min", "max", "step")
        )
        slider.press("Home")
        found = [self.signals(name, *signals)]
        for _ in range(round((high - low) / step)):
            slider.press("ArrowRight")
            found.append(self.signals(name, *signals))
        assert found[-1][0] == high
        return found
