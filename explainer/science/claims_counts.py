"""Checks of claims that rest on counts: donors, failures, the world's figures, CAR-T series."""

from __future__ import annotations

import pandas as pd

from explainer.science.checks import in_year, need_columns
from explainer.science.claims_evidence import (
    Check,
    Evidence,
    Finding,
    Verdict,
    by_distance,
    by_truth,
)
from explainer.science.epidemic import series, value_in
from explainer.science.facts import fact
from explainer.science.intervals import Estimate, clopper_pearson
from explainer.wording import (
    between,
    counted,
    join,
    months,
    number,
    people,
    percent,
    ratio,
    with_range,
)

LONG = 12  # months of median follow-up from which we let "durable" stand
REGISTRY = "nmdp2018"


def release_in_force(estimates: pd.DataFrame, date: str) -> str:
    """The newest UNAIDS release that was out on a day; each comes out in July of its year."""
    need_columns(estimates, ["release"], "estimates")
    releases = sorted(str(release) for release in estimates["release"].unique())
    out = [release for release in releases if f"{release}-07-31" <= date]
    return out[-1] if out else releases[0]


def _then(evidence: Evidence) -> pd.DataFrame:
    """Estimates as they stood on the day of the news."""
    release = release_in_force(evidence.estimates, evidence.announced)
    return evidence.estimates[evidence.estimates["release"] == release]


def _world_rows(evidence: Evidence, indicator: str) -> str:
    release = release_in_force(evidence.estimates, evidence.announced)
    return f"hiv_estimates: release {release}, World, {indicator}"


def people_with_hiv(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether the number is UNAIDS' own of the release then in force, or only within its range."""
    found = value_in(_then(evidence), "plhiv", int(claim["stated_date"]))
    words = with_range(found.value, found.low, found.high, "people")
    return Finding(
        by_distance(claim["stated_value"], found),
        f"{words}; the text gives no range",
        _world_rows(evidence, "plhiv"),
    )


def lowest_infections(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether the number is UNAIDS' own, and no year of its series is lower."""
    then, year = _then(evidence), int(claim["stated_date"])
    found = value_in(then, "new_infections", year)
    course = series(then, "new_infections")
    is_lowest = course.loc[course["year"] <= year, "estimate"].min() >= found.value
    near = by_distance(claim["stated_value"], found)
    goals = evidence.targets[evidence.targets["indicator"] == "new_infections"]
    goal = float(in_year(goals, 2025, "targets of new infections")["value"].iloc[0])
    low = f"the lowest since {course['year'].min()}" if is_lowest else "not the lowest"
    return Finding(
        near if is_lowest or near is Verdict.CONTRADICTED else Verdict.IMPRECISE,
        f"{with_range(found.value, found.low, found.high, 'people')}, {low}; "
        f"{ratio(found.value / goal)} the target for 2025",
        _world_rows(evidence, "new_infections"),
    )


def mutation_protects(_: pd.Series, evidence: Evidence) -> Finding:
    """Whether nobody with the mutation had HIV: neither with one copy nor, treated, with two."""
    one_copy = evidence.cases.loc[evidence.cases["recipient_ccr5"] == "heterozygous", "short_name"]
    failed = [_where(name) for name in evidence.failures["name"]]
    return Finding(
        Verdict.IMPRECISE if len(one_copy) or failed else Verdict.SUPPORTED,
        f"people who had HIV with one copy of their own: {join(one_copy)}; HIV came back after a "
        f"donor with two copies: {join(failed)}",
        "remission_cases: recipient_ccr5; remission_comparisons: homozygous",
    )


def _where(name: str) -> str:
    """A person of the comparisons by the place alone, with what tells two stops apart."""
    place, _, which = name.partition(", ")
    return place.removesuffix(" patient") + (f" ({which})" if which else "")


def donors_with_mutation(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether as many of the earlier donors had at least one copy."""
    donors = evidence.earlier["donor_ccr5"].value_counts()
    two, one = int(donors.get("homozygous", 0)), int(donors.get("heterozygous", 0))
    return Finding(
        by_truth(two + one == claim["stated_value"]),
        f"of {len(evidence.earlier)} donors {two} had two copies, {one} had one",
        "remission_cases: donor_ccr5",
    )


def consistency(_: pd.Series, evidence: Evidence) -> Finding:
    """Whether the same genotype never failed; failures and deaths belong into the denominator."""
    failed, died = len(evidence.failures), _icistem(evidence)
    return Finding(
        Verdict.IMPRECISE if failed else Verdict.SUPPORTED,
        f"with the same genotype {counted(failed, 'stop')} of ART ended in a rebound; {died}",
        "remission_comparisons: homozygous; cohorts: IciStem 2019",
    )


def _icistem(evidence: Evidence) -> str:
    row = evidence.cohorts.set_index("cohort").loc["IciStem 2019"]
    return f"{row['n_events']} of {row['n']} people in IciStem had died"


def is_linchpin(_: pd.Series, evidence: Evidence) -> Finding:
    """Whether nobody is in remission without two donor copies."""
    others = evidence.earlier[evidence.earlier["donor_ccr5"] != "homozygous"]["short_name"]
    names = join(others.tolist()) if len(others) else "nobody"
    return Finding(
        Verdict.IMPRECISE if len(others) else Verdict.SUPPORTED,
        f"in remission without two donor copies: {names}",
        "remission_cases: donor_ccr5",
    )


def only_with_blood_cancer(_: pd.Series, evidence: Evidence) -> Finding:
    """Whether every transplant in our tables treated a blood cancer."""
    had = int(evidence.cases["malignancy"].notna().sum())
    return Finding(
        by_truth(had == len(evidence.cases)),
        f"{had} of {len(evidence.cases)} transplants treated a blood cancer; {_icistem(evidence)}",
        "remission_cases: malignancy; cohorts: IciStem 2019",
    )


def share_with_two_copies(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether the share, rounded to whole percent, fits every ancestry of one registry, or some."""
    rows = evidence.frequencies[evidence.frequencies["source_id"] == REGISTRY]
    groups = rows[~rows["sample_id"].str.contains("all_groups")].sort_values("homozygote_share")
    fits = groups["homozygote_share"].round(2) == round(claim["stated_value"], 2)
    some = Verdict.IMPRECISE if fits.any() else Verdict.CONTRADICTED
    low, high = groups.iloc[0], groups.iloc[-1]
    ends = [f"{percent(row['homozygote_share'])} of {row['population'].split(', ')[1]} donors"
            for row in (low, high)]  # fmt: skip
    return Finding(
        Verdict.SUPPORTED if fits.all() else some,
        f"two copies in {ends[0]} and {ends[1]} of the US registry",
        "delta32_frequencies: US registry donors by ancestry",
    )


def people_in_france(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether the number is the network's own, or lies where other lists of diseases would put it.

    The network's number, scaled by the lowest and the highest share published, spans the widest
    possible range.
    """
    found = fact(evidence.facts, "autoimmune_people_france").value
    own = fact(evidence.facts, "autoimmune_share_france_fai2r")
    low = fact(evidence.facts, "autoimmune_share_france_2015").low
    high = fact(evidence.facts, "autoimmune_share_uk_adults").value
    widest = Estimate(found, found * low / own.high, found * high / own.low, "people")
    return Finding(
        by_distance(claim["stated_value"], widest),
        f"the network itself says {people(found)}; by the list of diseases, shares from "
        f"{percent(low)} to {percent(high)} of people are published",
        "facts: autoimmune_people_france, autoimmune_share_…",
    )


def share_of_women(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether the share holds for all the diseases together, or only for some of them."""
    together = fact(evidence.facts, "autoimmune_women_share_all").value
    single = fact(evidence.facts, "autoimmune_women_share_by_disease")
    return Finding(
        by_distance(claim["stated_value"], Estimate(together, single.low, single.high, "share")),
        f"{percent(together)} of new diagnoses in the United Kingdom, all such diseases together; "
        f"{between(single.low, single.high, 'share')} in lupus, Sjögren's and thyroid disease",
        "facts: autoimmune_women_share_…",
    )


def durable_remissions(_: pd.Series, evidence: Evidence) -> Finding:
    """Whether all in the series were in remission, watched for a median of a year or longer."""
    n, k = (int(fact(evidence.facts, f"car_t_lupus_{name}_2024").value)
            for name in ("treated", "remissions"))  # fmt: skip
    others = ("sclerosis", "myositis", "sjogren")
    treated = [fact(evidence.facts, f"car_t_{name}_treated_2024").value for name in others]
    watched = fact(evidence.facts, "car_t_follow_up_2024")
    interval = clopper_pearson(k, n)
    some = Verdict.IMPRECISE if k else Verdict.CONTRADICTED
    return Finding(
        Verdict.SUPPORTED if k == n and watched.value >= LONG else some,
        f"{k} of {n} (95% interval {between(interval.low, interval.high, 'share')}); the median "
        f"follow-up of all {counted(n + sum(treated), 'person')} in the series was "
        f"{months(watched.value)} (from {number(watched.low)} to {number(watched.high)})",
        "facts: car_t_lupus_…, car_t_…_treated_2024, car_t_follow_up_2024",
    )


def diseases_with_data(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether each disease named has people in the published series, or only some of them."""
    names = {"scleroderma": "sclerosis", "inflammatory myopathies": "myositis",
             "Sjögren's disease": "sjogren"}  # fmt: skip
    treated = {name: fact(evidence.facts, f"car_t_{slug}_treated_2024").value
               for name, slug in names.items()}  # fmt: skip
    n = sum(count > 0 for count in treated.values())
    some = Verdict.IMPRECISE if n else Verdict.CONTRADICTED
    listed = join([f"{name} {number(count) if count else 'none'}"
                   for name, count in treated.items()])  # fmt: skip
    return Finding(
        Verdict.SUPPORTED if n == claim["stated_value"] else some,
        f"people treated in the series of 2024: {listed}",
        "facts: car_t_…_treated_2024",
    )


CHECKS: dict[str, Check] = {
    "H12": mutation_protects,
    "H15": donors_with_mutation,
    "H16": consistency,
    "H17": share_with_two_copies,
    "H18": people_with_hiv,
    "H19": lowest_infections,
    "H20": only_with_blood_cancer,
    "H28": is_linchpin,
    "C01": people_in_france,
    "C02": share_of_women,
    "C04": durable_remissions,
    "C06": diseases_with_data,
}
