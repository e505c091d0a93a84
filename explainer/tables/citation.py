"""Who said it: a source as a short citation, and what may be done with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from explainer.errors import ExplainerError
from explainer.near import did_you_mean, near
from explainer.paths import IMPORTED
from explainer.tables import store
from explainer.tables.load import learned, load, note_opened
from explainer.wording import ended

_IMPORTED_ID = re.compile(rf"{IMPORTED}(\d{{4}})_([0-9a-f]{{8}})")
_UNAIDS_TERMS = "CC BY-NC-SA 3.0 IGO"
_TERMS = {
    "World Bank, World Development Indicators": "CC BY 4.0; underlying " + _UNAIDS_TERMS,
    "Our World in Data": "CC BY 4.0; underlying " + _UNAIDS_TERMS,
}


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
    if source_id not in known and (imported := _imported(source_id)):
        return imported
    if source_id not in known:
        hint = did_you_mean(near(str(source_id), known, n=2)) or "see load_sources()"
        raise ExplainerError(f"no source {source_id!r} in sources; {hint}")
    return dict(known[source_id])


def bibliography(ids: Collection[str]) -> pd.DataFrame:
    """Give the rows of ``sources`` with these ids, and a row of its own for an imported file.

    Parameters
    ----------
    ids : collection of str
        Ids of sources; those that no source has are passed over.

    Returns
    -------
    pandas.DataFrame
        The columns of ``sources``.
    """
    bundled = load("sources")
    rows = bundled[bundled["source_id"].isin(ids)]
    own = [row for one in sorted(set(ids) - set(rows["source_id"])) if (row := _imported(one))]
    return pd.concat([rows, pd.DataFrame(own, columns=bundled.columns)]) if own else rows


def _imported(source_id: str) -> dict[str, str]:
    """The source row of an imported file: its name, hash, date and reader."""
    named = _IMPORTED_ID.fullmatch(str(source_id))
    if named is None:
        return {}
    note_opened(f"{IMPORTED}{named[1]}")
    kept = store.find(named[1])
    if kept is None or not kept.provenance.sha256.startswith(named[2]):
        return {}
    told = kept.provenance
    where = told.address if told.address.startswith(("https://", "http://")) else ""
    return {
        "source_id": source_id,
        "title": f"{told.reader}, {told.release} release, imported from {told.file} on "
        f"{told.date} (sha256 {told.sha256[:12]})",
        "language": "en",
        "authors": told.publisher,
        "published": "",
        "year": told.release,
        "doi": "",
        "url": where,
        "licence": _TERMS.get(told.publisher, _UNAIDS_TERMS),
        "how_read": f"imported file, sha256 {told.sha256}",
        "note": f"Release known by: {told.release_from}.",
    }


def _by_id(table: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Every source as plain text by its id."""
    rows = table.astype(object).where(table.notna(), "").to_dict("records")
    return {row["source_id"]: {str(name): str(row[name]) for name in row} for row in rows}


def cite(source: str | pd.DataFrame) -> str:
    """Give a source, or those of a table, as one line: ``UNAIDS (2025). HIV …. Licence: …``

    Parameters
    ----------
    source : str or pandas.DataFrame
        Id of the source, as in the ``source_id`` column of any table; or a table with that column,
        or one made from such a table, which still carries the ``source_id`` in its ``attrs``.

    Returns
    -------
    str
        Authors or publisher, year, title and journal, each source once; then the licences, where
        they are open ones that the bibliography states.

    Raises
    ------
    ExplainerError
        If no source has that id, or the table names none.
    """
    ids = [source] if isinstance(source, str) else _ids_of(source)
    if not ids:
        raise ExplainerError(
            "cite: the table names no source; pass a table with source_id, as its loader gives it"
        )
    return source_line(ids)


def source_line(source_ids: Iterable[str]) -> str:
    """Citations in the order given, each once, then the licences a reader must keep."""
    cited, licence = _cited(source_ids)
    return f"{cited} Licence: {licence}." if licence else cited


def _cited(source_ids: Iterable[str]) -> tuple[str, str]:
    """Citations in the order given, and the licences, each once."""
    sources = [citation(source_id) for source_id in dict.fromkeys(source_ids)]
    licences = dict.fromkeys(licence_of(source["licence"]) for source in sources)
    cited = " ".join(dict.fromkeys(map(_line, sources)))
    return cited, " and ".join(licence for licence in licences if licence)


def licence_of(licence: str) -> str:
    """The Creative Commons licence that a source states, without remarks on where it was read."""
    return licence.split(" (")[0] if licence.startswith("CC ") else ""


def told(frame: pd.DataFrame, release: str | int) -> pd.DataFrame:
    """The frame with release, source and licence in its ``attrs``; frames made of it keep them."""
    ids = _ids_of(frame)
    source, licence = _cited(ids)
    frame.attrs = {
        "release": str(release), "source_id": ids, "source": source, "licence": licence,
    }  # fmt: skip
    return frame


def _ids_of(frame: pd.DataFrame) -> list[str]:
    """The sources of a frame's rows, or of the table it was made from."""
    if "source_id" in frame:
        return [str(one) for one in frame["source_id"].dropna().unique()]
    return list(frame.attrs.get("source_id", []))


def _line(source: Mapping[str, str]) -> str:
    """Authors or publisher, year, title and journal of one source."""
    who = source["authors"] or source["published"]
    year = source["year"][:4] or "undated"
    # UNAIDS is its own publisher: its long name would say the same twice.
    place = "" if who in ("UNAIDS", source["published"]) else source["published"]
    parts = [f"{who} ({year})", source["title"], place]
    if not who:
        parts = [f"{source['title'].rstrip('.')} ({year})", place]
    return " ".join(ended(part) for part in parts if part)
