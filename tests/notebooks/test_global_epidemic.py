"""The first chapter says no more than rounded figures and their ranges can bear."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import unescape
from typing import Any

import pytest

import explainer as hiv
from explainer.paths import notebooks_dir
from explainer.publish import notebooks
from explainer.publish.blocks import page_of, shown_as
from explainer.publish.pages import Task, in_process
from tests.notebooks.test_country_profile import said

PATH = notebooks_dir() / "01-global-epidemic.ipynb"
DRAWN = re.compile(r"fig-|try-|sheet-|quiz-|lesson-plan")


@cache
def executed(release: str | None = None) -> Any:
    """The chapter without its pictures and quiz, run in this process."""
    notebook = notebooks.read(PATH)
    notebook.cells = [cell for cell in notebook.cells if not DRAWN.match(cell.id)]
    return in_process(Task(PATH, PATH.stem, release=release), notebook, lambda _: None)[0]


@pytest.mark.parametrize("release", ["2019", "2024", "2025"])
def test_no_missing_value_reaches_the_reader_in_any_release(release: str) -> None:
    for cell, text in said(executed(release)).items():
        assert not re.search(r"\b(nan|NaN|None|inf)\b|{{|{%|\s[,.]|\.\.|\(\)", text), (cell, text)


def test_two_african_regions_share_the_largest_fall() -> None:
    sentence = said(executed())["say-regions"]
    assert (
        "fell most in Western and central Africa (by 56%, about 200,000 fewer people a year) and "
        "Eastern and southern Africa (by 55%, about 600,000 fewer people a year): rounded as they "
        "are, these cannot be put in order."
    ) in sentence
    assert "In the Middle East and North Africa it rose by 92%" in sentence
    assert "the widest possible range does not rule out a fall" in sentence
    assert "in 1 of 8, even the widest possible range leaves out" in sentence


def test_one_region_alone_is_put_in_order() -> None:
    sentence = said(executed("2024"))["say-regions"]
    assert "fell most in Eastern and southern Africa (by 59%" in sentence
    assert "put in order" not in sentence


def test_rounding_of_percentages_is_said_once() -> None:
    sentences = said(executed())
    assert "37–44% for new infections, and in 53–57% for AIDS" in sentences["say-rounding"]
    assert "as rounded figures go, new infections fell by 41%" in sentences["say-answer"]


def test_three_targets_say_their_share() -> None:
    assert (
        "95% of all people living with HIV are to know it, 95% of those are to be treated"
        in (said(executed())["say-cascade"])
    )


def test_those_left_out_are_named_with_the_range_there_is() -> None:
    sentence = said(executed())["say-left-out"]
    assert "9.2 million people living with HIV were not." in sentence
    assert "83% were treated; of men, 73%; of children, 55% (range 40–73%)." in sentence
    assert "children are left out most, and men more than women" in sentence
    assert "do not split this release" in said(executed("2024"))["say-left-out"]


def test_every_target_of_the_table_is_told() -> None:
    sentences = said(executed())
    assert (
        "at least 34 million people; there were 31.6 million (range 27.8–32.9 million), and even "
        "the high end of the range lies below it."
    ) in sentences["say-targets"]
    assert "at least 90% lower than in 2010" in sentences["say-targets-later"]
    assert "about 220,000 new infections and 140,000 AIDS" in sentences["say-targets-later"]


@pytest.mark.parametrize(
    ("deaths", "answer", "flows"),
    [
        (1_300_000, "About as many people now acquire HIV each year as die of AIDS-related causes: "
         "1.3 million against 1.3 million.", ": about as many came in as went out."),
        (1_320_000, "About as many people now acquire HIV", ": about as many came in as went out."),
        (1_500_000, "Fewer people now acquire HIV each year than die of AIDS-related causes: "
         "1.3 million against 1.5 million.", ": 200,000 fewer came in than went out."),
        (630_000, "more people acquire HIV each year than die",
         ": 670,000 more came in than went out."),
    ],
)  # fmt: skip
def test_flows_are_set_against_each_other_as_printed(
    monkeypatch: pytest.MonkeyPatch, deaths: int, answer: str, flows: str
) -> None:
    load: Callable[..., Any] = hiv.load_estimates

    def with_deaths(*args: Any, **options: Any) -> Any:
        rows = load(*args, **options)
        row = (rows["location_code"] == "WLD") & (rows["indicator"] == "aids_deaths")
        ends = [deaths, deaths * 0.8, deaths * 1.2]
        rows.loc[row & (rows["year"] == 2024), ["estimate", "low", "high"]] = ends
        return rows

    monkeypatch.setattr(hiv, "load_estimates", with_deaths)
    sentences = said(executed.__wrapped__())
    assert answer in sentences["say-answer"]
    assert flows in sentences["say-stock-flow"]


def test_published_ratios_stand_beside_ours_as_a_check() -> None:
    assert (
        "11.2% for 2000, 6.6% for 2010 and 4.6% for 2018, as KFF reports; this release gives "
        in (said(executed())["say-ipr"])
    )


def test_sources_are_those_of_figures_that_are_shown() -> None:
    (sources,) = [html for cell, html in shown_as(executed(), "text/html") if cell.id == "sources"]
    assert "KFF" in sources
    assert "London patient" not in unescape(sources)


def test_figures_are_called_by_number() -> None:
    notebook = notebooks.read(PATH)
    kept = ("setup", "headline-numbers", "say-three-curves", "fig-three-curves")
    notebook.cells = [cell for cell in notebook.cells if cell.id in kept]
    run = in_process(Task(PATH, PATH.stem), notebook, lambda _: None)[0]
    page = page_of(run, title="", audience="report", folder=None)
    html = next(block.html for block in page.blocks if block.anchor == "say-three-curves")
    assert '<a href="#fig-three-curves">Figure 1</a> shows all three.' in html


def test_every_figure_that_prose_points_at_is_there() -> None:
    notebook = notebooks.read(PATH)
    text = "\n".join(cell.source for cell in notebook.cells)
    named = set(re.findall(r"\[Figure\]\(#cell-id=([a-z0-9-]+)\)", text))
    assert len(named) >= 4
    assert named <= {cell.id for cell in notebook.cells}
