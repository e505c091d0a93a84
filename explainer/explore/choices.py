"""What can be chosen of a chart: from its function's keywords, its frames, or lists given."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin

import pandas as pd

from explainer.errors import ExplainerError
from explainer.science.checks import at_location, unknown
from explainer.wording import indicators, join

LABELS = {
    "location": "Place",
    "since": "First year shown",
    "base_year": "Compared with the year",
    "until": "Last year seen",
    "prior": "Chance to start from",
    "fold": "Largest reduction of the reservoir",
    "k": "How alike patients are (k)",
    "trials": "Trials",
    "fit": "Years the fit has seen",
}
YEARS = ("year", "since", "until")
_LARGEST_FIRST = {"world": 0, "region": 1}
Options = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class OneOf:
    """One of several values, each with its words: a list to pick from, begun at a place in it."""

    name: str
    options: Options
    at: int = 0

    @property
    def start(self) -> Any:
        """The value it begins with."""
        return self.options[self.at][1]


@dataclass(frozen=True)
class Steps:
    """A number from low to high: a slider; whole numbers if all three are."""

    name: str
    start: float
    low: float
    high: float
    step: float


@dataclass(frozen=True)
class YesNo:
    """Yes or no: a box to tick."""

    name: str
    start: bool


Choice = OneOf | Steps | YesNo


def label_of(name: str) -> str:
    """A keyword in words: ``Place``, ``Indicator``, ``Base year``."""
    return LABELS.get(name, name[:1].upper() + name[1:].replace("_", " "))


def parameters_of(chart: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """Parameters of a chart function, their annotations read if they can be."""
    try:
        found = inspect.signature(chart, eval_str=True).parameters
    except NameError:  # a name that only the type checker imports
        found = inspect.signature(chart).parameters
    return dict(found)


def choices_of(
    parameters: Mapping[str, inspect.Parameter], given: Mapping[str, Any]
) -> tuple[Choice, ...]:
    """The choices of a chart function in the order of its parameters.

    A dict, list, range or tuple that the caller gives says what can be chosen; a single value
    says where a choice begins.

    Raises
    ------
    ExplainerError
        If a list that the caller gives is empty or names what no frame holds, or a slider has no
        room.
    """
    frames = [value for value in given.values() if isinstance(value, pd.DataFrame)]
    found = []
    for name, parameter in parameters.items():
        value = given.get(name, parameter.default)
        _need_held(name, value, frames)
        choice = _named(parameter, value) if name in given else None
        found.append(choice or _inferred(parameter, value, frames))
    return tuple(choice for choice in found if choice is not None)


def _need_held(name: str, value: Any, frames: Sequence[pd.DataFrame]) -> None:
    """Refuse a list or dict with a place or an indicator that no frame holds."""
    columns = {"indicator": {"indicator"}, "location": {"location", "location_code"}}.get(name)
    having = [frame for frame in frames if columns and columns <= set(frame.columns)]
    if not having or not isinstance(value, list | dict):
        return
    held = pd.concat(having)
    for one in value.values() if isinstance(value, dict) else value:
        if name == "location":
            at_location(held, str(one), "explorer")
        elif one not in set(held[name]):
            unknown(name, one, held[name], "explorer")


def _named(parameter: inspect.Parameter, value: Any) -> Choice | None:
    """The choice that a caller's dict, list, range or tuple of numbers names."""
    name, default = parameter.name, parameter.default
    if isinstance(value, dict):
        return _one_of(name, default, tuple((str(words), item) for words, item in value.items()))
    if isinstance(value, list):
        return _one_of(name, default, _worded(name, value))
    if isinstance(value, range):
        return _slider(name, default, value)
    if isinstance(value, tuple):
        if len(value) not in (2, 3) or not all(_is_number(part) for part in value):
            raise ExplainerError(
                f"explorer: {name} is {value!r}, and a tuple must be lowest, highest and step in "
                f"numbers; put other values in a list"
            )
        low, high = value[:2]
        return _steps(name, default, low, high, value[2] if len(value) == 3 else _step(low, high))
    return None


def _inferred(
    parameter: inspect.Parameter, start: Any, frames: Sequence[pd.DataFrame]
) -> Choice | None:
    """The choice that follows from a keyword's annotation, or from the frames' columns."""
    name, kind = parameter.name, parameter.annotation
    if parameter.kind is not parameter.KEYWORD_ONLY:
        return None
    if get_origin(kind) is Literal:
        return _one_of(name, start, _worded(name, get_args(kind)))
    if get_origin(kind) is Annotated:
        values = next((note for note in get_args(kind) if isinstance(note, range)), None)
        return _slider(name, start, values) if values else None
    if isinstance(start, bool):
        return YesNo(name, start)
    if isinstance(start, str):
        column = next((frame for frame in frames if name in frame), None)
        options = () if column is None else _values(column, name, start)
        return _one_of(name, start, options) if len(options) > 1 else None
    if isinstance(start, int) and (name in YEARS or name.endswith("_year")):
        years = [frame["year"] for frame in frames if "year" in frame]
        if years:
            low, high = (int(end) for end in pd.concat(years).agg(["min", "max"]))
            is_compared = name.endswith("_year")  # with the last year, so not that itself
            return _steps(name, start, low, high - is_compared, 1)
    return None


def _values(frame: pd.DataFrame, column: str, start: Any) -> Options:
    """What a column holds: places from large to small, then by name; other values as they come.

    A start that the column does not hold, such as a place's code, stands before them.
    """
    held = frame.dropna(subset=[column]).drop_duplicates(column)
    if column == "location":
        size = held.get("location_type", pd.Series("", held.index)).map(_LARGEST_FIRST).fillna(2)
        held = held.assign(size=size).sort_values(["size", column])
    values = held[column].tolist()
    return _worded(column, values if start in values else [start, *values])


def _worded(name: str, values: Sequence[Any]) -> Options:
    """Each value with its words."""
    if name == "indicator":
        words = [indicators(value) for value in values]
        return tuple(
            (word[:1].upper() + word[1:], value) for word, value in zip(words, values, strict=True)
        )
    return tuple((f"{value:,}" if _is_number(value) else str(value), value) for value in values)


def _one_of(name: str, start: Any, options: Options) -> OneOf:
    """A list to pick from that begins at ``start`` if it holds that, else at its first."""
    if not options:
        raise ExplainerError(f"explorer: {name} has nothing to choose from; name at least one")
    places = (at for at, (_, value) in enumerate(options) if _same(value, start))
    return OneOf(name, options, next(places, 0))


def _same(one: Any, other: Any) -> bool:
    """Whether two values are one; frames and fits are told apart by who they are."""
    plain = (str, int, float, tuple)
    return one is other or (isinstance(one, plain) and isinstance(other, plain) and one == other)


def _slider(name: str, start: Any, values: range) -> Steps:
    """A slider over a range's numbers."""
    return _steps(name, start, values.start, values[-1] if values else values.stop, values.step)


def _steps(name: str, start: Any, low: float, high: float, step: float) -> Steps:
    """A slider that begins at ``start`` if that lies on it, else at its end."""
    if low >= high or step <= 0:
        raise ExplainerError(
            f"explorer: {name} goes from {low} to {high} in steps of {step}, which leaves nothing "
            f"to move; name a lowest and a higher number"
        )
    return Steps(name, start if _is_number(start) and low <= start <= high else high,
                 low, high, step)  # fmt: skip


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _step(low: float, high: float) -> float:
    """Whole numbers go by one, others in a hundred steps."""
    return 1 if isinstance(low, int) and isinstance(high, int) else (high - low) / 100


def unknown_choices(
    chart: str, parameters: Mapping[str, inspect.Parameter], names: Sequence[str]
) -> ExplainerError:
    """The sentence for keywords that a chart function does not have."""
    offered = join([name for name, parameter in parameters.items()
                    if parameter.kind is parameter.KEYWORD_ONLY])  # fmt: skip
    return ExplainerError(
        f"explorer: {chart} has no choice {join(list(names))}; its choices are {offered or 'none'}"
    )
