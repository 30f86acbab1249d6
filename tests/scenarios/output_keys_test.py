"""Which keys of `output` change the numbers of a run: exactly those that the reference names, and they say so."""

import re
import subprocess

import numpy as np
import pytest
import sojourn
from sojourn.command import main

SCENARIO = """\
sojourn: 1
title: Outputs
time: {start: 2020-01-01, end: 2023-01-01, step: 1 month}
regions: [a, b, c]
attributes: {sex: [f, m]}
factors: {pay: {values: {a: 1, b: 2, c: 3}}, visa: {table: visa.csv, origin: from, destination: to, value: free}}
population:
  stayers: {values: {a: 9000, b: 5000, c: 2000}, age: 0-79, sex: {f: 0.5, m: 0.5}}
MORE
streams:
  go: {hazard: {rate: 0.1 per year, age: rogers_castroSTAY}, destination: {pull: [PULL]}}
  OTHER
"""
VISA = "from,to,free\na,b,1\na,c,0\nb,a,0\nb,c,1\nc,a,1\nc,b,0\na,a,1\nb,b,1\nc,c,1\n"
# A value of each key that is not its default.
VALUES = {
    "every": "3 months",
    "stocks": "[region, sex, age]",
    "flows": "[origin, destination, stream, sex, age]",
    "flow_layout": "table",
    "ages": "[0, 18, 65]",
    "relocations": "1 year",
    "usual_residence": "1 year",
    "diaspora": "1 year",
    "citizenship": "1 year",
    "factors": "all",
}
# What the rest of a scenario may be; whether it looks at what movers remember.
WORLDS = {
    "moves alone": ({}, False),
    "births and deaths": (
        {"MORE": "demography: {births: {rate: 0.03 per year, newborn: {sex: {f: 1, m: 1}}}, deaths: {rate: 0.01 per year}}"},
        False,
    ),
    "a queue": (
        {"MORE": "transitions: {t: {becomes: {sex: f}, rate: 0.1 per year, capacity: {limit: 50, every: month}}}"}, False),
    "home": ({"PULL": "{home: 1}"}, True),
    "papers": ({"PULL": "{factor: visa, of: citizenship, own: 1, coefficient: 0.4}"}, True),
    "stay": ({"STAY": ", stay: [{from: 0 years, ratio: 1}, {from: 2 years, ratio: 0.5}]"}, True),
    "born abroad": ({"OTHER": "away: {who: {foreign_born: true}, hazard: {rate: 0.2 per year}, destination: {}}"}, True),
}


@pytest.fixture
def run(program, tmp_path):
    """A function that runs a world with some outputs: run(world, outputs, name) -> the file, what stderr said."""
    (tmp_path / "visa.csv").write_text(VISA, encoding="utf-8")

    def to_end(world, outputs, name):
        text = SCENARIO
        for place in ("MORE", "STAY", "PULL", "OTHER"):
            text = text.replace(place, WORLDS[world][0].get(place, ""))
        scenario = tmp_path / f"{name}.yaml"
        asked = ", ".join(f"{key}: {value}" for key, value in outputs.items())
        scenario.write_text(f"{text}output: {{{asked}}}\n", encoding="utf-8")
        output = tmp_path / f"{name}.h5"
        command = [program, "run", str(scenario), "-o", str(output), "--force", "--threads", "1"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return output, done.stderr

    return to_end


def numbers(path):
    """Who lives where at the end, and all moves."""
    with sojourn.open(path) as file:
        stock = file.stock.isel(time=-1)
        people = stock.sum([name for name in stock.dims if name != "region"]).values
        return [*people.tolist(), int(np.sum(file.flow.values))]


def keys_of_the_reader(program, tmp_path):
    """What `output` may hold, by the message of the program."""
    scenario = tmp_path / "keys.yaml"
    scenario.write_text("sojourn: 1\ntitle: Keys\noutput: {zzz: 0}\n", encoding="utf-8")
    done = subprocess.run([program, "validate", str(scenario)], capture_output=True, text=True, check=False)
    found = re.search(r"'output' has no key 'zzz'; expected ([^\n;]*)", done.stderr)
    assert found, done.stderr
    return set(re.findall(r"\w+", found.group(1))) - {"and", "or"}


def keys_of_the_reference(source):
    text = (source / "scenarios" / "README.md").read_text(encoding="utf-8")
    sentence = re.search(r"\*\*What an output changes\.\*\*(.*?) are read from", text, re.DOTALL)
    assert sentence, "the reference does not say what an output changes"
    return set(re.findall(r"`(\w+)`", sentence.group(1)))


def test_every_key_has_a_value_here(program, tmp_path):
    assert set(VALUES) == keys_of_the_reader(program, tmp_path)


@pytest.mark.parametrize("world", WORLDS)
def test_the_keys_that_change_numbers_are_those_of_the_reference(run, source, world):
    plain, told = run(world, {}, "plain")
    assert "records of movers" not in told
    expected = set() if WORLDS[world][1] else keys_of_the_reference(source)
    changed = set()
    for key, value in VALUES.items():
        other, told = run(world, {key: value}, key)
        if numbers(other) != numbers(plain):
            changed.add(key)
        assert (f"records of movers are kept for the output of {key}:" in told) == (key in expected), key
    assert changed == expected


def test_outputs_that_need_records_have_the_same_dice_among_themselves(run, source):
    keys = sorted(keys_of_the_reference(source))
    one, _ = run("moves alone", {keys[0]: VALUES[keys[0]]}, "one")
    for key in keys[1:]:
        other, _ = run("moves alone", {keys[0]: VALUES[keys[0]], key: VALUES[key]}, key)
        assert numbers(other) == numbers(one)


def test_files_with_other_dice_are_said_to_be_made_with_other_outputs(run, capsys):
    plain, _ = run("moves alone", {}, "plain")
    other, _ = run("moves alone", {"diaspora": "1 year", "relocations": "1 year"}, "other")
    fine, _ = run("moves alone", {"stocks": "[region, sex]"}, "fine")
    message = "made with other outputs (relocations, diaspora): other dice, the same law"
    assert main(["identical", str(plain), str(other)]) == 1
    assert f"the two were {message}" in capsys.readouterr().out
    assert main(["identical", str(plain), str(fine)]) == 1
    assert "other outputs" not in capsys.readouterr().out
    with sojourn.open(plain) as base, sojourn.open(other) as second, sojourn.open(fine) as third:
        texts = [" ".join(text.get_text().split()) for text in sojourn.plots.difference(base, second).texts]
        assert any(message in text for text in texts), texts
        texts = [" ".join(text.get_text().split()) for text in sojourn.plots.difference(base, third).texts]
        assert any("the two are equal" in text for text in texts), texts
