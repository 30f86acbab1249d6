"""Scenarios at random over all features of the YAML: whatever they say, the laws of random_check hold.

SOJOURN_RANDOM_SCENARIOS is how many there are (default 60; under a sanitizer, which is slow, 10), SOJOURN_RANDOM_FIRST the
first seed.
"""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import random_check
import random_scenario

IS_SANITIZED = Path(os.environ.get("SOJOURN_BUILD", "")).name in ("asan", "tsan")
COUNT = int(os.environ.get("SOJOURN_RANDOM_SCENARIOS", "10" if IS_SANITIZED else "60"))
FIRST = int(os.environ.get("SOJOURN_RANDOM_FIRST", "0"))
BATCH = 20
# What a planner can find: a file, a line and a column; only what no place is guilty of has none.
PLACE = re.compile(r"^.*\.(yaml|csv):\d+:\d+: ")


class Driver:
    """Runs one scenario in several ways and collects what is wrong."""

    def __init__(self, program, folder, seed):
        self.program = program
        self.folder = folder
        self.path = random_scenario.write(seed, folder)
        self.scenario = json.loads(self.path.read_text(encoding="utf-8"))
        self.findings = []
        self.refused = False

    def run(self, name, *options, path=None):
        """The file of a run; None if the scenario is refused, before or while it runs."""
        output = self.folder / f"{name}.h5"
        command = [self.program, "run", str(path or self.path), "-o", str(output), "--quiet", *map(str, options)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        if done.returncode == 0:
            return random_check.Run(output)
        told = done.stderr.splitlines()
        # Of a run that ends on its way the first line says what was recorded until then.
        if done.returncode != 2 or not any(PLACE.match(line) for line in told):
            self.findings.append(f"{name}: exit code {done.returncode}: {done.stderr[-500:]}")
        self.refused = True
        return None

    def compare(self, name, lines):
        self.findings += [f"{name}: {line}" for line in lines]

    def check(self):
        baseline = self.run("baseline", "--threads", 1)
        if baseline is None:
            return
        with baseline:
            self.compare("baseline", random_check.all_of(baseline))
            threads = self.run("threads", "--threads", 3)
            if threads is not None:
                with threads:
                    self.compare("one thread and three", random_check.same(baseline, threads))
            self.other_output(baseline)
            for variant, policies in self.scenario.get("variants", {}).items():
                if policies:
                    self.variant(baseline, variant, policies)

    def other_output(self, baseline):
        output = self.scenario["output"]
        output["stocks"] = ["region"]
        output["flows"] = ["origin", "destination", "stream"]
        output["flow_layout"] = "table" if "flow" in baseline else "dense"
        output.pop("ages", None)
        path = self.folder / "sums.yaml"
        path.write_text(json.dumps(self.scenario), encoding="utf-8")
        sums = self.run("sums", path=path)
        if sums is None:
            self.findings.append("sums: a scenario is refused for what it records")
            return
        with sums:
            self.compare("by cell and in sum", random_check.same_sums(baseline, sums))

    def variant(self, baseline, variant, policies):
        run = self.run(variant, "--variant", variant)
        if run is None:
            return
        with run:
            self.compare(f"variant {variant}", random_check.all_of(run))
            first = min(self.scenario["policies"][p]["from"] for p in policies)
            self.compare(f"variant {variant}", random_check.same_until(baseline, run, first))


@pytest.mark.parametrize("first", range(FIRST, FIRST + COUNT, BATCH))
def test_laws_hold_for_any_scenario(program, tmp_path, first):
    findings = []
    whole = 0
    seeds = range(first, min(first + BATCH, FIRST + COUNT))
    for seed in seeds:
        driver = Driver(program, tmp_path / str(seed), seed)
        driver.check()
        whole += not driver.refused
        findings += [f"scenario {seed}: {line}" for line in driver.findings]
    assert not findings, "\n" + "\n".join(findings)
    # Most must be valid, or nothing is tested.
    assert whole >= 0.7 * len(seeds)
