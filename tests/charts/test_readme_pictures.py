"""The pictures of the README are those the charts draw today."""

from __future__ import annotations

import re

import pytest

import explainer as hiv
from explainer.charts.chart import Chart
from tests.conftest import ROOT


def three_curves() -> Chart:
    return hiv.charts.plhiv_infections_deaths(hiv.load_estimates())


def remission_and_rebound() -> Chart:
    return hiv.charts.remission_comparison(
        hiv.load_remission_cases(), hiv.load_remission_comparisons()
    )


PICTURES = {"three-curves": three_curves, "remission-and-rebound": remission_and_rebound}


@pytest.mark.parametrize("name", PICTURES)
def test_readme_shows_the_picture_that_is_drawn_today(name: str) -> None:
    kept = ROOT / "docs" / f"{name}.svg"
    chart = PICTURES[name]()
    assert kept.read_text(encoding="utf-8") == chart.svg(), f"chart.save({str(kept)!r})"


def test_every_picture_of_the_readme_is_kept_and_named() -> None:
    shown = re.findall(
        r"!\[([^\]]{30,})\]\(docs/(.+?)\.svg\)", (ROOT / "README.md").read_text(encoding="utf-8")
    )
    assert {name for _, name in shown} == PICTURES.keys()
    assert {path.stem for path in (ROOT / "docs").glob("*")} == PICTURES.keys()
