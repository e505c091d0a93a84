"""Words that hurt or mislead, and what to say instead."""

from __future__ import annotations

import re

from explainer.narrative.digits import strip_markup

_WHO = (
    r"(?:people|persons?|patients?|individuals?|wom[ae]n|m[ae]n|child(?:ren)?|mothers?|adults?"
    r"|partners?)"
)
_HIV = r"(?:HIV|AIDS|the virus)"

# After the terminology guidelines of UNAIDS and NIAID and the Denver Principles.
_SAY: tuple[tuple[str, str], ...] = (
    (r"(?:AIDS|HIV) patients?", "person living with HIV"),
    (r"HIV[- ‑]infected(?: " + _WHO + ")?", "person living with HIV"),
    (r"(?:people|persons?|patients?) infected with HIV", "person living with HIV"),
    (r"infected " + _WHO, "person living with HIV"),
    (r"(?:AIDS|HIV) (?:sufferers?|victims?)|(?:sufferers?|victims?)", "person living with HIV"),
    (r"suffer(?:s|ed|ing)? from " + _HIV, "living with HIV"),
    (r"(?:HIV|AIDS|virus|healthy|asymptomatic) carriers?", "person living with HIV"),
    (r"carriers? of " + _HIV, "person living with HIV"),
    (r"HIV virus(?:es)?|AIDS virus(?:es)?", "HIV"),
    (r"AIDS tests?", "HIV test"),
    (r"HIV/AIDS|HIV and AIDS|HIV-AIDS", "HIV, or AIDS, whichever is meant"),
    (r"full[- ‑]blown(?: AIDS)?", "AIDS"),
    (r"AIDS deaths?|deaths? (?:from|of|due to) AIDS|died (?:of|from) AIDS", "AIDS-related death"),
    (r"(?:contract|catch)(?:s|es|ed|ing)? (?:HIV|AIDS|the virus)", "acquire HIV"),
    (r"caught (?:HIV|AIDS|the virus)", "acquired HIV"),
    (r"high[- ‑]risk (?:groups?|populations?|people|persons?)|risk groups?", "key population"),
    (r"(?:test(?:s|ed)?|is|are|be|being|stay(?:s|ed)?|came back|get|got) clean", "HIV-negative"),
    (r"clean (?:blood|tests?|results?|partners?|status)", "HIV-negative"),
    (r"mother-to-child transmission", "vertical transmission"),
    (r"(?:innocent|AIDS) (?:babies|children|orphans?)", "child affected by HIV"),
    (r"prostitutes?", "sex worker"),
    (r"(?:drug|substance) (?:addicts?|abusers?)|addicts?|junkies?", "person who uses drugs"),
    (r"unprotected sex", "sex without a condom"),
    (r"ends? AIDS patients?|cure rates?(?: of 100 ?%)?", "remission, with its count of people"),
    (r"cur(?:e|es|ed|ing|able)", "remission"),
)
_RULES = tuple((re.compile(rf"(?<![\w-])(?:{p})(?![\w-])", re.IGNORECASE), s) for p, s in _SAY)

# Terms with a definition, and sentences which say that nobody is known to be cured.
_DEFINED = re.compile(
    r"P\(cure\w*|\b(?:possible|functional|steriliz?s?ing|mixture) cures?\b"
    r"|\b(?:mixture )?cure (?:models?|fraction)\b|\b(?:probability|chance) of (?:a )?cure\b"
    r"|\b(?:not|no|never|nor|call(?:s|ed)? (?:it|this|them)) (?:a |an |yet |be |been |the )*"
    r"cur(?:e[ds]?|able)\b|\b(?:the word|say|claim of|means?|than) (?:a )?cured?\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"\n]*\"|„[^“”]*[“”]")
_BLOCKQUOTE = re.compile(r"^ {0,3}>.*$", re.MULTILINE)
_SOURCES = re.compile(
    r"^(#{1,6})[ \t]+(?:[\d.]+[ \t]+)?(?:Sources|References|Bibliography|Further reading)\b.*?"
    r"(?=^#{1,6}[ \t]|\Z)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_INTERVAL = re.compile(r"confidence (?:intervals?|bounds?|limits?)", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|no|never|unlike|rather than|instead of)\b[^.;]*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(])|\n\s*\n")


def unkind_words(text: str) -> list[tuple[str, str]]:
    """Each word found that should not stand there, with what to say instead; none is good.

    Parameters
    ----------
    text : str
        Markdown in our own voice. Quotations, code, formulas, links and lists of sources
        keep the words of others.

    Returns
    -------
    list of (str, str)
        The words as they stand in the text, and the words to use.

    Examples
    --------
    >>> unkind_words("He contracted HIV.")
    [('contracted HIV', 'acquire HIV')]
    """
    ours = _our_voice(text)
    found: list[tuple[int, int, str]] = []
    for pattern, instead in _RULES:
        for match in pattern.finditer(ours):
            # "AIDS patient" is one finding, not another one for each rule that it meets.
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((*match.span(), instead))
    worded = [(" ".join(ours[start:end].split()), instead) for start, end, instead in sorted(found)]
    return worded + _misnamed_ranges(ours)


def _our_voice(text: str) -> str:
    for other in (_SOURCES, _BLOCKQUOTE, _QUOTED):
        text = other.sub(" … ", text)
    return re.sub(r"(?<=\S)[ \t]*\n(?=\S)", " ", _DEFINED.sub(" … ", strip_markup(text)))


def _misnamed_ranges(text: str) -> list[tuple[str, str]]:
    """UNAIDS publishes ranges of a model; a sentence must not call them confidence intervals."""
    found = []
    for sentence in _SENTENCE_END.split(text):
        for match in _INTERVAL.finditer(sentence):
            if "UNAIDS" in sentence and not _DENIED.search(sentence[: match.start()]):
                found.append((match.group(), "range"))
    return found
