"""LaTeX formulas as MathML, so that a page shows them without script or network."""

from __future__ import annotations

import re
from html import escape
from xml.etree import ElementTree

from latex2mathml.converter import convert

_ALIGNED = re.compile(r"\\(begin|end)\{aligned\}")
_UNKNOWN_MACRO = re.compile(r"<mi>\\")


def mathml(latex: str, *, is_block: bool = False) -> str:
    """A formula as MathML, or as plain code where the converter cannot be trusted with it.

    Parameters
    ----------
    latex : str
        The formula without its dollar signs.
    is_block : bool
        Whether it stands on a line of its own.

    Notes
    -----
    latex2mathml writes a raw ``&`` for ``aligned``, passes unknown macros on as text and
    drops what follows an unclosed brace: the first is rewritten, the others fall back to code.
    """
    if _open_braces(latex):
        return f"<code>{escape(latex.strip())}</code>"
    source = _ALIGNED.sub(r"\\\1{split}", latex.strip())
    try:
        made = convert(source, display="block" if is_block else "inline")
        ElementTree.fromstring(made)
    except Exception:  # the converter has no base class for its errors
        return f"<code>{escape(latex.strip())}</code>"
    if _UNKNOWN_MACRO.search(made):
        return f"<code>{escape(latex.strip())}</code>"
    # A long formula scrolls sideways on a phone, so the keyboard must be able to reach it.
    box = '<span class="formula" tabindex="0" role="group" aria-label="Formula">'
    return f"{box}{made}</span>" if is_block else str(made)


def _open_braces(latex: str) -> int:
    """How many braces are left open (or closed too often)."""
    plain = re.sub(r"\\[{}]", "", latex)
    return plain.count("{") - plain.count("}")
