"""Quiz items: the key and the wrong answers follow the data."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import explainer as hiv
from explainer import paths
from explainer.errors import ExplainerError
from explainer.narrative.quiz import QUIZ_MIME, Item
from explainer.wording import people

WRONG = {"{{ low | people }}": "The low end.", "{{ high | people }}": "The high end."}


def an_item(question: str = "How many?", **facts: float) -> Item:
    numbers = {"n": 40_800_000, "low": 37_000_000, "high": 45_600_000} | facts
    return hiv.item(
        question, right="{{ n | people }}", because="As published.", wrong=WRONG, **numbers
    )


def test_one_option_is_right_and_each_says_why() -> None:
    made = an_item()
    assert made.right.text == "40.8 million"
    assert sorted(option.text for option in made.options) == [
        "37.0 million", "40.8 million", "45.6 million"
    ]  # fmt: skip
    assert sum(option.is_right for option in made.options) == 1
    assert all(option.because for option in made.options)


def test_order_is_the_same_each_time_and_does_not_favour_a_place() -> None:
    assert an_item() == an_item()
    letters = "abcdefghijklmnopqrstuvwxyz"
    places = [
        [option.is_right for option in an_item(f"How many {letter}?").options].index(True)
        for letter in letters
    ]
    assert all(places.count(place) >= 4 for place in range(3))


def test_too_few_options_that_differ_are_refused() -> None:
    with pytest.raises(ExplainerError, match=r"1 of 2 wrong answers read otherwise than '40.8 m"):
        an_item(high=40_810_000)


def test_two_options_written_alike_are_refused() -> None:
    with pytest.raises(ExplainerError, match=r"two options read 'none' with these data"):
        hiv.item(
            "How many?", right="None", because="Nobody.",
            wrong={"none": "The same.", "One": "Too many.", "Two": "Far too many."},
        )  # fmt: skip


def test_wrong_answer_that_reads_like_the_right_one_is_left_out() -> None:
    wrong = WRONG | {"{{ other | people }}": "Another year.", "The low end": "No number."}
    made = hiv.item(
        "How many?", right="{{ n | people }}", because="As published.", wrong=wrong,
        n=40_800_000, low=37_000_000, high=45_600_000, other=40_810_000,
    )  # fmt: skip
    assert made.right.because == "As published."
    assert len(made.options) == 4
    assert "Another year." not in [option.because for option in made.options]


def test_an_item_needs_two_wrong_answers() -> None:
    with pytest.raises(ExplainerError, match="1 wrong answers, expected 2 or more"):
        hiv.item("Why?", right="So.", because="It is.", wrong={"No.": "It is not."})


def test_typed_numbers_are_refused_in_every_part() -> None:
    for place in (
        {"right": "12 people"},
        {"because": "12 people"},
        {"wrong": {"12 x": "y"} | WRONG},
    ):
        with pytest.raises(ExplainerError, match="typed into its text"):
            hiv.item(
                "Why?", **{"right": "a", "because": "b", "wrong": WRONG} | place, low=1, high=2
            )


def test_a_quiz_refuses_nothing_and_the_same_twice() -> None:
    with pytest.raises(ExplainerError, match="no item"):
        hiv.quiz()
    with pytest.raises(ExplainerError, match="asks twice"):
        hiv.quiz(an_item(), an_item())


def test_a_notebook_shows_the_key_and_a_page_gets_the_items() -> None:
    bundle = hiv.quiz(an_item(), an_item("And now?"))._repr_mimebundle_()
    assert "**Right: 40.8 million** As published." in str(bundle["text/markdown"])
    shown = bundle[QUIZ_MIME]
    assert isinstance(shown, dict)
    assert [one["question"] for one in shown["items"]] == ["How many?", "And now?"]
    assert an_item()._repr_mimebundle_()[QUIZ_MIME] == {"items": shown["items"][:1]}
    assert "[x] 40.8 million" in str(bundle["text/plain"])


def from_tables() -> Item:
    """An item as a chapter writes it."""
    estimates = hiv.load_estimates()
    n = hiv.value_in(estimates, "plhiv", 2024)
    before = hiv.value_in(estimates, "plhiv", 2010)
    return hiv.item(
        "How many people lived with HIV in {{ year }}?", right="{{ n | people }}",
        because="The range is {{ n | range }}.",
        wrong={"{{ before | people }}": "That was in {{ base }}.", "Nobody knows.": "A range."},
        year=2024, base=2010, n=n, before=before,
    )  # fmt: skip


def test_a_new_release_makes_a_new_key_and_new_wrong_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = from_tables()
    assert before.right.text == "40.8 million"
    data = Path(shutil.copytree(paths.data_dir(), tmp_path / "data"))
    table = data / "hiv_estimates.csv"
    rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    for place, row in enumerate(rows):
        if row.startswith("2025,") and ",WLD,world,plhiv," in row:
            rows[place] = row.replace("40800000", "41900000").replace("37000000", "37500000")
            rows[place] = rows[place].replace("32200000", "33300000")
    table.write_text("".join(rows), encoding="utf-8")
    monkeypatch.setenv("EXPLAINER_DATA_DIR", str(data))
    after = from_tables()
    assert after.right.text == people(41_900_000)
    assert "37.5" in after.right.because
    assert {option.text for option in after.options}.isdisjoint({"40.8 million"})
    wrong = [{o.text for o in made.options if not o.is_right} for made in (before, after)]
    assert wrong[0] != wrong[1]
