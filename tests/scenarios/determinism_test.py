"""Same seed, same bits: for any number of threads, without FMA, until a policy acts; and what a run leaves that ends early."""

import fcntl
import hashlib
import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time

import numpy as np
import pytest
import xarray

import sojourn

# The C library chooses another exp and pow where the processor has FMA, with other last bits. These names hide it:
# the first three since glibc 2.33, those with _Usable before.
NO_FMA = "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-FMA_Usable,-FMA4_Usable,-AVX2_Usable"


def assert_identical(one, other):
    assert list(sojourn.differences(one, other)) == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("determinism")


@pytest.fixture(scope="module")
def baseline(simulate, tutorial, folder):
    return simulate(tutorial, folder / "baseline.h5", "--threads", 1)


@pytest.fixture(scope="module")
def bus_line(simulate, tutorial, folder):
    return simulate(tutorial, folder / "bus_line.h5", "--variant", "bus_line")


# A small world: every country, one agent for a thousand persons, two years.
WORLD = ["--persons-per-agent", "1000", "--until", "1992-07-01"]


@pytest.fixture(scope="module")
def world(source):
    return source / "scenarios" / "world" / "world.yaml"


@pytest.fixture(scope="module")
def world_run(simulate, world, folder):
    return simulate(world, folder / "world.h5", "--threads", 1, *WORLD)


# --- threads and processors -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("threads", [2, 3, 8])
def test_any_number_of_threads_writes_the_same(simulate, tutorial, baseline, threads, tmp_path):
    assert_identical(baseline, simulate(tutorial, tmp_path / "run.h5", "--threads", threads))


@pytest.mark.parametrize("threads", [2, 3, 8])
def test_any_number_of_threads_writes_the_same_world(simulate, world, world_run, threads, tmp_path):
    assert_identical(world_run, simulate(world, tmp_path / "run.h5", "--threads", threads, *WORLD))


def test_the_number_of_threads_is_in_the_provenance(baseline):
    assert sojourn.provenance(baseline)["threads"] == 1


def bits_of_libm(environment):
    """A digest of the bits that the C library's exp and pow give for some thousand arguments."""
    code = (
        "import math, struct, json\n"
        "x = [0.001 * i + 1e-7 * i * i for i in range(1, 20000)]\n"
        "print(json.dumps([struct.pack('d', f).hex() for v in x for f in (math.exp(v % 30), math.pow(v, 1.7))]))"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return hashlib.sha256("".join(json.loads(done.stdout)).encode()).hexdigest()


@pytest.fixture(scope="module")
def without_fma():
    """An environment in which the C library does not know that the processor has FMA; it is shown that this matters."""
    hidden = os.environ | {"GLIBC_TUNABLES": NO_FMA}
    if bits_of_libm(hidden) == bits_of_libm(dict(os.environ)):
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            has_fma = any(line.startswith("flags") and " fma " in line for line in file)
        assert not has_fma, f"this processor has FMA, but {NO_FMA} does not hide it from this C library: find the new names"
        pytest.skip("THIS PROCESSOR HAS NO FMA: whether results depend on it cannot be seen here")
    return hidden


def test_a_processor_without_fma_writes_the_same(simulate, tutorial, baseline, without_fma, tmp_path):
    assert_identical(baseline, simulate(tutorial, tmp_path / "run.h5", env=without_fma))


def test_a_processor_without_fma_writes_the_same_world(simulate, world, world_run, without_fma, tmp_path):
    assert_identical(world_run, simulate(world, tmp_path / "run.h5", *WORLD, env=without_fma))


def test_another_seed_writes_another_run(simulate, tutorial, baseline, tmp_path):
    other = simulate(tutorial, tmp_path / "run.h5", "--seed", 12345)
    assert any(line.startswith("/flow: ") for line in sojourn.differences(baseline, other))


# --- variants ---------------------------------------------------------------------------------------------------------


def assert_equal_until(one, other, instant):
    """Every value of two outputs is bit for bit the same up to an instant, and some value differs afterwards."""
    differ_later = False
    with sojourn.open(one) as first, sojourn.open(other) as second:
        assert set(first.data_vars) == set(second.data_vars)
        for name in first.data_vars:
            axis = first[name].dims[0]
            ends = first[axis].values
            if axis.startswith("interval"):
                ends = first[f"{axis}_bnds"].values[:, 1]
            before = ends <= np.datetime64(instant)
            assert before.any() or name == "relocations", f"{name} says nothing about the time before {instant}"
            one_part, other_part = first[name].values, second[name].values
            assert one_part.dtype == other_part.dtype
            assert one_part[before].tobytes() == other_part[before].tobytes(), f"{name} differs before {instant}"
            differ_later = differ_later or one_part[~before].tobytes() != other_part[~before].tobytes()
    assert differ_later, f"nothing differs after {instant}"


def test_variants_are_equal_until_a_policy_acts(baseline, bus_line):
    assert_equal_until(baseline, bus_line, "2024-01-01")


def test_a_policy_that_changes_nothing_changes_no_bit(simulate, tutorial, folder):
    """The bus line without the wage that it brings is another variant, but the same run."""
    text = tutorial.read_text(encoding="utf-8")
    assert "add: 250" in text
    path = folder / "nothing.yaml"
    path.write_text(text.replace("add: 250", "add: 0"), encoding="utf-8")
    one = simulate(path, folder / "nothing_baseline.h5")
    other = simulate(path, folder / "nothing_bus_line.h5", "--variant", "bus_line")
    places = {line.split(":")[0] for line in sojourn.differences(one, other)}
    assert places <= {"/@variant", "/@policies", "/variant"}


def test_a_run_that_ends_earlier_is_the_beginning_of_the_longer_one(simulate, tutorial, baseline, folder):
    short = simulate(tutorial, folder / "until.h5", "--until", "2023-01-01")
    with sojourn.open(short) as part, sojourn.open(baseline) as whole:
        assert part.time.values[-1] == np.datetime64("2023-01-01")
        assert part.flow.equals(whole.flow.sel(interval=part.interval))
        assert part.stock.equals(whole.stock.sel(time=part.time))


# --- what goes in comes out -------------------------------------------------------------------------------------------


def natural_increase(run, dimensions):
    """Births less deaths; 0 in runs without."""
    if "births" not in run:
        return 0
    return sojourn.total(run.births, dimensions).values - sojourn.total(run.deaths, dimensions).values


@pytest.mark.parametrize("name", ["baseline", "bus_line", "world_run"])
def test_nobody_appears_or_vanishes(name, request):
    with sojourn.open(request.getfixturevalue(name)) as run:
        people = sojourn.total(run.stock, ["time"]).values
        assert people[0] > 0 and (np.diff(people) == natural_increase(run, ["interval"])).all()


@pytest.mark.parametrize("name", ["baseline", "bus_line", "world_run"])
def test_stocks_change_by_flows(name, request):
    with sojourn.open(request.getfixturevalue(name)) as run:
        stock = sojourn.total(run.stock, ["time", "region"]).values
        arrivals = sojourn.total(run.flow, ["interval", "destination"]).values
        departures = sojourn.total(run.flow, ["interval", "origin"]).values
        assert np.array_equal(np.diff(stock, axis=0), arrivals - departures + natural_increase(run, ["interval", "region"]))
        assert (stock >= 0).all()


@pytest.mark.parametrize("name", ["baseline", "bus_line", "world_run"])
def test_nobody_moves_from_a_region_to_itself(name, request):
    with sojourn.open(request.getfixturevalue(name)) as run:
        moves = sojourn.total(run.flow, ["origin", "destination"]).values
        assert moves.sum() > 0 and not np.diagonal(moves).any() and (moves >= 0).all()


def test_relocations_are_no_more_than_moves_and_agree_with_stocks(baseline):
    """Whoever lives elsewhere after five years has moved; in each region, in minus out is the change of its stock."""
    with sojourn.open(baseline) as run:
        stock = sojourn.total(run.stock, ["time", "region"])
        for position, (begin, end) in enumerate(run.interval_relocations_bnds.values):
            relocations = run.relocations.isel(interval_relocations=position).values.astype(np.int64)
            moves = run.flow.sel(interval=(run.interval >= begin) & (run.interval < end)).sum().item()
            assert 0 < relocations.sum() <= moves and not np.diagonal(relocations).any()
            change = stock.sel(time=end).values - stock.sel(time=begin).values
            assert np.array_equal(relocations.sum(axis=0) - relocations.sum(axis=1), change)


# --- runs that end early ----------------------------------------------------------------------------------------------

# Fifty regions, day by day for 200 years: longer than anyone waits, so that it can be ended half-way.
LONG = """
sojourn: 1
title: A run that is ended half-way
time: {start: 1900-01-01, end: 2100-01-01, step: 1 day}
regions: [REGIONS]
population: {stayers: {values: {POPULATION}, age: 0-79}}
streams:
  wander:
    hazard: {rate: 0.05 per year}
    destination: {choose: all}
output: {every: 1 day, stocks: [region, age]}
"""


@pytest.fixture(scope="module")
def long_scenario(folder):
    regions = [f"r{number:02}" for number in range(50)]
    text = LONG.replace("REGIONS", ", ".join(regions))
    path = folder / "long.yaml"
    path.write_text(text.replace("POPULATION", ", ".join(f"{region}: 100000" for region in regions)), encoding="utf-8")
    return path


@pytest.fixture
def started(program, long_scenario, tmp_path):
    """A run that has gone on for five seconds, so that steps have reached the disk. Killed at the end if still going."""
    output = tmp_path / "run.h5"
    with open(tmp_path / "errors.txt", "w", encoding="utf-8") as errors:
        run = subprocess.Popen([program, "run", str(long_scenario), "-o", str(output)], stdout=errors, stderr=errors)
    part = tmp_path / "run.part.h5"
    begun = time.monotonic()
    while run.poll() is None and time.monotonic() < begun + 5:
        time.sleep(0.05)
    assert run.poll() is None, f"the run ended by itself: {(tmp_path / 'errors.txt').read_text(encoding='utf-8')}"
    assert part.exists() and not output.exists()
    yield run, part, output
    if run.poll() is None:
        run.kill()
    run.wait()


def assert_opens_incomplete(part):
    """xarray, ncdump and we open it; it says that it is incomplete; it has some of the steps, and they add up."""
    listing = subprocess.run(["ncdump", "-h", str(part)], capture_output=True, text=True, check=True).stdout
    assert "flow(interval, origin, destination, stream)" in listing and "complete = 0" in listing
    with xarray.open_dataset(part, engine="h5netcdf") as run:
        assert run.attrs["complete"] == 0
        assert 1 < run.sizes["time"] < 73_050 and run.sizes["interval"] > 0
    with pytest.raises(sojourn.IncompleteOutput):
        sojourn.open(part)
    with pytest.warns(sojourn.IncompleteWarning), sojourn.open(part, allow_incomplete=True) as run:
        steps = min(run.sizes["interval"], run.sizes["time"] - 1)
        stock = sojourn.total(run.stock, ["time", "region"]).values
        flow = run.flow.isel(interval=slice(0, steps)).sum("stream").values
        assert (stock.sum(axis=1) == 5_000_000).all()
        assert np.array_equal(np.diff(stock, axis=0)[:steps], (flow.sum(axis=1) - flow.sum(axis=2))[:steps])


def test_a_killed_run_leaves_a_file_that_opens(started):
    run, part, output = started
    run.send_signal(signal.SIGKILL)
    assert run.wait(timeout=30) == -signal.SIGKILL
    assert not output.exists()
    assert_opens_incomplete(part)


def test_an_interrupted_run_ends_cleanly(started):
    run, part, output = started
    run.send_signal(signal.SIGINT)
    assert run.wait(timeout=30) == 130
    assert not output.exists()
    assert_opens_incomplete(part)
    with pytest.warns(sojourn.IncompleteWarning), sojourn.open(part, allow_incomplete=True) as dataset:
        assert dataset.sizes["time"] == dataset.sizes["interval"] + 1


def test_a_replicate_has_dice_of_its_own_whatever_the_threads(program, simulate, tutorial, tmp_path):
    """The seed is the same and the numbers are not; 0 is what a run has without the option."""
    short = ("--until", "2021-01-01")
    runs = [simulate(tutorial, tmp_path / f"{number}.h5", *short, *words) for number, words in enumerate([
        (), ("--replicate", 0), ("--replicate", 1, "--threads", 1), ("--replicate", 1, "--threads", 3), ("--replicate", 2147483647)])]
    assert_identical(runs[0], runs[1])
    assert_identical(runs[2], runs[3])
    for one, other in (0, 2), (0, 4), (2, 4):
        assert any(line.startswith("/flow: ") for line in sojourn.differences(runs[one], runs[other]))
    for number, path in zip((0, 0, 1, 1, 2147483647), runs):
        with sojourn.open(path) as run:
            assert run.attrs["replicate"] == run.replicate.item() == number and run.replicate.dtype == np.int32
    for wrong in "-1", "2147483648", "one":
        words = [program, "run", str(tutorial), "--replicate", wrong, "-o", str(tmp_path / "wrong.h5")]
        assert subprocess.run(words, capture_output=True, check=False).returncode == 2 and not (tmp_path / "wrong.h5").exists()


def test_a_run_outlives_its_terminal_under_nohup(program, long_scenario, tmp_path):
    """SIGHUP that is ignored from the start stays so; SIGTERM ends it."""
    command = ["nohup", program, "run", str(long_scenario), "-o", str(tmp_path / "run.h5"), "--quiet"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as run:
        while not (tmp_path / "run.part.h5").exists():
            assert run.poll() is None
            time.sleep(0.01)
        run.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        assert run.poll() is None
        run.send_signal(signal.SIGTERM)
        assert run.wait(timeout=30) == 130


def test_a_run_ends_when_its_terminal_is_closed(program, long_scenario, tmp_path):
    """With its last records, although nobody can be told any more."""
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        [program, "run", str(long_scenario), "-o", str(tmp_path / "run.h5")], stdin=theirs, stdout=theirs,
        stderr=theirs, start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(theirs)
    while b"left" not in os.read(ours, 1000):  # until the bar is drawn
        assert run.poll() is None
    os.close(ours)
    assert run.wait(timeout=30) == 130
    assert_opens_incomplete(tmp_path / "run.part.h5")


def test_a_run_that_has_not_begun_ends_at_once(program, long_scenario, tmp_path):
    """Whenever the signal comes: while the program starts it dies by it, later it ends with 130."""
    for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
        for delay in 0, 0.01, 0.03, 0.1:
            command = [program, "run", str(long_scenario), "-o", str(tmp_path / "run.h5"), "--force", "--quiet"]
            with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
                time.sleep(delay)
                run.send_signal(number)
                assert run.wait(timeout=30) in (130, -number), (number, delay)


def test_what_an_interrupted_run_left_needs_no_force_to_be_replaced(simulate, tutorial, tmp_path):
    (tmp_path / "run.part.h5").write_bytes(b"\x89HDF\r\n\x1a\n and what else was left")
    simulate(tutorial, tmp_path / "run.h5")
    assert not (tmp_path / "run.part.h5").exists()


# --- overwriting ------------------------------------------------------------------------------------------------------


def test_an_output_is_not_overwritten_without_force(program, tutorial, tmp_path):
    output = tmp_path / "run.h5"
    output.write_bytes(b"years of work")
    command = [program, "run", str(tutorial), "-o", str(output)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (1, 2) and "--force" in done.stderr
    assert output.read_bytes() == b"years of work" and not (tmp_path / "run.part.h5").exists()
    subprocess.run([*command, "--force"], capture_output=True, check=True)
    sojourn.open(output).close()


def test_wrong_input_is_exit_code_2(program, tutorial, tmp_path):
    for words in [
        [str(tmp_path / "none.yaml")],
        [str(tutorial), "--variant", "buss_line"],
        [str(tutorial), "--until", "2023-01-15"],
        [str(tutorial), "--threads", "0"],
    ]:
        done = subprocess.run(
            [program, "run", *words, "-o", str(tmp_path / "run.h5")], capture_output=True, text=True, check=False
        )
        assert done.returncode == 2, (words, done.stderr)
        assert not (tmp_path / "run.h5").exists()
