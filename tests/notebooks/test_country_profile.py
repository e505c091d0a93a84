"""The country profile reads well for every kind of country, and says what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import explainer as hiv
from explainer import ExplainerError
from explainer.narrative.words import unkind_words
from explainer.paths import notebooks_dir
from explainer.publish import notebooks
from explainer.publish.blocks import page_of, said_title, shown_as
from explainer.publish.check import faults_of
from explainer.publish.outputs import CARD_MIME, CHART_MIME
from explainer.publish.pages import Task, in_process
from explainer.publish.roles import part
from explainer.tables.keeping import keep
from tests.tables.readers import made

PATH = notebooks_dir() / "country-profile.ipynb"
FOUR = ["SWZ", "NOR", "IND", "FRA"]
KINDS = [
    *((code, None) for code in [*FOUR, "CHE", "GBR", "KAZ"]),
    *((code, "2019") for code in ["SWZ", "CHE", "IND", "GBR", "AUS"]),
    *((code, "2024") for code in ["SWZ", "IND", "PAK", "COD"]),
]  # fmt: skip


@cache
def executed(code: str, release: str | None = None, until: int | None = None) -> Any:
    """The profile of a country, run in this process."""
    values = (("iso3", code), ("release", release), ("until", until))
    task = Task(PATH, code, release=release, parameters=values)
    notebook = notebooks.read(PATH)
    notebooks.set_parameters(notebook, dict(values))
    return in_process(task, notebook, lambda _: None)[0]


def said(notebook: Any) -> dict[str, str]:
    """What each cell says, by its id, as one line of plain text."""
    found = {}
    for cell, text in shown_as(notebook, "text/markdown"):
        found[cell.id] = " ".join(unescape("".join(text)).split())
    return found


def charts(notebook: Any) -> list[str]:
    """Names of the pictures, in order."""
    return [chart["name"] for _, chart in shown_as(notebook, CHART_MIME)]


def texts(notebook: Any) -> Iterator[str]:
    """Everything a reader may read: sentences, findings, alt texts, tables, sources."""
    yield from said(notebook).values()
    for _, chart in shown_as(notebook, CHART_MIME):
        yield from (chart["title"], chart["alt"])
    for _, html in shown_as(notebook, "text/html"):
        yield unescape(re.sub(r"<[^>]+>", " ", "".join(html)))


@pytest.fixture(params=KINDS, ids=lambda kind: f"{kind[0]} {kind[1] or 'newest'}")
def profile(request: pytest.FixtureRequest) -> Any:
    return executed(*request.param)


# what holds for every country


def test_nothing_is_printed_beside_the_story(profile: Any) -> None:
    outputs = [one for cell in profile.cells for one in cell.get("outputs", [])]
    assert [one for one in outputs if one["output_type"] in ("stream", "error")] == []


def test_no_missing_value_reaches_the_reader(profile: Any) -> None:
    for text in texts(profile):
        assert not re.search(r"\b(nan|NaN|None|NA|inf)\b", text)
        assert not re.search(r"{{|{%", text)


def test_sentences_are_whole(profile: Any) -> None:
    for cell, text in said(profile).items():
        if cell.startswith("say-"):
            assert re.fullmatch(r"(- )?[A-Z0-9].*[.]", text), text
            assert not re.search(r"\s[,.]|\.\.|,,|\(\)| (in|to|of|the)\.", text), text


def test_words_are_person_first(profile: Any) -> None:
    assert unkind_words("\n\n".join(said(profile).values())) == []


def test_title_names_the_country(profile: Any) -> None:
    assert re.fullmatch(r"HIV in (the )?[A-Z][A-Za-z' ]+", said_title(profile))


def test_at_most_four_pictures_each_once(profile: Any) -> None:
    assert len(charts(profile)) <= 4
    assert len(set(charts(profile))) == len(charts(profile))


def test_card_names_the_country_and_its_release(profile: Any) -> None:
    ((_, facts),) = shown_as(profile, CARD_MIME)
    assert facts["country"] in said_title(profile)
    assert facts["release"] in ("2019", "2024", "2025")


def test_page_is_small(profile: Any) -> None:
    page = page_of(profile, title="", audience="report", folder=None)
    assert sum(len(block.html) + len(block.code) for block in page.blocks) < 160_000


# the four kinds


def test_hyperendemic_country_has_all_its_parts() -> None:
    notebook = executed("SWZ")
    sentences = said(notebook)
    assert sentences["say-answer"] == (
        "220,000 people (range 210,000–240,000) were living with HIV in Eswatini in 2024, 10% more "
        "than in 2010. New infections a year fell by 70% to 4,200 (range 3,400–5,200) between 2010 "
        "and 2024. Treatment coverage rose from 31% to 94% between 2010 and 2024."
    )
    assert "some move away" in sentences["say-stock-flow"]
    assert "By prevalence it is 1st of 41." in sentences["say-place"]
    assert charts(notebook) == [
        "plhiv-infections-deaths", "stock-flow", "beside-world", "country-place",
    ]  # fmt: skip


def test_flows_that_agree_do_not_rule_other_deaths_out() -> None:
    sentences = said(executed("ZAF"))
    assert (
        "that agrees with the two flows. It does not mean that nobody died of other causes"
        in (sentences["say-stock-flow"])
    )
    assert "our tables leave it out, or because UNAIDS publishes no" in sentences["say-place"]


def test_low_prevalence_country_shows_ceilings_as_ceilings() -> None:
    notebook = executed("NOR")
    sentences = said(notebook)
    assert sentences["say-answer"].endswith(
        "New infections a year are not published. Treatment coverage is not published."
    )
    assert "less than 0.1% of adults aged 15–49" in sentences["say-three-curves"]
    assert "published as a ceiling only: fewer than 100 in 2024" in sentences["say-three-curves"]
    assert "it has no place: the figure is published as a ceiling" in sentences["say-place"]
    assert charts(notebook) == ["plhiv-infections-deaths", "country-place"]


def test_country_of_a_single_year_claims_no_trend() -> None:
    sentences = said(executed("IND"))
    assert sentences["say-answer"].startswith(
        "2.6 million people (range 2.2–3.1 million) were living with HIV in India in 2024. "
        "New infections a year were 64,000"
    )
    assert "only 2024 has a figure" in sentences["say-gaps"]
    assert "no two years in a row have all three figures" in sentences["say-stock-flow"]
    assert "India is 2nd of 43 countries" in sentences["say-place"]
    assert "A single year makes no curve" in sentences["say-three-curves"]
    assert charts(executed("IND")) == ["beside-world", "country-place"]


def test_gappy_country_says_which_year_was_the_last() -> None:
    sentences = said(executed("FRA"))
    assert "in France in 2023, the last year published, 50% more than" in sentences["say-answer"]
    gaps = sentences["say-gaps"]
    assert "our tables hold no figures of AIDS-related deaths for France, though they do" in gaps
    assert "HIV prevalence for 2024; the last year is 2023" in gaps
    assert "treatment coverage for 2024; the last year is 2022" in gaps
    assert "These are the places of 2023" in sentences["say-place"]


def test_cascade_is_not_claimed_for_a_country_that_has_none() -> None:
    cascade = said(executed("SWZ"))["say-cascade"]
    assert "for the world and its regions only, not for Eswatini" in cascade
    assert "In the world in 2024, 87% of people living with HIV knew it" in cascade


# older releases and earlier years


def test_older_release_says_which_years_it_holds() -> None:
    assert (
        "Our tables hold only these years of the release: 2010, 2015, 2017 and 2018."
        in (said(executed("SWZ", "2019"))["say-three-curves"])
    )
    assert "2020, 2021, 2022 and 2023" in said(executed("SWZ", "2024"))["say-three-curves"]


def test_flows_of_one_year_are_told_as_one_year() -> None:
    assert said(executed("SWZ", "2019"))["say-stock-flow"].startswith("In 2018, 7,800 people")


def test_release_without_treatment_figures_is_not_laid_at_unaids_door() -> None:
    sentences = said(executed("SWZ", "2024"))
    assert sentences["say-answer"].endswith("Treatment coverage is not in our tables.")
    assert "Our tables hold no figures of treatment coverage" in sentences["say-gaps"]


def test_country_with_treatment_numbers_alone_still_has_a_page() -> None:
    notebook = executed("IND", "2019")
    sentences = said(notebook)
    assert sentences["say-answer"].startswith(
        "UNAIDS has not published how many people live with HIV in India."
    )
    assert "In 2017, 1.2 million people were on treatment." in sentences["say-treatment"]
    assert charts(notebook) == []


def test_what_an_import_lacks_is_not_laid_at_unaids_door(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EXPLAINER_IMPORTS_DIR", str(tmp_path))
    names = ("Estimated adults and children living with HIV", "AIDS-related deaths among all ages")
    rows = [
        ["HIV estimates"], ["2029-2030"], ["Source: UNAIDS 2031 estimates"],
        ["", "", "", names[0], "", "", names[1], "", ""],
        ["", "", "", *["Estimate", "Low", "High"] * 2],
        [2030, "KEN", "Kenya", 1_400_000, 1_300_000, 1_500_000, 20_000, 15_000, 30_000],
        [2029, "TGO", "Togo", 120_000, 110_000, 130_000, "...", "...", "..."],
        [2029, "TCD", "Chad", "...", "...", "...", 3000, 2500, 4000],
    ]  # fmt: skip
    (tmp_path / "part.csv").write_text(made.csv_text(rows), encoding="utf-8")
    keep(tmp_path / "part.csv")
    run = executed.__wrapped__
    gappy, empty = said(run("TGO", "2031")), said(run("TCD", "2031"))
    whole = " ".join([*gappy.values(), *empty.values()])
    assert "UNAIDS has not published" not in whole
    assert "the last year published" not in whole
    assert "are not published" not in whole
    assert "in Togo in 2029, the last year in our tables" in gappy["say-answer"]
    assert (
        "This release as imported holds no figures of people living with HIV for 2030; the last "
        "year is 2029." in gappy["say-gaps"]
    )
    assert empty["say-answer"].startswith(
        "This release as imported does not say how many people live with HIV in Chad. New "
        "infections a year are not in our tables."
    )


def test_page_can_look_back_from_an_earlier_year() -> None:
    notebook = executed("SWZ", None, 2009)
    assert said_title(notebook) == "HIV in Eswatini until 2009"
    assert "in 2009, 46% more than in 1999" in said(notebook)["say-answer"]
    assert "2024" not in " ".join(said(notebook).values())


# the notebook itself


def test_page_changes_with_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    load: Callable[..., Any] = hiv.load_estimates

    def fewer(*args: Any, **options: Any) -> Any:
        rows = load(*args, **options)
        row = (rows["location_code"] == "SWZ") & (rows["indicator"] == "plhiv")
        rows.loc[row & (rows["year"] == 2024), ["estimate", "low", "high"]] = [1e5, 9e4, 2e5]
        return rows

    monkeypatch.setattr(hiv, "load_estimates", fewer)
    answer = said(executed.__wrapped__("SWZ"))["say-answer"]
    assert "100,000 people (range 90,000–200,000)" in answer
    assert "50% fewer than in 2010" in answer


def test_flows_that_are_equal_as_printed_are_about_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    load: Callable[..., Any] = hiv.load_estimates

    def equal(*args: Any, **options: Any) -> Any:
        rows = load(*args, **options)
        here = rows[rows["location_code"] == "SWZ"]
        infections = here[here["indicator"] == "new_infections"].set_index("year")["estimate"]
        row = here.index[here["indicator"] == "aids_deaths"]
        for name in ("estimate", "low", "high"):
            rows.loc[row, name] = rows.loc[row, "year"].map(infections)
        return rows

    monkeypatch.setattr(hiv, "load_estimates", equal)
    sentence = said(executed.__wrapped__("SWZ"))["say-stock-flow"]
    assert "died of AIDS-related causes: about as many came in as went out." in sentence


def test_country_that_is_not_in_the_release_is_one_sentence() -> None:
    sentence = r"cell setup: release 2024, up to 2023, holds no figures of NOR"
    with pytest.raises(ExplainerError, match=sentence):
        executed("NOR", "2024")


def test_notebook_is_sound_and_its_title_is_needed() -> None:
    notebook = notebooks.read(PATH)
    assert list(faults_of(notebook)) == []
    title = next(cell for cell in notebook.cells if part(cell) == "title")
    title.metadata["tags"] = []
    assert "has no title; start a Markdown cell with '# Title'" in list(faults_of(notebook))


def test_profile_is_among_the_notebooks_that_are_checked() -> None:
    assert PATH.stem in [notebook.slug for notebook in notebooks.bundled()]
    assert notebooks.find("country-profile").path == PATH
