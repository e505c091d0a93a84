"""AIDSinfo bulk file (``Estimates_2025_en.csv``): 14 columns, one row a figure or a bound.

Read against the first 70 rows of the 2025 file and the names of columns, indicators and
subgroups that others document; units and rounding beyond those rows follow the documentation.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import pandas as pd

from explainer.errors import ExplainerError
from explainer.tables.readers import measures
from explainer.tables.readers.aidsinfo_pieces import Pieces
from explainer.tables.readers.delimited import Delimited, header
from explainer.tables.readers.measures import Measure
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
_POPULATIONS = {
    "all ages": "all ages",
    "children (0-14)": "children 0-14",
    "adults (15+)": "adults 15+",
    "adults (15-49)": "15-49",
    "females adults (15+)": "women 15+",
    "females (15+)": "women 15+",
    "males adults (15+)": "men 15+",
    "males (15+)": "men 15+",
    "females (15-24)": "women 15-24",
    "young women (15-24)": "women 15-24",
    "males (15-24)": "men 15-24",
    "young men (15-24)": "men 15-24",
}
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
    found, whole = Rows(), Pieces(text.where)
    for piece in _pieces(text):
        whole.take(piece)
    groups, slots = whole.pivot()
    others: Counter[str] = Counter()
    used: set[Measure] = set()
    for number, group in enumerate(groups):
        what = _measure(*group, used)
        used.add(what)
        years, places, value, shown = slots(number)
        if what.indicator not in _INDICATORS.values():
            others[what.indicator] += len(years)
        found.add_amounts(years, places, what, value, rounded=False)
        if what.unit in (measures.PEOPLE, measures.SHARE):
            found.add_amounts(years, places, what, shown)
    if others:
        told = f"{sum(others.values()):,} figures of {len(others)} further indicators"
        found.notes.append((told, "read under the file's own codes: no table here has them"))
    return finished(
        found.frame(), None, where=text.where, source=SOURCE, kind=KIND, slug=SLUG,
        release_from="", not_read=found.not_read(),
    )  # fmt: skip


def _pieces(text: Delimited) -> Iterator[pd.DataFrame]:
    """The needed columns as text, read in pieces so that memory stays small."""
    try:
        with text.stream() as stream:
            read = pd.read_csv(
                stream, sep=text.delimiter, dtype="str", keep_default_na=False, usecols=_NEEDED,
                chunksize=100_000, skipinitialspace=True, skip_blank_lines=True,
            )  # fmt: skip
            for piece in read:
                yield piece.fillna("")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError, csv.Error):
        raise ExplainerError(
            f"{text.where}: its rows do not fit its 14 columns (is it cut off?); download it again"
        ) from None


def _measure(code: str, words: str, unit: str, label: str, used: Collection[Measure]) -> Measure:
    """What a series measures; two labels never become one, whatever they have in common."""
    plain = " ".join(label.lower().split())
    for people in (_POPULATIONS.get(plain, plain or "all ages"), plain, f"{plain} ({words})"):
        what = measures.unnamed(code, f"{words} {unit}", people)
        if code in _INDICATORS:
            known = measures.of(_INDICATORS[code], people)
            # The same code may stand for a number and a percentage: the unit tells which.
            counted = unit.lower().startswith("number")
            what = what if counted == (known.unit == measures.SHARE) else known
        if what not in used:
            break
    return what
