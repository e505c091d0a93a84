"""What may be asked of the estimates is what they hold, each with its meaning and unit."""

from __future__ import annotations

import explainer as hiv


def test_every_indicator_of_the_estimates_is_listed_with_meaning_and_unit():
    estimates, listed = hiv.load_estimates(), hiv.indicators().set_index("indicator")
    assert set(listed.index) == set(estimates["indicator"])
    assert listed.index.is_unique
    assert listed["meaning"].str.len().between(20, 50).all(), "pandas shows fifty characters"
    for name, row in listed.iterrows():
        rows = estimates[estimates["indicator"] == name]
        assert set(rows["unit"]) == {row["unit"]}
        assert (row["first_year"], row["last_year"]) == (rows["year"].min(), rows["year"].max())
        assert row["n_locations"] == rows["location"].nunique()
        assert ("share" in row["meaning"]) == (row["unit"] == "share")
        assert (row["age_group"] == "15-49") == ("15–49" in row["meaning"])


def test_an_older_release_lists_its_own():
    assert hiv.indicators("2019")["last_year"].max() == 2018


def test_completion_offers_the_public_names_and_nothing_else():
    assert dir(hiv) == sorted(hiv.__all__)
    assert dir(hiv.charts) == sorted(hiv.charts.__all__)
