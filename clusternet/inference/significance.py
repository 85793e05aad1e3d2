"""From draws to p-values: never zero, and corrected for the number of clusters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def p_values(
    value: NDArray[np.float64],
    draws: NDArray[np.float64],
    *,
    better: str,
    nothing: NDArray[np.bool_] | None = None,
) -> NDArray[np.float64]:
    """Return, for every cluster, how often chance does at least as well.

    Parameters
    ----------
    value : array of float, shape (k,)
        The scores; NaN where undefined.
    draws : array of float, shape (R, k)
        The scores in R random draws; draws in which a score is undefined are left out for that cluster.
    better : {"higher", "lower", "neither"}
        Which direction is good. Where neither is, a score is described and not tested: "at least as good" has no
        meaning, and a draw in which nothing was found lies on no side.
    nothing : array of bool, shape (R, k), optional
        Draws in which chance found nothing to compare: these count, as not as good.

    Returns
    -------
    array of float, shape (k,)
        (1 + draws at least as good) / (1 + draws), in (0, 1]; NaN where the score or every draw is undefined.

    Examples
    --------
    >>> p_values(np.array([2.0]), np.array([[1.0], [3.0], [0.0]]), better="higher")
    array([0.5])
    """
    if better == "neither":
        return np.full(value.shape, np.nan)
    empty = np.zeros(draws.shape, dtype=bool) if nothing is None else nothing
    defined = ~np.isnan(draws)
    # Sums in another order differ in their last digits; such a difference is none.
    slack = 1e-9 * np.maximum(1.0, np.abs(value))
    as_good = draws >= value - slack if better == "higher" else draws <= value + slack
    count = (defined | empty).sum(axis=0)
    p = (1 + (as_good & defined & ~empty).sum(axis=0)) / (1 + count)
    return np.where(np.isnan(value) | (count == 0), np.nan, p)


def q_values(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the Benjamini-Hochberg adjusted p-values, NaN where p is NaN, shape as given.

    References
    ----------
    Benjamini, Y. & Hochberg, Y. (1995), Controlling the false discovery rate.

    Examples
    --------
    >>> q_values(np.array([0.01, 0.04, np.nan, 0.03]))
    array([0.03, 0.04,  nan, 0.04])
    """
    adjusted = np.full(p.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    scaled = p[order] * len(order) / np.arange(1, len(order) + 1)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted


def effect_sizes(
    value: NDArray[np.float64], draws: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the mean of the draws and the score's distance from it in standard deviations, both of shape (k,).

    The distance is NaN where the draws do not vary or fewer than two are defined.
    """
    defined = ~np.isnan(draws)
    count = defined.sum(axis=0)
    safe = np.where(defined, draws, 0.0)
    mean = np.divide(safe.sum(axis=0), count, out=np.full(value.shape, np.nan), where=count > 0)
    squares = np.where(defined, (draws - mean) ** 2, 0.0).sum(axis=0)
    deviation = np.sqrt(np.divide(squares, count - 1, out=np.zeros(value.shape), where=count > 1))
    effect = np.divide(value - mean, deviation, out=np.full(value.shape, np.nan), where=deviation > 1e-12)
    return mean, effect
