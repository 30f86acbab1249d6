"""Sojourn's outputs in Python: labelled arrays, six plots, and a check that two outputs are identical.

    import sojourn
    run = sojourn.open("world.h5")                       # an xarray.Dataset
    run.stock.sel(region="DEU")                          # persons, instant by instant
    sojourn.top_corridors(run, number=10)                # a pandas table
    sojourn.plots.flow_map(run).savefig("map.png")

The words are those of the simulator: stock, flow, region, stream, relocation, diaspora, variant.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from sojourn.errors import (
    IncompleteOutput,
    IncompleteWarning,
    MissingOutput,
    NotAnOutput,
    SojournError,
    TooLarge,
    UnknownRegion,
    Unplottable,
)
from sojourn.flows import in_persons, rows, top_corridors, total
from sojourn.identity import differences
from sojourn.reading import open, provenance  # pylint: disable=redefined-builtin
from sojourn.texts import in_language, label, languages

if TYPE_CHECKING:
    from sojourn import plots

__version__ = "0.2.0"

__all__ = [
    "IncompleteOutput",
    "IncompleteWarning",
    "MissingOutput",
    "NotAnOutput",
    "SojournError",
    "TooLarge",
    "UnknownRegion",
    "Unplottable",
    "differences",
    "in_language",
    "in_persons",
    "label",
    "languages",
    "open",
    "plots",
    "provenance",
    "rows",
    "top_corridors",
    "total",
]


def __getattr__(name: str) -> ModuleType:
    """`sojourn.plots` is imported when it is first used: Matplotlib and cartopy take a second to load."""
    if name == "plots":
        import importlib

        return importlib.import_module("sojourn.plots")
    raise AttributeError(f"module 'sojourn' has no attribute {name!r}")
