"""By how much two runs of one and the same scenario would differ by their dice alone."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
import xarray

from sojourn.flows import in_persons, total
from sojourn.plots.years import Counts, Numbers

Variable: TypeAlias = Literal["stock", "flow"]

_TWO_SIDED_95 = 1.96  # standard deviations of the normal law
_OTHER_EVENTS = ("births", "deaths", "inflow", "outflow")


def chance(
    base: xarray.Dataset, other: xarray.Dataset, variable: Variable, change: Counts
) -> Numbers | None:
    """Half the width of the band around 0 that holds 95 % of the differences of two runs that differ by dice alone.

    base, other:  of `sojourn.open`, or the same selection of both; with the same regions and times
    variable:     what is compared: the stock, or the moves into each region
    change:       the second minus the first, over instants (of stock) or intervals (of flow) and regions, in persons

    The result has the shape of `change`, in persons.

    A count of independent events has at most their number as its variance (of a Poisson law; of a sum of coins less),
    so the difference of two runs has at most n + m, the events in both since the two began to differ: for a flow those
    of the interval, for a stock all that have changed it, moves in and out, births, deaths, entries and exits. Where an
    agent stands for p persons, n and m are counted in persons and the variance is p (n + m). It is a rule and no law:
    matched dice make it smaller, and what people do in answer to others can make it larger.

    None where the two are equal, or an output does not hold the events.
    """
    differ = np.flatnonzero(change.any(axis=1))
    if differ.size == 0 or "flow" not in base or "flow" not in other:
        return None
    events = _events(base, variable) + _events(other, variable)
    # A stock differs first at the end of the interval that made it so.
    first = max(int(differ[0]) - (1 if variable == "stock" else 0), 0)
    events[:first] = 0
    if variable == "stock":
        variance = np.zeros(change.shape)
        known = min(len(events), len(variance) - 1)
        variance[1 : known + 1] = np.cumsum(events[:known], axis=0)
        variance[known + 1 :] = variance[known]
    else:
        variance = events
    return np.asarray(_TWO_SIDED_95 * np.sqrt(variance))


def _events(run: xarray.Dataset, variable: Variable) -> Numbers:
    """Over intervals and regions: what counts towards the variance."""
    persons_per_agent = float(run.attrs.get("persons_per_agent", 1))
    events = in_persons(total(run.flow, ["interval", "destination"])).values.astype(float)
    if variable == "stock":
        events += in_persons(total(run.flow, ["interval", "origin"])).values
        for name in _OTHER_EVENTS:
            if name in run:
                events += in_persons(total(run[name], ["interval", "region"])).values
    return np.asarray(events * persons_per_agent)
