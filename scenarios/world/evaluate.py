"""Compare a run of the world scenario with estimates of what happened, and with two forecasts that need no simulator.

    /usr/bin/python3 evaluate.py OUTPUT.h5 [--data DATA_FOLDER] [--csv FILE] [--markdown FILE]

For each five years: simulated relocations against two estimates of Abel and Cohen, by corridor; from 1995 on also, against the same estimate,
the corridor's last five years as they were, and a gravity model fitted on the last five years.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

import gravity
import metrics
import worlddata
from estimates import ESTIMATES, compared_codes, covariates, flows, merge

Array = NDArray[np.float64]

SIMULATED, LAST, GRAVITY = "simulation", "last five years", "gravity"
# column: (function, digits, whether larger is better)
MEASURES = {
    "log_correlation": (metrics.log_correlation, 3, True),
    "log_correlation_positive": (metrics.log_correlation_positive, 3, True),
    "common_part": (metrics.common_part, 3, True),
    "mean_absolute_error": (metrics.mean_absolute_error, 0, False),
}


def simulated_relocations(path: Path, codes: list[str]) -> dict[int, Array]:
    """Relocations of a run by first year of the interval, on the compared codes."""
    with xr.open_dataset(path, engine="h5netcdf") as dataset:
        if "relocations" not in dataset:
            raise ValueError(f"{path} has no variable 'relocations': its scenario needs `output: {{relocations: 5 years}}`")
        table = dataset["relocations"].transpose("interval_relocations", "origin", "destination")
        origins = [str(code) for code in table["origin"].values]
        destinations = [str(code) for code in table["destination"].values]
        counts = np.asarray(table.values, dtype=float)
    missing = set(codes) - {worlddata.compared(code) for code in origins}
    if missing:
        raise ValueError(f"{path} has other regions than the world scenario; missing: {', '.join(sorted(missing))}")
    years = worlddata.INTERVALS[: len(counts)]
    return {year: merge(matrix, origins, destinations, codes) for year, matrix in zip(years, counts)}


def forecasts(world: Path, codes: list[str], simulated: dict[int, Array]) -> dict[tuple[int, str, str], Array]:
    """Forecasts of whole persons by (first year, estimate they are held against, who forecasts)."""
    known = flows(world, codes, worlddata.INTERVALS)
    result: dict[tuple[int, str, str], Array] = {}
    for year, matrix in simulated.items():
        for name in ESTIMATES:
            result[year, name, SIMULATED] = matrix
            if year - 5 in worlddata.INTERVALS:
                before, _ = covariates(world, codes, year - 5)
                now, _ = covariates(world, codes, year)
                result[year, name, LAST] = known[year - 5, name]
                result[year, name, GRAVITY] = np.rint(gravity.forecast(before, known[year - 5, name], now))
    return result


def score(predicted: dict[tuple[int, str, str], Array], known: dict[tuple[int, str], Array]) -> pd.DataFrame:
    """One row for each forecast: totals in persons, and the measures."""
    rows = []
    for (year, name, who), matrix in predicted.items():
        estimate = known[year, name]
        row = {"interval": f"{year}-{year + 5}", "estimate": name, "forecast": who}
        row |= {"total": metrics.total(matrix), "total_estimate": metrics.total(estimate)}
        row |= {measure: function(matrix, estimate) for measure, (function, _, _) in MEASURES.items()}
        rows.append(row)
    return pd.DataFrame(rows)


def markdown(scores: pd.DataFrame) -> str:
    """The scores as a table; of the forecasts held against one estimate in one interval the best is bold (if there are several)."""
    titles = ["interval", "estimate", "forecast", "millions (estimate)", "log corr.", "log corr., both > 0", "CPC", "MAE"]
    lines = ["| " + " | ".join(titles) + " |", "| --- | --- | --- " + "| ---: " * 5 + "|"]
    for _, group in scores.groupby(["interval", "estimate"], sort=False):
        best = {name: group[name].max() if larger else group[name].min() for name, (_, _, larger) in MEASURES.items()}
        for row in group.to_dict("records"):
            cells = [row["interval"], row["estimate"], row["forecast"]]
            cells.append(f"{row['total'] / 1e6:.1f} ({row['total_estimate'] / 1e6:.1f})")
            for name, (_, digits, _) in MEASURES.items():
                text = f"{row[name]:,.{digits}f}"
                cells.append(f"**{text}**" if len(group) > 1 and row[name] == best[name] else text)
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare a run of the world scenario with estimates of what happened.")
    parser.add_argument("output", type=Path, help="HDF5 file of `sojourn run`")
    parser.add_argument("--data", help="folder of public data (default: SOJOURN_DATA, else ../shared/data)")
    parser.add_argument("--csv", type=Path, help="write the scores here")
    parser.add_argument("--markdown", type=Path, help="write the table here")
    arguments = parser.parse_args()
    try:
        world = worlddata.data_folder(arguments.data)
    except worlddata.NoData as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 2
    codes = compared_codes(world)
    try:
        simulated = simulated_relocations(arguments.output, codes)
    except (OSError, ValueError) as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 2
    scores = score(forecasts(world, codes, simulated), flows(world, codes, worlddata.INTERVALS))
    print(markdown(scores), end="")
    if arguments.csv:
        scores.to_csv(arguments.csv, index=False, float_format="%.6g")
    if arguments.markdown:
        arguments.markdown.write_text(markdown(scores))
    return 0


if __name__ == "__main__":
    sys.exit(main())
