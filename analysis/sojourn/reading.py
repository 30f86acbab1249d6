"""Opening an output: `open(path)` gives an xarray.Dataset, whichever way the flows are stored."""

from __future__ import annotations

import importlib
import os
import warnings
from pathlib import Path
from typing import Any, Literal

import h5py
import xarray

from sojourn.errors import IncompleteOutput, IncompleteWarning, NotAnOutput
from sojourn.flow_table import DENSE_LIMIT, with_dense_flow
from sojourn.paths import existing_file, reason

Engine = Literal["netcdf4", "h5netcdf"]
FORMAT = 1
"""The latest format of the file (`sojourn_format`) that is understood; sim/output/format_version.hpp has the writer's."""
_DESCRIBING = {"latitude", "longitude", "age_from", "replicate"}


def open(  # pylint: disable=redefined-builtin
    path: str | os.PathLike[str], *, allow_incomplete: bool = False, dense_limit: int = DENSE_LIMIT
) -> xarray.Dataset:
    """The output of a run as a Dataset that is read lazily: values are loaded when they are looked at.

    The variables, with their dimensions (those in parentheses where the scenario asks for them):

    ================= ========================================= =======================================================
    stock             time, region, (age), (attributes)         persons living in the region at the instant
    flow              interval, origin, destination, stream,    moves during the interval (events, not persons: who
                      (age), (attributes)                       moves twice counts twice)
    relocations       interval_relocations, origin, destination persons alive at both ends of the interval whose
                                                                residence differs at the two ends
    flow_usual        interval_usual, origin, destination       moves by the twelve-month rule; usual_final, along
                                                                interval_usual, is 0 where they are preliminary
    diaspora          time_diaspora, residence, birth           persons by residence and region of birth
    foreign_citizens  time_citizenship, residence, citizenship  persons who are not citizens of their residence, by
                                                                whose citizens they are
    births            interval, region, (attributes)            persons born in the region
    deaths            interval, region, (age), (attributes)     persons that died while they lived in the region
    transitions       interval, region, transition,             changes of an attribute, by what it was before
                      (attributes)
    queue_length      time, region, queue                       persons that wait for a transition with a capacity
    queue_requests    interval, region, queue                   persons that joined the queue
    queue_given_up    interval, region, queue                   persons that gave up waiting
    queue_left        interval, region, queue                   persons that left it otherwise
    waiting_time_mean interval, region, queue                   days that those served had waited
    waiting_time      interval, region, queue, quantile         the same, by the share who waited no longer
    queue_late        interval, region, queue                   persons that were served after the deadline
    limit_amount      interval, limit                           what limits had to give, in their units (limit_unit)
    limit_used        interval, limit                           what was drawn on them
    limit_lost        interval, limit                           what periods left
    turned_away       interval, region, stream                  persons that were to move there and were turned away
    inflow_turned_away interval, region, entry                  persons that were to enter and were turned away
    inflow            interval, region, entry, (attributes)     persons that entered from outside all regions
    outflow           interval, region, exit, (attributes)      persons that left all regions
    factor_NAME       interval, (region), (attributes)          effective value of a factor, after policies
    ================= ========================================= =======================================================

    `region`, `origin`, `destination`, `residence` and `birth` hold the codes of the regions; `region_name`, `latitude`
    (degrees north) and `longitude` (degrees east) lie along `region` where the scenario gives them. What people call
    streams, values of attributes and the rest lies along them as `stream_label`, `sex_label`, and in a language as
    `region_name_az`, `stream_label_az`, where the scenario says it: see `sojourn.label`. `limit`
    holds the name of a limit, with the place of which it is, and `limit_name` the name alone. `time` holds instants;
    `interval` holds the beginnings of intervals and `interval_bnds` both ends. Counts are of persons,
    whatever number of them an agent stands for; `units` say what people call them (persons, EUR per month).

    A file whose flows are a long table (many regions) gives the same Dataset: `flow` looks dense, and each selection
    reads the rows that it needs. See `sojourn.flow_table`; `sojourn.total` and `sojourn.rows` go through a flow of any
    size.

    path:              the file, as written by `sojourn run -o`
    allow_incomplete:  open what an interrupted or running simulation has written so far, with an IncompleteWarning
    dense_limit:       bytes that one selection of a flow from a long table may take; more is the error TooLarge

    The file stays open until the Dataset is closed: use `with sojourn.open(path) as run:`, or `run.load()`.

    Raises MissingOutput, NotAnOutput (which names what was found instead) or IncompleteOutput; a selection of a flow that
    is too large raises TooLarge when its values are looked at.
    """
    file = existing_file(path)
    _check(file, allow_incomplete)
    try:
        opened = xarray.open_dataset(file, engine=_engine(), decode_timedelta=False)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise NotAnOutput(f"{file}: is damaged, or cannot be read as netCDF-4: {error}") from error
    describing = [name for name, array in opened.data_vars.items()
                  if str(name).endswith("_bnds") or name in _DESCRIBING or array.dtype.kind in "OSU"]  # or is of texts
    for array in opened.variables.values():
        if array.dtype.kind == "O":
            array.load()  # netCDF4 reads texts whole or not at all
        # The file says `units` as UDUNITS knows them, and `unit` as people do.
        if "unit" in array.attrs:
            array.attrs["units"] = array.attrs["unit"]
    dataset = with_dense_flow(opened.set_coords(describing), dense_limit)
    dataset.set_close(opened.close)  # a Dataset made from another does not know its file
    return dataset


def provenance(path: str | os.PathLike[str]) -> dict[str, Any]:
    """What may differ between equal runs, from the group /provenance: times, machine, threads, command line.

    path:  the file, as written by `sojourn run -o`; complete or not

    Numbers and texts by name; an empty dict where the file has no such group. `wall_seconds` is in seconds.
    Raises MissingOutput or NotAnOutput.
    """
    file = existing_file(path)
    with _open_hdf5(file) as root:
        group = root.get("provenance")
        if group is None:
            return {}
        return {name: _plain(value) for name, value in group.attrs.items()} | {
            name: _plain(item[()]) for name, item in group.items() if isinstance(item, h5py.Dataset)
        }


def _engine() -> Engine:
    """Who reads: netCDF4 where it is installed, because it opens a file several times faster; the Dataset is the same."""
    with warnings.catch_warnings():
        # Debian's netCDF4 was built with an older numpy and says so, which means nothing to who opens a file.
        warnings.simplefilter("ignore", RuntimeWarning)
        try:
            importlib.import_module("netCDF4")
        except ImportError:
            return "h5netcdf"
    return "netcdf4"


def _open_hdf5(file: Path) -> h5py.File:
    try:
        is_hdf5 = h5py.is_hdf5(file)
        size = file.stat().st_size
        if is_hdf5:
            return h5py.File(file, "r")
        with file.open("rb"):  # where it may not be read, the error says so
            pass
    except OSError as error:
        if "unable to lock" in str(error):
            raise NotAnOutput(f"{file}: is being written by a running simulation; wait for its end") from error
        if "truncated" in str(error):
            raise NotAnOutput(f"{file}: is cut off, as after an interrupted copy; copy or run it again") from error
        raise NotAnOutput(f"{file}: cannot be opened ({reason(error)}); check who may read it") from error
    raise NotAnOutput(f"{file}: is no HDF5 file ({'empty' if size == 0 else f'{size:,} bytes of something else'}); "
                      "expected an output of `sojourn run`")


def _check(file: Path, allow_incomplete: bool) -> None:
    """Raises unless the file is an output of `sojourn run` in a known format that is complete, or may be incomplete."""
    with _open_hdf5(file) as root:
        try:
            missing = [name for name in ("title", "scenario", "complete", "sojourn_format") if name not in root.attrs]
            complete = not missing and bool(root.attrs["complete"])
            written = 0 if missing else int(root.attrs["sojourn_format"])
        except (OSError, KeyError, RuntimeError, TypeError, ValueError) as error:
            raise NotAnOutput(f"{file}: is damaged: {error}") from error
    if missing:
        raise NotAnOutput(f"{file}: is an HDF5 file, but no output of `sojourn run`: "
                          f"it has no attribute {', '.join(missing)}")
    if written > FORMAT:  # its number counts up where something of the same name has another meaning
        raise NotAnOutput(f"{file}: has format {written}, and this package knows {FORMAT} at most; use a newer one")
    if complete:
        return
    if not allow_incomplete:
        raise IncompleteOutput(file)
    warnings.warn(f"{file} is incomplete: it ends before the scenario does", IncompleteWarning, stacklevel=3)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return value.item() if hasattr(value, "item") and getattr(value, "size", 1) == 1 else value
