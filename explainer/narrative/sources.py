"""The chapter's sources: every bibliography row its frames rest on, once."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd

from explainer.tables import bibliography, licence_of
from explainer.wording import ended


@dataclass(frozen=True)
class Sources:
    """A numbered list of sources, as HTML for the page and Markdown elsewhere."""

    rows: pd.DataFrame

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{_entry(row)}</li>" for _, row in self.rows.iterrows())
        return f'<ol class="sources">{items}</ol>'

    def __repr__(self) -> str:
        lines = (
            " ".join(map(ended, [*_names(row), *_licence(row)])) for _, row in self.rows.iterrows()
        )
        return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def sources(*frames: pd.DataFrame) -> Sources:
    """Numbered list of the sources of all rows in these frames, by author and year.

    A paper that several rows of the bibliography stand for, by its DOI, is named once.

    Parameters
    ----------
    *frames : pandas.DataFrame
        Tables with ``source_id`` and, where there are several, ``other_source_ids``.
    """
    used: set[str] = set()
    for frame in frames:
        used.update(frame["source_id"].dropna())
        for others in frame.get("other_source_ids", pd.Series(dtype=str)).dropna():
            used.update(part for part in str(others).split(";") if part)
    found = bibliography(used).fillna("").sort_values("source_id")
    found = found[(found["doi"] == "") | ~found["doi"].duplicated()]
    order = [". ".join(_names(row)).casefold() for _, row in found.iterrows()]
    return Sources(found.assign(order=order).sort_values("order").drop(columns="order"))


def _names(row: pd.Series) -> list[str]:
    """Who and what; a source of which neither author nor journal is known starts with its title."""
    year = f" ({row['year']})" if row["year"] else ""
    who, title = str(row["authors"] or row["published"]), str(row["title"])
    return [f"{who}{year}", title] if who else [f"{title}{year}"]


def _entry(row: pd.Series) -> str:
    """One source as people cite it, with its link and how much of it was read."""
    *who, title = (escape(ended(part)) for part in _names(row))
    foreign = row["language"] not in ("", "en")
    what = [*who, f'<span lang="{escape(row["language"])}">{title}</span>' if foreign else title]
    if row["authors"] and row["published"]:
        what.append(f"<i>{escape(str(row['published']))}</i>.")
    link = f"https://doi.org/{row['doi']}" if row["doi"] else str(row["url"])
    if link.startswith(("https://", "http://")):
        shown = f"doi:{row['doi']}" if row["doi"] else link.split("//", 1)[1].split("/")[0]
        what.append(f'<a href="{escape(link)}">{escape(shown)}</a>')
    what += map(ended, _licence(row))
    if row["how_read"]:
        what.append(f"<small>[read: {escape(str(row['how_read']))}]</small>")
    return " ".join(what)


def _licence(row: pd.Series) -> list[str]:
    """The open licence that the bibliography states, if it does."""
    licence = licence_of(str(row["licence"]))
    return [f"Licence: {escape(licence)}"] if licence else []
