"""No control character and no mark of bidirectional text from a scenario, a table, a path or an argument reaches a terminal.

Such characters are planted in every place of a small scenario of many features, one after another: at every word of the YAML, in every
cell of every table, in the names of files, and in what is typed; and what validate, run and info print is searched for them.
"""

import re
import subprocess

import pytest

# What sets a title, rings, colours, goes to the line's start, reverses the direction, and what is no UTF-8.
ESCAPED = r"\e]0;owned\a\e[31m\r\x9b2J\u202e\u2066\u200f"
RAW = "\x1b]0;owned\a\x1b[31m\r\x9b2J\u202e\u2066\u200f"
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

SCENARIO = """\
sojourn: 1
title: Terminal
description: About terminals
accept: [table-mostly-left-out]
time: {start: 2010-01-01, end: 2010-03-01, step: 1 month}
seed: 3
regions: {table: regions.csv, id: code, name: name}
links: {table: roads.csv, from: a, to: b, length: km}
attributes:
  sex: [woman, man]
factors:
  wage: {table: wages.csv, region: code, sex: sex, value: wage, unit: EUR}
  crowd: {expression: people / 100, unit: share, where: {people: {people: all}}}
population:
  stayers: {table: people.csv, region: code, sex: sex, count: persons, age: 20-39, includes_movers: false}
  movers: {table: movers.csv, residence: to, birth: from, sex: woman, count: persons, age: 20-39}
streams:
  work:
    who: {sex: woman}
    hazard: {rate: 0.2 per year, push: [{factor: wage, as: log, coefficient: -0.1}]}
    destination: {choose: neighbours}
transitions:
  change: {becomes: {sex: man}, rate: 0.1 per year, capacity: {limit: 3, every: month}}
inflow:
  newcomers: {rate: 30 per year, age: 20-39, sex: man}
outflow:
  leavers: {rate: 0.01 per year}
policies:
  bus: {from: 2010-02-01, change: [{what: streams.work.hazard.rate, scale: 2}]}
variants: {baseline: [], buses: [bus]}
output: {every: 1 month, stocks: [region, sex]}
"""
TABLES = {
    "regions.csv": "code,name\nn,North\ns,South\n",
    "roads.csv": "a,b,km\nn,s,60\n",
    "wages.csv": "code,sex,wage\nn,woman,10\nn,man,11\ns,woman,20\ns,man,21\n",
    "people.csv": "code,sex,persons\nn,woman,900\nn,man,800\ns,woman,700\ns,man,600\n",
    "movers.csv": "to,from,persons\nn,s,40\ns,n,30\ns,x,5\n",
}
WORDS = [match.span() for match in re.finditer(r"[A-Za-z0-9_.%-]+", SCENARIO)]
CELLS = [(name, match.span()) for name, text in TABLES.items() for match in re.finditer(r"[^,\n]+", text)]


@pytest.fixture
def folder(tmp_path):
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "s.yaml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path


@pytest.fixture
def look(program, folder):
    """Runs the program in the folder and looks at what it prints; gives the exit code."""

    def run(*arguments):
        done = subprocess.run([program, *arguments], capture_output=True, check=False, cwd=folder, timeout=60)
        for stream in (done.stdout, done.stderr):
            text = stream.decode("utf-8")  # fails where a byte is no UTF-8
            assert not ACTS.search(text), (arguments, text)
        assert done.returncode in (0, 1, 2), done.stderr
        return done.returncode

    return run


def run_and_info(look, scenario="s.yaml"):
    if look("run", scenario, "-o", "a.h5", "--force") == 0:
        assert look("info", "a.h5") == 0
        return 1
    return 0


def test_the_scenario_itself_is_right(look):
    assert look("validate", "s.yaml") == 0
    assert run_and_info(look) == 1


def test_in_every_word_of_the_scenario(look, folder):
    right = 0
    for first, last in WORDS:
        word = SCENARIO[first:last]
        for planted in (f'"{word}{ESCAPED}"', f"{word}{RAW}"):
            (folder / "s.yaml").write_text(SCENARIO[:first] + planted + SCENARIO[last:], encoding="utf-8", newline="")
            if look("validate", "s.yaml") == 0:
                right += run_and_info(look)
    assert right >= 2  # title and description may hold anything


def test_in_every_cell_of_the_tables(look, folder):
    right = 0
    for name, (first, last) in CELLS:
        text = TABLES[name]
        for planted in (text[first:last] + RAW, f'"{text[first:last]}{RAW}\n"'):
            (folder / name).write_bytes((text[:first] + planted + text[last:]).encode("utf-8"))
            if look("validate", "s.yaml") == 0:
                right += run_and_info(look)
            (folder / name).write_text(text, encoding="utf-8")
    assert right >= 2  # names of regions, and codes of other places


def test_in_every_argument(look, folder):
    for arguments in (
        ["run", "s.yaml", "--variant", RAW],
        ["run", "s.yaml", "--until", RAW],
        ["run", "s.yaml", "--seed", RAW],
        ["run", "s.yaml", "--threads", RAW],
        ["run", "s.yaml", "--persons-per-agent", RAW],
        ["run", "s.yaml", "--" + RAW],
        ["run", "s.yaml", RAW],
        ["run", RAW],
        ["run", "s.yaml", "-o", RAW + "/a.h5"],
        ["validate", RAW],
        ["validate", "s.yaml", "\n" + RAW],
        ["info", RAW],
        ["info", "s.yaml" + RAW],
        ["info", "regions.csv"],
        [RAW],
        ["--" + RAW],
    ):
        assert look(*arguments) in (1, 2), arguments
    assert look("run", "s.yaml", "--quiet", "-o", RAW.replace("/", "") + ".h5") == 0
    assert look("info", RAW.replace("/", "") + ".h5") == 0


def test_in_the_names_of_files(look, folder):
    (folder / (RAW + ".yaml")).write_text(SCENARIO, encoding="utf-8")
    assert look("validate", RAW + ".yaml") == 0
    assert look("run", RAW + ".yaml") == 0
    (folder / (RAW + ".yaml")).write_text(SCENARIO.replace("title", "titel"), encoding="utf-8")
    assert look("validate", RAW + ".yaml") == 2
    raw_bytes = b"\x9b31m\xff.yaml"
    with open(bytes(folder) + b"/" + raw_bytes, "wb") as file:
        file.write(SCENARIO.encode("utf-8"))
    assert look("validate", raw_bytes) == 0


@pytest.mark.parametrize("words", [["validate"], ["run", "--force", "-o"]])
def test_what_could_not_be_printed_is_no_success(program, source, tmp_path, words):
    scenario = source / "scenarios" / "tutorial" / "tutorial.yaml"
    command = [str(program), words[0], str(scenario), *words[1:]] + ([str(tmp_path / "r.h5")] if words[0] == "run" else [])
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert "could be written to the standard output" in done.stderr
