"""A figure typed into prose is found; names, years, code and formulas are left alone."""

from __future__ import annotations

import pytest

from explainer.narrative.digits import stray_digits
from explainer.narrative.terms import TERMS


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("40.8 million people", ["40.8"]),
        ("630,000 died, 77% were treated", ["630,000", "77%"]),
        ("a fall of 12 % to 3", ["12 %", "3"]),
        ("eight of 10", ["10"]),
        ("CD4 rose from 250 to 1,289", ["250", "1,289"]),
        ("2000 people were asked", ["2000"]),
        ("2,024 and 2024.5", ["2,024", "2024.5"]),
        ("on 16 November 2021", ["16"]),
        ("1 in 100", ["1", "100"]),
        ("# The 8 cases", ["8"]),
        ("- 8 people", ["8"]),
        ("1. First, 7 people", ["7"]),
        ("> quoted 39.9", ["39.9"]),
        ("[the 9 rows](https://example.org/10)", ["9"]),
        ("<b title='4'>5</b>", ["5"]),
        ("costs \\$5 and \\$6", ["5", "6"]),
        ("| a | 5 |\n|---|---|\n| b | 6 |", ["5", "6"]),
        ("95% of people", ["95%"]),
        ("CD42 and ACD4", ["42", "4"]),
        ("95–95–95.5", ["95", "95", "95.5"]),
        ("PURPOSE 12", ["12"]),
        ("15–490", ["15", "490"]),
        ("about ٣ people", ["٣"]),
    ],
)
def test_typed_figures_are_found(markdown: str, found: list[str]) -> None:
    assert stray_digits(markdown) == found


@pytest.mark.parametrize(
    "markdown",
    [
        "",
        "no figure at all",
        "between 1990 and 2024, in the 2010s, by 2030, 2010–2024, (2025), 2100.",
        "Δ32, CCR5-Δ32, CCR5‑Δ32, Δ32/Δ32, wt/Δ32, delta32",
        "CD4 counts, CD4-positive, CCR5, CXCR4, CD34 cells",
        "95–95–95, 95-95-95, 90–90–90, 90-90-90",
        "ages 15–49, 15-49, 18–49, 0–14 and 15+",
        "PURPOSE 1, PURPOSE\xa02, PARTNER2, PARTNER 2, HPTN 052, BMT CTN 0903, HIV-1, COVID-19",
        "Berlin 2 and IciS-34",
        "per 1,000 uninfected people, per 100 person-years, per 100,000",
        "with 2010 = 100 as the base",
        "a 95% interval, a 95 % confidence interval",
        "Chapter 2, see chapter 2, question 3, Q1 and H04",
        "`x = 5` and ``y = `6` ``",
        "```python\nx = 5\n```",
        "~~~\nx = 5\n~~~\n",
        "> ```\n> 7\n> ```",
        "$q^2 = 0.01$ and $$\n3/T\n$$",
        "1. first\n2. second\n   10) third",
        "> 1. quoted list",
        "## 2. Question\n### 3.1 Part",
        "[a](https://example.org/2/3) [b](<x 4>) [c](d.html#5 'e') ![](p7.png)",
        "https://example.org/8 and <https://example.org/9>, doi:10.1056/NEJMoa0802905",
        "text[^1] and [x][12]\n\n[^1]: https://example.org/3",
        "<!-- 5 --> <img width='40'> &#36; &frac12;",
        "U=U, R0, χ², NCT04648046, rs333",
    ],
)
def test_names_years_code_and_formulas_are_no_typed_figures(markdown: str) -> None:
    assert stray_digits(markdown) == []


@pytest.mark.parametrize("name", [name for term in TERMS for name in (term.name, *term.aliases)])
def test_every_name_of_the_glossary_may_be_written(name: str) -> None:
    assert stray_digits(f"The term {name}, explained.") == []


def test_prose_behind_an_unclosed_fence_is_code() -> None:
    assert stray_digits("5\n```\n6") == ["5"]
