"""Names beside points of a map, each where it covers neither another name nor another point."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from sojourn.plots.style import INK

# Places to try, the best first: in points from the spot, and which corner of the text lies there.
_PLACES = [
    ((5, 3), "left", "bottom"),
    ((-5, 3), "right", "bottom"),
    ((5, -3), "left", "top"),
    ((-5, -3), "right", "top"),
    ((0, 6), "center", "bottom"),
    ((0, -6), "center", "top"),
]


def add_labels(ax: Axes, spots: NDArray[np.float64], names: dict[int, str]) -> None:
    """Writes names beside spots of an axes whose figure is otherwise finished.

    spots:  x and y of all points, in the axes' data coordinates
    names:  by position in `spots`, the most important first; one that finds no room is left out
    """
    figure = ax.figure
    figure.draw_without_rendering()  # only then does the layout stand
    points = ax.transData.transform(spots)
    reach = 3.0 * figure.dpi / 72
    taken = [Bbox.from_extents(x - reach, y - reach, x + reach, y + reach) for x, y in points]
    frame = ax.get_window_extent()
    for position, name in names.items():
        others = taken[:position] + taken[position + 1 :]
        for offset, horizontal, vertical in _PLACES:
            text = ax.annotate(
                name, spots[position], xytext=offset, textcoords="offset points", ha=horizontal, va=vertical, size=8.5,
                color=INK, zorder=6, path_effects=[withStroke(linewidth=2.2, foreground="white", alpha=0.85)],
            )
            text.set_in_layout(False)
            box = text.get_window_extent()
            inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
            if inside and not any(box.overlaps(other) for other in others):
                taken.append(box)
                break
            text.remove()
