"""Two variants and their difference over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sojourn.errors import Unplottable
from sojourn.flows import in_persons, total
from sojourn.outputs import made_with_other_outputs
from sojourn.plots.chance import Variable, chance
from sojourn.plots.choice import known_regions, same_places_and_times, single_run
from sojourn.plots.names import short_names, short_region_names
from sojourn.plots.style import (
    BLUE,
    GREY,
    INK,
    SKY,
    VERMILION,
    day,
    dice_of,
    moves_label,
    new_figure,
    persons_axis,
    persons_label,
    style,
    time_axis,
    title_of,
    variant_of,
)
from sojourn.plots.years import Counts, Instants, Numbers, ends_of_intervals, instants, yearly

_MOST = 4
_MOST_NAMED = 8
_SAID = "one pair of runs: dice alone would stay within the band 95 % of the time"
# Told apart by colour and, in black and white, by kind of line.
_BASE: dict[str, Any] = {"color": BLUE, "linewidth": 2}
_OTHER: dict[str, Any] = {"color": VERMILION, "linewidth": 1.6, "linestyle": (0, (4, 1.6))}
_BAND: dict[str, Any] = {"color": SKY, "alpha": 0.35, "linewidth": 0}
_DIFFERENCE: dict[str, Any] = {"color": INK, "linewidth": 1.4}


def difference(
    base: xarray.Dataset,
    other: xarray.Dataset,
    variable: Variable = "stock",
    regions: Sequence[str] | None = None,
) -> Figure:
    """Two variants of a scenario: above, each over time; below, the second minus the first.

    base, other:  of `sojourn.open`, or the same selection of both; with the same regions and times
    variable:     `stock`: persons in each region; `flow`: moves into each region, year by year where there are many
                  years (from the start, whole years only), else interval by interval
    regions:      codes or names; without them the four where the two differ most (stock: at any instant; flow: summed
                  over the run)

    The band around 0 is where dice alone would put 95 % of the differences of one pair of runs of the same scenario; see
    `sojourn.plots.chance`. At most eight regions are drawn. The subtitle says until when the two are equal: with the
    same seed they are, to the last person, until the first step in which a policy acts; or that they have other dice,
    because outputs of one of them need records of movers.

    Raises UnknownRegion, or Unplottable if the two cannot be compared.
    """
    if variable not in ("stock", "flow"):
        raise Unplottable(f"stock or flow can be compared, not {variable!r}")
    for run in (base, other):
        single_run(run, variable)
    axis = "time" if variable == "stock" else "interval"
    same_places_and_times(base, other, axis)
    one, two = _series(base, variable), _series(other, variable)
    change = two.values - one.values
    band = chance(base, other, variable, change)
    chosen = known_regions(base, regions) if regions is not None else _most_different(base, variable, change)
    named, chosen = len(chosen), chosen[:_MOST_NAMED]
    names = short_region_names(base)
    labels = _labels(base, other)
    width = max(3.3 * len(chosen[:_MOST_NAMED]), 6.6)
    equal = made_with_other_outputs(base.attrs, other.attrs) or _equal_until(one, change, axis)
    times, lines, what = instants(one[axis].values), np.stack([one.values, two.values], axis=1), "Stock"
    if variable == "flow":
        times, what = ends_of_intervals(base), "Moves into each region, interval by interval"
        by_year = yearly(lines, times)
        if by_year is not None:
            variances = None if band is None else yearly(band**2, times)  # they add up, unlike deviations
            band = None if variances is None else np.sqrt(variances[0])
            (lines, times), what = by_year, "Moves into each region, year by year"
    if named > len(chosen):
        what += f", the first {len(chosen)} of the {named} regions named"
    with style():
        figure = new_figure(
            width,
            4.9,
            title_of(base),
            f"{what}: {labels[1]} minus {labels[0]} · {equal}" + (f" · {_SAID}" if band is not None else ""),
        )
        grid = figure.add_gridspec(3, len(chosen), height_ratios=[3, 2, 0.5 if width < 8 else 0.25])
        first: Axes | None = None
        for column, code in enumerate(chosen):
            upper = figure.add_subplot(grid[0, column], sharex=first)
            first = first or upper
            lower = figure.add_subplot(grid[1, column], sharex=first)
            position = list(base.region.values).index(code)
            units = (
                _two_lines(upper, times, lines[:, 0, position], lines[:, 1, position]),
                _one_difference(lower, times, lines[:, 1, position] - lines[:, 0, position],
                                None if band is None else band[:, position]),
            )
            upper.set_title(names[code], weight="bold")
            upper.tick_params(labelbottom=False)
            label = persons_label if variable == "stock" else moves_label
            upper.set_ylabel(label(units[0]))
            lower.set_ylabel(f"difference ({units[1]})" if units[1] else "difference")
            time_axis(lower.xaxis)
        _legend(figure.add_subplot(grid[2, :]), labels, band is not None, columns=2 if width < 8 else 4)
    return figure


def _series(run: xarray.Dataset, variable: Variable) -> xarray.DataArray:
    """Over time and region: persons, or moves into the region."""
    if variable == "stock":
        return in_persons(total(run.stock, ["time", "region"]))
    return in_persons(total(run.flow, ["interval", "destination"])).rename(destination="region")


def _most_different(base: xarray.Dataset, variable: Variable, change: Counts) -> list[str]:
    size = np.abs(change).max(axis=0) if variable == "stock" else np.abs(change.sum(axis=0))
    order = np.argsort(-size, kind="stable")[:_MOST]
    return [str(code) for code in base.region.values[order]]


def _labels(base: xarray.Dataset, other: xarray.Dataset) -> tuple[str, str]:
    """The variants' names, or whatever else tells the two runs apart."""
    one, two = variant_of(base) or "first", variant_of(other) or "second"
    if one == two:
        dice = [dice_of(run) for run in (base, other)]
        return (f"{one}, {dice[0]}", f"{two}, {dice[1]}") if dice[0] != dice[1] else (
            f"{one} (first file)", f"{two} (second file)")
    return one, two


def _equal_until(series: xarray.DataArray, change: Counts, axis: str) -> str:
    differ = np.flatnonzero(change.any(axis=1))
    if differ.size == 0:
        return "the two are equal"
    if differ[0] == 0:
        return "different from the start"
    # A flow belongs to the interval that begins at its label: the two are equal until that beginning.
    last_equal = series[axis].values[differ[0] - (1 if axis == "time" else 0)]
    return f"equal until {day(last_equal)}"


def _line(ax: Axes, times: Instants, values: Counts, **how: Any) -> None:
    """A line through instants; or steps, where there is one more time than values, since a flow is of its interval."""
    if len(times) == len(values):
        ax.plot(times, values, **how)
    else:
        ax.plot(times, np.append(values, values[-1]), drawstyle="steps-post", **how)


def _two_lines(ax: Axes, times: Instants, one: Counts, two: Counts) -> str:
    """Draws both; returns the unit of the axis."""
    _line(ax, times, one, **_BASE)
    _line(ax, times, two, **_OTHER)
    low, high = float(min(one.min(), two.min())), float(max(one.max(), two.max()))
    room = 0.08 * (high - low) if high > low else max(1.0, 0.02 * high)
    ax.set_ylim(max(0.0, low - room), high + room)
    _grid(ax)
    return persons_axis(ax.yaxis, low, high, ticks=5)


def _one_difference(ax: Axes, times: Instants, change: Counts, band: Numbers | None) -> str:
    """Draws the difference around 0, and what dice alone would do; returns the unit of the axis."""
    ax.axhline(0, color=GREY, linewidth=0.8)
    steps = len(times) > len(change)
    widest = 0.0
    if band is not None:
        filled = np.append(band, band[-1]) if steps else band
        ax.fill_between(times, filled, -filled, step="post" if steps else None, **_BAND)
        widest = float(band.max(initial=0.0))
    _line(ax, times, change, **_DIFFERENCE)
    low, high = min(float(change.min()), -widest, 0.0), max(float(change.max()), widest, 0.0)
    room = 0.12 * (high - low) if high > low else 1.0
    ax.set_ylim(low - room, high + room)
    if not change.any():
        ax.annotate("no difference", (0.5, 0.5), xycoords="axes fraction", xytext=(0, 6), textcoords="offset points",
                    ha="center", color=GREY)
    _grid(ax)
    return persons_axis(ax.yaxis, low, high, signed=True, ticks=4)


def _grid(ax: Axes) -> None:
    ax.grid(axis="y")
    ax.set_axisbelow(True)
    ax.margins(x=0.02)


def _legend(ax: Axes, labels: tuple[str, str], has_band: bool, columns: int) -> None:
    """In a strip below all panels, where it covers nothing."""
    ax.set_axis_off()
    short = short_names(dict(enumerate(labels)), 34)
    minus = f"{labels[1]} minus {labels[0]}"
    lines: list[Line2D | Patch] = [
        Line2D([], [], label=short[0], **_BASE),
        Line2D([], [], label=short[1], **_OTHER),
        Line2D([], [], label=minus if len(minus) <= 34 else "the second minus the first", **_DIFFERENCE),
    ]
    if has_band:
        lines.append(Patch(label="dice alone, 95 %", **_BAND))
    ax.legend(handles=lines, loc="center left", ncols=columns, borderpad=0, handlelength=2.6)
