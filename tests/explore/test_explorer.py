"""An explorer's controls redraw its chart; on a page it is the chart and nothing else."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd
import pytest

import explainer as hiv
from explainer.charts.chart import CHART_MIME, Chart
from explainer.errors import ExplainerError
from explainer.explore import Explorer, board
from explainer.explore.choices import OneOf, Steps, YesNo
from explainer.publish import notebooks
from explainer.publish.pages import Task, compose, in_kernel, in_process
from tests.cli.conftest import write_notebook

CODE = """\
import explainer as hiv
hiv.explorer(hiv.charts.stock_flow, hiv.load_estimates(), location="Kenya")
"""


@pytest.fixture
def explorer() -> Explorer:
    return hiv.explorer(hiv.charts.stock_flow, hiv.load_estimates(), location="Kenya")


class Shown:
    """What a notebook was given to show, in order, and what took its place."""

    def __init__(self) -> None:
        self.outputs: list[Any] = []

    def display(self, shown: Any, **_: object) -> Any:
        self.outputs.append(shown)
        return self

    def update(self, shown: Any, **_: object) -> None:
        self.outputs[-1] = shown


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    seen = Shown()
    monkeypatch.setattr(board, "display", seen.display)
    monkeypatch.setattr(board, "DisplayHandle", Shown)
    return seen


def test_each_choice_has_its_labelled_control() -> None:
    place = board.control(OneOf("location", (("World", "World"), ("Kenya", "Kenya")), at=1))
    assert isinstance(place, widgets.Dropdown)
    assert (place.description, place.label) == ("Place", "Kenya")
    year = board.control(Steps("base_year", 2010, 1990, 2024, 1))
    assert isinstance(year, widgets.IntSlider)
    assert (year.value, year.min, year.max, year.continuous_update) == (2010, 1990, 2024, False)
    assert isinstance(board.control(Steps("k", 0.3, 0.2, 2.0, 0.1)), widgets.FloatSlider)
    box = board.control(YesNo("has_range", start=True))
    assert (box.description, box.value) == ("Has range", True)


def test_change_of_a_control_redraws(explorer: Explorer, shown: Shown) -> None:
    board.show(explorer)
    made, beside, kept = shown.outputs
    assert repr(made) == "Controls: Place, First year shown"
    assert beside["text/plain"] == "Run this cell to move the controls."
    assert kept[CHART_MIME]["title"].startswith("Kenya")
    assert kept["text/html"] == made.picture.value
    made.controls.children[0].label = "World"
    assert shown.outputs[-1][CHART_MIME]["title"] == explorer.chart.title
    assert shown.outputs[-1]["text/html"] == made.picture.value
    assert not explorer.chart.title.startswith("Kenya")
    made.controls.children[1].value = 2015
    assert explorer.chart.table["Year"].min() == 2015


def test_refused_choice_shows_its_sentence_until_a_better_one(
    explorer: Explorer, shown: Shown
) -> None:
    board.show(explorer)
    place, since = shown.outputs[0].controls.children
    place.label = "Norway"
    with pytest.raises(ExplainerError) as refused:
        explorer.choose(location="Norway")
    said = str(refused.value)
    assert shown.outputs[-1]["text/plain"] == said[:1].upper() + said[1:]
    assert '<p role="alert"' in shown.outputs[-1]["text/html"]
    assert escape(said[1:]) in shown.outputs[0].picture.value
    place.label = "World"
    assert shown.outputs[-1][CHART_MIME]["title"] == explorer.chart.title
    assert since.value == 1990


def test_refusal_calls_indicators_by_their_words(shown: Shown) -> None:
    board.show(hiv.explorer(hiv.charts.regions, hiv.load_estimates()))
    indicator, year = shown.outputs[0].controls.children
    year.value = 1990
    indicator.label = "Treatment coverage"
    assert shown.outputs[-1]["text/plain"].startswith("Treatment coverage: no figure for 1990")


def test_fault_of_ours_leaves_no_stale_picture(shown: Shown) -> None:
    def broken(frame: pd.DataFrame, *, top: int = 1) -> Chart:
        return hiv.charts.regions(frame, base_year=2010 // (2 - top))

    board.show(hiv.explorer(broken, hiv.load_estimates(), top=[1, 2]))
    with pytest.raises(ZeroDivisionError):
        shown.outputs[0].controls.children[0].label = "2"
    assert "could not be drawn" in shown.outputs[-1]["text/plain"]


def last_year(shown: Shown) -> int:
    """The last year in the first column of the table under the picture."""
    return max(
        map(int, re.findall(r'<th scope="row"[^>]*>(\d{4})', shown.outputs[-1]["text/html"]))
    )


def test_frames_can_be_chosen_from_a_list(shown: Shown) -> None:
    frames = {"newest": hiv.load_estimates(), "the 2019 release": hiv.load_estimates("2019")}
    board.show(hiv.explorer(hiv.charts.stock_flow, estimates=frames))
    before = last_year(shown)
    shown.outputs[0].controls.children[0].label = "the 2019 release"
    assert last_year(shown) < before


def test_slider_gives_the_number_it_shows() -> None:
    assert board.chosen(Steps("k", 0.3, 0.2, 2.0, 0.1), 0.1 + 0.2) == 0.3


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    return write_notebook(tmp_path / "mine.ipynb", [("md", "# Mine"), ("code", CODE)])


@pytest.mark.slow
def test_page_holds_the_chart_and_no_control(
    notebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "explainer.explore.board", None)  # who needs it, fails
    page = compose(Task(notebook, "mine"), in_process)["html"]
    assert page.count('<figure class="chart"') == 1
    assert "Kenya" in page
    for trace in ("widget-view", "VBox", "Dropdown", "jupyter.widget"):
        assert trace not in page


@pytest.mark.slow
@pytest.mark.parametrize("formats", [("html",), ("html", "slides", "lesson")])
def test_runs_of_both_kinds_give_the_same(notebook: Path, formats: tuple[str, ...]) -> None:
    task = Task(notebook, "mine", formats)
    run: Callable[..., Any]
    outputs = []
    for run in (in_process, in_kernel):
        executed, _ = run(task, notebooks.read(notebook), lambda _: None)
        outputs.append(executed.cells[1].outputs)
    assert outputs[0] == outputs[1]
    assert [CHART_MIME in output.data for output in outputs[0]] == [True]
