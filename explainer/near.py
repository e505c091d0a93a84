"""Names spelt nearly as what was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from explainer.errors import ExplainerError


class UnknownNameError(ExplainerError, AttributeError):
    """A public name that does not exist: one sentence, and what ``hasattr`` takes for no."""

    def __init__(self, module: str, name: str, known: Iterable[str]) -> None:
        hint = "" if name.startswith("_") else did_you_mean(near(name, known, n=1, cutoff=0.75))
        super().__init__(f"module {module!r} has no attribute {name!r}" + (hint and f"; {hint}"))


def near(asked: str, known: Iterable[str], n: int = 3, cutoff: float = 0.6) -> list[str]:
    """The known names nearest to what was asked for, nearest first; capitals do not count."""
    folded = {name.casefold(): name for name in known}
    found = get_close_matches(asked.strip().casefold(), folded, n, cutoff)
    return [folded[name] for name in found]


def did_you_mean(names: Iterable[str]) -> str:
    """``did you mean Kenya or India?``; nothing if no name is near."""
    *others, last = [*names] or [""]
    listed = f"{', '.join(others)} or {last}" if others else last
    return listed and f"did you mean {listed}?"
