"""Matched donors with two copies: the printed table, what must hold for any figures, the gaps."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.science.ancestries import (
    GROUPS,
    donor_chances,
    donor_gaps,
    donors_needed,
    fitted_shape,
    matched_ancestries,
)
from explainer.science.matching import (
    ALL_ALIKE,
    chance_of_match,
    chance_of_matched_donor,
    registry_size_for,
    shape_for,
    sibling_chance,
)
from explainer.tables import load_delta32_frequencies, load_donor_match

MATCH, FREQUENCIES = load_donor_match(), load_delta32_frequencies()
CHANCES = donor_chances(MATCH, FREQUENCIES)
GAPS = donor_gaps(CHANCES)

match_shares = st.floats(0.001, 0.99)
homozygote_shares = st.floats(1e-6, 0.1)
ks = st.floats(0.05, 50)
sizes = st.floats(0.01, 1000)

# M, h, then the product and P for patients all alike, k = 1, .5, .3, in percent as printed.
TABLE = {
    "White": (0.79, 0.0095, "0.75", "1.5", "3.5", "8.9", "26"),
    "Native American": (0.60, 0.0024, "0.14", "0.22", "0.36", "0.62", "1.4"),
    "Hispanic": (0.48, 0.0021, "0.10", "0.14", "0.19", "0.28", "0.49"),
    "Black": (0.29, 0.0004, "0.012", "0.014", "0.016", "0.020", "0.026"),
    "Asian or Pacific Islander": (0.47, 0.0001, "0.005", "0.006", "0.009", "0.013", "0.022"),
}
COLUMNS = ("product", "all_alike", "k_1", "k_half", "k_0_3")
CELLS = [
    pytest.param(ancestry, column, printed, id=f"{ancestry}-{column}".replace(" ", "_"))
    for ancestry, row in TABLE.items()
    for column, printed in zip(COLUMNS, row[2:], strict=True)
]


def of(ancestry: str) -> pd.DataFrame:
    """The four rows of one ancestry, patients all alike first."""
    return CHANCES[CHANCES["ancestry"] == ancestry].reset_index(drop=True)


def printed_as(share: float, printed: str) -> str:
    """A share in percent with as many decimals as the printed figure."""
    return f"{share * 100:.{len(printed.partition('.')[2])}f}"


# The table


@pytest.mark.parametrize("ancestry", TABLE)
def test_inputs_are_the_registrys_public_figures_and_the_typing_study(ancestry: str) -> None:
    row = matched_ancestries(MATCH, FREQUENCIES).set_index("ancestry").loc[ancestry]
    assert (row["match_share"], row["homozygote_share"]) == TABLE[ancestry][:2]
    assert (row["match_source_id"], row["homozygote_source_id"]) == ("dkms_ethnicity", "nmdp2018")


@pytest.mark.parametrize(("ancestry", "column", "printed"), CELLS)
def test_chance_by_ancestry_and_assumption(ancestry: str, column: str, printed: str) -> None:
    rows = of(ancestry)
    share = rows["product"][0] if column == "product" else rows["chance"][COLUMNS.index(column) - 1]
    assert printed_as(share, printed) == printed


def test_white_chance_is_not_identified_it_runs_from_1_5_to_26_percent() -> None:
    chances = of("White")["chance"]
    assert printed_as(chances.min(), "1.5") == "1.5"
    assert printed_as(chances.max(), "26") == "26"


@pytest.mark.parametrize(("ancestry", "at_least"), [("Black", 100), ("Hispanic", 10)])
def test_gap_to_white_patients_under_every_assumption(ancestry: str, at_least: int) -> None:
    ratios = GAPS[GAPS["ancestry"] == ancestry]["ratio"]
    assert len(ratios) == 4
    assert ratios.min() >= at_least


@pytest.mark.parametrize(
    ("ancestry", "ratios"),
    [
        ("Native American", [6.7, 9.6, 14.3, 18.4]),
        ("Hispanic", [10.7, 17.8, 31.7, 53.0]),
        ("Black", [107.4, 211.2, 454.4, 1013.0]),
        ("Asian or Pacific Islander", [231.8, 389.1, 698.4, 1183.3]),
    ],
)
def test_gaps_for_patients_all_alike_and_three_shapes(ancestry: str, ratios: list[float]) -> None:
    found = GAPS[GAPS["ancestry"] == ancestry]["ratio"]
    assert found.tolist() == pytest.approx(ratios, abs=0.06)


@pytest.mark.parametrize(("ancestry", "times"), [("Black", 57.6), ("Hispanic", 3.0)])
def test_gap_is_smaller_if_the_shape_differs_between_groups(ancestry: str, times: float) -> None:
    crossed = GAPS[GAPS["ancestry"] == ancestry]["crossed"].unique()
    assert crossed.tolist() == pytest.approx([times], abs=0.06)


def test_product_understates_even_the_gap() -> None:
    product = CHANCES.drop_duplicates("ancestry").set_index("ancestry")["product"]
    assert product["White"] / product["Black"] < GAPS[GAPS["ancestry"] == "Black"]["ratio"].min()


def test_gap_closes_only_for_patients_far_more_unequal_than_the_shapes_used() -> None:
    shapes = [0.3, 0.1, 0.05, 0.01]
    gaps = donor_gaps(donor_chances(MATCH, FREQUENCIES, shapes=shapes))
    black = gaps[gaps["ancestry"] == "Black"].set_index("k")["ratio"]
    assert black[0.1] > 100
    assert black[0.05] < 100
    assert black[0.01] == pytest.approx(0.79 / 0.29, rel=0.25)  # then only the match counts


# Reality checks


def test_icistem_9_of_38_would_fit_a_k_near_0_31() -> None:
    assert shape_for(9 / 38, 0.79, 0.0095) == pytest.approx(0.314, abs=5e-4)


def test_japanese_simulation_follows_the_formula_at_k_0_27() -> None:
    fit = fitted_shape(MATCH)
    assert fit.k == pytest.approx(0.267, abs=1e-3)
    assert fit.largest_miss < 0.001
    assert (fit.n_sizes, fit.source_id) == (4, "nishiwaki2018")


def test_twice_the_black_donors_halve_the_gap_and_still_leave_it_at_fifty() -> None:
    now, twice = (chance_of_matched_donor(0.29, 0.0004, registry_size=r) for r in (1, 2))
    white = chance_of_matched_donor(0.79, 0.0095)
    assert white / twice == pytest.approx(white / now / 2, rel=1e-3)
    assert white / twice > 50


@pytest.mark.parametrize(("k", "times"), [(ALL_ALIKE, 108), (1, 219), (0.5, 523), (0.3, 2013)])
def test_registry_black_patients_need_for_white_patients_chance(k: float, times: int) -> None:
    white = chance_of_matched_donor(0.79, 0.0095, k)
    assert round(registry_size_for(white, 0.29, 0.0004, k)) == times


def test_sibling_at_q_one_tenth_has_a_chance_of_a_quarter_percent() -> None:
    assert sibling_chance(0.1) == pytest.approx(0.0025)


# What must hold for any figures


@given(match_shares, homozygote_shares)
def test_many_patients_types_alike_is_the_limit_of_large_k(m: float, h: float) -> None:
    limit = 1 - (1 - m) ** h
    assert chance_of_matched_donor(m, h) == pytest.approx(limit, abs=1e-12)
    assert chance_of_matched_donor(m, h, 1e7) == pytest.approx(limit, rel=1e-5)


@given(match_shares, homozygote_shares, ks, sizes)
def test_chance_lies_between_the_product_and_the_match(
    m: float, h: float, k: float, r: float
) -> None:
    chance = chance_of_matched_donor(m, h, k, r)
    assert chance <= chance_of_match(m, r, k) * (1 + 1e-9)
    assert chance_of_matched_donor(m, h, k) >= m * h * (1 - 1e-9)
    assert chance_of_matched_donor(m, h, k) >= chance_of_matched_donor(m, h) * (1 - 1e-9)


@given(match_shares, homozygote_shares, ks, sizes, st.floats(1.001, 10))
def test_more_of_anything_never_lowers_the_chance(
    m: float, h: float, k: float, r: float, more: float
) -> None:
    chance = chance_of_matched_donor(m, h, k, r)
    assert chance_of_matched_donor(m, min(1, h * more), k, r) >= chance
    assert chance_of_matched_donor(m, h, k, r * more) >= chance
    assert chance_of_matched_donor(1 - (1 - m) / more, h, k, r) >= chance


@given(match_shares, ks)
def test_todays_registry_gives_todays_match_share_whatever_k(m: float, k: float) -> None:
    assert chance_of_match(m, 1, k) == pytest.approx(m)
    assert chance_of_match(m) == pytest.approx(m)
    assert chance_of_matched_donor(m, 1, k) == pytest.approx(m)


@given(match_shares, homozygote_shares, ks, st.floats(0.1, 50))
def test_size_for_a_chance_undoes_the_chance(m: float, h: float, k: float, r: float) -> None:
    for shape in (k, ALL_ALIKE):
        chance = chance_of_matched_donor(m, h, shape, r)
        if chance < 0.999:
            assert registry_size_for(chance, m, h, shape) == pytest.approx(r, rel=1e-6)


@given(st.floats(0.05, 0.95), st.floats(1e-4, 0.1), st.floats(0.1, 3))
def test_shape_for_a_chance_undoes_the_chance(m: float, h: float, k: float) -> None:
    assert shape_for(chance_of_matched_donor(m, h, k), m, h) == pytest.approx(k, rel=1e-3)


def test_extreme_shapes_do_not_overflow() -> None:
    assert 0.9 < chance_of_match(0.999, 0.01, 0.001) < 0.9999
    assert chance_of_match(0.999, 0, 0.001) == 0
    assert chance_of_match(0.0, 5, 0.3) == 0


# Frames


def test_grid_holds_every_combination_once() -> None:
    grid = donor_chances(MATCH, FREQUENCIES, shapes=[1, ALL_ALIKE], registry_sizes=[1, 2, 10])
    assert len(grid) == len(GROUPS) * 3 * 2
    assert not grid.duplicated(["ancestry", "registry_size", "k"]).any()
    row = grid[(grid["ancestry"] == "Black") & (grid["registry_size"] == 10) & (grid["k"] == 1)]
    assert row["match_chance"].tolist() == pytest.approx([chance_of_match(0.29, 10, 1)])
    assert row["chance"].tolist() == pytest.approx([chance_of_matched_donor(0.29, 0.0004, 1, 10)])


def test_donors_needed_undo_the_chance_of_white_patients() -> None:
    needs = donors_needed(CHANCES)
    assert len(needs) == 4 * 4
    for row in needs.itertuples():
        h = row.homozygote_share
        reached = chance_of_matched_donor(row.match_share, h, row.k, row.needed)
        assert reached == pytest.approx(row.goal)
        assert chance_of_match(row.match_share, row.match_needed, row.k) == pytest.approx(0.79)
    black = needs[needs["ancestry"] == "Black"]
    assert black["needed"].round().tolist() == [108, 219, 523, 2013]
    assert black["match_needed"].iloc[[0, -1]].tolist() == pytest.approx([4.6, 84.7], abs=0.05)


def test_gaps_keep_registry_sizes_apart() -> None:
    gaps = donor_gaps(donor_chances(MATCH, FREQUENCIES, registry_sizes=[1, 5]))
    pd.testing.assert_frame_equal(gaps[gaps["registry_size"] == 1].reset_index(drop=True), GAPS)


def test_row_nobody_verified_is_refused() -> None:
    doubtful = MATCH.copy()
    doubtful.loc[doubtful["match_id"] == GROUPS["Hispanic"][0], "verified"] = "no"
    with pytest.raises(ExplainerError, match="hispanic_or_latino is not verified"):
        matched_ancestries(doubtful, FREQUENCIES)
    assert matched_ancestries(MATCH, FREQUENCIES)["verified"].isin(["one_source"]).all()


def test_no_figure_of_another_kind_of_match_is_mixed_in() -> None:
    ids = [match_id for match_id, _ in GROUPS.values()]
    used = MATCH[MATCH["match_id"].isin(ids)]
    assert set(used["metric"]) == {"matched donor on registry (public figure)"}
    assert set(used["source_id"]) == {"dkms_ethnicity"}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: chance_of_match(1.0), "match share is 1.0"),
        (lambda: chance_of_match(79), "match share is 79"),
        (lambda: chance_of_match(0.5, k=0), "k is 0"),
        (lambda: chance_of_match(0.5, -1), "registry size is -1"),
        (lambda: chance_of_matched_donor(0.5, 0.95 * 100), "share with two copies is 95"),
        (lambda: registry_size_for(1, 0.5, 0.01), "no registry gives a chance of 1"),
        (lambda: registry_size_for(0.5, 0.5, 0), "no registry gives"),
        (lambda: shape_for(0.9, 0.79, 0.0095), "no k gives a chance of 0.9"),
        (lambda: sibling_chance(10), "allele frequency is 10"),
        (lambda: donor_chances(MATCH, FREQUENCIES, shapes=[]), "no shape or no registry size"),
        (lambda: donor_chances(MATCH.iloc[:0], FREQUENCIES), "no match_id"),
        (lambda: donor_gaps(CHANCES, "Martian"), "no ancestry 'Martian'"),
        (lambda: donors_needed(CHANCES[CHANCES["ancestry"] != "White"]), "no ancestry 'White'"),
        (lambda: donors_needed(CHANCES.drop(columns="k")), "column k is missing"),
        (lambda: fitted_shape(MATCH, "dkms_faq"), "expected at least three"),
        (lambda: fitted_shape(MATCH.drop(columns="n")), "column n is missing"),
    ],
)
def test_impossible_questions_get_one_sentence(call, words: str) -> None:
    with pytest.raises(ExplainerError, match=words):
        call()
