"""The life course and the queues at offices: a panel for each kind of change, attribute and queue."""

import numpy as np
import pytest
from figures import assert_apart, saved, texts

import sojourn
from sojourn.plots import life_course, queues

pytestmark = pytest.mark.usefixtures("offline", "quiet")


def test_the_life_course_has_a_panel_for_each_kind_of_change_and_value(registration_run, tmp_path):
    with sojourn.open(registration_run) as run:
        figure = life_course(run)
        titles = [ax.get_title("left") for ax in figure.axes]
        assert titles[:4] == ["births", "deaths", "inflow: workers", "outflow: going_home"]
        assert "transition: registration" in titles and "status: not registered" in titles and "aware: yes" in titles
        births = figure.axes[0].lines[0]
        first_year = float(run.births.isel(interval=slice(0, 4)).sum())
        assert births.get_ydata()[0] == pytest.approx(first_year, rel=0.002)  # a year of 365 days beside one of 365.25
        assert figure.axes[0].get_ylim()[0] == 0
        assert_apart(figure, figure.axes)
        assert saved(figure, tmp_path).std() > 0.02
        north = life_course(run.sel(region=["north"]))
        assert north.axes[0].lines[0].get_ydata().max() < births.get_ydata().min()


def test_of_many_values_the_life_course_has_the_largest_and_the_rest_in_one_panel(registration_run):
    with sojourn.open(registration_run) as run:
        few = run.isel(aware=0).load()
        values = [f"n{number}" for number in range(120)]
        weights = np.arange(1, 121)
        stock = few.stock.isel(status=0, drop=True).expand_dims(nationality=values, axis=-1) * weights
        many = few.drop_vars(["stock"]).assign(stock=stock)
        figure = life_course(many)
        titles = [ax.get_title("left") for ax in figure.axes]
        assert len(titles) == 20 and titles[-1].startswith("nationality: 1") and titles[-1].endswith(" others")
        kept = [title for title in titles if title.startswith("nationality: n")]
        assert kept == [f"nationality: n{number}" for number in range(120 - len(kept), 120)]
        said = f"of 120 in 'nationality' the {len(kept)} largest, the other {120 - len(kept)} in one panel"
        assert any(said in text for text in texts(figure))
        whole = sojourn.total(stock, ["time"]).values
        assert np.allclose(sum(ax.lines[0].get_ydata() for ax in figure.axes if ax.get_title("left").startswith("nationality")), whole * 10 if "agents" in str(run.stock.attrs.get("units")) else whole)


def test_a_run_without_a_life_course_is_an_error(run):
    with pytest.raises(sojourn.Unplottable, match="no births, deaths, transitions, inflow or outflow"):
        life_course(run)


def test_queues_have_a_line_of_panels_each(simulate, source, folder, tmp_path):
    scenario = source / "scenarios" / "registration" / "registration.yaml"
    path = simulate(scenario, folder / "both.h5", "--variant", "both", "--persons-per-agent", 5)
    with sojourn.open(path) as run:
        figure = queues(run)
        assert [ax.get_title("left") for ax in figure.axes] == ["registration", "registration: waiting", "registration: waiting time"]
        flows, length, wait = figure.axes
        assert [line.get_label() for line in flows.lines] == ["requests", "served"]
        requests = flows.lines[0].get_ydata()
        assert requests[0] == pytest.approx(float(run.queue_requests.isel(interval=slice(0, 4)).sum()), rel=0.002)
        assert length.lines[0].get_ydata()[-1] == float(run.queue_length.isel(time=-1).sum())
        served = sojourn.total(run.transitions, ["interval", "region", "transition"]).sel(transition="register").values[-1]
        mean = np.nansum(served * run.waiting_time_mean.values[-1, :, 0]) / served.sum()
        assert wait.lines[0].get_ydata()[-1] == pytest.approx(mean) and not wait.collections
        assert_apart(figure, figure.axes)
        assert saved(figure, tmp_path).std() > 0.02
        capital = queues(run.sel(region="capital"))
        assert len(queues(run.sel(region=["capital"])).axes[2].collections) == 1
        assert len(capital.axes[2].collections) == 1 and "region Capital" in capital.texts[1].get_text()
        assert np.allclose(
            capital.axes[2].lines[0].get_ydata(), run.waiting_time_mean.sel(region="capital").values[:, 0], equal_nan=True
        )


def test_a_run_without_queues_is_an_error(run):
    with pytest.raises(sojourn.Unplottable, match="the output has no queues"):
        queues(run)
