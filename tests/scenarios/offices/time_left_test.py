"""Time within a step: the numbers of the page, and that they are near those that can be known beforehand."""

import math

import pytest

import sojourn


@pytest.mark.parametrize("step", ["1 month", "1 quarter", "1 year"])
def test_the_numbers_of_the_readme(simulate, source, tmp_path, step):
    folder = source / "scenarios" / "offices"
    text = (folder / "time_left.yaml").read_text(encoding="utf-8")
    assert "step: 1 month}" in text and "every: 1 month," in text
    scenario = tmp_path / "time_left.yaml"
    scenario.write_text(text.replace("step: 1 month}", f"step: {step}}}").replace("every: 1 month,", "every: 1 year,"), encoding="utf-8")
    left = sojourn.open(simulate(scenario, tmp_path / "time_left.h5")).outflow.sum("interval")
    residents = int(left.sel(exit="residents_leave").sum())
    visitors = left.sel(exit="visitors_leave")
    unregistered = float(visitors.sel(status="visitor").sum() / visitors.sum())
    row = f"| {step} | {residents:,} | {100 * unregistered:.1f} % |"
    assert row in (folder / "README.md").read_text(encoding="utf-8"), row
    leave = 1 - math.exp(-0.3)
    assert abs(residents - 1e6 * leave) < 5 * math.sqrt(1e6 * leave * (1 - leave))
    assert abs(unregistered - 12 / 21) < 5 * math.sqrt(12 / 21 * 9 / 21 / 1e5)
