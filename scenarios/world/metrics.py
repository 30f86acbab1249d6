"""How near forecasts of flows are to estimates of them, corridor by corridor.

All take two square arrays of persons, [origin, destination], and look at the corridors between different places only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def corridors(matrix: Array) -> Array:
    """The values off the diagonal, as a vector."""
    return matrix[~np.eye(len(matrix), dtype=bool)]


def log_correlation(forecast: Array, estimate: Array) -> float:
    """Pearson correlation of log(1 + persons) over all corridors, empty ones included."""
    return float(np.corrcoef(np.log1p(corridors(forecast)), np.log1p(corridors(estimate)))[0, 1])


def log_correlation_positive(forecast: Array, estimate: Array) -> float:
    """Pearson correlation of log(persons) over the corridors that have at least one person in both."""
    left, right = corridors(forecast), corridors(estimate)
    both = (left >= 1) & (right >= 1)
    return float(np.corrcoef(np.log(left[both]), np.log(right[both]))[0, 1])


def common_part(forecast: Array, estimate: Array) -> float:
    """Common part of commuters (Lenormand et al. 2012): 2 sum(min) / (sum + sum); 1 if equal, 0 if nothing is shared."""
    left, right = corridors(forecast), corridors(estimate)
    return float(2 * np.minimum(left, right).sum() / (left.sum() + right.sum()))


def mean_absolute_error(forecast: Array, estimate: Array) -> float:
    """Persons, mean over all corridors."""
    return float(np.abs(corridors(forecast) - corridors(estimate)).mean())


def total(matrix: Array) -> float:
    """Persons in all corridors."""
    return float(corridors(matrix).sum())
