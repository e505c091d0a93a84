"""A lesson plan's steps add up, and its words obey the rules of prose."""

from __future__ import annotations

import pytest

import explainer as hiv
from explainer.errors import ExplainerError


def test_steps_stand_with_the_clock_beside_them() -> None:
    plan = hiv.lesson_plan(
        (5, "Hook", "{{ n | people }} people."), (15, "Ask", "Why?"), minutes=20, n=40_800_000
    )
    assert str(plan).splitlines()[2:] == [
        "| 0–5 | **Hook** | 40.8 million people. |", "| 5–20 | **Ask** | Why? |"
    ]  # fmt: skip


def test_steps_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ExplainerError, match="the steps take 45 minutes, expected 50"):
        hiv.lesson_plan((45, "All", "Talk."), minutes=50)


@pytest.mark.parametrize(("text", "said"), [("a | b", "the table breaks"), ("7 people", "typed")])
def test_a_text_that_breaks_the_table_or_holds_typed_numbers_is_refused(
    text: str, said: str
) -> None:
    with pytest.raises(ExplainerError, match=said):
        hiv.lesson_plan((5, "All", text), minutes=5)
