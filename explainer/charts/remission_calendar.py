"""Remission by calendar: transplant, treatment until it was stopped, and what followed."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from explainer.charts import lanes, style
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import capital, source_ids
from explainer.science.remission import event_months, remission_lanes
from explainer.wording import date_words, join, spelled

CAPTION = (
    "One lane is one person: thin (green) while on HIV treatment, thick (blue) after it was "
    "stopped. Solid stands in a peer-reviewed case report, hatched elsewhere, and an arrow means "
    "that follow-up goes on. "
    "A pale band marks a date of which only the year is known; where nothing thin stands before "
    "the transplant, we found no date for the start of treatment."
)
TRANSPLANT_MARK = "^"
MARGIN_YEARS = 1.0  # before the first transplant


def calendar_lanes(cases: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Lanes by the date treatment stopped, later people last, with the start of treatment."""
    dates = ["transplant_date", "art_stop_date", "last_report_date"]
    wanted = [name for date in dates for name in (date, f"{date}_precision")]
    frame = remission_lanes(cases).merge(cases[["case_id", *wanted, "source_id"]], on="case_id")
    order = ["is_later_case", "art_stop_year"]
    frame = frame.sort_values(order, kind="stable", ignore_index=True)
    starts = event_months(cases, events).query("event == 'art_start' and verified != 'no'")
    frame["art_start"] = frame["case_id"].map(starts.groupby("case_id")["date"].first())
    frame["art_start_year"] = frame["case_id"].map(
        starts.groupby("case_id")["decimal_year"].first()
    )
    # A minimum ("more than six years") ends before the report that says it.
    minimum = frame["art_stop_year"] + frame["last_report_months"] / 12
    frame["shown_year"] = frame["last_report_year"].mask(frame["is_lower_bound"], minimum)
    frame["copies"] = lanes.copies_of(frame)
    frame["y"] = lanes.lane_places(frame["is_later_case"])
    return frame


def soften(axes: Axes, y: float, year: float, precision: object) -> None:
    """A pale band over the year in which something happened on an unknown day."""
    if precision == "year" and not math.isnan(year):
        axes.barh(
            y, 1, left=math.floor(year), height=0.86, linewidth=0, zorder=1,
            color=style.colour("strong").mark, alpha=0.16,
        )  # fmt: skip


def draw_treatment(axes: Axes, lane: pd.Series, left: float) -> None:
    """Green until treatment stopped; where the axis starts too late, the year it is known from."""
    start = lane["art_start_year"]
    if math.isnan(start):
        start = lane["transplant_year"]
    lanes.bar(axes, lane["y"], max(start, left), lane["art_stop_year"], "art", height=lanes.THIN)
    if start < left and not style.is_talk():
        words = f"by {lane['art_start'][:4]}"
        style.label(
            axes, left, lane["y"], words, "art", xytext=(style.size(2), style.size(3)),
            textcoords="offset points", va="bottom", fontsize=style.size(8.5), fontweight="normal",
        )  # fmt: skip


def draw_lane(axes: Axes, lane: pd.Series, left: float) -> None:
    """One person: treatment, transplant, stop, and the time that is known since."""
    meaning = "neutral" if lane["is_later_case"] else "remission"
    y, stop, shown = (lane[name] for name in ("y", "art_stop_year", "shown_year"))
    paper = stop if math.isnan(lane["peer_reviewed_year"]) else lane["peer_reviewed_year"]
    draw_treatment(axes, lane, left)
    lanes.bar(axes, y, stop, min(paper, shown), meaning)
    lanes.bar(axes, y, max(stop, min(paper, shown)), shown, meaning, hatched=True)
    ink = style.colour("strong").mark
    axes.plot(
        lane["transplant_year"], y, TRANSPLANT_MARK, color=ink, markersize=style.size(6), zorder=5
    )
    if lane["has_died"]:
        axes.plot(shown, y, lanes.DEATH_MARK, color=ink, zorder=5)
    else:
        until = lane["last_report_year"] if lane["is_lower_bound"] else None
        lanes.open_end(axes, y, shown, meaning, at_least=until)
    for date in ("transplant", "art_stop", "last_report"):
        soften(axes, y, lane[f"{date}_year"], lane[f"{date}_date_precision"])


def add_second_transplants(axes: Axes, frame: pd.DataFrame, seen: pd.DataFrame) -> None:
    """A second transplant is a second triangle."""
    second = seen[(seen["event"] == "second_transplant") & (seen["verified"] != "no")]
    for _, row in second.merge(frame[["case_id", "y"]], on="case_id").iterrows():
        axes.plot(
            row["decimal_year"], row["y"], TRANSPLANT_MARK, zorder=5, markerfacecolor="white",
            markeredgecolor=style.colour("strong").mark, markersize=style.size(6),
        )  # fmt: skip
        soften(axes, row["y"], row["decimal_year"], row["date_precision"])


def spare_rows(frame: pd.DataFrame) -> float:
    """Empty rows that the key needs where no later people leave it a corner."""
    return 0.0 if frame["is_later_case"].any() and not frame["is_later_case"].all() else 3.0


def explain(axes: Axes, frame: pd.DataFrame, left: float) -> None:
    """Key in words and the axis of years; a slide has room for the stretches only above."""
    talk = style.is_talk()
    stretches: dict[str, Artist] = {
        "on HIV treatment": lanes.stretch_sample("art", height=lanes.THIN),
        "off, peer-reviewed" if talk else "off it, in a case report":
            lanes.stretch_sample("remission"),
        "off, last report" if talk else "off it, to the last report":
            lanes.stretch_sample("remission", hatched=True),
    }  # fmt: skip
    marks: dict[str, Artist] = {
        "transplant (hollow: a second one)": lanes.mark_sample(TRANSPLANT_MARK),
        "died, no rebound": lanes.mark_sample(lanes.DEATH_MARK),
    }
    lower = lanes.key(
        axes, marks if talk else stretches | marks, loc="lower left", bbox_to_anchor=(0, 0)
    )
    if talk:
        axes.add_artist(lower)
        lanes.key(axes, stretches, loc="lower right", bbox_to_anchor=(1, 1), ncols=3)
    lanes.set_apart(axes, frame["transplant_year"].max() - 0.4, frame)
    last = math.ceil(frame["last_report_year"].max())
    axes.set_xlim(left, last + 0.9)
    step = 5 if talk else 2
    axes.set_xticks([year for year in range(math.ceil(left), last + 1) if year % step == 0])
    axes.set_ylim(frame["y"].max() + 0.6 + spare_rows(frame), frame["y"].min() - 0.6)
    axes.set_xlabel("year")


def table_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The dates drawn, one row a person, as precise as they are known."""

    def worded(date: object) -> str:
        return date_words(date) if isinstance(date, str) else "not found"

    columns = {
        "HIV treatment began": "art_start",
        "Transplant": "transplant_date",
        "HIV treatment stopped": "art_stop_date",
        "Last report": "last_report_date",
    }
    table = pd.DataFrame({"Person": frame["short_name"], "Donor's Δ32 copies": frame["copies"]})
    for title, column in columns.items():
        table[title] = [worded(date) for date in frame[column]]
    gap = frame["transplant_months"].abs()
    table["Transplant to stop of treatment (months)"] = gap
    table["Died"] = frame["has_died"]
    return table


def words_of(frame: pd.DataFrame) -> dict[str, str]:
    """Finding and alt text."""
    dated = frame[frame["transplant_months"].notna()]
    counted = dated[~dated["is_later_case"]] if not dated["is_later_case"].all() else dated
    gaps = counted["transplant_months"].abs()
    at_once = list(counted.loc[gaps == 0, "short_name"])
    went_on = gaps[gaps > 0]
    low, high = int(went_on.min()), int(went_on.max())
    others = f"{spelled(len(went_on))} {'other ' if at_once else ''}people"
    began = f"{join(at_once)} stopped HIV treatment with the transplant; " if at_once else ""
    first, last = frame["art_stop_year"].min(), frame["last_report_year"].max()
    return {
        "finding": capital(f"{began}{others} went on for {low} to {high} months after it"),
        "alt": (
            f"Calendar of {len(frame)} people: transplant, end of HIV treatment and last report, "
            f"{int(first)} to {int(last)}. Between transplant and end of treatment lie "
            f"{int(gaps.min())} to {high} months."
        ),
    }


@picture
def remission_calendar(cases: pd.DataFrame, events: pd.DataFrame) -> Chart:
    """When each person had the transplant, stopped treatment and was last reported.

    Parameters
    ----------
    cases : DataFrame
        ``load_remission_cases()``; with ``include_later=True`` the later people come in grey.
    events : DataFrame
        ``load_remission_events()``.
    """
    frame = calendar_lanes(cases, events)
    figure, axes = style.canvas(height=0.36 * (len(frame) + spare_rows(frame)) + 1.9)
    canvas = axes[0, 0]
    left = math.floor(frame["transplant_year"].min()) - MARGIN_YEARS
    for _, lane in frame.iterrows():
        draw_lane(canvas, lane, left)
    add_second_transplants(canvas, frame, event_months(cases, events))
    explain(canvas, frame, left)
    lanes.name_lanes(canvas, list(frame["y"]), list(frame["short_name"]), weight="bold")
    if not style.is_talk():
        lanes.donor_column(canvas, list(frame["y"]), list(frame["copies"]))
    return compose(
        figure,
        **words_of(frame),
        caption=CAPTION,
        sources=source_ids(frame),
        short_source="case reports, conferences and hospitals; all are listed with the picture",
        table=table_of(frame),
    )
