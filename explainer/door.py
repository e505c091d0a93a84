"""The analyst's door: what is handed to a public function is looked at once, before it works."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from numbers import Real
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from explainer.errors import ExplainerError
from explainer.kinds import (
    expected,
    fits,
    got,
    is_frame,
    is_frame_kind,
    is_list_kind,
    is_named,
    is_ours,
    kinds_of,
)

P = ParamSpec("P")
R = TypeVar("R")
_SHORT = 40
_BY_NAME = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD)
_LOADERS = {
    "load_cascade", "load_claims", "load_cohorts", "load_crosschecks", "load_curative_approaches",
    "load_delta32_facts", "load_delta32_frequencies", "load_donor_match", "load_donor_searches",
    "load_epidemic_series", "load_estimates", "load_facts", "load_model_parameters",
    "load_news_criteria", "load_rebound_times", "load_remission_cases",
    "load_remission_comparisons", "load_remission_events", "load_targets", "load_trials",
}  # fmt: skip
_OF_A_RELEASE = {"estimates": "", "cascade": "", "first": "release", "second": "release"}


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
        said = _too_many(signature, args, kwargs) or f"{error}; {_takes(signature)}"
        raise ExplainerError(f"{name}: {said}") from None
    given = list(_given(signature, bound))
    for parameter, value in given:
        if not fits(value, parameter.annotation):
            said = _sentence(parameter, value, signature, kwargs)
            raise ExplainerError(f"{name}: {said}")
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


def _too_many(signature: inspect.Signature, args: tuple[Any, ...], named: Mapping[str, Any]) -> str:
    """What to write for the first argument that has no place; nothing if all have one."""
    kinds = [one.kind for one in signature.parameters.values()]
    n_places = sum(kind not in _BY_NAME for kind in kinds)
    if inspect.Parameter.VAR_POSITIONAL in kinds or len(args) <= n_places:
        return ""
    extra = args[n_places]
    remedy = _by_name(signature, extra, set(list(signature.parameters)[:n_places]) | set(named))
    return f"{got(extra)} is one argument too many; {remedy or _takes(signature)}"


def _takes(signature: inspect.Signature) -> str:
    return f"it takes {', '.join(signature.parameters) or 'nothing'}"


def _by_name(signature: inspect.Signature, value: Any, taken: Collection[str]) -> str:
    """How to hand a value over by name; nothing if no choice that is left takes such a value."""
    if not isinstance(value, str | Real) or len(str(value)) > _SHORT:
        return ""
    names = [
        name
        for name, one in signature.parameters.items()
        if name not in taken
        and (one.kind in _BY_NAME or one.default is not one.empty)
        and is_named(value, one.annotation)
    ]
    return "write " + " or ".join(f"{name}={value!r}" for name in names) if names else ""


def _sentence(
    parameter: inspect.Parameter, value: Any, signature: inspect.Signature, named: Collection[str]
) -> str:
    """What is wrong with an argument: got, expected, remedy."""
    kinds = kinds_of(parameter.annotation)
    wanted = " or ".join(dict.fromkeys(map(expected, kinds)))
    is_choice = parameter.default is not parameter.empty and parameter.name not in named
    remedy = _remedy(parameter, kinds[0], value)
    if is_choice and not remedy.startswith("write "):
        remedy = _by_name(signature, value, named) or remedy
    return f"{parameter.name} is {got(value)}, expected {wanted}; {remedy}"


def _remedy(parameter: inspect.Parameter, kind: Any, value: Any) -> str:
    """How to mend it."""
    begun = parameter.default
    if is_list_kind(kind):
        example = f"such as {begun!r}" if isinstance(begun, tuple) else "see its help()"
        return f"write [{value!r}]" if fits([value], kind) else example
    if is_frame_kind(kind):
        return f"pass {_loader(parameter.name, value)}"
    if is_ours(kind):
        return f"pass the {kind.__name__} that its function gives"
    if isinstance(value, list | tuple | set):
        return "give one at a time"
    if kind in (int, float) and isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return f"write {value} without quotes"
    return f"such as {begun!r}" if isinstance(begun, str | Real) else "see its help()"


def _loader(name: str, value: Any = None) -> str:
    """Where the table of that name comes from; a release that was named goes to its loader."""
    if name == "all_estimates":
        return "load_estimates('all')"
    found = [loader for loader in sorted(_LOADERS) if loader.endswith(f"_{name}")]
    loader = found[0] if found else "load_estimates" if name in _OF_A_RELEASE else ""
    release = f"'{value}'" if re.fullmatch(r"20\d\d", str(value)) else ""
    if loader and name in _OF_A_RELEASE:
        return f"{loader}({release or _OF_A_RELEASE[name]})"
    return f"{loader}()" if loader else "the frame as its loader or function gives it"


def _lacking(error: KeyError | AttributeError, given: Mapping[str, Any]) -> str:
    """The sentence if pandas missed columns that a frame handed over does not hold; else nothing.

    A column that was lost on the way is a fault of ours.
    """
    frames = {name: value for name, value in given.items() if is_frame(value)}
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
