"""Tables that leave the house: no cell of text can act as a formula in a spreadsheet."""

from __future__ import annotations

import pandas as pd

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with an apostrophe before each text that a spreadsheet would take for a formula.

    Numbers stay as they are, so that they can be computed with.
    """

    def plain(cell: object) -> object:
        return f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS) else cell

    kept = [frame[name].dtype.kind in "biufcM" for name in frame.columns]
    columns = {
        name: frame[name] if is_kept else frame[name].astype(object).map(plain)
        for name, is_kept in zip(frame.columns, kept, strict=True)
    }
    return pd.DataFrame(columns, index=frame.index).rename(columns=lambda name: plain(name))
