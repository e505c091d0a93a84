"""The analyst's door: what is handed to a public function is looked at once, before it works."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from numbers import Integral, Real
from types import NoneType, TracebackType, UnionType
from typing import Annotated, Any, ParamSpec, TypeVar, Union, get_args, get_origin

from explainer.errors import ExplainerError

P = ParamSpec("P")
R = TypeVar("R")
_LISTS = (Sequence, Iterable, Collection, list, tuple)
_WORDS = {str: "text", int: "a whole number", float: "a number"}
_LOADERS = {
    "load_cascade", "load_claims", "load_cohorts", "load_crosschecks", "load_curative_approaches",
    "load_delta32_facts", "load_delta32_frequencies", "load_donor_match", "load_donor_searches",
    "load_epidemic_series", "load_estimates", "load_facts", "load_model_parameters",
    "load_news_criteria", "load_rebound_times", "load_remission_cases",
    "load_remission_comparisons", "load_remission_events", "load_targets", "load_trials",
}  # fmt: skip


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """The function, with its arguments looked at before it runs."""

    @functools.wraps(function)
    def at_door(*args: P.args, **kwargs: P.kwargs) -> R:
        with door(function, args, kwargs):
            return function(*args, **kwargs)

    return at_door


@contextmanager
def door(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> Iterator[None]:
    """Refuse arguments of the wrong kind, and frames that lack a column the function reads.

    Raises
    ------
    ExplainerError
        One sentence: which argument, what it is, what was expected, and how to mend it.
    """
    name = function.__name__
    signature = _signature(function)
    try:
        bound = signature.bind(*args, **kwargs).arguments
    except TypeError as error:
        taken = ", ".join(signature.parameters) or "nothing"
        raise ExplainerError(f"{name}: {error}; it takes {taken}") from None
    given = list(_given(signature, bound))
    for parameter, value in given:
        if not _fits(value, parameter.annotation):
            raise ExplainerError(f"{name}: {_sentence(parameter, value)}")
    try:
        yield
    except (KeyError, AttributeError) as error:
        lacking = _lacking(error, {one.name: value for one, value in given})
        if not lacking:
            raise
        raise ExplainerError(f"{name}: {lacking}") from error


@functools.cache
def _signature(function: Callable[..., Any]) -> inspect.Signature:
    """The function's own parameters, their annotations read if they can be."""
    follow = not inspect.isfunction(function)
    try:
        return inspect.signature(function, follow_wrapped=follow, eval_str=True)
    except NameError:  # a name that only the type checker imports
        return inspect.signature(function, follow_wrapped=follow)


def _given(
    signature: inspect.Signature, bound: Mapping[str, Any]
) -> Iterator[tuple[inspect.Parameter, Any]]:
    """Every argument with its parameter, those of ``*frames`` one by one."""
    for name, value in bound.items():
        parameter = signature.parameters[name]
        if parameter.kind is parameter.VAR_POSITIONAL:
            yield from ((parameter, one) for one in value)
        elif parameter.kind is not parameter.VAR_KEYWORD:
            yield parameter, value


def _fits(value: Any, kind: Any) -> bool:
    """Whether a value is of a kind; of kinds that are not known here, everything is."""
    if get_origin(kind) is Annotated:
        return _fits(value, get_args(kind)[0])
    kinds = _kinds(kind)
    if len(kinds) > 1:
        return any(_fits(value, one) for one in kinds)
    if get_origin(kind) in _LISTS:
        return not (value is None or isinstance(value, str | Real | Mapping) or _is_frame(value))
    if kind is int:
        is_whole = isinstance(value, Integral) or (isinstance(value, float) and value.is_integer())
        return is_whole and not isinstance(value, bool)
    if kind is float:
        return isinstance(value, Real) and not isinstance(value, bool)
    if kind is None or kind in (str, NoneType) or _is_ours(kind) or _is_frame_kind(kind):
        return isinstance(value, NoneType if kind is None else kind)
    return True


def _kinds(kind: Any) -> tuple[Any, ...]:
    """The members of a union, or the kind itself."""
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)


def _is_ours(kind: Any) -> bool:
    return isinstance(kind, type) and kind.__module__.startswith("explainer.")


def _is_frame_kind(kind: Any) -> bool:
    is_pandas = isinstance(kind, type) and kind.__module__.startswith("pandas")
    return is_pandas and kind.__name__ in ("DataFrame", "Series")


def _is_frame(value: Any) -> bool:
    return type(value).__name__ == "DataFrame"


def _sentence(parameter: inspect.Parameter, value: Any) -> str:
    """What is wrong with an argument: got, expected, remedy."""
    kinds = [kind for kind in _kinds(parameter.annotation) if kind not in (None, NoneType)]
    expected = " or ".join(dict.fromkeys(map(_expected, kinds)))
    remedy = _remedy(parameter, kinds[0], value)
    return f"{parameter.name} is {_got(value)}, expected {expected}; {remedy}"


def _expected(kind: Any) -> str:
    """A kind in words."""
    kind = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if get_origin(kind) in _LISTS:
        return "a list"
    if _is_frame_kind(kind):
        return "a table (DataFrame)" if kind.__name__ == "DataFrame" else "a column (Series)"
    return _WORDS.get(kind) or f"a {getattr(kind, '__name__', kind)}"


def _got(value: Any) -> str:
    """What was handed over instead, in words."""
    if isinstance(value, str):
        return f"the text {value[:37] + '…' if len(value) > 40 else value!r}"
    if isinstance(value, bool | NoneType):
        return str(value)
    if isinstance(value, Real):
        return f"the number {value}"
    if isinstance(value, list | tuple | set):
        return f"a list of {len(value)}"
    if _is_frame(value):
        return "a table"
    return f"a {'function' if callable(value) else type(value).__name__}"


def _remedy(parameter: inspect.Parameter, kind: Any, value: Any) -> str:
    """How to mend it."""
    if get_origin(kind) in _LISTS and isinstance(value, str):
        return f"write [{value!r}]"
    if _is_frame_kind(kind):
        return f"pass {_loader(parameter.name)}"
    if _is_ours(kind):
        return f"pass the {kind.__name__} that its function gives"
    if isinstance(value, list | tuple | set):
        return "give one at a time"
    if kind in (int, float) and isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return f"write {value} without quotes"
    begun = parameter.default
    return f"such as {begun!r}" if isinstance(begun, str | Real) else "see its help()"


def _loader(name: str) -> str:
    """Where the table of that name comes from."""
    found = [loader for loader in sorted(_LOADERS) if loader.endswith(f"_{name}")]
    return f"{found[0]}()" if found else "the frame as its loader or function gives it"


def _lacking(error: KeyError | AttributeError, given: Mapping[str, Any]) -> str:
    """The sentence if pandas missed columns that a frame handed over does not hold; else nothing.

    A column that was lost on the way is a fault of ours.
    """
    frames = {name: value for name, value in given.items() if _is_frame(value)}
    held = _asked(error.__traceback__)
    if held is None or not frames:
        return ""
    asked = [str(error.args[0])] if isinstance(error, KeyError) else []
    named = set(re.findall(r"'([^']+)'", str(error)) or asked) - {"DataFrame", "Series"}
    of = {name: frame for name, frame in frames.items() if held <= set(frame.columns)} or frames
    lacks = [name for name, frame in of.items() if named - held - set(frame.columns)]
    if not named - held or lacks != list(of):
        return ""
    where = " or ".join(lacks)
    remedy = _loader(where) if len(lacks) == 1 else "the frames as their loaders give them"
    return f"column {', '.join(sorted(named - held))} is missing from {where}; pass {remedy}"


def _asked(trace: TracebackType | None) -> set[Any] | None:
    """The columns of the frame that pandas was asked of when it failed, if it was."""
    while trace is not None:
        asked = trace.tb_frame.f_locals.get("self")
        if "pandas" in trace.tb_frame.f_code.co_filename:
            return set(getattr(asked, "columns", ()))
        trace = trace.tb_next
    return None
