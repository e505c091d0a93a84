"""The report: a notebook as one HTML file that opens offline, prints well and can be e-mailed."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import default
from traitlets.config import Config

from explainer import tables
from explainer.errors import ExplainerError
from explainer.paths import IMPORTED, import_file
from explainer.publish import notebooks
from explainer.publish.blocks import page_of
from explainer.publish.carried import RUNTIME, carried, inline
from explainer.publish.from_lab import made_for, without_lab
from explainer.publish.prose import grade_words
from explainer.publish.shown import seal, shown_in
from explainer.wording import ended

TEMPLATES = Path(__file__).parent / "templates"
SITE = "HIV, explained with its numbers"
LIBRARIES = ("hiv-explainer", "pandas", "matplotlib", "scipy")
LIVE = '<figure class="chart live"'
UNAIDS_TABLES = frozenset({"hiv_estimates", "treatment_cascade"})


class ReportExporter(TemplateExporter):
    """nbconvert exporter ``explainer_report``: any executed notebook in the explainer's dress."""

    page = "report"
    export_from_notebook = "HIV explainer report"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "explainer_report"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """What templates may do with a text, beside nbconvert's own."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "ended", ended

    @property
    def default_config(self) -> Config:
        """Nothing that drops cells is switched on: the page shows the notebook as it is."""
        return Config()

    def _preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """What the template shows, made after nbconvert's own steps such as ``--execute``."""
        nb = notebooks.with_ids(nb)
        nb, resources = super()._preprocess(nb, resources)  # type: ignore[no-untyped-call]
        folder, name = (resources["metadata"].get(key) for key in ("path", "name"))
        if folder and "facts" not in resources:  # else it was run for this page just now
            nb = made_for(self.page, nb, Path(folder) / f"{name}.ipynb")
        nb = without_lab(nb)
        try:
            title = notebooks.title(nb)
        except ExplainerError:
            title = str(name or "notebook")
        parts, html = self._parts(nb, title, Path(folder) if folder else None)
        built = (resources.get("facts") or facts()) | {"shown": seal(shown_in(html))}
        built["reading"] = grade_words(html)
        resources |= {"site": SITE, "facts": built} | parts
        return nb, resources

    def _parts(
        self, nb: NotebookNode, title: str, folder: Path | None
    ) -> tuple[dict[str, Any], str]:
        """What the template puts together, and the HTML of all that the notebook shows."""
        page = page_of(nb, title=title, audience="report", folder=folder)
        html = "\n".join(block.html for block in page.blocks)
        script, live = asset("page.js"), live_scripts(html)
        parts = {"page": page, "style": asset("page.css"), "script": script, "live": live}
        if live:
            parts |= {"style": f"{parts['style']}\n{asset('live.css')}"}
            parts |= {"live_licence": asset("vega-licence.txt")}
        return parts | {"policy": policy(script, *live)}, html


def live_scripts(html: str) -> list[str]:
    """What live pictures run on; nothing for a page without one."""
    if LIVE not in html:
        return []
    return [inline(carried(RUNTIME, "live pictures")), asset("live.js")]


def asset(name: str) -> str:
    """Text of a style sheet or script of the pages."""
    return (TEMPLATES / "shared" / name).read_text(encoding="utf-8").strip()


def policy(*scripts: str) -> str:
    """Content-Security-Policy that lets the page run its own scripts and reach nothing."""
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        f"img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def facts(
    read: Iterable[str] | None = None,
    *,
    release: str | None = None,
    digest: str = "",
    code: str = "",
) -> dict[str, str]:
    """What a reader needs to repeat the page: data release and date, versions, digest.

    Parameters
    ----------
    read : iterable of str, optional
        The tables the page was made from; a page without UNAIDS figures names no release.
    release : str, optional
        UNAIDS release asked for.
    digest : str
        Digest of everything the page was made from.
    code : str
        The same without the notebook's words.
    """
    shows_unaids = read is None or not UNAIDS_TABLES.isdisjoint(read)
    named = f"{release or tables.default_release()}{_imported(read or ())}"
    return {
        "release": named if shows_unaids else "",
        "tables": " ".join(sorted(read or ())),
        "frozen": tables.freeze_date(),
        "versions": _versions(),
        "digest": digest,
        "code": code,
    }


def _imported(read: Iterable[str]) -> str:
    """What is said behind the release where figures come from a file that was imported."""
    asked = (name.removeprefix(IMPORTED) for name in read if name.startswith(IMPORTED))
    return " (with an imported file)" if any(import_file(one).is_file() for one in asked) else ""


@lru_cache(maxsize=1)
def _versions() -> str:
    """Our version and those of the libraries that shape numbers and pictures."""
    return ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
