"""Forest of the trials: rates in one panel, shares in the other, each with its exact interval."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from explainer.charts import lanes, style
from explainer.charts.axes import percent_word
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import source_ids
from explainer.science.trials import trial_rates, trial_shares
from explainer.wording import between, counted, is_known, number, percent

CAPTION = (
    "Marks are what was seen, lines the 95% intervals, exact where the count is printed; a hollow "
    "mark is the group compared with. "
    "Upper panel, prevention: further left is better, and a zero still has a line; years are those "
    "printed, or count divided by rate. "
    "Lower panel, other questions: in HPTN 052 half would mean no effect; off treatment, "
    "further right is better, and under the last head the virus had come back first. "
    "Where nobody printed the number treated there is no share and no line."
)
# Arms in few words: on the page under their trial's name, on a slide with it.
ARMS = {
    "lenacapavir, twice-yearly injection": "lenacapavir, two a year",
    "F/TDF, daily oral": "F/TDF, daily pill",
    "F/TAF, daily oral": "F/TAF, daily pill",
    "background incidence, screened population": "background, no study drug",
    "suppressive ART": "partner on treatment",
    "early ART": "HPTN 052",
    "two long-acting bNAbs, ART stopped": "RIO, two antibodies",
    "placebo, ART stopped": "RIO, placebo",
}
STUDIES = {
    "VRC01-based CAR-T (CD8)": "antibody-armed CAR-T",
    "duoCAR (NCT04648046)": "duoCAR-T",
    "SB-728-T": "SB-728-T, edited cells",
    "EBT-101": "EBT-101, gene cutting",
    "AGT103-T": "AGT103-T, own T cells",
}
HEADS = {
    "from_treated_arm": "Prevention: linked infections from the early arm",
    "without_rebound": "Remission: no rebound, of people off treatment",
    "undetectable_again": "Remission: undetectable again after a rebound",
}
ON_SLIDE = {
    "lenacapavir, twice-yearly injection", "background incidence, screened population",
    "suppressive ART", "two long-acting bNAbs, ART stopped", "placebo, ART stopped",
    "CRISPR cutting the provirus", "anti-HIV duoCAR-T cells, one infusion",
}  # fmt: skip
FEWEST = 2  # people off treatment: one alone makes no share
GAP = 0.85  # lanes that a heading takes
EVEN = 0.5  # where the linked infections would lie if treatment did nothing


def rate_rows(trials: pd.DataFrame) -> pd.DataFrame:
    """Lanes of the upper panel: a trial's arms together, the surest first."""
    rows = trial_rates(trials)
    first = rows.groupby("trial")["high"].transform("min")
    rows = rows.assign(first=first).sort_values(["first", "trial", "rate"], kind="stable")
    rows["name"] = [ARMS.get(arm, arm) for arm in rows["arm"]]
    if style.is_talk():  # no room for headings
        rows["name"] = rows["trial"] + ": " + rows["name"].str.split(",").str[0]
    rows["head"], rows["value"], rows["meaning"] = rows["trial"], rows["rate"], "new_infections"
    rows["count"] = [_time_words(row) for _, row in rows.iterrows()]
    ends = zip(rows["rate"], rows["low"], rows["high"], strict=True)
    rows["words"] = [
        f"{number(rate, 2)} ({between(low, high, 'number', digits=2)})" for rate, low, high in ends
    ]
    return rows


def _time_words(row: pd.Series) -> str:
    """``0 in 1,939``, under a head that says of what."""
    if not is_known(row["n_events"]):
        return "not printed"
    return f"{row['n_events']} in {number(row['person_years'], 0)}"


def share_rows(trials: pd.DataFrame, approaches: pd.DataFrame) -> pd.DataFrame:
    """Lanes of the lower panel: the two questions apart, an unknown denominator last."""
    rows = trial_shares(trials, approaches)
    rows = rows[rows["n"].isna() | (rows["n"] >= FEWEST)]
    rows = rows.assign(place=rows["measure"].map({name: i for i, name in enumerate(HEADS)}))
    rows = rows.sort_values(["place", "share"], ascending=[True, False], kind="stable")
    names = zip(rows["study"], rows["arm"], strict=True)
    rows["name"] = [ARMS.get(arm, STUDIES.get(study, study)) for study, arm in names]
    rows["head"], rows["value"] = rows["measure"].map(HEADS), rows["share"]
    is_prevention = rows["measure"] == "from_treated_arm"
    rows["meaning"] = is_prevention.map({True: "new_infections", False: "remission"})
    rows["count"] = [
        f"{k} of {n if is_known(n) else '?'}" for k, n in zip(rows["k"], rows["n"], strict=True)
    ]
    rows["words"] = [_share_words(row) for _, row in rows.iterrows()]
    return rows


def _share_words(row: pd.Series) -> str:
    """The share with its interval, or that there is none."""
    if not is_known(row["share"]):
        who = counted(int(row["k"]), "person")
        return f"{who} of an unknown number: no share"
    return f"{percent(row['share'], 0)} ({between(row['low'], row['high'], 'share', digits=0)})"


def draw(axes: Axes, rows: pd.DataFrame, right: float, counted_in: str) -> None:
    """A lane an arm: interval, mark, count on the left, words on the right."""
    heads = rows["head"].ne(rows["head"].shift()).cumsum()
    talk = style.is_talk()
    places = [row + (0 if talk else GAP * head) for row, head in enumerate(heads)]
    for y, is_first, (_, row) in zip(places, ~heads.duplicated(), rows.iterrows(), strict=True):
        if is_first and not talk:
            ink = style.colour("neutral").ink
            named = axes.text(0, y - 0.5, row["head"], va="bottom", fontweight="bold", color=ink)
            named.set_in_layout(False)
        _lane(axes, y, row, right)
    axes.tick_params(axis="y", pad=style.size(5 if "rate" in rows and talk else 62))
    axes.set_ylim(places[-1] + 0.6, places[0] - (0.6 if talk else 0.6 + GAP))
    axes.set_xlim(0, right)
    axes.margins(0)
    lanes.name_lanes(axes, places, list(rows["name"]))
    if not talk:
        lanes.beside(axes, places[0] - 0.5, counted_in, va="bottom")


def _lane(axes: Axes, y: float, row: pd.Series, right: float) -> None:
    """One arm."""
    mark, value = style.colour(row["meaning"]).mark, row["value"]
    if not _hides_count(row):
        lanes.beside(axes, y, row["count"], va="center")
    if not is_known(value):
        lanes.end_label(axes, y, 0, row["words"], row["meaning"], gap=3)
        return
    axes.hlines(y, row["low"], row["high"], color=mark, linewidth=style.size(1.8), zorder=3)
    face = "white" if row["is_comparison"] else mark
    axes.plot(
        value, y, "D" if row["is_comparison"] else "o", color=mark, markerfacecolor=face,
        markersize=style.size(5.5), clip_on=False, zorder=5,
    )  # fmt: skip
    lanes.end_label(axes, y, right, row["words"], row["meaning"], gap=4)
    if row.get("measure") == "from_treated_arm":
        axes.plot(EVEN, y, "|", color=style.colour("neutral").mark, markersize=style.size(10))
        lanes.end_label(axes, y, EVEN, "half: no effect", "neutral", gap=4)


def _hides_count(row: pd.Series) -> bool:
    """Whether a slide has no room for the count: person-years are long."""
    return style.is_talk() and "rate" in row


def table_of(rates: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """The numbers drawn, rates first; percent and rates in columns of their own."""
    upper = pd.DataFrame(
        {
            "Study": rates["trial"],
            "Group": rates["arm"],
            "Counted": "HIV infections",
            "Events": rates["n_events"],
            "Person-years": rates["person_years"].round(0).where(rates["n_events"].notna()),
            "Per 100 person-years": rates["rate"].round(2),
            "Per 100: low": rates["low"].round(3),
            "Per 100: high": rates["high"].round(3),
            "Interval": rates["basis"],
        }
    )
    lower = pd.DataFrame(
        {
            "Study": shares["study"],
            "Group": shares["arm"],
            "Counted": shares["head"],
            "Events": shares["k"],
            "People or events in all": shares["n"],
            "Share (%)": (shares["share"] * 100).round(1),
            "Share: low (%)": (shares["low"] * 100).round(1),
            "Share: high (%)": (shares["high"] * 100).round(1),
            "Interval": ["exact" if is_known(share) else "none: the number of people is not known"
                         for share in shares["share"]],
        }
    )  # fmt: skip
    return pd.concat([upper, lower], ignore_index=True)


def words_of(rates: pd.DataFrame, shares: pd.DataFrame) -> dict[str, str]:
    """Finding and alt text: the best rate, and the best share against its comparison."""
    best, best_share = rates.iloc[0], shares[shares["measure"] == "without_rebound"].iloc[0]
    drug = ARMS.get(best["arm"], best["arm"]).split(",")[0]
    beside = shares[(shares["study"] == best_share["study"]) & shares["is_comparison"]]
    others = "".join(f", with placebo {row['count']}" for _, row in beside.iterrows())
    high = number(best["high"], 2)
    zero = f"{counted(int(best['n_events']), 'infection')} in {number(best['person_years'], 0)}"
    zero += " person-years"
    return {
        "finding": (
            f"Prevention: {zero} with {drug}; up to {high} per 100 still fits. "
            f"Remission: with antibodies {best_share['count']} had no rebound by week 20{others}"
        ),
        "alt": (
            f"Forest plot of {len(rates)} infection rates and {len(shares)} shares with 95% "
            f"intervals. {best['trial']}, {drug}: {zero}, up to "
            f"{high} per 100; {best_share['study']}: {best_share['count']} without rebound{others}."
        ),
    }


@picture
def trial_forest(trials: pd.DataFrame, approaches: pd.DataFrame) -> Chart:
    """What trials found, with how sure they can be: infection rates, and shares without rebound.

    Parameters
    ----------
    trials : DataFrame
        ``load_trials()``.
    approaches : DataFrame
        ``load_curative_approaches()``, for studies that stand only there.
    """
    rates, shares = rate_rows(trials), share_rows(trials, approaches)
    upper, lower = (_on_slide(rates), _on_slide(shares)) if style.is_talk() else (rates, shares)
    figure, axes = style.canvas(
        2, 1, height=0.3 * (len(rates) + len(shares)) + 3.4,
        height_ratios=[len(upper) + 0.6 * upper["head"].nunique() * (not style.is_talk()),
                       len(lower) + 0.6 * lower["head"].nunique() * (not style.is_talk())],
    )  # fmt: skip
    draw(axes[0, 0], upper, float(upper["high"].max()) * 1.03, "infections in\nperson-years")
    axes[0, 0].set_xlabel("HIV infections per 100 person-years")
    draw(axes[1, 0], lower, 1.0, "of all")
    axes[1, 0].xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent_word(value)))
    axes[1, 0].set_xlabel(share_label(lower))
    return compose(
        figure,
        **words_of(rates, shares),
        caption=CAPTION,
        sources=[*source_ids(rates), *source_ids(shares)],
        short_source="published trials, listed with the picture; exact intervals computed",
        table=table_of(rates, shares),
    )


def share_label(rows: pd.DataFrame) -> str:
    """What the lower axis counts: a slide has no heads, so there the axis says it."""
    is_one_kind = set(rows["measure"]) == {"without_rebound"}
    off = "people without rebound, of all off treatment"
    return off if is_one_kind else "share, of what each bold heading names"


def _on_slide(rows: pd.DataFrame) -> pd.DataFrame:
    """The arms a slide has room for; shares of one kind alone, as it has none for heads."""
    kept = rows[rows["arm"].isin(ON_SLIDE)]
    return rows if kept.empty else kept
