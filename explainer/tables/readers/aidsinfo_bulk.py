"""AIDSinfo bulk file (``Estimates_2025_en.csv``): 14 columns, one row a figure or a bound.

Read against the first 70 rows of the 2025 file and the names of columns, indicators and
subgroups that others document; units and rounding beyond those rows follow the documentation.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from explainer.errors import ExplainerError
from explainer.tables.readers import limits, measures
from explainer.tables.readers.delimited import Delimited, header
from explainer.tables.readers.measures import Measure
from explainer.tables.readers.places import place
from explainer.tables.readers.reading import Reading, Rows, finished

SOURCE, KIND, SLUG = "UNAIDS AIDSinfo", "AIDSinfo bulk file", "aidsinfo_bulk"
COLUMNS = (
    "Indicator", "Indicator_GId", "Unit", "Subgroup", "Subgroup_Val_GId", "Area", "Area ID",
    "Area Level", "Time Period", "Source", "Data value", "Formatted", "Data_Denominator",
    "Footnote",
)  # fmt: skip
_NEEDED = [
    "Indicator", "Indicator_GId", "Unit", "Subgroup", "Area", "Area ID", "Time Period",
    "Data value", "Formatted",
]  # fmt: skip
_INDICATORS = {
    "PLWH": "plhiv",
    "NEW_INFECTIONS": "new_infections",
    "AIDS_DEATHS": "aids_deaths",
    "HIV_PREVALENCE": "prevalence_share",
    "HIV_INCIDENCE": "incidence_per_1000",
    "PEOPLE_RECEIVING_ART": "on_art",
    "PLHIV_KNOWLEDGE_OF_STATUS": "knows_status_share",
    "PERCENT_PLWH": "art_coverage_share",
    "PERCENT_KNOW_STATUS_ON_ART": "on_art_given_status_share",
    "PERCENT_ON_ART_VL_SUPPRESSED": "suppressed_given_art_share",
    "VIRAL_LOAD_SUPPRESSION": "suppressed_share",
}
_END = re.compile(r"\s*\b(lower|upper)?\s*estimates?\b\s*$", re.IGNORECASE)
_ENDS = {"": 0, "lower": 1, "upper": 2}
Figure = tuple[int, str, str, str, str, str, str]


def recognises(head: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the bulk file's columns."""
    return header(head[:1], ("Indicator_GId", "Subgroup", "Area ID", "Time Period")) is not None


def read(text: Delimited) -> Reading:
    """Read the bulk file: unrounded figures, and beside them those shown on AIDSinfo."""
    missing = [name for name in _NEEDED if name not in text.head[0]]
    if missing:
        raise ExplainerError(
            f"{text.where}: column {missing[0]!r} of the AIDSinfo bulk file is missing (found "
            f"{', '.join(text.head[0])[:120]}); download it again"
        )
    found, figures = Rows(), _figures(text)
    kept: Counter[str] = Counter()
    for (when, area, name, code, unit, words, group), cells in figures.items():
        what = _measure(code, unit, words, group)
        if code not in _INDICATORS:
            kept[words or code] += 1
        where = place(name, area)
        found.add(when, where, what, cells[:3], rounded=False)
        if what.unit in (measures.PEOPLE, measures.SHARE) and any(cells[3:]):
            found.add(when, where, what, cells[3:])
    found.notes += [
        (f"{count:,} figures of {words!r}", "read, under the file's own code: no table here has it")
        for words, count in sorted(kept.items())
    ]
    return finished(
        found.frame(), None, where=text.where, source=SOURCE, kind=KIND, slug=SLUG,
        release_from="", not_read=found.not_read(),
    )  # fmt: skip


def _figures(text: Delimited) -> dict[Figure, list[str]]:
    """Estimate, low, high as data values, then as shown, by what they are figures of."""
    figures: dict[Figure, list[str]] = {}
    count = 0
    for piece in _pieces(text):
        count += len(piece)
        if count > limits.BULK_ROWS:
            raise ExplainerError(
                f"{text.where}: more than {limits.BULK_ROWS:,} rows; choose the published file"
            )
        for row in piece.itertuples(index=False, name=None):
            words, code, unit, group, area, place_code, period, value, shown = row
            if not re.fullmatch(r"[12][0-9]{3}", period):
                raise ExplainerError(
                    f"{text.where}: Time Period is {period[:20]!r}, expected a year; "
                    "download it again"
                )
            said = _END.search(group)
            end = _ENDS[(said[1] or "").lower()] if said else 0
            people = group[: said.start()] if said else group
            key = (int(period), place_code, area, code, unit, words, people)
            cells = figures.setdefault(key, [""] * 6)
            if cells[end] or cells[end + 3]:
                raise ExplainerError(
                    f"{text.where}: {area} {period} stands twice ({words}, {group}); "
                    "remove one of the two rows"
                )
            cells[end], cells[end + 3] = value, shown
    return figures


def _pieces(text: Delimited) -> list[pd.DataFrame]:
    """The needed columns as text, read in pieces so that memory stays small."""
    try:
        with text.stream() as stream:
            read = pd.read_csv(
                stream, sep=text.delimiter, dtype="str", keep_default_na=False, usecols=_NEEDED,
                chunksize=100_000, skipinitialspace=True, skip_blank_lines=True,
            )  # fmt: skip
            return [piece[_NEEDED].fillna("") for piece in read]
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError, csv.Error):
        raise ExplainerError(
            f"{text.where}: its rows do not fit its 14 columns (is it cut off?); download it again"
        ) from None


def _measure(code: str, unit: str, words: str, group: str) -> Measure:
    people = measures.population(group) or " ".join(group.lower().split()) or "all ages"
    if code in _INDICATORS:
        default = "15-49" if _INDICATORS[code] == "prevalence_share" else ""
        return measures.of(_INDICATORS[code], people or default)
    return measures.unnamed(code, f"{words} {unit}", people)
