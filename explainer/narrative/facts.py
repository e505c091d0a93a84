"""What a filter was given: an estimate, a number, or something that it cannot word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any

from explainer.errors import ExplainerError
from explainer.kinds import got, is_frame
from explainer.wording import Told, join

_TABLE = "take one figure from it, as value_in() does"


def is_estimate(fact: object) -> bool:
    """Whether a fact carries its own range: a value with ``low`` and ``high``."""
    return all(hasattr(fact, name) for name in ("value", "low", "high"))


def refusal(need: str, fact: Any, remedy: str, *, wanted: str = "") -> ExplainerError:
    """The sentence for a fact that a filter cannot word: what it is, and what can be worded.

    Parameters
    ----------
    need : str
        What the filter needs, as the beginning of the sentence.
    remedy : str
        How to mend it, where the fact is neither a table nor a result with estimates in it.
    wanted : str, optional
        The filter that would word an estimate of the fact.
    """
    if is_frame(fact):
        return ExplainerError(f"{need}, got a table; {_TABLE if wanted else remedy}")
    parts = list(_estimates_in(fact)) if wanted else []
    if parts:
        remedy = (
            f"name a part of it that is an estimate ({join(parts, 'or')}), "
            f"as in {{{{ x.{parts[-1]} | {wanted} }}}}"
        )
    return ExplainerError(f"{need}, got {got(fact)}; {remedy}")


def one_value(fact: Any) -> Any:
    """The number to word: an estimate's value; a table or a whole result has none."""
    if is_estimate(fact):
        return fact.value
    if is_frame(fact) or isinstance(fact, Told):
        raise refusal("no value to word", fact, "name a part of it that is a number", wanted="full")
    return fact


def _estimates_in(result: Any) -> Iterable[str]:
    """Names of the parts of a result that are estimates."""
    if is_dataclass(result) and not is_estimate(result):
        yield from (one.name for one in fields(result) if is_estimate(getattr(result, one.name)))
