"""Doors: the numbers of the page, and that they are near those that can be known beforehand."""

import datetime
import math

import pytest

import sojourn

CLOSED = (datetime.date(2025, 3, 11), datetime.date(2025, 6, 19))
EXEMPT = (datetime.date(2025, 5, 10), datetime.date(2025, 6, 19))
START = datetime.date(2025, 1, 1)
MONTHS = {"1 month": 1, "1 quarter": 3, "1 year": 12}


def share(begin, end, days):
    """Of the days from begin to end that are among those from the first of `days` to before the second."""
    common = (min(end, days[1]) - max(begin, days[0])).days
    return max(0, common) / (end - begin).days


def expected(people, rate, open_days):
    """Who goes by one way of a hazard `rate`, of which `open_days` gives the share, and the rest if it stays; with its variance."""

    def count(months):
        here, went = 1.0, 0.0
        for month in range(0, 12, months):
            begin = START.replace(month=month + 1)
            end = datetime.date(2026, 1, 1) if month + months == 12 else START.replace(month=month + months + 1)
            all_of, this = (rate * part * (end - begin).days / 365 for part in open_days(begin, end))
            left = here * -math.expm1(-all_of)
            went += left * (this / all_of if all_of else 0)
            here -= left
        return people * went, people * went * (1 - went)

    return count


@pytest.mark.parametrize("step", list(MONTHS))
@pytest.mark.parametrize("variant", ["baseline", "closed", "exempt"])
def test_the_numbers_of_the_readme(simulate, source, tmp_path, step, variant):
    folder = source / "scenarios" / "offices"
    text = (folder / "doors.yaml").read_text(encoding="utf-8")
    scenario = tmp_path / "doors.yaml"
    scenario.write_text(text.replace("step: 1 month}", f"step: {step}}}").replace("every: 1 month,", "every: 1 year,"), encoding="utf-8")
    flow = sojourn.open(simulate(scenario, tmp_path / "doors.h5", "--variant", variant)).flow.sum("interval").sel(origin="AZE")

    def went(status, stream, destination):
        return int(flow.sel(status=status, stream=stream, destination=destination))

    seen = [went("worker", "work", "RUS"), went("worker", "work", "TUR"), went("driver", "work", "RUS"), went("student", "study", "GBR")]
    row = f"| {variant} | {step} | " + " | ".join(f"{number:,}" for number in seen) + " |"
    assert row in (folder / "README.md").read_text(encoding="utf-8"), row

    closes = variant != "baseline"
    exempts = variant == "exempt"

    def shut(begin, end):
        return closes * share(begin, end, CLOSED)

    def shut_to_drivers(begin, end):
        return shut(begin, end) - exempts * share(begin, end, EXEMPT)

    known = [
        expected(1e6, 0.06, lambda a, b: (1, 0.75 * (1 - shut(a, b)))),
        expected(1e6, 0.06, lambda a, b: (1, 0.25 * (1 - shut(a, b)) + shut(a, b))),
        expected(1e5, 0.06, lambda a, b: (1, 0.75 * (1 - shut_to_drivers(a, b)))),
        expected(1e5, 0.3, lambda a, b: (1 - shut(a, b), 1 - shut(a, b))),
    ]
    for number, of in zip(seen, known, strict=True):
        mean, variance = of(MONTHS[step])
        assert abs(number - mean) < 5 * math.sqrt(variance)
