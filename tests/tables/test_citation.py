"""A source in one line."""

from __future__ import annotations

import pandas as pd
import pytest

from explainer.errors import ExplainerError
from explainer.tables import (
    citation,
    cite,
    load_cascade,
    load_estimates,
    load_remission_cases,
    load_sources,
)


@pytest.mark.parametrize(
    ("source_id", "line"),
    [
        (
            "unaids_workbook_2025",
            "UNAIDS (2025). HIV estimates with uncertainty bounds 1990-present "
            "(UNAIDS 2025 estimates, data 1990-2024). Licence: CC BY-NC-SA 3.0 IGO.",
        ),
        (
            "gupta2019",
            "Gupta et al. (2019). HIV-1 remission following CCR5Δ32/Δ32 haematopoietic stem-cell "
            "transplantation. Nature.",
        ),
        (
            "unwpp_2019",
            "United Nations, Department of Economic and Social Affairs, Population "
            "Division (2019). World Population Prospects 2019, population by five-year age group. "
            "Licence: CC BY 3.0 IGO.",
        ),
        ("dkms_faq", "DKMS (undated). Why does ethnicity matter? dkms.org."),
        ("model_choice", "Modelling choice of this project (2026)."),
    ],
)
def test_cite(source_id, line):
    assert cite(source_id) == line


def test_every_source_can_be_cited():
    for source_id in load_sources()["source_id"]:
        line = cite(source_id)
        assert line.endswith(".")
        assert ".." not in line.replace("...", "")
        assert "nan" not in line.split()


def test_citation_gives_address_and_licence():
    source = citation("unaids_workbook_2025")
    assert source["url"].startswith("https://www.unaids.org/")
    assert source["licence"] == "CC BY-NC-SA 3.0 IGO"
    assert source["doi"] == ""


def test_a_citation_is_the_callers_own():
    citation("unaids_workbook_2025")["title"] = "another"
    assert citation("unaids_workbook_2025")["title"] != "another"


def test_a_citation_follows_the_file(folder):
    assert cite("gupta2019").startswith("Gupta et al.")
    folder.edit("sources", {"source_id": "gupta2019"}, {"authors": "Someone else"})
    assert cite("gupta2019").startswith("Someone else (2019)")


def test_an_unknown_source_names_the_nearest():
    with pytest.raises(ExplainerError) as caught:
        cite("gupta20")
    assert str(caught.value) == (
        "no source 'gupta20' in sources; did you mean gupta2020 or gupta2019?"
    )
    with pytest.raises(ExplainerError, match=r"no source 'zzz' in sources; see load_sources\(\)"):
        cite("zzz")


def test_a_table_is_cited_by_its_sources_and_what_is_made_of_it_by_theirs():
    estimates = load_estimates()
    assert cite(estimates).startswith(cite("unaids_workbook_2025").split(" Licence")[0])
    assert cite(estimates).endswith(" Licence: CC BY-NC-SA 3.0 IGO.")
    assert cite(estimates.groupby("year")[["estimate"]].sum()) == cite(estimates)
    cases = load_remission_cases()
    assert cite(cases).count("Gupta et al. (2019).") == 1
    with pytest.raises(ExplainerError, match="cite: the table names no source; pass a table"):
        cite(pd.DataFrame({"x": [1]}))


def test_estimates_say_what_they_are():
    told = load_estimates().attrs
    assert told["release"] == "2025"
    assert told["source"].startswith("UNAIDS (2025).")
    assert told["licence"] == "CC BY-NC-SA 3.0 IGO"
    assert load_estimates(2024).attrs["release"] == load_cascade("2024").attrs["release"] == "2024"
    assert load_estimates("all").attrs["licence"] == "CC BY-NC-SA 3.0 IGO"
