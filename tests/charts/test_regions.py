"""Small multiples: one region in colour a panel, all on one scale, directions counted."""

from __future__ import annotations

import pytest
from matplotlib.colors import to_rgba

from explainer import ExplainerError, charts, load_estimates, region_index
from explainer.charts import style
from tests.charts.epidemic_frames import ESTIMATES, with_value, words

COLOUR = to_rgba(style.colour("new_infections").mark)


@pytest.fixture(scope="module")
def infections():
    return charts.regions(ESTIMATES)


def coloured(axes):
    """The lines of a panel that are not grey."""
    return [
        line for line in axes.get_lines()
        if to_rgba(line.get_color()) == COLOUR and len(line.get_xdata()) > 1
    ]  # fmt: skip


def test_each_region_has_its_panel_and_its_name(infections):
    names = {axes.get_title(loc="left").replace("\n", " ") for axes in infections.figure.axes}
    assert names == set(region_index(ESTIMATES)["location"])


def test_one_line_a_panel_is_in_colour_and_seven_are_grey(infections):
    for axes in infections.figure.axes:
        assert len(coloured(axes)) == 1
        assert len([line for line in axes.get_lines() if len(line.get_xdata()) == 15]) == 8


def test_coloured_line_is_the_index_of_the_panel(infections):
    index = region_index(ESTIMATES).query("year >= 2010")
    for axes in infections.figure.axes:
        place = axes.get_title(loc="left").replace("\n", " ")
        rows = index[index["location"] == place]
        assert coloured(axes)[0].get_ydata().tolist() == rows["index"].tolist()


def test_last_value_is_written_with_its_widest_range(infections):
    said = [word for axes in infections.figure.axes for word in words(axes)]
    assert "44\n20–109" in said
    assert "192\n84–440" in said


def test_panels_are_in_order_and_share_one_scale_from_zero(infections):
    ends = [coloured(axes)[0].get_ydata()[-1] for axes in infections.figure.axes]
    assert ends == sorted(ends)
    assert {axes.get_ylim() for axes in infections.figure.axes} == {
        infections.figure.axes[0].get_ylim()
    }
    assert infections.figure.axes[0].get_ylim()[0] == 0


def test_base_year_is_named_on_the_axis(infections):
    assert infections.figure.axes[0].get_ylabel() == "2010 = 100"


def test_finding_counts_the_directions(infections):
    assert infections.title == (
        "Since 2010, central estimates of new HIV infections fell in 5 of 8 regions, stayed about "
        "the same in 2 and rose in 1"
    )


def test_finding_turns_when_a_region_turns():
    turned = with_value("new_infections", 2024, 12_000, location="Caribbean")
    risen = with_value("new_infections", 2024, 90_000, location="Caribbean")
    assert "fell in 5 of 8 regions, stayed" in charts.regions(turned).title
    assert "fell in 4 of 8 regions, stayed about the same in 2 and rose in 2" in (
        charts.regions(risen).title
    )


def test_one_rounding_step_is_no_rise_and_the_caption_says_so(infections):
    two_steps = with_value("new_infections", 2024, 140_000, location="Latin America")
    assert "stayed about the same in 1 and rose in 2" in charts.regions(two_steps).title
    assert "a change of one rounding step counts as about the same" in infections.caption


def test_caption_counts_the_widest_ranges_that_leave_out_no_change(infections):
    assert infections.caption.endswith("leaves out 100, no change, in 1 of 8 regions.")
    deaths = charts.regions(ESTIMATES, indicator="aids_deaths")
    assert deaths.caption.endswith("in 5 of 8 regions.")


@pytest.mark.parametrize("medium", ["figure", "talk"])
def test_base_is_drawn_in_every_panel(monkeypatch, medium):
    monkeypatch.setenv(style.FORMATS_VARIABLE, "html,slides")
    for axes in getattr(charts.regions(ESTIMATES), medium).axes:
        levels = {y for c in axes.collections for y in c.get_segments()[0][:, 1].tolist()}
        assert 100 in levels


def test_no_line_runs_on_under_the_last_value(infections):
    for axes in infections.figure.axes:
        ends = [line.get_xdata()[-1] for line in axes.get_lines()]
        ends += [segment[:, 0].max() for c in axes.collections for segment in c.get_segments()]
        assert max(ends) == 2024
        assert not any(line.get_visible() for line in axes.get_ygridlines())


def test_other_indicators_and_bases_are_named():
    deaths = charts.regions(ESTIMATES, indicator="aids_deaths", base_year=2015)
    assert deaths.title.startswith("Since 2015, central estimates of AIDS-related deaths fell in")
    assert "Index (2015 = 100)" in deaths.table
    assert deaths.table["Year"].min() == 2015


def test_last_year_is_no_base():
    with pytest.raises(ExplainerError, match="base_year is 2024, the last year published"):
        charts.regions(load_estimates(), base_year=2024)
