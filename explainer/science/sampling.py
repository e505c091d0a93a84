"""Samples of people: how far chance alone carries them from what is expected."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from explainer.errors import ExplainerError

SEED = 32


def genotype_samples(
    allele_frequencies: Sequence[float],
    sizes: Sequence[int],
    *,
    n_samples: int = 12,
    seed: int = SEED,
) -> NDArray[np.int64]:
    """People with two copies and with one, in samples of people whose alleles pair at random.

    A sample keeps its people: a larger size adds some, and a higher frequency turns alleles into
    copies but never back.  The same seed draws the same people.

    Parameters
    ----------
    allele_frequencies : sequence of float
        q, shares.
    sizes : sequence of int
        People in a sample.
    n_samples : int
        Samples drawn for each pair.

    Returns
    -------
    ndarray
        Counts, of shape samples x sizes x frequencies x 2: two copies, one copy.
    """
    frequencies = np.asarray(allele_frequencies, dtype=float)
    if frequencies.size == 0 or not ((frequencies >= 0) & (frequencies <= 1)).all():
        raise ExplainerError("allele frequency is not a share; give numbers from 0 to 1, as 0.1")
    if not sizes or min(sizes) < 1 or n_samples < 1:
        raise ExplainerError("a sample needs people; give sizes and a number of samples above 0")
    draws = np.random.default_rng(seed).random((n_samples, max(sizes), 2))
    counts = np.empty((n_samples, len(sizes), frequencies.size, 2), dtype=np.int64)
    for place, q in enumerate(frequencies):
        copies = (draws < q).sum(axis=2)
        for row, size in enumerate(sizes):
            counts[:, row, place, 0] = (copies[:, :size] == 2).sum(axis=1)
            counts[:, row, place, 1] = (copies[:, :size] == 1).sum(axis=1)
    return counts
