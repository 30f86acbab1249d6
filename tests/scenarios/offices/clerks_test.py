"""Clerks that several procedures share: the numbers of the page, and that work waits as if there was one line."""

import numpy as np

import sojourn

ORDERS = {"registrations first": (1, 2), "permits first": (2, 1), "one line": (0, 0)}


def run_of(simulate, source, tmp_path, orders):
    text = (source / "scenarios" / "offices" / "clerks.yaml").read_text(encoding="utf-8")
    assert "order: 1}" in text and "order: 2}" in text
    text = text.replace("order: 1}", f"order: {orders[0]} }}").replace("order: 2}", f"order: {orders[1]} }}")
    scenario = tmp_path / f"clerks_{orders[0]}.yaml"
    scenario.write_text(text, encoding="utf-8")
    return sojourn.open(simulate(scenario, tmp_path / f"clerks_{orders[0]}.h5"))


def test_the_numbers_of_the_readme(simulate, source, tmp_path):
    page = (source / "scenarios" / "offices" / "README.md").read_text(encoding="utf-8")
    work = {}
    for name, orders in ORDERS.items():
        run = run_of(simulate, source, tmp_path, orders)
        length = run.queue_length.sel(region="AZE")
        register, permit = (length.sel(queue=queue).astype(float) for queue in ("register", "permit"))
        asked = run.queue_requests.sel(region="AZE")
        minutes = 10 * register.values + 100 * permit.values
        used = run.limit_used.sel(limit="clerks AZE").values
        row = f"| {name} | {float(register.mean()):.1f} | {float(permit.mean()):.1f} | {minutes.mean():,.0f} |"
        assert row in page, row
        # Clerks have 10,000 minutes a month, of which less than one case's are left while somebody waits; so the
        # work that waits, less what is left for it, is that of one server (Lindley 1952).
        expected = 0.0
        for month in range(len(used)):
            expected = max(0.0, expected + 10 * float(asked.sel(queue="register")[month]) + 100 * float(asked.sel(queue="permit")[month]) - 10000)
            assert 0 <= minutes[month + 1] - expected < 100
        assert used.sum() <= 10000 * len(used)
        served = run.transitions.sum(["interval", "region"])
        assert float(run.limit_used.sel(limit="fees").sum()) == 20 * int(served.sel(transition="register")) + 120 * int(served.sel(transition="permit"))
        work[name] = np.asarray(asked)
    # Whoever comes first, the same people ask.
    assert np.array_equal(work["registrations first"], work["permits first"])
