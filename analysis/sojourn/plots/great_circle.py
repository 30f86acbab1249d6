"""Arcs between two places: on the sphere, and on a flat map."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

Place: TypeAlias = tuple[float, float]
"""Longitude and latitude, in degrees."""


def arc(
    origin: Place, destination: Place, points: int = 60, bow: float = 0.12
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes, in degrees, along the great circle from one place to another (longitude, latitude).

    bow:  how far the middle of a short arc lies to the right of the great circle, as a share of its length (of a long
          one, less): so the two directions of a corridor can be told apart. 0 is the great circle itself.

    points:  how many, both ends included: the length of the two arrays

    Places at opposite ends of the Earth are joined by many great circles; one of them is taken.
    """
    start, end = _vector(*origin), _vector(*destination)
    angle = np.arccos(np.clip(start @ end, -1.0, 1.0))
    share = np.linspace(0.0, 1.0, points)
    if angle < 1e-9:
        line = np.repeat(start[None, :], points, axis=0)
    else:
        # Along the circle from the start: towards the end, at a right angle to the start.
        towards: NDArray[np.floating[Any]] = end - (start @ end) * start
        if np.linalg.norm(towards) < 1e-9:
            towards = np.cross(start, [0.0, 0.0, 1.0] if abs(start[2]) < 0.9 else [1.0, 0.0, 0.0])
        towards = towards / np.linalg.norm(towards)
        line = np.outer(np.cos(share * angle), start) + np.outer(np.sin(share * angle), towards)
        right = np.cross(towards, start)
        line = line + np.outer(bow * angle / (1 + 2 * angle) * np.sin(np.pi * share), right)
        line = line / np.linalg.norm(line, axis=1, keepdims=True)
    return np.degrees(np.arctan2(line[:, 1], line[:, 0])), np.degrees(np.arcsin(np.clip(line[:, 2], -1.0, 1.0)))


def bowed(
    start: NDArray[np.float64], end: NDArray[np.float64], frame: BaseGeometry, points: int = 60
) -> NDArray[np.float64]:
    """Points of an arc on a flat map, from start to end; it bows to the right as far as it stays in the frame.

    start, end:  x and y, in the map's coordinates, like the points; these are an array of the shape (points, 2)
    frame:       the part of the plane that is map; it is convex, so the straight line is always in it
    """
    share = np.linspace(0.0, 1.0, points)[:, None]
    along = end - start
    right = np.array([along[1], -along[0]])
    for bow in (0.12, 0.08, 0.05, 0.025):
        line: NDArray[np.float64] = start + share * along + bow * np.sin(np.pi * share) * right
        if frame.covers(LineString(line)):
            return line
    return start + share * along


def _vector(longitude: float, latitude: float) -> NDArray[np.float64]:
    lon, lat = np.radians(longitude), np.radians(latitude)
    return np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
