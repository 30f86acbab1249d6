"""The tables of the world scenario: what must hold of the committed ones, and that the script still writes them, byte for byte."""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

WORLD = Path(__file__).resolve().parents[2] / "scenarios" / "world"
sys.path.insert(0, str(WORLD))

import build_tables  # noqa: E402
import movers as movers_module  # noqa: E402
import worlddata  # noqa: E402

TABLES = worlddata.TABLES
NAMES = [
    "factors.csv.gz",
    "fertility.csv.gz",
    "mortality.csv.gz",
    "mover_ages.csv.gz",
    "movers.csv.gz",
    "pairs.csv.gz",
    "population.csv.gz",
    "regions.csv",
]


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(TABLES / name, keep_default_na=False)


def test_nothing_else_is_there_and_all_is_small() -> None:
    files = sorted(path for path in TABLES.iterdir())
    assert [path.name for path in files] == NAMES
    assert sum(path.stat().st_size for path in files) < 4e6


def test_no_empty_cells_and_no_negative_numbers() -> None:
    for name in NAMES:
        with (gzip.open(TABLES / name, "rt") if name.endswith(".gz") else open(TABLES / name)) as file:
            assert all(cell != "" for row in csv.reader(file) for cell in row), name
        numbers = table(name).drop(columns=["lat", "lon"], errors="ignore").select_dtypes("number")
        assert (numbers.to_numpy() >= 0).all(), name


def test_regions_are_the_187_countries_in_every_table() -> None:
    codes = set(table("regions.csv")["iso3"])
    assert len(codes) == 187 and len(table("regions.csv")) == 187
    assert set(table("population.csv.gz")["iso3"]) == codes
    assert set(table("factors.csv.gz")["iso3"]) == codes
    assert set(table("movers.csv.gz")["residence"]) == codes
    assert set(table("movers.csv.gz")["birth"]) <= codes
    pairs = table("pairs.csv.gz")
    assert len(pairs) == 187 * 186 and not (pairs["orig"] == pairs["dest"]).any()
    assert not pairs.duplicated(["orig", "dest"]).any()
    assert (pairs["distw"] > 0).all()


def test_factors_cover_each_year_and_allow_logarithms() -> None:
    factors = table("factors.csv.gz")
    assert len(factors) == 187 * 21 and not factors.duplicated(["iso3", "year"]).any()
    assert factors["year"].min() == 1990 and factors["year"].max() == 2010
    assert (factors[["income", "population"]] > 0).all().all()
    rwanda = factors.query("iso3 == 'RWA' and year == 1994").iloc[0]
    assert rwanda["conflict"] * rwanda["population"] / 1e6 == pytest.approx(772_463, rel=1e-3)


def test_births_and_deaths_have_all_periods_and_ages() -> None:
    mortality, fertility = table("mortality.csv.gz"), table("fertility.csv.gz")
    assert len(mortality) == 187 * 4 * 2 * 22 and not mortality.duplicated(["iso3", "from", "sex", "age"]).any()
    assert len(fertility) == 187 * 4 * 7 and not fertility.duplicated(["iso3", "from", "age"]).any()
    assert set(mortality["age"]) > {"0", "1-4", "5-9", "100+"}
    assert sorted(mortality["from"].unique()) == ["1990-07-01", "1995-07-01", "2000-07-01", "2005-07-01"]
    assert (mortality["mx"] > 0).all() and (fertility["asfr"] >= 0).all()
    total = fertility.groupby(["iso3", "from"])["asfr"].sum() * 5
    assert total["NER", "1990-07-01"] > 7 and total["KOR", "2005-07-01"] < 1.5


def test_population_has_all_ages_and_the_known_total() -> None:
    people = table("population.csv.gz")
    assert len(people) == 187 * 2 * 21
    assert people["persons"].sum() == 5_299_781_259
    assert list(people["age"].unique()) == worlddata.AGES
    assert set(people["sex"]) == {"female", "male"}


def test_movers_have_the_known_total_and_nobody_lives_where_born() -> None:
    movers = table("movers.csv.gz")
    assert movers["persons"].sum() == 141_766_117
    assert (movers["persons"] > 0).all()
    assert not (movers["birth"] == movers["residence"]).any()
    assert not movers.duplicated(["residence", "birth", "sex"]).any()
    assert {"MNE", "SSD"} <= set(movers["residence"])  # split from their predecessors


def test_movers_fit_into_the_population() -> None:
    ages = table("mover_ages.csv.gz")
    totals = table("movers.csv.gz").groupby(["residence", "sex"])["persons"].sum().rename("total").reset_index()
    people = table("population.csv.gz").rename(columns={"iso3": "residence", "persons": "people"})
    joined = ages.merge(totals, on=["residence", "sex"], validate="many_to_one").merge(people, on=["residence", "sex", "age"])
    assert len(joined) == len(totals) * 21
    sums = joined.groupby(["residence", "sex"])["share"].sum()
    assert np.allclose(sums, 1, atol=1e-6)
    movers = joined["total"] * joined["share"]
    room = movers_module.HIGHEST_SHARE * joined["people"]
    assert (movers <= room + 0.5).all()  # a share has eight digits
    assert (movers <= joined["people"]).all()


def test_the_script_writes_what_is_committed(tmp_path: Path) -> None:
    try:
        world = worlddata.data_folder()
    except worlddata.NoData as error:
        pytest.skip(f"the tables cannot be rebuilt: {error}")
    build_tables.build(world, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == NAMES
    for name in NAMES:
        assert (tmp_path / name).read_bytes() == (TABLES / name).read_bytes(), name


def test_fit_keeps_what_fits() -> None:
    population = np.array([1e6, 1e6, 1e6])
    wanted = np.array([1e5, 2e5, 0.0])
    fitted = movers_module.fit_ages(wanted, population)
    assert fitted.persons == pytest.approx(wanted)
    assert (fitted.moved, fitted.cut) == (0, 0)


def test_fit_moves_an_excess_to_other_ages_in_proportion() -> None:
    population = np.array([1e6, 1e6, 1e6, 1e6])
    limit = 0.95e6
    fitted = movers_module.fit_ages(np.array([1.25e6, 1e5, 2e5, 0.0]), population)
    assert fitted.persons == pytest.approx([limit, 2e5, 4e5, 0.0])  # an excess of 300,000, one to two
    assert fitted.moved == pytest.approx(3e5) and fitted.cut == pytest.approx(0)


def test_fit_cuts_what_has_no_room_anywhere() -> None:
    population = np.array([1e6, 1e6])
    fitted = movers_module.fit_ages(np.array([1e6, 1e6]), population)
    assert fitted.persons == pytest.approx([0.95e6, 0.95e6])
    assert fitted.cut == pytest.approx(1e5) and fitted.moved == pytest.approx(0)
    whole = movers_module.cut_rows(np.array([3.0, 3.0, 1.0]), 5.0)
    assert whole.sum() == 5 and (whole <= [3, 3, 1]).all()


def test_split_divides_by_population_but_not_those_born_in_a_part() -> None:
    stock = pd.DataFrame(
        {"birth": ["AAA", "NEW", "OLD"], "residence": ["OLD", "OLD", "AAA"], "sex": "female", "persons": [100, 40, 7]}
    )
    split = movers_module.split_residences(stock, {"OLD": "NEW"}, pd.Series({"OLD": 3e6, "NEW": 1e6}))
    found = {(row["birth"], row["residence"]): row["persons"] for row in split.to_dict("records")}
    assert found == {("AAA", "NEW"): 25, ("AAA", "OLD"): 75, ("NEW", "OLD"): 40, ("OLD", "AAA"): 7}
