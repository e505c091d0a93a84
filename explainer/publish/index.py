"""The landing page: a card for every report in the folder, with picture, answer and size."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from explainer import tables
from explainer.publish.files import is_same, write_whole
from explainer.publish.pages import COUNTRIES
from explainer.publish.report import SITE, TEMPLATES, asset, policy

MORE = {  # what else there may be of a chapter, by who needs it
    "To show": {"Slides": ".slides.html", "PDF": ".pdf"},
    "To hand out": {"Worksheet": ".worksheet.html", "Quiz": ".quiz.html"},
    "For the teacher": {"Lesson plan": ".lesson.html", "Answers": ".answers.html"},
}
# As lesson_plan() writes them: other tables of the page may hold such a cell too.
PLAN = re.compile(r'<th scope="col">Minute</th>.*?</table>', re.S)
CLOCK = re.compile(r"<td>\d+–(\d+)</td>")
CARD = re.compile(r'<script type="application/json" id="card">(.*?)</script>', re.S)


@dataclass(frozen=True)
class Card:
    """One report as the landing page shows it."""

    file: str
    title: str
    answer: str
    picture: str
    kilobytes: int
    is_chapter: bool
    more: dict[str, dict[str, str]]


def write_index(folder: Path) -> Path:
    """Write ``index.html`` over all reports found in ``folder`` and return its path."""
    cards = [card for path in sorted(folder.glob("*.html")) if (card := card_of(path))]
    return write_overview(
        folder,
        "index.html.j2",
        style=asset("page.css"),
        script=asset("page.js"),
        chapters=[card for card in cards if card.is_chapter],
        others=[card for card in cards if not card.is_chapter],
        countries=_profiles(folder / COUNTRIES),
    )


def holds_chapters(folder: Path) -> bool:
    """Whether a landing page of ours leads to what stands in the folder."""
    return (folder / "index.html").exists() and any(map(card_of, folder.glob("[0-9][0-9]-*.html")))


def _profiles(folder: Path) -> int:
    """How many country profiles stand in a folder, under an index of their own."""
    if not (folder / "index.html").exists():
        return 0
    told = filter(None, map(told_by, folder.glob("*.html")))
    return sum("iso3" in card.get("facts", {}) for _, card in told)


def write_overview(folder: Path, template: str, *, style: str, script: str, **shown: Any) -> Path:
    """Write ``index.html`` from a template and what it is to show; return its path."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES / "shared"), autoescape=True)
    html = environment.get_template(template).render(
        site=SITE,
        style=style,
        script=script,
        policy=policy(script),
        frozen=tables.freeze_date(),
        **shown,
    )
    target = folder / "index.html"
    if not is_same(target, html):
        write_whole(target, html)
    return target


def told_by(path: Path) -> tuple[str, dict[str, Any]] | None:
    """An exported page and what its card says, or None for any other HTML file."""
    try:
        html = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    found = CARD.search(html)
    return (html, json.loads(found.group(1))) if found else None


def card_of(path: Path) -> Card | None:
    """Card of an exported report, or None for any other HTML file."""
    told = told_by(path)
    if told is None:
        return None
    html, card = told
    return Card(
        file=path.name,
        title=card["title"],
        answer=card["answer"],
        picture=_thumbnail(html, card["cover"]) if card["cover"] else "",
        kilobytes=round(path.stat().st_size / 1000),
        is_chapter=bool(re.match(r"\d\d-", path.name)),
        more=_more(path),
    )


def _more(path: Path) -> dict[str, dict[str, str]]:
    """The other pages of a report that stand beside it, by who needs them."""
    found = {
        use: {
            f"{name}{_length(path.with_suffix(suffix))}": path.with_suffix(suffix).name
            for name, suffix in pages.items()
            if path.with_suffix(suffix).exists()
        }
        for use, pages in MORE.items()
    }
    return {use: pages for use, pages in found.items() if pages}


def _length(path: Path) -> str:
    """How long a lesson takes, from the clock of its plan; nothing for any other page."""
    if not path.name.endswith(MORE["For the teacher"]["Lesson plan"]):
        return ""
    plan = PLAN.search(path.read_text(encoding="utf-8"))
    ends = CLOCK.findall(plan.group()) if plan else []
    return f" ({ends[-1]} minutes)" if ends else ""


def _thumbnail(html: str, name: str) -> str:
    """The named picture, marked as decoration: the card's words say what it shows."""
    start = html.find(f'data-name="{name}"')
    opening = html.find("<svg", start)
    picture = html[opening : html.find("</svg>", opening) + len("</svg>")]
    picture = re.sub(r"<title.*?</title>|<desc.*?</desc>", "", picture, flags=re.S)
    return re.sub(r' role="img" aria-labelledby="[^"]*"', ' aria-hidden="true"', picture, count=1)
