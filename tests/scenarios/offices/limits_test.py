"""Limits: the numbers of the page, and that they are near those that can be known beforehand."""

import math

import numpy as np
import pytest

import sojourn


def erlang(places, load):
    """The share of arrivals that find all places taken (Erlang's B)."""
    lost = 1.0
    for n in range(1, places + 1):
        lost = load * lost / (n + load * lost)
    return lost


def run_of(simulate, source, tmp_path, step):
    text = (source / "scenarios" / "offices" / "limits.yaml").read_text(encoding="utf-8")
    assert "step: 1 day}" in text and "{every: 1 day," in text
    scenario = tmp_path / "limits.yaml"
    scenario.write_text(text.replace("step: 1 day}", f"step: {step}}}").replace("{every: 1 day,", f"{{every: {step},"), encoding="utf-8")
    return sojourn.open(simulate(scenario, tmp_path / "limits.h5"))


def test_what_was_given_used_and_lost(simulate, source, tmp_path):
    run = run_of(simulate, source, tmp_path, "1 day")
    page = (source / "scenarios" / "offices" / "README.md").read_text(encoding="utf-8")
    total = run[["limit_amount", "limit_used", "limit_lost"]].sum("interval")
    for name in ("quota", "samur NOR AZE", "fees"):
        of = total.sel(limit=name)
        row = f"| `{name}` | {float(of.limit_amount):,.0f} | {float(of.limit_used):,.0f} | {float(of.limit_lost):,.0f} |"
        assert row in page, row
    # Never too many, and none is left in a year in which somebody was turned away.
    used = run.limit_used.sel(limit="quota").groupby("interval.year").sum()
    recruits = run.turned_away.sel(stream="recruit", region="AZE")
    assert np.all(used <= 6800)
    assert np.all(used.values[recruits.groupby("interval.year").sum().values > 0] == 6800)
    assert np.all(run.limit_used.sel(limit=["samur NOR AZE", "samur SOU AZE"]) <= 20)
    # Each recruit paid; of those turned away 24 % came otherwise.
    moves = run.flow.sum(["interval", "origin", "destination"])
    assert float(total.sel(limit="fees").limit_used) == 1000 * int(moves.sel(stream="recruit"))
    refused, irregular = int(recruits.sum()), int(moves.sel(stream="irregular"))
    assert abs(irregular - 0.24 * refused) < 5 * math.sqrt(0.24 * 0.76 * refused)
    row = f"| {int(moves.sel(stream='recruit')):,} | {refused:,} | {irregular:,} |"
    assert row in page, row


@pytest.mark.parametrize("step, expected, within", [("1 day", erlang(150, 150), 0.025), ("1 month", 0.157, 0.015)])
def test_places(simulate, source, tmp_path, step, expected, within):
    run = run_of(simulate, source, tmp_path, step)
    refused = int(run.inflow_turned_away.sum())
    share = refused / (refused + int(run.inflow.sum()))
    taken = float(run.limit_used.sel(limit="centre").mean())
    page = (source / "scenarios" / "offices" / "README.md").read_text(encoding="utf-8")
    row = f"| {step} | {100 * share:.1f} % | {taken:.1f} |"
    assert row in page, row
    assert abs(share - expected) < within
