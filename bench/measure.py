#!/usr/bin/env python3
"""Measures everything that bench/README.md tells, prints a table, and writes build/bench.json.

Every run has a process of its own (sojourn_whole_run). What is compared is processor time, which other programs on the
machine disturb less than the clock; what only the clock can tell (two threads against one) says how busy others were.
"""

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

WORLD = 8.2e9


class Bench:
    def __init__(self, programs, quick, folder):
        self.programs = programs
        self.quick = quick
        self.folder = folder
        self.runs = {}
        self.figures = []

    def run(self, name, engine="sojourn", record=True, **options):
        """One run, measured once under a name; keyword options are those of sojourn_whole_run."""
        if name in self.runs:
            return self.runs[name]
        command = [str(self.programs / "sojourn_whole_run"), "--engine", engine]
        for option, value in options.items():
            command += [f"--{option}"] + ([] if value is True else [str(value)])
        output = self.folder / "run.h5"
        if record and engine != "counts":
            command += ["--output", str(output)]
        print(f"  {name}: {' '.join(command[1:])}", file=sys.stderr, flush=True)
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        run = json.loads(done.stdout)
        run["output_bytes"] = output.stat().st_size if output.exists() else 0
        output.unlink(missing_ok=True)
        self.runs[name] = run
        return run

    def figure(self, what, reach, value, unit, note=""):
        self.figures.append({"figure": what, "reach": reach, "value": value, "unit": unit, "note": note})


def per_move(run):
    """Processor nanoseconds for each move."""
    return run["run_cpu"] / run["moves"] * 1e9


def per_agent_step(run):
    return run["run_cpu"] / run["agents"] / run["steps"] * 1e9


def gib(number):
    return number / 2**30


def against_plain(bench):
    people = 1e7 if bench.quick else 1e8
    ours = bench.run("ours_small", people=people)
    # Every step of the plain engine costs the same, but for the few who become movers.
    plain = bench.run("plain", engine="plain", people=people, steps=12 if bench.quick else 60)
    ratio = (plain["run_cpu"] / plain["steps"]) / (ours["run_cpu"] / ours["steps"])
    bench.figure(
        f"whole simulation against the plain engine, {people:.0e} agents", ">= 250", ratio, "times faster",
        f"{per_agent_step(plain):.2f} ns for each agent and month against {per_agent_step(ours):.4f}",
    )


def against_counts(bench, people):
    ours = bench.run("ours_12_months", people=people, steps=12, record=False)
    counts = bench.run("counts", engine="counts", people=people, steps=12)
    bench.figure(
        f"against counts and a loop over movers, {people:.1e} agents", ">= 60", counts["run_cpu"] / ours["run_cpu"],
        "times faster", "the first 12 months of both, nothing recorded",
    )


def whole_world(bench, people):
    world = bench.run("world", people=people, memory=True)
    rate = world["moves"] / world["run_cpu"]
    bench.figure(
        "moves a second to random 16-byte updates a second, same footprint", ">= 0.5",
        rate / world["updates_per_second"], "",
        f"{rate / 1e6:.1f} to {world['updates_per_second'] / 1e6:.1f} million "
        f"({world['updates_per_second_prefetched'] / 1e6:.1f} with prefetch)",
    )
    bench.figure(
        f"{people:.1e} agents, 360 months, {world['moves']:.2e} moves: peak memory", "<= 4",
        gib(world["peak_bytes"]), "GiB",
        f"start {world['start_cpu']:.1f} s, steps {world['run_cpu']:.1f} s of processor time, "
        f"{per_move(world):.1f} ns a move",
    )
    bench.figure(
        "bytes for each mover at the end", "<= 6", world["model_bytes"] / world["movers"], "bytes",
        f"{world['movers']:.3g} movers; {world['peak_bytes'] / world['movers']:.2f} of the whole program's peak",
    )
    # A record of an interval costs the same however few moves it holds: of years, it is not what is measured.
    few = bench.run("world_hundredth", people=people / 100, every=12)
    by_months = bench.run("world_hundredth_by_months", people=people / 100)
    bench.figure(
        "per move at a hundredth of the people to per move", "<= 2", per_move(few) / per_move(world), "",
        f"{per_move(few):.1f} to {per_move(world):.1f} ns, recorded by years; by months {per_move(by_months):.1f} ns",
    )
    days = bench.run("world_by_days", people=people, step="1 day", **({"years": 3} if bench.quick else {}))
    months = bench.run("world_3_years", people=people, years=3) if bench.quick else world
    bench.figure(
        "per move by days to per move by months", "<= 1.6", per_move(days) / per_move(months), "",
        f"{per_move(days):.1f} to {per_move(months):.1f} ns",
    )
    empty = bench.run("empty_steps", people=people, speed=1e-12, every=12)
    bench.figure(
        "an empty step", "<= 10", empty["median_step_wall"] * 1e6, "us",
        f"median, recorded by years; {empty['movers']:.3g} movers, {empty['moves']:.0f} moves",
    )
    thin = bench.run("thin_steps", people=people, speed=480 / (world["moves"] / world["steps"]), every=12)
    bench.figure(
        f"a thin step, {thin['moves'] / thin['steps']:.0f} moves", "", thin["median_step_wall"] * 1e6, "us",
        "median, recorded by years",
    )


def threads(bench, people):
    one = bench.run("world", people=people, memory=True)
    two = bench.run("world_2_threads", people=people, threads=2, memory=True)
    busy = max(one["others_busy"], two["others_busy"])
    bench.figure(
        "2 threads against 1", ">= 1.8", one["run_wall"] / two["run_wall"], "times faster",
        f"{one['run_wall']:.2f} to {two['run_wall']:.2f} s by the clock, while others kept {busy:.2f} processors busy"
        + (": MEANS NOTHING, free the machine" if busy > 0.05 else ""),
    )


def recording(bench, people):
    recorded = bench.run("world", people=people, memory=True)
    bare = bench.run("world_not_recorded", people=people, record=False)
    bench.figure(
        "recording monthly stocks and flows", "<= 10", (1 - bare["run_cpu"] / recorded["run_cpu"]) * 100,
        "% of the run", f"{recorded['output_bytes'] / 1e6:.0f} MB",
    )


def loading(bench, scenario):
    run = bench.run("world_scenario", scenario=scenario)
    whole = run["load_cpu"] + run["start_cpu"] + run["run_cpu"]
    bench.figure(
        "loading and checking the world scenario", "<= 5", run["load_cpu"] / whole * 100, "% of the run",
        f"{run['load_cpu']:.2f} s of {whole:.1f}; start {run['start_cpu']:.1f} s, {per_move(run):.1f} ns a move",
    )


def rich(bench, people):
    world = bench.run("world", people=people, memory=True)
    richer = bench.run("rich_world", people=people, world="rich")
    bench.figure(
        "with diaspora in the choice, 10 groups and attraction", "<= 2", per_move(richer) / per_move(world),
        "for each move", f"{per_move(richer):.1f} to {per_move(world):.1f} ns; {gib(richer['peak_bytes']):.1f} GiB",
    )


def districts(bench):
    run = bench.run("districts", world="districts", **({"people": 3e7, "years": 2} if bench.quick else {}))
    bench.figure(
        f"5000 districts, {run['agents']:.1e} agents, {run['steps'] / 12:.0f} years, {run['moves']:.1e} moves", "",
        run["run_cpu"], "s",
        f"start {run['start_cpu']:.1f} s, {per_move(run):.1f} ns a move, {gib(run['peak_bytes']):.1f} GiB",
    )


def curves(bench):
    """Runs for the chart: cost against population at the rates of the world, and against moves at one population."""
    top = 8.2e8 if bench.quick else WORLD
    populations = [p for p in (8.2e5, 8.2e6, 8.2e7, 8.2e8, 8.2e9) if p <= top]
    for people in populations:
        bench.run(f"people_{people:.0e}", people=people)
    for people in (8.2e5, 8.2e6) if bench.quick else (8.2e5, 8.2e6, 8.2e7):
        bench.run(f"plain_people_{people:.0e}", engine="plain", people=people, steps=12)
    for people in populations[:-1]:
        bench.run(f"counts_people_{people:.0e}", engine="counts", people=people, steps=12)
    for speed in (0.001, 0.01, 0.1, 1, 10):
        bench.run(f"speed_{speed:g}", people=8.2e7 if bench.quick else 8.2e8, speed=speed)


def kernels(bench):
    command = [str(bench.programs / "sojourn_kernels"), "--benchmark_format=json"]
    if bench.quick:
        command.append("--benchmark_min_time=0.05")
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return [{"name": one["name"], "ns": one["cpu_time"]} for one in json.loads(done.stdout)["benchmarks"]]


def machine():
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.split(": ")[1] for line in lines if line.startswith("model name")), "")
    huge = Path("/sys/kernel/mm/transparent_hugepage/enabled")
    return {
        "processor": model, "processors": os.cpu_count(), "system": platform.platform(),
        "memory_bytes": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"),
        "huge_pages": huge.read_text(encoding="utf-8").strip() if huge.exists() else "",
        "load_average": os.getloadavg(),
    }


def table(figures):
    lines = [("figure", "reach", "here", "")]
    for one in figures:
        lines.append((one["figure"], one["reach"], f"{one['value']:.3g} {one['unit']}".strip(), one["note"]))
    widths = [max(len(line[i]) for line in lines) for i in range(3)]
    padded = [[*(cell.ljust(width) for cell, width in zip(line, widths)), line[3]] for line in lines]
    return "\n".join("  ".join(cells).rstrip() for cells in padded)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programs", type=Path, required=True, help="folder of sojourn_whole_run and sojourn_kernels")
    parser.add_argument("--out", type=Path, default=Path("build/bench.json"))
    parser.add_argument("--scenario", type=Path, default=Path("scenarios/world/world.yaml"))
    parser.add_argument("--quick", action="store_true", help="a tenth of the people, fewer steps where runs are long")
    parser.add_argument(
        "--only", nargs="+", metavar="PART",
        help="some of: plain counts world threads recording loading rich districts curves kernels",
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(arguments.programs, arguments.quick, Path(folder))
        people = WORLD / 10 if arguments.quick else WORLD
        timings = []
        parts = {
            "plain": lambda: against_plain(bench),
            "counts": lambda: against_counts(bench, people),
            "world": lambda: whole_world(bench, people),
            "threads": lambda: threads(bench, people),
            "recording": lambda: recording(bench, people),
            "loading": lambda: loading(bench, arguments.scenario),
            "rich": lambda: rich(bench, people),
            "districts": lambda: districts(bench),
            "curves": lambda: curves(bench),
            "kernels": lambda: timings.extend(kernels(bench)),
        }
        unknown = set(arguments.only or []) - set(parts)
        if unknown:
            parser.error(f"there is no part {', '.join(sorted(unknown))}; there are: {' '.join(parts)}")
        for name, part in parts.items():
            if not arguments.only or name in arguments.only:
                part()
    result = {
        "when": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "quick": arguments.quick,
        "machine": machine(),
        "figures": bench.figures,
        "runs": bench.runs,
        "kernels_ns": timings,
    }
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(table(bench.figures))
    if timings:
        print("\nkernels, ns")
        for one in timings:
            print(f"  {one['name']:<40}{one['ns']:10.2f}")
    print(f"\nwritten to {arguments.out}")


if __name__ == "__main__":
    main()
