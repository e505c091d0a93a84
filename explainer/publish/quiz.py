"""Quiz items as HTML: self-marking in the page, or with their key for the teacher."""

from __future__ import annotations

import base64
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
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
    cells = [cell for cell in notebook.cells if "quiz" in tags(cell)]
    shares = [_of_cell(cell) for cell in cells]
    dealt = iter(_dealt([item for items, _ in shares for item in items]))
    shown, count = [], 0
    for cell, (items, more) in zip(cells, shares, strict=True):
        pieces = []
        for item in islice(dealt, len(items)):
            count += 1
            pieces.append(_key(item, count) if has_key else _form(item, count))
        shown.append(marked(cell["id"], "".join([*pieces, more])))
    return [html for html in shown if html]


def _of_cell(cell: NotebookNode) -> tuple[list[Mapping[str, Any]], str]:
    """The items that a cell made, and what it shows of an earlier page."""
    outputs = [output.get("data", {}) for output in cell.get("outputs", [])]
    items = [item for data in outputs for item in data.get(QUIZ_MIME, {}).get("items", [])]
    return items, "".join(str(data.get(SHOWN_MIME, "")) for data in outputs)


def _dealt(items: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The items with their right answers dealt over the places, each place once in a round.

    By chance alone a short quiz may have its right answers in one place, which pupils notice.
    """
    lots = random.Random("".join(item["question"] for item in items))  # the same each time
    places: list[int] = []
    for item in items:
        options = list(item["options"])
        if not any(place < len(options) for place in places):
            places += lots.sample(range(len(options)), len(options))
        at = next(place for place in places if place < len(options))
        places.remove(at)
        right = next(option for option in options if option["is_right"])
        options.remove(right)
        options.insert(at, right)
        yield {**item, "options": options}


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
