"""Two variants and their difference over time, and what dice alone would do."""

import numpy as np
import pytest
from figures import saved, texts

import sojourn
from sojourn.plots import difference
from sojourn.plots.chance import chance

pytestmark = pytest.mark.usefixtures("offline", "quiet")


def test_the_difference_of_stocks(run, policy_run, tmp_path):
    figure = difference(run, policy_run, "stock", ["NZL"])
    upper, lower = figure.axes[:2]
    one = run.stock.sel(region="NZL").sum(["age", "sex"]).values
    two = policy_run.stock.sel(region="NZL").sum(["age", "sex"]).values
    assert np.array_equal(upper.lines[0].get_ydata(), one) and np.array_equal(upper.lines[1].get_ydata(), two)
    assert np.array_equal(lower.lines[1].get_ydata(), two - one)
    shown = texts(figure)
    assert any("bonus minus baseline · equal until 1 July 2003" in text for text in shown)
    assert "bonus minus baseline" in shown
    assert saved(figure, tmp_path).std() > 0.02


def test_the_difference_of_flows_is_by_year(run, policy_run):
    figure = difference(run, policy_run, "flow", ["NZL", "DEU"])
    line = figure.axes[0].lines[0]
    moves = run.flow.sel(destination="NZL").sum(["origin", "stream", "sex"]).values
    assert np.array_equal(line.get_ydata()[:-1], moves.reshape(7, 12).sum(axis=1))
    assert any("year by year" in text and "equal until 1 July 2003" in text for text in texts(figure))


def test_the_difference_begins_with_where_it_is_largest(run, policy_run):
    assert difference(run, policy_run).axes[0].get_title(loc="left") == "New Zealand"


def test_no_difference_is_said(run):
    shown = texts(difference(run, run, regions=["DEU"]))
    assert "no difference" in shown and any("the two are equal" in text for text in shown)


def test_two_seeds_are_told_apart(run):
    shown = texts(difference(run, run.assign_attrs(seed=8), regions=["DEU"]))
    assert "baseline, seed 3" in shown and "baseline, seed 8" in shown
    shown = texts(difference(run, run.assign_attrs(replicate=2), regions=["DEU"]))
    assert "baseline, seed 3" in shown and "baseline, seed 3, replicate 2" in shown


def test_what_cannot_be_compared(run, tutorial_run):
    with sojourn.open(tutorial_run) as other:
        with pytest.raises(sojourn.Unplottable, match="different regions"):
            difference(run, other)
    with pytest.raises(sojourn.Unplottable, match="different times"):
        difference(run, run.isel(time=slice(0, 20)))
    with pytest.raises(sojourn.Unplottable, match="stock or flow"):
        difference(run, run, "births")


def test_the_difference_says_which_is_subtracted_and_what_dice_would_do(run, policy_run):
    figure = difference(run, policy_run, "stock", ["NZL"])
    shown = texts(figure)
    assert any(text.startswith("Stock: bonus minus baseline ·") and "dice alone" in text for text in shown)
    assert "dice alone, 95 %" in shown
    assert len(figure.axes[1].collections) == 1
    assert "dice alone, 95 %" not in texts(difference(run, run, regions=["DEU"]))


def test_the_band_of_a_flow_is_of_the_moves_of_both(run, policy_run):
    one, two = (total_into(dataset) for dataset in (run, policy_run))
    band = chance(run, policy_run, "flow", two - one)
    first = np.flatnonzero((two - one).any(axis=1))[0]
    assert (band[:first] == 0).all()
    assert np.allclose(band[first:], 1.96 * np.sqrt(one + two)[first:])


def test_the_band_of_a_stock_grows_with_what_has_happened(registration_run):
    with sojourn.open(registration_run) as dataset:
        change = np.ones((dataset.sizes["time"], dataset.sizes["region"]))
        band = chance(dataset, dataset, "stock", change)
        events = total_into(dataset) + sojourn.total(dataset.flow, ["interval", "origin"]).values
        for name in "births", "deaths", "inflow", "outflow":
            events = events + sojourn.total(dataset[name], ["interval", "region"]).values
        assert (band[0] == 0).all()
        assert np.allclose(band[-1], 1.96 * np.sqrt(10 * 2 * events.sum(axis=0)))  # an agent stands for ten persons


def test_two_seeds_stay_within_the_band(simulate, places, places_run, folder):
    """Of 18 differences (six regions at three instants far from each other) fewer than 5 lie outside, but once in 500."""
    other = simulate(places, folder / "places_seed.h5", "--seed", 12)
    with sojourn.open(places_run) as a, sojourn.open(other) as b:
        one, two = (sojourn.total(dataset.stock, ["time", "region"]).values for dataset in (a, b))
        band = chance(a, b, "stock", two - one)
        assert (np.abs(two - one)[[20, 50, 84]] > band[[20, 50, 84]]).sum() < 5
        assert (np.abs(two - one)[1:] > 0.2 * band[1:]).mean() > 0.3  # and it is not far too wide


def total_into(dataset):
    return sojourn.total(dataset.flow, ["interval", "destination"]).values
