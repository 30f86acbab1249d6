"""Sums and tables of arrays that may be larger than memory: they go through the file some intervals at a time."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence

import numpy as np
import pandas
import xarray

from sojourn.errors import Unplottable
from sojourn.flow_table import table_behind
from sojourn.texts import told_apart

_BYTES_AT_A_TIME = 256 * 1024**2


def total(array: xarray.DataArray, keep: Sequence[str]) -> xarray.DataArray:
    """The sum of an array of counts over every dimension that is not named in `keep`.

    array:  a stock or flow of a Dataset of `sojourn.open`, or a selection of it; it may be larger than memory
    keep:   names of dimensions; the result has them in this order. Those that the array has not are an error

    The result is loaded (it must fit into memory), in the array's unit (persons, moves), as 64-bit integers where the
    array holds integers. Coordinates along the dimensions kept are kept. Raises ValueError for an unknown dimension.
    """
    unknown = [name for name in keep if name not in array.dims]
    if unknown:
        known = ", ".join(map(str, array.dims))
        raise ValueError(f"{array.name} has no dimension {', '.join(unknown)}; it has {known}")
    table = table_behind(array)
    if table is not None:
        sums = table.total([array.dims.index(name) for name in keep])
        like = array.isel({name: 0 for name in array.dims if name not in keep}, drop=True).transpose(*keep)
        return like.copy(data=sums)
    drop = [name for name in array.dims if name not in keep]
    return _total_of_dense(array, keep, drop)


def _total_of_dense(array: xarray.DataArray, keep: Sequence[str], drop: Sequence[Hashable]) -> xarray.DataArray:
    slow = str(array.dims[0]) if array.dims else ""
    sums = (part.sum(drop) for part in _blocks(array, slow))
    first = next(sums, None)
    if first is None:
        result = array.sum(drop)
    elif slow in keep:
        result = xarray.concat([first, *sums], dim=slow, coords="minimal", compat="override")
    else:
        result = first.copy()
        for part in sums:  # one at a time: all of them together may be larger than the array
            result.values += part.values
    result = result.transpose(*keep)
    result.attrs = dict(array.attrs)
    return result.rename(array.name)


def in_persons(array: xarray.DataArray) -> xarray.DataArray:
    """Counts in persons (or moves of persons), whatever number of persons an agent of the run stands for.

    array: a stock, flow, relocations or diaspora. One that is in persons already is returned as it is
    """
    scale = persons_each(array)
    if scale == 1:
        return array
    with xarray.set_options(keep_attrs=True):
        scaled: xarray.DataArray = array * (int(scale) if float(scale).is_integer() else scale)
    return scaled.assign_attrs(units="persons")


def persons_each(array: xarray.DataArray) -> float:
    """How many persons 1 stands for in an array of counts."""
    if str(array.attrs.get("units", "")).startswith("agents"):
        return float(array.attrs["persons_per_agent"])
    return 1.0


def rows(flow: xarray.DataArray) -> pandas.DataFrame:
    """A flow as a table with one row for each entry that is not zero: the long form that pandas and R like.

    flow:  of a Dataset of `sojourn.open`, or a selection of it

    The columns are the labels along each dimension, under its name, and last the moves, in the flow's unit and under its
    name. Rows are in the order of the dimensions. The table must fit into memory.
    """
    table = table_behind(flow)
    if table is not None:
        pieces = ({str(name): flow[name].values[at] for name, at in zip(flow.dims, positions)} | {str(flow.name): count}
                  for positions, count in table.pieces())
        tables = [pandas.DataFrame(piece) for piece in pieces]
        return pandas.concat(tables, ignore_index=True) if tables else _no_rows(flow)
    tables = []
    for part in _blocks(flow, str(flow.dims[0])):
        values = part.values
        index = np.nonzero(values)
        labels = {str(dim): part[dim].values[positions] for dim, positions in zip(part.dims, index)}
        tables.append(pandas.DataFrame(labels | {str(flow.name): values[index]}))
    if not tables:
        return _no_rows(flow)
    return pandas.concat(tables, ignore_index=True)


def top_corridors(run: xarray.Dataset, number: int = 15) -> pandas.DataFrame:
    """The corridors with the most moves over the whole run, the largest first.

    run:     of `sojourn.open`, or a selection of it
    number:  how many, at most; corridors without a move are left out

    The columns: origin and destination (codes), origin_name and destination_name, flow (moves of persons), and the
    moves of each stream under the stream's name. Corridors with equal flows are in the order of the regions.
    Raises Unplottable if the output has no flow, ValueError if it has no dimension origin, destination or stream.
    """
    if "flow" not in run:
        raise Unplottable("the output has no flow")
    by_stream = in_persons(total(run.flow, ["origin", "destination", "stream"]))
    flow = by_stream.sum("stream").values
    used = np.flatnonzero(flow)
    order = used[np.argsort(-flow.ravel()[used], kind="stable")[:number]]
    origin, destination = np.unravel_index(order, flow.shape)
    names = region_names(run)
    table = pandas.DataFrame(
        {
            "origin": by_stream.origin.values[origin],
            "destination": by_stream.destination.values[destination],
        }
    )
    table["origin_name"] = [names.get(code, code) for code in table["origin"]]
    table["destination_name"] = [names.get(code, code) for code in table["destination"]]
    table["flow"] = flow[origin, destination]
    for position, stream in enumerate(by_stream.stream.values):
        table[str(stream)] = by_stream.values[origin, destination, position]
    return table


def region_names(run: xarray.Dataset) -> dict[str, str]:
    """The name of each region by its code, with the code where several have one name; without a name the code alone."""
    codes = [str(code) for code in run.region.values]
    if "region_name" not in run.variables:
        return {code: code for code in codes}
    return told_apart({code: str(name) or code for code, name in zip(codes, run.region_name.values)})


def _blocks(array: xarray.DataArray, dim: str) -> Iterator[xarray.DataArray]:
    """The array in loaded pieces along a dimension, each of about 256 MiB or one position."""
    if not dim:
        return
    length = array.sizes[dim]
    each = math.prod(size for name, size in array.sizes.items() if name != dim) * array.dtype.itemsize
    step = max(1, _BYTES_AT_A_TIME // max(each, 1))
    for first in range(0, length, step):
        # A copy that is loaded and dropped: load() on the array itself would keep all of it.
        yield array.isel({dim: slice(first, first + step)}).copy(deep=False).load()


def _no_rows(flow: xarray.DataArray) -> pandas.DataFrame:
    return pandas.DataFrame(columns=[*map(str, flow.dims), str(flow.name)])
