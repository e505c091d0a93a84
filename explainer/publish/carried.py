"""What comes with an installation and goes into pages: reveal.js and the runtime of Vega."""

from __future__ import annotations

import re
from pathlib import Path

from explainer.errors import ExplainerError

ASSETS = Path(__file__).parent / "assets"
RUNTIME = "vega.js"


def carried(name: str, needed_by: str) -> str:
    """Text of a part that the build put beside this package.

    Raises
    ------
    ExplainerError
        If the package was never built, so that it has none.
    """
    try:
        return (ASSETS / name).read_text(encoding="utf-8").strip()
    except OSError:
        raise ExplainerError(
            f"{needed_by} need {ASSETS / name}, which comes with an installation; "
            f"run pip install --editable . in the checkout"
        ) from None


def inline(script: str) -> str:
    """A script that can stand in a page, whose parser looks for its end."""
    return re.sub(r"</(script)", r"<\\/\1", script, flags=re.I)
