"""The Chart: one picture with its finding, alt text, caption, source and data table."""

from __future__ import annotations

import functools
import io
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ParamSpec

import pandas as pd
from matplotlib.figure import Figure

from explainer.charts import style
from explainer.charts.html import figure_html
from explainer.charts.svg import inline_svg
from explainer.door import door
from explainer.errors import ExplainerError
from explainer.tables import harmless, source_line

CHART_MIME = "application/vnd.explainer.chart+json"
P = ParamSpec("P")


@dataclass(frozen=True)
class Chart:
    """A picture and everything a reader needs who cannot see it or wants the numbers.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        The picture as the report shows it.
    title : str
        The finding, one sentence with live numbers.
    alt : str
        What the picture shows in at most two sentences, with numbers of ``table``.
    caption : str
        How to read the picture.
    source : str
        Citation of every source drawn, with licence.
    table : pandas.DataFrame
        The numbers drawn; column names are words with units.
    name : str
        Slug of the picture, the chart function's name.
    talk : matplotlib.figure.Figure or None
        The same picture for a slide, drawn only when the run makes slides.
    """

    figure: Figure
    title: str
    alt: str
    caption: str
    source: str
    table: pd.DataFrame
    name: str = "chart"
    talk: Figure | None = None

    def svg(self) -> str:
        """The picture as inline SVG with its title and description."""
        return inline_svg(self.figure, name=self.name, title=self.title, description=self.alt)

    def talk_svg(self) -> str | None:
        """The slide's picture as inline SVG, or None if the run makes no slides."""
        if self.talk is None:
            return None
        return inline_svg(
            self.talk, name=f"{self.name}-talk", title=self.title, description=self.alt
        )

    def png(self) -> bytes:
        """The picture as PNG, twice the size of the page."""
        buffer = io.BytesIO()
        with style.context(), style.halos(self.figure):
            style.settle(self.figure)
            self.figure.savefig(buffer, format="png", metadata={"Software": None})
        return buffer.getvalue()

    def csv(self) -> str:
        """The data table as CSV; lines after ``#`` are the citation, the finding and the alt text.

        ``pandas.read_csv(file, comment="#")`` passes them over.
        """
        table = harmless(self.table).to_csv(index=False, lineterminator="\n")
        words = (self.source, self.title, self.alt)
        said = "".join(f"# {' '.join(line.split())}\n" for line in words)
        return f"{said}{table}"

    def save(self, path: str | os.PathLike[str] = "") -> Path:
        """Save picture or data: the suffix (.svg, .png or .csv) says which.

        Raises
        ------
        ExplainerError
            If no file is named, the suffix is another, or the file cannot be written.
        """
        if not (isinstance(path, str | os.PathLike) and str(path)):
            raise ExplainerError(
                'cannot save a chart without a name; such as chart.save("picture.svg"), '
                "ending in .svg, .png or .csv"
            )
        target = Path(path)
        makers: dict[str, Callable[[], str | bytes]] = {
            ".svg": self.svg,
            ".png": self.png,
            ".csv": self.csv,
        }
        if target.suffix not in makers:
            raise ExplainerError(
                f"cannot save a chart as {target.name}: "
                f"the name must end in .svg, .png or .csv; rename it"
            )
        made = makers[target.suffix]()
        try:
            target.write_bytes(made if isinstance(made, bytes) else made.encode())
        except OSError as error:
            raise ExplainerError(
                f"cannot write {target}: {error.strerror}; choose a folder you can write to"
            ) from error
        return target

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, object]:
        """Every form a front end may want; a PNG only outside export runs, which never use it."""
        picture = self.svg()
        bundle: dict[str, object] = {
            "text/html": figure_html(self, picture),
            "text/plain": f"{self.title}\n{self.alt}\n{self.source}",
            CHART_MIME: {
                "name": self.name,
                "title": self.title,
                "alt": self.alt,
                "svg": picture,
                "talk": self.talk_svg(),
            },
        }
        if style.FORMATS_VARIABLE not in os.environ:
            bundle["image/png"] = self.png()
        return bundle


def picture(function: Callable[P, Chart]) -> Callable[P, Chart]:
    """Give a chart function the explainer's style, its name, and a talk picture when wanted."""

    @functools.wraps(function)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Chart:
        with door(function, args, kwargs), style.context():
            chart = replace(function(*args, **kwargs), name=function.__name__.replace("_", "-"))
        if style.talk_is_wanted() and "ax" not in kwargs:
            with style.context(talk=True):
                talk = function(*args, **kwargs).figure
                style.raise_type(talk)
            chart = replace(chart, talk=talk)
        return chart

    return drawn


def compose(
    figure: Figure,
    *,
    finding: str,
    alt: str,
    caption: str,
    sources: Iterable[str],
    short_source: str,
    table: pd.DataFrame,
) -> Chart:
    """Finish a picture: finding above, short source below, words and numbers beside it."""
    style.head(figure, finding)
    style.foot(figure, f"Source: {short_source}")
    return Chart(
        figure=figure,
        title=finding,
        alt=alt,
        caption=caption,
        source=source_line(sources),
        table=table.reset_index(drop=True),
    )
