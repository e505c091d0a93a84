"""Figures typed into Markdown, where no new table would ever correct them."""

from __future__ import annotations

import re
from functools import cache

from explainer.narrative.terms import TERMS

# Names of the field that hold digits, beside those of the glossary. A space matches any space
# or none, a hyphen any dash.
_NAMES = (
    *("PURPOSE 1", "PURPOSE 2", "PARTNER 2", "HPTN 052", "BMT CTN 0903", "CTN 0903", "HIV-1"),
    *("HIV-2", "COVID-19", "Berlin 2", "B2", "CCR2", "CD8", "CD34", "CD19", "CD4ζ", "p24"),
    *("EBT-101", "SB-728-T", "eOD-GT8 60mer", "Cas9", "3BNC117", "10-1074", "IciS-34", "R0"),
    *("95-95-95", "90-90-90", "PM1", "M49", "ISO3"),
)
# Standing age groups, denominators of rates, an index's base and the level of an interval are
# part of an indicator's name; Q1, H04 and "chapter 2" are names of parts of this work.
_PATTERNS = (
    r"(?:0–14|15–19|15–24|15–49|18–49|15–64|15\+)",
    r"per 1(?:00|,000|00,000)",
    r"(?:19|20)\d\d ?= ?100",
    r"95 ?%(?= (?:confidence )?interval)",
    r"[QH]\d\d?",
    r"(?:chapter|figure|table|step|question) \d\d?",
    r"NCT\d{8}",
    r"rs\d+",
)
_COUNTED = r"people|persons?|patients?|donors?|deaths?|infections?|copies|samples|million|%"
_YEAR = re.compile(
    rf"(?<![\d.,])(?:19\d\d|20\d\d|2100)(?:s\b|(?![\d\w]|[.,]\d)(?!\s?(?:{_COUNTED})))",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*\s?%?")

# What is no prose, in the order in which it is taken out.
_NOT_PROSE = tuple(
    re.compile(pattern, re.MULTILINE | re.DOTALL)
    for pattern in (
        r"^[ >]*(`{3,}|~{3,}).*?(?:^[ >]*\1[`~]*[ \t]*$|\Z)",  # fenced code
        r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)",  # code spans
        r"<!--.*?-->",
        r"(?<!\\)\$\$.+?(?<!\\)\$\$",
        r"(?<![\\$])\$(?![\s$])[^$\n]*?(?<![\\\s])\$(?!\d)",
        r"^ {0,3}\[[^\]\n]+\]:\s.*?$",  # where a reference link leads
        r"\[\^[^\]\n]+\]",  # footnotes
        r"(?<=\])\((?:<[^<>\n]*>|[^()\s]*(?:\([^()]*\)[^()\s]*)*)"  # targets of links
        r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)",
        r"(?<=\])\[[^\]\n]*\]",
        r"</?[a-zA-Z][^>]*>",  # tags and their attributes, not the text between
        r"<?\b(?:https?://|www\.|mailto:)[^\s)>]+>?",
        r"\b(?:doi:\s?)?10\.\d{4,9}/[^\s)]+",
        r"&#?\w+;",
        r"^[ >]*\d{1,3}[.)](?=\s)",  # numbered lists
        r"(?<=#)[ \t]+\d+(?:\.\d+)*[.)]?(?=\s)",  # numbered headings
    )
)


def strip_markup(markdown: str) -> str:
    """The prose of a Markdown text: no code, formulas, tags, link targets or list numbers."""
    for pattern in _NOT_PROSE:
        markdown = pattern.sub(" ", markdown)
    return markdown


@cache
def _names() -> re.Pattern[str]:
    glossary = [name for term in TERMS for name in (term.name, *term.aliases)]
    names = [re.escape(name) for name in (*glossary, *_NAMES) if re.search(r"\d", name)]
    loose = [re.sub(r"\\-|[-–—‑]", "[-–—‑]", name).replace(r"\ ", r"[\s\xa0]?") for name in names]
    patterns = [pattern.replace("–", "[-–]") for pattern in _PATTERNS]
    return re.compile(
        rf"(?<![\w.,])(?:{'|'.join(loose + patterns)})(?![\d]|[.,]\d|\s?%)", re.IGNORECASE
    )


def stray_digits(markdown: str) -> list[str]:
    """The figures left in the prose of a Markdown text, in their order; none is good.

    Parameters
    ----------
    markdown : str
        A Markdown cell, or a template whose live parts have been taken out.

    Returns
    -------
    list of str
        Figures outside code, formulas, links and list numbers which are no year and no part
        of a name such as CD4 or 95–95–95.

    Examples
    --------
    >>> stray_digits("In 2024, 40.8 million people had a CD4 count.")
    ['40.8']
    """
    prose = _YEAR.sub(" ", _names().sub(" ", strip_markup(markdown)))
    return [found.strip() for found in _FIGURE.findall(prose)]
