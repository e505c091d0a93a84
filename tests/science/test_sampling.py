"""Samples scatter about Hardy-Weinberg, and the same seed gives the same people."""

from __future__ import annotations

import numpy as np
import pytest

from explainer.errors import ExplainerError
from explainer.science.genetics import genotype_shares
from explainer.science.sampling import genotype_samples


@pytest.mark.parametrize("q", [0.05, 0.1, 0.3, 0.5])
def test_many_samples_scatter_about_the_expected_shares(q: float) -> None:
    counts = genotype_samples([q], [1000], n_samples=200)[:, 0, 0]
    expected = genotype_shares(q)
    for column, share in enumerate(expected[:2]):
        error = np.sqrt(share * (1 - share) / 200_000)
        assert counts[:, column].mean() / 1000 == pytest.approx(share, abs=4 * error)
        spread = np.sqrt(1000 * share * (1 - share))
        assert counts[:, column].std() == pytest.approx(spread, rel=0.2)


def test_ends_are_certain() -> None:
    counts = genotype_samples([0.0, 1.0], [50])
    assert (counts[:, 0, 0] == 0).all()
    assert (counts[:, 0, 1] == [50, 0]).all()


def test_more_people_and_more_alleles_never_take_copies_away() -> None:
    counts = genotype_samples([0.1, 0.2, 0.4], [20, 100, 500])
    assert (np.diff(counts[..., 0], axis=1) >= 0).all()
    assert (np.diff(counts[..., 0], axis=2) >= 0).all()


def test_same_seed_draws_the_same_people_another_seed_others() -> None:
    first = genotype_samples([0.2], [100])
    assert (first == genotype_samples([0.2], [100])).all()
    assert (first != genotype_samples([0.2], [100], seed=1)).any()


@pytest.mark.parametrize(
    ("frequencies", "sizes", "sentence"),
    [
        ([1.2], [10], "allele frequency is not a share"),
        ([], [10], "allele frequency is not a share"),
        ([0.1], [0], "a sample needs people"),
        ([0.1], [], "a sample needs people"),
    ],
)
def test_wrong_input_gets_one_sentence(
    frequencies: list[float], sizes: list[int], sentence: str
) -> None:
    with pytest.raises(ExplainerError, match=sentence):
        genotype_samples(frequencies, sizes)
