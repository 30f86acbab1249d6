"""The shipped scenario of the life course: what its README says, and the balance of every status, from the file alone."""

import numpy as np
import pytest

import sojourn

VARIANTS = ["baseline", "app", "both", "desks"]


@pytest.fixture(scope="module")
def runs(simulate, source, tmp_path_factory):
    folder = tmp_path_factory.mktemp("registration")
    scenario = source / "scenarios" / "registration" / "registration.yaml"
    paths = {name: simulate(scenario, folder / f"{name}.h5", "--variant", name) for name in VARIANTS}
    return {name: sojourn.open(path).load() for name, path in paths.items()}


def foreign(run, time, status):
    return int(sojourn.total(run.stock, ["time", "status"]).sel(time=time, status=status))


def test_the_numbers_of_the_readme(runs, source):
    page = (source / "scenarios" / "registration" / "README.md").read_text(encoding="utf-8")
    for name, run in runs.items():
        registered, unregistered = (foreign(run, "2030-01-01", status) for status in ("registered", "unregistered"))
        share = round(100 * registered / (registered + unregistered))
        workers = sojourn.total(run.stock, ["time", "status", "aware"]).sel(time="2030-01-01", status=["registered", "unregistered"])
        aware = round(100 * float(workers.sel(aware="yes").sum() / workers.sum()))
        waiting = int(run.queue_length.sel(time="2030-01-01").sum())
        last = run.sel(interval=slice("2029-01-01", None))
        served = sojourn.total(last.transitions, ["interval", "region", "transition"]).sel(transition="register").values
        days = round(np.nansum(served * last.waiting_time_mean.sel(queue="register").values) / served.sum())
        assert f"| `{name}` | {registered:,} | {unregistered:,} | {share} % | {aware} % | {waiting:,} | {days} |" in page


def test_the_app_registers_people_and_the_campaign_makes_it_faster(runs):
    for time in ("2022-01-01", "2030-01-01"):
        unregistered = [foreign(runs[name], time, "unregistered") for name in VARIANTS]
        assert sorted(unregistered, reverse=True) == unregistered and len(set(unregistered)) == 4


def test_variants_are_equal_until_the_app(runs):
    for name in ("app", "both", "desks"):
        same = runs[name].stock.sel(time=slice(None, "2018-10-01")) == runs["baseline"].stock.sel(time=slice(None, "2018-10-01"))
        assert bool(same.all()) and not bool((runs[name].stock == runs["baseline"].stock).all())


@pytest.mark.parametrize("name", VARIANTS)
def test_every_status_is_in_balance_in_every_region_and_interval(runs, name):
    run = runs[name]
    status = list(run.status.values)

    def by_status(variable, *dimensions):
        return sojourn.total(run[variable], ["interval", "region", "status", *dimensions]).values

    change = np.diff(sojourn.total(run.stock, ["time", "region", "status"]).values, axis=0)
    flow = sojourn.total(run.flow, ["interval", "origin", "destination", "status"]).values
    expected = by_status("births") - by_status("deaths") + flow.sum(1) - flow.sum(2)
    expected = expected + by_status("inflow", "entry").sum(-1) - by_status("outflow", "exit").sum(-1)
    # By the status before: what each transition leads to, the scenario says.
    transitions = by_status("transitions", "transition")
    becomes = {"register": "registered", "lapse": "unregistered", "naturalise": "citizen"}
    for number, transition in enumerate(run.transition.values):
        if transition == "hear":
            continue
        moved = transitions[..., number]
        expected = expected - moved
        expected[..., status.index(becomes[transition])] += moved.sum(-1)
    assert (change == expected).all()


@pytest.mark.parametrize("name", VARIANTS)
def test_the_queue_is_in_balance_and_its_offices_keep_their_limits(runs, name):
    run = runs[name].sel(queue="register")
    served = sojourn.total(run.transitions, ["interval", "region", "transition"]).sel(transition="register").values
    expected = run.queue_requests - run.queue_given_up - run.queue_left - served
    assert (np.diff(run.queue_length.values, axis=0) == expected.values).all()
    more = 1.5 if name == "desks" else 1
    # Of three months; what rounding down leaves of 67.5 desks is carried to the next.
    assert (served < 3 * more * np.array([100, 45, 45, 50]) + 1).all()
    wait = run.waiting_time.transpose("interval", "region", "quantile").values
    assert (np.diff(wait, axis=-1)[served > 0] >= 0).all() and np.isnan(wait[served == 0]).all()
    long = run.waiting_time_mean.isel(interval=-1).max()
    assert (long > 100) == (name in ("app", "both")) and long < 1000
