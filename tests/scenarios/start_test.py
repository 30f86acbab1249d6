"""What is told before a run: how often things happen at the start, and how much memory the run will need."""

import os
import re
import subprocess
from pathlib import Path

import pytest

HEAD = """\
sojourn: 1
title: Before the run
time: {start: 2020-01-01, end: 2026-01-01, step: 1 month}
"""
PER_THOUSAND = HEAD + """\
regions: [n, s]
population: {stayers: {values: {n: 100000, s: 50000}, age: 0-79}}
streams: {go: {hazard: {rate: 0.02 per year}, destination: {}}}
demography: {deaths: {rate: 8.3 per year}}
"""
MANY_MOVERS = HEAD + """\
regions: [a, b, c, d, e, f]
population: {stayers: {values: {a: 2e6, b: 2e6, c: 2e6, d: 2e6, e: 2e6, f: 2e6}, age: 0-79}}
streams: {go: {hazard: {rate: 0.2 per year}, destination: {}}}
output: {every: 1 year, diaspora: 1 year}
"""
QUEUES = HEAD + """\
regions: [a, b, c]
attributes: {status: [x, y]}
population: {stayers: {values: {a: 500000, b: 500000, c: 500000}, age: 0-79, status: x}}
streams: {go: {hazard: {rate: 0.02 per year}, destination: {}}}
transitions:
  register: {who: {status: x}, becomes: {status: y}, rate: 0.5 per year, capacity: {limit: 3000, every: month, give_up: 0.1 per year}}
"""
# What was foretold wrongly, and what was not foretold at all: lists of the twelve-month rule and of what movers take along,
# a step in which most people move, a table of flows, children.
RESTLESS = HEAD.replace("2026", "2022") + """\
regions: [a, b, c]
population:
  stayers: {values: {a: 500000, b: 1000000, c: 1500000}, age: 0-79}
streams: {go: {hazard: {rate: 3 per year}, destination: {}}}
output: {every: 1 year, diaspora: 1 year, citizenship: 1 year, relocations: 1 year, usual_residence: 1 year}
"""
YEARLY = """\
sojourn: 1
title: Most people move in a step
time: {start: 2020-01-01, end: 2023-01-01, step: 1 year}
regions: [a, b, c, d]
population: {stayers: {values: {a: 1e6, b: 2e6, c: 2e6, d: 3e6}, age: 0-79}}
streams: {go: {hazard: {rate: 1 per year}, destination: {}}}
output: {every: 1 year}
"""
TABLE = HEAD.replace("2026", "2023") + f"""\
regions: [{", ".join(f"r{i}" for i in range(120))}]
population: {{stayers: {{values: {{{", ".join(f"r{i}: 20000" for i in range(120))}}}, age: 0-79}}}}
streams: {{go: {{hazard: {{rate: 1 per year}}, destination: {{}}}}}}
output: {{every: 1 year, flow_layout: table, ages: [0, 20, 40, 60], flows: [origin, destination, stream, age]}}
"""
CHILDREN = HEAD + """\
regions: [a, b, c]
population: {stayers: {values: {a: 1e6, b: 1e6, c: 1e6}, age: 0-79}}
streams: {go: {hazard: {rate: 0.3 per year}, destination: {}}}
demography: {births: {rate: 0.1 per year}}
output: {every: 1 year, diaspora: 1 year}
"""
FEW = HEAD + """\
regions: [a, b]
population: {stayers: {values: {a: 1000, b: 1000}, age: 0-79}}
streams: {go: {hazard: {rate: 0.1 per year}, destination: {}}}
"""
ENDLESS = HEAD + """\
regions: [a, b]
population: {stayers: {values: {a: 90000000000, b: 90000000000}, age: 0-79}}
streams: {go: {hazard: {rate: 0.02 per year}, destination: {}}}
output: {diaspora: 1 year}
"""


def written(folder, text):
    path = folder / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def told(program, *command):
    return subprocess.run([program, *map(str, command)], capture_output=True, text=True, check=False, timeout=300)


def test_validate_and_run_refuse_deaths_per_thousand(program, tmp_path):
    scenario = written(tmp_path, PER_THOUSAND)
    for command in (["validate", scenario], ["run", scenario, "-o", tmp_path / "r.h5"]):
        done = told(program, *command)
        assert done.returncode == 2
        assert "scenario.yaml:7:29: there are 8.3 deaths a year for each person at the start" in done.stderr
        assert "8.3 per 1,000 persons is 0.0083 per year" in done.stderr
    assert not (tmp_path / "r.h5").exists()


def test_validate_prints_how_often_things_happen(program, source):
    done = told(program, "validate", source / "scenarios" / "tutorial" / "tutorial.yaml")
    assert done.returncode == 0
    assert re.search(r"a year for each person +persons +work +return\n +all +900,000 +0\.0094\d* +0\n", done.stdout)


@pytest.mark.skipif(
    Path(os.environ.get("SOJOURN_BUILD", "")).name in ("asan", "tsan"), reason="a sanitizer takes several times the memory"
)
@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize(
    "text",
    [MANY_MOVERS, QUEUES, RESTLESS, YEARLY, TABLE, CHILDREN, FEW],
    ids=["many movers", "queues", "restless", "yearly", "table", "children", "few"],
)
def test_the_memory_that_is_foretold_is_enough_and_not_much_more(program, tmp_path, text, threads):
    if text in (RESTLESS, CHILDREN, TABLE) and threads == 1:
        pytest.skip("one thread takes less, by the same reckoning")
    done = told(program, "run", written(tmp_path, text), "-o", tmp_path / "r.h5", "--threads", threads)
    assert done.returncode == 0, done.stderr
    foretold = int(re.search(r"memory: about (\d+) MB", done.stderr)[1])
    peak = int(re.search(r"peak memory (\d+) MB", done.stdout)[1])
    assert peak <= foretold + 1  # both are rounded
    assert foretold <= 1.15 * peak + 9  # small runs are mostly program and libraries


def test_more_memory_than_there_is_is_refused_also_in_quiet(program, tmp_path):
    done = told(program, "run", written(tmp_path, ENDLESS), "-o", tmp_path / "r.h5", "--quiet", "--persons-per-agent", "0.2")
    assert done.returncode == 1
    assert re.search(r"error: the run needs about [\d.]+ GB of memory, and [\d.]+ [GM]B are free; .*--memory anyway", done.stderr)
