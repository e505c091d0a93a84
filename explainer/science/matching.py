"""Who finds a donor that matches and has two copies of delta32, and who is left out.

Patients of one ancestry do not have equally many matched donors: a few have common tissue types,
many have rare ones.  Let a registry hold on average ``m`` matched donors for a patient, and let
``m`` differ between patients by a gamma distribution of shape ``k``: large k, all alike; small k, a
few patients with very many matches and many with hardly any.  A registry that gives a share M of
patients at least one match then gives, at ``size`` times its size,

    1 - (1 + size x)^-k  with  x = (1 - M)^(-1/k) - 1;  all alike:  1 - (1 - M)^size

Asking for two copies as well is like searching a registry of ``size = h`` times the size, if HLA
(chromosome 6) and CCR5 (chromosome 3) are independent within an ancestry and matched donors are of
the patient's ancestry.  M alone does not tell k, so every answer is given for several.
"""

from __future__ import annotations

import math

from explainer.errors import ExplainerError

ALL_ALIKE = math.inf


def _check(match_share: float, k: float) -> None:
    if not 0 <= match_share < 1:
        raise ExplainerError(
            f"match share is {match_share}; give a share from 0 to below 1: "
            f"if everyone finds a match, the figure cannot tell how many"
        )
    if not k > 0:
        raise ExplainerError(f"k is {k}; give a number above 0, or infinity for patients all alike")


def chance_of_match(match_share: float, registry_size: float = 1.0, k: float = ALL_ALIKE) -> float:
    """Chance of at least one matched donor in a registry so many times today's size.

    M(r) = 1 - (1 + r x)^-k with x = (1 - M)^(-1/k) - 1, where M is today's chance; 1 - (1 - M)^r if
    patients are all alike.
    """
    _check(match_share, k)
    if not 0 <= registry_size < math.inf:
        raise ExplainerError(f"registry size is {registry_size}; give 0 or more, today's is 1")
    matches = -math.log1p(-match_share)
    if k == ALL_ALIKE:
        return -math.expm1(-registry_size * matches)
    if registry_size == 0:
        return 0.0
    each = matches / k
    if each > 500:  # exp(each) may be too large for a float, its logarithm is not
        grown = math.log(registry_size) + each
        log_sum = max(grown, 0.0) + math.log1p(math.exp(-abs(grown)))
    else:
        log_sum = math.log1p(registry_size * math.expm1(each))
    return -math.expm1(-k * log_sum)


def chance_of_matched_donor(
    match_share: float, h: float, k: float = ALL_ALIKE, registry_size: float = 1.0
) -> float:
    """Chance of at least one donor who matches and has two copies of delta32.

    P(r) = 1 - (1 + r h x)^-k; 1 - (1 - M)^(r h) if patients are all alike.  Not M x h: that is the
    chance with a single matched donor, and a patient who has a match mostly has many.

    Parameters
    ----------
    match_share : float
        M, share of patients with at least one matched donor in today's registry.
    h : float
        Share of donors with two copies.
    k : float
        How alike patients are in their number of matches (infinity: all alike).
    registry_size : float
        r, in multiples of today's.
    """
    if not 0 <= h <= 1:
        raise ExplainerError(f"share with two copies is {h}; give a share between 0 and 1")
    _check(match_share, k)
    return chance_of_match(match_share, registry_size * h, k)


def registry_size_for(
    chance: float, match_share: float, h: float = 1.0, k: float = ALL_ALIKE
) -> float:
    """How many times today's registry it takes to reach a chance: the inverse of P(r)."""
    _check(match_share, k)
    if not 0 <= chance < 1 or not 0 < h <= 1 or match_share == 0:
        raise ExplainerError(
            f"no registry gives a chance of {chance} with match share {match_share} and share {h} "
            f"with two copies; give a chance below 1 and shares above 0"
        )
    wanted, now = -math.log1p(-chance), -math.log1p(-match_share)
    if k == ALL_ALIKE:
        return wanted / (h * now)
    return math.expm1(wanted / k) / (h * math.expm1(now / k))


def shape_for(chance: float, match_share: float, h: float) -> float:
    """The k at which patients find a donor with two copies as often as was seen.

    Raises
    ------
    ExplainerError
        If no k can: the chance lies between that of patients all alike and the match share.
    """
    from scipy.optimize import brentq

    def miss(log_k: float) -> float:
        return chance_of_matched_donor(match_share, h, math.exp(log_k)) - chance

    unequal, alike = -6.0, 16.0
    if not miss(alike) < 0 < miss(unequal):
        least, most = (chance + miss(end) for end in (alike, unequal))
        raise ExplainerError(
            f"no k gives a chance of {chance}; from patients all alike to very unequal ones it "
            f"runs from {least:.3g} to {most:.3g}"
        )
    return math.exp(float(brentq(miss, unequal, alike)))


def sibling_chance(q: float) -> float:
    """Chance that a sister or brother is HLA-identical and has two copies: a quarter of q squared.

    If nothing is known of the family's CCR5.  HLA lies on chromosome 6 and CCR5 on chromosome 3, so
    the two are inherited independently.
    """
    if not 0 <= q <= 1:
        raise ExplainerError(f"allele frequency is {q}; give a share between 0 and 1")
    return q * q / 4
