"""A live picture in JupyterLab: its own Vega gets the spec, pages still get their figure."""

from __future__ import annotations

from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from explainer.charts import style
from explainer.charts.chart import CHART_MIME
from explainer.charts.lab_script import LAB_MIME
from explainer.charts.live import SAID, Again, Slider
from explainer.charts.live_lab import LIVE_MIME, VEGALITE_MIME, spec_for_lab
from explainer.publish import from_lab
from explainer.publish.report import ReportExporter
from tests.charts.test_live import MADE, made


@pytest.mark.parametrize("name", sorted(MADE))
def test_each_control_has_an_input_and_the_sentence_stands_above(name: str) -> None:
    live = made(name)
    spec = spec_for_lab(live)
    params = {param["name"]: param for param in spec["params"]}
    for control in live.controls:
        bound = params[control.name]["bind"]
        assert bound["name"].strip() == control.label
        if isinstance(control, Slider):
            assert f"{control.name}_words" in spec["title"]["subtitle"]["expr"]
        if isinstance(control, Again):
            assert (bound["min"], bound["step"]) == (0, 1)
    assert SAID in spec["title"]["text"]["expr"]
    assert spec["description"] == live.chart.alt
    assert "/v5." in spec["$schema"]
    assert "/v6." in live.spec["$schema"], "the page's own is not changed"


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the donor search shows in a notebook."""
    outputs: list[dict[str, Any]] = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: outputs.append(data))
    made("donor_explorer")._ipython_display_()
    return outputs


def test_lab_is_given_what_it_can_draw_and_nothing_it_would_prefer(
    displayed: list[dict[str, Any]],
) -> None:
    picture, words = displayed
    assert picture[VEGALITE_MIME]["layer"]
    assert isinstance(picture["image/png"], bytes), "for a front end without Vega"
    assert "text/html" not in picture, "JupyterLab would show it instead"
    live = made("donor_explorer")
    assert live.chart.caption.split(";")[0] in words["text/html"]
    assert "The numbers behind this picture" in words["text/html"]


def test_page_of_a_notebook_saved_in_lab_holds_the_live_picture_once(
    displayed: list[dict[str, Any]],
) -> None:
    displayed[0]["image/png"] = ""
    control = {from_lab.WIDGET_MIME: {"model_id": "x"}, "text/plain": "Box(children=(Dropdown(),))"}
    outputs = [new_output("display_data", data=data) for data in (*displayed, control)]
    cells = [new_markdown_cell("# Mine", id="t"), new_code_cell("x", id="fig", outputs=outputs)]
    page, _ = ReportExporter().from_notebook_node(new_notebook(cells=cells))
    assert page.count('<figure class="chart live"') == page.count("<figure ") == 1
    assert "Dropdown" not in page
    assert [from_lab.LIVE_MIME, from_lab.LAB_MIME] == [LIVE_MIME, LAB_MIME]


def test_pages_are_made_from_the_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(style.FORMATS_VARIABLE, "html")
    live = made("donor_explorer")
    with pytest.raises(NotImplementedError):
        live._ipython_display_()
    assert live._repr_mimebundle_().keys() == {"text/html", "text/plain", CHART_MIME}
