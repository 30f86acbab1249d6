"""The largest flows as arcs on a map."""

from __future__ import annotations

import math

import numpy as np
import pandas
import xarray
from cartopy import crs
from cartopy.mpl.geoaxes import GeoAxes
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray
from shapely.geometry import LineString, box
from shapely.geometry.base import BaseGeometry

from sojourn.errors import Unplottable
from sojourn.flows import region_names, top_corridors
from sojourn.plots.choice import single_run
from sojourn.plots.coastline import land
from sojourn.plots.great_circle import Place, arc, bowed
from sojourn.plots.labels import add_labels
from sojourn.plots.names import short_region_names
from sojourn.plots.style import (
    BLUE,
    GREY,
    INK,
    LAND,
    SEA,
    VERMILION,
    new_figure,
    persons,
    span_of,
    style,
    subtitle,
    title_of,
)

# From origin to destination. Everyone tells blue from vermilion; between them a dull violet, so that the ends tell.
_DIRECTION = LinearSegmentedColormap.from_list("direction", [BLUE, "#8A7F99", VERMILION])
_WIDEST, _NARROWEST = 8.0, 0.7
_NAMED = 12  # corridors whose ends are named, as far as there is room


def flow_map(run: xarray.Dataset, number: int = 40) -> Figure:
    """The largest flows over the whole run, as arcs along great circles.

    run:     of `sojourn.open`, or a selection of it (`run.sel(stream=["labour"])`)
    number:  how many corridors, at most

    The width of an arc is proportional to the moves, its colour runs from blue at the origin to vermilion at the
    destination, and it keeps to the right of the great circle, so that the two directions of a corridor do not cover
    each other. One that would leave the map at an edge and come back elsewhere, as over the pole, bows on the map instead.
    The map shows the world, or the part of it where the regions lie.
    Raises Unplottable if the output has no flow, nobody moved, or a region of a corridor shown has no coordinates.
    """
    single_run(run, "flow")
    places = _places(run)
    table = top_corridors(run, number)
    if table.empty:
        raise Unplottable("nobody moved in this output: there are no flows to show")
    names = region_names(run)
    ends = list(dict.fromkeys([*table["origin"], *table["destination"]]))
    lost = [names[code] for code in ends if code not in places]
    if lost:
        more = f" and {len(lost) - 5} more" if len(lost) > 5 else ""
        raise Unplottable(f"there is no map without the coordinates of {', '.join(lost[:5])}{more}: "
                          "give latitude and longitude in the scenario's regions")
    projection, extent, height = _view(list(places.values()))

    what = f"The {len(table)} largest flows, {span_of(run)}"
    with style():
        figure = new_figure(11, height + 0.55, title_of(run), subtitle(what, run))
        grid = figure.add_gridspec(2, 1, height_ratios=[height, 0.42])
        ax = figure.add_subplot(grid[0], projection=projection)
        if extent is None:
            ax.set_global()
            if min(latitude for _, latitude in places.values()) > -55:  # the Antarctic says nothing then
                ax.set_ylim(projection.transform_point(11, -58, crs.PlateCarree())[1], projection.y_limits[1])
        else:
            ax.set_extent(extent, crs=projection)
            ax.set_aspect(1 / math.cos(math.radians((extent[2] + extent[3]) / 2)))
        ax.set_facecolor(SEA)
        ax.spines["geo"].set_edgecolor("#C9CED3")
        coast = land()
        if coast is not None:
            ax.add_feature(coast, facecolor=LAND, edgecolor="#C6C2B9", linewidth=0.25)
        _draw_arcs(ax, projection, table, places, _frame(ax, projection))
        spots = projection.transform_points(
            crs.PlateCarree(), *np.array([places[code] for code in ends], float).T
        )
        ax.scatter(spots[:, 0], spots[:, 1], s=9, color=INK, linewidths=0, zorder=5)
        _legend(figure.add_subplot(grid[1]), float(table["flow"].max()))
        short = short_region_names(run)
        important = list(dict.fromkeys(table[["origin", "destination"]].head(_NAMED).to_numpy().ravel()))
        add_labels(ax, spots[:, :2], {ends.index(code): short[code] for code in important})
    return figure


def _places(run: xarray.Dataset) -> dict[str, Place]:
    """Longitude and latitude of each region that has both."""
    missing = Unplottable(
        "the regions have no coordinates, so there is no map: give latitude and longitude in the scenario's regions"
    )
    if "latitude" not in run.variables or "longitude" not in run.variables:
        raise missing
    found = zip(run.region.values, run.longitude.values, run.latitude.values)
    places = {str(code): (float(lon), float(lat)) for code, lon, lat in found if math.isfinite(lon + lat)}
    if not places:
        raise missing
    return places


def _view(places: list[Place]) -> tuple[crs.Projection, tuple[float, float, float, float] | None, float]:
    """The projection, the part of it to show in its own coordinates (None: the world), the map's height in inches."""
    longitudes = np.sort(np.mod([place[0] for place in places], 360.0))
    latitudes = np.array([place[1] for place in places])
    # The widest gap between neighbours around the globe is where no region lies: what is shown begins behind it.
    gaps = np.diff(np.append(longitudes, longitudes[0] + 360.0))
    widest = int(np.argmax(gaps))
    west, width = longitudes[(widest + 1) % len(longitudes)], 360.0 - gaps[widest]
    south, north = float(latitudes.min()), float(latitudes.max())
    if width > 140 or north - south > 80:
        return crs.EqualEarth(central_longitude=11), None, 4.7  # cuts the globe in the Bering Strait
    middle = west + width / 2
    latitude = (south + north) / 2
    shrink = math.cos(math.radians(latitude))
    # A margin around the regions, and a shape that is neither a strip nor a tower. (An azimuthal projection would be
    # truer, but cartopy turns the sea into land where a coastline crosses its horizon.)
    wide, tall = max(width * shrink * 1.3, 0.5), max((north - south) * 1.35, 0.5)
    wide, tall = max(wide, tall * 1.5), max(tall, wide / 2.2)
    projection = crs.PlateCarree(central_longitude=(middle + 180) % 360 - 180)
    half = wide / 2 / shrink
    extent = (-half, half, max(latitude - tall / 2, -89), min(latitude + tall / 2, 89))
    return projection, extent, min(10.5 * tall / wide, 6.0)


def _frame(ax: GeoAxes, projection: crs.Projection) -> BaseGeometry:
    """The part of the projection that the map shows."""
    west, east = sorted(ax.get_xlim())
    south, north = sorted(ax.get_ylim())
    return box(west, south, east, north).intersection(projection.domain)


def _draw_arcs(
    ax: GeoAxes, projection: crs.Projection, table: pandas.DataFrame, places: dict[str, Place], frame: BaseGeometry
) -> None:
    """The largest first, so that none is hidden below one that is wider."""
    largest = float(table["flow"].max())
    seam = abs(projection.x_limits[1] - projection.x_limits[0]) / 2
    for row in table.itertuples():
        points = _on_map(projection, frame, seam, places[row.origin], places[row.destination])
        # Pieces overlap, or the seams between them would shine through.
        pieces = np.stack([points[:-2], points[1:-1], points[2:]], axis=1)
        share = np.linspace(0, 1, len(pieces))
        lines = LineCollection(pieces, colors=_DIRECTION(share), linewidths=_width(row.flow, largest), capstyle="butt",
                               zorder=3)
        ax.add_collection(lines, autolim=False)


def _on_map(
    projection: crs.Projection, frame: BaseGeometry, seam: float, origin: Place, destination: Place
) -> NDArray[np.float64]:
    """Points of an arc in the map's coordinates: along the great circle if all of it is on the map, else across the map."""
    points: NDArray[np.float64] = projection.transform_points(crs.PlateCarree(), *arc(origin, destination))[:, :2]
    if np.isfinite(points).all() and (np.abs(np.diff(points[:, 0])) < seam).all() and frame.covers(LineString(points)):
        return points
    ends = projection.transform_points(crs.PlateCarree(), *np.array([origin, destination], float).T)[:, :2]
    return bowed(ends[0], ends[1], frame)


def _width(flow: float, largest: float) -> float:
    """In points."""
    return max(_WIDEST * flow / largest, _NARROWEST)


def _legend(ax: Axes, largest: float) -> None:
    """What width and colour mean, in a strip below the map."""
    ax.set_axis_off()
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.imshow(np.linspace(0, 1, 128)[None, :], cmap=_DIRECTION, extent=(0.10, 0.30, 0.38, 0.62), aspect="auto")
    ax.text(0.09, 0.5, "origin", ha="right", va="center")
    ax.text(0.31, 0.5, "destination", ha="left", va="center")
    rounded = 10 ** math.floor(math.log10(largest))
    top = next(step * rounded for step in (5, 2, 1) if step * rounded <= largest)
    at = 0.52
    ax.text(at - 0.01, 0.5, "moves", ha="right", va="center", color=GREY)
    for flow in (top / 10, top / 2, top):
        if flow < 1:
            continue
        ax.add_line(Line2D([at, at + 0.045], [0.5, 0.5], color=GREY, linewidth=_width(flow, largest),
                           solid_capstyle="butt"))
        ax.text(at + 0.053, 0.5, persons(flow, figures=1), va="center")
        at += 0.16
