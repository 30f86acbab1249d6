"""scenarios/README.md describes every key that the reader accepts, and no other.

What the reader accepts it says itself: every map of the scenarios below holds the key `zzz`, and a message lists what was
expected instead. That no map was forgotten is held against the keys that stand in the reader's source.
"""

import re
import subprocess

import pytest

HEAD = """\
sojourn: 1
title: Keys
zzz: 0
time: {start: 2010-01-01, end: 2012-01-01, step: 1 month, zzz: 0}
"""
SECTIONS = """\
regions: {north: {latitude: 60, longitude: 10, name: North, zzz: 0}, south: {latitude: 50, longitude: 10}}
links: [{from: north, to: south, length: 3 km, zzz: 0}]
attributes: {sex: [f, m]}
factors:
  one: {value: 1, zzz: 0}
  inline: {values: {north: 1, south: 2}, zzz: 0}
  far: {pairs: great_circle, zzz: 0}
  table: {table: t.csv, region: region, value: x, zzz: 0}
  pairs: {table: t.csv, origin: region, destination: other, value: x, zzz: 0}
  derived:
    expression: a + b + c + d
    unit: "1"
    zzz: 0
    where:
      a: {factor: one, zzz: 0}
      b: {people: all, zzz: 0}
      c: {foreign_born: all, zzz: 0}
      d: {inflow: 1 month, initial: 0 per year, zzz: 0}
      e: {outflow: 1 month, initial: 0 per year, zzz: 0}
      f: {arrivals: 1 month, initial: 0 per year, zzz: 0}
      g: {departures: 1 month, initial: 0 per year, zzz: 0}
      h: {queue: leave, zzz: 0}
population:
  zzz: 0
  stayers: {values: {north: 5, south: 6}, sex: {f: 1, m: 1}, age: 20-39, zzz: 0}
  movers:
    - {table: t.csv, residence: region, birth: other, count: x, sex: f, age: 20-39, previous: {same_as: birth, zzz: 0}, citizenship: {same_as: birth, zzz: 0},
       arrived: {law: uniform, over: 3 years, zzz: 0}, zzz: 0}
    - {table: t.csv, residence: region, birth: other, count: x, sex: f, age: 20-39, arrived: {law: exponential, mean: 3 years, zzz: 0}}
    - {table: t.csv, residence: region, birth: other, count: x, sex: f, age: 20-39, arrived: {column: x, zzz: 0}}
demography:
  zzz: 0
  births: {rate: 0.1 per year, newborn: {sex: f, zzz: 0}, zzz: 0}
  deaths: {rate: {factor: one, zzz: 0}, zzz: 0}
streams:
  work:
    zzz: 0
    who: {zzz: 0}
    hazard:
      zzz: 0
      rate: 0.1 per year
      age: {table: t.csv, age: x, value: x, zzz: 0}
      stay: [{from: 0 years, ratio: 2, zzz: 0}]
      push: [{factor: one, coefficient: 1, measure: {ratio_to: one, zzz: 0}, zzz: 0}]
    destination:
      zzz: 0
      nests: {a: {regions: north, dissimilarity: 0.5, zzz: 0}}
      pull: [{factor: inline, coefficient: 1, zzz: 0}, {diaspora: stock, coefficient: 1, zzz: 0}, {home: 1, zzz: 0}]
  others:
    hazard: {rate: 0.1 per year, age: {rogers_castro: {a1: 1, zzz: 0}, over: {values: {20-39: 1}, zzz: 0}, zzz: 0}}
    destination: {choose: all}
  more:
    hazard: {rate: 0.1 per year, age: {values: {0: 1}, over: {table: t.csv, age: x, count: x, zzz: 0}, zzz: 0}}
    destination: {choose: all}
transitions:
  leave: {becomes: {sex: f}, rate: 1 per year, capacity: {limit: {factor: one, zzz: 0}, every: month, zzz: 0}, zzz: 0}
inflow:
  come: {rate: 1 per year, age: 20-39, born: outside, into: north, sex: f, zzz: 0}
  more: {number: {factor: one, zzz: 0}, age: 20-39, sex: f}
outflow:
  go: {rate: 1 per year, zzz: 0}
policies:
  p: {from: 2011-01-01, change: [{what: factors.one, set: 2, zzz: 0},
      {what: factors.far, set: 2, corridors: [{origin: north, destination: south, zzz: 0}]}], zzz: 0}
variants: {baseline: [p]}
output: {every: 1 month, zzz: 0}
"""
TABLES = """\
regions: {table: t.csv, id: region, zzz: 0}
links: {table: t.csv, from: region, to: other, length: x, zzz: 0}
population: {stayers: {table: t.csv, region: region, count: x, zzz: 0}}
streams: {work: {hazard: {rate: 0.1 per year}, destination: {choose: all}}}
"""
# Shares are looked at where their table is right.
SHARES = """\
regions: [north, south]
attributes: {sex: [f, m]}
population:
  stayers: {table: t.csv, region: region, count: x, age: 20-39, shares: {table: t.csv, region: region, share: x, zzz: 0}}
  movers: {table: t.csv, residence: region, birth: other, count: x, age: 20-39, shares: {table: t.csv, residence: region, share: x, zzz: 0}}
streams: {work: {hazard: {rate: 0.1 per year}, destination: {choose: all}}}
"""
# Names that a scenario gives itself, in the scenarios above.
OWN = {"sex", "f", "m"}


@pytest.fixture(scope="module")
def accepted(program, tmp_path_factory):
    """Every key that some map knows."""
    folder = tmp_path_factory.mktemp("keys")
    (folder / "t.csv").write_text("region,other,x\nnorth,south,1\nsouth,north,2\n", encoding="utf-8")
    keys = set()
    for name, sections in (("sections", SECTIONS), ("tables", TABLES), ("shares", SHARES)):
        path = folder / f"{name}.yaml"
        path.write_text(HEAD + sections, encoding="utf-8")
        done = subprocess.run([program, "validate", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 2, done.stdout + done.stderr
        found = re.findall(r"has no key 'zzz'; expected (.*?)(?:; did you mean .*)?$", done.stderr, re.MULTILINE)
        assert found, done.stderr
        for expected in found:
            keys.update(re.split(r", | or ", expected))
    return keys - OWN


@pytest.fixture(scope="module")
def page(source):
    return (source / "scenarios" / "README.md").read_text(encoding="utf-8")


def keys_of_source(source):
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((source / "sim" / "scenario").glob("*.cpp")))
    return set(re.findall(r'(?:optional|required|find)\("(\w+)"\)', text))


def test_every_key_of_the_source_was_asked_for(source, accepted):
    assert keys_of_source(source) - accepted == set()


def test_every_key_is_described(accepted, page):
    assert {key for key in accepted if not re.search(rf"`{key}[`:]|\b{key}:\s", page)} == set()


def test_no_key_is_described_that_does_not_exist(accepted, page):
    described = set()
    for cell in re.findall(r"^\| (`.*?) \|", page, re.MULTILINE):
        described.update(re.findall(r"`(?:[a-z]+\.)*([a-z_0-9]+)(?:: [^`]*)?`", cell))
    assert described and described - accepted == set()
