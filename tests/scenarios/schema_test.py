"""The JSON Schema of scenarios: a right scenario fits it, and it tells mistakes that can be told by it alone."""

import json
import os
import subprocess
from pathlib import Path

import jsonschema
import pytest
import random_scenario
import yaml

SOURCE = Path(os.environ["SOJOURN_SOURCE"])
SHIPPED = sorted(path for path in (SOURCE / "scenarios").glob("*/*.yaml") if path.read_text(encoding="utf-8").startswith("sojourn:"))


class Plain(yaml.SafeLoader):
    """YAML as the program reads it: a date is text."""


Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def printed(*arguments):
    return subprocess.run([os.environ["SOJOURN"], "schema", *arguments], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(printed().stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def faults(validator, text):
    return [error.message for error in validator.iter_errors(yaml.load(text, Loader=Plain))]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_scenario_fits(validator, path):
    assert faults(validator, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_whatever_the_program_reads_fits(validator, first, tmp_path):
    """Scenarios at random over all features."""
    for seed in range(first, first + 20):
        folder = tmp_path / str(seed)
        folder.mkdir()
        path = random_scenario.write(seed, folder)
        assert faults(validator, path.read_text(encoding="utf-8")) == [], path


TUTORIAL = (SOURCE / "scenarios/tutorial/tutorial.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "who",
    ["foreigners", "{people: foreigners, not: young}", "{not: [young, {age: 65+}]}", "{not: {residence: north}}", "{age: 15-64}"],
)
def test_people_are_told_by_keys_or_by_name(validator, who):
    assert "streams:" in TUTORIAL
    named = TUTORIAL + f"people: {{some: {{not: {who}}}}}\ndemography: {{births: {{who: {who}, rate: 0.01 per year, newborn: {{}}}}}}\n"
    assert faults(validator, named) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("sojourn: 1", "sojourn: 2"),
        ("title:", "titel:"),
        ("step: 1 month", "step: a month"),
        ("streams:", "stream:"),
        ("hazard:", "hazards:"),
        ("coefficient:", "coeficient:"),
    ],
)
def test_a_typing_mistake_is_marked(validator, right, wrong):
    assert right in TUTORIAL
    assert faults(validator, TUTORIAL) == []
    assert faults(validator, TUTORIAL.replace(right, wrong, 1))


BROKEN = SOURCE / "tests/reading/broken"

def test_some_broken_scenarios_are_marked(validator):
    marked = []
    for path in sorted(BROKEN.glob("*.yaml")):
        try:
            text = path.read_text(encoding="utf-8")
            if faults(validator, text):
                marked.append(path.stem)
        except (UnicodeDecodeError, yaml.YAMLError, RecursionError):
            continue
    assert len(marked) >= 30, marked


def test_every_key_has_a_description():
    schema = json.loads(printed().stdout)
    maps = {"scenario": schema, **schema["$defs"]}
    without = [
        f"{name}.{key}" for name, one in maps.items() for key, value in one["properties"].items() if not value.get("description")
    ]
    assert without == []


def test_a_reference_that_is_not_there_is_told():
    done = printed("--reference", "nothing")
    assert done.returncode == 2
    assert "no map of a scenario is called 'nothing'; expected all, scenario" in done.stderr


def test_every_map_has_its_table_in_the_reference():
    page = (SOURCE / "scenarios/README.md").read_text(encoding="utf-8")
    maps = [line[3:] for line in printed("--reference", "all").stdout.splitlines() if line.startswith("## ")]
    assert len(maps) > 40 and len(set(maps)) == len(maps)
    assert [name for name in maps if f"<!-- printed by: sojourn schema --reference {name} -->" not in page] == []
