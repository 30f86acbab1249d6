"""Six plots of outputs. Each takes Datasets of `sojourn.open` and returns a matplotlib.figure.Figure.

* `stock_over_time(run, regions)`: persons in chosen regions, instant by instant
* `plot_top_corridors(run)`: the corridors with the most moves
* `flow_map(run)`: the largest flows as arcs on a map of the world (nothing is downloaded)
* `life_course(run)`: births, deaths, inflow, outflow and transitions a year, and persons by attribute
* `queues(run)`: requests and people served, who waits, and how long
* `difference(base, other)`: two variants and their difference

An output that has not what a picture needs, or has several runs, is the error Unplottable; a region that it does not have
is UnknownRegion.

The figures belong to no window and need no closing: `figure.savefig("stock.png")`, or show one as the last line of a
notebook's cell.
"""

from sojourn.plots.corridors import plot_top_corridors
from sojourn.plots.difference import difference
from sojourn.plots.flow_map import flow_map
from sojourn.plots.life_course import has_life_course, life_course
from sojourn.plots.queues import has_queues, queues
from sojourn.plots.stock import stock_over_time

__all__ = [
    "difference",
    "flow_map",
    "has_life_course",
    "has_queues",
    "life_course",
    "plot_top_corridors",
    "queues",
    "stock_over_time",
]
