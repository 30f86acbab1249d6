"""What happens to people where they live, and what they are: births, deaths, transitions, inflow, outflow, attributes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import xarray
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sojourn.errors import Unplottable
from sojourn.flows import in_persons, total
from sojourn.plots.choice import single_run
from sojourn.plots.names import short_names
from sojourn.plots.style import BLUE, new_figure, persons_axis, style, subtitle, time_panel, title_of
from sojourn.plots.years import Instants, Numbers, ends_of_intervals, instants, per_year
from sojourn.texts import label, labels, told_apart

_MOST = 20
# By variable: the dimension of its names, and how a panel is called.
_CHANGES = {
    "births": (None, "births"),
    "deaths": (None, "deaths"),
    "inflow": ("entry", "inflow"),
    "outflow": ("exit", "outflow"),
    "transitions": ("transition", "transition"),
}


@dataclass(frozen=True)
class _Panel:
    kind: str
    name: str
    times: Instants
    values: Numbers
    what: str

    @property
    def title(self) -> str:
        return f"{self.kind}: {self.name}" if self.name else self.kind


def has_life_course(run: xarray.Dataset) -> bool:
    """Whether the output has anything that `life_course` draws beside the attributes of stocks."""
    return any(name in run.variables for name in _CHANGES)


def life_course(run: xarray.Dataset) -> Figure:
    """Births, deaths, inflow, outflow and transitions a year, and persons by each attribute, in panels of their own.

    run: of `sojourn.open`, or a selection of it (`run.sel(region="capital")`); everywhere else all regions together

    There are twenty panels at most: of an attribute (or kind of change) with many values the largest have panels of
    their own, one more holds the sum of the others, and a line says so.
    Numbers of an interval are shown as persons per year: over whole years if there are five of them, else interval by
    interval. Each panel begins at 0. Raises Unplottable if the output has none of these.
    """
    single_run(run, "stock")
    kinds = [kind for kind in [*_changes(run), *_attributes(run)] if kind]
    panels, left_out = _chosen(kinds)
    if not has_life_course(run) or not panels:
        raise Unplottable("the output has no births, deaths, transitions, inflow or outflow")
    columns = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3}.get(len(panels), 4)
    lines = -(-len(panels) // columns)
    with style():
        figure = new_figure(
            max(3.1 * columns, 6.2),
            2.2 * lines,
            title_of(run),
            subtitle("Life course", run, "all regions together", "each panel has its own scale", *left_out),
        )
        axes = figure.subplots(lines, columns, squeeze=False)
        titles = short_names(dict(enumerate(panel.title for panel in panels)))
        for position, ax in enumerate(axes.flat):
            if position < len(panels):
                _draw(ax, panels[position], titles[position])
            else:
                ax.remove()
    return figure


def _chosen(kinds: list[list[_Panel]]) -> tuple[list[_Panel], list[str]]:
    """As many panels as a picture holds, and what must be said of the others.

    Each kind has a fair share of the places; where it has more panels its largest are kept, in the order of the file,
    and a last panel holds the sum of all others.
    """
    room, chosen = _MOST, {}
    for waiting, place in enumerate(sorted(range(len(kinds)), key=lambda place: len(kinds[place]))):
        chosen[place] = min(len(kinds[place]), max(1, room // (len(kinds) - waiting)))
        room -= chosen[place]
    called = short_names(dict(enumerate(kind[0].kind for kind in kinds)))
    panels, left_out = [], []
    for place, kind in enumerate(kinds):
        number = chosen[place]
        if number == len(kind):
            panels += kind
            continue
        largest = sorted(range(len(kind)), key=lambda at: -float(np.max(kind[at].values, initial=0.0)))
        kept = sorted(largest[: number - 1])
        others = [kind[at] for at in range(len(kind)) if at not in kept]
        name = kind[0].kind
        panels += [kind[at] for at in kept]
        together = np.sum([one.values for one in others], axis=0)
        panels.append(_Panel(name, f"{len(others)} others", kind[0].times, together, kind[0].what))
        left_out.append(f"of {len(kind)} in '{called[place]}' the {number - 1} largest, the other {len(others)} in one panel")
    return panels, left_out


def _changes(run: xarray.Dataset) -> Iterator[list[_Panel]]:
    """For each kind of change its panels, as persons per year."""
    for variable, (dimension, kind) in _CHANGES.items():
        if variable not in run.variables:
            continue
        kept = ["interval"] if dimension is None else ["interval", dimension]
        counts = in_persons(total(run[variable], kept))
        panels = []
        called = {} if dimension is None else told_apart(labels(run, dimension))
        for name in [None] if dimension is None else list(run[dimension].values):
            one = counts if name is None else counts.sel({dimension: name})
            times, values = per_year(one.values.astype(float), ends_of_intervals(run))
            panels.append(_Panel(kind, "" if name is None else called[str(name)], times, values, "persons a year"))
        yield panels


def _attributes(run: xarray.Dataset) -> Iterator[list[_Panel]]:
    """For each attribute of stocks a panel for each value."""
    for attribute in run.stock.dims:
        if attribute in ("time", "region", "age"):
            continue
        stock = in_persons(total(run.stock, ["time", attribute]))
        times = instants(run.time.values)
        kind, called = label(run, "attribute", str(attribute)), told_apart(labels(run, str(attribute)))
        yield [
            _Panel(kind, called[str(value)], times, stock.sel({attribute: value}).values.astype(float), "persons")
            for value in run[attribute].values
        ]


def _draw(ax: Axes, panel: _Panel, title: str) -> None:
    ax.plot(panel.times, panel.values, color=BLUE, linewidth=2, solid_capstyle="round")
    highest = float(np.max(panel.values, initial=0.0))
    ax.set_ylim(0, 1.08 * highest if highest > 0 else 1)
    unit = persons_axis(ax.yaxis, 0, highest, ticks=4)
    time_panel(ax, title, f"{unit} {panel.what}".strip())
