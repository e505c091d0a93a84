"""A live picture in JupyterLab: its own Vega draws it, with inputs below, without a network."""

from __future__ import annotations

import copy
from typing import Any

from explainer.charts import vega
from explainer.charts.html import words_html
from explainer.charts.lab_script import KEYS, LAB_MIME, LOOK
from explainer.charts.live import SAID, Again, Live, Slider

VEGALITE_MIME = "application/vnd.vegalite.v5+json"  # what JupyterLab 4 holds a renderer for
LIVE_MIME = "application/vnd.explainer.live+html"  # the figure that a page shows instead
PIXELS = 720  # as wide as every other picture
HEAD = 100  # pixels that four lines of the sentence and the line under them take
WIDTH = 90  # characters in a line of the sentence over the picture
PRESSES = 20  # how often a chance can be taken anew


def title_of(live: Live) -> dict[str, Any]:
    """The sentence over the picture, in lines, and under it where the sliders stand, in words."""
    stands = " + ' · ' + ".join(
        f"{vega.text_of(f'{control.label}: ')} + {control.name}_words"
        for control in live.controls
        if isinstance(control, Slider)
    )
    look = {"anchor": "start", "frame": "bounds", "offset": 12, "fontWeight": "normal"}
    return look | {
        "text": {"expr": vega.lines_of(WIDTH, SAID)}, "fontSize": 13, "color": vega.INK,
        "subtitle": {"expr": stands or "''"}, "subtitleFontSize": 12, "subtitleColor": vega.SOFT,
    }  # fmt: skip


def spec_for_lab(live: Live) -> dict[str, Any]:
    """The spec in the older Vega-Lite that JupyterLab holds, its sentence over the picture."""
    spec: dict[str, Any] = copy.deepcopy(dict(live.spec))
    spec["$schema"] = "https://vega.github.io/schema/vega-lite/v5.json"
    spec["description"] = live.chart.alt
    spec["config"] = {key: value for key, value in spec["config"].items() if key != "aria"}
    spec["width"] = PIXELS
    if isinstance(spec["height"], int):
        spec["height"] += HEAD
    spec["title"] = title_of(live)
    buttons = {one.name: one.label for one in live.controls if isinstance(one, Again)}
    for param in spec["params"]:
        if param["name"] in buttons:  # Vega has no input that is a button
            param["bind"] = {"input": "range", "min": 0, "max": PRESSES, "step": 1,
                             "name": f"{buttons[param['name']]} "}  # fmt: skip
    return spec


def show(live: Live) -> None:
    """Display picture and inputs, then caption and numbers as under any chart."""
    from IPython.display import display

    chart = live.chart
    bundle = chart._repr_mimebundle_()
    figure = live.html(chart.svg())
    del bundle["text/html"]  # JupyterLab would show it rather than the picture to move
    options = {"actions": False, "renderer": "svg"}
    display(
        bundle | {VEGALITE_MIME: spec_for_lab(live), LIVE_MIME: figure},
        metadata={VEGALITE_MIME: {"embed_options": options}},
        raw=True,
    )
    html = (
        f'<figure class="explainer-live" style="margin:.8em 0 0;max-width:{PIXELS}px">'
        f"{words_html(chart)}</figure>{LOOK}{KEYS}"
    )
    words = {"text/html": html, "text/plain": chart.caption, LAB_MIME: {}}
    display(words, raw=True)
