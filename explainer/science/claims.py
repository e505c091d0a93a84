"""Claims of a news text held against the tables: verdicts, contradictions, a sheet for class."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from explainer.errors import ExplainerError
from explainer.science import claims_case, claims_counts
from explainer.science.checks import need_columns, unknown
from explainer.science.claims_evidence import Check, Evidence, Finding, Verdict
from explainer.science.intervals import Estimate, clopper_pearson
from explainer.science.person_time import months_between
from explainer.wording import Told

CHECKS: dict[str, Check] = {**claims_case.CHECKS, **claims_counts.CHECKS}
COMPUTED, READING = "computed", "reading"
BARE = ("H01", "H14", "H18", "H27")  # claims whose words hold nothing to check without a figure
SAID = {
    "H23": "Dr Laurent Moreau, HIV researcher and haematologist, is interviewed",
    "H24": "one sentence on remission is Brégigeon's, and then Moreau's",
}  # in words that a verdict fits: who reads "is credited to both" may say that it is

_NEEDED = ["claim_id", "document", "cell", "label", "claim", "verdict", "stated_value"]
_KEPT = ["claim_id", "document", "cell", "label", "claim", "claim_type", "article_figure"]


def check_claims(claims: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """Verdict on each claim: computed from the tables where they can decide it, else read.

    Where a function decides, its verdict stands, whatever the table of claims says; the other
    verdicts are those of that table, judged by reading the sources named in the row.

    Parameters
    ----------
    claims : pandas.DataFrame
        Table of ``load_claims``, of one text or both.
    evidence : Evidence
        The tables to hold them against.

    Returns
    -------
    pandas.DataFrame
        ``claim_id, document, cell, label, claim, claim_type, article_figure, verdict, decided_by``
        (``computed`` or ``reading``), ``sources_say`` (what the rows or the sources say),
        ``rows`` (table and rows used), ``reason``, ``source_id, other_source_ids``.

    Raises
    ------
    ExplainerError
        If a table lacks a column, or a row that a check needs.
    """
    need_columns(claims, _NEEDED, "claims")
    records = []
    for _, claim in claims.iterrows():
        finding = check_claim(claim, evidence)
        records.append(
            {
                **{column: claim[column] for column in _KEPT},
                "verdict": str(finding.verdict if finding else claim["verdict"]),
                "decided_by": COMPUTED if finding else READING,
                "sources_say": finding.says if finding else claim["primary_sources_say"],
                "rows": finding.rows if finding else "",
                **{name: claim[name] for name in ("reason", "source_id", "other_source_ids")},
            }
        )
    checked = pd.DataFrame(records)
    return checked.astype({"cell": "Int64"})


def check_claim(claim: pd.Series, evidence: Evidence) -> Finding | None:
    """What the tables make of one claim; None where no table can decide it."""
    check = CHECKS.get(str(claim["claim_id"]))
    return check(claim, evidence) if check else None


def verdict_cells(checked: pd.DataFrame) -> pd.DataFrame:
    """Verdict of each cell of the strip: the gravest of the claims that belong to it.

    Gravest is contradicted, then omission, unverifiable, imprecise, supported.

    Parameters
    ----------
    checked : pandas.DataFrame
        What ``check_claims`` gives for one text.

    Returns
    -------
    pandas.DataFrame
        ``cell, claim_ids, label`` (of the claim that decides), ``verdict, decided_by,
        sources_say, reason, claim_verdicts`` (every claim with its own), one row a cell, in order.
    """
    need_columns(checked, ["cell", "claim_id", "verdict", "decided_by"], "checked claims")
    rows = checked.dropna(subset=["cell"])
    if rows.empty or rows["document"].nunique() > 1:
        raise ExplainerError(
            "checked claims: a strip shows the cells of one text; pass check_claims() of "
            "load_claims('hiv') or of load_claims('car_t')"
        )
    order = list(Verdict)
    cells = []
    for cell, group in rows.groupby("cell", sort=True):
        grave = group["verdict"].map(lambda verdict: order.index(Verdict(verdict)))
        decisive = group.iloc[int(grave.to_numpy().argmax())]
        kept = ("label", "verdict", "decided_by", "sources_say", "reason")
        cells.append(
            {"cell": int(str(cell)), "claim_ids": " ".join(sorted(group["claim_id"]))}
            | {name: decisive[name] for name in kept}
            | {"claim_verdicts": "; ".join(group["label"] + ": " + group["verdict"])}
        )
    return pd.DataFrame(cells)


def contradictions(claims: pd.DataFrame) -> pd.DataFrame:
    """Pairs of claims of the HIV text that cannot both be true, by its own dates and numbers.

    Nothing but the text is asked.  First pair: the years in remission, and the months from the
    end of ART to the news.  Second pair: the latest year by which the virus was undetectable in
    one passage, and the earliest in another.

    Returns
    -------
    pandas.DataFrame
        ``claim_id, other_id, states, other_states`` (both in ``unit``), ``unit``,
        ``is_contradiction``.
    """
    need_columns(claims, ["claim_id", "stated_value", "stated_date"], "claims")
    by_id = claims.set_index("claim_id")
    for claim_id in ("H01", "H04", "H07", "H13", "H26"):
        if claim_id not in by_id.index:
            unknown("claim", claim_id, by_id.index, "claims")
    dates = by_id["stated_date"]
    least = 12 * float(by_id["stated_value"]["H04"])
    off = months_between(dates["H13"], dates["H01"])
    by, only_from = int(dates["H07"]), int(dates["H26"])
    return pd.DataFrame(
        {
            "claim_id": ["H04", "H07"],
            "other_id": ["H13", "H26"],
            "states": [least, float(by)],
            "other_states": [off, float(only_from)],
            "unit": ["months", "year"],
            "is_contradiction": [off < least, only_from > by],
        }
    )


def on_sheet(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims that stand in a cell of the strip, numbered from 1 in ``number``, in order.

    A cell may hold several claims, so its number does not tell them apart; this one does, on the
    sheet for class and in its answers.

    Parameters
    ----------
    claims : pandas.DataFrame
        Table of ``load_claims`` for one text, or what ``check_claims`` makes of it.
    """
    need_columns(claims, ["cell", "claim_id"], "claims")
    rows = claims.dropna(subset=["cell"]).sort_values(["cell", "claim_id"], ignore_index=True)
    return rows.assign(number=rows.index + 1)


def stated(claims: pd.DataFrame) -> pd.Series:
    """What the text says in each claim, so short that a pupil can judge it."""
    with_figure = claims["claim"] + ": " + claims["article_figure"].fillna("")
    said = claims["claim"].where(~claims["claim_id"].isin(BARE), with_figure)
    return claims["claim_id"].map(SAID).fillna(said)


def worksheet(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims without their verdicts, with empty columns to fill in: a sheet for class.

    Parameters
    ----------
    claims : pandas.DataFrame
        Table of ``load_claims`` for one text; claims without a cell are left out.

    Returns
    -------
    pandas.DataFrame
        ``Claim`` (its number), ``claim_id``, ``Cell`` (where it stands on the strip),
        ``The text says``, ``Its figure``, ``Kind``, ``Source or row?``, ``Your verdict``.
    """
    need_columns(claims, ["cell", "claim", "claim_type", "claim_id", "article_figure"], "claims")
    rows = on_sheet(claims)
    # What is missing would give the answer away: readers are to find it.
    texts = stated(rows).where(rows["claim_type"] != "missing", "what is missing from the text?")
    return pd.DataFrame(
        {
            "Claim": rows["number"].tolist(),
            "claim_id": rows["claim_id"].tolist(),
            "Cell": rows["cell"].astype(int).tolist(),
            "The text says": texts.tolist(),
            "Its figure": rows["article_figure"].fillna("").replace("qualitative", "").tolist(),
            "Kind": rows["claim_type"].tolist(),
            "Source or row?": "",
            "Your verdict": "",
        }
    )


@dataclass(frozen=True, slots=True)
class ShareCheck(Told):
    """A share in the news beside the count it stands for.

    ``observed`` carries the exact 95 % interval; ``people`` is the share times n, and
    ``is_possible`` says whether any whole number of people gives the share as printed.
    """

    verdict: Verdict
    stated: float
    k: int
    n: int
    observed: Estimate
    people: float
    is_possible: bool


def check_share(stated: float, k: int, n: int) -> ShareCheck:
    """Whether a share in the news is the one counted: k of n, rounded to whole percent.

    Another share is imprecise inside the exact (Clopper–Pearson) 95 % interval and contradicted
    outside it.  The interval says what the true share may be; it does not turn a wrong report of
    a count into a right one.

    Parameters
    ----------
    stated : float
        Share in the news, 0-1.
    k, n : int
        People with the event, and all people.

    Raises
    ------
    ExplainerError
        If the share is not between 0 and 1, or k and n are no count.
    """
    if not 0 <= stated <= 1 or math.isnan(stated):
        raise ExplainerError(f"stated share is {stated}, expected 0 to 1; write 75% as 0.75")
    observed = clopper_pearson(k, n)
    near = Verdict.IMPRECISE if observed.includes(stated) else Verdict.CONTRADICTED
    is_same = round(k / n, 2) == round(stated, 2)
    is_possible = any(round(people / n, 2) == round(stated, 2) for people in range(n + 1))
    verdict = Verdict.SUPPORTED if is_same else near
    return ShareCheck(verdict, stated, k, n, observed, stated * n, is_possible)
