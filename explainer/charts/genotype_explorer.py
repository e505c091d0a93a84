"""Live: genotypes expected at random pairing beside those of samples drawn anew."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from explainer.charts import style, vega
from explainer.charts.axes import percent_word
from explainer.charts.chart import Chart, compose
from explainer.charts.live import SAID, Again, Control, Live, Slider, live
from explainer.charts.sentences import source_ids
from explainer.charts.vega import Part, number_of, percent_of, text_of
from explainer.errors import ExplainerError
from explainer.science.checks import unknown
from explainer.science.genetics import genotype_shares
from explainer.science.sampling import genotype_samples
from explainer.wording import number, percent

STEP, HIGHEST = 0.01, 0.5
FREQUENCIES = tuple(round(STEP * place, 2) for place in range(round(HIGHEST / STEP) + 1))
SIZES = (20, 50, 100, 500, 2000)
N_SAMPLES = 12
GENOTYPES = ("two copies", "one copy", "no copy")
MEANINGS = ("delta32", "remission", "neutral")
CAPTION = (
    "Bars are people in one sample, upright lines the shares expected if alleles pair at random "
    "(Hardy–Weinberg: q², 2pq, p²). The samples are {n} sets of imagined people, drawn by a "
    "computer beforehand; nobody was tested. The allele frequency at the start is the one of "
    "{where}, rounded."
)


def controls(q: float, n: int) -> tuple[Control, ...]:
    """Allele frequency, size of the sample, and another sample."""
    return (
        Slider("q", "Share of Δ32 copies (q)", q, 0, HIGHEST, STEP, percent_of("q")),
        Slider("size", "People in the sample", SIZES.index(n), 0, len(SIZES) - 1, 1,
               "format(n, ',') + ' people'"),
        Again("draw", "Sample again"),
    )  # fmt: skip


def numbers() -> list[Part]:
    """Counts of the sample, shares expected, and the chance of missing everyone with two copies."""
    counts = f"samples[draw % {N_SAMPLES}][size][round(q / {STEP})]"
    return [
        vega.given("sizes", list(SIZES)),
        vega.derived("n", "sizes[size]"),
        vega.derived("n_hom", f"{counts}[0]"),
        vega.derived("n_het", f"{counts}[1]"),
        vega.derived("n_wild", "n - n_hom - n_het"),
        vega.derived("hom", "q * q"),
        vega.derived("het", "2 * q * (1 - q)"),
        vega.derived("wild", "(1 - q) * (1 - q)"),
        vega.derived("none", "pow(1 - hom, n)"),
    ]


def sentence() -> Part:
    """The result in words."""
    parts = ["'Of '", "format(n, ',')", text_of(" people sampled at an allele frequency of "),
             "q_words", text_of(", ")]  # fmt: skip
    for name, words in zip(("hom", "het", "wild"), GENOTYPES, strict=True):
        verb = " has " if name == "hom" else " "
        have = " have " if name == "hom" else " "
        parts += [f"format(n_{name}, ',')",
                  f"(n_{name} == 1 ? {text_of(verb)} : {text_of(have)})",
                  text_of(f"{words} ("), number_of(f"{name} * n"),
                  text_of(" expected)" + (", " if name == "hom" else " and "
                                          if name == "het" else ". "))]  # fmt: skip
    parts += [text_of("The chance that such a sample misses everyone with two copies is "),
              percent_of("none"), text_of(".")]  # fmt: skip
    return vega.derived(SAID, vega.joined(*parts))


def layers() -> list[Part]:
    """A bar for each genotype, its expected share, and both in words."""
    y = {"field": "genotype", "type": "nominal", "sort": list(GENOTYPES),
         "axis": vega.axis(None, labelFontSize=13)}  # fmt: skip
    x = {"field": "share", "type": "quantitative", "scale": {"domain": [0, 1]},
         "axis": vega.axis("share of the people sampled", format=".0%", tickCount=5,
                           grid=False)}  # fmt: skip
    scale = {"domain": list(GENOTYPES), "range": [style.colour(one).mark for one in MEANINGS]}
    colours = {"field": "genotype", "type": "nominal", "legend": None, "scale": scale}
    expected = number_of("datum.expected * n")
    words = f"format(datum.count, ',') + ' (' + {expected} + (width < 200 ? ')' : ' expected)')"
    return [
        {"mark": {"type": "bar", "height": {"band": 0.45}},
         "encoding": {"x": x, "y": y, "color": colours}},
        {"mark": {"type": "tick", "color": "#1f2430", "thickness": 3, "size": 34},
         "encoding": {"x": {"field": "expected", "type": "quantitative"}, "y": y}},
        {"transform": [{"calculate": words, "as": "words"}],
         "mark": vega.label("strong", dy=-27),
         "encoding": {"x": {"datum": 0, "type": "quantitative"}, "y": y,
                      "text": {"field": "words"}}},
    ]  # fmt: skip


def table_of(q: float, n: int, counts: list[int]) -> pd.DataFrame:
    """The first sample beside what is expected."""
    shares = genotype_shares(q)
    return pd.DataFrame(
        {
            "Genotype": GENOTYPES,
            "Expected share (%)": [round(100 * share, 2) for share in shares],
            f"Expected among {number(n)} people": [round(n * share, 1) for share in shares],
            f"Found in the first sample of {number(n)}": counts,
        }
    )


def draw(axes: Axes, q: float, n: int, counts: list[int]) -> None:
    """The default state."""
    colours = [style.colour(meaning).mark for meaning in MEANINGS]
    axes.barh(range(3), [count / n for count in counts], height=0.5, color=colours)
    for place, (count, share) in enumerate(zip(counts, genotype_shares(q), strict=True)):
        axes.vlines(share, place - 0.36, place + 0.36, linewidth=style.size(2.4),
                    color=style.colour("strong").mark)  # fmt: skip
        end = max(share, count / n)
        box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
        style.label(
            axes, 0 if end > 0.62 else end, place,
            f"{count} ({number(round(n * share, 1))} expected)", "strong", va="center",
            textcoords="offset points", xytext=(style.size(7), 0),
            bbox=box if end > 0.62 else None,
        )  # fmt: skip
    axes.set_yticks(range(3), GENOTYPES)
    axes.set_ylim(2.6, -0.6)
    axes.set_xlim(0, 1)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent_word(value)))
    axes.set_xlabel("share of the people sampled")


def default_state(q: float, n: int, counts: list[int], sample: pd.Series) -> Chart:
    """What prints."""
    table = table_of(q, n, counts)
    expected = round(n * genotype_shares(q).hom, 1)
    figure, axes = style.canvas(height=3.2)
    draw(axes[0, 0], q, n, counts)
    people = "person" if counts[0] == 1 else "people"
    return compose(
        figure,
        finding=f"At an allele frequency of {percent(q)} about {number(expected)} in {number(n)} "
        f"people has two copies; this sample holds {counts[0]}",
        alt=f"Bars of a sample of {number(n)} people by genotype, with the expected shares as "
        f"upright lines: {counts[0]} {people} with two copies ({number(expected)} expected), "
        f"{counts[1]} with one, {counts[2]} with none.",
        caption=CAPTION.format(n=N_SAMPLES, where=str(sample["population"])),
        sources=source_ids(pd.DataFrame([sample])),
        short_source="imagined people; expected shares after Hardy and Weinberg",
        table=table,
    )


@live
def genotype_explorer(
    frequencies: pd.DataFrame, *, sample_id: str | None = None, n: int = 100
) -> Live:
    """Choose an allele frequency and a sample, draw again, and see how far chance carries it.

    Parameters
    ----------
    frequencies : DataFrame
        ``load_delta32_frequencies()``.
    sample_id : str, optional
        Population whose allele frequency the slider begins at.
    n : int
        People in the sample at the start, one of ``SIZES``.
    """
    known = frequencies[frequencies["allele_frequency"].notna() & (frequencies["verified"] != "no")]
    near = (known["allele_frequency"].astype(float) - 0.1).abs()
    rows = known[known["sample_id"] == sample_id] if sample_id else known.loc[[near.idxmin()]]
    if rows.empty:
        unknown("sample_id", sample_id, known["sample_id"], "frequencies")
    if n not in SIZES:
        raise ExplainerError(f"n is {n}; the samples have {', '.join(map(str, SIZES))} people")
    sample = rows.iloc[0]
    q = round(float(sample["allele_frequency"]), 2)
    counts = genotype_samples(FREQUENCIES, SIZES, n_samples=N_SAMPLES)
    first = [int(count) for count in counts[0, SIZES.index(n), FREQUENCIES.index(q)]]
    moved = controls(q, n)
    params = [param for control in moved for param in control.params()]
    rows_of = "{'two copies': n_%s, 'one copy': n_%s, 'no copy': n_%s}[datum.genotype]"
    expected = rows_of.replace("n_", "") % ("hom", "het", "wild")
    return Live(
        default_state(q, n, [*first, n - sum(first)], sample),
        moved,
        vega.spec_of(
            [*params, vega.given("samples", counts.tolist()), *numbers(), sentence()],
            layers(),
            height=200,
            data={"values": [{"genotype": name} for name in GENOTYPES]},
            transform=[
                {"calculate": rows_of % ("hom", "het", "wild"), "as": "count"},
                {"calculate": "datum.count / n", "as": "share"},
                {"calculate": expected, "as": "expected"},
            ],
        ),
    )
