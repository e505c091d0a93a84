"""Verdict strip: one cell a group of claims of a news text, by shape, letter and colour."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from explainer.charts import style
from explainer.charts.chart import Chart, compose, picture
from explainer.science.claims import verdict_cells
from explainer.science.claims_evidence import Verdict
from explainer.wording import counted, join, number

COLUMNS = 6
NAMES = {"hiv": "HIV text", "car_t": "CAR-T text"}
CAPTION = (
    "Read the cells in the order of the numbers; shape, letter and colour say the same thing. "
    "A cell with several claims shows the gravest verdict among them; the table names each. "
    "Verdicts are on the words of the text, never on a person. "
    "The table below also says what the sources say, and whether a function or a reader decided."
)


@dataclass(frozen=True)
class Mark:
    """How a verdict is drawn: three codes for one meaning, so that any one of them is enough."""

    shape: str
    shape_word: str
    letter: str
    colour: str
    is_hollow: bool = False
    dashes: str | tuple[int, tuple[float, float]] = "-"


# Other hues than those of the tables' indicators, and dark enough for a white letter.
MARKS = {
    Verdict.SUPPORTED: Mark("o", "circle", "S", "#17596E"),
    Verdict.IMPRECISE: Mark("D", "diamond", "I", "#8A6A00"),
    Verdict.CONTRADICTED: Mark("s", "square", "C", "#8E2A3C"),
    Verdict.UNVERIFIABLE: Mark("o", "hollow circle", "U", "#4B5563", is_hollow=True),
    Verdict.OMISSION: Mark("s", "dashed square", "O", "#5B3F8C", is_hollow=True, dashes="--"),
}
SIZE = {"o": 25.0, "D": 20.5, "s": 23.0}  # points, so that the shapes look equally large


def draw_mark(axes: Axes, x: float, y: float, verdict: Verdict, scale: float = 1.0) -> None:
    """The shape of a verdict with its letter inside."""
    mark = MARKS[verdict]
    shrink = 0.62 if style.is_talk() else 1.0  # the type grows more than the cells do
    axes.scatter(
        x, y, s=(style.size(SIZE[mark.shape]) * scale * shrink) ** 2, marker=mark.shape,
        facecolor="white" if mark.is_hollow else mark.colour, edgecolor=mark.colour,
        linewidth=style.size(1.4), linestyle=mark.dashes, zorder=3, clip_on=False,
    )  # fmt: skip
    axes.annotate(
        mark.letter, (x, y), ha="center", va="center_baseline", zorder=4, fontweight="bold",
        color=mark.colour if mark.is_hollow else "white",
        fontsize=style.size(11 * scale if not style.is_talk() else 9), annotation_clip=False,
    )  # fmt: skip


def in_lines(label: str, most: int = 14) -> str:
    """A label in as few lines as fit the cell, the lines about equally long."""
    lines = textwrap.wrap(label, most)
    for width in range(most - 1, 0, -1):
        shorter = textwrap.wrap(label, width, break_long_words=False)
        if len(shorter) > len(lines):
            break
        lines = shorter
    return "\n".join(lines)


def draw_cell(axes: Axes, x: float, y: float, cell: pd.Series) -> None:
    """One cell: its number, the mark, the claim in a few words."""
    draw_mark(axes, x, y, Verdict(cell["verdict"]))
    beside = -style.size(19 if not style.is_talk() else 13)
    axes.annotate(
        number(cell["cell"]), (x, y), xytext=(beside, 0), textcoords="offset points", ha="right",
        va="center", fontsize=style.size(9), annotation_clip=False,
        color=style.colour("neutral").ink,
    )  # fmt: skip
    below = -style.size(17 if not style.is_talk() else 11)
    axes.annotate(
        in_lines(cell["label"]), (x, y), xytext=(0, below), textcoords="offset points",
        ha="center", va="top", linespacing=1.15, annotation_clip=False,
        fontsize=style.size(8.4 if style.is_talk() else 8.8),
    )  # fmt: skip


def draw_key(axes: Axes, counts: pd.Series, y: float) -> None:
    """What the marks mean and how many cells have each, on one line."""
    for place, (verdict, n) in enumerate(counts.items()):
        x = (place + 0.5) * COLUMNS / len(counts)
        talk = style.is_talk()
        draw_mark(axes, x - 0.36, y, Verdict(str(verdict)), scale=0.62 if not talk else 0.8)
        axes.annotate(
            f"{n} {verdict}", (x - 0.36, y), xytext=(style.size(13 if not talk else 10), 0),
            textcoords="offset points", va="center", fontsize=style.size(9),
            fontweight="bold", color=MARKS[Verdict(str(verdict))].colour, annotation_clip=False,
        )  # fmt: skip


def counted_verdicts(cells: pd.DataFrame) -> pd.Series:
    """Cells of each verdict that occurs, from supported to contradicted."""
    counts = cells["verdict"].value_counts()
    return counts.reindex([str(verdict) for verdict in Verdict if str(verdict) in counts.index])


def table_of(cells: pd.DataFrame) -> pd.DataFrame:
    """What the strip shows, one row a cell, with what decided it."""
    return pd.DataFrame(
        {
            "Cell": cells["cell"],
            "Claim": cells["label"],
            "Verdict": cells["verdict"],
            "Every claim in the cell": cells["claim_verdicts"],
            "Decided by": cells["decided_by"].map(
                {"computed": "a function, from the tables", "reading": "reading the sources"}
            ),
            "What the sources say": cells["sources_say"],
            "Why": cells["reason"].fillna(""),
        }
    )


def finding_of(counts: pd.Series, name: str) -> str:
    """How many groups of claims hold, how many do not, and whether something is left out."""
    missing, good = int(counts.get("omission", 0)), int(counts.get("supported", 0))
    n = int(counts.sum()) - missing
    groups = counted(n, "group of claims", "groups of claims")
    parts = [f"{good} of {groups} {'holds' if good == 1 else 'hold'}"]
    parts += [
        f"{k} {'is' if k == 1 else 'are'} {verdict}"
        for verdict, k in counts.drop(["supported", "omission"], errors="ignore").items()
    ]
    left_out = "; one more cell is for what it leaves out" if missing else ""
    return f"In the {name} {join(parts)}{left_out}"


def words_of(cells: pd.DataFrame, name: str) -> dict[str, str]:
    """Finding and alt text from the counts."""
    counts = counted_verdicts(cells)
    told = [
        f"{k} {verdict} ({MARKS[Verdict(str(verdict))].shape_word}, "
        f"{MARKS[Verdict(str(verdict))].letter})"
        for verdict, k in counts.items()
    ]
    alt = f"Strip of {len(cells)} cells, the claims of the {name} in order: {', '.join(told)}."
    return {"finding": finding_of(counts, name), "alt": alt}


@picture
def verdict_strip(checked: pd.DataFrame) -> Chart:
    """Groups of claims of a news text at a glance: what holds, is vague, is wrong or is missing.

    Parameters
    ----------
    checked : DataFrame
        ``check_claims(load_claims("hiv"), evidence)``, or of the other text.
    """
    cells = verdict_cells(checked)
    rows = -(-len(cells) // COLUMNS)
    figure, axes = style.canvas(height=0.98 * rows + 1.25)
    canvas = axes[0, 0]
    canvas.set_axis_off()
    for place, (_, cell) in enumerate(cells.iterrows()):
        draw_cell(canvas, place % COLUMNS + 0.5, -(place // COLUMNS), cell)
    draw_key(canvas, counted_verdicts(cells), -rows + 0.12)
    canvas.set_xlim(0, COLUMNS)
    canvas.set_ylim(-rows - 0.12, 0.32)
    shown = checked.dropna(subset=["cell"])
    return compose(
        figure,
        **words_of(cells, NAMES[str(shown["document"].iloc[0])]),
        caption=CAPTION,
        sources=[str(source) for source in shown["source_id"]],
        short_source="the sources of each claim are listed with the picture",
        table=table_of(cells),
    )
