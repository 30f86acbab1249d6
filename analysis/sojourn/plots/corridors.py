"""The corridors with the most moves, as bars."""

from __future__ import annotations

import numpy as np
import xarray
from matplotlib.figure import Figure

from sojourn.errors import Unplottable
from sojourn.flows import top_corridors
from sojourn.plots.choice import single_run
from sojourn.plots.names import short_names, short_region_names
from sojourn.plots.style import (
    COLOURS,
    LIGHT,
    moves_label,
    new_figure,
    persons_axis,
    span_of,
    style,
    subtitle,
    title_of,
)

from sojourn.texts import labels as labels_along, told_apart


def plot_top_corridors(run: xarray.Dataset, number: int = 15) -> Figure:
    """The corridors with the most moves over the whole run, each bar divided by stream.

    run:     of `sojourn.open`, or a selection of it (`run.sel(interval=slice("2020", "2024"))`)
    number:  how many corridors, at most

    The names are those of the regions, the numbers are moves: who moves twice counts twice. `sojourn.top_corridors` gives
    the same as a table.
    Raises Unplottable if the output has no flow, or nobody moved.
    """
    single_run(run, "flow")
    table = top_corridors(run, number)
    if table.empty:
        raise Unplottable("nobody moved in this output: there are no corridors to show")
    streams = [str(stream) for stream in run.stream.values]
    # The largest streams have colours of their own; what is left over is grey.
    order = sorted(streams, key=lambda stream: -float(table[stream].sum()))
    order = [stream for stream in order if table[stream].sum() > 0]
    shown, rest = (order, []) if len(order) <= len(COLOURS) else (order[: len(COLOURS)], order[len(COLOURS) :])

    where = np.arange(len(table))
    names = short_region_names(run)
    # A selection may have flows from or to regions that are no longer in it.
    corridors = [" → ".join(names.get(code, code) for code in (row.origin, row.destination)) for row in table.itertuples()]
    told = told_apart(labels_along(run, "stream"))
    called = short_names({name: name.replace("_", " ") if text == name else text for name, text in told.items()})
    what = f"The {len(table)} corridors with the most moves, {span_of(run)}"
    with style():
        figure = new_figure(9.5, 0.31 * len(table) + 1.0, title_of(run), subtitle(what, run))
        ax = figure.subplots()
        left = np.zeros(len(table))
        parts = [(called[stream], table[stream].to_numpy(), COLOURS[i]) for i, stream in enumerate(shown)]
        if rest:
            parts.append((f"{len(rest)} other streams", table[rest].sum(axis=1).to_numpy(), LIGHT))
        for name, moves, colour in parts:
            ax.barh(where, moves, left=left, height=0.72, color=colour, label=name)
            left = left + moves
        for place, moves in zip(where, table["flow"]):
            ax.annotate(f"{moves:,.0f}", (moves, place), xytext=(4, 0), textcoords="offset points", va="center", size=9)
        ax.set_yticks(where, corridors)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        ax.set_ylim(len(table) - 0.4, -0.6)
        ax.set_xlim(0, table["flow"].max() * 1.14)  # room for the number at the end of the longest bar
        unit = persons_axis(ax.xaxis, 0, float(table["flow"].max()), ticks=6)
        only = "" if len(parts) > 1 else f" · stream {parts[0][0]}"
        ax.set_xlabel(moves_label(unit) + only)
        ax.grid(axis="x")
        ax.set_axisbelow(True)
        if len(parts) > 1:
            ax.legend(title="stream", loc="lower right", frameon=True, facecolor="white", edgecolor="white",
                      framealpha=0.9, alignment="left")
    return figure
