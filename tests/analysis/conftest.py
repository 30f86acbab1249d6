"""Outputs of real runs for the tests of the Python package, and under what its pictures are drawn in them."""

import socket
import urllib.request
import warnings

import pytest

import sojourn

# Places all over the world, two attributes and two streams: what the tutorial has not.
PLACES = """
sojourn: 1
title: Work abroad, and the way back
time: {start: 2000-01-01, end: 2007-01-01, step: 1 month}
seed: 3
regions:
  DEU: {name: Germany, latitude: 52.5, longitude: 13.4}
  TUR: {name: Türkiye, latitude: 39.9, longitude: 32.9}
  USA: {name: United States, latitude: 38.9, longitude: -77.0}
  MEX: {name: Mexico, latitude: 19.4, longitude: -99.1}
  PHL: {name: Philippines, latitude: 14.6, longitude: 121.0}
  NZL: {name: New Zealand, latitude: -41.3, longitude: 174.8}
attributes:
  sex: [female, male]
factors:
  income: {values: {DEU: 30, TUR: 8, USA: 36, MEX: 9, PHL: 3, NZL: 21}, unit: thousand USD}
  distance: {pairs: great_circle, unit: km}
population:
  stayers: {values: {DEU: 820000, TUR: 640000, USA: 2800000, MEX: 990000, PHL: 780000, NZL: 39000},
            age: 0-79, sex: {female: 0.5, male: 0.5}}
streams:
  labour:
    hazard:
      rate: 0.01 per year
      age: rogers_castro
      push: [{factor: income, as: log, coefficient: -0.5}]
    destination:
      pull: [{factor: income, as: log, coefficient: 1}, {factor: distance, as: log, coefficient: -0.8}]
  return:
    who: {foreign_born: true}
    hazard: {rate: 0.06 per year}
    destination: {choose: birth}
policies:
  bonus: {from: 2003-07-01, change: [{what: factors.income, scale: 2, regions: [NZL]}]}
variants: {baseline: [], bonus: [bonus]}
output:
  every: 1 month
  stocks: [region, sex, age]
  flows: [origin, destination, stream, sex]
  flow_layout: LAYOUT
  relocations: 5 years
  diaspora: 1 year
  factors: all
"""


@pytest.fixture(scope="session")
def registration_run(simulate, source, folder):
    """Births, deaths, transitions, inflow and outflow."""
    scenario = source / "scenarios" / "registration" / "registration.yaml"
    return simulate(scenario, folder / "registration.h5", "--persons-per-agent", 10)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="session")
def tutorial_run(simulate, tutorial, folder):
    return simulate(tutorial, folder / "tutorial.h5")


@pytest.fixture(scope="session")
def tutorial_policy_run(simulate, tutorial, folder):
    return simulate(tutorial, folder / "tutorial_bus_line.h5", "--variant", "bus_line")


@pytest.fixture(scope="session")
def places(folder):
    """The scenario above with dense flows."""
    path = folder / "places.yaml"
    path.write_text(PLACES.replace("LAYOUT", "dense"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def places_run(simulate, places, folder):
    return simulate(places, folder / "places.h5")


@pytest.fixture(scope="session")
def places_policy_run(simulate, places, folder):
    return simulate(places, folder / "places_bonus.h5", "--variant", "bonus")


@pytest.fixture(scope="session")
def table_run(simulate, folder):
    """The same with flows as a long table."""
    path = folder / "places_table.yaml"
    path.write_text(PLACES.replace("LAYOUT", "table"), encoding="utf-8")
    return simulate(path, folder / "places_table.h5")


@pytest.fixture
def offline(monkeypatch, tmp_path):
    """No network, and no folder of cartopy's in which an earlier download may lie."""

    def refuse(*arguments, **_):
        raise AssertionError(f"something wants the network: {arguments}")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    import cartopy  # late: most tests need no map

    from sojourn.plots import coastline

    monkeypatch.setitem(cartopy.config, "data_dir", tmp_path / "empty")
    monkeypatch.setitem(cartopy.config, "pre_existing_data_dir", "")
    coastline._land.cache_clear()


@pytest.fixture
def quiet():
    """A warning of Matplotlib's (a layout that does not fit, a missing glyph) is a fault of the plot."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", module="matplotlib")
        warnings.filterwarnings("error", message=".*(layout|glyph|Glyph|overlap).*")
        yield


@pytest.fixture
def run(places_run):
    with sojourn.open(places_run) as dataset:
        yield dataset


@pytest.fixture
def policy_run(places_policy_run):
    with sojourn.open(places_policy_run) as dataset:
        yield dataset
