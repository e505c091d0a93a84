"""Who finds a donor that matches and has two copies of CCR5-Δ32: by ancestry and assumption."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import lanes, shapes, style
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import source_ids
from explainer.errors import ExplainerError
from explainer.science.ancestries import REFERENCE, donor_chances
from explainer.science.intervals import Estimate, clopper_pearson
from explainer.wording import between, percent

CAPTION = (
    "Each row is a group of patients as the US registry words it; each mark is one assumption "
    "about how unequal patients are in their number of matched donors (small k: very unequal). "
    "The cross multiplies the two shares and is wrong: a patient who has a match mostly has many. "
    "The last row is what the European IciStem group found, with its 95% interval; its patients "
    "and its search differ."
)
WRONG = "X"
FOUND = "cohort_icistem2019"
GAP = 0.5  # lanes between the computed rows and the one that was seen


def found_share(searches: pd.DataFrame) -> Estimate:
    """Share of transplanted people whose donor had two copies, with its exact interval."""
    rows = searches[searches["search_id"] == FOUND]
    if rows.empty:
        raise ExplainerError(
            f"donor searches: no row {FOUND}; pass the frame of load_donor_searches()"
        )
    row = rows.iloc[0]
    return clopper_pearson(int(row["n_found"]), int(row["n_screened"]))


def draw_groups(axes: Axes, chances: pd.DataFrame, groups: list[str]) -> None:
    """A row a group: marks of the assumptions, the product's cross, and the span in words."""
    marks = shapes.marks_of(chances)
    grey = style.colour("neutral").mark
    for y, ancestry in enumerate(groups):
        rows = chances[chances["ancestry"] == ancestry]
        shapes.draw_row(axes, y, rows, "chance", marks)
        first = rows.iloc[0]
        axes.plot(first["product"], y, WRONG, color=grey, markersize=style.size(5.5), zorder=3)
        words = between(rows["chance"].min(), rows["chance"].max(), "share")
        lanes.end_label(axes, y, rows["chance"].max(), words, "delta32", gap=7)
        if not style.is_talk():  # a slide has no room for what goes in
            inputs = f"{percent(first['match_share'])} · {percent(first['homozygote_share'])}"
            lanes.beside(axes, y, inputs, va="center")
    if not style.is_talk():
        lanes.beside(axes, -0.6, "match ·\ntwo copies", va="bottom")
        axes.tick_params(axis="y", pad=style.size(82))


def draw_found(axes: Axes, y: float, found: Estimate) -> None:
    """What one group of hospitals really found, set apart below."""
    mark = style.colour("strong").mark
    axes.axhline(y - 0.75, color=style.colour("faint").mark, linewidth=style.size(0.7), zorder=1)
    axes.hlines(y, found.low, found.high, color=mark, linewidth=style.size(2))
    axes.plot(found.value, y, "o", color=mark, markersize=style.size(6), zorder=4)
    lanes.end_label(axes, y, found.high, percent(found.value), "strong", gap=7)


def finish_axes(axes: Axes, chances: pd.DataFrame, groups: list[str], found_at: float) -> None:
    """Names, scale, and a key where no mark stands."""
    low = min(chances["product"].min(), chances["chance"].min())
    shapes.percent_axis(axes, low / 1.7, 9.5 if style.is_talk() else 1.9)
    axes.set_xticks([tick for tick in (1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1.0) if tick > low / 1.7])
    donor = "such a donor" if style.is_talk() else "a matched donor with two copies"
    axes.set_xlabel(f"chance of {donor} (log scale)")
    names = [shapes.short(ancestry) for ancestry in groups]
    lanes.name_lanes(axes, [*range(len(groups)), found_at], [*names, "IciStem, found"])
    axes.set_ylim(found_at + 0.5, -0.6)
    entries = shapes.key_of(shapes.marks_of(chances))
    entries["product: wrong"] = lanes.mark_sample(WRONG, "neutral")
    bottom = (0.5 + 0.5) / (found_at + 1.1)  # the line over what was found
    lanes.key(axes, entries, loc="lower right", bbox_to_anchor=(1, bottom + 0.06))


def table_of(chances: pd.DataFrame, groups: list[str], found: Estimate) -> pd.DataFrame:
    """The numbers drawn, in percent, one row a group."""
    first = chances.drop_duplicates("ancestry").set_index("ancestry").loc[groups]
    table = pd.DataFrame(
        {
            "Patients": groups,
            "Find a match (%)": (first["match_share"] * 100).round(1).to_numpy(),
            "Donors with two copies (%)": (first["homozygote_share"] * 100).round(3).to_numpy(),
            "Product, wrong (%)": (first["product"] * 100).round(4).to_numpy(),
        }
    )
    for k in shapes.marks_of(chances):
        values = chances[chances["k"] == k].set_index("ancestry").loc[groups, "chance"]
        table[f"Chance, {shapes.words_of(k)} (%)"] = (values * 100).round(4).to_numpy()
    seen = {"Patients": "IciStem, found", "Found (%)": round(found.value * 100, 1)}
    seen |= {
        f"95% interval, {end} (%)": round(getattr(found, end) * 100, 1) for end in ("low", "high")
    }
    return pd.concat([table, pd.DataFrame([seen])], ignore_index=True)


def words_of(chances: pd.DataFrame, found: Estimate) -> dict[str, str]:
    """Finding and alt text: the ends of the reference group and of the one with fewest matches."""
    match = chances.groupby("ancestry")["match_share"].first()
    fewest = str(match.idxmin())
    spans = {
        ancestry: between(rows["chance"].min(), rows["chance"].max(), "share")
        for ancestry, rows in chances.groupby("ancestry")
    }
    return {
        "finding": (
            f"A matched donor with two copies: a chance of {spans[REFERENCE]} for {REFERENCE} "
            f"patients and {spans[fewest]} for {fewest} patients"
        ),
        "alt": (
            f"Dot plot, log scale: chance of a matched donor with two copies, {len(match)} groups, "
            f"{chances['k'].nunique()} assumptions: {REFERENCE} {spans[REFERENCE]}, {fewest} "
            f"{spans[fewest]}. IciStem found {percent(found.value)} "
            f"({between(found.low, found.high, 'share')})."
        ),
    }


@picture
def donor_chance(
    donor_match: pd.DataFrame, frequencies: pd.DataFrame, searches: pd.DataFrame
) -> Chart:
    """Chance of a donor who matches and has two copies, for five groups and four assumptions.

    Parameters
    ----------
    donor_match : DataFrame
        ``load_donor_match()``: the US registry's public match figures.
    frequencies : DataFrame
        ``load_delta32_frequencies()``: share of its donors with two copies.
    searches : DataFrame
        ``load_donor_searches()``: what was found in Europe, as a check.
    """
    chances = donor_chances(donor_match, frequencies)
    found = found_share(searches)
    groups = list(
        chances.drop_duplicates("ancestry").sort_values("chance", ascending=False)["ancestry"]
    )
    figure, axes = style.canvas(height=0.48 * len(groups) + 2.6)
    found_at = len(groups) + GAP
    draw_groups(axes[0, 0], chances, groups)
    draw_found(axes[0, 0], found_at, found)
    finish_axes(axes[0, 0], chances, groups, found_at)
    sources = source_ids(chances.rename(columns={"match_source_id": "source_id"}))
    sources += source_ids(chances.rename(columns={"homozygote_source_id": "source_id"}))
    return compose(
        figure,
        **words_of(chances, found),
        caption=CAPTION,
        sources=[*sources, *source_ids(searches[searches["search_id"] == FOUND])],
        short_source="DKMS (match, public figures); NMDP typing, 2018; IciStem, 2019; computed",
        table=table_of(chances, groups, found),
    )
