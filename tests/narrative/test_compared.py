"""What two releases say of one year: always both releases named, never one trend."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explainer import ExplainerError, say
from explainer.science.compare_place import Revision
from explainer.science.intervals import Estimate

PEOPLE = Revision(
    "World", "plhiv", 2010, "2019", "2025",
    Estimate(31.7e6, 27.3e6, 36.8e6, "people"), Estimate(32.2e6, 29.2e6, 36.0e6, "people"),
    0.5e6, 32.2 / 31.7, True, True,
)  # fmt: skip
SHARE = replace(
    PEOPLE, indicator="prevalence_share", difference=0.008, ratio=1.03,
    first=Estimate(0.273, 0.251, 0.29, "share"), second=Estimate(0.281, 0.278, 0.285, "share"),
    is_inside=False,
)  # fmt: skip


def told(revision: Revision) -> str:
    return str(say("{{ r | compared }}", r=revision))


def test_sentence_names_both_releases_and_the_one_year() -> None:
    assert told(PEOPLE) == (
        "People living with HIV: the 2019 release said 31.7 million (range 27.3–36.8 million) for "
        "2010; the 2025 release says 32.2 million (range 29.2–36.0 million) for the same year. "
        "Revised up by 0.5 million (1.6%); the older figure lies within the newer range."
    )


def test_share_is_told_in_percentage_points() -> None:
    assert told(SHARE).endswith(
        "Revised up by 0.8 percentage points; the older figure lies outside the newer range, but "
        "the ranges overlap."
    )
    assert "27.3% (range 25.1–29.0%)" in told(SHARE)


@pytest.mark.parametrize(
    ("change", "ending"),
    [
        ({"difference": -5e5, "ratio": 0.984}, "Revised down by 0.5 million (1.6%); the older"),
        ({"is_inside": False, "has_overlap": False}, "newer range, and the ranges do not meet."),
        ({"is_inside": None, "has_overlap": None}, "figure has no range to judge that by."),
        ({"is_inside": False, "has_overlap": None}, "figure lies outside the newer range."),
        ({"difference": 0.0, "second": PEOPLE.first}, "for the same year. The same figure."),
        ({"difference": 1e4, "second": Estimate(31.71e6)}, "The same figure once it is rounded; "),
        (
            {"difference": 1e5, "second": Estimate(31.8e6)},
            "Revised up by one rounding step (0.1 million); the older figure lies within the newer",
        ),
        ({"second": Estimate(32e6, mark="<")}, "A figure printed as a limit cannot be subtracted."),
    ],
)  # fmt: skip
def test_each_kind_of_revision_has_its_words(change: dict[str, object], ending: str) -> None:
    assert ending in told(replace(PEOPLE, **change))  # type: ignore[arg-type]


def test_share_that_moved_one_step_is_told_as_one() -> None:
    step = replace(
        SHARE, difference=-0.001, ratio=0.996, second=Estimate(0.272, 0.251, 0.29, "share")
    )
    assert "Revised down by one rounding step (0.1 percentage points); " in told(step)


def test_other_facts_are_refused_in_one_sentence() -> None:
    with pytest.raises(ExplainerError, match="revised needs a revision"):
        say("{{ x | revised }}", x=Estimate(1.0))
