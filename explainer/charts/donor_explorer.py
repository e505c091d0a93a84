"""Live: who finds a matched donor with two copies, as ancestry, registry and assumption change."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from explainer.charts import shapes, style, vega
from explainer.charts.axes import percent_word
from explainer.charts.chart import Chart, compose
from explainer.charts.live import SAID, Choice, Live, Slider, live
from explainer.charts.sentences import source_ids
from explainer.charts.vega import Part, chance_of, text_of
from explainer.science.ancestries import REFERENCE, donor_chances, matched_ancestries
from explainer.science.matching import ALL_ALIKE
from explainer.wording import number, percent

ANCESTRY = "Black"
LARGEST = 1000  # times today's donors that the slider reaches, as a power of ten
SPREADS = {
    ALL_ALIKE: "alike for all",
    1.0: "unequal, k = 1",
    0.5: "more unequal, k = 0.5",
    0.3: "very unequal, k = 0.3",
}
SHAPES = tuple(SPREADS)
ALIKE = 0  # stands for infinity, which JSON cannot write
CAPTION = (
    "Both curves follow patients of one group, as the US registry words it, while the donors of "
    "their group grow in number: dashed, a matched donor; solid, a matched donor with two copies "
    "of CCR5-Δ32. The assumption says how unequal patients are in their number of matched donors "
    "(small k: very unequal); nobody knows k. HLA and CCR5 are taken as independent within a "
    "group, and matched donors as coming from it."
)
LINES = (("– – a match", "match_chance", "neutral"), ("— two copies too", "chance", "delta32"))


def controls(ancestry: str, k: float, names: list[str]) -> tuple[Choice | Slider, ...]:
    """Ancestry, registry and assumption."""
    return (
        Choice("ancestry", "Patients", ancestry, tuple((name, name) for name in names)),
        Slider("power", "Donors of their group", 0, -1, math.log10(LARGEST), 0.1,
               "(size < 1.05 && size > 0.95 ? \"today's number\" : "
               "format(size, size < 10 ? '.2~r' : ',.2~r') + ' times')"),
        Choice("k", "Assumption: matches are", ALIKE if math.isinf(k) else k,
               tuple((ALIKE if math.isinf(one) else one, words) for one, words in SPREADS.items())),
    )  # fmt: skip


def chance(size: str, share: str = "1") -> str:
    """Expression of P(r): chance of one matched donor at least, with the share asked of them."""
    grown = f"({size}) * ({share})"
    return (
        f"(k == {ALIKE} ? 1 - pow(1 - match_share, {grown}) : "
        f"1 - pow(1 + {grown} * (pow(1 - match_share, -1 / k) - 1), -k))"
    )


def numbers() -> list[Part]:
    """What follows from the controls."""
    return [
        vega.derived("size", "pow(10, power)"),
        vega.derived("match_share", "groups[ancestry][0]"),
        vega.derived("homozygote_share", "groups[ancestry][1]"),
        vega.derived("match_chance", chance("size")),
        vega.derived("chance", chance("size", "homozygote_share")),
        vega.derived("patients", "chance > 0 ? 1 / chance : 0"),
    ]


def sentence() -> Part:
    """The result in words."""
    return vega.derived(SAID, vega.joined(
        text_of("With "), "power_words",
        "(power > -0.01 && power < 0.01 ? ' of donors' : ' the donors of today')",
        text_of(" (matches "), "k_words", text_of("), "), chance_of("match_chance"),
        text_of(" of "), "ancestry", text_of(" patients find a matched donor, and "),
        chance_of("chance"), text_of(" find one with two copies: about 1 in "),
        "format(patients, patients < 10 ? '.1~f' : ',.2~r')", text_of("."),
    ))  # fmt: skip


def curve(share: str, meaning: str, **dash: object) -> list[Part]:
    """A chance as the registry grows, and its point now."""
    place = {
        "x": {"field": "size", "type": "quantitative"},
        "y": {"field": "chance", "type": "quantitative"},
    }
    wanted = {"calculate": chance("datum.size", share), "as": "chance"}
    at = {"data": {"values": [{}]}, "transform": [{"calculate": "size", "as": "size"}, wanted]}
    return [
        {"transform": [wanted], "mark": vega.line(meaning, **dash), "encoding": place},
        {**at, "mark": vega.dot(meaning), "encoding": place},
    ]


def layers() -> list[Part]:
    """Both curves and today's registry."""
    x = {"field": "size", "type": "quantitative",
         "scale": {"type": "log", "domain": [0.1, LARGEST]},
         "axis": vega.axis("times today's donors (log scale)", grid=False,
                           values=[0.1, 1, 10, 100, 1000], format=",.1~f")}  # fmt: skip
    y = {"field": "chance", "type": "quantitative", "scale": vega.UNDER_HEAD,
         "axis": vega.axis("patients who find one", format=".0%",
                           values=[0, 0.25, 0.5, 0.75, 1])}  # fmt: skip
    first, *match = curve("1", "neutral", strokeDash=[7, 3])
    both = curve("homozygote_share", "delta32")
    today = vega.upright("size", y={"datum": 0}, y2={"datum": 1})
    return [{**first, "encoding": {"x": x, "y": y}}, today, *match, *both, *vega.answers(*LINES)]


def table_of(chances: pd.DataFrame) -> pd.DataFrame:
    """Every group under every assumption, today."""
    return pd.DataFrame(
        {
            "Patients": chances["ancestry"],
            "Assumption": [shapes.words_of(k) for k in chances["k"]],
            "Find a match (%)": (100 * chances["match_share"]).round(1),
            "Donors with two copies (%)": (100 * chances["homozygote_share"]).round(3),
            "Find a match with two copies (%)": (100 * chances["chance"]).round(3),
        }
    )


def draw(axes: Axes, donor_match: pd.DataFrame, frequencies: pd.DataFrame,
         ancestry: str, k: float) -> None:  # fmt: skip
    """The default state."""
    sizes = [10 ** (step / 20) for step in range(-20, 61)]
    both = donor_chances(donor_match, frequencies, shapes=[k], registry_sizes=[*sizes, 1.0])
    rows = both[both["ancestry"] == ancestry].sort_values("registry_size")
    now = rows[rows["registry_size"] == 1].iloc[0].to_dict()
    axes.axvline(1, color=style.colour("faint").mark, linewidth=style.size(1))
    named = (("match_chance", "a match", "neutral"), ("chance", "match with two copies", "delta32"))
    for column, words, meaning in named:
        above, ink = column == "match_chance", style.colour(meaning).mark
        axes.plot(rows["registry_size"], rows[column], color=ink, gid=column,
                  linestyle=(0, (4, 2)) if above else "-")  # fmt: skip
        axes.plot(1, now[column], "o", color=ink)
        style.label(
            axes, 1, now[column], f"{words}: {percent(now[column])}", meaning,
            textcoords="offset points", xytext=(style.size(-6 if above else 6), style.size(6)),
            va="bottom", ha="right" if above else "left",
        )  # fmt: skip
    axes.set_xscale("log")
    axes.set_xlim(0.1, LARGEST)
    axes.set_ylim(0, 1.08)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent_word(value)))
    axes.minorticks_off()
    words = "times today's donors of the group"
    axes.set_xlabel(words if style.is_talk() else f"{words} (log scale)")
    axes.set_ylabel("patients who find one")


def default_state(donor_match: pd.DataFrame, frequencies: pd.DataFrame,
                  ancestry: str, k: float) -> Chart:  # fmt: skip
    """What prints."""
    chances = donor_chances(donor_match, frequencies, shapes=SHAPES)
    rows = chances[chances["k"] == k].set_index("ancestry")
    mine, theirs = (rows.loc[[name]].iloc[0].to_dict() for name in (ancestry, REFERENCE))
    figure, axes = style.canvas(height=3.7)
    draw(axes[0, 0], donor_match, frequencies, ancestry, k)
    found, match = percent(mine["chance"]), percent(mine["match_share"])
    return compose(
        figure,
        finding=f"{match} of {ancestry} patients find a match today, {found} one with two copies "
        f"({REFERENCE} patients: {percent(theirs['chance'])}, both with {shapes.words_of(k)})",
        alt=f"Two rising curves for {ancestry} patients, by times today's donors on a log scale. "
        f"Today {match} find a match and {found} a match with two copies of CCR5-Δ32.",
        caption=CAPTION,
        sources=[
            *source_ids(chances.rename(columns={"match_source_id": "source_id"})),
            *source_ids(chances.rename(columns={"homozygote_source_id": "source_id"})),
        ],
        short_source="DKMS (match, public figures); NMDP typing, 2018; curves computed",
        table=table_of(chances),
    )


@live
def donor_explorer(
    donor_match: pd.DataFrame,
    frequencies: pd.DataFrame,
    *,
    ancestry: str = ANCESTRY,
    k: float = 0.5,
) -> Live:
    """Pick patients and an assumption, let the registry grow, and see who finds a donor.

    Parameters
    ----------
    donor_match, frequencies : DataFrame
        ``load_donor_match()``, ``load_delta32_frequencies()``.
    ancestry, k : str, float
        Where the controls begin; k is one of ``SHAPES``.
    """
    groups = matched_ancestries(donor_match, frequencies)
    held = {
        str(row["ancestry"]): [row["match_share"], row["homozygote_share"]]
        for row in groups.to_dict("records")
    }
    moved = controls(ancestry, k, list(held))
    params = [param for control in moved for param in control.params()]
    params.insert(0, vega.given("groups", held))
    return Live(
        default_state(donor_match, frequencies, ancestry, k),
        moved,
        vega.spec_of(
            [*params, *numbers(), sentence()],
            layers(),
            data={"sequence": {"start": -1, "stop": 3.01, "step": 0.05, "as": "power"}},
            transform=[{"calculate": "pow(10, datum.power)", "as": "size"}],
        ),
    )
