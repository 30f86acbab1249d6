"""The land of the map, from the coarse GSHHS coastline that comes with cartopy. Nothing is ever downloaded.

cartopy's own GSHHSFeature fetches the file from the network where it is not installed; here it is only looked for, in
cartopy's folders, and a map without it has no land, with a warning that names the package. (Wessel and Smith, 1996: a
global, self-consistent, hierarchical, high-resolution shoreline database.)
"""

from __future__ import annotations

import logging
import warnings
from functools import cache
from pathlib import Path

import cartopy
from cartopy import crs
from cartopy.feature import ShapelyFeature
from cartopy.io.shapereader import Reader
from shapely.geometry.base import BaseGeometry

from sojourn.paths import reason

_FILE = Path("shapefiles", "gshhs", "c", "GSHHS_c_L1.shp")


def coastline_file() -> Path | None:
    """The coarse coastline on this machine, or None."""
    for folder in ("pre_existing_data_dir", "repo_data_dir", "data_dir"):
        if cartopy.config.get(folder):
            file = Path(cartopy.config[folder]) / _FILE
            if file.is_file():
                return file
    return None


@cache
def _land(file: Path) -> tuple[BaseGeometry, ...]:
    # The reader remarks at length on islands whose points run the other way around; they are drawn all the same.
    logger = logging.getLogger("shapefile")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        return tuple(Reader(str(file)).geometries())
    finally:
        logger.setLevel(level)


def land() -> ShapelyFeature | None:
    """The land masses of the Earth; None, with a warning, where the coastline is not installed or cannot be read."""
    file = coastline_file()
    if file is None:
        warnings.warn("the map has no coastline: install cartopy's data (Debian: python-cartopy-data)", stacklevel=3)
        return None
    try:
        return ShapelyFeature(_land(file), crs.PlateCarree())
    except Exception as error:  # pylint: disable=broad-exception-caught  # in a damaged file anything may go wrong
        warnings.warn(f"the map has no coastline: {file} cannot be read ({reason(error)}); install cartopy's data anew "
                      "(Debian: python-cartopy-data)", stacklevel=3)
        return None
