"""A card of sources for class: the rows that decide the claims of the HIV text, with no verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from explainer.science.claims import COMPUTED, on_sheet, stated
from explainer.science.claims_counts import REGISTRY, release_in_force
from explainer.science.claims_evidence import Evidence
from explainer.science.epidemic import peak, series, value_in
from explainer.science.facts import fact
from explainer.science.intervals import Estimate
from explainer.wording import counted, date_words, join, people, percent, with_range

COPIES = {"homozygous": "two", "heterozygous": "one", "wild_type": "none"}
BY_ITSELF = {"H24"}  # no row of a table decides it: the text says two things of one sentence
_Told = tuple[str, list[str], str]  # claims it can decide, ids of its sources, what it says


def source_card(claims: pd.DataFrame, evidence: Evidence, sources: pd.DataFrame) -> pd.DataFrame:
    """Short facts that decide the claims on the sheet, each with its source and without a verdict.

    What is dated or counted comes from the tables; what was found by reading is said in the words
    of the table of claims.

    Parameters
    ----------
    claims : pandas.DataFrame
        Table of ``load_claims("hiv")``.
    evidence : Evidence
        The tables that hold the rows.
    sources : pandas.DataFrame
        ``load_sources()``, for the short names.

    Returns
    -------
    pandas.DataFrame
        ``fact`` (``F1`` and so on), ``says, source`` (short citation), ``claim_ids`` (a list: the
        claims that it can decide).
    """
    told = [
        _her_dates(evidence), _announcements(evidence), _people_before(evidence),
        _after_her_stop(evidence), _others_in_her_country(evidence), _copies_and_hiv(evidence),
        _blood_cancer(evidence), _registry(evidence), _people_with_hiv(claims, evidence),
        _new_infections(claims, evidence), _speakers(claims),
    ]  # fmt: skip
    names = sources.set_index("source_id")
    records = [
        {"fact": f"F{place}", "says": says, "source": _short(ids, names), "claim_ids": who.split()}
        for place, (who, ids, says) in enumerate(told, start=1)
    ]
    return pd.DataFrame(records)


def answer_key(checked: pd.DataFrame, card: pd.DataFrame) -> pd.DataFrame:
    """The sheet with its verdicts, and in plain words what decided each.

    Returns
    -------
    pandas.DataFrame
        The rows of ``on_sheet(checked)`` with ``decided``: by a function that reads our tables or
        by reading, and from which facts of the card.
    """
    rows = on_sheet(checked)
    facts = card.explode("claim_ids").groupby("claim_ids")["fact"].agg(list)
    named = [join(_deciders(one, facts)) for one in rows["claim_id"]]
    by = ["our tables" if by == COMPUTED else "our reading" for by in rows["decided_by"]]
    rows = rows.assign(claim=stated(rows))
    return rows.assign(decided=[f"{who}, {what}" for who, what in zip(by, named, strict=True)])


def _deciders(claim_id: str, facts: pd.Series) -> list[str]:
    """The facts of the card, and the text where one of its sentences takes back another."""
    found = list(facts.get(claim_id, []))
    return found if found and claim_id not in BY_ITSELF else [*found, "the text itself"]


def _her_dates(evidence: Evidence) -> _Told:
    case, since = evidence.case, fact(evidence.facts, "marseille_undetectable_since")
    ill = evidence.case_events.query("event == 'malignancy_diagnosis'").iloc[0]
    says = (
        f"The woman in Marseille: HIV found in {case['hiv_diagnosis_year']}; virus undetectable on "
        f"treatment from {since.value:.0f}; leukaemia in {date_words(ill['date'])}; transplant in "
        f"{date_words(case['transplant_date'])}; HIV treatment stopped in "
        f"{date_words(case['art_stop_date'])}. The story is of {date_words(evidence.announced)}."
    )
    ids = [str(case["source_id"]), str(ill["source_id"])]
    return "H04 H06 H07 H13 H26", ids, says


def _announcements(evidence: Evidence) -> _Told:
    rows = evidence.case_events.query("event == 'announcement'")
    days = [
        f"{date_words(date)} ({re.split('[;,]', str(note))[0]})"
        for date, note in zip(rows["date"], rows["note"], strict=True)
    ]
    return "H01", rows["source_id"].tolist(), f"Her case was told in public: {join(days)}."


def _people_before(evidence: Evidence) -> _Told:
    rows = evidence.earlier.sort_values("first_announced_date")
    named = [
        f"{row['short_name']}, {row['country']} ({COPIES[row['donor_ccr5']]})"
        for _, row in rows.iterrows()
    ]
    says = f"Reported before her, with their donors' copies of Δ32: {'; '.join(named)}."
    return "H02 H03 H15", rows["source_id"].tolist(), says


def _after_her_stop(evidence: Evidence) -> _Told:
    case = evidence.case
    seen = (evidence.case_events["event"] == "rebound").any()
    back = "Her virus came back" if seen else "No return of her virus was reported"
    has_paper = pd.notna(case["time_off_art_peer_reviewed_months"])
    who = "A journal had checked the report" if has_paper else "No journal had checked the report"
    says = f"{back} up to {date_words(evidence.announced)}. {who}: it came from her doctors."
    return "H02 H14", [case["source_id"]], says


def _others_in_her_country(evidence: Evidence) -> _Told:
    rows = evidence.comparisons[
        (evidence.comparisons["country"] == evidence.case["country"])
        & (evidence.comparisons["group"] == "no_transplant_control")
    ]
    named = [
        f"{counted(row['n'], 'person')} ({row['name']}, {row['year_reported']})"
        for _, row in rows.iterrows()
    ]
    says = (
        f"HIV kept low off treatment, no transplant, in {evidence.case['country']}: "
        f"{join(named) if named else 'nobody in our tables'}."
    )
    return "H05", rows["source_id"].tolist(), says


def _copies_and_hiv(evidence: Evidence) -> _Told:
    own = evidence.cases[evidence.cases["recipient_ccr5"] == "heterozygous"]
    failed = evidence.failures
    stops = [_stop(name) for name in failed["name"]]
    says = (
        f"Had HIV with one copy of Δ32 of their own: {join(own['short_name'])}. HIV came back "
        f"after a transplant from a donor with two copies: {join(stops)}."
    )
    return "H12 H16 H29", [*failed["source_id"], *own["source_id"]], says


def _stop(name: str) -> str:
    """``Chicago (first interruption)``: a stop of treatment by its place, as our pages call it."""
    who, _, which = name.partition(", ")
    return who.removesuffix(" patient") + (f" ({which})" if which else "")


def _registry(evidence: Evidence) -> _Told:
    rows = evidence.frequencies[evidence.frequencies["source_id"] == REGISTRY]
    rows = rows[~rows["sample_id"].str.contains("all_groups")]
    rows = rows.sort_values("homozygote_share", ascending=False)
    shares = [
        f"{percent(row['homozygote_share'])} ({row['population'].split(', ')[1]})"
        for _, row in rows.iterrows()
    ]
    return "H17", [REGISTRY], f"Two copies of Δ32, donors in the US registry: {join(shares)}."


def _people_with_hiv(claims: pd.DataFrame, evidence: Evidence) -> _Told:
    """The figure of the release of the day, and that of the newest with the same year."""
    year = _year_of(claims, "H18")
    of_day = release_in_force(evidence.estimates, evidence.announced)
    rows = evidence.estimates.query("location == 'World' and indicator == 'plhiv'")
    newest = str(rows.loc[rows["year"] == year, "release"].max())
    told, ids = [], []
    for release in dict.fromkeys([of_day, newest]):
        frame = evidence.estimates[evidence.estimates["release"] == release]
        told.append(f"{_with_range(value_in(frame, 'plhiv', year))} in its release of {release}")
        ids += _source_of(frame, "plhiv", year)
    return "H18", ids, f"UNAIDS: people living with HIV in {year}, {join(told)}."


def _new_infections(claims: pd.DataFrame, evidence: Evidence) -> _Told:
    """The peak, the last year and the lowest of the release of the day."""
    year = _year_of(claims, "H19")
    of_day = release_in_force(evidence.estimates, evidence.announced)
    frame = evidence.estimates[evidence.estimates["release"] == of_day]
    top, course = peak(frame, "new_infections").first, series(frame, "new_infections")
    lowest = course.set_index("year")["estimate"].idxmin()
    goals = evidence.targets.query("indicator == 'new_infections' and year == 2025")
    told = [
        f"{_with_range(value_in(frame, 'new_infections', one))} in {when}"
        for one, when in {top: f"{top} (the most)", year: year}.items()
    ]
    says = (
        f"UNAIDS, release of {of_day}: new infections {join(told)}. Of its years, "
        f"{course['year'].min()} to {course['year'].max()}, {lowest} has the fewest. Target for "
        f"2025: fewer than {people(goals['value'].iloc[0])}."
    )
    return "H19", [*_source_of(frame, "new_infections", year), *goals["source_id"]], says


def _blood_cancer(evidence: Evidence) -> _Told:
    prepared = evidence.cases["conditioning"].dropna()
    milder = int(prepared.str.contains("reduced intensity").sum())
    had = int(evidence.cases["malignancy"].notna().sum())
    cohort = evidence.cohorts.set_index("cohort").loc["IciStem 2019"]
    says = (
        f"Had a blood cancer: {had} of the {len(evidence.cases)} people with a transplant in our "
        f"tables. Conditioning is reported for {len(prepared)} of them, in {milder} of reduced "
        f"intensity. Had died by {cohort['year']}: {cohort['n_events']} of {cohort['n']} people "
        f"with HIV and a transplant in the European programme IciStem."
    )
    ids = [str(cohort["source_id"]), *evidence.cases["source_id"]]
    return "H16 H20 H29", ids, says


def _speakers(claims: pd.DataFrame) -> _Told:
    """What was found by reading about the people who speak, as the table of claims has it."""
    rows = claims.set_index("claim_id").loc[["H23", "H24", "H27"]]
    who, quote, page = rows["primary_sources_say"]
    says = (
        f"The person interviewed: {who}. The sentence on remission: {quote}. "
        f"In the story it is {rows['article_figure']['H24']}. "
        f"{page[:1].upper()}{page[1:]}."
    )
    ids = [*rows["other_source_ids"].dropna().str.split(";").explode(), *rows["source_id"]]
    return "H23 H24 H27", ids, says


def _year_of(claims: pd.DataFrame, claim_id: str) -> int:
    return int(claims.set_index("claim_id")["stated_date"][claim_id])


def _with_range(estimate: Estimate) -> str:
    return with_range(estimate.value, estimate.low, estimate.high, "people")


def _source_of(frame: pd.DataFrame, indicator: str, year: int) -> list[str]:
    rows = frame.query("location == 'World' and indicator == @indicator and year == @year")
    return rows["source_id"].tolist()


def _short(ids: Iterable[str], sources: pd.DataFrame) -> str:
    """``Le Méridional 2025 and 2 more``: the shortest name of an author that is known."""
    rows = sources.loc[list(dict.fromkeys(ids))]
    who = rows["authors"].fillna(rows["published"]).fillna(rows["title"])
    who = who.str.replace(r"\s*\([^)]*\)$", "", regex=True) + " " + rows["year"].str[:4]
    named = who[rows["authors"].notna()] if rows["authors"].notna().any() else who
    more = who.nunique() - 1
    first: str = min(named, key=len, default="our tables")
    return first + (f" and {more} more" if more > 0 else "")
