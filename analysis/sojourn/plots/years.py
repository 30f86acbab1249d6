"""Flows by year: over many years, month by month, the dice hide what changes."""

from __future__ import annotations

import numpy as np
import pandas
import xarray

from sojourn.errors import Unplottable

_FEW_YEARS = 5
_YEAR = np.timedelta64(365 * 24 + 6, "h")


def ends_of_intervals(run: xarray.Dataset) -> np.ndarray:
    """Where the intervals of a flow begin and, last, where the last one ends: one instant more than there are flows."""
    if "interval_bnds" not in run.variables:
        raise Unplottable("the output does not say when its intervals end: it has no interval_bnds")
    return np.append(run.interval.values, run.interval_bnds.values[-1, -1])


def per_year(counts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The middles of intervals, and numbers of intervals as numbers per year of 365.25 days.

    counts:  along intervals
    ends:    of `ends_of_intervals`

    Over whole years if there are five of them (see `yearly`), else interval by interval.
    """
    by_year = yearly(counts, ends)
    if by_year is not None:
        counts, ends = by_year
    years = np.diff(ends) / _YEAR
    return ends[:-1] + np.diff(ends) / 2, counts / years


def yearly(flow: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Sums over whole years from the start, and where these begin and end.

    flow:  its first axis is along intervals
    ends:  of `ends_of_intervals`

    None if there are fewer than five whole years, if intervals are no shorter than a year, or if a year ends within an
    interval. What is left after the last whole year is not in the sums.
    """
    start, end = pandas.Timestamp(ends[0]), pandas.Timestamp(ends[-1])
    whole = end.year - start.year - ((end.month, end.day) < (start.month, start.day))
    if whole < _FEW_YEARS or len(flow) <= whole:
        return None
    anniversaries = np.array([start + pandas.DateOffset(years=year) for year in range(whole + 1)], "datetime64[ns]")
    first = np.searchsorted(ends, anniversaries)
    if not np.array_equal(ends[first], anniversaries):
        return None
    return np.add.reduceat(flow[: first[-1]], first[:-1], axis=0), anniversaries
