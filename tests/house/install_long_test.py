"""What `cmake --install` puts in place can be used: the program, the Python package, and the libraries by a stranger."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(os.environ["SOJOURN_SOURCE"])
BUILD = Path(os.environ["SOJOURN_BUILD"])


def run(*command, **options):
    done = subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options
    )
    assert done.returncode == 0, f"{command}:\n{done.stdout}"
    return done.stdout


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    """Staged as a packager does it, so that nothing may depend on the place it was built for."""
    stage = tmp_path_factory.mktemp("stage")
    run("cmake", "--install", BUILD, "--prefix", "/opt/sojourn", env=os.environ | {"DESTDIR": str(stage)})
    return stage / "opt" / "sojourn"


def test_the_program_runs(prefix):
    assert "sojourn" in run(prefix / "bin" / "sojourn", "--help").lower()


def test_scenarios_are_there(prefix):
    installed = prefix / "share" / "sojourn" / "scenarios"
    expected = {path.relative_to(SOURCE / "scenarios") for path in (SOURCE / "scenarios").rglob("*.yaml")}
    assert {path.relative_to(installed) for path in installed.rglob("*.yaml")} == expected


def test_the_python_package_is_the_installed_one(prefix):
    place = prefix / "lib" / "python3" / "dist-packages"
    code = "import sojourn; print(sojourn.__file__)"
    environment = os.environ | {"PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"}
    assert run(sys.executable, "-c", code, env=environment).strip().startswith(str(place))
    assert (place / "sojourn" / "py.typed").is_file()


def test_the_headers_are_those_of_the_library(prefix):
    installed = prefix / "include" / "sojourn"
    expected = {path.relative_to(SOURCE) for path in (SOURCE / "sim").rglob("*.hpp") if path.parent.name != "app"}
    assert {path.relative_to(installed) for path in installed.rglob("*.hpp")} == expected


def test_a_stranger_can_link_it(prefix, tmp_path):
    build = tmp_path / "build"
    include = prefix / "include" / "sojourn"
    headers = tmp_path / "headers.cpp"
    headers.write_text("".join(f'#include "{path.relative_to(include)}"\n' for path in sorted(include.rglob("*.hpp"))))
    consumer = SOURCE / "tests" / "house" / "consumer"
    run("cmake", "-S", consumer, "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}", f"-DHEADERS={headers}")
    run("cmake", "--build", build)
    scenario = prefix / "share" / "sojourn" / "scenarios" / "tutorial" / "tutorial.yaml"
    version, commit, steps, people, moves = run(build / "consumer", scenario).split()
    assert version and commit
    assert int(steps) == 3
    # Nobody is born or dies there; 900,000 people of whom about 1 % move in a year.
    assert int(people) == 900_000
    assert 1_000 < int(moves) < 4_000
    # -I of the checkout would hide what is missing in the installation.
    assert f"-I{SOURCE} " not in (build / "build.ninja").read_text(encoding="utf-8")
