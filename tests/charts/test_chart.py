"""The Chart: what it saves, how it is shown, and that text from tables stays text."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from explainer import charts
from explainer.charts import style
from explainer.charts.chart import CHART_MIME, Chart, compose, picture
from explainer.errors import ExplainerError
from explainer.tables import load_estimates, source_line

SCRIPT = "<script>alert(1)</script>"
SOURCE = "unaids_workbook_2025"


@picture
def small_picture(*, words: str = "Deaths", tick: str = "Caribbean", ax: object = None) -> Chart:
    """A picture with a line, a band, a label, a named tick and a table."""
    figure, axes = style.canvas(height=2.0)
    panel = axes[0, 0]
    panel.plot([0, 1], [2, 1])
    panel.fill_between([0, 1], [1, 0.5], [3, 2], alpha=0.2)
    panel.set_xticks([0, 1], [tick, "Haiti"])
    style.label(panel, 1, 1, words, "aids_deaths")
    return compose(
        figure,
        finding=f"{words} fell from 2 to 1.",
        alt=f"Line chart of {words}. From 2 to 1.",
        caption="Read it from left to right.",
        sources=[SOURCE, SOURCE],
        short_source="UNAIDS",
        table=pd.DataFrame({"Place": [tick, "Haiti"], "Year": [2023, 2024], "Deaths": [2.0, 1.0]}),
    )


def test_chart_is_named_after_its_function():
    assert small_picture().name == "small-picture"


def test_same_picture_gives_the_same_svg():
    assert small_picture().svg() == small_picture().svg()


def test_same_picture_gives_the_same_png():
    assert small_picture().png() == small_picture().png()


def test_ids_of_two_pictures_never_meet():
    first, second = small_picture(words="Deaths").svg(), small_picture(words="Infections").svg()
    ids = [re.findall(r'\bid="([^"]+)"', svg) for svg in (first, second)]
    assert all(len(found) == len(set(found)) for found in ids)
    assert not set(ids[0]) & set(ids[1])


def test_every_reference_in_the_svg_has_its_target():
    svg = small_picture().svg()
    references = set(re.findall(r'(?:url\(#|href="#)([^")]+)', svg))
    assert references
    assert references <= set(re.findall(r'\bid="([^"]+)"', svg))


def test_svg_carries_title_and_description_for_screen_readers():
    chart = small_picture()
    svg = chart.svg()
    assert 'role="img"' in svg
    assert f">{chart.title}</title>" in svg
    assert f">{chart.alt}</desc>" in svg


def test_labels_stay_text_in_the_svg():
    assert ">Deaths</text>" in small_picture().svg()


def test_numbers_in_words_are_not_rounded_with_the_coordinates():
    assert ">p = 0.0004</text>" in small_picture(words="p = 0.0004").svg()


def test_svg_holds_no_date():
    assert not re.search(r"20\d\d-\d\d-\d\d", small_picture().svg())


@pytest.mark.parametrize("where", ["words", "tick"])
def test_markup_in_a_table_stays_inert_everywhere(where):
    chart = small_picture(**{where: SCRIPT})
    shown = chart._repr_mimebundle_()
    assert "<script" not in str(shown["text/html"])
    assert "<script" not in chart.svg()
    assert "&lt;script&gt;" in str(shown["text/html"])


def test_quotes_cannot_leave_an_attribute():
    html = str(small_picture(words='" onload="x')._repr_mimebundle_()["text/html"])
    assert '" onload="x' not in re.sub(r">[^<]*<", "><", html)


def test_page_shows_figure_caption_source_and_numbers():
    chart = small_picture()
    html = str(chart._repr_mimebundle_()["text/html"])
    assert html.startswith("<figure")
    assert chart.caption in html
    assert chart.source in html
    assert '<th scope="col" class=num>Deaths</th>' in html
    assert '<th scope="row">Caribbean</th>' in html


def test_years_in_the_table_have_no_thousands_mark():
    html = str(small_picture()._repr_mimebundle_()["text/html"])
    assert ">2024<" in html
    assert "2,024" not in html


def test_missing_number_is_a_dash_and_carries_no_raw_value():
    chart = replace(small_picture(), table=pd.DataFrame({"Place": ["A"], "Deaths": [float("nan")]}))
    html = str(chart._repr_mimebundle_()["text/html"])
    assert "–</td>" in html
    assert "nan" not in html


@pytest.mark.parametrize(
    ("suffix", "start"), [(".svg", b"<svg"), (".png", b"\x89PNG"), (".csv", b"# UNAIDS")]
)
def test_suffix_says_what_is_saved(tmp_path, suffix, start):
    saved = small_picture().save(tmp_path / f"deaths{suffix}")
    assert saved.read_bytes().startswith(start)


@pytest.mark.parametrize("name", ["deaths.pdf", "deaths", "deaths.SVG"])
def test_other_suffix_is_refused_in_one_sentence(tmp_path, name):
    with pytest.raises(ExplainerError) as refused:
        small_picture().save(tmp_path / name)
    assert str(refused.value) == (
        f"cannot save a chart as {name}: the name must end in .svg, .png or .csv; rename it"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", [(), (None,), (3,), ("",)], ids=str)
def test_chart_without_a_file_to_go_to_is_told_how_to_name_one(path):
    with pytest.raises(ExplainerError) as refused:
        small_picture().save(*path)
    assert str(refused.value) == (
        'cannot save a chart without a name; such as chart.save("picture.svg"), '
        "ending in .svg, .png or .csv"
    )


def test_folder_that_is_missing_is_told(tmp_path):
    with pytest.raises(ExplainerError, match=r"cannot write .*deaths\.svg: No such file"):
        small_picture().save(tmp_path / "nowhere" / "deaths.svg")


def test_csv_begins_with_its_citation_and_keeps_full_numbers():
    chart = small_picture()
    first, second, third, header, row, *_ = chart.csv().splitlines()
    assert first == f"# {chart.source}"
    assert (second, third) == (f"# {chart.title}", f"# {chart.alt}")
    assert header == "Place,Year,Deaths"
    assert row == "Caribbean,2023,2.0"


def test_text_that_a_spreadsheet_would_obey_leaves_as_text():
    row = small_picture(tick="=cmd|' /C calc'!A0").csv().splitlines()[4]
    assert row == "'=cmd|' /C calc'!A0,2023,2.0"


def test_source_names_licence_and_each_source_once():
    line = source_line([SOURCE, SOURCE])
    assert line.count("UNAIDS (2025)") == 1
    assert "CC BY-NC-SA 3.0 IGO" in line


def test_unknown_source_is_an_error():
    with pytest.raises(ExplainerError, match="no source 'unaids_2099'"):
        source_line(["unaids_2099"])


def test_slides_get_their_own_larger_picture(monkeypatch):
    monkeypatch.setenv(style.FORMATS_VARIABLE, "html,slides")
    chart = small_picture()
    assert isinstance(chart.talk, Figure)
    assert tuple(chart.talk.get_size_inches()) == style.TALK_SIZE
    assert chart._repr_mimebundle_()[CHART_MIME]["talk"].startswith("<svg")


@pytest.mark.parametrize("formats", [None, "html", "html,pdf"])
def test_other_runs_draw_no_slide(monkeypatch, formats):
    if formats is not None:
        monkeypatch.setenv(style.FORMATS_VARIABLE, formats)
    chart = small_picture()
    assert chart.talk is None
    assert chart._repr_mimebundle_()[CHART_MIME]["talk"] is None


def test_picture_drawn_on_own_axes_has_no_slide(monkeypatch):
    monkeypatch.setenv(style.FORMATS_VARIABLE, "slides")
    assert small_picture(ax=object()).talk is None


def test_png_is_left_to_front_ends_outside_exports(monkeypatch):
    assert "image/png" in small_picture()._repr_mimebundle_()
    monkeypatch.setenv(style.FORMATS_VARIABLE, "html")
    assert "image/png" not in small_picture()._repr_mimebundle_()


def test_every_word_of_a_slides_picture_reaches_the_back_row(monkeypatch):
    monkeypatch.setenv(style.FORMATS_VARIABLE, "slides")
    talk = charts.revisions(load_estimates("all")).talk
    assert talk is not None
    style.settle(talk)
    small = [t.get_text() for t in talk.findobj(Text) if t.get_text() and t.get_fontsize() < 20]
    assert small == []
