"""How common the CCR5-Δ32 allele is in samples of one country after the other."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from explainer.charts import lanes, samples, style
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import source_ids
from explainer.science.genetics import population_samples, with_intervals
from explainer.wording import counted, percent

CAPTION = (
    "Each point is one sample: the share of gene copies (two in each person) that carry CCR5-Δ32, "
    "with its 95% interval. "
    "Hollow points are weak: fewer than {small} people, or no number of people given (diamond). "
    "A point at 0% means that none was found there; a country without a row has no sample here. "
    "No point is a whole country's value: where samples of a country differ, as in Norway, each is "
    "drawn; samples of one town or group are not, nor {left_out}."
)
TALK_TOP, TALK_BOTTOM = 6, 5  # countries a slide has room for


def of_countries(frequencies: pd.DataFrame) -> pd.DataFrame:
    """Samples of whole countries with an allele frequency, whoever was chosen for them."""
    rows = with_intervals(samples.usable(frequencies))
    is_in = (rows["level"] == "country") & rows["allele_estimate"].notna()
    return rows[is_in & (rows["sample_id"] != samples.ARRAY_SAMPLE)]


def left_out_words(frequencies: pd.DataFrame) -> str:
    """How many samples of a country are no sample of its people."""
    chosen = int(of_countries(frequencies)["is_chosen_for_health"].sum())
    return f"{counted(chosen, 'sample')} of people chosen for an illness or a risk of HIV"


def country_samples(frequencies: pd.DataFrame) -> pd.DataFrame:
    """Population samples of whole countries, each country ranked by its largest sample."""
    rows = population_samples(of_countries(frequencies))
    rows = rows.assign(people=rows["n"].astype(float).fillna(0))
    rows["country"] = rows["sample_id"].map(samples.PLACES).fillna(rows["country"])
    largest = rows.sort_values(["people", "sample_id"]).groupby("country").tail(1)
    rank = largest.set_index("country")["allele_estimate"]
    rows = rows.assign(ranked_by=rows["country"].map(rank))
    return rows.sort_values(
        ["ranked_by", "country", "people"], ascending=[False, True, False], ignore_index=True
    )


def shown_countries(rows: pd.DataFrame) -> list[str]:
    """Countries from top to bottom; on a slide the ends of the ranking, with a gap ("")."""
    countries = list(dict.fromkeys(rows["country"]))
    if style.is_talk() and len(countries) > TALK_TOP + TALK_BOTTOM:
        return [*countries[:TALK_TOP], "", *countries[-TALK_BOTTOM:]]
    return countries


def marker_of(sample: pd.Series) -> tuple[str, bool]:
    """Marker, and whether it is filled: only samples of enough people are."""
    if pd.isna(sample["n"]):
        return "D", False
    return "o", bool(sample["n"] >= samples.SMALL)


def draw_sample(axes: Axes, y: float, sample: pd.Series) -> None:
    """One point with its interval."""
    colour = style.colour("delta32")
    marker, filled = marker_of(sample)
    if pd.notna(sample["allele_low"]):
        axes.hlines(
            y, sample["allele_low"], sample["allele_high"], color=colour.mark,
            linewidth=style.size(1.8 if filled else 0.9),
        )  # fmt: skip
    axes.plot(
        sample["allele_estimate"], y, marker, color=colour.mark, zorder=4, clip_on=False,
        markerfacecolor=colour.mark if filled else "white", markersize=style.size(4.8),
        markeredgewidth=style.size(1.2),
    )  # fmt: skip
    if sample["is_donor_registry"] and marker == "D" and sample["allele_estimate"] > 0:
        words = percent(sample["allele_estimate"], 1)
        words += "" if style.is_talk() else ", donor registry"
        style.label(
            axes, sample["allele_estimate"], y, words, "delta32", xytext=(style.size(6), 0),
            textcoords="offset points", va="center", fontsize=style.size(8.5), fontweight="normal",
        )  # fmt: skip


def draw_countries(axes: Axes, rows: pd.DataFrame, countries: list[str]) -> None:
    """One row a country; its samples share the row, and the people tested stand at the right."""
    talk = style.is_talk()
    for y, country in enumerate(countries):
        mine = rows[rows["country"] == country]
        offsets = np.linspace(-0.17, 0.17, len(mine)) if len(mine) > 1 else np.zeros(len(mine))
        for offset, (_, sample) in zip(offsets, mine.iterrows(), strict=True):
            draw_sample(axes, y + float(offset), sample)
        people = " · ".join(samples.people_words(n) for n in mine["n"])
        if not country:
            people = "…"
        axes.annotate(
            people, (1, y), xycoords=axes.get_yaxis_transform(), xytext=(style.size(4), 0),
            textcoords="offset points", va="center", fontsize=style.size(9 if talk else 8.5),
            color=style.colour("neutral").ink, annotation_clip=False,
        )  # fmt: skip
    axes.annotate(
        "people tested\n(? = not given)", (1, -0.9), xycoords=axes.get_yaxis_transform(),
        xytext=(style.size(4), 0), textcoords="offset points", fontsize=style.size(8.5),
        va="bottom", color=style.colour("neutral").ink, annotation_clip=False,
    )  # fmt: skip


def name_rows(axes: Axes, rows: pd.DataFrame, countries: list[str]) -> None:
    """Countries at the left, percent below and above, so that no row is far from a scale."""
    lanes.name_lanes(axes, range(len(countries)), [name or "…" for name in countries])
    highest = float(rows["allele_high"].fillna(rows["allele_estimate"]).max())
    axes.set_xlim(-0.025 * highest, highest * 1.04)
    axes.set_ylim(len(countries) - 0.4, -0.7)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("share of gene copies that carry CCR5-Δ32 (allele frequency)")


def table_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The numbers drawn, one row a sample."""
    return pd.DataFrame(
        {
            "Country": rows["country"],
            "Sample": rows["population"],
            "People tested": rows["n"],
            "Allele frequency (%)": (rows["allele_estimate"] * 100).round(2),
            "95% interval, low (%)": (rows["allele_low"] * 100).round(2),
            "95% interval, high (%)": (rows["allele_high"] * 100).round(2),
            "Donor registry": rows["is_donor_registry"],
            "Study": rows["study"],
        }
    )


def words_of(rows: pd.DataFrame) -> dict[str, str]:
    """Finding and alt text: the ends of the ranking among samples of enough people."""
    large = rows[rows["n"].astype(float) >= samples.SMALL]
    top = large.sort_values("allele_estimate", ascending=False).iloc[0]
    zeros = large[large["allele_estimate"] == 0]
    none = f"; not found in {counted(len(zeros), 'sample')} of that size" if len(zeros) else ""
    countries = rows["country"].nunique()
    return {
        "finding": (
            f"In samples of {samples.SMALL} people or more, CCR5-Δ32 reaches "
            f"{percent(top['allele_estimate'], 1)} of gene copies ({top['country']}); "
            f"{counted(len(zeros), 'sample')} had none"
        ),
        "alt": (
            f"Dot plot of CCR5-Δ32 allele frequency with 95% intervals, {len(rows)} samples from "
            f"{countries} countries. Highest among {samples.SMALL} people or more: "
            f"{top['country']}, {percent(top['allele_estimate'], 1)}{none}."
        ),
    }


@picture
def delta32_by_country(frequencies: pd.DataFrame) -> Chart:
    """Allele frequency of CCR5-Δ32, country by country, with its interval and sample size.

    Parameters
    ----------
    frequencies : DataFrame
        ``load_delta32_frequencies()``.
    """
    rows = country_samples(frequencies)
    countries = shown_countries(rows)
    figure, axes = style.canvas(height=0.19 * len(countries) + 1.8)
    draw_countries(axes[0, 0], rows, countries)
    name_rows(axes[0, 0], rows, countries)
    return compose(
        figure,
        **words_of(rows),
        caption=CAPTION.format(small=samples.SMALL, left_out=left_out_words(frequencies)),
        sources=source_ids(rows),
        short_source="published samples, listed with the picture; intervals computed (Wilson)",
        table=table_of(rows),
    )
