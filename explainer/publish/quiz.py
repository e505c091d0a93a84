"""Quiz items as HTML: self-marking in the page, or with their key for the teacher."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from typing import Any

from nbformat import NotebookNode

from explainer.narrative.quiz import QUIZ_MIME
from explainer.publish.markdown import to_html
from explainer.publish.outputs import SHOWN_MIME
from explainer.publish.roles import tags
from explainer.publish.shown import marked

_PARAGRAPH = re.compile(r"^<p>(.*?)</p>\s*$", re.S)


def quiz_html(notebook: NotebookNode, *, has_key: bool) -> list[str]:
    """What each quiz cell of an executed notebook shows: the key, or forms that mark themselves.

    Parameters
    ----------
    notebook : NotebookNode
        Cells tagged ``quiz`` hold what ``quiz()`` or ``item()`` made.
    has_key : bool
        True for teachers: right and wrong answers with their explanations, in plain sight.
    """
    shown = []
    count = 0
    for cell in notebook.cells:
        if "quiz" not in tags(cell):
            continue
        pieces = []
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            for item in data.get(QUIZ_MIME, {}).get("items", []):
                count += 1
                pieces.append(_key(item, count) if has_key else _form(item, count))
            pieces.append(str(data.get(SHOWN_MIME, "")))
        shown.append(marked(cell["id"], "".join(pieces)))
    return [html for html in shown if html]


def _form(item: Mapping[str, Any], number: int) -> str:
    """One item as a form; what is said to each choice is written so that no eye reads it."""
    options = "\n".join(
        f'<label class="option"><input type="radio" name="q{number}" '
        f'data-reply="{hidden(_reply(option), f"q{number}.{place}")}">'
        f"<span>{_inline(option['text'])}</span></label>"
        for place, option in enumerate(item["options"])
    )
    return (
        f'<form class="item" id="item-{number}" autocomplete="off"><fieldset>'
        f'<legend><span class="item-number">{number}.</span> {_inline(item["question"])}</legend>\n'
        f"{options}\n</fieldset>"
        f'<button type="submit" class="check" hidden>Check<span class="vh"> question {number}'
        f'</span></button><div class="reply" role="status"></div></form>\n'
    )


def _reply(option: Mapping[str, Any]) -> str:
    """``1`` or ``0`` for right or wrong, then the explanation."""
    return f"{int(option['is_right'])}{_inline(option['because'])}"


def _key(item: Mapping[str, Any], number: int) -> str:
    """One item with its answers for the teacher."""
    right = next(option for option in item["options"] if option["is_right"])
    wrong = "".join(
        f"<li><em>{_inline(option['text'])}</em> – {_inline(option['because'])}</li>"
        for option in item["options"]
        if not option["is_right"]
    )
    return (
        f'<div class="key"><h3>{number}. {_inline(item["question"])}</h3>'
        f"<p><strong>Right: {_inline(right['text'])}</strong> – {_inline(right['because'])}</p>"
        f"<p>Why the others are wrong:</p><ul>{wrong}</ul></div>\n"
    )


def _inline(markdown: str) -> str:
    """Markdown of one paragraph as HTML that can stand inside a line."""
    html, _ = to_html(markdown, taken=set(), is_trusted=False)
    return _PARAGRAPH.sub(r"\1", html.strip())


def hidden(text: str, key: str) -> str:
    """A text that is not in plain sight in a page's source; ``quiz.js`` turns it back.

    This keeps the key from a glance, a search and a print-out, no more: the page must know the
    answer to mark it, so whoever reads its script can find it.  It is for learning, not for an
    examination.
    """
    mixed = bytes(byte ^ mask for byte, mask in zip(text.encode(), _stream(key), strict=False))
    return base64.b64encode(mixed).decode()


def _stream(key: str) -> Iterator[int]:
    """Endless bytes that depend on the key (FNV-1a for the seed, then xorshift)."""
    state = 2166136261
    for byte in key.encode():
        state = (state ^ byte) * 16777619 % 2**32
    while True:
        state ^= state << 13 & 0xFFFFFFFF
        state ^= state >> 17
        state ^= state << 5 & 0xFFFFFFFF
        yield state & 255
