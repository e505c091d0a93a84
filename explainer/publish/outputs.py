"""What a cell printed or drew, as HTML for the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from bs4 import BeautifulSoup

from explainer.publish.markdown import to_html

CHART_MIME = "application/vnd.explainer.chart+json"
SHOWN_MIME = "application/vnd.explainer.shown+html"  # taken from an earlier page
CARD_MIME = "application/vnd.explainer.card+json"
_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.S | re.I)
_TEXT = re.compile(r">[^<]+<")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def output_html(output: Mapping[str, Any], cell: Mapping[str, Any], taken: set[str]) -> str:
    """HTML of one output, the richest form the page can show; nothing for silent ones."""
    kind = output["output_type"]
    if kind == "stream":
        text = escape(_COLOURS.sub("", _joined(output["text"]))).rstrip()
        return f'<pre class="printed" tabindex="0">{text}</pre>' if text else ""
    if kind == "error":
        said = f"{output.get('ename', 'Error')}: {output.get('evalue', '')}"
        return f'<pre class="printed failed" tabindex="0">{escape(said)}</pre>'
    data = output.get("data", {})
    if SHOWN_MIME in data:
        return _joined(data[SHOWN_MIME])
    if CARD_MIME in data:  # said to an index of pages, not to the reader of this one
        return ""
    if "text/html" in data:
        return _html(_joined(data["text/html"]), is_chart=CHART_MIME in data)
    if "text/markdown" in data:
        return to_html(_joined(data["text/markdown"]), taken=taken, is_trusted=False)[0]
    for mime in ("image/svg+xml", "image/png", "image/jpeg"):
        if mime in data:
            return _picture(mime, _joined(data[mime]), output, cell)
    if "text/latex" in data:
        return to_html(_joined(data["text/latex"]), taken=taken, is_trusted=False)[0]
    text = escape(_joined(data.get("text/plain", "")))
    return f'<pre class="printed" tabindex="0">{text}</pre>' if text else ""


def _joined(text: str | list[str]) -> str:
    """A notebook stores long text as a string or as a list of lines."""
    return text if isinstance(text, str) else "".join(text)


def _html(markup: str, *, is_chart: bool) -> str:
    """A chart as it came; other HTML without scripts, and data frames made readable."""
    if is_chart:
        return markup
    markup = _SCRIPT.sub("", markup)
    return _frame(markup) if 'class="dataframe"' in markup else markup


def _frame(markup: str) -> str:
    """pandas' table without its style sheet, border, empty header cells; long names may break."""
    soup = BeautifulSoup(markup, "html.parser")
    for style in soup.find_all("style"):
        style.decompose()
    for table in soup.find_all("table"):
        table.attrs = {}
        for cell in table.find_all("th"):
            if not cell.get_text(strip=True):
                cell.name = "td"
            else:
                cell["scope"] = "col" if cell.find_parent("thead") else "row"
        for row in table.find_all("tr"):
            row.attrs = {}
    inner = "".join(str(table) for table in soup.find_all("table"))
    inner = _TEXT.sub(lambda text: text.group().replace("_", "_<wbr>"), inner)
    return f'<div class="scroll" tabindex="0" role="group" aria-label="Table">{inner}</div>'


def _picture(mime: str, data: str, output: Mapping[str, Any], cell: Mapping[str, Any]) -> str:
    """A picture that is no Chart, with the alt text its author gave."""
    noted = output.get("metadata", {}).get(mime, {}), cell.get("metadata", {})
    given = next((place["alt"] for place in noted if place.get("alt")), None)
    alt = given or f"Picture made by cell {cell.get('id', '')}; its author gave no description"
    if mime == "image/svg+xml":
        import base64

        data = base64.b64encode(data.encode()).decode()
    compact = re.sub(r"\s", "", data)
    return f'<p class="picture"><img src="data:{mime};base64,{compact}" alt="{escape(alt)}"></p>'
