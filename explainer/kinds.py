"""Of what kind a value is, what kind an annotation asks for, and both in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from numbers import Integral, Real
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

_LISTS = (Sequence, Iterable, Collection, list, tuple)
_WORDS = {str: "text", int: "a whole number", float: "a number", bool: "True or False"}
_OF = {float: " of numbers", int: " of whole numbers"}


def fits(value: Any, kind: Any) -> bool:
    """Whether a value is of a kind; of kinds that are not known here, everything is."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return fits(value, parts[0])
    if origin is Literal:  # which of them is the function's own question
        return any(fits(value, type(one)) for one in parts)
    if origin in (Union, UnionType):
        return any(fits(value, one) for one in parts)
    if origin in _LISTS:
        return _is_list(value) and _holds(value, origin, parts)
    if origin is Mapping:
        return isinstance(value, Mapping)
    if kind is bool:
        return isinstance(value, bool) or type(value).__name__ in ("bool", "bool_")  # numpy's
    if kind is int:
        is_whole = isinstance(value, Integral) or (isinstance(value, float) and value.is_integer())
        return is_whole and not isinstance(value, bool)
    if kind is float:
        return isinstance(value, Real) and not isinstance(value, bool)
    if kind is None or kind in (str, NoneType) or is_ours(kind) or is_frame_kind(kind):
        return isinstance(value, NoneType if kind is None else kind)
    return True


def is_named(value: Any, kind: Any) -> bool:
    """Whether a value is of a kind that is known here."""
    return fits(value, kind) and not fits(object(), kind)


def _is_list(value: Any) -> bool:
    return not (value is None or isinstance(value, str | Real | Mapping) or is_frame(value))


def _holds(value: Any, origin: Any, parts: tuple[Any, ...]) -> bool:
    """Whether what a list holds is of its kind; a tuple has its own length."""
    if not (parts and isinstance(value, list | tuple)):
        return True
    if origin is tuple and Ellipsis not in parts:
        return len(value) == len(parts) and all(map(fits, value, parts))
    return all(fits(one, parts[0]) for one in value)


def kinds_of(kind: Any) -> tuple[Any, ...]:
    """The members of a union without None, or the kind itself."""
    members = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    return tuple(one for one in members if one not in (None, NoneType))


def is_list_kind(kind: Any) -> bool:
    """Whether a kind is one of lists."""
    return get_origin(kind) in _LISTS


def is_ours(kind: Any) -> bool:
    """Whether a kind is a class of the explainer."""
    return isinstance(kind, type) and kind.__module__.startswith("explainer.")


def is_frame_kind(kind: Any) -> bool:
    """Whether a kind is a table or a column of pandas."""
    is_pandas = isinstance(kind, type) and kind.__module__.startswith("pandas")
    return is_pandas and kind.__name__ in ("DataFrame", "Series")


def is_frame(value: Any) -> bool:
    """Whether a value is a table."""
    return type(value).__name__ == "DataFrame"


def expected(kind: Any) -> str:
    """A kind in words."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return expected(parts[0])
    if origin is Literal:
        return " or ".join(map(repr, parts))
    if origin in _LISTS:
        return "a list" + (_OF.get(parts[0]) or (" of pairs" * (get_origin(parts[0]) is tuple)))
    if origin is Mapping:
        return "a dict"
    if is_frame_kind(kind):
        return "a table (DataFrame)" if kind.__name__ == "DataFrame" else "a column (Series)"
    return _WORDS.get(kind) or f"a {getattr(kind, '__name__', kind)}"


def got(value: Any) -> str:
    """A value in words."""
    if isinstance(value, str):
        return f"the text {value[:37] + '…' if len(value) > 40 else value!r}"
    if isinstance(value, bool | NoneType):
        return str(value)
    if isinstance(value, Real):
        return f"the number {value}"
    if isinstance(value, list | tuple | set):
        return f"a list of {len(value)}"
    if is_frame(value):
        return "a table"
    name = "function" if callable(value) else type(value).__name__
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"
