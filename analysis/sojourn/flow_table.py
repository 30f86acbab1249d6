"""Flows stored as a long table, shown as the dense array that they stand for.

With many regions almost all corridors are empty in almost all intervals, so the simulator writes only the flows that
are not zero: 1-D variables flow_interval, flow_origin, flow_destination, flow_stream (and flow_age and one for each
attribute, where asked for), which hold positions along the dimensions of these names, and flow_count, the moves; all
over the dimension flow_row, in the order of intervals.

Here they become one variable `flow`, with the dimensions that it has in a file with dense flows. It is lazy: selecting
reads the rows of the intervals selected and makes only the selection dense. So a file is worked with in the same way
whichever way it is stored, and memory follows from what is asked for. What would take more than a limit is an error
that says how to ask for less.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np
import xarray
from numpy.typing import NDArray
from xarray.backends.common import BackendArray
from xarray.core import indexing

from sojourn.errors import NotAnOutput, TooLarge

DENSE_LIMIT = 2 * 1024**3
"""Bytes that one selection may take in its dense form, unless `sojourn.open` is told otherwise."""

_ROW = "flow_row"
_COUNT = "flow_count"
_ORDER = ["interval", "origin", "destination", "stream", "age"]
_ROWS_AT_A_TIME = 1 << 20

Positions: TypeAlias = NDArray[np.integer[Any]]
"""Places along a dimension, from 0. Files have 32 bits for them."""


def with_dense_flow(dataset: xarray.Dataset, dense_limit: int = DENSE_LIMIT) -> xarray.Dataset:
    """The same Dataset with `flow` in the place of the columns of a long table; unchanged if it has no such table.

    dataset:      as xarray opens a file
    dense_limit:  bytes that one selection of the flow may take; more is the error TooLarge when it is looked at

    Raises NotAnOutput if the columns do not fit together.
    """
    if _COUNT not in dataset.variables:
        return dataset
    prefix = "flow_"
    columns = {
        str(name)[len(prefix) :]: variable
        for name, variable in dataset.variables.items()
        if variable.dims == (_ROW,) and str(name).startswith(prefix) and name not in (_ROW, _COUNT)
    }
    unknown = [name for name in columns if name not in dataset.sizes]
    missing = [name for name in _ORDER[:4] if name not in columns]
    if unknown or missing:
        raise NotAnOutput(f"the table of flows has no column {missing} or columns without a dimension {unknown}")
    dims = [name for name in _ORDER if name in columns] + [name for name in columns if name not in _ORDER]

    table = FlowTable(
        columns={name: columns[name] for name in dims},
        count=dataset.variables[_COUNT],
        shape=tuple(dataset.sizes[name] for name in dims),
        dense_limit=dense_limit,
    )
    # What the dense variable says, where a table has to say it otherwise.
    attributes = dict(dataset.variables[_COUNT].attrs) | {
        "long_name": "moves from origin to destination",
        "cell_methods": "interval: sum",
    }
    flow = xarray.Variable(dims, indexing.LazilyIndexedArray(table), attributes)
    rest: list[Hashable] = [name for name, variable in dataset.variables.items() if _ROW in variable.dims]
    return dataset.drop_vars(rest).assign(flow=flow)


class FlowTable(BackendArray):
    """The array that a long table stands for, as xarray's lazy indexing wants it.

    It keeps one invariant: the rows are in the order of intervals, so the rows of an interval lie side by side.
    """

    def __init__(
        self,
        columns: dict[str, xarray.Variable],
        count: xarray.Variable,
        shape: tuple[int, ...],
        dense_limit: int,
    ) -> None:
        """The array behind these columns.

        columns:      positions along each dimension, by its name, `interval` first; one for each row
        count:        moves, one for each row, in the unit that the file says
        shape:        the lengths of the dimensions, in the order of the columns
        dense_limit:  bytes that one selection may take
        """
        self.columns = columns
        self.count = count
        self.shape = shape
        self.dtype = count.dtype
        self.dense_limit = dense_limit
        self._first_rows: NDArray[np.int64] | None = None

    def __getitem__(self, key: indexing.ExplicitIndexer) -> NDArray[Any]:
        return np.asarray(indexing.explicit_indexing_adapter(key, self.shape, indexing.IndexingSupport.OUTER, self._select))

    def pieces(self) -> Iterator[tuple[list[Positions], NDArray[Any]]]:
        """All rows, a million at a time: the positions along each dimension, and the counts.

        Raises NotAnOutput if the rows are not in the order of intervals.
        """
        self._first_row_of_each_interval()  # which checks the order
        for first in range(0, self.count.size, _ROWS_AT_A_TIME):
            part = slice(first, first + _ROWS_AT_A_TIME)
            yield [column[part].values for column in self.columns.values()], self.count[part].values

    def total(self, keep: Sequence[int]) -> NDArray[np.int64]:
        """The sums over all dimensions but those at the places `keep`, in the order of `keep`; 64-bit integers.

        Raises NotAnOutput if the rows are not in the order of intervals.
        """
        shape = [self.shape[axis] for axis in keep]
        sums = np.zeros(math.prod(shape), np.int64)
        for positions, count in self.pieces():
            place: Positions = np.zeros(count.size, np.int64)
            for axis in keep:
                place = place * self.shape[axis] + positions[axis]
            np.add.at(sums, place, count)
        return sums.reshape(shape)

    def _select(self, key: tuple[int | slice | Positions, ...]) -> NDArray[Any]:
        """The dense block of the positions that `key` has for each dimension; a single position drops its dimension."""
        wanted = [_positions(part, length) for part, length in zip(key, self.shape)]
        # A position may be asked for twice: the rows are read once and the block is repeated afterwards.
        unique, repeats = zip(*(np.unique(positions, return_inverse=True) for positions in wanted))
        block = self._block(list(unique))
        for axis, repeat in enumerate(repeats):
            if not np.array_equal(repeat, np.arange(block.shape[axis])):
                block = block.take(repeat, axis=axis)
        drop: tuple[Any, ...] = tuple(0 if isinstance(part, (int, np.integer)) else slice(None) for part in key)
        return np.asarray(block[drop])

    def _block(self, wanted: list[Positions]) -> NDArray[Any]:
        """The dense block of sorted positions along each dimension."""
        shape = tuple(len(positions) for positions in wanted)
        size = math.prod(shape) * self.dtype.itemsize
        if size > self.dense_limit:
            raise TooLarge(
                f"flow of the shape {shape} would take {size / 1024**3:.1f} GiB (the limit is "
                f"{self.dense_limit / 1024**3:.1f}): select intervals or regions first, as in "
                "flow.sel(destination=...), or go through it by sojourn.total(flow, [...]) or sojourn.rows(flow, ...); "
                "sojourn.open(path, dense_limit=bytes) changes the limit"
            )
        block = np.zeros(shape, self.dtype)
        # place[axis][position along the dimension] is its place in the block, -1 if it is not wanted.
        place = []
        for positions, length in zip(wanted, self.shape):
            places = np.full(length, -1, np.int64)
            places[positions] = np.arange(len(positions))
            place.append(places)
        for begin, end in self._row_ranges(wanted[0]):
            for first in range(begin, end, _ROWS_AT_A_TIME):
                part = slice(first, min(first + _ROWS_AT_A_TIME, end))
                index = [places[column[part].values] for places, column in zip(place, self.columns.values())]
                keep = np.logical_and.reduce([axis >= 0 for axis in index])
                block[tuple(axis[keep] for axis in index)] = self.count[part].values[keep]
        return block

    def _row_ranges(self, intervals: Positions) -> list[tuple[int, int]]:
        """The rows of these sorted intervals, as few [begin, end) as possible."""
        if len(intervals) == 0:
            return []
        runs = np.split(intervals, np.flatnonzero(np.diff(intervals) > 1) + 1)
        rows = self._first_row_of_each_interval()
        return [(int(rows[run[0]]), int(rows[run[-1] + 1])) for run in runs]

    def _first_row_of_each_interval(self) -> NDArray[np.int64]:
        """Where the rows of each interval begin, and the number of rows at the end. Read once."""
        if self._first_rows is None:
            column = self.columns["interval"]
            counts = np.zeros(self.shape[0], np.int64)
            last = 0
            for first in range(0, column.size, _ROWS_AT_A_TIME):
                part = column[first : first + _ROWS_AT_A_TIME].values.astype(np.int64)
                if part[0] < last or part[-1] >= self.shape[0] or np.any(np.diff(part) < 0):
                    raise NotAnOutput("the table of flows is not in the order of intervals: the file is damaged")
                last = int(part[-1])
                counts += np.bincount(part, minlength=self.shape[0])
            self._first_rows = np.concatenate([[0], np.cumsum(counts)])
        return self._first_rows


def table_behind(array: xarray.DataArray) -> FlowTable | None:
    """The long table that an array stands for as a whole; None if it is dense, loaded, or a selection."""
    data = array.variable._data  # there is no public way to ask what a lazy array is made of
    if not isinstance(data, indexing.LazilyIndexedArray) or not isinstance(data.array, FlowTable):
        return None
    return data.array if all(part == slice(None) for part in data.key.tuple) else None


def _positions(part: int | slice | Positions, length: int) -> Positions:
    """The positions that an index stands for along a dimension of this length, none negative."""
    if isinstance(part, slice):
        return np.arange(length)[part]
    positions = np.atleast_1d(np.asarray(part))
    return np.where(positions < 0, positions + length, positions)
