"""Pictures of the teaching model: what is drawn is what was computed, and it says what it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.collections import FillBetweenPolyCollection, LineCollection
from matplotlib.colors import to_hex
from matplotlib.text import Text

from explainer import charts
from explainer.charts import style
from explainer.charts.chart import Chart
from explainer.narrative.words import unkind_words
from explainer.science.transmission import NO_PROGRAMME
from explainer.science.transmission_fit import against_published, fit_transmission
from explainer.science.transmission_grid import art_prep_scenarios
from explainer.science.transmission_scenarios import VARIANTS, ablations, tornado, without_art
from explainer.science.transmission_surveys import survey_points
from explainer.tables import load_epidemic_series, load_model_parameters
from tests.charts.epidemic_frames import words
from tests.charts.lanes_drawn import names
from tests.charts.overlap import outside, overlapping
from tests.charts.vision import told_apart_by_colour_alone

SERIES, PARAMETERS = load_epidemic_series(), load_model_parameters()
FIT = fit_transmission(SERIES, PARAMETERS)
SURVEYS = survey_points(SERIES)
PARTS = ablations(FIT)
SWINGS = tornado(FIT, PARAMETERS)
GRID = art_prep_scenarios(FIT, PARAMETERS)
PICTURES: dict[str, Callable[[], Chart]] = {
    "data": lambda: charts.model_against_data(FIT, SURVEYS),
    "data without surveys": lambda: charts.model_against_data(FIT),
    "misfit": lambda: charts.model_against_data(fit_transmission(SERIES, PARAMETERS, "THA")),
    "ablations": lambda: charts.model_ablations(FIT, PARTS),
    "tornado": lambda: charts.model_tornado(FIT, SWINGS),
    "no ART": lambda: charts.no_art_counterfactual(FIT),
    "scenarios": lambda: charts.art_prep_scenarios(FIT, GRID),
}
DARK = style.colour("strong").mark


@pytest.fixture(scope="module", params=PICTURES)
def chart(request):
    return made(request.param)


def made(name: str, cache: dict[str, Chart] = {}) -> Chart:  # noqa: B006 - drawn once a module
    if name not in cache:
        patch = pytest.MonkeyPatch()
        patch.setenv(style.FORMATS_VARIABLE, "html,slides")
        try:
            cache[name] = PICTURES[name]()
        finally:
            patch.undo()
    return cache[name]


@pytest.mark.parametrize("medium", ["page", "slide"])
def test_no_words_overlap_or_leave_the_picture(chart, medium):
    figure = chart.figure if medium == "page" else chart.talk
    assert overlapping(figure) == []
    assert outside(figure) == []


@pytest.mark.parametrize("medium", ["page", "slide"])
def test_key_reads_without_colours(chart, medium):
    figure = chart.figure if medium == "page" else chart.talk
    assert told_apart_by_colour_alone(figure) == []


def test_type_is_large_enough_on_page_and_slide(chart):
    for figure, least in ((chart.figure, 8.5), (chart.talk, 18)):
        texts = [text for text in figure.findobj(Text) if text.get_text().strip()]
        small = {text.get_text() for text in texts if text.get_fontsize() < least}
        assert all(text.startswith("Source:") for text in small), small


def test_alt_text_is_short_and_holds_a_number_of_the_table(chart):
    assert len(chart.alt) <= 250
    assert len(re.findall(r"[.!?](?:\s|$)", chart.alt)) <= 2
    assert not chart.alt.lower().startswith(("image", "picture", "a chart"))
    told = {float(found) for found in re.findall(r"\d+\.?\d*", chart.alt)}
    values = chart.table.select_dtypes("number").astype(float).stack()
    held = {round(value * scale, digits) for value in values for scale in (1, 100)
            for digits in (0, 1, 2)}  # fmt: skip
    assert {one for one in told if not 1900 < one < 2100} & held


def test_caption_says_in_a_few_sentences_how_to_read_it(chart):
    assert 2 <= len(re.findall(r"[.!?](?:\s|$)", chart.caption)) <= 4


def test_picture_says_that_a_model_speaks(chart):
    said = " ".join([chart.title, chart.alt, chart.caption])
    assert "model" in chart.title or "tornado" in chart.alt.lower()
    assert "model" in said
    assert unkind_words(said) == []
    assert "confidence" not in said


def test_table_has_word_columns_and_sources_are_cited(chart):
    assert not [column for column in chart.table if "_" in column or column[0].islower()]
    assert chart.table.columns.is_unique
    assert len(chart.table) > 0
    assert "UNAIDS" in chart.source
    assert "CC BY-NC-SA 3.0 IGO" in chart.source


def test_svg_is_small_and_described(chart):
    svg = chart.svg()
    assert len(svg) < 60_000
    assert "<desc id=" in svg


def drawn(axes, colour):
    return [line for line in axes.get_lines() if to_hex(line.get_color()) == colour.lower()]


@pytest.mark.parametrize(
    ("place", "indicator"), [(0, "prevalence_share"), (1, "incidence_per_1000")]
)
def test_model_and_unaids_are_drawn_as_computed(place, indicator):
    axes = made("data").figure.axes[place]
    rows = against_published(FIT)
    rows = rows[rows["indicator"] == indicator]
    (model,) = drawn(axes, DARK)
    assert model.get_ydata().tolist() == rows["model"].tolist()
    assert model.get_linestyle() == "--", "a second code beside the colour"
    published = max(axes.get_lines(), key=lambda line: len(line.get_xdata()) * (line is not model))
    assert published.get_ydata().tolist() == rows["estimate"].tolist()
    assert published.get_linestyle() == "-"
    (band,) = [c for c in axes.collections if isinstance(c, FillBetweenPolyCollection)]
    heights = [y for path in band.get_paths() for x, y in path.vertices if x == 2024]
    last = rows.iloc[-1]
    assert (min(heights), max(heights)) == (last["low"], last["high"])


def test_years_held_out_are_shaded():
    for axes in made("data").figure.axes[:2]:
        (shade,) = axes.patches
        assert (shade.get_x(), shade.get_x() + shade.get_width()) == (2010.5, 2024.5)


def test_surveys_are_drawn_with_their_ages_as_marks():
    prevalence, incidence = made("data").figure.axes[:2]
    found = {(line.get_marker(), float(line.get_ydata()[0])) for line in prevalence.get_lines()
             if line.get_marker() in "osD" and len(line.get_xdata()) == 1}  # fmt: skip
    assert found == {("o", 0.259), ("s", 0.321), ("D", 0.27), ("o", 0.237)}
    assert not [line for line in prevalence.get_lines() if line.get_marker() in "^v"
                and len(line.get_xdata()) == 1]  # fmt: skip
    sexes = {(line.get_marker(), float(line.get_ydata()[0])) for line in incidence.get_lines()
             if line.get_marker() in "^v"}  # fmt: skip
    assert sexes == {("^", 19.9), ("v", 9.9), ("^", 14.5), ("v", 2.0)}


def test_every_survey_mark_with_an_interval_has_its_line():
    prevalence, incidence = made("data").figure.axes[:2]
    for axes, indicator in ((prevalence, "prevalence_share"), (incidence, "incidence_per_1000")):
        rows = SURVEYS[(SURVEYS["indicator"] == indicator) & SURVEYS["low"].notna()]
        if indicator == "prevalence_share":
            rows = rows[rows["sex"] == "all"]
        else:
            rows = rows[(rows["sex"] == "all") | (rows["ages"] == "15–49")]
        drawn_lines = {
            (round(float(start[1]), 6), round(float(end[1]), 6))
            for lines in axes.collections
            if isinstance(lines, LineCollection)
            for start, end in lines.get_segments()
        }
        assert set(zip(rows["low"], rows["high"], strict=True)) <= drawn_lines


def test_key_names_the_ages_of_the_marks():
    said = words(made("data").figure.axes[0])
    assert {"survey, ages 15–49", "survey, ages 18–49", "survey, ages 15+"} <= set(said)


def test_slide_names_the_marks_of_the_surveys_and_what_is_counted():
    prevalence, incidence = made("data").talk.axes[:2]
    assert {"surveys", "ages 15–49", "ages 18–49", "ages 15+"} <= set(words(prevalence))
    assert {"surveys", "women", "men"} <= set(words(incidence))
    assert incidence.get_title(loc="left") == "New infections\nper 1,000 uninfected"


def test_survey_far_above_both_lines_is_said_to_be_of_other_ages():
    for figure in (made("data").figure, made("data").talk):
        assert "18–49: 32%" in words(figure.axes[0])
        assert not [said for said in words(figure.axes[0]) if said.startswith("15+:")]
    assert "ages 18–49 leave out the youngest" in made("data").caption


def test_surveys_stand_in_the_table_with_their_ages():
    table = made("data").table
    from_surveys = table[table["From"].str.startswith("survey")]
    assert len(from_surveys) == len(SURVEYS)
    assert "survey, ages 15+" in set(from_surveys["From"])


def test_finding_tells_the_held_out_years():
    assert made("data").title == (
        "Eswatini: fitted up to 2010, the model foresees the fall in new infections, but these "
        "lie below the UNAIDS range in 13 of 14 later years; prevalence does in 14 of 14"
    )


def test_model_that_does_not_fit_is_said_to_fail():
    assert "the model fails" in made("misfit").title
    assert "Marks are household surveys" not in made("misfit").caption
    assert made("misfit").title.endswith("the published one at 2.5% (2.2–2.9%)")


def test_model_that_misses_the_fall_is_not_said_to_foresee_it():
    blind = replace(FIT, programme=NO_PROGRAMME)
    title = charts.model_against_data(blind).title
    assert "foresees" not in title
    assert "new infections in the model lie above the UNAIDS range in 14 of 14 later years" in title


def test_model_within_every_range_is_said_to_lie_within():
    wide = FIT.published.assign(low=0.0, high=1000.0)
    title = charts.model_against_data(replace(FIT, published=wide)).title
    assert "and these lie within the UNAIDS range in all 14 later years" in title
    assert title.endswith("prevalence lies within the UNAIDS range in all 14 later years")


def test_published_figures_are_worded_with_their_range():
    assert "UNAIDS 23.4% (22.9–23.8%) and 7.5 (5.8–9.6)" in made("data").alt
    assert "UNAIDS says 7.5 (5.8–9.6)" in made("ablations").alt
    assert "UNAIDS 7.5 (5.8–9.6)" in words(made("tornado").figure)


def test_captions_say_which_release_a_figure_is_of():
    caption = made("data").caption
    assert "UNAIDS estimates with their range (release 2025)" in caption
    assert "the ART coverage (release 2026)" in caption
    told = "ART 95% in 2025, range 88% to more than 98%, release 2026"
    assert told in made("scenarios").caption
    assert told.removeprefix("ART ") in charts.scenario_explorer(FIT, GRID).chart.caption


def test_rates_of_new_infections_name_whom_they_are_counted_among():
    for name in ("data", "ablations", "tornado", "no ART", "scenarios"):
        assert "per 1,000 uninfected" in made(name).alt
    live = charts.scenario_explorer(FIT, GRID).chart
    for said in (made("tornado").title, made("no ART").title, live.title, live.alt):
        assert "per 1,000 people without HIV" in said


def test_caption_says_that_unaids_is_a_model_too():
    assert "agreement with them is agreement between models" in made("data").caption


def test_each_version_has_a_panel_with_its_course():
    panels = made("ablations").figure.axes
    assert [axes.get_title(loc="left").split(":")[0] for axes in panels] == list(VARIANTS)
    rates = PARTS[PARTS["indicator"] == "incidence_per_1000"]
    for axes, name in zip(panels, VARIANTS, strict=True):
        (model,) = drawn(axes, DARK)
        assert model.get_ydata().tolist() == rates.loc[rates["variant"] == name, "model"].tolist()
    assert len({axes.get_ylim() for axes in panels}) == 1, "one scale for all"


def test_course_that_leaves_its_panel_still_says_where_it_ends():
    panel = made("ablations").figure.axes[0]
    last = PARTS[(PARTS["variant"] == "plain SI") & (PARTS["indicator"] == "incidence_per_1000")]
    assert last["model"].iloc[-1] > panel.get_ylim()[1]
    assert f"model {last['model'].iloc[-1]:.0f}" in words(panel)


def test_bars_of_the_tornado_run_from_the_main_fit_to_both_ends():
    axes = made("tornado").figure.axes[0]
    bars = [patch for container in axes.containers for patch in container]
    ends = sorted(round(bar.get_x() + bar.get_width(), 6) for bar in bars)
    computed = sorted(round(v, 6) for v in [*SWINGS["at_low"], *SWINGS["at_high"]])
    assert ends == computed
    assert {round(bar.get_x(), 6) for bar in bars} == {round(SWINGS["main"].iloc[0], 6)}
    assert [bool(bar.get_hatch()) for bar in bars] == [True, False] * len(SWINGS)


def test_tornado_names_each_parameter_with_its_range():
    named = names(made("tornado").figure.axes[0])
    assert list(named) == [
        "ART lowers infectiousness by\n86–100%", "survival without treatment\n9–14 years",
        "new adults a year\n3.0–4.5%", "extra deaths a year on ART\n0.5–3.0%",
        "leaving ages 15–49 a year\n1.7–2.9%",
    ]  # fmt: skip


def test_bar_of_no_length_is_said_in_words():
    assert "5.4 either way" in words(made("tornado").figure.axes[0])


def test_counterfactual_is_labelled_in_picture_title_alt_and_caption():
    chart = made("no ART")
    said = [text.get_text().replace("\n", " ") for text in chart.figure.axes[2].findobj(Text)]
    assert "teaching output, not an estimate" in said
    assert "teaching output, not an estimate" in chart.title
    assert "teaching output, not an estimate" in chart.alt
    assert "estimates nothing" in chart.caption


def test_counterfactual_draws_both_courses():
    courses = without_art(FIT)
    order = ("incidence_per_1000", "hiv_deaths_per_1000", "prevalence_share")
    for axes, indicator in zip(made("no ART").figure.axes, order, strict=True):
        rows = courses[courses["indicator"] == indicator]
        bare, treated = axes.get_lines()[:2]
        assert bare.get_ydata().tolist() == rows["without_art"].tolist()
        assert bare.get_linestyle() == "--"
        assert treated.get_ydata().tolist() == rows["with_art"].tolist()


def test_scenarios_have_a_line_for_every_prep_coverage():
    last = GRID[GRID["year"] == 2040]
    for axes, kind in zip(made("scenarios").figure.axes, ("injectable", "oral"), strict=True):
        lines = [line for line in axes.get_lines() if len(line.get_xdata()) == 11]
        assert len(lines) == 6
        rows = last[last["prep_kind"] == kind]
        expected = rows[rows["prep_coverage_share"] == 0.5].sort_values("art_coverage_share")
        assert lines[-1].get_ydata().tolist() == expected["incidence_per_1000"].tolist()
        assert lines[-1].get_linestyle() == "--"
        assert np.allclose(lines[0].get_xdata(), np.arange(0.5, 1.01, 0.05))


def test_scenarios_say_what_half_on_prep_does_at_todays_art():
    assert made("scenarios").title == (
        "Eswatini: in the model, injected PrEP for 50% of people lowers new infections in 2040 "
        "by 50%; F/TAF pills as taken in PURPOSE 1, which stopped 16% (none to 45%), by 8.3%"
    )


def test_each_kind_of_prep_is_named_with_the_interval_of_its_trial():
    titles = [axes.get_title(loc="left") for axes in made("scenarios").figure.axes]
    assert titles == ["injected PrEP: stops 96% (82–99%)", "F/TAF pills: stops 16% (none to 45%)"]


def test_tornado_shades_the_range_of_the_published_figure():
    axes = made("tornado").figure.axes[0]
    bars = [patch for container in axes.containers for patch in container]
    (shade,) = [patch for patch in axes.patches if patch not in bars]
    assert (shade.get_x(), shade.get_x() + shade.get_width()) == (5.8, 9.6)


def test_lines_differ_without_colour():
    """Two strokes beside each other differ in dash or in lightness."""
    for name in ("data", "ablations", "no ART"):
        for axes in made(name).figure.axes[:2]:
            pair = [line for line in axes.get_lines() if len(line.get_xdata()) > 20]
            assert len({line.get_linestyle() for line in pair}) == 2


def test_other_country_is_named():
    renamed = replace(FIT, location="Elsewhere")
    assert charts.no_art_counterfactual(renamed).title.startswith("Elsewhere: ")
