"""Who said it: a source as a short citation, and what may be done with it."""

from __future__ import annotations

from difflib import get_close_matches

import pandas as pd

from explainer.errors import ExplainerError
from explainer.tables.load import learned


def citation(source_id: str) -> dict[str, str]:
    """Give a source's title, authors, place and date of publication, doi, url and licence.

    Parameters
    ----------
    source_id : str
        Id of the source, as in the ``source_id`` column of any table.

    Returns
    -------
    dict
        The columns of ``sources``; what is not known is an empty string.

    Raises
    ------
    ExplainerError
        If no source has that id.
    """
    known = learned("sources", _by_id)
    if source_id not in known:
        near = get_close_matches(str(source_id), list(known), n=2)
        hint = f"did you mean {' or '.join(near)}?" if near else "see load_sources()"
        raise ExplainerError(f"no source {source_id!r} in sources; {hint}")
    return dict(known[source_id])


def _by_id(table: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Every source as plain text by its id."""
    rows = table.astype(object).where(table.notna(), "").to_dict("records")
    return {row["source_id"]: {str(name): str(row[name]) for name in row} for row in rows}


def cite(source_id: str) -> str:
    """Give a source as one line: ``UNAIDS (2025). HIV estimates with uncertainty bounds ….``

    Parameters
    ----------
    source_id : str
        Id of the source, as in the ``source_id`` column of any table.

    Returns
    -------
    str
        Authors or publisher, year, title and journal.

    Raises
    ------
    ExplainerError
        If no source has that id.
    """
    source = citation(source_id)
    who = source["authors"] or source["published"]
    year = source["year"][:4] or "undated"
    # UNAIDS is its own publisher: its long name would say the same twice.
    place = "" if who in ("UNAIDS", source["published"]) else source["published"]
    parts = [f"{who} ({year})", source["title"], place]
    if not who:
        parts = [f"{source['title'].rstrip('.')} ({year})", place]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)
