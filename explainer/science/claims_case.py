"""Checks of claims about one person: dates, months, order of events, the donor's gene."""

from __future__ import annotations

import pandas as pd

from explainer.science.claims_evidence import (
    Check,
    Evidence,
    Finding,
    Verdict,
    by_truth,
    cut_to,
)
from explainer.science.facts import fact
from explainer.science.person_time import months_between
from explainer.wording import counted, date_words, join, months, number, ordinal

ROW = "remission_cases: marseille"
UNSEEN = "No virus found before ART stop"  # as a note says it of people who had a rebound


def announced_on(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether the day stated is that of the first announcement, or only of one of several."""
    announcements = evidence.case_events.query("event == 'announcement'")["date"]
    dates = [cut_to(date, claim["stated_date"]) for date in announcements]
    is_first = bool(dates) and dates[0] == claim["stated_date"]
    is_one = Verdict.IMPRECISE if claim["stated_date"] in dates else Verdict.CONTRADICTED
    first = date_words(announcements.iloc[0]) if dates else "no date"
    return Finding(
        Verdict.SUPPORTED if is_first else is_one,
        f"first announced in {first}; that day is one of {counted(len(dates), 'announcement')}",
        "remission_events: marseille, announcement",
    )


def rank_in_the_world(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether every way of counting gives the rank: by first report, and by journal reports."""
    month = str(evidence.case["first_announced_date"])[:7]
    rank = int((evidence.cases["first_announced_date"].str[:7] <= month).sum())
    has_paper = pd.notna(evidence.case["time_off_art_peer_reviewed_months"])
    holds = Verdict.SUPPORTED if has_paper else Verdict.IMPRECISE
    journal = "with" if has_paper else "no"
    return Finding(
        holds if rank == claim["stated_value"] else Verdict.CONTRADICTED,
        f"{ordinal(rank)} by first report; {journal} peer-reviewed report, so "
        f"{'every list counts' if has_paper else 'some lists leave out'} this case",
        "remission_cases: first_announced_date, time_off_art_peer_reviewed_months",
    )


def countries_before(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether the countries named are those of the people named before."""
    people = evidence.earlier["country"].value_counts()
    is_named = all(country in claim["claim"] for country in people.index)
    listed = [f"{country} {n}" for country, n in people.items()]
    return Finding(
        by_truth(is_named and len(people) == claim["stated_value"]),
        f"{join(listed)}: {counted(int(people.sum()), 'person')} in "
        f"{counted(len(people), 'country', 'countries')}",
        "remission_cases: country",
    )


def years_in_remission(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether the time since ART stop, or else since the transplant, exceeds the years stated."""
    off = months_between(evidence.case["art_stop_date"], evidence.announced)
    since = months_between(evidence.case["transplant_date"], evidence.announced)
    least = 12 * claim["stated_value"]
    either = Verdict.IMPRECISE if since > least else Verdict.CONTRADICTED
    return Finding(
        Verdict.SUPPORTED if off > least else either,
        f"{months(off)} since ART stopped, {months(since)} since the transplant",
        f"{ROW}, art_stop_date, transplant_date",
    )


def first_in_country(_: pd.Series, evidence: Evidence) -> Finding:
    """Whether nobody in the same country controlled HIV without ART before."""
    before = evidence.comparisons[
        (evidence.comparisons["country"] == evidence.case["country"])
        & (evidence.comparisons["group"] == "no_transplant_control")
        & (evidence.comparisons["year_reported"] < int(evidence.announced[:4]))
    ]
    n = int(before["n"].sum())
    years = zip(before["name"], before["year_reported"], strict=True)
    names = join([f"{name}, {year}" for name, year in years])
    says = (
        f"if control without ART counts as remission, {counted(n, 'person')} in "
        f"{evidence.case['country']} came before ({names}); nobody there after a transplant"
    )
    return Finding(
        by_truth(n == 0),
        says if n else "nobody before in our tables",
        "remission_comparisons: no_transplant_control",
    )


def diagnosed_in(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether HIV was diagnosed in the year stated."""
    found = int(evidence.case["hiv_diagnosis_year"])
    return Finding(
        by_truth(str(found) == claim["stated_date"]), f"{found}", f"{ROW}, hiv_diagnosis_year"
    )


def undetectable_by(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether the virus was undetectable no later than the year the words allow."""
    found = int(fact(evidence.facts, "marseille_undetectable_since").value)
    return Finding(
        by_truth(found <= int(claim["stated_date"])),
        f"undetectable from {found}, before the leukaemia",
        "facts: marseille_undetectable_since",
    )


def undetectable_from(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether the virus became undetectable only after the year the words allow."""
    found = int(fact(evidence.facts, "marseille_undetectable_since").value)
    before = int(evidence.case["transplant_date"][:4]) - found
    years = f", {counted(before, 'year')} before the transplant" if before > 0 else ""
    return Finding(
        by_truth(found >= int(claim["stated_date"])),
        f"undetectable from {found}{years}",
        "facts: marseille_undetectable_since",
    )


def leukaemia_in(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether the leukaemia was found in the year stated."""
    found = evidence.case_events.query("event == 'malignancy_diagnosis'")["date"].iloc[0]
    is_leukaemia = "leukaemia" in evidence.case["malignancy"]
    return Finding(
        by_truth(is_leukaemia and cut_to(found, claim["stated_date"]) == claim["stated_date"]),
        f"{evidence.case['malignancy']}, {date_words(found)}",
        "remission_events: marseille, malignancy_diagnosis",
    )


def sex_and_age(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether the person is a woman in the decade of age stated."""
    since = months_between(evidence.case["transplant_date"], evidence.announced)
    age = evidence.case["age_at_transplant_years"] + since / 12
    is_decade = 10 * (age // 10) == claim["stated_value"]
    return Finding(
        by_truth(evidence.case["sex"] == "F" and is_decade),
        f"woman, about {number(age // 1)}",
        f"{ROW}, sex, age_at_transplant_years",
    )


def transplant_after_leukaemia(_: pd.Series, evidence: Evidence) -> Finding:
    """Whether the transplant followed the leukaemia."""
    found = evidence.case_events.query("event == 'malignancy_diagnosis'")["date"].iloc[0]
    transplant = evidence.case["transplant_date"]
    return Finding(
        by_truth(months_between(found, transplant) >= 0),
        f"leukaemia {date_words(found)}, transplant {date_words(transplant)}",
        f"{ROW}, transplant_date",
    )


def donor_has_delta32(_: pd.Series, evidence: Evidence) -> Finding:
    """Whether the donor is reported with at least one copy of Δ32."""
    donor = evidence.case["donor_ccr5"]
    copies = {"homozygous": "two copies", "heterozygous": "one copy"}.get(donor, "no copy")
    basis = "stated" if evidence.case["donor_ccr5_is_stated"] else "implied, not stated"
    return Finding(by_truth(copies != "no copy"), f"{copies}, {basis}", f"{ROW}, donor_ccr5")


def years_on_art_after(claim: pd.Series, evidence: Evidence) -> Finding:
    """Whether ART went on for the years stated and stopped when stated."""
    stop = evidence.case["art_stop_date"]
    went_on = months_between(evidence.case["transplant_date"], stop)
    is_date = cut_to(stop, claim["stated_date"]) == claim["stated_date"]
    is_near = abs(went_on - 12 * claim["stated_value"]) <= 6  # years, rounded
    return Finding(
        by_truth(is_date and is_near),
        f"{counted(int(went_on), 'month')}, to {date_words(stop)}",
        f"{ROW}, transplant_date, art_stop_date",
    )


def no_trace_since(_: pd.Series, evidence: Evidence) -> Finding:
    """Whether nothing we hold reports a rebound; others who had one were negative before it too."""
    is_quiet = evidence.case["outcome"] == "ongoing_remission"
    is_quiet &= not (evidence.case_events["event"] == "rebound").any()
    has_paper = pd.notna(evidence.case["time_off_art_peer_reviewed_months"])
    told = "in a peer-reviewed text" if has_paper else "reported by the team alone"
    says = f"no rebound on record, {told}" if is_quiet else "a rebound is on record"
    before = evidence.comparisons["note"].str.startswith(UNSEEN, na=False)
    names = evidence.comparisons.loc[before, "name"].str.replace(" patient", "")
    says += f"; {join(names)} were negative too before their rebounds" if len(names) else ""
    return Finding(by_truth(bool(is_quiet)), says, f"{ROW}, outcome; remission_comparisons: note")


CHECKS: dict[str, Check] = {
    "H01": announced_on,
    "H02": rank_in_the_world,
    "H03": countries_before,
    "H04": years_in_remission,
    "H05": first_in_country,
    "H06": diagnosed_in,
    "H07": undetectable_by,
    "H08": leukaemia_in,
    "H09": sex_and_age,
    "H10": transplant_after_leukaemia,
    "H11": donor_has_delta32,
    "H13": years_on_art_after,
    "H14": no_trace_since,
    "H26": undetectable_from,
}
