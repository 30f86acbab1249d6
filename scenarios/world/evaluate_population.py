"""Compare the people of each large country at the end of a run with the UN's estimate, and say how much of the difference is migration.

    /usr/bin/python3 evaluate_population.py OUTPUT.h5 [--data DATA_FOLDER] [--least MILLIONS] [--markdown FILE]

The UN's figures add up: people, births, deaths and net migration. A run that has the UN's births and deaths differs from it by its own net migration,
and by what the error of its method is ("rest"): (people - net migration, run) less (people - net migration, UN), in % of the UN's people. The children of
migrants, who are born and counted where their parents went, are in the rest.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd
import xarray as xr

import worlddata
from worlddata import END_YEAR, INTERVALS, read


def simulated(path: Path) -> pd.DataFrame:
    """Of a run, by country: people at its end and net migration over all of it, in persons."""
    with xr.open_dataset(path, engine="h5netcdf") as run:
        others = [name for name in run["stock"].dims if name not in ("time", "region")]
        people = run["stock"].isel(time=-1).sum(others).to_pandas()
        flow = run["flow"].sum([name for name in run["flow"].dims if name not in ("origin", "destination")])
        arrivals = flow.sum("origin").to_pandas()
        departures = flow.sum("destination").to_pandas()
    return pd.DataFrame({"people": people, "net_migration": arrivals - departures})


def united_nations(world: Path) -> pd.DataFrame:
    """By country: people in the middle of 2010 and net migration 1990-2010 by two revisions, in persons."""
    people = read(world, "population_total.csv").query("year == @END_YEAR").set_index("iso3")["population"]
    net = read(world, "net_migration.csv")
    net = net[net["year0"].isin(INTERVALS)].groupby("iso3")[["net_migration_wpp2019", "net_migration_wpp2022"]].sum()
    return net.join(people.rename("people_un"))


def compare(run: pd.DataFrame, un: pd.DataFrame) -> pd.DataFrame:
    """Both, with the difference of people and its rest without net migration in % of the UN's people."""
    table = run.join(un, how="inner")
    of_un = 100 / table["people_un"]
    table["difference"] = (table["people"] - table["people_un"]) * of_un
    rest = (table["people"] - table["net_migration"]) - (table["people_un"] - table["net_migration_wpp2019"])
    table["rest"] = rest * of_un
    return table.sort_values("people_un", ascending=False)


def markdown(table: pd.DataFrame) -> str:
    """A table in millions and %."""
    head = (
        "| country | people 2010, run | UN | difference | net migration, run | UN 2019 | UN 2022 | rest |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    )
    rows = []
    for code, row in table.iterrows():
        people, un = row["people"] / 1e6, row["people_un"] / 1e6
        net = [row[name] / 1e6 for name in ("net_migration", "net_migration_wpp2019", "net_migration_wpp2022")]
        rows.append(
            f"| {code} | {people:.1f} | {un:.1f} | {row['difference']:+.1f} % | "
            + " | ".join(f"{number:+.2f}" for number in net)
            + f" | {row['rest']:+.1f} % |"
        )
    return head + "\n".join(rows) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare the people of large countries with the UN's estimate.")
    parser.add_argument("output", type=Path, help="output file of a run of the world scenario")
    parser.add_argument("--data", help="folder of public data (default: SOJOURN_DATA, else ../shared/data)")
    parser.add_argument("--least", type=float, default=50, help="countries of at least so many million people (default 50)")
    parser.add_argument("--markdown", type=Path, help="also write the table to this file")
    arguments = parser.parse_args()
    try:
        world = worlddata.data_folder(arguments.data)
    except worlddata.NoData as error:
        print(f"SKIPPED: {error}.", file=sys.stderr)
        return 0
    table = compare(simulated(arguments.output), united_nations(world))
    large = table[table["people_un"] >= arguments.least * 1e6]
    text = markdown(large)
    print(text)
    total = table["people"].sum() / table["people_un"].sum() * 100 - 100
    print(f"all {len(table)} countries: {table['people'].sum() / 1e6:,.0f} million people, {total:+.2f} % of the UN's")
    print(f"rest, {len(large)} countries: median {large['rest'].abs().median():.2f} %, largest {large['rest'].abs().max():.2f} %")
    if arguments.markdown:
        arguments.markdown.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
