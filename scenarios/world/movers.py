"""The foreign-born of 1990: stocks of states that split later, and ages that fit into the population.

Two sources meet here that do not quite agree: the migrant stock (edition 2020, by birth, residence and sex) with its ages
(edition 2019), and the population by age and sex (revision 2019). A scenario whose stayers include the movers needs movers <= population
in every cell. `fit_ages` brings that about and says how many persons it had to move to other ages, and how many had to go.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]

HIGHEST_SHARE = 0.95  # of the people of a cell (country, sex, five years of age) that may be movers


@dataclass(frozen=True)
class Fitted:
    """Movers of one residence and sex by age, after fitting."""

    persons: Array
    moved: float  # persons now in another age than the source puts them in
    cut: float  # persons for whom there is no room at any age


def fit_ages(wanted: Array, population: Array) -> Fitted:
    """Ages as wanted where they fit; the excess goes to the ages with room, in proportion to the movers already there.

    Ages without any movers take an excess only if all others are full (then in proportion to their room). The total is kept
    unless it exceeds all the room there is.
    """
    limit = HIGHEST_SHARE * population
    total = min(float(wanted.sum()), float(limit.sum()))
    persons = np.minimum(wanted, limit)
    for _ in range(200):
        excess = total - persons.sum()
        free = limit - persons
        if excess <= 1e-9 * max(total, 1.0):
            break
        weight = np.where(free > 0, persons, 0.0)
        if weight.sum() <= 0:
            weight = free
        persons = np.minimum(limit, persons + excess * weight / weight.sum())
    cut = float(wanted.sum() - persons.sum())
    moved = float(np.maximum(wanted - persons, 0.0).sum()) - cut
    return Fitted(persons, max(moved, 0.0), max(cut, 0.0))


def spread_open_age(by_age: Array, population: Array, first_open: int) -> Array:
    """Ages in which the last group (75+) is spread over the finer groups of the population (75-79 ... 100+), in its proportions."""
    old = population[first_open:]
    share = old / old.sum() if old.sum() > 0 else np.full(len(old), 1.0 / len(old))
    return np.concatenate([by_age[:first_open], by_age[first_open] * share])


def split_residences(stock: pd.DataFrame, splits: dict[str, str], population: pd.Series) -> pd.DataFrame:
    """Stocks (birth, residence, sex, persons) in which a residence that includes another is divided between the two by population.

    Those born in one of the parts live in the other: they are not divided.
    """
    pieces = []
    for whole, part in splits.items():
        inside = stock[stock["residence"] == whole]
        stock = stock[stock["residence"] != whole]
        share = population[part] / (population[part] + population[whole])
        born_in_part = inside["birth"].isin([whole, part])
        pieces.append(inside[inside["birth"] == part])
        pieces.append(inside[inside["birth"] == whole].assign(residence=part))
        rest = inside[~born_in_part]
        to_part = (rest["persons"] * share).round()
        pieces.append(rest.assign(residence=part, persons=to_part))
        pieces.append(rest.assign(persons=rest["persons"] - to_part))
    split = pd.concat([stock, *pieces], ignore_index=True)
    return split[split["persons"] > 0]


def cut_rows(persons: Array, total: float) -> Array:
    """Whole persons in the proportions of `persons` with the sum floor(total): the largest remainders are rounded up."""
    scaled = persons * (total / persons.sum())
    whole = np.floor(scaled)
    missing = int(np.floor(total) - whole.sum())
    order = np.argsort(-(scaled - whole), kind="stable")
    whole[order[:missing]] += 1
    return whole
