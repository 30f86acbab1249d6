"""Clocks: the numbers of the page, and that a burst of permits comes back as a burst after a year to the day."""

import math

import pytest

import sojourn

TERM = "after: 1 year"


@pytest.fixture(scope="module")
def runs(simulate, source, tmp_path_factory):
    """By law of the term and variant; with a rate in place of the term the office is the same."""
    text = (source / "scenarios" / "offices" / "clocks.yaml").read_text(encoding="utf-8")
    assert text.count(TERM) == 1
    folder = tmp_path_factory.mktemp("clocks")
    found = {}
    for law in (TERM, "rate: 1 per year"):
        scenario = folder / f"{law[:4]}.yaml"
        scenario.write_text(text.replace(TERM, law), encoding="utf-8")
        for variant in ("baseline", "plant"):
            output = simulate(scenario, folder / f"{law[:4]}_{variant}.h5", "--variant", variant)
            found[law, variant] = sojourn.open(output).sel(region="AZE")
    return found


def extra(runs, law, name, queue="renew"):
    """What the plant adds, by interval of four weeks."""
    return (runs[law, "plant"][name] - runs[law, "baseline"][name]).sel(queue=queue).values


def test_the_numbers_of_the_readme(runs, source):
    page = (source / "scenarios" / "offices" / "README.md").read_text(encoding="utf-8")
    starts = runs[TERM, "plant"].interval.dt.strftime("%Y-%m-%d").values
    for i in range(14, 21):
        row = f"| {starts[i]} |"
        for law in (TERM, "rate: 1 per year"):
            row += f" {extra(runs, law, 'queue_requests')[i]:,.0f} |"
        late = runs[TERM, "plant"].queue_late.sel(queue="renew").values[i]
        row += f" {late:,.0f} |"
        assert row in page, row


def test_a_burst_comes_back_a_year_later_and_not_before(runs):
    came = runs[TERM, "plant"].inflow.sum(["entry", "permit"]).values - runs[TERM, "baseline"].inflow.sum(["entry", "permit"]).values
    burst = int(came[2:4].sum())
    back = extra(runs, TERM, "queue_requests")
    assert abs(burst - 120000 * 28 / 365) < 5 * math.sqrt(2 * burst)
    stay = math.exp(-0.2)
    # Both runs have the dice of their own once the plant is built.
    assert abs(back[15:17].sum() - burst * stay) < 5 * math.sqrt(2 * burst)
    assert abs(back[4:15].sum()) < 5 * math.sqrt(2 * 12000)


def test_nobody_is_served_before_three_weeks_and_those_after_sixty_days_are_late(runs):
    run = runs[TERM, "plant"]
    waits = run.waiting_time.sel(queue="renew")
    assert float(waits.min()) >= 21
    assert int(run.queue_late.sel(queue="runs_out").sum()) == 0
    assert 0 < int(run.queue_late.sel(queue="renew").sum()) < int(run.transitions.sel(transition="renew").sum())
