"""What `cmake --install` puts in place can be used: the program, the Python package, and the libraries by a stranger."""

import math
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import sojourn

SOURCE = Path(os.environ["SOJOURN_SOURCE"])
BUILD = Path(os.environ["SOJOURN_BUILD"])


def run(*command, **options):
    done = subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options
    )
    assert done.returncode == 0, f"{command}:\n{done.stdout}"
    return done.stdout


def said_of_failure(program, folder):
    done = subprocess.run([str(program)], cwd=folder, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode != 0
    return done.stderr


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
    expected.add(Path("sojourn") / "sojourn.hpp")
    assert {path.relative_to(installed) for path in installed.rglob("*.hpp")} == expected


@pytest.fixture(scope="module")
def strangers(prefix, tmp_path_factory):
    """The build folder of a project that knows only what is installed."""
    build = tmp_path_factory.mktemp("strangers") / "build"
    include = prefix / "include" / "sojourn"
    headers = build.parent / "headers.cpp"
    headers.write_text("".join(f'#include "{path.relative_to(include)}"\n' for path in sorted(include.rglob("*.hpp"))))
    consumer = SOURCE / "tests" / "house" / "consumer"
    run("cmake", "-S", consumer, "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}", f"-DHEADERS={headers}")
    run("cmake", "--build", build)
    # -I of the checkout would hide what is missing in the installation.
    assert f"-I{SOURCE} " not in (build / "build.ninja").read_text(encoding="utf-8")
    return build


def test_a_stranger_can_link_it(prefix, strangers):
    scenario = prefix / "share" / "sojourn" / "scenarios" / "tutorial" / "tutorial.yaml"
    version, commit, steps, people, moves = run(strangers / "consumer", scenario).split()
    assert version and commit
    assert int(steps) == 3
    # Nobody is born or dies there; 900,000 people of whom about 1 % move in a year.
    assert int(people) == 900_000
    assert 1_000 < int(moves) < 4_000


def test_the_names_that_are_promised_are_those_that_are_tried():
    promised = set(re.findall(r"^/// \* `(\w+)`", (SOURCE / "sojourn" / "sojourn.hpp").read_text(encoding="utf-8"), re.MULTILINE))
    consumer = (SOURCE / "tests" / "house" / "consumer" / "promised.cpp").read_text(encoding="utf-8")
    tried = set(re.findall(r"using sojourn::(\w+);", consumer))
    assert len(promised) > 12
    assert promised <= tried


def test_the_program_of_the_docs_is_the_one_that_is_run():
    program = (SOURCE / "tests" / "house" / "consumer" / "built_in_code.cpp").read_text(encoding="utf-8")
    assert f"```cpp\n{program}```" in (SOURCE / "sim" / "README.md").read_text(encoding="utf-8")


def test_a_scenario_can_be_built_in_code(strangers, tmp_path):
    """Two regions, 90,000 people, 0.02 moves a year both ways: (1 - exp(-0.4)) / 2 of them end in the other one."""
    said = run(strangers / "built_in_code", cwd=tmp_path)
    share = (1 - math.exp(-2 * 0.02 * 10)) / 2
    south = int(said.split()[0])
    assert abs(south - 90_000 * share) < 5 * math.sqrt(90_000 * share * (1 - share))
    with sojourn.open(tmp_path / "built.h5") as file:
        assert int(file["stock"].sel(region="south").isel(time=-1)) == south
    assert "already" in said_of_failure(strangers / "built_in_code", tmp_path)
