"""Persons in chosen regions over time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sojourn.flows import in_persons, total
from sojourn.plots.choice import known_regions, largest_changes, single_run
from sojourn.plots.names import short_region_names
from sojourn.plots.style import (
    BLUE,
    new_figure,
    persons,
    persons_axis,
    share,
    style,
    subtitle,
    time_panel,
    title_of,
)
from sojourn.plots.years import instants

_MOST = 8
_MOST_NAMED = 40  # more than that is no picture any more


def stock_over_time(run: xarray.Dataset, regions: Sequence[str] | None = None) -> Figure:
    """The stock of each region as a line in a panel of its own, with its change over the run.

    run:      of `sojourn.open`, or a selection of it (`run.sel(sex="female")`)
    regions:  codes or names, the first forty of them; without them the eight whose stock changes most

    Each panel has its own scale, which need not begin at 0: regions differ in size by more than their stocks change.
    Raises UnknownRegion, or Unplottable if the output has no stock.
    """
    single_run(run, "stock")
    stock = in_persons(total(run.stock, ["time", "region"]))
    chosen = known_regions(run, regions) if regions is not None else largest_changes(stock, _MOST)
    named = len(chosen)
    chosen = chosen[:_MOST_NAMED]
    names = short_region_names(run)
    columns = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3}.get(len(chosen), 4)
    lines = -(-len(chosen) // columns)
    what = "Stock over time" if regions is not None or len(chosen) == run.sizes["region"] else (
        f"Stock over time, the {len(chosen)} regions where it changes most"
    )
    if named > len(chosen):
        what = f"Stock over time, the first {len(chosen)} of the {named} regions named"
    with style():
        figure = new_figure(
            max(3.1 * columns, 6.2), 2.35 * lines, title_of(run), subtitle(what, run, "each panel has its own scale")
        )
        axes = figure.subplots(lines, columns, squeeze=False, sharex=True)
        for position, ax in enumerate(axes.flat):
            if position < len(chosen):
                _panel(ax, stock.sel(region=chosen[position]), names[chosen[position]])
                # Where the row below is shorter, this panel has the lowest axis of its column.
                ax.xaxis.set_tick_params(labelbottom=position + columns >= len(chosen))
            else:
                ax.remove()
    return figure


def _panel(ax: Axes, stock: xarray.DataArray, name: str) -> None:
    values = stock.values.astype(float)
    times = instants(stock.time.values)
    ax.plot(times, values, color=BLUE, linewidth=2, solid_capstyle="round")
    ax.plot(times[-1:], values[-1:], "o", color=BLUE, markersize=4, clip_on=False)
    change = values[-1] - values[0]
    percent = share(change, values[0])
    low, high = float(np.min(values)), float(np.max(values))
    room = 0.08 * (high - low) if high > low else max(1.0, 0.02 * high)
    ax.set_ylim(max(0.0, low - room), high + room)
    unit = persons_axis(ax.yaxis, low, high, ticks=4)
    by_how_much = persons(change, signed=True) + (f" ({percent})" if percent else "")
    time_panel(ax, name, f"{unit} persons, {by_how_much}".strip())
