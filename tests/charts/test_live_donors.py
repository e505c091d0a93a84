"""The donor and genotype explorers hold the numbers of the tables and of the samples."""

from __future__ import annotations

import numpy as np
import pytest

from explainer import charts
from explainer.charts.genotype_explorer import FREQUENCIES, N_SAMPLES, SIZES
from explainer.science.ancestries import donor_chances, matched_ancestries
from explainer.science.genetics import genotype_shares
from explainer.science.sampling import genotype_samples
from explainer.tables import load_delta32_frequencies, load_donor_match
from tests.charts.live_drawn import params

MATCH, FREQUENCY = load_donor_match(), load_delta32_frequencies()
DONORS = charts.donor_explorer(MATCH, FREQUENCY)
GENES = charts.genotype_explorer(FREQUENCY)


def test_groups_are_those_of_the_registry() -> None:
    held = params(DONORS)["groups"]["value"]
    rows = matched_ancestries(MATCH, FREQUENCY).set_index("ancestry")
    assert list(held) == list(rows.index)
    for name, pair in held.items():
        assert pair == rows.loc[name, ["match_share", "homozygote_share"]].tolist()


def test_donor_default_draws_the_chances() -> None:
    lines = {line.get_gid(): line for line in DONORS.chart.figure.axes[0].get_lines()}
    sizes = lines["chance"].get_xdata()
    found = donor_chances(MATCH, FREQUENCY, shapes=[0.5], registry_sizes=sizes)
    mine = found[found["ancestry"] == "Black"]
    assert lines["chance"].get_ydata() == pytest.approx(mine["chance"].tolist())
    assert lines["match_chance"].get_ydata() == pytest.approx(mine["match_chance"].tolist())
    assert (np.diff(lines["chance"].get_ydata()) >= 0).all()


def test_donor_table_has_every_group_under_every_assumption() -> None:
    assert len(DONORS.chart.table) == 5 * 4


def test_samples_are_those_of_the_seed() -> None:
    drawn = genotype_samples(FREQUENCIES, SIZES, n_samples=N_SAMPLES)
    assert params(GENES)["samples"]["value"] == drawn.tolist()


def test_genotype_default_has_a_bar_for_each_genotype() -> None:
    table = GENES.chart.table
    bars = [patch.get_width() for patch in GENES.chart.figure.axes[0].patches]
    assert bars == pytest.approx((table.iloc[:, 3] / 100).tolist())
    assert table.iloc[:, 3].sum() == 100
    shares = [100 * share for share in genotype_shares(0.1)]
    assert table["Expected share (%)"].tolist() == pytest.approx(shares)
