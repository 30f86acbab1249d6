"""`sojourn.open`: what it gives of real outputs, and what it says of files that are none."""

import shutil
import subprocess
import sys
import warnings

import h5py
import numpy as np
import pytest
import xarray

import sojourn


def test_the_tutorial_opens_with_the_documented_dimensions(tutorial_run):
    with sojourn.open(tutorial_run) as run:
        assert run.stock.dims[:2] == ("time", "region")
        assert run.flow.dims[:4] == ("interval", "origin", "destination", "stream")
        assert list(run.region.values) == list(run.origin.values) == list(run.destination.values)
        assert run.sizes["time"] == run.sizes["interval"] + 1
        assert np.issubdtype(run.time.dtype, np.datetime64) and np.issubdtype(run.interval.dtype, np.datetime64)
        assert np.issubdtype(run.stock.dtype, np.integer) and np.issubdtype(run.flow.dtype, np.integer)
        assert run.variant.item() == "baseline"
        assert run.attrs["complete"] == 1


def test_every_output_that_was_asked_for_is_there(places_run):
    with sojourn.open(places_run) as run:
        assert run.stock.dims == ("time", "region", "age", "sex")
        assert run.flow.dims == ("interval", "origin", "destination", "stream", "sex")
        assert run.relocations.dims == ("interval_relocations", "origin", "destination")
        assert run.diaspora.dims == ("time_diaspora", "residence", "birth")
        assert run.factor_income.dims == ("interval", "region")
        assert run.region_name.sel(region="TUR").item() == "Türkiye"
        assert run.latitude.sel(region="NZL").item() == -41.3
        # One relocation interval fits into seven years; the rest is no whole one.
        assert list(run.interval_relocations_bnds.values[0]) == [np.datetime64("2000-01-01"), np.datetime64("2005-01-01")]


def test_intervals_have_their_bounds_as_instants(places_run):
    with sojourn.open(places_run) as run:
        assert "interval_bnds" in run.coords
        assert np.array_equal(run.interval_bnds.values[:, 0], run.time.values[:-1])
        assert np.array_equal(run.interval_bnds.values[:, 1], run.time.values[1:])


def test_it_opens_without_us_with_the_same_values(places_run):
    with sojourn.open(places_run) as ours, xarray.open_dataset(places_run, engine="h5netcdf") as theirs:
        assert set(ours.variables) == set(theirs.variables)
        for name in ours.variables:
            assert ours[name].variable.equals(theirs[name].variable), name
            shown = dict(theirs[name].attrs)
            if "unit" in shown:
                shown["units"] = shown["unit"]
            assert ours[name].attrs.keys() == shown.keys(), name
            assert all(np.array_equal(ours[name].attrs[key], shown[key]) for key in shown), name
        assert ours.stock.attrs["units"] == "persons" and ours.factor_income.attrs["units"] == "thousand USD"


@pytest.mark.parametrize("name", ["places_run", "table_run", "registration_run"])
def test_both_readers_of_netcdf_give_the_same(name, request, monkeypatch):
    path = request.getfixturevalue(name)
    datasets = []
    for engine in ("netcdf4", "h5netcdf"):
        monkeypatch.setattr("sojourn.reading._engine", lambda engine=engine: engine)
        with sojourn.open(path) as run:
            assert run.encoding["source"] == str(path)
            datasets.append(run.load() if name != "table_run" else run.drop_dims("stream").load())
    assert datasets[0].identical(datasets[1])


def test_provenance(tutorial_run):
    assert sojourn.provenance(tutorial_run)["threads"] >= 1


@pytest.mark.parametrize("name", ["places_run", "table_run"])
def test_a_dataset_closes_its_file(name, request, tmp_path):
    copy = tmp_path / "copy.h5"
    shutil.copy(request.getfixturevalue(name), copy)
    with sojourn.open(copy) as run:
        run.flow.isel(interval=0).load()
    with h5py.File(copy, "r+"):  # HDF5 would refuse if the file were still open for reading here
        pass


@pytest.fixture
def incomplete(tutorial_run, tmp_path):
    path = tmp_path / "run.part.h5"
    shutil.copy(tutorial_run, path)
    with h5py.File(path, "r+") as file:
        file.attrs.modify("complete", np.int32(0))
    return path


def test_an_incomplete_output_is_refused(incomplete):
    with pytest.raises(sojourn.IncompleteOutput, match="incomplete.*allow_incomplete"):
        sojourn.open(incomplete)


def test_an_incomplete_output_opens_where_that_is_allowed(incomplete):
    with pytest.warns(sojourn.IncompleteWarning, match="incomplete"):
        with sojourn.open(incomplete, allow_incomplete=True) as run:
            assert run.sizes["region"] == 4


def test_a_complete_output_gives_no_warning(tutorial_run):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sojourn.open(tutorial_run, allow_incomplete=True).close()


def test_a_missing_file_names_its_part_file(incomplete):
    with pytest.raises(sojourn.MissingOutput, match="no such file.*run.part.h5"):
        sojourn.open(incomplete.with_name("run.h5"))
    with pytest.raises(FileNotFoundError, match="no such file$"):
        sojourn.open(incomplete.with_name("other.h5"))


def wrong_files(tutorial_run, folder):
    """Files that are no outputs, and what must be said of them."""
    (folder / "empty.h5").write_bytes(b"")
    yield folder / "empty.h5", "no HDF5 file.*empty"
    (folder / "text.h5").write_text("sojourn: 1\n")
    yield folder / "text.h5", "no HDF5 file.*11 bytes"
    (folder / "junk.h5").write_bytes(np.random.default_rng(1).bytes(1 << 20))
    yield folder / "junk.h5", "no HDF5 file"
    whole = tutorial_run.read_bytes()
    (folder / "cut.h5").write_bytes(whole[: len(whole) // 2])
    yield folder / "cut.h5", "cut off"
    (folder / "junk_inside.h5").write_bytes(whole[:512] + b"\xff" * (len(whole) - 512))
    yield folder / "junk_inside.h5", "damaged"
    with h5py.File(folder / "other.h5", "w") as file:
        file["x"] = 1
    yield folder / "other.h5", "no output of `sojourn run`.*title, scenario, complete"
    yield folder, "is a folder"


def test_other_files_are_refused_with_what_they_are(tutorial_run, tmp_path):
    for path, message in wrong_files(tutorial_run, tmp_path):
        with pytest.raises(sojourn.NotAnOutput, match=message):
            sojourn.open(path)


def test_a_file_of_a_later_format_is_refused(tutorial_run, tmp_path, source):
    """As by the program: what has an old name may have another meaning there."""
    writer = (source / "sim" / "output" / "format_version.hpp").read_text(encoding="utf-8")
    assert f"format_version = {sojourn.reading.FORMAT};" in writer
    later = shutil.copy(tutorial_run, tmp_path / "later.h5")
    with h5py.File(later, "r+") as file:
        file.attrs["sojourn_format"] = np.int32(sojourn.reading.FORMAT + 1)
    with pytest.raises(sojourn.NotAnOutput, match="has format 2, and this package knows 1 at most; use a newer"):
        sojourn.open(later)


def test_a_file_that_is_being_written_says_so(tutorial_run, tmp_path):
    path = tmp_path / "busy.part.h5"
    shutil.copy(tutorial_run, path)
    code = "import h5py, sys; f = h5py.File(sys.argv[1], 'r+'); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as busy:
        assert busy.stdout.readline() == b"open\n"
        with pytest.raises(sojourn.NotAnOutput, match="being written"):
            sojourn.open(path)
        busy.stdin.close()
