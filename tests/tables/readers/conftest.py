"""Where the real files lie, and how a made one is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "fetched" / "unaids"
needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the published files do not lie beside this checkout"
)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write bytes under a name that says nothing of what they are."""

    def made(content: bytes, name: str = "download.bin") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return made


def figure(frame: pd.DataFrame, **wanted: object) -> tuple[object, ...]:
    """Estimate, low and high of the one row described, each with its mark before it."""
    rows = frame
    for name, value in wanted.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1, rows
    row = rows.iloc[0]
    ends = ("estimate", "low", "high")
    return tuple(
        f"{row[f'{end}_mark']}{row[end]:g}" if pd.notna(row[f"{end}_mark"]) else row[end]
        for end in ends
    )
