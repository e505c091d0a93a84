"""``say()``: a sentence whose numbers come from the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import unescape
from numbers import Real
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, TemplateSyntaxError, UndefinedError
from jinja2.meta import find_undeclared_variables
from jinja2.nodes import Filter
from jinja2.utils import missing

from explainer import wording
from explainer.errors import ExplainerError
from explainer.narrative.digits import stray_digits
from explainer.narrative.facts import is_estimate, one_value
from explainer.narrative.filters import FILTERS, amount
from explainer.narrative.inert import inert
from explainer.narrative.unknown import unknown

_LIVE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


@dataclass(frozen=True)
class Said:
    """A text with live numbers: Markdown in a notebook, plain words in a terminal."""

    markdown: str

    def __str__(self) -> str:
        return unescape(self.markdown)

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return self.markdown


def say(template: str, /, **facts: Any) -> Said:
    """The template with its facts worded and put in.

    Parameters
    ----------
    template : str
        Markdown with ``{{ fact | filter }}`` where numbers stand; it holds no typed figures.
    **facts
        What the template names: numbers, estimates, texts, lists of texts.

    Raises
    ------
    ExplainerError
        For a name, a part of a fact or a filter that does not exist, for a missing value and
        for a figure typed into the template.

    Examples
    --------
    >>> print(say("{{ n | people }} people lived with HIV.", n=40_800_000))
    40.8 million people lived with HIV.
    """
    compiled, names = _compiled(template)
    for name in sorted(names - facts.keys()):
        raise ExplainerError(unknown("say() was given no fact named", name, facts))
    try:
        return Said(compiled.render(facts))
    except UndefinedError as error:
        raise ExplainerError(str(error)) from None
    except ExplainerError as error:
        raise ExplainerError(f"say({_opening(template)}): {error}") from None


def prepare(template: str) -> None:
    """Read a template before it is filled, so that all processes made from this one share it."""
    _compiled(template)


def _opening(template: str, width: int = 40) -> str:
    line = " ".join(template.split())
    return repr(line if len(line) <= width else f"{line[: width - 1]}…")


class _UnknownPart(StrictUndefined):
    """Names the parts a fact does have when a template asks for another one."""

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)
        if self._undefined_obj is missing:
            return unknown("say() was given no fact named", name, [])
        return unknown("this fact has no part named", name, _parts(self._undefined_obj))


def _parts(fact: Any) -> Iterable[str]:
    if hasattr(fact, "keys"):
        return [str(key) for key in fact.keys()]  # noqa: SIM118 - a Series has keys() too
    fields = getattr(fact, "__dataclass_fields__", None)
    return fields or [name for name in dir(fact) if not name.startswith("_")]


def _show(value: Any) -> Any:
    """What ``{{ }}`` prints: every fact worded and inert, no number unworded."""
    if isinstance(value, (Said, StrictUndefined)):
        return value.markdown if isinstance(value, Said) else str(value)
    if is_estimate(value):
        return inert(amount(value))
    if isinstance(value, Real) and float(value) in range(1900, 2101):
        return wording.year(value)
    if isinstance(value, Real) or _is_blank(value):
        return inert(wording.number(value))
    return inert(str(one_value(value)))


def _is_blank(value: Any) -> bool:
    """Whether a table had no value here: None, NA or NaT (each has its own type)."""
    return value is None or type(value).__name__ in ("NAType", "NaTType")


@cache
def _environment() -> Environment:
    environment = Environment(undefined=_UnknownPart, finalize=_show, autoescape=False)
    # Only our own filters: Jinja's would print unworded numbers, or text that is not inert.
    environment.filters = dict(FILTERS)
    return environment


@cache
def _compiled(template: str) -> tuple[Template, set[str]]:
    """The template ready to fill and the facts it asks for."""
    environment = _environment()
    try:
        tree = environment.parse(template)
        for used in tree.find_all(Filter):
            if used.name not in FILTERS:
                raise ExplainerError(unknown("say() has no filter named", used.name, FILTERS))
        compiled = environment.from_string(template)
    except TemplateSyntaxError as error:
        raise ExplainerError(
            f"say({_opening(template)}) cannot be read: {str(error.message).rstrip('.')}; "
            f"expected Markdown with {{{{ name | filter }}}}"
        ) from None
    for typed in stray_digits(_LIVE.sub("¤", template)):
        raise ExplainerError(
            f"say({_opening(template)}) has {typed!r} typed into its text, which goes stale; "
            f"give it as a fact: {{{{ name | filter }}}}"
        )
    return compiled, find_undeclared_variables(tree)
