"""What tests read off a live picture's spec."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from explainer.charts.live import Live


def params(live: Live) -> dict[str, dict[str, Any]]:
    """The spec's params by name."""
    return {param["name"]: param for param in live.spec["params"]}


def walked(part: object) -> Iterator[object]:
    """Everything inside a spec."""
    yield part
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for one in inner:
        yield from walked(one)


def addresses(live: Live) -> set[str]:
    """Addresses that the spec names."""
    return {
        found for text in walked(dict(live.spec)) if isinstance(text, str)
        for found in re.findall(r"https?://\S+", text)
    }  # fmt: skip
