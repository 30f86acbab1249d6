"""What bears the name of an output, or its part name, before the run: nothing is followed, nothing precious is lost."""

import os
import stat
import subprocess

import pytest

SMALL = """
sojourn: 1
title: Two places
time: {start: 2020-01-01, end: 2021-01-01, step: 1 month}
regions: [a, b]
factors:
  income: {table: income.csv, region: region, value: income}
population: {stayers: {values: {a: 100, b: 100}, age: 30}}
streams:
  labour:
    hazard: {rate: 0.1 per year}
    destination: {pull: [{factor: income, coefficient: 1}]}
"""

INCOME = "region,income\na,1\nb,2\n"

# What an interrupted run leaves begins so; HDF5 files of others too.
HDF5 = b"\x89HDF\r\n\x1a\n" + b"\0" * 90


@pytest.fixture
def place(tmp_path):
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "income.csv").write_text(INCOME, encoding="utf-8")
    (tmp_path / "precious.txt").write_text("years of work", encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(program, place):
    """Runs the scenario into q.h5; nothing that it may be given makes it wait."""

    def start(*options, scenario="small.yaml"):
        return subprocess.run([program, "run", scenario, "-o", "q.h5", *options], cwd=place, capture_output=True,
                              text=True, check=False, timeout=60)

    return start


def put(kind, path, place):
    if kind == "link":
        path.symlink_to("precious.txt")
    elif kind == "dangling link":
        path.symlink_to("nowhere.txt")
    elif kind == "FIFO":
        os.mkfifo(path)
    elif kind == "directory":
        path.mkdir()
    elif kind == "device":
        path.symlink_to("/dev/null")
    elif kind == "hard link":
        os.link(place / "precious.txt", path)
    elif kind == "link to the scenario":
        path.symlink_to("small.yaml")
    elif kind == "hard link to the scenario":
        os.link(place / "small.yaml", path)
    elif kind == "link to a table":
        path.symlink_to("income.csv")
    elif kind == "hard link to a table":
        os.link(place / "income.csv", path)
    elif kind == "text":
        path.write_text("notes", encoding="utf-8")
    elif kind == "left over":
        path.write_bytes(HDF5)
    elif kind == "left over at the very start":
        path.write_bytes(b"")
    elif kind == "zeros":
        path.write_bytes(b"\0" * 96)


LINKS = ["link", "dangling link", "device", "link to the scenario", "link to a table"]
SOURCES = ["link to the scenario", "hard link to the scenario", "link to a table", "hard link to a table"]
STRANGE = ["FIFO", "directory", "device"]
ORDINARY = ["link", "dangling link", "hard link", "text"]
LEFT_OVER = ["left over", "left over at the very start", "zeros"]


def assert_nothing_is_lost(place):
    assert (place / "precious.txt").read_text(encoding="utf-8") == "years of work"
    assert (place / "small.yaml").read_text(encoding="utf-8") == SMALL
    assert (place / "income.csv").read_text(encoding="utf-8") == INCOME
    assert not (place / "nowhere.txt").exists()


def looks(path):
    """What a name is, without following it."""
    status = os.lstat(path)
    return stat.S_IFMT(status.st_mode), status.st_ino


def assert_refused(done, path, before, place, words):
    assert done.returncode == 1 and f"{path.name}: " in done.stderr and any(word in done.stderr for word in words)
    assert looks(path) == before
    assert_nothing_is_lost(place)


def assert_written(done, place):
    assert done.returncode == 0, done.stderr
    assert stat.S_ISREG(os.lstat(place / "q.h5").st_mode) and (place / "q.h5").read_bytes().startswith(HDF5[:8])
    assert not os.path.lexists(place / "q.part.h5")
    assert_nothing_is_lost(place)


@pytest.mark.parametrize("kind", [*LINKS, *SOURCES[1::2], "FIFO", "directory", "hard link", "text", *LEFT_OVER])
def test_a_target_that_is_there_stays_without_force(run, place, kind):
    put(kind, place / "q.h5", place)
    assert_refused(run(), place / "q.h5", looks(place / "q.h5"), place, ["is there already", "is a directory"])


@pytest.mark.parametrize("kind", [*SOURCES, *STRANGE])
def test_a_target_that_no_force_replaces(run, place, kind):
    put(kind, place / "q.h5", place)
    words = ["is read by the scenario", "is no ordinary file", "is a directory"]
    assert_refused(run("--force"), place / "q.h5", looks(place / "q.h5"), place, words)


@pytest.mark.parametrize("kind", [*ORDINARY, *LEFT_OVER])
def test_force_replaces_the_name_and_not_what_it_leads_to(run, place, kind):
    put(kind, place / "q.h5", place)
    assert_written(run("--force"), place)


@pytest.mark.parametrize("force", [(), ("--force",)], ids=["", "force"])
@pytest.mark.parametrize("kind", [*LINKS, "hard link to the scenario", "hard link to a table", "FIFO", "directory"])
def test_a_part_name_that_may_not_be_written(run, place, kind, force):
    put(kind, place / "q.part.h5", place)
    words = ["is a link, but is needed", "is no ordinary file, but is needed", "is a directory, but is needed",
             "is read by the scenario", "no run has written it"]
    assert_refused(run(*force), place / "q.part.h5", looks(place / "q.part.h5"), place, words)
    assert not (place / "q.h5").exists()


@pytest.mark.parametrize("kind", LEFT_OVER)
def test_what_an_interrupted_run_left_needs_no_force(run, place, kind):
    put(kind, place / "q.part.h5", place)
    assert_written(run(), place)


@pytest.mark.parametrize("kind", ["text", "hard link"])
def test_a_part_name_that_no_run_has_written_needs_force(run, place, kind):
    put(kind, place / "q.part.h5", place)
    before = looks(place / "q.part.h5")
    assert_refused(run(), place / "q.part.h5", before, place, ["no run has written it; --force replaces it"])
    assert_written(run("--force"), place)


def test_a_scenario_under_the_part_name_is_not_destroyed(run, place):
    """Under its own name the scenario is no HDF5 file; --force would still be no permission."""
    (place / "q.part.h5").write_text(SMALL, encoding="utf-8")
    for options in (), ("--force",):
        done = run(*options, scenario="q.part.h5")
        assert done.returncode == 1 and "q.part.h5: is " in done.stderr
        assert (place / "q.part.h5").read_text(encoding="utf-8") == SMALL
