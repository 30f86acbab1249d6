"""Births and deaths of the world scenario: death rates by age and sex, and fertility by age of mother, in periods of five years."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from worlddata import INTERVALS, SEXES, read


def first_day(year: pd.Series) -> pd.Series:
    """The UN's periods last from the middle of one year to that of another."""
    return year.astype(str) + "-07-01"


def age_labels(first_ages: pd.Series) -> pd.Series:
    """`0`, `1-4`, `5-9`, ..., `100+` from the first ages of the groups of an abridged life table."""
    firsts = sorted(first_ages.unique())
    names = {}
    for first, following in zip(firsts, [*firsts[1:], None]):
        if following is None:
            names[first] = f"{first}+"
        else:
            names[first] = str(first) if following == first + 1 else f"{first}-{following - 1}"
    return first_ages.map(names)


def mortality(world: Path, codes: list[str]) -> pd.DataFrame:
    """iso3, from, sex, age, mx: deaths in a person-year."""
    table = read(world, "mortality_age.csv.gz")
    table = table[table["iso3"].isin(codes) & table["year0"].isin(INTERVALS)].sort_values(["iso3", "year0", "sex", "age_start"])
    return pd.DataFrame(
        {
            "iso3": table["iso3"],
            "from": first_day(table["year0"]),
            "sex": table["sex"].map(SEXES),
            "age": age_labels(table["age_start"]),
            "mx": table["mx"],
        }
    ).reset_index(drop=True)


def fertility(world: Path, codes: list[str]) -> pd.DataFrame:
    """iso3, from, age, asfr: births by a woman in a year."""
    table = read(world, "fertility_age.csv")
    table = table[table["iso3"].isin(codes) & table["year0"].isin(INTERVALS)].sort_values(["iso3", "year0", "age_start"])
    return pd.DataFrame(
        {"iso3": table["iso3"], "from": first_day(table["year0"]), "age": table["age_group"], "asfr": table["asfr"]}
    ).reset_index(drop=True)
