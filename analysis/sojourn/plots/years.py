"""Flows by year: over many years, month by month, the dice hide what changes."""

from __future__ import annotations

from datetime import date as Date
from typing import Any, TypeAlias, TypeVar

import numpy as np
import xarray
from numpy.typing import NDArray

from sojourn.errors import Unplottable

_FEW_YEARS = 5
_YEAR = np.timedelta64(365 * 24 + 6, "h")

Instants: TypeAlias = NDArray[np.datetime64]
Numbers: TypeAlias = NDArray[np.float64]
Counts: TypeAlias = NDArray[np.number[Any]]
"""Integers, or float64 where an agent stands for a number of persons that is not whole."""
Number = TypeVar("Number", bound=np.number[Any])


def instants(values: object) -> Instants:
    """Dates of an output, one or many, of any year: xarray has those outside 1678 to 2262 as objects of cftime."""
    array = np.asarray(values)
    if array.dtype != object:
        return array.astype("datetime64[s]")
    days = [f"{date.year:04}-{date.month:02}-{date.day:02}" for date in array.ravel()]
    return np.array(days, "datetime64[s]").reshape(array.shape)


def ends_of_intervals(run: xarray.Dataset) -> Instants:
    """Where the intervals of a flow begin and, last, where the last one ends: one instant more than there are flows.

    Raises Unplottable if the output does not say where they end.
    """
    if "interval_bnds" not in run.variables:
        raise Unplottable("the output does not say when its intervals end: it has no interval_bnds")
    return np.append(instants(run.interval.values), instants(run.interval_bnds.values[-1, -1]))


def per_year(counts: Counts, ends: Instants) -> tuple[Instants, Numbers]:
    """The middles of intervals, and numbers of intervals as numbers per year of 365.25 days.

    counts:  along intervals
    ends:    of `ends_of_intervals`

    Over whole years if there are five of them (see `yearly`), else interval by interval.
    """
    by_year = yearly(counts, ends)
    if by_year is not None:
        counts, ends = by_year
    return middles(ends), np.asarray(counts / ((ends[1:] - ends[:-1]) / _YEAR), np.float64)


def middles(ends: Instants) -> Instants:
    """The middle of each interval: one instant fewer than there are ends."""
    return ends[:-1] + (ends[1:] - ends[:-1]) / 2


def yearly(flow: NDArray[Number], ends: Instants) -> tuple[NDArray[Number], Instants] | None:
    """Sums over whole years from the start, and where these begin and end.

    flow:  its first axis is along intervals
    ends:  of `ends_of_intervals`

    None if there are fewer than five whole years, if intervals are no shorter than a year, or if a year ends within an
    interval. What is left after the last whole year is not in the sums.
    """
    ends = instants(ends)
    start, end = (date.astype("datetime64[D]").item() for date in (ends[0], ends[-1]))
    whole = end.year - start.year - ((end.month, end.day) < (start.month, start.day))
    if whole < _FEW_YEARS or len(flow) <= whole:
        return None
    anniversaries = np.array([_years_after(start, year) for year in range(whole + 1)], "datetime64[s]")
    first = np.searchsorted(ends, anniversaries)
    if not np.array_equal(ends[first], anniversaries):
        return None
    return np.add.reduceat(flow[: first[-1]], first[:-1], axis=0), anniversaries


def _years_after(start: Date, years: int) -> str:
    """The anniversary; of 29 February in a year that has none, the day before 1 March."""
    year = start.year + years
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    day = 28 if (start.month, start.day) == (2, 29) and not leap else start.day
    return f"{year:04}-{start.month:02}-{day:02}"
