"""Two models of rebound, what a remission so far says under each, and who a cohort has left."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explainer.errors import ExplainerError
from explainer.science.facts import fact
from explainer.science.intervals import zero_event_upper
from explainer.science.lasting_remission import (
    lasting_chance,
    outlook_by_case,
    remission_outlook,
)
from explainer.science.person_time import PEER_REVIEWED, summarise_person_time
from explainer.science.rebound import (
    DAYS_PER_MONTH,
    DAYS_PER_YEAR,
    ReboundParameters,
    fixed_fold_share,
    fold_for_wait,
    implied_reductions,
    ordinary_share,
    rebound_checks,
    rebound_parameters,
    shrunken_share,
)
from explainer.science.transplanted import transplanted
from explainer.tables import (
    load_cohorts,
    load_donor_searches,
    load_facts,
    load_rebound_times,
    load_remission_cases,
    load_remission_comparisons,
    load_trials,
)

FITTED = rebound_parameters(load_rebound_times())
shares = st.floats(0.001, 1)
months = st.floats(0, 400)


# Parameters


def test_parameters_are_median_16_spread_0485_control_4_6_1_percent_and_loss_031_a_year() -> None:
    assert FITTED.median_days == 16
    assert FITTED.spread == pytest.approx(0.485, abs=5e-4)
    assert (FITTED.control_share, FITTED.control_share_early) == (0.04, 0.06)
    assert FITTED.control_share_late == 0.01
    assert (FITTED.control_from_days, FITTED.control_loss_per_year) == (84, 0.31)
    wait = FITTED.reactivation_days
    assert (wait.value, wait.low, wait.high) == (6, 5, 8)


def test_parameters_follow_the_rows() -> None:
    rows = load_rebound_times().set_index("rebound_id")
    rows.loc["gunst_2025_02", "time_days"] = 30.0
    rows.loc["gunst_2025_10", "suppressed_share"] = 0.2
    rows.loc["namazi_2018_03", "suppressed_share"] = 0.9
    rows.loc["pinkevych_2015_01", "value"] = 3.0
    moved = rebound_parameters(rows.reset_index())
    assert (moved.median_days, moved.control_share) == (30, 0.2)
    assert moved.control_loss_per_year < FITTED.control_loss_per_year
    assert moved.reactivation_days.value == 3


def test_a_row_that_nobody_verified_is_no_parameter() -> None:
    rows = load_rebound_times()
    rows.loc[rows["rebound_id"] == "gunst_2025_12", "verified"] = "no"
    with pytest.raises(ExplainerError, match="no verified row 'gunst_2025_12'"):
        rebound_parameters(rows)


def test_champ_loses_030_a_year_over_two_years_and_032_over_five() -> None:
    rows = load_rebound_times().set_index("rebound_id")
    share = rows["suppressed_share"]
    assert -math.log(share["namazi_2018_03"]) / 2 == pytest.approx(0.30, abs=5e-3)
    assert -math.log(share["namazi_2018_04"]) / 5 == pytest.approx(0.32, abs=5e-3)


# An ordinary stop of treatment


@pytest.mark.parametrize(
    ("days", "share", "digits"),
    [
        pytest.param(28, 0.159, 3, id="day_28"),
        pytest.param(84, 0.0403, 4, id="day_84"),
        pytest.param(DAYS_PER_YEAR, 0.0315, 4, id="one_year"),
        pytest.param(15 * DAYS_PER_MONTH, 0.0292, 4, id="15_months"),
        pytest.param(3 * DAYS_PER_YEAR, 0.0169, 4, id="three_years"),
        pytest.param(5 * DAYS_PER_YEAR, 0.0091, 4, id="five_years"),
    ],
)
def test_ordinary_share_without_rebound(days: float, share: float, digits: int) -> None:
    assert round(float(ordinary_share(days, FITTED)), digits) == share


def test_late_treated_at_15_months_are_0073_and_993_lasting_from_an_even_prior() -> None:
    share = ordinary_share(15 * DAYS_PER_MONTH, FITTED, control_share=FITTED.control_share_late)
    assert round(float(share), 4) == 0.0073
    assert round(float(lasting_chance(share, 0.5)), 3) == 0.993


def test_lognormal_keeps_the_median_and_the_width_but_has_quartiles_at_11_5_and_22_2() -> None:
    for days, share in ((11.5, 0.75), (16, 0.5), (22.2, 0.25)):
        found = float(ordinary_share(days, FITTED, control_share=0))
        assert found == pytest.approx(share, abs=3e-3)


def test_checks_are_other_studies_and_the_model_lies_near_the_chronic_ones() -> None:
    checks = rebound_checks(load_rebound_times(), FITTED)
    assert "gunst2025" not in set(checks["source_id"])
    assert not checks["population"].str.contains("children").any()
    assert (checks["verified"] != "no").all()
    day_84 = checks[checks["population"] == "ART begun in chronic infection"].iloc[0]
    assert day_84["suppressed_share_low"] < day_84["model_share"] < day_84["suppressed_share_high"]
    assert day_84["model_share"] == pytest.approx(0.0403, abs=5e-5)


def test_li_2022_finds_2_percent_chronic_and_9_percent_early_around_the_models_4() -> None:
    facts, at_week_12 = load_facts(), float(ordinary_share(84, FITTED))
    chronic, early = (fact(facts, f"off_art_week_12_{who}_share") for who in ("chronic", "early"))
    assert (chronic.value, early.value) == (0.02, 0.09)
    assert chronic.value < at_week_12 < early.value


@given(st.floats(0, 1e5), st.floats(0, 1e4), st.floats(0, 1))
def test_ordinary_share_starts_at_one_and_only_falls(start: float, more: float, c: float) -> None:
    first, last = ordinary_share([start, start + more], FITTED, control_share=c)
    assert 0 <= last <= first <= 1
    assert float(ordinary_share(0, FITTED, control_share=c)) == 1


# A shrunken reservoir


@example(days=1.5, fold=1.0000000000000002, more=2.0)
@given(st.floats(0, 1e5), st.floats(1, 1e8), st.floats(1, 100))
def test_more_reduction_never_means_earlier_rebound(days: float, fold: float, more: float) -> None:
    small, large = shrunken_share(days, [fold, fold * more], FITTED)
    assert 0 <= small <= large + 1e-9
    assert large <= 1
    assert float(shrunken_share(0, fold, FITTED)) == 1


def test_no_reduction_is_one_reactivation_in_six_days() -> None:
    assert float(shrunken_share(6, 1, FITTED)) == pytest.approx(math.exp(-1))
    assert float(fixed_fold_share(60, 10, FITTED)) == pytest.approx(math.exp(-1))
    assert float(shrunken_share(6, 1 + 1e-9, FITTED)) == pytest.approx(math.exp(-1), abs=1e-4)


def test_unknown_reduction_is_the_mean_of_known_ones_over_each_tenfold_step() -> None:
    logs = np.linspace(0, math.log(1e4), 20_001)
    known = fixed_fold_share(450, np.exp(logs), FITTED)
    assert float(shrunken_share(450, 1e4, FITTED)) == pytest.approx(known.mean(), abs=1e-4)


def test_a_year_needs_61_fold_by_pinkevych_within_the_published_50_to_70() -> None:
    rows = load_rebound_times().set_index("rebound_id")
    fold = fold_for_wait(DAYS_PER_YEAR, FITTED.reactivation_days.value)
    assert round(fold) == 61
    published = rows.loc["pinkevych_2015_03"]
    assert published["value_low"] < fold < published["value_high"]


def test_a_year_needs_more_than_a_thousandfold_by_the_reactivations_of_hill() -> None:
    rows = load_rebound_times().set_index("rebound_id")["value"]
    a_day = rows["hill_2014_02"] * rows["hill_2014_10"]
    assert a_day == pytest.approx(4, abs=0.05)
    assert fold_for_wait(DAYS_PER_YEAR, 1 / a_day) == pytest.approx(1457, abs=1)
    assert rows["hill_2014_01"] == 2000


@pytest.mark.parametrize(
    ("comparison_id", "fold"),
    [("boston_a", 14), ("boston_b", 37), ("mayo", 48), ("mississippi", 137)],
)
def test_late_rebounds_imply_reductions_of_14_37_48_and_137(comparison_id: str, fold: int) -> None:
    table = implied_reductions(load_remission_comparisons(), FITTED).set_index("comparison_id")
    row = table.loc[comparison_id]
    assert round(row["fold"]) == fold
    assert row["fold_low"] < row["fold"] / 3
    assert row["fold_high"] > row["fold"] * 30


def test_one_wait_leaves_2_5_percent_outside_on_either_side() -> None:
    row = implied_reductions(load_remission_comparisons(), FITTED).iloc[0]
    days = row["days"]
    assert float(fixed_fold_share(days, row["fold_low"], FITTED)) == pytest.approx(0.025)
    assert float(fixed_fold_share(days, row["fold_high"], FITTED)) == pytest.approx(0.975)


def test_rebounds_without_a_week_are_left_out() -> None:
    known = set(implied_reductions(load_remission_comparisons(), FITTED)["comparison_id"])
    assert "essen" in known
    assert not {"beijing_crispr", "sao_paulo", "icistem_2019"} & known


# What a remission so far says

GOLDEN = [
    # months, S ordinary, S shrunken, P ordinary, P shrunken, P shrunken at .1, next, next at 1e5
    (3, 0.0399, 0.642, 0.962, 0.609, 0.148, 0.49, 0.63),
    (15, 0.0292, 0.468, 0.972, 0.681, 0.192, 0.63, 0.76),
    (18, 0.0270, 0.448, 0.974, 0.691, 0.199, 0.65, 0.77),
    (32, 0.0188, 0.386, 0.982, 0.721, 0.223, 0.71, 0.82),
    (48, 0.0124, 0.343, 0.988, 0.744, 0.244, 0.75, 0.85),
    (72, 0.0067, 0.301, 0.993, 0.769, 0.270, 0.79, 0.88),
    (163, 0.0006, 0.217, 0.999, 0.822, 0.339, 0.86, 0.93),
]


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row[0]}_months")
def test_outlook_after(row: tuple[float, ...]) -> None:
    table = remission_outlook(row[0], FITTED).set_index(["prior", "fold"])
    even, sceptical, larger = table.loc[(0.5, 1e4)], table.loc[(0.1, 1e4)], table.loc[(0.5, 1e5)]
    got = [
        (even["share_ordinary"], 4), (even["share_shrunken"], 3), (even["lasting_ordinary"], 3),
        (even["lasting_shrunken"], 3), (sceptical["lasting_shrunken"], 3),
        (even["next_shrunken"], 2), (larger["next_shrunken"], 2),
    ]  # fmt: skip
    # One unit of the last printed digit is left for numbers that lie on an edge (.2445).
    for (value, digits), printed in zip(got, row[1:], strict=True):
        assert value == pytest.approx(printed, abs=0.51 * 10**-digits)


def test_marseille_at_15_months_is_97_or_68_percent_by_the_model_and_19_by_a_sceptic() -> None:
    table = outlook_by_case(load_remission_cases(), FITTED).set_index("case_id")
    assert round(table.loc["marseille", "lasting_ordinary"], 3) == 0.972
    assert round(table.loc["marseille", "lasting_shrunken"], 3) == 0.681
    doubt = outlook_by_case(load_remission_cases(), FITTED, prior=0.1).set_index("case_id")
    assert round(doubt.loc["marseille", "lasting_shrunken"], 2) == 0.19


def test_model_and_prior_move_the_answer_more_than_another_year_does() -> None:
    now, later = (remission_outlook(t, FITTED, priors=[0.5], folds=[1e4]).iloc[0] for t in (15, 27))
    a_year = max(later[f"lasting_{m}"] - now[f"lasting_{m}"] for m in ("ordinary", "shrunken"))
    assert now["lasting_ordinary"] - now["lasting_shrunken"] > 5 * a_year


def test_outlook_holds_every_combination_once_and_looks_no_further_than_its_inputs() -> None:
    table = remission_outlook([3, 15], FITTED, priors=[0.1, 0.3, 0.5], folds=[10, 1e4])
    assert len(table) == 12
    assert not table.duplicated(["months", "prior", "fold"]).any()
    one = table.query("months == 15 and prior == 0.3 and fold == 10").iloc[0]
    share = float(shrunken_share(15 * DAYS_PER_MONTH, 10, FITTED))
    assert one["share_shrunken"] == share
    assert one["lasting_shrunken"] == float(lasting_chance(share, 0.3))


def test_dead_people_have_no_next_five_years_and_blank_months_no_row() -> None:
    cases = load_remission_cases()
    table = outlook_by_case(cases, FITTED).set_index("case_id")
    assert math.isnan(table.loc["berlin", "next_shrunken"])
    assert table.drop("berlin")["next_shrunken"].notna().all()
    assert table["months"].is_monotonic_increasing
    assert set(cases["case_id"]) - set(
        outlook_by_case(cases, FITTED, PEER_REVIEWED)["case_id"]
    ) == {"marseille"}


@given(shares, st.floats(0, 1))
def test_having_lasted_never_lowers_the_chance(share: float, prior: float) -> None:
    assert prior - 1e-12 <= float(lasting_chance(share, prior)) <= 1


@given(months, st.floats(0.01, 0.99))
def test_more_time_more_faith_and_more_reduction_move_the_chance_as_they_should(
    time: float, prior: float
) -> None:
    table = remission_outlook([time, time + 12], FITTED, priors=[prior], folds=[1e2, 1e4])
    early, late = (table[table["months"] == t].set_index("fold") for t in (time, time + 12))
    assert (late["lasting_shrunken"] >= early["lasting_shrunken"] - 1e-12).all()
    assert late.loc[1e2, "lasting_shrunken"] >= late.loc[1e4, "lasting_shrunken"] - 1e-12
    bolder = remission_outlook(time, FITTED, priors=[prior + 0.01], folds=[1e4])
    assert bolder["lasting_shrunken"][0] > early.loc[1e4, "lasting_shrunken"]


def test_gupta_2020_is_98_percent_at_80_and_more_than_99_at_90_percent_donor_cells() -> None:
    facts = load_facts()
    known = {f"{n}": fact(facts, f"lifelong_remission_assumption_{n}").value for n in (80, 90)}
    assert known == {"80": 0.8, "90": 0.9}
    assert fact(facts, "lifelong_remission_80_percent_donor_cells").value == 0.98
    assert fact(facts, "lifelong_remission_90_percent_donor_cells").value == 0.99
    row = facts.set_index("fact_id").loc["lifelong_remission_90_percent_donor_cells"]
    assert "more than" in row["note"]


# Zeros elsewhere, and the disputed year of the second Berlin case


def test_the_same_bound_reproduces_purpose_1_and_partner2() -> None:
    trials = load_trials()
    zeros = trials[(trials["n_events"] == 0) & trials["person_years"].notna()]
    bound = {row.trial: 100 * zero_event_upper(row.person_years) for row in zeros.itertuples()}
    assert bound["PURPOSE 1"] == pytest.approx(0.190, abs=5e-4)
    assert bound["PARTNER2"] == pytest.approx(0.2316, abs=5e-5)


def test_stop_of_2017_for_berlin_2_moves_the_simple_sum_but_not_the_honest_one() -> None:
    cases = load_remission_cases()
    by_dates = summarise_person_time(cases, months={"berlin_2": 87})
    earlier = cases.copy()
    earlier.loc[earlier["case_id"] == "berlin_2", "art_stop_date"] = "2017-09"
    moved = summarise_person_time(earlier, months={"berlin_2": 99})
    assert moved.months - by_dates.months == 12
    assert moved.delayed_months == by_dates.delayed_months


# Everyone who was given a transplant


def test_icistem_13_of_38_died_34_percent_20_to_51() -> None:
    row = steps().loc[("IciStem 2019", "died")]
    assert (row["k"], row["n"], bool(row["is_death"])) == (13, 38, True)
    assert [round(row[c], 2) for c in ("share", "low", "high")] == [0.34, 0.20, 0.51]


def test_icistem_9_of_38_had_a_two_copy_donor_4_were_followed_2_had_stopped() -> None:
    found = steps().loc["IciStem 2019"]
    assert [tuple(found.loc[s, ["k", "n"]]) for s in ("two_copies", "followed", "stopped")] == [
        (9, 38), (4, 9), (2, 4),
    ]  # fmt: skip
    searches = load_donor_searches()
    row = searches[searches["source_id"] == "icistem2019"].query("topic == 'cohort'").iloc[0]
    assert (row["n_screened"], row["n_found"]) == (38, 9)


def test_icistem_2024_16_of_30_alive_53_percent_34_to_72() -> None:
    row = steps().loc[("IciStem 2024", "alive_and_followed")]
    assert [round(row[c], 2) for c in ("share", "low", "high")] == [0.53, 0.34, 0.72]


def test_bmt_ctn_0903_10_of_17_alive_at_a_year_33_to_82_and_none_dead_of_it_by_day_100() -> None:
    found = steps().loc["BMT CTN 0903"]
    assert tuple(found.loc["alive_at_one_year", ["k", "n"]]) == (10, 17)
    assert [round(found.loc["alive_at_one_year", c], 2) for c in ("low", "high")] == [0.33, 0.82]
    assert found.loc["died_early", "k"] == 0
    assert found.loc["died_early", "high"] == pytest.approx(0.195, abs=5e-4)


def steps() -> pd.DataFrame:
    return transplanted(load_cohorts(), load_facts()).set_index(["cohort", "step"])


# Wrong input


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: ordinary_share(-1, FITTED), "treatment is -1 days; give zero or more"),
        (lambda: shrunken_share(float("nan"), 10, FITTED), "treatment is nan days; give zero"),
        (lambda: ordinary_share(1, FITTED, control_share=4), "control_share is 4; give a share"),
        (lambda: shrunken_share(1, 0.5, FITTED), "fold is 0.5; a reduction is 1"),
        (lambda: lasting_chance(0.5, 50), "prior is not a share; give a number from 0 to 1"),
        (lambda: lasting_chance(float("nan"), 0.5), "share without rebound is not from 0 to 1"),
        (lambda: lasting_chance(0, 0), "contradict what was seen"),
        (lambda: fold_for_wait(365, 0), "give both above zero"),
        (lambda: rebound_parameters(pd.DataFrame({"study": []})), "column rebound_id"),
        (
            lambda: transplanted(load_cohorts().query("cohort != 'BMT CTN 0903'"), load_facts()),
            "no verified row BMT CTN 0903",
        ),
    ],
)
def test_wrong_input_gets_one_sentence(call, sentence: str) -> None:
    with pytest.raises(ExplainerError, match=sentence):
        call()


def test_parameters_cannot_be_changed_by_accident() -> None:
    assert isinstance(FITTED, ReboundParameters)
    with pytest.raises(AttributeError):
        FITTED.median_days = 1


def test_an_unknown_fact_says_where_to_look_once():
    with pytest.raises(ExplainerError) as told:
        fact(load_facts(), "zzz")
    assert str(told.value) == "unknown fact zzz in data/facts.csv; load_facts() lists them"


@pytest.mark.parametrize("column", ["short_name", "is_later_case"])
def test_outlook_of_a_column_without_numbers_names_one_with(column: str) -> None:
    cases = load_remission_cases()
    with pytest.raises(ExplainerError) as said:
        outlook_by_case(cases, FITTED, column)
    assert str(said.value) == (
        f"remission cases: column {column} holds no months; "
        "name time_off_art_months or time_off_art_peer_reviewed_months"
    )
