"""Sums and tables of flows, which go through a file in pieces."""

import numpy as np
import pandas
import pytest

import sojourn


@pytest.fixture(params=["places_run", "table_run"])
def run(request):
    with sojourn.open(request.getfixturevalue(request.param)) as dataset:
        yield dataset


@pytest.fixture(params=[1 << 28, 20_000, 1], ids=["whole", "some at a time", "one at a time"])
def pieces(request, monkeypatch):
    monkeypatch.setattr("sojourn.flows._BYTES_AT_A_TIME", request.param)


@pytest.mark.usefixtures("pieces")
@pytest.mark.parametrize("keep", [["origin", "destination"], ["interval"], ["destination", "interval", "sex"], []], ids=str)
def test_total_is_the_sum_over_the_other_dimensions(run, keep):
    drop = [name for name in run.flow.dims if name not in keep]
    result = sojourn.total(run.flow, keep)
    assert result.equals(run.flow.sum(drop).transpose(*keep))
    assert result.dims == tuple(keep) and result.dtype == np.int64
    assert result.attrs["units"] == run.flow.attrs["units"]


def test_total_names_an_unknown_dimension(run):
    with pytest.raises(ValueError, match="flow has no dimension place; it has interval, origin"):
        sojourn.total(run.flow, ["place"])


def test_total_does_not_keep_the_array(run):
    sojourn.total(run.flow, ["interval"])
    assert not run.flow._in_memory


@pytest.mark.usefixtures("pieces")
def test_rows_are_the_entries_that_are_not_zero(run):
    table = sojourn.rows(run.flow)
    assert list(table.columns) == ["interval", "origin", "destination", "stream", "sex", "flow"]
    assert (table.flow > 0).all() and table.flow.sum() == run.flow.sum()
    back = np.zeros(run.flow.shape, run.flow.dtype)
    places = [run.indexes[name].get_indexer(table[name]) for name in run.flow.dims]
    back[tuple(places)] = table.flow
    assert np.array_equal(back, run.flow.values)


def test_rows_of_a_selection_that_is_empty(run):
    assert sojourn.rows(run.flow.isel(interval=slice(0, 0))).empty


def test_top_corridors_are_in_order_and_divided_by_stream(run):
    table = sojourn.top_corridors(run, number=10)
    everything = run.flow.sum(["interval", "stream", "sex"])
    assert len(table) == 10 and table.flow.is_monotonic_decreasing
    assert table.flow[0] == everything.max()
    assert (table.labour + table["return"] == table.flow).all()
    for row in table.itertuples():
        assert row.flow == everything.sel(origin=row.origin, destination=row.destination)
    assert set(table.origin_name) <= set(run.region_name.values)


def test_top_corridors_leave_out_those_without_a_move(run):
    assert len(sojourn.top_corridors(run, number=1000)) <= 6 * 5


def test_persons_whatever_an_agent_stands_for(simulate, places, places_run, folder):
    """With one agent for ten persons the counts are agents; in persons, they are about those of the whole run."""
    path = simulate(places, folder / "tenth.h5", "--persons-per-agent", 10)
    with sojourn.open(path) as tenth, sojourn.open(places_run) as whole:
        few, many = sojourn.in_persons(tenth.stock).sum(["region", "sex", "age"]), whole.stock.sum(["region", "sex", "age"])
        # Agents are rounded cell by cell, up or down by chance: far less than one in a thousand.
        assert np.allclose(few, many, rtol=1e-3)
        stock = whole.stock
        assert sojourn.in_persons(stock) is stock
        corridor, other = sojourn.top_corridors(tenth, 1), sojourn.top_corridors(whole, 1)
        assert isinstance(corridor, pandas.DataFrame)
        # Both are sums of independent moves: the standard error of the tenth is sqrt(10 n); six of them.
        assert abs(corridor.flow[0] - other.flow[0]) < 6 * np.sqrt(10 * other.flow[0])
