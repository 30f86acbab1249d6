"""Persons in regions over time, and the corridors with the most moves: what the pictures show, and that nothing overlaps."""

import matplotlib
import numpy as np
import pytest
from figures import assert_apart, saved, texts
from matplotlib.dates import num2date

import sojourn
from sojourn.plots import plot_top_corridors, stock_over_time

pytestmark = pytest.mark.usefixtures("offline", "quiet")


def test_stock_draws_the_stock_of_the_regions_named(run, tmp_path):
    figure = stock_over_time(run, ["Germany", "NZL"])
    assert [ax.get_title(loc="left") for ax in figure.axes] == ["Germany", "New Zealand"]
    line = figure.axes[0].lines[0]
    expected = run.stock.sel(region="DEU").sum(["age", "sex"]).values
    assert np.array_equal(line.get_ydata(), expected)
    assert num2date(matplotlib.dates.date2num(line.get_xdata()[0])).year == 2000
    assert saved(figure, tmp_path).std() > 0.02


def test_stock_has_the_scenarios_title_and_says_what_it_shows(run):
    shown = texts(stock_over_time(run))
    assert "Work abroad, and the way back" in shown
    assert any("Stock over time · variant baseline · seed 3" in text for text in shown)
    change = int(run.stock.sel(region="PHL").isel(time=-1).sum() - run.stock.sel(region="PHL").isel(time=0).sum())
    assert any(f"thousand persons, −{-change:,}" in text for text in shown)


def test_stock_shows_first_what_changes_most(run):
    stock = run.stock.sum(["age", "sex"])
    change = abs(stock.isel(time=-1) - stock.isel(time=0))
    largest = run.region_name.values[np.argmax(change.values)]
    assert stock_over_time(run).axes[0].get_title(loc="left") == largest


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6])
def test_stock_panels_do_not_overlap(run, number):
    figure = stock_over_time(run, list(run.region.values[:number]))
    assert len(figure.axes) == number
    assert_apart(figure, [figure.texts[0], figure.texts[1]])
    for ax in figure.axes:
        labels = [label for label in ax.get_yticklabels() + ax.get_xticklabels() if label.get_text() and label.get_visible()]
        inside = [x for x in labels if ax.bbox.expanded(3, 3).overlaps(x.get_window_extent())]
        assert inside


def test_an_unknown_region_is_named_with_what_may_be_meant(run):
    with pytest.raises(sojourn.UnknownRegion, match="no region 'Germny'; did you mean Germany"):
        stock_over_time(run, ["Germny"])
    with pytest.raises(sojourn.UnknownRegion, match="no region was named"):
        stock_over_time(run, [])


def test_an_ensemble_must_be_selected_from(run):
    several = run.expand_dims(replicate=[0, 1])
    with pytest.raises(sojourn.Unplottable, match=r"several runs.*isel\(replicate=0\)"):
        stock_over_time(several)


def test_corridors_have_names_and_numbers_with_separators(run):
    figure = plot_top_corridors(run, number=6)
    table = sojourn.top_corridors(run, 6)
    (ax,) = figure.axes
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == [f"{row.origin_name} → {row.destination_name}" for row in table.itertuples()]
    numbers = [text.get_text() for text in ax.texts]
    assert numbers == [f"{flow:,}" for flow in table.flow]
    assert ax.get_xlabel().startswith("moves")
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the largest on top
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["labour", "return"]
    assert_apart(figure, [*ax.texts, *ax.get_yticklabels(), ax.get_legend()])


def test_corridor_bars_add_up(run):
    (ax,) = plot_top_corridors(run, number=6).axes
    widths = [bar.get_width() for container in ax.containers for bar in container]
    assert sum(widths) == sojourn.top_corridors(run, 6).flow.sum()


def test_corridors_without_a_move_are_an_error(run):
    with pytest.raises(sojourn.Unplottable, match="nobody moved"):
        plot_top_corridors(run.assign(flow=run.flow * 0))
