"""The chapter's bibliography holds what its frames rest on, once, in a readable order."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from explainer.narrative.sources import sources
from explainer.tables import load_sources


def test_every_source_is_listed_once_also_the_second_ones() -> None:
    frame = pd.DataFrame(
        {
            "source_id": ["hutter2009", "hutter2009"],
            "other_source_ids": ["allers2011;gupta2019", None],
        }
    )
    html = sources(frame)._repr_html_()
    assert html.count("<li>") == 3
    assert "doi.org/10.1056/NEJMoa0802905" in html


def test_two_frames_share_one_list() -> None:
    one = pd.DataFrame({"source_id": ["hutter2009"]})
    assert sources(one, one)._repr_html_().count("<li>") == 1


def test_list_is_in_the_order_it_is_read() -> None:
    frame = pd.DataFrame({"source_id": ["saez2024", "allers2011", "gupta2019"]})
    lines = str(sources(frame)).splitlines()
    assert [line.split(". ", 1)[0] for line in lines] == ["1", "2", "3"]
    names = [line.split(". ", 1)[1].casefold() for line in lines]
    assert names == sorted(names)


def test_markup_in_a_title_stays_text(monkeypatch: pytest.MonkeyPatch) -> None:
    known = load_sources()
    known.loc[known["source_id"] == "hutter2009", "title"] = "<script>alert(1)</script>"
    monkeypatch.setattr(
        "explainer.narrative.sources.bibliography",
        lambda _: known[known["source_id"] == "hutter2009"],
    )
    html = sources(pd.DataFrame({"source_id": ["hutter2009"]}))._repr_html_()
    assert "<script" not in html


def test_source_without_author_starts_with_its_title() -> None:
    known = load_sources().fillna("")
    blank = known[(known["authors"] == "") & (known["published"] == "")]
    html = sources(blank[["source_id"]].head(1))._repr_html_()
    assert not html.replace('<ol class="sources"><li>', "").startswith(("(", "."))


def test_a_paper_in_two_rows_is_named_once() -> None:
    known = load_sources().fillna("")
    shared = known[known["doi"] == "10.1016/S2352-3018(24)00090-0"]
    assert len(shared) == 3  # the paper, and two reports of it
    html = sources(shared[["source_id"]])._repr_html_()
    assert html.count("<li>") == 1
    assert "IciStem cohort: a prospective observational cohort study" in html
    without_doi = known.loc[known["doi"] == "", ["source_id"]].head(2)
    assert sources(without_doi)._repr_html_().count("<li>") == 2


def test_no_entry_tells_readers_that_we_did_not_copy_its_title() -> None:
    titles = load_sources()["title"]
    assert not titles.str.contains(r"title.*not|not (?:copied|seen)", regex=True).any()
    assert titles.str.fullmatch(r"\[.+\]").sum() >= 19  # described in our words instead


def test_title_that_asks_keeps_one_end_mark() -> None:
    made = sources(pd.DataFrame({"source_id": ["dkms_faq", "hutter2009"]}))
    assert "Why does ethnicity matter? " in made._repr_html_()
    for text in (made._repr_html_(), str(made)):
        assert "?." not in text
        assert ".." not in text


def test_a_foreign_title_is_marked_for_those_who_hear_the_page() -> None:
    html = sources(pd.DataFrame({"source_id": ["hug2025", "yucatan2011", "hutter2009"]}))
    marked = re.findall(r'<span lang="(..)">(.{9})', html._repr_html_())
    assert sorted(marked) == [("es", "Implicaci"), ("fr", "Rémission")]


def test_a_title_with_french_or_spanish_words_says_its_language() -> None:
    known = load_sources()
    words = {"une", "du", "après", "maladies", "della", "en", "de", "los", "und", "der", "het"}
    foreign = known["title"].map(lambda title: len(words & set(title.casefold().split())) > 1)
    assert set(known.loc[foreign, "language"]) == {"fr", "es"}


def test_licence_stands_where_the_bibliography_states_it() -> None:
    made = sources(pd.DataFrame({"source_id": ["unaids_workbook_2025", "hutter2009"]}))
    for text in (made._repr_html_(), str(made)):
        assert text.count("Licence: CC BY-NC-SA 3.0 IGO.") == 1
