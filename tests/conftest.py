"""What tests in Python share: where the program is, and how a scenario is run by it."""

import os
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def source():
    """The repository."""
    return Path(os.environ.get("SOJOURN_SOURCE") or Path(__file__).resolve().parents[1])


@pytest.fixture(scope="session")
def program():
    """The path of the program that is tested."""
    path = os.environ.get("SOJOURN")
    assert path, "the environment variable SOJOURN must name the program to test, as CTest does"
    assert os.access(path, os.X_OK), f"SOJOURN={path}: there is no such program; build it first"
    return path


@pytest.fixture(scope="session")
def simulate(program):
    """A function that runs a scenario to its end: simulate(scenario, output, *options, **of_subprocess) -> output."""

    def run(scenario, output, *options, **keywords):
        command = [program, "run", str(scenario), "-o", str(output), *map(str, options)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=540, **keywords)
        assert done.returncode == 0, f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
        return output

    return run


@pytest.fixture(scope="session")
def tutorial(source):
    """The tutorial's scenario."""
    return source / "scenarios" / "tutorial" / "tutorial.yaml"
