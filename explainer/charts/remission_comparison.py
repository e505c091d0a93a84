"""The rows the remission timeline leaves out: rebounds, early deaths, treatment never stopped."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import lanes, style
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import capital, source_ids
from explainer.science.remission import remission_lanes
from explainer.wording import counted, is_known, join, months, number, spelled

CAPTION = (
    "A cross marks the day the virus came back after treatment was stopped, two dots stand where "
    "no day was published, and grey bars are the remissions on the same scale. "
    "People listed as text were never tested by stopping treatment, or died too early to tell. "
    "These are the cases that were published, not a sample, so shares must not be read from them."
)
WEEKS_PER_MONTH = 365.25 / 12 / 7
WITHIN_WEEKS = 1.8  # months between two dots, which stand where the week was not published
REBOUND_MARK = "X"
GAP = 0.8  # lanes between two groups
GROUPS = {
    "rebound_after_transplant": "virus came back after a transplant",
    "no_transplant_rebound": "virus came back, no transplant",
    "remission": "no rebound at the last report",
    "kept_on_treatment": "stayed on treatment",
    "died_early": "died early",
    "cohort": "people given a transplant",
}


def plain_name(name: object) -> str:
    """A case name without what stands in brackets, and without "patient"."""
    return str(name).split(" (")[0].replace(" patient", "").replace(" participant", "")


def rebound_rows(comparisons: pd.DataFrame) -> pd.DataFrame:
    """Interruptions that ended in rebound, after a transplant first, shortest last."""
    rows = comparisons[comparisons["group"].isin(list(GROUPS)[:2])].copy()
    rows["months"] = rows["time_to_rebound_months"].astype(float)
    rows["at_least_months"] = rows["time_off_art_weeks"].astype(float) / WEEKS_PER_MONTH
    rows["copies"] = [
        "–" if group == "no_transplant_rebound" else lanes.copies_words(donor)
        for group, donor in zip(rows["group"], rows["donor_ccr5"], strict=True)
    ]
    rows["label"] = [plain_name(name) for name in rows["name"]]
    length = rows["months"].fillna(rows["at_least_months"]).fillna(0)
    rows["order"] = rows["group"].map({group: place for place, group in enumerate(GROUPS)})
    rows = rows.assign(length=length).sort_values(
        ["order", "length"], ascending=[True, False], kind="stable", ignore_index=True
    )
    if style.is_talk():  # short names, and one example without a transplant, the longest
        rows["label"] = rows["label"].str.split(",").str[0]
        first = rows[rows["order"] > 0].head(1)
        rows = pd.concat([rows[rows["order"] == 0], first], ignore_index=True)
    return rows


def rebound_words(row: pd.Series) -> str:
    """When the virus came back, as precisely as it was published."""
    if is_known(row["time_to_rebound_weeks"]):
        weeks, time = row["time_to_rebound_weeks"], row["months"]
        when = months(time, split=False) if time >= 12 else counted(round(weeks), "week")
        is_told = style.is_talk() and row["group"] == "no_transplant_rebound"
        return f"{when}, no transplant" if is_told else when
    if is_known(row["time_off_art_weeks"]):
        return f"later than week {number(row['time_off_art_weeks'])}"
    return "within weeks" if style.is_talk() else "within weeks (week not published)"


def draw_rebound(axes: Axes, y: float, row: pd.Series) -> None:
    """One interruption: a line that ends in a cross, or in dots where the time is not known."""
    ink = style.colour("strong").mark
    line: dict[str, Any] = {"color": ink, "linewidth": style.size(2.2), "zorder": 3}
    end = row["months"]
    if is_known(end):
        axes.plot([0, end], [y, y], **line)
        axes.plot(end, y, REBOUND_MARK, color=ink, markersize=style.size(7), zorder=5,
                  clip_on=False)  # fmt: skip
    else:
        start = row["at_least_months"] if is_known(row["at_least_months"]) else -WITHIN_WEEKS
        axes.plot([0, max(0, start)], [y, y], **line)
        end = start + 2 * WITHIN_WEEKS
        axes.plot([start + WITHIN_WEEKS, end], [y, y], ".", color=ink, markersize=style.size(2.9))
    lanes.end_label(axes, y, end, rebound_words(row), "strong", gap=8)


def draw_remissions(axes: Axes, frame: pd.DataFrame, places: list[float]) -> None:
    """Remissions in muted grey, one lane a person."""
    for y, (_, lane) in zip(places, frame.iterrows(), strict=True):
        last, died = lane["last_report_months"], lane["has_died"]
        lanes.bar(axes, y, 0, last, "faint", height=lanes.THIN)
        if died:
            axes.plot(last, y, lanes.DEATH_MARK, color=style.colour("faint").mark, zorder=4)
        else:
            lanes.open_end(axes, y, last, "faint")
        words = number(last) + (" or more" if lane["is_lower_bound"] else "")
        words += " months, died" if died else ""
        lanes.end_label(axes, y, last, words, "faint", gap=8 if died else 18)


def draw_remissions_together(axes: Axes, frame: pd.DataFrame, y: float) -> None:
    """All remissions in one lane, a tick each: a slide has no room for more."""
    last = frame["last_report_months"]
    lanes.bar(axes, y, 0, last.max(), "faint", height=lanes.THIN)
    ink = style.colour("strong").mark
    axes.plot(last, [y] * len(frame), "|", color=ink, markersize=style.size(11), zorder=4)
    words = f"{number(last.min())} to {number(last.max())}"
    lanes.end_label(axes, y, last.max(), words, "faint", gap=8)


def untested_words(comparisons: pd.DataFrame) -> list[str]:
    """Who cannot be drawn on a scale of time off treatment, and why: a sentence each."""
    of = {group: comparisons[comparisons["group"] == group] for group in GROUPS}
    kept, talk = of["kept_on_treatment"], style.is_talk()
    names = join(plain_name(name).replace(",", "") for name in kept["name"])
    people = counted(int(kept["n"].sum()), "person") if talk else names
    said = [f"Never tested by stopping treatment: {people}"] if len(kept) else []
    for group in ("died_early", "cohort"):
        said += [
            f"{plain_name(name)}: {str(outcome).split(';')[0]}"
            for name, outcome in zip(of[group]["name"], of[group]["outcome"], strict=True)
            if not talk or (group == "cohort" and "died" in str(outcome))
        ]
    return said


def write_untested(axes: Axes, comparisons: pd.DataFrame) -> None:
    """The people who are not on the scale, as text beside the short lanes."""
    talk = style.is_talk()
    said = [
        textwrap.fill(words, 36 if talk else 50, initial_indent="– ", subsequent_indent="   ")
        for words in untested_words(comparisons)
    ]
    axes.text(
        1.0, 1.0 if talk else 0.985, "\n".join(said), va="top", ha="right",
        transform=axes.transAxes, multialignment="left", linespacing=1.3,
        fontsize=style.size(9), color=style.colour("neutral").ink,
    )  # fmt: skip


def lay_out(axes: Axes, rows: pd.DataFrame, frame: pd.DataFrame) -> None:
    """Draw every lane, group under group, and name it."""
    places = [row + GAP * group for row, group in enumerate(rows["order"].rank(method="dense") - 1)]
    for y, (_, row) in zip(places, rows.iterrows(), strict=True):
        draw_rebound(axes, y, row)
    top = places[-1] + 1 + GAP if places else 0.0
    names, copies = [name.replace(", ", ",\n") for name in rows["label"]], list(rows["copies"])
    if style.is_talk():
        draw_remissions_together(axes, frame, top)
        below, names, copies = [top], [*names, f"{len(frame)} remissions"], [*copies, ""]
    else:
        below = [top + row for row in range(len(frame))]
        draw_remissions(axes, frame, below)
        names += list(frame["short_name"])
        copies += lanes.copies_of(frame)
        starts = dict(zip(reversed([*rows["group"], "remission"]), reversed([*places, top]),
                          strict=True))  # fmt: skip
        for group, y in starts.items():
            axes.text(0, y - 0.5, GROUPS[group], va="bottom", color=style.colour("neutral").ink)
    axes.set_ylim(below[-1] + 0.6, -0.6)
    lanes.name_lanes(axes, [*places, *below], names, weight="bold")
    lanes.donor_column(axes, [*places, *below], copies)


def table_of(rows: pd.DataFrame, frame: pd.DataFrame, comparisons: pd.DataFrame) -> pd.DataFrame:
    """The numbers drawn or written, one row a person or group."""
    others = comparisons[comparisons["group"].isin(list(GROUPS)[3:])]
    parts = [
        pd.DataFrame(
            {
                "Person or group": part["name"],
                "What happened": part["outcome"],
                "Group": part["group"].map(GROUPS),
                "People": part["n"],
                "Donor's Δ32 copies": [lanes.copies_words(donor) for donor in part["donor_ccr5"]],
                "Weeks to rebound": part["time_to_rebound_weeks"],
                "Months to rebound": part["time_to_rebound_months"],
            }
        )
        for part in (rows, others)
    ]
    remissions = pd.DataFrame(
        {
            "Person or group": frame["short_name"],
            "What happened": ["died without rebound" if died else "no rebound reported"
                              for died in frame["has_died"]],
            "Group": GROUPS["remission"],
            "People": 1,
            "Donor's Δ32 copies": lanes.copies_of(frame),
            "Months off treatment, last report": frame["last_report_months"],
        }
    )  # fmt: skip
    return pd.concat([parts[0], remissions, parts[1]], ignore_index=True)


def words_of(rows: pd.DataFrame, frame: pd.DataFrame) -> dict[str, str]:
    """Finding and alt text."""
    after = rows[rows["group"] == "rebound_after_transplant"]
    weeks = after["time_to_rebound_weeks"].astype(float)
    low, high = frame["last_report_months"].min(), frame["last_report_months"].max()
    n = len(frame)
    return {
        "finding": capital(
            f"{spelled(len(after))} treatment interruptions after a transplant ended in rebound, "
            f"the latest known in week {number(weeks.max(), 0)}; {spelled(n)} remissions lasted "
            f"{number(low)} months or more"
        ),
        "alt": (
            f"Lanes by months off HIV treatment: {len(rows)} rebounds, {n} remissions in grey. "
            f"After a transplant the virus came back in {number(weeks.min())} to "
            f"{number(weeks.max())} weeks; remissions lasted {number(low)} to {number(high)} "
            f"months up to the last report."
        ),
    }


@picture
def remission_comparison(cases: pd.DataFrame, comparisons: pd.DataFrame) -> Chart:
    """Rebounds beside the remissions on one scale, and who was never tested.

    Parameters
    ----------
    cases : DataFrame
        ``load_remission_cases()``.
    comparisons : DataFrame
        ``load_remission_comparisons()``.
    """
    rows, frame = rebound_rows(comparisons), remission_lanes(cases[~cases["is_later_case"]])
    figure, axes = style.canvas(height=0.31 * (len(rows) + len(frame)) + 2.3)
    canvas, last = axes[0, 0], frame["last_report_months"].max()
    lay_out(canvas, rows, frame)
    canvas.set_xlim(0, last * 1.4)
    canvas.set_xticks(range(0, int(last) + 1, 24))
    canvas.set_xlabel("months since HIV treatment was stopped")
    write_untested(canvas, comparisons)
    used = comparisons[comparisons["group"].isin(list(GROUPS))]
    return compose(
        figure,
        **words_of(rows, frame),
        caption=CAPTION,
        sources=[*source_ids(used), *source_ids(cases)],
        short_source="case reports and conferences; all are listed with the picture",
        table=table_of(rows, frame, comparisons),
    )
