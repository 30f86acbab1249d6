"""Which regions a plot shows, and what two outputs must have in common to be held against each other."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import numpy as np
import xarray

from sojourn.errors import UnknownRegion, Unplottable
from sojourn.flows import region_names


def known_regions(run: xarray.Dataset, regions: Sequence[str]) -> list[str]:
    """The codes of regions that are given by code or by name. Raises UnknownRegion, with what may have been meant."""
    names = region_names(run)
    code_of = {name.lower(): code for code, name in names.items()} | {code: code for code in names}
    found = []
    for region in regions:
        alike = [code for code, name in names.items() if name.lower() == f"{region} ({code})".lower()]
        if alike and region not in names:
            raise UnknownRegion(f"several regions are called {region!r}: name one by its code, {' or '.join(alike)}")
        code = code_of.get(region) or code_of.get(region.lower())
        if code is None:
            close = difflib.get_close_matches(region, [*names, *names.values()], n=3, cutoff=0.5)
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            raise UnknownRegion(f"the output has no region {region!r}{hint}")
        found.append(code)
    if not found:
        raise UnknownRegion("no region was named")
    return list(dict.fromkeys(found))


def largest_changes(series: xarray.DataArray, number: int) -> list[str]:
    """The regions whose values change most from the first to the last instant, the largest first.

    series: over time and region
    """
    change = np.abs(series.values[-1].astype(float) - series.values[0].astype(float))
    order = np.argsort(-change, kind="stable")[:number]
    return [str(code) for code in series.region.values[order]]


def single_run(run: xarray.Dataset, *needed: str) -> None:
    """Raises Unplottable unless the Dataset is of one run and has these variables, none of them empty."""
    several = [str(name) for name in ("variant", "replicate") if name in run.dims]
    if several:
        raise Unplottable(f"the output has several runs: select one first, as in run.isel({several[0]}=0)")
    for name in needed:
        if name not in run:
            raise Unplottable(f"the output has no {name}; it has {', '.join(map(str, run.data_vars)) or 'nothing'}")
        if run[name].size == 0:
            raise Unplottable(f"the output's {name} is empty: the run was interrupted before its first step ended")


def same_places_and_times(base: xarray.Dataset, other: xarray.Dataset, axis: str) -> None:
    """Raises Unplottable unless two outputs have the same regions and the same instants or intervals on `axis`."""
    for name, what in (("region", "regions"), (axis, "times")):
        if not np.array_equal(base[name].values, other[name].values):
            raise Unplottable(
                f"the two outputs have different {what} ({base.sizes[name]} and {other.sizes[name]} on {name}): "
                "only runs of the same regions and times can be compared"
            )
