"""Whole runs with known answers: small scenarios on which a number once came out wrong."""

import math
import subprocess

import pytest

import sojourn

OFFICE = """sojourn: 1
title: Mortality by age and sex beside an office
time: {{start: 2020-01-01, end: 2021-01-01, step: 1 month}}
regions: [{regions}]
attributes: {{sex: [f, m]}}
factors:
  mortality: {{table: mortality.csv, region: code, age: age, sex: sex, value: m, unit: per year}}
population:
  stayers: {{values: {{{people}}}, age: 0-79, sex: {{f: 0.5, m: 0.5}}}}
demography:
  deaths: {{rate: {{factor: mortality}}}}
streams:
  work: {{hazard: {{rate: 0.01 per year}}, destination: {{choose: all}}}}
transitions:
  office: {{becomes: {{sex: f}}, rate: 0.0001 per year, capacity: {{limit: 5, every: month}}}}
output: {{every: 1 year, stocks: [region, sex]}}
"""


def deaths_beside_an_office(simulate, folder, rates, persons):
    """Deaths in a year by region, where mortality at all ages is `rates` by region and people wait at an office."""
    rows = [f"{code},{age},{sex},{rate}" for code, rate in rates.items() for age in ("0-49", "50+") for sex in "fm"]
    (folder / "mortality.csv").write_text("code,age,sex,m\n" + "\n".join(rows) + "\n")
    people = ", ".join(f"{code}: {persons}" for code in rates)
    (folder / "office.yaml").write_text(OFFICE.format(regions=", ".join(rates), people=people))
    with sojourn.open(simulate(folder / "office.yaml", folder / "office.h5")) as run:
        return run.deaths.sum([dim for dim in run.deaths.dims if dim != "region"]).to_series()


def test_an_office_does_not_change_who_dies(simulate, tmp_path):
    deaths = deaths_beside_an_office(simulate, tmp_path, {"a": 0.1, "b": 0.1}, 100000)
    expected = 100000 * -math.expm1(-0.1)
    # Moves between the two are even; five standard deviations of a binomial number.
    assert deaths.to_list() == pytest.approx([expected, expected], abs=5 * math.sqrt(expected) + 50)


def test_every_region_has_its_own_mortality_beside_an_office(simulate, tmp_path):
    rates = {f"r{i}": 0 if i < 20 else 0.2 for i in range(40)}
    deaths = deaths_beside_an_office(simulate, tmp_path, rates, 1000)
    assert deaths[:20].sum() == 0
    # 1 % move in the year, half of them into the other half; five standard deviations.
    expected = 20 * 1000 * -math.expm1(-0.2)
    assert deaths[20:].sum() == pytest.approx(expected, abs=5 * math.sqrt(expected) + 0.01 * expected)


RATIO = """sojourn: 1
title: Drawn by what an income buys
time: {{start: 2020-01-01, end: 2021-01-01, step: 1 month}}
regions: [a, b, c]
factors:
  income: {{values: {{a: 1, b: 2, c: 3}}, unit: EUR per year}}
  prices: {{values: {{a: 2, b: 4, c: {price}}}, unit: EUR per year}}
population: {{stayers: {{values: {{a: 10000, b: 10000, c: 10000}}}}}}
streams:
  work:
    hazard: {{rate: 0.01 per year}}
    destination: {{pull: [{{factor: income, measure: {{ratio_to: prices}}, as: standardised, coefficient: -0.4}}]}}
output: {{stocks: [region]}}
"""


def test_a_ratio_that_is_the_same_everywhere_empties_no_choice(program, simulate, tmp_path):
    scenario = tmp_path / "ratio.yaml"
    scenario.write_text(RATIO.format(price=6))
    told = subprocess.run([program, "validate", scenario], capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert "ratio.yaml:12:26: factor 'income' cannot be standardised" in told.stderr
    scenario.write_text(RATIO.format(price=6.0001))
    with sojourn.open(simulate(scenario, tmp_path / "ratio.h5")) as run:
        moves = int(run.flow.sum())
    expected = 30000 * -math.expm1(-0.01)
    assert moves == pytest.approx(expected, abs=5 * math.sqrt(expected))
