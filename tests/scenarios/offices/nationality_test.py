"""Nationality: the numbers of the page, near those that can be known beforehand, and that classes add up to everybody."""

import math

import numpy as np
import pytest

import sojourn

RECOGNISED = {"AFG": 0.85, "PAK": 0.01, "none": 0.5}


@pytest.fixture(scope="module")
def run(simulate, source, tmp_path_factory):
    path = tmp_path_factory.mktemp("nationality") / "nationality.h5"
    return sojourn.open(simulate(source / "scenarios" / "offices" / "nationality.yaml", path)).load()


def test_the_numbers_of_the_readme(run, source):
    page = (source / "scenarios" / "offices" / "README.md").read_text(encoding="utf-8")
    recognised = sojourn.total(run.transitions, ["transition", "citizenship_class"]).sel(transition="recognise")
    refused = sojourn.total(run.outflow, ["exit", "citizenship_class"]).sel(exit="refused")
    births = sojourn.total(run.births, ["citizenship_class"])
    for of, share in RECOGNISED.items():
        yes, no = (int(decided.sel(citizenship_class=of)) for decided in (recognised, refused))
        row = f"| `{of}` | {yes + no:,} | {100 * yes / (yes + no):.1f} % | {int(births.sel(citizenship_class=of)):,} |"
        assert row in page, row
        assert abs(yes / (yes + no) - share) < 5 * math.sqrt(share * (1 - share) / (yes + no))


def test_of_visitors_those_register_of_whom_it_is_asked(run):
    registered = sojourn.total(run.transitions, ["transition", "citizenship_class"]).sel(transition="register")
    assert int(registered.sel(citizenship_class="KAZ")) == 0
    others = int(registered.sel(citizenship_class="others"))
    left = int(sojourn.total(run.outflow.sel(exit="visitors_leave"), ["citizenship_class"]).sel(citizenship_class="others"))
    assert others == int(registered.sum())
    # Of those who came and are no longer unregistered visitors, 9 in 21 have registered.
    stock = run.stock.isel(time=-1).sel(region="AZE", citizenship_class="others")
    decided = left + int(stock.sel(status="registered").sum())
    assert abs(others / decided - 9 / 21) < 5 * math.sqrt(9 / 21 * 12 / 21 / decided)


def test_children_are_citizens_as_their_parents(run):
    births = sojourn.total(run.births, ["citizenship_class"])
    assert int(births.sel(citizenship_class=["others", "KAZ"]).sum()) == 0
    assert int(births.sel(citizenship_class="none")) > 1000
    abroad = run.foreign_citizens.isel(time_citizenship=-1).sel(residence="AZE")
    stock = sojourn.total(run.stock.isel(time=-1), ["region", "citizenship_class"]).sel(region="AZE")
    for of in ("AFG", "KAZ", "PAK", "none"):
        assert int(abroad.sel(citizenship=of)) == int(stock.sel(citizenship_class=of))
    assert int(abroad.sel(citizenship="outside")) + 100_000 == int(stock.sel(citizenship_class="others"))


def test_classes_add_up_to_the_same_run_recorded_without_them(run, simulate, source, tmp_path):
    scenario = tmp_path / "nationality.yaml"
    text = (source / "scenarios" / "offices" / "nationality.yaml").read_text(encoding="utf-8")
    assert "status, citizenship]" in text
    scenario.write_text(text.replace("status, citizenship]", "status]"), encoding="utf-8")
    without = sojourn.open(simulate(scenario, tmp_path / "without.h5")).load()
    for name in ("stock", "births", "transitions", "inflow", "outflow"):
        assert np.array_equal(run[name].sum("citizenship_class").values, without[name].values), name
