"""Write the tables of the world scenario from the folder of public data.

    /usr/bin/python3 build_tables.py [DATA_FOLDER] [--into FOLDER]

DATA_FOLDER defaults to the environment variable SOJOURN_DATA, else ../shared/data beside the repository. Running it again gives the same bytes.
Prints what did not fit and what was left out; the README of this folder quotes it.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

import vitals
import worlddata
from movers import cut_rows, fit_ages, split_residences, spread_open_age
from worlddata import AGES, END_YEAR, SEXES, SPLIT_RESIDENCES, START_YEAR, read

FIRST_OPEN_AGE = 15  # index of 75+, the last age group of the migrant stock


@dataclass
class Report:
    """What was left out or changed, in persons; printed at the end."""

    lines: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.lines.append(text)


def write(table: pd.DataFrame, path: Path) -> None:
    """CSV with \\n line ends; gzip without a name or a time in its header, so that equal tables are equal files."""
    text = table.to_csv(index=False, lineterminator="\n").encode()
    if path.suffix == ".gz":
        text = gzip.compress(text, compresslevel=9, mtime=0)
    path.write_bytes(text)


def population_1990(world: Path, codes: list[str]) -> pd.DataFrame:
    """iso3, sex, age, persons: everybody, the foreign-born included."""
    table = read(world, "population_age_sex.csv.gz")
    table = table[(table["year"] == START_YEAR) & table["iso3"].isin(codes)]
    table = table.sort_values(["iso3", "sex", "age_start"])
    sex = table["sex"].map(SEXES)
    return pd.DataFrame(
        {"iso3": table["iso3"], "sex": sex, "age": table["age_group"], "persons": table["population"].astype(int)}
    ).reset_index(drop=True)


def stock_1990(world: Path, codes: list[str], population: pd.Series, report: Report) -> pd.DataFrame:
    """birth, residence, sex, persons: the foreign-born whose birth and residence are both among the countries."""
    table = read(world, "migrant_stock.csv")
    table = table[table["year"] == START_YEAR]
    totals = read(world, "migrant_stock_total.csv")
    world_total = totals.loc[totals["year"] == START_YEAR, "stock"].sum()
    inside = table[table["dest"].isin(codes)]
    kept = inside[inside["orig"].isin(codes)]
    report.add(f"foreign-born in the world 1990 (all origins): {world_total:,.0f}; of known origin: {table['stock'].sum():,.0f}")
    report.add(f"left out, residence not among the countries: {table['stock'].sum() - inside['stock'].sum():,.0f}")
    report.add(f"left out, birth not among the countries: {inside['stock'].sum() - kept['stock'].sum():,.0f}")
    long = kept.rename(columns={"orig": "birth", "dest": "residence"}).melt(
        id_vars=["birth", "residence"], value_vars=["female", "male"], var_name="sex", value_name="persons"
    )
    long = split_residences(long[long["persons"] > 0], SPLIT_RESIDENCES, population)
    for whole, part in SPLIT_RESIDENCES.items():
        moved = long.loc[long["residence"] == part, "persons"].sum()
        report.add(f"foreign-born of {whole} given to {part} by population: {moved:,.0f}")
    return long.sort_values(["residence", "birth", "sex"]).reset_index(drop=True)


def ages_1990(world: Path) -> dict[tuple[str, str], np.ndarray]:
    """Foreign-born by residence and sex in 16 age groups (edition 2019: for shares only)."""
    table = read(world, "migrant_stock_age_sex.csv.gz")
    table = table[table["year"] == START_YEAR].sort_values("age_start")
    groups = table.groupby(["dest", "sex"])["stock"]
    ages = {(dest, SEXES[sex]): group.to_numpy(float) for (dest, sex), group in groups}
    for whole, part in SPLIT_RESIDENCES.items():
        for sex in SEXES.values():
            ages.setdefault((part, sex), ages[whole, sex])
    return ages


def movers_and_ages(
    stock: pd.DataFrame, ages: dict[tuple[str, str], np.ndarray], population: pd.DataFrame, report: Report
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Movers by residence, birth and sex, and the shares of their ages, such that they fit into the population everywhere."""
    people = {key: group["persons"].to_numpy(float) for key, group in population.groupby(["iso3", "sex"])}
    movers, shares = [], []
    moved = cut = 0.0
    notable = []
    for (residence, sex), rows in stock.groupby(["residence", "sex"]):
        here = people[residence, sex]
        wanted = spread_open_age(ages[residence, sex], here, FIRST_OPEN_AGE)
        persons = rows["persons"].to_numpy(float)
        fitted = fit_ages(wanted * (persons.sum() / wanted.sum()), here)
        if fitted.cut >= 0.5:
            persons = cut_rows(persons, fitted.persons.sum())
        if fitted.moved + fitted.cut > 5000:
            notable.append(f"{residence} {sex} {fitted.moved:,.0f} moved, {fitted.cut:,.0f} cut")
        moved, cut = moved + fitted.moved, cut + fitted.cut
        movers.append(rows.assign(persons=persons.astype(int)))
        share = fitted.persons / fitted.persons.sum()
        shares.append(pd.DataFrame({"residence": residence, "sex": sex, "age": AGES, "share": share.round(8)}))
    report.add(f"movers given another age because their cell was full: {moved:,.0f}; cut, no room at any age: {cut:,.0f}")
    report.lines.extend("  " + line for line in notable)
    table = pd.concat(movers, ignore_index=True).query("persons > 0")[["residence", "birth", "sex", "persons"]]
    report.add(f"movers: {table['persons'].sum():,} in {len(table):,} rows")
    return table, pd.concat(shares, ignore_index=True)


def factors(world: Path, codes: list[str]) -> pd.DataFrame:
    """iso3, year, income (GDP per person, PPP), population, conflict (deaths in organised violence per million people that year)."""
    index = pd.MultiIndex.from_product([codes, range(START_YEAR, END_YEAR + 1)], names=["iso3", "year"])
    income = read(world, "gdp.csv").set_index(["iso3", "year"])["gdp_pcap_ppp"].reindex(index)
    people = read(world, "population_total.csv").set_index(["iso3", "year"])["population"].reindex(index)
    deaths = read(world, "conflict.csv").set_index(["iso3", "year"])["deaths"].reindex(index).fillna(0)
    table = pd.DataFrame({"income": income.round(1), "population": people, "conflict": (deaths / people * 1e6).round(3)})
    if table.isna().any().any():
        raise ValueError(f"gaps in the factors: {table[table.isna().any(axis=1)].index.tolist()}")
    return table.astype({"population": int}).reset_index()


def pairs(world: Path, codes: list[str]) -> pd.DataFrame:
    """orig, dest and what the two have in common."""
    table = read(world, "pairs.csv.gz")
    table = table[table["orig"].isin(codes) & table["dest"].isin(codes)]
    table = table.merge(read(world, "pairs_culture.csv.gz"), on=["orig", "dest"], how="left", validate="one_to_one")
    flags = ["contig", "comlang_ethno", "colony"]
    table = table[["orig", "dest", "distw", *flags, "language_csl", "religion_similarity"]].sort_values(["orig", "dest"])
    if table.isna().any().any():
        raise ValueError("gaps in the pairs")
    return table.astype({name: int for name in flags})


def regions(world: Path, codes: list[str], people: pd.Series, movers: pd.DataFrame) -> pd.DataFrame:
    """iso3, name, lat, lon, un_region, people (millions in 1990), emigrants (natives living elsewhere in 1990 per 1000 people)."""
    table = read(world, "countries.csv").set_index("iso3").loc[codes]
    abroad = movers.groupby("birth")["persons"].sum().reindex(codes, fill_value=0)
    table = table[["name", "lat", "lon", "un_region"]].assign(
        people=(people[codes] / 1e6).round(6), emigrants=(abroad / people[codes] * 1000).round(4)
    )
    return table.reset_index()


def build(world: Path, into: Path) -> Report:
    """Write all tables into a folder and say what did not fit."""
    report = Report()
    codes = worlddata.countries(world)
    people = population_1990(world, codes)
    totals = people.groupby("iso3")["persons"].sum()
    stock = stock_1990(world, codes, totals, report)
    movers, mover_ages = movers_and_ages(stock, ages_1990(world), people, report)
    report.add(f"countries: {len(codes)}; people 1990: {people['persons'].sum():,}")
    into.mkdir(parents=True, exist_ok=True)
    write(regions(world, codes, totals, movers), into / "regions.csv")
    write(people, into / "population.csv.gz")
    write(movers, into / "movers.csv.gz")
    write(mover_ages, into / "mover_ages.csv.gz")
    write(factors(world, codes), into / "factors.csv.gz")
    write(vitals.mortality(world, codes), into / "mortality.csv.gz")
    write(vitals.fertility(world, codes), into / "fertility.csv.gz")
    write(pairs(world, codes), into / "pairs.csv.gz")
    return report


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the tables of the world scenario.")
    parser.add_argument("data", nargs="?", help="folder of public data (default: SOJOURN_DATA, else ../shared/data)")
    parser.add_argument("--into", type=Path, default=worlddata.TABLES, help="folder to write (default: tables/)")
    arguments = parser.parse_args()
    try:
        world = worlddata.data_folder(arguments.data)
    except worlddata.NoData as error:
        print(f"SKIPPED: {error}. The committed tables are unchanged.", file=sys.stderr)
        return 0
    print("\n".join(build(world, arguments.into).lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
