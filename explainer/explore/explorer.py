"""The explorer: a chart under controls; on a page without a kernel it is the chart alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from explainer.charts.chart import Chart
from explainer.charts.style import FORMATS_VARIABLE
from explainer.errors import ExplainerError
from explainer.explore.choices import Choice, choices_of, parameters_of, unknown_choices
from explainer.wording import join


@dataclass
class Explorer:
    """A chart whose choices can be changed in JupyterLab.

    Attributes
    ----------
    draw : callable
        The chart function with its frames and whatever else does not change.
    choices : tuple of Choice
        What can be chosen, in the order of the controls.
    chart : Chart
        The chart as it was drawn last; ``explorer.chart.save("mine.svg")`` keeps it.
    """

    draw: Callable[..., Chart] = field(repr=False)
    choices: tuple[Choice, ...]
    chart: Chart = field(repr=False)

    def choose(self, **chosen: Any) -> Chart:
        """The chart with these choices, those not named as they began.

        Raises
        ------
        ExplainerError
            If the chart function refuses them: its own sentence.
        """
        begun = {choice.name: choice.start for choice in self.choices}
        self.chart = self.draw(**{**begun, **chosen})
        return self.chart

    def _ipython_display_(self) -> None:
        """Controls with the chart below; the chart alone while pages are made."""
        from IPython.display import display

        if FORMATS_VARIABLE in os.environ:
            display(self.chart)
            return
        from explainer.explore.board import show  # loads ipywidgets

        show(self)


def explorer(chart: Callable[..., Chart], /, *frames: Any, **choices: Any) -> Explorer:
    """A chart with its choices as controls: change one, and picture, caption and table follow.

    Parameters
    ----------
    chart : callable
        A chart function, such as ``charts.regions``.
    *frames
        What the function takes first, such as ``estimates``.
    **choices
        For a keyword of the function: a list or a dict of what can be chosen, a range or
        ``(lowest, highest, step)`` for a slider, or a single value where the control begins.
        Keywords that are not named get a control if annotation or frames say what can be chosen:
        a ``Literal``, ``Annotated[int, range(…)]``, yes or no, places, indicators and years.

    Raises
    ------
    ExplainerError
        If the function has no such choice, none at all, or refuses the first one.

    Examples
    --------
    ``hiv.explorer(charts.regions, estimates, indicator=["plhiv", "aids_deaths"])``
    """
    given = _bound(chart, frames, choices)
    parameters = parameters_of(chart)
    found = choices_of(parameters, given)
    if not found:
        raise ExplainerError(
            f"explorer: {_name(chart)} has nothing to choose; show it as it is, or give a list of "
            f"values for one of {join(list(parameters))}"
        )
    chosen = {choice.name for choice in found}
    fixed = {name: value for name, value in given.items() if name not in chosen}

    def draw(**values: Any) -> Chart:
        return chart(**fixed, **values)

    begun = {choice.name: choice.start for choice in found}
    return Explorer(draw, found, draw(**begun))


def _name(chart: Callable[..., Chart]) -> str:
    return str(getattr(chart, "__name__", chart))


def _bound(
    chart: Callable[..., Chart], frames: tuple[Any, ...], choices: Mapping[str, Any]
) -> dict[str, Any]:
    """Everything given, by the name of its parameter."""
    if not callable(chart):
        raise ExplainerError(
            f"explorer: the first argument is a {type(chart).__name__}, not a chart function; "
            f"write it without brackets, as in hiv.explorer(charts.regions, estimates)"
        )
    parameters = parameters_of(chart)
    unknown = [name for name in choices if name not in parameters]
    if unknown:
        raise unknown_choices(_name(chart), parameters, unknown)
    places = [name for name, one in parameters.items() if one.kind is not one.KEYWORD_ONLY]
    free = [name for name in places if name not in choices]
    if len(frames) > len(free):
        raise ExplainerError(
            f"explorer: {_name(chart)} takes {join(places)} first, and {len(frames)} were given"
        )
    given = {**dict(zip(free, frames, strict=False)), **choices}
    needed = [name for name, one in parameters.items() if one.default is one.empty]
    missing = [name for name in needed if name not in given]
    if missing:
        raise ExplainerError(
            f"explorer: {_name(chart)} needs {join(missing)}; "
            f"give it too, as in hiv.explorer(charts.stock_flow, estimates, location='Kenya')"
        )
    return given
