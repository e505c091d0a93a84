"""What a zero allows: samples without CCR5-Δ32, and how common it may still be there."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from explainer.charts import lanes, samples, style
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import source_ids
from explainer.errors import ExplainerError
from explainer.science.genetics import zero_counts
from explainer.wording import counted, number, percent

CAPTION = (
    "In each of these samples nobody carried CCR5-Δ32. "
    "The bar runs from the zero that was found to the highest allele frequency that still fits "
    "with it (exact, 95%, two-sided). "
    "The fewer people were tested, the less a zero says: small samples are hatched. "
    "Wilson's interval, drawn in the picture by country, reaches a little farther."
)
NAMES = {
    **samples.PLACES,
    "gnomad_east_asian_gnomad211": "East Asian (gnomAD)",
    "asians_lu_1999_pooled_1999": "Asians, pooled",
    "iran_turkmen_of_golestan_2023": "Iran, Turkmen",
    "malawi_infants_of_hiv_positive_mothers_malawi_plos": "Malawi, infants",
}
TALK_ROWS = 9


def name_of(row: pd.Series) -> str:
    """The country, or the group where the sample is none of a country."""
    given = NAMES.get(row["sample_id"])
    if given:
        return given
    return str(row["country"] if pd.notna(row["country"]) else row["population"])


def zero_samples(frequencies: pd.DataFrame) -> pd.DataFrame:
    """Samples with no copy found, largest first; the ends of the list on a slide."""
    rows = zero_counts(samples.usable(frequencies))
    if rows.empty:
        raise ExplainerError(
            "delta32 frequencies: no sample without the allele; pass the frame of "
            "load_delta32_frequencies()"
        )
    rows = rows.sort_values(["n", "sample_id"], ascending=[False, True], ignore_index=True)
    rows["name"] = [name_of(row) for _, row in rows.iterrows()]
    return rows


def bound_words(share: float) -> str:
    """A bound in percent, with two decimals where it is small."""
    return percent(share, 2 if share < 0.01 else 1)


def on_slide(rows: pd.DataFrame) -> pd.DataFrame:
    """As many rows as a slide has room for, evenly from the largest to the smallest sample."""
    if not style.is_talk() or len(rows) <= TALK_ROWS:
        return rows
    steps = [round(step * (len(rows) - 1) / (TALK_ROWS - 1)) for step in range(TALK_ROWS)]
    return rows.iloc[steps].reset_index(drop=True)


def draw(axes: Axes, rows: pd.DataFrame) -> None:
    """A bar to the upper bound, with the people tested and the bound in words."""
    for y, (_, row) in enumerate(rows.iterrows()):
        upper, mark = row["exact_upper"], style.colour("delta32").mark
        lanes.bar(axes, y, 0, upper, "delta32", hatched=row["n"] < samples.SMALL, height=0.5)
        axes.plot(0, y, "o", color=mark, markerfacecolor="white", clip_on=False, zorder=4,
                  markersize=style.size(5))  # fmt: skip
        lanes.end_label(axes, y, upper, bound_words(upper), "delta32", gap=5)
        lanes.beside(axes, y, f"0 of {number(row['n'])}", va="center")
    axes.tick_params(axis="y", pad=style.size(64))
    lanes.beside(axes, -0.7, "found, of\npeople tested", va="bottom")
    axes.set_xlim(0, rows["exact_upper"].max() * 1.14)
    axes.set_ylim(len(rows) - 0.45, -0.6)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(round(value, 6), 0)))
    axes.set_xlabel("highest allele frequency that fits (upper bound)")
    lanes.name_lanes(axes, range(len(rows)), list(rows["name"]))


def table_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The numbers drawn, one row a sample."""
    return pd.DataFrame(
        {
            "Sample": rows["population"],
            "People tested": rows["n"],
            "Gene copies tested": rows["alleles"],
            "Copies of Δ32 found": 0,
            "Upper bound, exact (%)": (rows["exact_upper"] * 100).round(3),
            "Rule of three (%)": (rows["rule_of_three"] * 100).round(3),
            "Two copies at the bound (per million)": (rows["homozygotes_at_upper"] * 1e6).round(1),
        }
    )


def words_of(rows: pd.DataFrame) -> dict[str, str]:
    """Finding and alt text from the smallest and the largest sample."""
    small, large = rows.iloc[-1], rows.iloc[0]
    weak = f"{bound_words(small['exact_upper'])} of gene copies ({small['name']})"
    strong = f"{bound_words(large['exact_upper'])} ({large['name']})"
    return {
        "finding": (
            f"None in {counted(small['n'], 'person')} still allows {weak}; none in "
            f"{number(large['n'])} allows {strong}"
        ),
        "alt": (
            f"Bars of the highest CCR5-Δ32 allele frequency that fits with none found, "
            f"{counted(len(rows), 'sample')} by people tested. From {weak}, "
            f"{counted(small['n'], 'person')}, down to {strong}, {number(large['n'])} people."
        ),
    }


@picture
def delta32_zero_counts(frequencies: pd.DataFrame) -> Chart:
    """How common CCR5-Δ32 may still be where a sample found none.

    Parameters
    ----------
    frequencies : DataFrame
        ``load_delta32_frequencies()``.
    """
    rows = zero_samples(frequencies)
    shown = on_slide(rows)
    figure, axes = style.canvas(height=0.27 * len(shown) + 1.9)
    draw(axes[0, 0], shown)
    return compose(
        figure,
        **words_of(rows),
        caption=CAPTION,
        sources=source_ids(rows),
        short_source="published samples, listed with the picture; exact bounds computed",
        table=table_of(rows),
    )
