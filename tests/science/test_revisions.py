"""One line a release, never joined."""

from __future__ import annotations

import pandas as pd
import pytest

from explainer.errors import ExplainerError
from explainer.science.revisions import headline_by_release, revised_headline, revisions
from explainer.tables import load_estimates


def test_headlines_by_release_2019_to_2025() -> None:
    table = headline_by_release(load_estimates("all")).set_index("release")
    columns = ["year", "estimate", "low", "high"]
    expected = {
        "2019": (2018, 37.9, 32.7, 44.0),
        "2020": (2019, 38.0, 31.6, 44.5),
        "2021": (2020, 37.7, 30.2, 45.1),
        "2022": (2021, 38.4, 33.9, 43.8),
        "2023": (2022, 39.0, 33.1, 45.7),
        "2024": (2023, 39.9, 36.1, 44.6),
        "2025": (2024, 40.8, 37.0, 45.6),
    }
    for release, (year, *figures) in expected.items():
        row = table.loc[release, columns].tolist()
        assert row == [year, *(round(1e6 * figure) for figure in figures)], release


def test_the_lone_2026_world_headline_without_a_range_stays_out() -> None:
    estimates = load_estimates("all")
    world = estimates[(estimates["location"] == "World") & (estimates["indicator"] == "plhiv")]
    assert "2026" in set(world["release"].astype(str))
    assert "2026" not in set(revisions(estimates)["release"])
    assert "2026" not in set(headline_by_release(estimates)["release"])


def test_each_release_gives_a_year_once(world: pd.DataFrame) -> None:
    twice = pd.concat([world, world.assign(is_rounded=False, estimate=world["estimate"] + 1)])
    table = revisions(pd.concat([twice, world.assign(release="2024")]))
    assert not table.duplicated(["release", "year"]).any()
    assert table["is_rounded"].all()
    assert table.groupby("release")["year"].apply(list).tolist() == [[2000, 2001, 2002]] * 2


def test_a_headline_is_the_newest_year_with_a_range(world: pd.DataFrame) -> None:
    newest = (world["year"] == 2002) & (world["indicator"] == "plhiv")
    cut = world.assign(high=world["high"].mask(newest))
    assert headline_by_release(cut)["year"].tolist() == [2001]


def test_2023_was_revised_from_39_9_to_40_4_million() -> None:
    table = revisions(load_estimates("all")).query("year == 2023").set_index("release")
    assert table["estimate"].loc[["2024", "2025"]].tolist() == [39.9e6, 40.4e6]


def test_an_unknown_place_gets_one_sentence(world: pd.DataFrame) -> None:
    with pytest.raises(ExplainerError, match="no location 'Mars'"):
        revisions(world, location="Mars")
    with pytest.raises(ExplainerError, match="no indicator 'on_art'"):
        revisions(world, "on_art")
    estimates = load_estimates("all")
    is_norway = estimates["location"] == "Norway"
    lacking = estimates[~is_norway | (estimates["indicator"] == "plhiv")]
    with pytest.raises(ExplainerError, match="no figure of treatment coverage for Norway in any"):
        revisions(lacking, "art_coverage_share", "Norway")


def test_headline_of_2023_as_the_next_release_revised_it() -> None:
    found = revised_headline(load_estimates("all"), "2025")
    assert found is not None
    assert (found.older, found.year, found.newest_year) == ("2024", 2023, 2024)
    figures = [found.before.value, found.again.value, found.now.value]
    assert figures == [39.9e6, 40.4e6, 40.8e6]
    assert found.later == ()


def test_older_release_is_told_by_its_own_figures() -> None:
    found = revised_headline(load_estimates("all"), "2024")
    assert found is not None
    assert (found.older, found.year, found.again.value) == ("2023", 2022, 39.5e6)
    assert found.later == ("2025",)


@pytest.mark.parametrize("release", ["2016", "2026", "1999"])
def test_release_without_an_earlier_headline_or_its_own_has_none(release: str) -> None:
    assert revised_headline(load_estimates("all"), release) is None


def test_year_that_the_next_release_leaves_out_cannot_be_compared(world: pd.DataFrame) -> None:
    both = pd.concat([world.assign(release="2024"), world[world["year"] < 2002]])
    assert revised_headline(both, "2025") is None
