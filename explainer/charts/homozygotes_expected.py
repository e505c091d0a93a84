"""Are there as many people with two copies as random pairing predicts?"""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from explainer.charts import lanes, samples, style
from explainer.charts.chart import Chart, compose, picture
from explainer.charts.sentences import source_ids
from explainer.errors import ExplainerError
from explainer.science.genetics import hardy_weinberg_table
from explainer.wording import counted, number, p_value, percent

CAPTION = (
    "Each point compares the people with two copies who were counted with those expected if gene "
    "copies were paired at random (Hardy–Weinberg); lines are 95% intervals of the count. "
    "An interval across 1 shows no misfit, which is not proof of a fit. "
    "A misfit is first an alarm about the data, or about who was tested{chosen}. {left_out}"
)
CHOSEN = (
    ": the US volunteers were chosen because they had stayed HIV-negative despite a high risk, so "
    "people with two copies are over-represented; pooling of ancestries adds to it"
)
FEWEST_EXPECTED = 1  # below it a count of 0 or 1 says nothing either way
TICKS = {0.25: "¼ ×", 0.5: "½ ×", 1: "equal", 2: "2 ×", 4: "4 ×"}
SPAIN = "spain_cord_blood_units_of_the_national_registry_2018"
US_CITIES = samples.VOLUNTEERS
NAMES = {
    samples.ARRAY_SAMPLE: "UK Biobank array",
    SPAIN: "Spain, cord blood",
    US_CITIES: "US, HIV-negative at risk",
    "germany_long_term_survivors_of_heart_transplantation_2007": "Germany, heart patients",
    "new_zealand_white_healthy_controls_pokorny_nz": "New Zealand, controls",
    "poland_blood_donors_of_16_provinces_2000": "Poland, blood donors",
    "poland_podlasie_tick_borne_encephalitis_patients_2022": "Poland, Podlasie",
}
REASONS = {
    samples.ARRAY_SAMPLE: "array lost them; claim retracted",
    SPAIN: "perhaps ancestries pooled",
    US_CITIES: "chosen: HIV-negative\ndespite high risk",
}


def tested_samples(frequencies: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Samples in which a person with two copies was to be expected, and how many were not."""
    table = hardy_weinberg_table(samples.usable(frequencies))
    rows = table[table["expected_hom"] >= FEWEST_EXPECTED].copy()
    if rows.empty:
        raise ExplainerError(
            "delta32 frequencies: no sample with counts expects a person with two copies; pass the "
            "frame of load_delta32_frequencies()"
        )
    ends = {f"observed_to_expected_{end}": f"ratio_{end}" for end in ("low", "high")}
    rows = rows.rename(columns=ends)
    rows = rows.sort_values("observed_to_expected", ignore_index=True)
    return rows, len(table) - len(rows)


def name_of(row: pd.Series) -> str:
    """A name short enough for one line."""
    return NAMES.get(row["sample_id"]) or textwrap.shorten(row["population"], 24, placeholder=" …")


def draw_sample(axes: Axes, y: int, row: pd.Series) -> None:
    """One sample: its ratio with interval, the two counts, and why it misfits."""
    is_odd = row["ratio_low"] > 1 or row["ratio_high"] < 1
    meaning = "delta32" if is_odd else "neutral"
    mark = style.colour(meaning).mark
    axes.hlines(y, row["ratio_low"], row["ratio_high"], color=mark, linewidth=style.size(2))
    axes.plot(
        row["observed_to_expected"], y, "D" if is_odd else "o", color=mark, zorder=4,
        markersize=style.size(6),
    )  # fmt: skip
    reason = REASONS.get(row["sample_id"]) if is_odd else None
    if reason and not style.is_talk():
        lanes.end_label(axes, y, row["ratio_high"], reason, meaning, gap=5)


def write_counts(axes: Axes, rows: pd.DataFrame) -> None:
    """Counts beside the names: observed of expected."""
    axes.tick_params(axis="y", pad=style.size(86))
    for y, (_, row) in enumerate(rows.iterrows()):
        expected = number(row["expected_hom"], 0 if row["expected_hom"] >= 100 else 1)
        words = f"{number(row['n_hom'])} of {expected}"
        lanes.beside(axes, y, words, va="center")
    lanes.beside(axes, -0.6, "counted\nof expected", va="bottom")


def finish_axes(axes: Axes, rows: pd.DataFrame) -> None:
    """A logarithmic scale of ratios in words, and the line of agreement."""
    axes.set_xscale("log")
    room = 1.1 if style.is_talk() else 3.3  # the page writes the reason beside the interval
    lowest, highest = rows["ratio_low"].clip(lower=0.1).min(), rows["ratio_high"].max()
    axes.set_xlim(min(0.22, lowest), max(4.6, highest * room))
    axes.xaxis.set_major_locator(FixedLocator(list(TICKS)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: TICKS[round(value, 2)]))
    axes.axvline(1, color=style.colour("strong").mark, linewidth=style.size(1), zorder=1)
    people = "" if style.is_talk() else "people with two copies: "
    axes.set_xlabel(f"{people}counted ÷ expected (log scale)")
    lanes.name_lanes(axes, range(len(rows)), [name_of(row) for _, row in rows.iterrows()])
    axes.set_ylim(len(rows) - 0.5, -0.5)


def table_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The numbers drawn, one row a sample."""
    return pd.DataFrame(
        {
            "Sample": rows["population"],
            "People tested": rows["n"],
            "Two copies, counted": rows["n_hom"],
            "Two copies, expected": rows["expected_hom"].round(1),
            "Counted ÷ expected": rows["observed_to_expected"].round(3),
            "95% interval, low": rows["ratio_low"].round(3),
            "95% interval, high": rows["ratio_high"].round(3),
            "Exact test": [p_value(p) for p in rows["p_exact"]],
        }
    )


def words_of(rows: pd.DataFrame) -> dict[str, str]:
    """Finding and alt text; the array's gap first, where that sample is drawn."""
    array = rows[rows["sample_id"] == samples.ARRAY_SAMPLE]
    odd = rows[(rows["ratio_low"] > 1) | (rows["ratio_high"] < 1)]
    first = array.iloc[0] if len(array) else rows.iloc[0]
    side = "fewer" if first["observed_to_expected"] < 1 else "more"
    gap = percent(abs(1 - first["observed_to_expected"]), 0)
    name = "The UK Biobank array" if len(array) else str(first["population"])
    found = f"{number(first['n_hom'])} people with two copies, {gap} {side} than expected"
    return {
        "finding": f"{name} counted {found}" + (": a fault of the data" if len(array) else ""),
        "alt": (
            f"Dot plot of people with two copies, counted against expected, "
            f"{counted(len(rows), 'sample')}; {len(odd)} misfit. {name}: {found}."
        ),
    }


@picture
def homozygotes_expected(frequencies: pd.DataFrame) -> Chart:
    """People with two copies, counted against expected, and what a misfit warns of.

    Parameters
    ----------
    frequencies : DataFrame
        ``load_delta32_frequencies()``.
    """
    rows, left_out = tested_samples(frequencies)
    figure, axes = style.canvas(height=0.36 * len(rows) + 1.9)
    for y, (_, row) in enumerate(rows.iterrows()):
        draw_sample(axes[0, 0], y, row)
    finish_axes(axes[0, 0], rows)
    write_counts(axes[0, 0], rows)
    small = f"{counted(left_out, 'sample')} too small to expect even one such person are left out."
    notes = {
        "chosen": CHOSEN if US_CITIES in set(rows["sample_id"]) else "",
        "left_out": small if left_out else "",
    }
    return compose(
        figure,
        **words_of(rows),
        caption=CAPTION.format(**notes).strip(),
        sources=source_ids(rows),
        short_source="published counts, listed with the picture; expectations computed",
        table=table_of(rows),
    )
