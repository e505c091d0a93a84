"""The sheet of a news check in groups: a few claims, and beside them the facts that decide them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from explainer.science.checks import need_columns
from explainer.science.claims import worksheet
from explainer.wording import Told

# Claims that are decided by the same facts stand in one group.
TOPICS = {
    "Her story": "H01 H04 H06 H07 H13 H26",
    "Who came before": "H02 H03 H05 H14 H15",
    "The transplant": "H12 H16 H20 H29",
    "The world": "H17 H18 H19",
    "Who speaks": "H23 H24 H27",
}


@dataclass(frozen=True, slots=True)
class SheetGroup(Told):
    """What one pair of pupils needs: a few claims, and every fact of the card for them.

    ``claims`` are rows of ``worksheet(claims)``, ``facts`` rows of ``source_card(…)``.
    """

    letter: str
    topic: str
    facts: pd.DataFrame
    claims: pd.DataFrame

    @property
    def numbers(self) -> list[str]:
        """The numbers of its claims on the sheet."""
        return [str(number) for number in self.claims["Claim"]]


def sheet_groups(claims: pd.DataFrame, card: pd.DataFrame) -> list[SheetGroup]:
    """The sheet's claims in groups, each with the facts that can decide them.

    Parameters
    ----------
    claims : pandas.DataFrame
        Table of ``load_claims("hiv")``.
    card : pandas.DataFrame
        ``source_card(claims, …)``.

    Returns
    -------
    list of SheetGroup
        In the order of the facts; claims of no group come last, under “Other claims”.
    """
    need_columns(card, ["fact", "says", "source", "claim_ids"], "card")
    sheet = worksheet(claims)
    topics = {name: set(ids.split()) for name, ids in TOPICS.items()}
    topics["Other claims"] = set(sheet["claim_id"]) - set().union(*topics.values())
    used = [(name, ids) for name, ids in topics.items() if sheet["claim_id"].isin(ids).any()]
    return [
        SheetGroup(
            chr(ord("A") + place), name,
            card[[bool(ids & set(decided)) for decided in card["claim_ids"]]],
            sheet[sheet["claim_id"].isin(ids)],
        )
        for place, (name, ids) in enumerate(used)
    ]  # fmt: skip
