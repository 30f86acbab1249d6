"""A gravity model by Poisson pseudo-maximum likelihood (Santos Silva and Tenreyro 2006), fitted by Newton's method.

mean = exp(covariates @ coefficients); zeros are used as they are, the estimator is consistent whatever the variance.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class NotConverged(Exception):
    """Newton's method did not reach the maximum."""


def log_likelihood(covariates: Array, response: Array, coefficients: Array) -> float:
    """Poisson, without the terms that do not depend on the coefficients."""
    linear = covariates @ coefficients
    return float(response @ linear - np.exp(np.minimum(linear, 700.0)).sum())


def fit(covariates: Array, response: Array, steps: int = 100, tolerance: float = 1e-13) -> Array:
    """Coefficients of a Poisson regression; the first covariate must be the constant 1.

    Newton's step is halved until the likelihood does not fall, so that far starts do not overflow.
    """
    coefficients = np.zeros(covariates.shape[1])
    coefficients[0] = np.log(response.mean())
    value = log_likelihood(covariates, response, coefficients)
    for _ in range(steps):
        mean = np.exp(covariates @ coefficients)
        gradient = covariates.T @ (response - mean)
        information = covariates.T @ (covariates * mean[:, None])
        step = np.linalg.solve(information, gradient)
        if float(gradient @ step) < tolerance * max(1.0, abs(value)):
            return coefficients + step
        length = 1.0
        while length > 1e-8:
            candidate = log_likelihood(covariates, response, coefficients + length * step)
            if candidate >= value:
                break
            length /= 2
        coefficients = coefficients + length * step
        value = log_likelihood(covariates, response, coefficients)
    raise NotConverged(f"no maximum after {steps} steps")


def forecast(before: Array, flow_before: Array, now: Array) -> Array:
    """Flows [origin, destination] expected now, by a model fitted on the flows of the interval before.

    `before`, `now`: covariates [origin, destination, covariate] at the start of the two intervals. Covariates are centred and scaled
    by their spread before, which changes nothing but the arithmetic.
    """
    off = ~np.eye(len(flow_before), dtype=bool)
    centre = before[off].mean(axis=0)
    spread = before[off].std(axis=0)
    centre[0], spread[0] = 0.0, 1.0
    spread[spread == 0] = 1.0
    coefficients = fit((before[off] - centre) / spread, flow_before[off])
    expected = np.zeros_like(flow_before)
    expected[off] = np.exp(((now[off] - centre) / spread) @ coefficients)
    return expected
