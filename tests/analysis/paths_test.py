"""What the operating system has against a path, as people are told."""

import errno
import os

import h5py
import pytest

import sojourn
from sojourn.paths import existing_file, reason


def test_the_reason_has_no_number():
    assert reason(OSError(errno.EACCES, os.strerror(errno.EACCES), "x.h5")) == "Permission denied"
    assert reason(ValueError("embedded null byte")) == "embedded null byte"


def test_the_reason_in_what_hdf5_says(tmp_path):
    with pytest.raises(OSError) as told:
        h5py.File(tmp_path / "none.h5", "r")
    assert reason(told.value) == "No such file or directory"
    with pytest.raises(OSError) as told:
        h5py.File(__file__, "r")
    assert "signature not found" in reason(told.value)


def test_what_is_there_is_told(tmp_path):
    (tmp_path / "run.part.h5").touch()
    with pytest.raises(sojourn.MissingOutput, match=r"run.h5: there is no such file; its run was interrupted.*run.part.h5$"):
        existing_file(tmp_path / "run.h5")
    for folder in tmp_path, ".", "/":
        with pytest.raises(sojourn.NotAnOutput, match="is a folder"):
            existing_file(folder)
    with pytest.raises(sojourn.NotAnOutput, match="is no ordinary file"):
        existing_file("/dev/null")
    with pytest.raises(sojourn.NotAnOutput, match=r"cannot be looked at \(File name too long\)"):
        existing_file("x" * 300)
    assert existing_file(__file__).name == "paths_test.py"
