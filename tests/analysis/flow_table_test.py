"""A long table of flows opens as the dense array that it stands for."""

import numpy as np
import pytest
import xarray

import sojourn


@pytest.fixture
def dense(places_run):
    with sojourn.open(places_run) as run:
        yield run


@pytest.fixture
def table(table_run):
    with sojourn.open(table_run) as run:
        yield run


def test_the_files_differ_but_the_datasets_do_not(dense, table, table_run):
    with xarray.open_dataset(table_run, engine="h5netcdf") as raw:
        assert "flow" not in raw and raw.flow_count.dims == ("flow_row",)
    assert "flow_row" not in table.dims
    assert set(table.variables) == set(dense.variables)
    assert dict(table.sizes) == dict(dense.sizes)
    for name in dense.variables:
        assert table[name].variable.identical(dense[name].variable), name


SELECTIONS = [
    {},
    {"interval": 0},
    {"interval": -1, "origin": 2},
    {"interval": slice(5, 40, 7), "destination": [4, 1, 1, -1]},
    {"interval": [30, 3, 3, 12], "stream": 1, "sex": slice(None, None, -1)},
    {"interval": slice(0, 0)},
    {"origin": slice(3, 1, -1), "destination": 0},
    {"interval": 7, "origin": 1, "destination": 2, "stream": 0, "sex": 1},
]


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_selections_are_those_of_the_dense_array(dense, table, selection):
    assert table.flow.isel(selection).identical(dense.flow.isel(selection))
    assert table.flow.isel(selection).dtype == dense.flow.dtype


def test_selections_by_label_and_by_points(dense, table):
    by_label = {"interval": slice("2003", "2004"), "origin": ["MEX", "TUR"], "stream": "return"}
    assert table.flow.sel(by_label).identical(dense.flow.sel(by_label))
    points = {"interval": xarray.DataArray([3, 50, 3], dims="case"), "origin": xarray.DataArray([0, 1, 2], dims="case")}
    assert table.flow.isel(points).identical(dense.flow.isel(points))
    assert table.flow.where(table.flow > 3).equals(dense.flow.where(dense.flow > 3))


def test_opening_reads_no_rows(table_run):
    """A table of gigabytes must open at once: only what is looked at is read."""
    with sojourn.open(table_run) as run:
        assert not run.flow._in_memory
        assert run.flow.isel(interval=3).sum() > 0
        assert not run.flow._in_memory


def test_what_would_not_fit_is_an_error_that_says_what_to_do(table_run):
    with sojourn.open(table_run, dense_limit=4000) as run:
        with pytest.raises(sojourn.TooLarge, match=r"GiB.*select intervals.*sojourn\.total.*dense_limit"):
            run.flow.load()
        with pytest.raises(MemoryError):
            run.flow.sum().load()
        assert run.flow.isel(interval=slice(0, 5), origin=1).sum() > 0


def test_a_damaged_order_is_noticed(table_run, tmp_path):
    import shutil

    import h5py

    path = tmp_path / "damaged.h5"
    shutil.copy(table_run, path)
    with h5py.File(path, "r+") as file:
        rows = file["flow_interval"][()]
        file["flow_interval"][...] = rows[::-1]
    with sojourn.open(path) as run, pytest.raises(sojourn.NotAnOutput, match="order"):
        run.flow.isel(interval=0).load()


def test_reading_in_pieces_gives_the_same(table_run, dense, monkeypatch):
    """Rows are read a million at a time; with 100 at a time every boundary occurs."""
    monkeypatch.setattr("sojourn.flow_table._ROWS_AT_A_TIME", 100)
    with sojourn.open(table_run) as run:
        assert np.array_equal(run.flow.values, dense.flow.values)


def test_sums_and_rows_of_the_whole_flow_go_through_the_rows(table_run, dense, monkeypatch):
    """With 5,000 regions an interval alone has 25 million places, almost all of them empty: nothing is made dense."""
    monkeypatch.setattr("sojourn.flow_table._ROWS_AT_A_TIME", 1000)
    with sojourn.open(table_run, dense_limit=4000) as run:
        corridors = sojourn.total(run.flow, ["destination", "origin"])
        assert corridors.identical(sojourn.total(dense.flow, ["destination", "origin"]))
        assert sojourn.rows(run.flow).equals(sojourn.rows(dense.flow))
        assert sojourn.top_corridors(run).equals(sojourn.top_corridors(dense))


def test_sums_of_a_selection_are_of_the_selection(table, dense):
    for part in {"interval": slice(None, None, -1)}, {"origin": slice(1, 3)}, {"stream": 1}:
        assert sojourn.total(table.flow.isel(part), ["interval"]).identical(sojourn.total(dense.flow.isel(part), ["interval"]))
        assert sojourn.rows(table.flow.isel(part)).equals(sojourn.rows(dense.flow.isel(part)))
