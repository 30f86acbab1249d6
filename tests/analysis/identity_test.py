"""The checker that two outputs are identical: each kind of change makes it fail, and h5diff misses several of them."""

import re
import shutil
import subprocess
import sys
import zlib

import h5py
import numpy as np
import pytest

import sojourn
from sojourn.command import main


@pytest.fixture
def pair(places_run, tmp_path):
    """An output and a copy of it, to be changed."""
    copy = tmp_path / "copy.h5"
    shutil.copy(places_run, copy)
    return places_run, copy


def command(*arguments):
    """Exit code and output of `python3 -m sojourn`."""
    done = subprocess.run(
        [sys.executable, "-m", "sojourn", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def identical(capsys):
    """Exit code and output of the command `identical`, in this process: a process for each would take a minute."""

    def run(one, other):
        code = main(["identical", str(one), str(other)])
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    return run


def h5diff(one, other):
    """Exit code of h5diff: 0 if it sees no difference."""
    return subprocess.run(["h5diff", str(one), str(other)], capture_output=True, check=False).returncode


def replace(file, name, data=None, **how):
    """Makes a variable anew, with its attributes and with scales on the same axes, but other data, type or storage."""
    old = file[name]
    data = old[()] if data is None else data
    kept = {key: old.attrs[key] for key in old.attrs if key not in ("DIMENSION_LIST", "_Netcdf4Coordinates")}
    scales = [[scale.name for scale in axis.values()] for axis in old.dims]
    how = {"maxshape": old.maxshape, "dtype": old.dtype, "chunks": old.chunks, "shuffle": old.shuffle,
           "compression": old.compression, "compression_opts": old.compression_opts} | how
    del file[name]
    new = file.create_dataset(name, data=data, track_order=True, track_times=False, **how)
    for key, value in kept.items():
        new.attrs[key] = value
    for axis, names in zip(new.dims, scales):
        for scale in names:
            axis.attach_scale(file[scale])
    return new


def test_a_copy_is_identical(pair, identical):
    assert list(sojourn.differences(*pair)) == []
    code, text = identical(*pair)
    assert code == 0 and "are identical" in text


def test_exit_code_of_the_process(pair):
    """The others are those of `main`, in this process."""
    with h5py.File(pair[1], "r+") as file:
        file["stock"][0, 0, 0, 0] = 0
    code, text = command("identical", *pair)
    assert code == 1 and text.startswith("/stock: 1 of")


def test_a_run_is_identical_to_its_repetition(simulate, places, places_run, tmp_path):
    again = simulate(places, tmp_path / "again.h5")
    assert list(sojourn.differences(places_run, again)) == []
    assert places_run.read_bytes() != again.read_bytes()  # they do differ: in /provenance


def test_another_seed_is_another_output(simulate, places, places_run, tmp_path):
    other = simulate(places, tmp_path / "seed.h5", "--seed", 4)
    found = list(sojourn.differences(places_run, other))
    assert any(line.startswith("/@seed: value 3 against 4") for line in found)
    assert any(line.startswith("/flow: ") and "values differ" in line for line in found)


def test_provenance_is_not_looked_at(pair):
    with h5py.File(pair[1], "r+") as file:
        file["provenance"].attrs["threads"] = np.int64(64)
        file["provenance"].attrs["weather"] = "fair"
    assert list(sojourn.differences(*pair)) == []
    with h5py.File(pair[1], "r+") as file:
        del file["provenance"]
    assert list(sojourn.differences(*pair)) == []


# --- each change alone makes it fail ----------------------------------------------------------------------------------


def change_value(file):
    file["stock"][7, 2, 3, 1] += 1


def change_last_value(file):
    file["flow"][-1, -1, 0, 1, 1] += 1


def change_sign_of_zero(file):
    replace(file, "factor_zero", -file["factor_zero"][()])


def change_bits_of_nan(file):
    bits = file["factor_nan"][()].view(np.uint64) ^ np.uint64(1)
    replace(file, "factor_nan", bits.view(np.float64))


def change_label(file):
    file["region"][3] = "MEXICO"


def change_name(file):
    file["region_name"][1] = "Turkiye"


def change_shape(file):
    file["stock"].resize(file["stock"].shape[0] - 1, axis=0)


def change_rank(file):
    data = file["variant"][()]
    del file["variant"]
    file.create_dataset("variant", data=[data], dtype=h5py.string_dtype("utf-8"))


def change_size_of_type(file):
    replace(file, "stock", dtype="i8")


def change_sign_of_type(file):
    replace(file, "stock", dtype="u4")


def change_byte_order(file):
    replace(file, "stock", dtype=">i4")


def change_kind_of_number(file):
    replace(file, "flow", dtype="f4")


def change_length_of_text(file):
    replace(file, "region_name", file["region_name"][()].astype("S16"), dtype="S16")


def change_character_set(file):
    replace(file, "region_name", dtype=h5py.string_dtype("ascii"))


def change_character_set_of_attribute(file):
    file.attrs.create("title", file.attrs["title"], dtype=h5py.string_dtype("ascii"))


def change_attribute(file):
    file["stock"].attrs.modify("units", "people")


def change_number_in_attribute(file):
    file.attrs.modify("seed", np.int64(5))


def change_type_of_attribute(file):
    file.attrs["seed"] = np.int32(file.attrs["seed"])


def change_kind_of_text_of_attribute(file):
    value = file["stock"].attrs["units"]
    file["stock"].attrs.create("units", value, dtype=f"S{len(value)}")


def change_shape_of_attribute(file):
    file.attrs["seed"] = np.array([file.attrs["seed"]])


def add_attribute(file):
    file["flow"].attrs["note"] = "x"


def drop_attribute(file):
    del file["flow"].attrs["long_name"]


def change_order_of_attributes(file):
    attrs = file["factor_zero"].attrs
    value = attrs["b"]
    del attrs["a"]
    del attrs["b"]
    attrs["b"] = value
    attrs["a"] = 1


def add_variable(file):
    file["more"] = 1


def drop_variable(file):
    del file["diaspora"]


def rename_variable(file):
    file.move("diaspora", "diasporas")


def change_order_of_variables(file):
    file.move("time", "elsewhere")
    file.move("elsewhere", "time")


def add_group(file):
    file.create_group("extra")


def add_group_in_provenance_of_another(file):
    file.create_group("extra/provenance")


def make_group_of_variable(file):
    del file["diaspora"]
    file.create_group("diaspora")


def detach_scale(file):
    file["stock"].dims[1].detach_scale(file["region"])


def attach_another_scale(file):
    file["flow"].dims[1].detach_scale(file["origin"])
    file["flow"].dims[1].attach_scale(file["destination"])


def rename_dimension(file):
    file["region"].attrs.modify("NAME", np.bytes_("REGION"))


def fix_largest_shape(file):
    replace(file, "stock", maxshape=file["stock"].shape)


def change_filters(file):
    replace(file, "stock", shuffle=False)


def change_chunks(file):
    replace(file, "stock", chunks=(2, *file["stock"].chunks[1:]))


def change_fill_value(file):
    replace(file, "stock", fillvalue=-1)


def make_soft_link(file):
    file.move("diaspora", "extra/diaspora") if "extra" in file else file.move("diaspora", "hidden")
    file["diaspora"] = h5py.SoftLink("/hidden")


# What is said of each change, and whether h5diff returns 0 (sees nothing) in spite of it.
CHANGES = [
    (change_value, r"/stock: 1 of 21,420 values differ; the first, \[7, 2, 3, 1\], is \d+ against \d+", False),
    (change_last_value, r"/flow: 1 of 12,096 values differ; the first, \[83, 5, 0, 1, 1\]", False),
    (change_sign_of_zero, r"/factor_zero: 3 of 3 values differ; the first, \[0\], is 0.0 against -0.0", False),
    (change_bits_of_nan, r"/factor_nan: 2 of 2 values differ", True),
    (change_label, r"/region: 1 of 6 values differ; the first, \[3\], is 'MEX' against 'MEXICO'", False),
    (change_name, r"/region_name: 1 of 6 values differ.*'Türkiye' against 'Turkiye'", False),
    (change_shape, r"/stock: shape \(85, 6, 21, 2\) against \(84, 6, 21, 2\)", True),
    (change_rank, r"/variant: shape \(\) against \(1,\)", None),
    (change_size_of_type, r"/stock: type int32 \(little-endian\) against int64", True),
    (change_sign_of_type, r"/stock: type int32 \(little-endian\) against uint32", True),
    (change_byte_order, r"/stock: type int32 \(little-endian\) against int32 \(big-endian\)", True),
    (change_kind_of_number, r"/flow: type int32 \(little-endian\) against float32", True),
    (change_length_of_text, r"/region_name: type text of variable length \(UTF-8\) against text of 16 bytes \(ASCII", True),
    (change_character_set, r"/region_name: type text of variable length \(UTF-8\) against text of variable length \(ASCII", True),
    (change_character_set_of_attribute, r"/@title: type text of variable length \(UTF-8\) against text of variable", None),
    (change_attribute, r"/stock@units: ", None),
    (change_number_in_attribute, r"/@seed: value 3 against 5", False),
    (change_type_of_attribute, r"/@seed: type int64 \(little-endian\) against int32", True),
    (change_kind_of_text_of_attribute, r"/stock@units: type text", None),
    (change_shape_of_attribute, r"/@seed: shape scalar against \(1,\)", True),
    (add_attribute, r"/flow@note: only in the second", None),
    (drop_attribute, r"/flow@long_name: only in the first", None),
    (change_order_of_attributes, r"/factor_zero: attributes were made in another order", True),
    (add_variable, r"/more: only in the second", False),
    (drop_variable, r"/diaspora: only in the first", False),
    (rename_variable, r"/diasporas: only in the second", False),
    (change_order_of_variables, r"/: members were made in another order", True),
    (add_group, r"/extra: only in the second", False),
    (add_group_in_provenance_of_another, r"/extra: only in the second", False),
    (make_group_of_variable, r"/diaspora: a variable against a group", None),
    (detach_scale, r"/stock@DIMENSION_LIST: ", None),
    (attach_another_scale, r"/flow@DIMENSION_LIST: scales .*'->/origin'.* against .*'->/interval'.*'->/destination'", None),
    (rename_dimension, r"/region@NAME: ", None),
    (fix_largest_shape, r"/stock: largest shape \(None, 6, 21, 2\) against \(85, 6, 21, 2\)", True),
    (change_filters, r"/stock: filters ", True),
    (change_chunks, r"/stock: chunks ", True),
    (change_fill_value, r"/stock: fill value default against -1", True),
    (make_soft_link, r"/diaspora: hard link against soft link to /hidden", None),
]


@pytest.mark.parametrize(("change", "message", "missed"), CHANGES, ids=[change.__name__ for change, _, _ in CHANGES])
def test_a_change_is_found(pair, change, message, missed, tmp_path, identical):
    first = tmp_path / "first.h5"
    shutil.copy(pair[0], first)
    with h5py.File(first, "r+") as file:
        zero = file.create_dataset("factor_zero", data=np.zeros(3), track_order=True, track_times=False)
        zero.attrs["a"], zero.attrs["b"] = 1, 2
        file["factor_nan"] = np.full(2, np.nan)
    shutil.copy(first, pair[1])
    with h5py.File(pair[1], "r+") as file:
        change(file)
    found = list(sojourn.differences(first, pair[1]))
    assert any(re.match(message, line) for line in found), found
    code, text = identical(first, pair[1])
    assert code == 1 and f"differ in {len(found)} place" in text
    if missed is not None:
        assert (h5diff(first, pair[1]) == 0) == missed


def test_equal_nans_are_equal(pair, tmp_path):
    for path in pair[1], tmp_path / "other.h5":
        with h5py.File(path, "w") as file:
            file["x"] = np.array([np.nan, 0.0, -0.0])
    assert list(sojourn.differences(pair[1], tmp_path / "other.h5")) == []


def test_large_variables_are_compared_in_blocks(pair, monkeypatch):
    """With blocks of 100 bytes instead of 32 MiB every variable has many, and nothing is missed or counted twice."""
    monkeypatch.setattr("sojourn.identity._BYTES_AT_A_TIME", 100)
    assert list(sojourn.differences(*pair)) == []
    with h5py.File(pair[1], "r+") as file:
        values = file["stock"][()]
        places = np.random.default_rng(1).choice(values.size, 50, replace=False)
        values.flat[places] += 1
        file["stock"][...] = values
    (line,) = sojourn.differences(*pair)
    assert line.startswith("/stock: 50 of 21,420 values differ")
    first = np.unravel_index(places.min(), values.shape)
    assert f"[{', '.join(map(str, first))}]" in line


def test_memory_stays_bounded(tmp_path):
    """Two variables of 400 MB (compressed to almost nothing) are compared within 200 MB more than Python itself needs."""
    paths = [tmp_path / "a.h5", tmp_path / "b.h5"]
    packed = zlib.compress(np.full(1_000_000, 7, "i4").tobytes(), 1)
    for path in paths:
        with h5py.File(path, "w") as file:
            data = file.create_dataset("x", shape=(100, 1_000_000), dtype="i4", chunks=(1, 1_000_000), compression=1)
            for row in range(100):  # packed once, not a hundred times
                data.id.write_direct_chunk((row, 0), packed)
    code = (
        "import resource, sys, sojourn; before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "assert list(sojourn.differences(*sys.argv[1:])) == []\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", code, *map(str, paths)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 200_000


def test_files_that_cannot_be_read_are_neither_identical_nor_different(pair, tmp_path, identical):
    junk = tmp_path / "junk.h5"
    junk.write_text("no HDF5")
    code, text = identical(pair[0], junk)
    assert code == 2 and "junk.h5: is no HDF5 file" in text
    code, text = identical(tmp_path / "nothing.h5", pair[0])
    assert code == 2 and "nothing.h5: there is no such file" in text
    code, text = identical(pair[0], tmp_path)
    assert code == 2


def test_a_damaged_chunk_is_an_error(pair, identical):
    with h5py.File(pair[1], "r") as file:
        chunk = file["flow"].id.get_chunk_info(3)
    with pair[1].open("r+b") as file:
        file.seek(chunk.byte_offset)
        file.write(b"\xff" * chunk.size)
    code, text = identical(*pair)
    assert code == 2 and "damaged" in text
