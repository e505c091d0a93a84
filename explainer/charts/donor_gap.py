"""How many times likelier White patients are to find a matched donor with two copies."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import lanes, shapes, style
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import source_ids
from explainer.science.ancestries import REFERENCE, donor_chances, donor_gaps
from explainer.wording import join, roughly

CAPTION = (
    "Each mark divides the chance of White patients by that of another group; the scale is "
    "logarithmic, and the numbers beside it are rounded. "
    "Both are computed with the same k, which says how unequal patients are in their number of "
    "matched donors (small k: very unequal). "
    "The hollow arrow is the smallest gap of all: White patients all alike, the other group with "
    "the smallest k{no_gap}."
)
CROSSED = "<"


def draw_groups(axes: Axes, gaps: pd.DataFrame, groups: list[str]) -> None:
    """A row a group: marks of the assumptions, the smallest gap of all, and the span in words."""
    marks = shapes.marks_of(gaps)
    grey = style.colour("neutral").mark
    for y, ancestry in enumerate(groups):
        rows = gaps[gaps["ancestry"] == ancestry]
        shapes.draw_row(axes, y, rows, "ratio", marks)
        axes.plot(
            rows["crossed"].iloc[0], y, CROSSED, color=grey, markerfacecolor="white",
            markersize=style.size(5.5), zorder=3,
        )  # fmt: skip
        words = f"{roughly(rows['ratio'].min())}–{roughly(rows['ratio'].max())} times"
        lanes.end_label(axes, y, rows["ratio"].max(), words, "delta32", gap=7)


def finish_axes(axes: Axes, gaps: pd.DataFrame, groups: list[str]) -> None:
    """Names, a scale of tens, the line of equal chances, and a key where no mark stands."""
    highest = gaps["ratio"].max()
    shapes.log_axis(axes, 0.75, highest * (16 if style.is_talk() else 7))
    axes.set_xticks([10**power for power in range(4) if 10**power <= highest])
    axes.axvline(1, color=style.colour("strong").mark, linewidth=style.size(1), zorder=1)
    chance = "chance" if style.is_talk() else "chance of a matched donor with two copies"
    axes.set_xlabel(f"{chance}: White ÷ other patients (log scale)")
    lanes.name_lanes(axes, range(len(groups)), [shapes.short(group) for group in groups])
    axes.set_ylim(len(groups) - 0.4, -0.6)
    entries = shapes.key_of(shapes.marks_of(gaps))
    crossed = "k differs" if style.is_talk() else "k differs between groups"
    entries[crossed] = lanes.mark_sample(CROSSED, "neutral", hollow=True)
    lanes.key(axes, entries, loc="upper right", bbox_to_anchor=(1, 1.02))


def table_of(gaps: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    """The numbers drawn, one row a group."""
    table = pd.DataFrame({f"{REFERENCE} patients compared with": groups})
    for k in shapes.marks_of(gaps):
        ratios = gaps[gaps["k"] == k].set_index("ancestry").loc[groups, "ratio"]
        table[f"Times as likely, {shapes.words_of(k)}"] = ratios.round(1).to_numpy()
    crossed = gaps.groupby("ancestry")["crossed"].first().loc[groups]
    table["Times as likely, k differs between groups"] = crossed.round(1).to_numpy()
    return table


def words_of(gaps: pd.DataFrame) -> dict[str, str]:
    """Finding and alt text: smallest and largest gap of every group, in the order drawn."""
    spans = {
        str(ancestry): f"{roughly(rows['ratio'].min())} to {roughly(rows['ratio'].max())}"
        for ancestry, rows in gaps.groupby("ancestry", sort=False)
    }
    told = [f"{spans[name]} times ({name})" for name in ("Hispanic", "Black") if name in spans]
    each = "; ".join(f"{name} {span}" for name, span in spans.items())
    return {
        "finding": (
            f"With one k for both groups, White patients are about {join(told)} as likely to find "
            f"a matched donor with two copies"
        ),
        "alt": (
            f"Dot plot, log scale: chance of White patients, in multiples of other groups' chance, "
            f"rounded: {each}. If k differs, {roughly(gaps['crossed'].min())} to "
            f"{roughly(gaps['crossed'].max())} times are left."
        ),
    }


def no_gap_words(gaps: pd.DataFrame) -> str:
    """Whose smallest gap is about none."""
    names = [
        str(name)
        for name, crossed in gaps.groupby("ancestry", sort=False)["crossed"].first().items()
        if roughly(crossed) == "1"
    ]
    return f"; where it stands at about 1 ({join(names)}), there may be no gap" if names else ""


@picture
def donor_gap(donor_match: pd.DataFrame, frequencies: pd.DataFrame) -> Chart:
    """The gap between White and other patients under every assumption.

    Parameters
    ----------
    donor_match : DataFrame
        ``load_donor_match()``: the US registry's public match figures.
    frequencies : DataFrame
        ``load_delta32_frequencies()``: share of its donors with two copies.
    """
    chances = donor_chances(donor_match, frequencies)
    gaps = donor_gaps(chances)
    groups = [str(name) for name in gaps.groupby("ancestry")["ratio"].min().sort_values().index]
    gaps = gaps.set_index("ancestry").loc[groups].reset_index()
    figure, axes = style.canvas(height=0.5 * len(groups) + 1.9)
    draw_groups(axes[0, 0], gaps, groups)
    finish_axes(axes[0, 0], gaps, groups)
    return compose(
        figure,
        **words_of(gaps),
        caption=CAPTION.format(no_gap=no_gap_words(gaps)),
        sources=[
            *source_ids(chances.rename(columns={"match_source_id": "source_id"})),
            *source_ids(chances.rename(columns={"homozygote_source_id": "source_id"})),
        ],
        short_source="DKMS (match, public figures); NMDP typing, 2018; gaps computed",
        table=table_of(gaps, groups),
    )
