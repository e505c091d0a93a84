"""Words and parts of Vega-Lite specs: expressions that write numbers as the prose does."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from explainer.charts import style

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONTS = "DejaVu Sans, Verdana, Bitstream Vera Sans, Geneva, sans-serif"
INK, SOFT, LINE = "#1f2430", "#3f4756", "#d9dde3"

LEADS = (1, 1.5, 2, 3, 5, 7)  # ticks in each power of ten of a log scale
LOWEST, HIGHEST = -5, 9  # its powers of ten

Part = dict[str, Any]


def percent_of(share: str) -> str:
    """Expression: a share in percent as ``wording.percent`` writes it, 77%, 0.95%, 99.6%."""
    hundred = f"(100*({share}))"
    edge = f"({hundred} > 99 && {hundred} < 100 ? 100 - {hundred} : {hundred})"
    # Two figures near nothing and near all: no share becomes 0% or 100% by rounding.
    places = f"max(0, 1 - floor(log(max({edge}, 1e-9)) / LN10))"
    return f"(({share}) <= 0 ? '0%' : format({hundred}, ',.' + {places} + '~f') + '%')"


def chance_of(share: str, over: str = "over ") -> str:
    """Expression: a model's chance in percent; it claims no more than four nines."""
    return f"(({share}) > 0.9999 && ({share}) < 1 ? '{over}99.99%' : {percent_of(share)})"


def people_of(count: str) -> str:
    """Expression: a count as ``wording.people`` writes it, 40.8 million or 630,000."""
    return (
        f"(abs({count}) >= 999500 ? format(({count}) / 1e6, ',.1f') + ' million'"
        f" : abs({count}) < 0.5 ? '0' : format({count}, abs({count}) < 1000 ? ',.0f' : ',.3r'))"
    )


def number_of(value: str, digits: int = 1) -> str:
    """Expression: a number with so many decimals at most."""
    return f"format({value}, ',.{digits}~f')"


def text_of(words: str) -> str:
    """Expression: plain words, quoted."""
    return json.dumps(words, ensure_ascii=False)


def joined(*parts: str) -> str:
    """Expression: a sentence from pieces."""
    return " + ".join(parts)


def lines_of(most: int, *paragraphs: str) -> str:
    """Expression: words in lines of so many characters; Vega breaks none of its own accord."""
    whole = r" + '\n' + ".join(
        rf"trim(replace({words}, regexp('(.{{1,{most}}})( +|$)', 'g'), '$1\n'))"
        for words in paragraphs
    )
    return rf"split({whole}, '\n')"


def derived(name: str, expression: str) -> Part:
    """A number or sentence that follows from the controls."""
    return {"name": name, "expr": expression}


def given(name: str, value: object) -> Part:
    """A number or list of numbers computed in Python, for expressions to look up."""
    return {"name": name, "value": value}


def rounded(values: Sequence[float], figures: int = 6) -> list[float]:
    """Numbers with so many significant figures: enough for a picture, short enough for a page."""
    return [float(f"{value:.{figures}g}") if math.isfinite(value) else 0.0 for value in values]


def log_ticks() -> list[float]:
    """Logarithms of all ticks that a log scale of people or shares can need."""
    powers = range(LOWEST, HIGHEST)
    return [round(power + math.log10(lead), 6) for power in powers for lead in LEADS]


def ticks_up_to(end: str, sign: str) -> str:
    """Expression: how many of them lie below an end (``>``), or below or at it (``>=``)."""
    above = f"({end} - floor({end}))"
    passed = " + ".join(f"({above} {sign} {math.log10(lead):.6f} ? 1 : 0)" for lead in LEADS)
    return f"{len(LEADS)} * (floor({end}) - {LOWEST}) + {passed}"


def two_scales() -> list[Part]:
    """An axis that the param ``scale`` makes linear or log, for ``ends``: the smallest figure above
    nothing and the highest.  Rows of a log scale hold logarithms, none of less than ``bottom``."""
    return [
        given("logticks", log_ticks()),
        derived("raw", "ends[1] / (height < 240 ? 3 : 5)"),  # a slide has less room
        derived("decade", "pow(10, floor(log(raw) / LN10))"),
        derived("lead", "raw / decade"),
        derived("tick", "decade * (lead > 5 ? 10 : lead > 2 ? 5 : lead > 1 ? 2 : 1)"),
        derived("bottom", "ends[0] / 1.3"),
        derived("floor_at", "scale == 'log' ? log(bottom) / LN10 : 0"),
        derived("top_at", "scale == 'log' ? log(ends[1] * 1.15) / LN10 : ends[1] * 1.05"),
        derived("ticks", f"scale == 'log' ? slice(logticks, {ticks_up_to('floor_at', '>')}, "
                         f"{ticks_up_to('top_at', '>=')}) : sequence(0, top_at, tick)"),
    ]  # fmt: skip


def axis(title: str | None, **options: object) -> Part:
    """An axis with its unit in words."""
    return {"title": title, **options}


def line(meaning: str, **options: object) -> Part:
    """A line in the colour of its meaning."""
    return {"type": "line", "color": style.colour(meaning).mark, "strokeWidth": 2.5, **options}


def label(meaning: str, **options: object) -> Part:
    """A direct label in the ink of its meaning, with a white halo."""
    return {"type": "text", "color": style.colour(meaning).ink, "fontWeight": "bold",
            "fontSize": 13, "align": "left", **options}  # fmt: skip


def dot(meaning: str, **options: object) -> Part:
    """A point in the colour of its meaning."""
    return {"type": "circle", "size": 90, "opacity": 1, "color": style.colour(meaning).mark,
            **options}  # fmt: skip


def upright(where: str, **ends: Part) -> Part:
    """An upright line where an expression says, as high as the picture unless ends are named."""
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "color": style.colour("faint").mark},
        "encoding": {"x": {"datum": {"expr": where}, "type": "quantitative"}, **ends},
    }


def level(where: str) -> Part:
    """A dotted level line where an expression says."""
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "strokeDash": [2, 3], "color": style.colour("faint").mark},
        "encoding": {"y": {"datum": {"expr": where}, "type": "quantitative"}},
    }


HEAD = 42  # pixels over a share of all, where two answers stand
UNDER_HEAD = {"domain": [0, {"expr": f"height / (height - {HEAD})"}], "nice": False}


def answers(*lines: tuple[str, str, str]) -> list[Part]:
    """Results over the curves, each in the ink of its line: name, share and meaning.

    No place of a point, no curve and no edge can cut words that stand there.
    """
    return [
        {
            "data": {"values": [{}]},
            "mark": label(
                meaning, baseline="middle", fontSize={"expr": "clamp(width / 19, 10, 13)"}
            ),
            "encoding": {
                "x": {"value": 2},
                "y": {"value": 8 + 19 * place},
                "text": {"value": {"expr": f"{text_of(name + ': ')} + {chance_of(share, '>')}"}},
            },
        }
        for place, (name, share, meaning) in enumerate(lines)
    ]


def spec_of(
    params: Sequence[Mapping[str, Any]],
    layers: Sequence[Part],
    *,
    height: int | Part = 300,
    **rest: object,
) -> Part:
    """The layers and their params as one Vega-Lite spec in the look of the other pictures."""
    words: Part = {"labelFont": FONTS, "titleFont": FONTS, "labelFontSize": 12,
                   "titleFontSize": 12.5, "labelColor": SOFT, "titleColor": SOFT}  # fmt: skip
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding", "resize": True},
        "background": "white",
        "config": {
            "font": FONTS,
            "view": {"stroke": None},
            "axis": {**words, "titleFontWeight": "normal", "gridColor": LINE, "domainColor": LINE,
                     "ticks": False, "labelPadding": 6, "labelFlush": False},
            "header": words,
            "legend": {**words, "symbolStrokeWidth": 3},
            "text": {"font": FONTS},
            "aria": False,
        },
        "params": [dict(param) for param in params],
        "layer": list(layers),
        **rest,
    }  # fmt: skip
