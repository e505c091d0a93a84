"""CCR5-Δ32 by ancestry group: donors with two copies, and single gene copies."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from explainer.charts import lanes, samples, style
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import source_ids
from explainer.errors import ExplainerError
from explainer.science.genetics import with_intervals
from explainer.wording import number, per, percent

CAPTION = (
    "Left: donors of the US registry who have two copies, for every 10,000 typed. "
    "Right: single gene copies with CCR5-Δ32 in the gnomAD genomes, with 95% intervals: two such "
    "copies must meet in one person, so the scales differ. "
    "Groups are those of the sources; registry donors chose their own. {n}"
)
REGISTRY, GENOMES = "nmdp2018", "gnomad211"
PREFIXES = ("US registry donors, ", "gnomAD ")
BASE = 10_000
TALK_NAMES = {
    "Asian or Pacific Islander": "Asian, Pacific",
    "European (Finnish)": "Finnish",
    "European (non-Finnish)": "Other European",
    "Latino/Admixed American": "Latino",
    "African/African American": "African",
    "All genomes": "All",
}


def short_name(population: str) -> str:
    """The group's name without its source."""
    for prefix in PREFIXES:
        population = population.removeprefix(prefix)
    return population[:1].upper() + population[1:]


def ancestry_groups(frequencies: pd.DataFrame, source: str, column: str) -> pd.DataFrame:
    """Groups of one source, most copies first, everyone together last."""
    rows = with_intervals(samples.usable(frequencies))
    rows = rows[(rows["source_id"] == source) & (rows["level"] == "ancestry")]
    rows = rows.assign(value=rows[column].astype(float)).dropna(subset=["value"])
    if rows.empty:
        raise ExplainerError(
            f"delta32 frequencies: no ancestry rows of source {source}; pass the frame of "
            f"load_delta32_frequencies()"
        )
    rows["group"] = [short_name(population) for population in rows["population"]]
    rows["is_all"] = rows["group"].str.startswith("All")
    return rows.sort_values(["is_all", "value"], ascending=[True, False], ignore_index=True)


def row_name(row: pd.Series) -> str:
    """The group's name; beneath it, where there is room, the number of people if published."""
    if style.is_talk():
        return TALK_NAMES.get(row["group"], str(row["group"]))
    name = str(row["group"]).replace(" or ", "\nor ")
    return f"{name}\n{samples.n_words(row['n'])}" if pd.notna(row["n"]) else name


def found(share: float) -> str:
    """An allele frequency; a zero is what was found, not what there is."""
    return percent(share, 1) if share else "none found"


def draw_registry(axes: Axes, rows: pd.DataFrame) -> None:
    """Bars of donors with two copies per 10,000, each with its number."""
    for y, (_, row) in enumerate(rows.iterrows()):
        meaning = "neutral" if row["is_all"] else "delta32"
        lanes.bar(axes, y, 0, row["value"] * BASE, meaning, height=0.55)
        words = number(row["value"] * BASE)
        lanes.end_label(axes, y, row["value"] * BASE, words, meaning, gap=4)
    axes.set_xlim(0, rows["value"].max() * BASE * 1.25)
    axes.set_xlabel(f"donors with two copies\nper {number(BASE)} donors")
    axes.set_title("Two copies, US registry")


def draw_genomes(axes: Axes, rows: pd.DataFrame) -> None:
    """Points of allele frequency with their intervals."""
    for y, (_, row) in enumerate(rows.iterrows()):
        meaning = "neutral" if row["is_all"] else "delta32"
        mark = style.colour(meaning).mark
        axes.hlines(y, row["allele_low"], row["allele_high"], color=mark, linewidth=style.size(2))
        filled = row["n"] >= samples.SMALL
        axes.plot(
            row["value"], y, "o", color=mark, markerfacecolor=mark if filled else "white",
            zorder=4, clip_on=False, markersize=style.size(5),
        )  # fmt: skip
        lanes.end_label(axes, y, row["allele_high"], found(row["value"]), meaning, gap=5)
    highest = rows["allele_high"].max()
    axes.set_xlim(-0.04 * highest, highest * (1.6 if style.is_talk() else 1.35))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(round(value, 6), 0)))
    axes.set_xlabel("share of gene copies\n(allele frequency)")
    axes.set_title("Gene copies, gnomAD")


def name_groups(axes: Axes, rows: pd.DataFrame) -> None:
    """Group names beside the rows."""
    lanes.name_lanes(axes, range(len(rows)), [row_name(row) for _, row in rows.iterrows()])
    axes.set_ylim(len(rows) - 0.5, -0.5)


def table_of(registry: pd.DataFrame, genomes: pd.DataFrame) -> pd.DataFrame:
    """The numbers drawn, one row a group and measure."""
    donors = pd.DataFrame(
        {
            "Group": registry["group"],
            "Source": "US donor registry",
            f"Donors with two copies (per {number(BASE)})": registry["value"] * BASE,
            "People": registry["n"],
        }
    )
    alleles = pd.DataFrame(
        {
            "Group": genomes["group"],
            "Source": "gnomAD genomes",
            "Allele frequency (%)": (genomes["value"] * 100).round(2),
            "95% interval, low (%)": (genomes["allele_low"] * 100).round(2),
            "95% interval, high (%)": (genomes["allele_high"] * 100).round(2),
            "People": genomes["n"],
        }
    )
    order = [*donors.columns[:3], *alleles.columns[2:]]
    return pd.concat([donors, alleles], ignore_index=True)[order]


def words_of(registry: pd.DataFrame, genomes: pd.DataFrame) -> dict[str, str]:
    """Finding and alt text from the ends of the registry's groups."""
    groups = registry[~registry["is_all"]]
    most, least = groups.iloc[0], groups.iloc[-1]
    others = genomes[~genomes["is_all"]]
    return {
        "finding": (
            f"{per(most['value'], BASE)} {most['group']} donors in the US registry have two copies "
            f"of CCR5-Δ32, {per(least['value'], BASE)} {least['group']} donors"
        ),
        "alt": (
            f"Two panels by ancestry: US donors with two copies per {number(BASE)}, from "
            f"{number(least['value'] * BASE)} to {number(most['value'] * BASE)}; and gnomAD allele "
            f"frequency, from {found(others['value'].min())} "
            f"({others.iloc[-1]['group']}) to {percent(others['value'].max(), 1)}."
        ),
    }


@picture
def delta32_by_ancestry(frequencies: pd.DataFrame) -> Chart:
    """Donors with two copies, and frequency of the allele, by ancestry group.

    Parameters
    ----------
    frequencies : DataFrame
        ``load_delta32_frequencies()``.
    """
    registry = ancestry_groups(frequencies, REGISTRY, "homozygote_share")
    genomes = ancestry_groups(frequencies, GENOMES, "allele_estimate")
    figure, axes = style.canvas(1, 2, height=0.42 * max(len(registry), len(genomes)) + 1.7)
    draw_registry(axes[0, 0], registry)
    name_groups(axes[0, 0], registry)
    draw_genomes(axes[0, 1], genomes)
    name_groups(axes[0, 1], genomes)
    everyone = registry[registry["is_all"] & registry["n"].notna()]
    n = [
        f"The registry typed {number(n)} donors; n by group is not published."
        for n in everyone["n"]
    ]
    return compose(
        figure,
        **words_of(registry, genomes),
        caption=CAPTION.format(n="".join(n)).strip(),
        sources=[*source_ids(registry), *source_ids(genomes)],
        short_source="NMDP typing (abstract, 2018); gnomAD v2.1.1; intervals computed (Wilson)",
        table=table_of(registry, genomes),
    )
