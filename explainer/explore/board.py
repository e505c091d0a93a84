"""Controls and picture in a notebook: a change redraws, a refusal shows its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
from IPython.display import DisplayHandle, display

from explainer.charts.lab_script import PICTURE, beside_controls
from explainer.errors import ExplainerError
from explainer.explore.choices import Choice, OneOf, Steps, YesNo, label_of

if TYPE_CHECKING:
    from explainer.explore.explorer import Explorer

WIDTH = "30em"


class Board(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Controls above their picture; it names them where no front end can show them."""

    def __init__(self, controls: Iterable[Any], picture: str) -> None:
        row = widgets.Layout(flex_flow="row wrap", align_items="center", grid_gap="0 2em")
        self.controls = widgets.Box(list(controls), layout=row)
        self.picture = widgets.HTML(picture, layout=widgets.Layout(width="auto"))
        self.picture.add_class(PICTURE).add_class("jp-RenderedHTMLCommon")
        super().__init__([self.controls, self.picture])

    def __repr__(self) -> str:
        return f"Controls: {', '.join(widget.description for widget in self.controls.children)}"


def control(choice: Choice) -> Any:
    """The labelled control of a choice."""
    shown = {
        "description": label_of(choice.name),
        "style": {"description_width": "initial"},
        "layout": widgets.Layout(width="auto", min_width=WIDTH, max_width="100%"),
    }
    match choice:
        case OneOf(options=options, at=at):
            # By place in the list: frames and fits cannot be compared.
            labels = [(words, place) for place, (words, _) in enumerate(options)]
            return widgets.Dropdown(options=labels, value=at, **shown)
        case Steps(start=start, low=low, high=high, step=step):
            is_whole = all(isinstance(number, int) for number in (start, low, high, step))
            kind = widgets.IntSlider if is_whole else widgets.FloatSlider
            # A picture is drawn when the slider comes to rest, not at every place it passes.
            return kind(value=start, min=low, max=high, step=step, continuous_update=False, **shown)
        case YesNo(start=start):
            return widgets.Checkbox(value=start, indent=False, **shown)


def chosen(choice: Choice, value: Any) -> Any:
    """What a control's value means."""
    if isinstance(choice, OneOf):
        return choice.options[value][1]
    # A slider adds its steps up: without rounding three tenths become 0.30000000000000004.
    return round(value, 9) if isinstance(value, float) else value


def refusal(sentence: str) -> dict[str, str]:
    """The sentence in place of the picture, read out at once."""
    html = (
        '<p role="alert" style="margin:.6em 0;padding:.6em 1em;max-width:48em;'
        f'border-left:4px solid #a84800">{escape(sentence)}</p>'
    )
    return {"text/html": html, "text/plain": sentence}


def show(explorer: Explorer) -> None:
    """Display controls with the chart below them, and the chart as any cell keeps it.

    A widget's picture follows its controls even after the page was loaded anew; the other is what
    a saved notebook holds, and what pages show.
    """
    controls = [(choice, control(choice)) for choice in explorer.choices]  # frames have no hash
    bundle = explorer.chart._repr_mimebundle_()
    board = Board([widget for _, widget in controls], str(bundle["text/html"]))
    display(board)
    display(beside_controls(), raw=True)
    kept = display(bundle, raw=True, display_id=True)
    assert isinstance(kept, DisplayHandle)

    def draw(shown: Mapping[str, object]) -> None:
        board.picture.value = str(shown["text/html"])
        kept.update(shown, raw=True)

    def redraw(_: object) -> None:
        values = {one.name: chosen(one, widget.value) for one, widget in controls}
        try:
            shown = explorer.choose(**values)._repr_mimebundle_()
        except ExplainerError as error:
            said = str(error)
            draw(refusal(said[:1].upper() + said[1:]))
        except Exception:  # our own bug: the old picture must not stand for the new choice
            draw(refusal("This choice could not be drawn; see the log."))
            raise
        else:
            draw(shown)

    for _, widget in controls:
        widget.observe(redraw, names="value")
