"""What the simulation is compared with: the flow estimates of Abel and Cohen, and the covariates of a gravity model.

All on the codes under which the estimates know the states (Serbia and Montenegro together, Sudan and South Sudan together).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from worlddata import compared, countries, read

Array = NDArray[np.float64]

ESTIMATES = ("da_min_closed", "da_pb_closed")


def compared_codes(world: Path) -> list[str]:
    """The countries of the scenario as they are compared, sorted."""
    return sorted({compared(code) for code in countries(world)})


def merge(matrix: Array, origins: list[str], destinations: list[str], codes: list[str]) -> Array:
    """Persons [origin, destination] summed over the parts of merged states; moves between parts fall on the diagonal and are dropped."""
    place = {code: index for index, code in enumerate(codes)}
    rows = np.array([place[compared(code)] for code in origins])
    columns = np.array([place[compared(code)] for code in destinations])
    merged = np.zeros((len(codes), len(codes)))
    np.add.at(merged, (rows[:, None], columns[None, :]), matrix)
    np.fill_diagonal(merged, 0.0)
    return merged


def square(table: pd.DataFrame, value: str, codes: list[str]) -> Array:
    """A table with orig, dest as an array over the codes; absent rows are 0, the diagonal is 0."""
    place = {code: index for index, code in enumerate(codes)}
    table = table.assign(orig=table["orig"].map(compared), dest=table["dest"].map(compared))
    table = table[table["orig"].isin(place) & table["dest"].isin(place)]
    matrix = np.zeros((len(codes), len(codes)))
    np.add.at(matrix, (table["orig"].map(place), table["dest"].map(place)), table[value].to_numpy(float))
    np.fill_diagonal(matrix, 0.0)
    return matrix


def flows(world: Path, codes: list[str], years: tuple[int, ...]) -> dict[tuple[int, str], Array]:
    """Estimated relocations by (first year, estimate)."""
    table = read(world, "flows_abel_cohen.csv.gz")
    return {(year, name): square(table[table["year0"] == year], name, codes) for year in years for name in ESTIMATES}


def covariates(world: Path, codes: list[str], year: int) -> tuple[Array, list[str]]:
    """Covariates of a gravity model at the start of an interval, [origin, destination, covariate], and their names."""
    parts = pd.DataFrame({"iso3": countries(world)}).assign(code=lambda t: t["iso3"].map(compared))
    people = read(world, "population_total.csv").query("year == @year").set_index("iso3")["population"]
    income = read(world, "gdp.csv").query("year == @year").set_index("iso3")["gdp_pcap_ppp"]
    parts = parts.assign(people=parts["iso3"].map(people)).assign(product=lambda t: t["iso3"].map(income) * t["people"])
    sums = parts.groupby("code")[["people", "product"]].sum().loc[codes]
    log_people = np.log(sums["people"].to_numpy(float))
    log_income = np.log((sums["product"] / sums["people"]).to_numpy(float))
    pairs = read(world, "pairs.csv.gz").set_index(["orig", "dest"])
    index = pd.MultiIndex.from_product([codes, codes])
    pair = {
        name: pairs[name].reindex(index).to_numpy(float).reshape(len(codes), -1)
        for name in ("distw", "contig", "comlang_ethno", "colony")
    }
    stock = square(read(world, "migrant_stock.csv").query("year == @year"), "stock", codes)
    ones = np.ones((len(codes), len(codes)))
    layers = {
        "constant": ones,
        "population of origin": log_people[:, None] * ones,
        "population of destination": log_people[None, :] * ones,
        "income of origin": log_income[:, None] * ones,
        "income of destination": log_income[None, :] * ones,
        "distance": np.log(pair["distw"]),
        "contiguity": pair["contig"],
        "language": pair["comlang_ethno"],
        "colony": pair["colony"],
        "natives there": np.log1p(stock),
        "no natives there": (stock == 0).astype(float),
        "natives of there here": np.log1p(stock.T),
        "no natives of there here": (stock.T == 0).astype(float),
    }
    return np.stack(list(layers.values()), axis=-1), list(layers)
