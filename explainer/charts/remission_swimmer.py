"""Swimmer plot: how long each person has been followed off treatment without rebound."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import lanes, style
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import capital, source_ids
from explainer.science.person_time import PEER_REVIEWED, summarise_person_time
from explainer.science.remission import event_months, remission_lanes
from explainer.wording import date_words, months, number, spelled

CAPTION = (
    "One bar is one person, from the month HIV treatment stopped (0) to the last report. "
    "Solid months stand in a peer-reviewed case report, hatched ones elsewhere; an arrow means "
    "that follow-up goes on. "
    "A diamond on a lane without solid months is a paper whose months are not stated in what we "
    "read. "
    "People are on this list because the virus did not come back, so it shows no success rate: "
    "the failures stand in the next picture."
)


def cause_of_death(events: pd.DataFrame) -> dict[str, str]:
    """What each person who died in remission died of, by case."""
    deaths = events[events["event"] == "death"]
    causes = [str(note).split(",")[0] for note in deaths["note"]]
    return dict(zip(deaths["case_id"], causes, strict=True))


def drawn_lanes(cases: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Lanes in drawing order, with the words that end each lane."""
    frame = remission_lanes(cases).merge(
        cases[["case_id", "art_stop_date", "last_report_date", "outcome_note", "source_id"]],
        on="case_id",
    )
    frame = frame.sort_values("is_later_case", kind="stable", ignore_index=True)
    causes = cause_of_death(events)
    frame["cause"] = [causes.get(case, "another cause") for case in frame["case_id"]]
    frame["copies"] = lanes.copies_of(frame)
    frame["y"] = lanes.lane_places(frame["is_later_case"])
    seen = event_months(cases, events)
    follow_up = seen[seen["event"] == "last_follow_up"].groupby("case_id")
    frame["dated_months"] = frame["case_id"].map(follow_up["months_since_art_stop"].max())
    frame["paper_months"] = frame["case_id"].map(first_papers(seen))
    return frame


def first_papers(seen: pd.DataFrame) -> pd.Series:
    """Months to the first paper in a journal after treatment was stopped, by case."""
    is_paper = (seen["event"] == "publication") & (seen["months_since_art_stop"] > 0)
    papers = seen[is_paper & (seen["verified"] != "no")]
    return papers.groupby("case_id")["months_since_art_stop"].min()


def documented_words(lane: pd.Series) -> float | str:
    """Months in the case report; a blank is no zero, so it is said what it stands for."""
    if pd.notna(lane["peer_reviewed_months"]):
        return float(lane["peer_reviewed_months"])
    return "no paper found" if pd.isna(lane["paper_months"]) else "not stated in what we read"


def status_words(lane: pd.Series) -> str:
    """What the last report says, in plain words."""
    if lane["has_died"]:
        return f"died of {lane['cause']}, no rebound"
    return str(lane["outcome_note"]) if pd.notna(lane["outcome_note"]) else "ongoing remission"


def end_words(lane: pd.Series) -> str:
    """Months, and what makes the end of this lane different from the others."""
    figure = number(lane["last_report_months"]) + (" or more" if lane["is_lower_bound"] else "")
    if lane["has_died"]:
        link = "\n" if style.is_talk() else " "
        return f"{figure}, then died of\n{lane['cause']}, no{link}rebound"
    note = lane["outcome_note"]
    return f"{figure}, {str(note).removeprefix('ongoing remission ')}" if pd.notna(note) else figure


def draw_lane(axes: Axes, lane: pd.Series) -> None:
    """One person: documented, reported, and how the lane ends."""
    meaning = "neutral" if lane["is_later_case"] else "remission"
    last = lane["last_report_months"]
    documented = 0.0 if pd.isna(lane["peer_reviewed_months"]) else lane["peer_reviewed_months"]
    lanes.bar(axes, lane["y"], 0, documented, meaning)
    lanes.bar(axes, lane["y"], documented, last, meaning, hatched=True)
    end = last
    if lane["has_died"]:
        ink = style.colour("strong").mark
        axes.plot(last, lane["y"], lanes.DEATH_MARK, color=ink, zorder=4, clip_on=False)
    else:
        dated = lane["dated_months"] if lane["is_lower_bound"] else None
        end = last if dated is None or pd.isna(dated) else max(last, dated)
        lanes.open_end(axes, lane["y"], last, meaning, at_least=end if end > last else None)
    gap = 8 if lane["has_died"] else 18
    lanes.end_label(axes, lane["y"], end, end_words(lane), meaning, gap=gap)


def draw_publications(axes: Axes, frame: pd.DataFrame) -> None:
    """Hollow diamonds where a journal first published a report of the person."""
    papers = frame.dropna(subset=["paper_months"])
    axes.plot(
        papers["paper_months"], papers["y"], lanes.PUBLICATION_MARK, zorder=5,
        markerfacecolor="white", markeredgecolor=style.colour("strong").mark,
        markersize=style.size(4.6), linestyle="none",
    )  # fmt: skip


def explain(axes: Axes, frame: pd.DataFrame) -> None:
    """Key in words and the axis of months."""
    talk = style.is_talk()
    entries = {
        "in a peer-reviewed case report": lanes.stretch_sample("remission"),
        "to the last report" if talk else "from there to the last report of any kind":
            lanes.stretch_sample("remission", hatched=True),
        "at least this long": lanes.line_sample("remission", (0, (2, 1.2))),
        "follow-up goes on": lanes.arrow_sample("remission"),
        "first paper in a journal": lanes.mark_sample(lanes.PUBLICATION_MARK, hollow=True),
    }  # fmt: skip
    if talk:  # the lane itself says "or more"
        del entries["at least this long"]
    lanes.key(axes, entries, loc="center right", bbox_to_anchor=(1.0, 0.44))
    lanes.set_apart(axes, 0, frame)
    last = frame["last_report_months"].max()
    axes.set_xlim(0, last * (1.54 if talk else 1.48))
    axes.set_xticks(range(0, int(last) + 1, 24))
    axes.set_ylim(frame["y"].max() + 0.6, frame["y"].min() - 0.6)
    axes.set_xlabel("months since HIV treatment was stopped")


def table_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The numbers drawn, one row a person."""
    return pd.DataFrame(
        {
            "Person": frame["short_name"],
            "Donor's Δ32 copies": frame["copies"],
            "Treatment stopped": [date_words(date) for date in frame["art_stop_date"]],
            "Last report": [date_words(date) for date in frame["last_report_date"]],
            "Time off treatment, last report (months)": frame["last_report_months"],
            "Of it in a peer-reviewed case report (months)": [
                documented_words(lane) for _, lane in frame.iterrows()
            ],
            "Is a minimum": frame["is_lower_bound"],
            "At the last report": [status_words(lane) for _, lane in frame.iterrows()],
            "Counted": ~frame["is_later_case"],
        }
    )


def words_of(cases: pd.DataFrame, frame: pd.DataFrame) -> dict[str, str]:
    """Finding and alt text."""
    counted = frame[~frame["is_later_case"]] if not frame["is_later_case"].all() else frame
    people = cases[cases["case_id"].isin(counted["case_id"])]
    total, paper = summarise_person_time(people), summarise_person_time(people, PEER_REVIEWED)
    n, first, last = len(counted), counted.iloc[0], counted.iloc[-1]
    noun = "person" if n == 1 else "people"
    later = len(frame) - n
    alt = (
        f"Swimmer plot, {n} {noun} in remission by months off HIV treatment. From "
        f"{months(last['last_report_months'], split=False)} ({last['short_name']}) to "
        f"{months(first['last_report_months'], split=False)} ({first['short_name']})"
    )
    return {
        "finding": capital(
            f"{spelled(n)} {noun} in remission: {number(total.months)} months off treatment "
            f"reported, {number(paper.months)} of them in peer-reviewed case reports"
        ),
        "alt": alt + (f"; {spelled(later)} later in grey." if later else "."),
    }


@picture
def remission_swimmer(cases: pd.DataFrame, events: pd.DataFrame) -> Chart:
    """How long each person in remission has been followed off treatment, longest first.

    Parameters
    ----------
    cases : DataFrame
        ``load_remission_cases()``; with ``include_later=True`` the later people come in grey.
    events : DataFrame
        ``load_remission_events()``.
    """
    frame = drawn_lanes(cases, events)
    figure, axes = style.canvas(height=0.36 * len(frame) + 1.9)
    canvas = axes[0, 0]
    for _, lane in frame.iterrows():
        draw_lane(canvas, lane)
    draw_publications(canvas, frame)
    explain(canvas, frame)
    lanes.name_lanes(canvas, list(frame["y"]), list(frame["short_name"]), weight="bold")
    lanes.donor_column(canvas, list(frame["y"]), list(frame["copies"]))
    return compose(
        figure,
        **words_of(cases, frame),
        caption=CAPTION,
        sources=source_ids(frame),
        short_source="case reports, conferences and hospitals; all are listed with the picture",
        table=table_of(frame),
    )
