"""Who waits at offices: requests and decisions, the length of each queue, and how long those served have waited."""

from __future__ import annotations

import numpy as np
import xarray
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sojourn.errors import Unplottable
from sojourn.flows import in_persons, total
from sojourn.plots.choice import single_run
from sojourn.plots.names import LONGEST, short_names
from sojourn.plots.style import BLUE, ORANGE, SKY, new_figure, persons_axis, style, subtitle, time_panel, title_of
from sojourn.plots.years import Numbers, ends_of_intervals, instants, middles, per_year
from sojourn.texts import label, labels, told_apart

_MOST = 12


def has_queues(run: xarray.Dataset) -> bool:
    """Whether the output has queues that `queues` can draw."""
    return "queue_length" in run.variables


def queues(run: xarray.Dataset) -> Figure:
    """A line of three panels for each queue: requests and people served a year, people who wait, and waiting times.

    run: of `sojourn.open`, or a selection of it (`run.sel(region="capital")`); everywhere else all regions together

    Waiting times are the mean of those served in an interval, in days; of a single region also the band in which 80 %
    of them lie. Each panel begins at 0. Raises Unplottable if the output has no queues.
    """
    single_run(run, "stock")
    if not has_queues(run):
        raise Unplottable("the output has no queues: no transition of the scenario has a capacity")
    if "region" not in run.dims:
        run = _with_regions(run)
    names = [str(name) for name in run.queue.values]
    several = "1 queue" if len(names) == 1 else f"{len(names)} queues"
    if len(names) > _MOST:
        requests = in_persons(total(run.queue_requests, ["queue"])).values
        kept = np.sort(np.argsort(-requests, kind="stable")[:_MOST])
        several, names = f"the {_MOST} of {len(names)} queues with the most requests", [names[place] for place in kept]
    regions = "all regions together" if _is_several(run) else f"region {label(run, 'region', str(run.region.values.item()))}"
    with style():
        figure = new_figure(
            9.3, 2.2 * len(names), title_of(run), subtitle("Queues", run, regions, several, "each panel has its own scale")
        )
        axes = figure.subplots(len(names), 3, squeeze=False)
        called = told_apart(labels(run, "queue"))
        titles = [_titles({name: called[name] for name in names}, ending) for ending in ("", ": waiting", ": waiting time")]
        for line, name in zip(axes, names, strict=True):
            one = run.sel(queue=[name], transition=[name])
            for draw, ax, title in zip((_flows, _length, _waiting), line, titles, strict=True):
                draw(ax, one, title[name])
    return figure


def _titles(called: dict[str, str], ending: str) -> dict[str, str]:
    """Of the panels in a column, by queue: whatever must be left out of a long name, what the panel shows is said."""
    short = short_names(called, LONGEST - len(ending))
    return {name: title + ending for name, title in short.items()}


def _with_regions(run: xarray.Dataset) -> xarray.Dataset:
    """The same of one region, along a dimension of one region."""
    kept = ["queue_requests", "queue_length", "transitions", "waiting_time_mean", "waiting_time"]
    return run[kept].expand_dims("region").assign({"interval_bnds": run.interval_bnds})


def _is_several(run: xarray.Dataset) -> bool:
    return bool(run.region.size > 1)


def _summed(array: xarray.DataArray, dimension: str) -> Numbers:
    return in_persons(total(array, [dimension])).values.astype(np.float64)


def _flows(ax: Axes, run: xarray.Dataset, title: str) -> None:
    highest = 0.0
    for variable, colour, what in (("queue_requests", ORANGE, "requests"), ("transitions", BLUE, "served")):
        times, values = per_year(_summed(run[variable], "interval"), ends_of_intervals(run))
        ax.plot(times, values, color=colour, linewidth=2, solid_capstyle="round", label=what)
        highest = max(highest, float(np.max(values, initial=0.0)))
    ax.set_ylim(0, 1.25 * highest if highest > 0 else 1)
    unit = persons_axis(ax.yaxis, 0, highest, ticks=4)
    ax.legend(loc="upper left", ncols=2, borderaxespad=0, handlelength=1.2)
    time_panel(ax, title, f"{unit} persons a year".strip())


def _length(ax: Axes, run: xarray.Dataset, title: str) -> None:
    values = _summed(run.queue_length, "time")
    highest = float(np.max(values, initial=0.0))
    ax.plot(instants(run.time.values), values, color=BLUE, linewidth=2, solid_capstyle="round")
    ax.set_ylim(0, 1.08 * highest if highest > 0 else 1)
    unit = persons_axis(ax.yaxis, 0, highest, ticks=4)
    time_panel(ax, title, f"{unit} persons".strip())


def _waiting(ax: Axes, run: xarray.Dataset, title: str) -> None:
    times = middles(ends_of_intervals(run))
    mean = _mean_wait(run)
    highest = float(np.nanmax(mean, initial=0.0))
    what = "days, mean of those served"
    if not _is_several(run):
        low, high = (_quantile(run, share) for share in (0.1, 0.9))
        ax.fill_between(times, low, high, color=SKY, alpha=0.35, linewidth=0)
        highest = max(highest, float(np.nanmax(high, initial=0.0)))
        what += ", and 80 % of them"
    ax.plot(times, mean, color=BLUE, linewidth=2, solid_capstyle="round")
    ax.set_ylim(0, 1.08 * highest if highest > 0 else 1)
    time_panel(ax, title, what)


def _mean_wait(run: xarray.Dataset) -> Numbers:
    """The mean over all regions: that of each region, weighted by how many were served there."""
    served = total(run.transitions, ["interval", "region"]).values.astype(float)
    days = run.waiting_time_mean.squeeze("queue").transpose("interval", "region").values
    with np.errstate(invalid="ignore"):
        return np.asarray(np.nansum(days * served, axis=1) / served.sum(axis=1))


def _quantile(run: xarray.Dataset, share: float) -> Numbers:
    return np.asarray(run.waiting_time.sel(quantile=share).squeeze(["queue", "region"]).values)
