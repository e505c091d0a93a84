"""Live: a picture that a reader can change on the page, without Python and without a network.

A Live holds a static Chart, which is its default state: it carries the message, it is what prints,
and all that a page without scripts shows.  Beside it stands a Vega-Lite spec, whose params are
moved by the controls and whose param ``said`` is the result as a sentence.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any, ParamSpec

from explainer.charts import style
from explainer.charts.chart import Chart
from explainer.charts.html import figure_html
from explainer.door import door

SAID = "said"
P = ParamSpec("P")


@dataclass(frozen=True)
class Slider:
    """A number that the reader moves.

    Attributes
    ----------
    name : str
        The param it moves.
    label : str
        What it is, in words.
    value, low, high, step : float
        Where it begins, and where it can go.
    words : str
        Expression that says the value, with its unit.
    """

    name: str
    label: str
    value: float
    low: float
    high: float
    step: float
    words: str

    def params(self) -> list[dict[str, Any]]:
        """The param, bound to an input, and its words."""
        bound = {"input": "range", "min": self.low, "max": self.high, "step": self.step,
                 "name": f"{self.label} "}  # fmt: skip
        return [
            {"name": self.name, "value": self.value, "bind": bound},
            {"name": f"{self.name}_words", "expr": self.words},
        ]

    def html(self) -> str:
        """The input with its label; the page writes the value beside it."""
        return (
            f'<div class="control"><label><span>{escape(self.label)}</span>'
            f'<input type="range" data-param="{self.name}" min="{self.low:g}" '
            f'max="{self.high:g}" step="{self.step:g}" value="{self.value:g}"></label>'
            f'<span class="value" aria-hidden="true"></span></div>'
        )


def written(value: str | float) -> str:
    """A value as the page's inputs hold it: 1.0 and 1 are one number."""
    return value if isinstance(value, str) else f"{value:g}"


@dataclass(frozen=True)
class Choice:
    """One of several things, which the reader picks; ``options`` pairs each value with its words.

    Values are all numbers or all text.
    """

    name: str
    label: str
    value: str | float
    options: tuple[tuple[str | float, str], ...]

    def params(self) -> list[dict[str, Any]]:
        """The param, bound to an input, and its words."""
        values, labels = zip(*self.options, strict=True)
        bound = {"input": "select", "options": list(values), "labels": list(labels),
                 "name": f"{self.label} "}  # fmt: skip
        words = json.dumps({written(value): label for value, label in self.options},
                           ensure_ascii=False)  # fmt: skip
        return [
            {"name": self.name, "value": self.value, "bind": bound},
            {"name": f"{self.name}_words", "expr": f"({words})[{self.name}]"},
        ]

    def html(self) -> str:
        """The input with its label."""
        options = "".join(
            f'<option value="{escape(written(value))}"{" selected" if value == self.value else ""}>'
            f"{escape(words)}</option>"
            for value, words in self.options
        )
        kind = "text" if isinstance(self.value, str) else "number"
        return (
            f'<div class="control"><label><span>{escape(self.label)}</span>'
            f'<select data-param="{self.name}" data-kind="{kind}">{options}</select></label></div>'
        )


@dataclass(frozen=True)
class Again:
    """A button that counts its presses, so that a chance is taken anew."""

    name: str
    label: str

    def params(self) -> list[dict[str, Any]]:
        """The param that counts."""
        return [{"name": self.name, "value": 0}]

    def html(self) -> str:
        """The button."""
        return (
            f'<button type="button" class="again" data-param="{self.name}">'
            f"{escape(self.label)}</button>"
        )


Control = Slider | Choice | Again


@dataclass(frozen=True)
class Live:
    """A picture that its reader can change.

    Attributes
    ----------
    chart : Chart
        The default state.
    controls : tuple of Slider, Choice or Again
        What the reader moves, in their order.
    spec : mapping
        Vega-Lite spec with the controls' params and ``said``.
    """

    chart: Chart
    controls: tuple[Control, ...]
    spec: Mapping[str, Any]

    def html(self, picture: str) -> str:
        """The chart's ``<figure>`` with controls and spec beside the default picture."""
        figure = figure_html(self.chart, picture)
        figure = figure.replace('<figure class="chart"', '<figure class="chart live"', 1)
        before, after = figure.split("<figcaption>", 1)
        spec = json.dumps(self.spec, ensure_ascii=False, separators=(",", ":"))
        spec = spec.replace("<", r"\u003c")  # no word of it may end the script element
        controls = "".join(control.html() for control in self.controls)
        return (
            f'{before}<div class="panel" hidden><div class="controls" role="group" '
            f'aria-label="Controls of the picture">{controls}'
            f'<button type="button" class="reset">Start again</button></div>'
            f'<p class="{SAID}" aria-live="off"></p>'
            f'<div class="stage" role="img" aria-label="{escape(self.chart.title)}"></div></div>'
            f'<script type="application/json" class="spec">{spec}</script>'
            f"<figcaption>{after}"
        )

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Save the default picture or its data, as ``Chart.save`` does."""
        return self.chart.save(path)

    def _ipython_display_(self) -> None:
        """In a notebook, with JupyterLab's own Vega; pages take the bundle below.

        Raises
        ------
        NotImplementedError
            While pages are made, which sends IPython to the bundle.
        """
        if style.FORMATS_VARIABLE in os.environ:
            raise NotImplementedError
        from explainer.charts.live_lab import show

        show(self)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, object]:
        """The chart's bundle; the page gets the controls too."""
        bundle = self.chart._repr_mimebundle_(include, exclude)
        return bundle | {"text/html": self.html(self.chart.svg())}


def live(function: Callable[P, Live]) -> Callable[P, Live]:
    """Give a live picture the explainer's style and its name, on page and slide."""
    from explainer.charts.chart import picture

    @functools.wraps(function)
    def made(*args: P.args, **kwargs: P.kwargs) -> Live:
        kept: list[Live] = []

        @picture
        @functools.wraps(function)
        def default() -> Chart:
            kept.append(function(*args, **kwargs))
            return kept[-1].chart

        with door(function, args, kwargs):
            chart = default()
        return replace(kept[0], chart=chart)

    return made
