"""Every loader gives a typed, sourced frame of its own; a release is chosen or refused."""

from __future__ import annotations

import inspect
import subprocess
import sys
import time

import pandas as pd
import pytest

from explainer import tables
from explainer.errors import ExplainerError
from explainer.tables import loaders
from explainer.tables.registry import TABLES

LOADERS = [getattr(tables, name) for name in tables.__all__ if name.startswith("load_")]


def test_every_loader_is_public_and_every_table_has_one():
    written = {name for name, _ in inspect.getmembers(loaders, inspect.isfunction)}
    public = {loader.__name__ for loader in LOADERS}
    assert public == {name for name in written if name.startswith("load_")}
    assert len(public) == len(TABLES)


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
def test_a_loader_gives_rows_that_name_their_source(loader):
    frame = loader()
    assert len(frame) > 0
    assert list(frame.index) == list(range(len(frame)))
    known = set(tables.load_sources()["source_id"])
    if "source_id" in frame:
        assert set(frame["source_id"]) <= known


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
def test_a_loader_says_what_it_gives(loader):
    assert (loader.__doc__ or "").startswith("Give ")


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
def test_a_frame_is_the_callers_own(loader):
    first, second = loader(), loader()
    first.iloc[0] = first.iloc[-1]
    del first[first.columns[-1]]
    pd.testing.assert_frame_equal(loader(), second)


def test_types_are_the_plain_ones():
    estimates = tables.load_estimates()
    assert str(estimates["year"].dtype) == "int64"
    assert str(estimates["estimate"].dtype) == "float64"
    assert estimates["is_rounded"].dtype == bool
    assert pd.api.types.is_string_dtype(estimates["release"])
    assert str(tables.load_delta32_frequencies()["n_hom"].dtype) == "Int64"


def test_estimates_are_of_one_release_and_rounded():
    estimates = tables.load_estimates()
    assert set(estimates["release"]) == {"2025"}
    assert estimates["is_rounded"].all()
    assert set(estimates["location_type"]) == {"world", "region", "country"}
    assert estimates.loc[estimates["location_type"] == "region", "location"].nunique() == 8
    assert estimates.loc[estimates["location_type"] == "country", "location"].nunique() == 45


def test_a_release_is_text_or_number():
    pd.testing.assert_frame_equal(tables.load_estimates("2024"), tables.load_estimates(2024))


def test_all_releases_are_those_the_tables_hold():
    assert sorted(tables.load_estimates("all")["release"].unique()) == tables.releases()


def test_unrounded_figures_come_alone():
    unrounded = tables.load_estimates(2024, unrounded=True)
    assert not unrounded["is_rounded"].any()
    assert set(unrounded["indicator"]) == {"aids_deaths", "new_infections"}


def test_a_release_without_unrounded_figures_names_those_that_have_them():
    with pytest.raises(ExplainerError) as caught:
        tables.load_estimates(unrounded=True)
    assert str(caught.value) == (
        "release 2025 has no unrounded figures; these have: 2022, 2023, 2024"
    )


@pytest.mark.parametrize("loader", [tables.load_estimates, tables.load_cascade])
def test_an_unknown_release_lists_the_known(loader):
    with pytest.raises(ExplainerError) as caught:
        loader(2018)
    assert str(caught.value) == (
        "no UNAIDS release 2018; the tables hold "
        "2016, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026"
    )


def test_the_cascade_is_of_all_ages_unless_asked():
    assert set(tables.load_cascade()["population"]) == {"all ages"}
    assert set(tables.load_cascade(population="men 15+")["population"]) == {"men 15+"}
    assert tables.load_cascade(population=None)["population"].nunique() == 5
    with pytest.raises(ExplainerError, match="no population 'everyone'; choose all ages, "):
        tables.load_cascade(population="everyone")


def test_later_cases_come_only_when_asked():
    assert len(tables.load_remission_cases()) == 8
    later = tables.load_remission_cases(include_later=True)
    assert set(later.loc[later["is_later_case"], "short_name"]) == {"Chicago", "Oslo"}


def test_claims_are_of_one_document_when_asked():
    assert set(tables.load_claims("hiv")["document"]) == {"hiv"}
    assert len(tables.load_claims("hiv")) + len(tables.load_claims("car_t")) == 37
    with pytest.raises(ExplainerError, match="no document 'tv'; choose hiv, car_t"):
        tables.load_claims("tv")


def test_criteria_are_ten_for_each_text():
    assert list(tables.load_news_criteria("hiv")["number"]) == list(range(1, 11))
    assert len(tables.load_news_criteria()) == 20
    with pytest.raises(ExplainerError, match="no document 'tv'; choose hiv, car_t"):
        tables.load_news_criteria("tv")


def test_a_changed_file_is_read_anew(folder):
    before = tables.load_facts().set_index("fact_id")["value"]
    folder.edit("facts", {"fact_id": "women_and_girls_share"}, {"value": "0.54321"})
    after = tables.load_facts().set_index("fact_id")["value"]
    assert before["women_and_girls_share"] == 0.53
    assert after["women_and_girls_share"] == 0.54321


def test_a_lost_source_is_noticed_although_the_table_did_not_change(folder):
    tables.load_cohorts()
    folder.replace("sources", "\nicistem2019,", "\nicistem1919,")
    with pytest.raises(ExplainerError, match=r"source_id icistem2019 has no row in sources\.csv"):
        tables.load_cohorts()


def test_twenty_loads_cost_less_than_a_blink():
    tables.load_estimates()
    begin = time.perf_counter()
    for _ in range(20):
        tables.load_estimates()
    assert time.perf_counter() - begin < 2


def test_naming_the_tables_does_not_load_the_validator():
    code = "import sys, explainer.tables; print('pandera' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"
