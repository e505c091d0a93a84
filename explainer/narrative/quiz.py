"""Quiz items whose right answer and wrong ones are worded from data rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from explainer.errors import ExplainerError
from explainer.narrative.say import say

QUIZ_MIME = "application/vnd.explainer.quiz+json"
FEWEST_WRONG = 2


@dataclass(frozen=True)
class Option:
    """One answer to choose, and what is said to the one who chose it (both Markdown)."""

    text: str
    because: str
    is_right: bool


@dataclass(frozen=True)
class Item:
    """A question and its options in the order in which they are shown."""

    question: str
    options: tuple[Option, ...]

    @property
    def right(self) -> Option:
        """The right answer."""
        return next(option for option in self.options if option.is_right)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, object]:
        return quiz(self)._repr_mimebundle_()

    def __str__(self) -> str:
        lines = [f"[{'x' if option.is_right else ' '}] {option.text}" for option in self.options]
        return "\n".join([self.question, *lines])


@dataclass(frozen=True)
class Quiz:
    """Several items; in a notebook with their key, on a page self-marking."""

    items: tuple[Item, ...]

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, object]:
        items = [asdict(item) for item in self.items]
        return {
            QUIZ_MIME: {"items": items},
            "text/markdown": "\n\n".join(_with_key(item) for item in self.items),
            "text/plain": "\n\n".join(map(str, self.items)),
        }


def quiz(*items: Item) -> Quiz:
    """The items as one quiz, in the order given.

    Parameters
    ----------
    *items : Item
        What ``item()`` made.

    Raises
    ------
    ExplainerError
        If there is none, or two ask the same.
    """
    asked = [item.question for item in items]
    if not items:
        raise ExplainerError("quiz() was given no item; give it what item() makes")
    for question in asked:
        if asked.count(question) > 1:
            raise ExplainerError(f"quiz() asks twice: {question!r}; take one away")
    return Quiz(items)


def item(
    question: str, /, *, right: str, because: str, wrong: Mapping[str, str], **facts: Any
) -> Item:
    """A question with its right answer and wrong ones, all worded from facts.

    Parameters
    ----------
    question, right, because : str
        Templates as for ``say()``: what is asked, the right answer, and why it is right.
    wrong : mapping of str to str
        Each wrong answer with what is wrong about it: templates too.
    **facts
        What the templates name.

    Returns
    -------
    Item
        Its options are in an order that looks drawn by lot and is the same each time.  A wrong
        answer that reads like another option with these data is left out.

    Raises
    ------
    ExplainerError
        If there are fewer than two wrong answers, if new data leave fewer, if two options are
        written alike, or for anything that ``say()`` refuses.

    Examples
    --------
    >>> two = item("Which is a share?", right="Prevalence", because="It has a denominator.",
    ...            wrong={"Deaths": "A count.", "New infections": "A count too."})
    >>> two.right.text
    'Prevalence'
    """
    if len(wrong) < FEWEST_WRONG:
        raise ExplainerError(
            f"item({question[:40]!r}): {len(wrong)} wrong answers, expected {FEWEST_WRONG} or more"
        )
    templates = [(right, because, True), *((text, why, False) for text, why in wrong.items())]
    options = [
        Option(say(text, **facts).markdown, say(why, **facts).markdown, is_right)
        for text, why, is_right in templates
    ]
    # New data may make a wrong answer read like the right one, which stands first, or another.
    differing: dict[str, Option] = {}
    for option, (template, _, _) in zip(options, templates, strict=True):
        kept = differing.setdefault(option.text.casefold(), option)
        if kept is not option and template == option.text:
            raise ExplainerError(
                f"item({question[:40]!r}): two options read {option.text!r} with these data; "
                f"choose another wrong answer"
            )
    if len(differing) <= FEWEST_WRONG:
        raise ExplainerError(
            f"item({question[:40]!r}): with these data {len(differing) - 1} of {len(wrong)} wrong "
            f"answers read otherwise than {options[0].text!r}, expected {FEWEST_WRONG} or more; "
            f"add another wrong answer"
        )
    asked = say(question, **facts).markdown
    return Item(
        asked, tuple(sorted(differing.values(), key=lambda option: _lot(asked, option.text)))
    )


def _lot(question: str, text: str) -> str:
    """Where an option falls: by its words, so that the same data give the same order."""
    return hashlib.sha256(f"{question}\0{text}".encode()).hexdigest()


def _with_key(item: Item) -> str:
    """An item as Markdown with its key, for the one who writes or teaches it."""
    wrong = [option for option in item.options if not option.is_right]
    lines = [f"- **Right: {item.right.text}** {item.right.because}"]
    lines += [f"- {option.text}: {option.because}" for option in wrong]
    return "\n".join([item.question, "", *lines])
