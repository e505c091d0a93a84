"""The look holds its promises: contrast, type sizes, one style for every picture."""

from __future__ import annotations

import matplotlib as mpl
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from explainer.charts import style
from explainer.charts.svg import inline_svg

TEXT_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
MARK_CONTRAST = 3.0  # WCAG 2.2, success criterion 1.4.11


def luminance(colour: str) -> float:
    """Relative luminance of a colour as WCAG defines it."""
    channels = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in to_rgb(colour)
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast_on_white(colour: str) -> float:
    """Contrast of a colour with the white card every picture sits on."""
    return 1.05 / (luminance(colour) + 0.05)


def test_contrast_of_black_on_white_is_the_published_maximum():
    assert contrast_on_white("#000000") == pytest.approx(21.0)
    assert contrast_on_white("#777777") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("meaning", style.COLOURS)
def test_ink_is_readable_as_text(meaning):
    assert contrast_on_white(style.colour(meaning).ink) >= TEXT_CONTRAST


@pytest.mark.parametrize("meaning", style.COLOURS)
def test_marks_stand_out_from_the_card(meaning):
    assert contrast_on_white(style.colour(meaning).mark) >= MARK_CONTRAST


@pytest.mark.parametrize("setting", ["text.color", "axes.labelcolor", "xtick.color", "ytick.color"])
def test_axis_text_is_readable(setting):
    with style.context():
        assert contrast_on_white(mpl.rcParams[setting]) >= TEXT_CONTRAST


def test_treatment_shares_are_green_like_all_treatment():
    for meaning in ("on_art", "art_coverage_share", "suppressed_share", "knows_status_share"):
        assert style.colour(meaning) == style.COLOURS["art"]


def test_unknown_meaning_has_no_colour():
    with pytest.raises(KeyError):
        style.colour("mood")


def test_slide_type_can_be_read_from_the_back_row():
    with style.context(talk=True):
        for setting in ("font.size", "xtick.labelsize", "ytick.labelsize", "axes.labelsize"):
            assert mpl.rcParams[setting] >= 19
        assert mpl.rcParams["lines.linewidth"] >= 3


def test_style_ends_with_its_block():
    before = mpl.rcParams["font.size"]
    with style.context(talk=True):
        assert style.is_talk()
        assert mpl.rcParams["font.size"] != before
    assert not style.is_talk()
    assert mpl.rcParams["font.size"] == before


def test_style_ends_even_when_a_picture_fails():
    with pytest.raises(ValueError, match="no such bar"), style.context(talk=True):
        raise ValueError("no such bar")
    assert not style.is_talk()


def test_page_and_slide_have_their_own_size():
    with style.context():
        page, _ = style.canvas(height=3.0)
    with style.context(talk=True):
        slide, _ = style.canvas(height=3.0)
    assert tuple(page.get_size_inches()) == (style.PAGE_WIDTH, 3.0)
    assert tuple(slide.get_size_inches()) == style.TALK_SIZE


def test_slide_leaves_the_finding_to_its_headline():
    with style.context():
        page, _ = style.canvas()
        style.head(page, "New infections fell")
    with style.context(talk=True):
        slide, _ = style.canvas()
        style.head(slide, "New infections fell")
    assert page.get_suptitle() == "New infections fell"
    assert slide.get_suptitle() == ""


def test_label_takes_the_ink_of_its_meaning():
    with style.context():
        figure, axes = style.canvas()
        style.label(axes[0, 0], 1, 2, "1.3 million", "new_infections")
    texts = [text for text in figure.findobj(Text) if text.get_text() == "1.3 million"]
    assert [text.get_color() for text in texts] == [style.COLOURS["new_infections"].ink]


def test_picture_is_drawn_once_for_its_svg(monkeypatch):
    drawn = []
    draw = Figure.draw
    monkeypatch.setattr(Figure, "draw", lambda self, *args: drawn.append(self) or draw(self, *args))
    with style.context():
        figure, axes = style.canvas()
        axes[0, 0].plot([1, 2], [3, 4])
    inline_svg(figure, name="line", title="A line", description="It rises.")
    assert drawn == [figure]
