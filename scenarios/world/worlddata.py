"""The folder of public data: where it is, how its files are read, which countries the scenario has, which codes are compared.

Used by build_tables.py, evaluate.py and the tests. Nothing here is specific to one table.
"""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
TABLES = HERE / "tables"
REPOSITORY = HERE.parent.parent

START_YEAR = 1990
END_YEAR = 2010
INTERVALS = (1990, 1995, 2000, 2005)  # first years of the five-year intervals
AGES = [f"{first}-{first + 4}" for first in range(0, 100, 5)] + ["100+"]
SEXES = {"f": "female", "m": "male"}

# The flow estimates know these states only as they were before they split. MERGED[part] is the code they are compared under.
MERGED = {"SRB": "SCG", "MNE": "SCG", "SDN": "SUD", "SSD": "SUD"}
# The migrant stocks of 1990 give the first of each pair as a residence; it then includes the second.
SPLIT_RESIDENCES = {"SRB": "MNE", "SDN": "SSD"}


class NoData(Exception):
    """The data folder is not there; the message says where it was looked for."""


def data_folder(argument: str | None = None) -> Path:
    """The folder with the public data: the argument, else SOJOURN_DATA, else ../shared/data beside the repository."""
    given = argument or os.environ.get("SOJOURN_DATA") or str(REPOSITORY.parent / "shared" / "data")
    folder = Path(given)
    if not (folder / "world" / "countries.csv").is_file():
        raise NoData(f"no data folder: {folder}/world/countries.csv does not exist; give its path or set SOJOURN_DATA")
    return folder / "world"


def read(world: Path, name: str) -> pd.DataFrame:
    """One file of the data folder. Empty cells are missing; "NA" (Namibia's two-letter code elsewhere) is text."""
    return pd.read_csv(world / name, keep_default_na=False, na_values=[""])


def countries(world: Path) -> list[str]:
    """Codes, sorted, of the countries that have everything: ages, flows, GDP in each year, mortality, pairs and stocks."""
    flows = read(world, "flows_abel_cohen.csv.gz")
    in_flows = set(flows["orig"]) | set(flows["dest"])
    in_flows |= {part for part, whole in MERGED.items() if whole in in_flows}
    gdp = read(world, "gdp.csv").dropna(subset=["gdp_pcap_ppp"])
    years = gdp[gdp["year"].between(START_YEAR, END_YEAR)].groupby("iso3").size()
    stock = read(world, "migrant_stock.csv")
    complete = in_flows & set(years[years == END_YEAR - START_YEAR + 1].index)
    complete &= set(read(world, "population_age_sex.csv.gz")["iso3"])
    complete &= set(read(world, "mortality_age.csv.gz")["iso3"])
    complete &= set(read(world, "pairs.csv.gz")["orig"])
    complete &= set(stock["orig"]) | set(stock["dest"])
    return sorted(complete)


def compared(code: str) -> str:
    """The code under which a country is compared with the flow estimates."""
    return MERGED.get(code, code)
