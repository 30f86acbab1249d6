"""Rates by age of people who are not there yet: foreign workers enter a country that has none, and move on."""

import subprocess

import pytest
import sojourn

SCENARIO = """\
sojourn: 1
title: Workers who are still to come
time: {start: 2020-01-01, end: 2024-01-01, step: 1 month}
regions: [n, s]
attributes: {status: [citizen, worker]}
population:
  stayers:
    - {values: {n: 100000, s: 50000}, age: 0-79, status: citizen}
    - {values: {n: AT_START, s: 0}, age: AGES, status: worker}
inflow: {w: {number: 12000 per year, into: [n], age: 20-39, status: worker}}
streams: {go: {who: {status: worker}, hazard: {rate: 0.1 per year, age: SCHEDULE}, destination: {}}}
policies: {later: {from: 2022-01-01, change: [{what: streams.go.hazard.rate, scale: 1}]}}
variants: {baseline: [], later: [later]}
output: {flows: [origin, destination, stream, status], stocks: [region, status]}
"""
STANDARD = "{rogers_castro: standard, over: {values: {20-39: 1}}}"


@pytest.fixture
def write(tmp_path):
    """A function that writes the scenario: write(number at the start, their ages, schedule) -> path."""

    def to_file(number, ages, schedule):
        path = tmp_path / "workers.yaml"
        text = SCENARIO.replace("AT_START", str(number)).replace("AGES", ages).replace("SCHEDULE", schedule)
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


@pytest.fixture
def moves_per_year(simulate, tmp_path):
    """A function that runs a scenario: moves of workers for each year that one of them lives there."""

    def of(scenario, *options):
        output = simulate(scenario, tmp_path / "workers.h5", "--force", "--quiet", *options)
        with sojourn.open(output) as run:
            workers = run.stock.sel(status="worker").sum("region").values
            return float(run.flow.sum()) / float(((workers[1:] + workers[:-1]) / 2).sum() / 12)

    return of


def validate(program, scenario):
    return subprocess.run([program, "validate", str(scenario)], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("number", "ages", "told"), [(0, "30-30", "nobody"), (1, "70-70", "1 person"), (1, "22-22", "1 person")])
def test_a_mean_over_a_few_is_refused_and_says_what_to_write(program, write, number, ages, told):
    scenario = write(number, ages, "rogers_castro")
    done = validate(program, scenario)
    assert done.returncode == 2
    assert f"{scenario}:11:73: the mean of the schedule of stream 'go' is made 1 over those named at the start: {told};" in done.stderr
    assert "'age: {rogers_castro: standard, over: {values: {20-39: 1}}}' with the ages of inflow 'w'" in done.stderr


def test_a_mean_over_others_than_those_who_enter_is_warned_of_and_the_advice_cures_it(program, write, moves_per_year):
    done = validate(program, write(100, "70-71", "rogers_castro"))
    assert done.returncode == 0
    assert ":11:73: warning: the schedule of stream 'go' is divided by 0.00338, its mean over those named at the start (100 persons" in done.stderr
    assert "48000 persons in the run, of mean age 30.0, its mean is 0.0255, so that for them the rate is 7.5 times the one told" in done.stderr
    assert "write 'over: {values: {20-39: 1}}' with the ages of inflow 'w'" in done.stderr
    cured = write(100, "70-71", STANDARD)
    assert validate(program, cured).stderr == ""
    assert moves_per_year(cured) == pytest.approx(0.094, abs=0.005)


@pytest.mark.parametrize(("number", "ages"), [(0, "30-30"), (1, "70-70"), (1, "22-22"), (1000, "20-39")])
def test_with_the_ages_of_those_who_enter_the_rate_is_theirs_whoever_is_there(program, write, moves_per_year, number, ages):
    scenario = write(number, ages, STANDARD)
    assert "over a standard population of mean age 30.0: divided by 0.02546" in validate(program, scenario).stdout
    assert moves_per_year(scenario) == pytest.approx(0.094, abs=0.005)


def test_those_who_are_like_the_ones_to_come_say_the_same(write, moves_per_year):
    assert moves_per_year(write(1000, "20-39", "rogers_castro")) == pytest.approx(0.094, abs=0.005)


def test_policies_and_persons_per_agent_change_no_divisor(write, moves_per_year):
    scenario = write(0, "30-30", STANDARD)
    rate = moves_per_year(scenario)
    assert moves_per_year(scenario, "--variant", "later") == rate
    assert moves_per_year(scenario, "--persons-per-agent", 10) == pytest.approx(rate, rel=0.1)


def test_the_output_keeps_over_whom_each_mean_is(simulate, write, tmp_path):
    with sojourn.open(simulate(write(0, "30-30", STANDARD), tmp_path / "kept.h5")) as run:
        (line,) = [str(run.attrs["schedules"])] if isinstance(run.attrs["schedules"], str) else run.attrs["schedules"]
        assert line.startswith("stream 'go': over a standard population of mean age 30.0: divided by ")
