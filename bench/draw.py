#!/usr/bin/env python3
"""Draws what a run costs against the number of people, and against the number of moves, from build/bench.json."""

import argparse
import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

NAMES = {
    "people_": ("Sojourn", "C0", "o"),
    "plain_people_": ("one object for each person", "C3", "s"),
    "counts_people_": ("counts of stayers, a loop over movers", "C1", "^"),
}


def points(runs, prefix, x):
    """(x, processor seconds for a month) of the runs whose name begins with prefix, in order of x."""
    chosen = [run for name, run in runs.items() if name.startswith(prefix) and run["steps"] > 0]
    return sorted((run[x] / (run["steps"] if x == "moves" else 1), run["run_cpu"] / run["steps"]) for run in chosen)


def draw(runs, out):
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
    for prefix, (label, colour, marker) in NAMES.items():
        line = points(runs, prefix, "agents")
        if line:
            left.loglog(*zip(*line), color=colour, marker=marker, label=label)
    left.set(xlabel="people", ylabel="processor seconds for a month", title="Cost against people, at the world's rates")
    # Room for the legend above the lines.
    left.set_ylim(top=20 * left.get_ylim()[1])
    left.legend(loc="upper left")
    line = points(runs, "speed_", "moves")
    if line:
        right.loglog(*zip(*line), color="C0", marker="o", label="Sojourn")
        people = max(run["agents"] for name, run in runs.items() if name.startswith("speed_"))
        title = f"Cost against moves, {people:.2g} people"
        right.set(xlabel="moves in a month", ylabel="processor seconds for a month", title=title)
        # What one would pay if nothing but the moves cost anything, at the price of the busiest run.
        (moves, seconds) = line[-1]
        few = line[0][0]
        proportional = [few * seconds / moves, seconds]
        right.loglog([few, moves], proportional, color="0.6", linestyle=":", label="in proportion to moves")
        right.legend()
    for axes in (left, right):
        axes.grid(alpha=0.3)
    figure.savefig(out, dpi=150)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, default=Path("build/bench.json"))
    parser.add_argument("--out", type=Path, default=Path("build/bench.png"))
    arguments = parser.parse_args()
    draw(json.loads(arguments.bench.read_text(encoding="utf-8"))["runs"], arguments.out)
    print(f"drawn to {arguments.out}")


if __name__ == "__main__":
    main()
