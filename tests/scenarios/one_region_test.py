"""A scenario without streams: one region in which people are born, die, are registered in turn, come and leave."""

import subprocess

import sojourn

SCENARIO = """\
sojourn: 1
title: One office
time: {start: 2020-01-01, end: 2023-01-01, step: 1 month}
regions: [here]
attributes: {status: [unregistered, registered]}
population: {stayers: {values: {here: 20000}, age: 0-79, status: unregistered}}
demography:
  births: {rate: 0.012 per year, newborn: {status: {unregistered: 1}}}
  deaths: {rate: 0.009 per year}
transitions:
  register: {who: {status: unregistered}, becomes: {status: registered}, rate: 0.3 per year, capacity: {limit: 200, every: month}}
inflow: {come: {rate: 300 per year, into: here, age: 20-39, status: unregistered}}
outflow: {leave: {rate: 0.01 per year}}
output: {flow_layout: LAYOUT}
"""


def test_one_region_without_streams_runs_and_is_read_in_either_layout(simulate, program, tmp_path):
    outputs = []
    for layout in ("dense", "table"):
        scenario = tmp_path / f"{layout}.yaml"
        scenario.write_text(SCENARIO.replace("LAYOUT", layout), encoding="utf-8")
        outputs.append(simulate(scenario, tmp_path / f"{layout}.h5"))
    for output in outputs:
        with sojourn.open(output) as run:
            assert run.sizes["stream"] == 0
            balance = (run.births - run.deaths + run.inflow.sum("entry") - run.outflow.sum("exit")).sum()
            assert float(run.stock[-1].sum() - run.stock[0].sum()) == float(balance)
            served = run.transitions.sel(transition="register").sum("region")
            assert int(served.max()) == 200
            assert sojourn.top_corridors(run).empty
        told = subprocess.run([program, "info", str(output)], capture_output=True, text=True, check=True, timeout=60).stdout
        assert "in 1 region" in told
