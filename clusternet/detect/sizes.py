"""How many members clusters have: what it costs, in nats, to tell the sizes of a partition."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from clusternet.model.kernels import compiled, inlined

#: Shapes of the distribution of cluster sizes that are tried: 1 is geometric, large ones make sizes alike.
_SIZE_SHAPES = np.array([0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 64.0, 1e6])
_ONE_SHAPE = np.array([1.0])
#: Up to so many nodes the log-gammas of sizes are kept from one description to the next.
_MOST_KEPT = 1 << 16


def size_table(sizes: NDArray[np.float64], n: int) -> tuple[NDArray[np.float64], float]:
    """Fit the distribution of cluster sizes.

    Parameters
    ----------
    sizes : array of float, shape (B,)
        Members of each group, 1 or more, n together.
    n : int
        Nodes.

    Returns
    -------
    table : array of float, shape (n + 1,)
        The log-probability of each size.
    cost : float
        What is left to add, in nats, so that sizes that add up to n are told apart from those that do not.
    """
    groups = len(sizes)
    mean = n / groups - 1
    table = np.zeros(n + 1)
    if mean <= 0:
        # All are alone: 1 is the only size, and telling so costs nothing.
        table[2:] = -50.0
        return table, math.log(n)
    shapes = _SIZE_SHAPES if groups > 1 else _ONE_SHAPE
    others = (sizes - 1).astype(np.int64)
    kept = n <= _MOST_KEPT
    shaped, plain = _log_gammas(1 << (n - 1).bit_length()) if kept else (np.empty((0, 0)), np.empty(0))
    if kept and groups > 1:
        shaped_others, plain_others = shaped[:, others], plain[others]
    else:
        shaped_others, plain_others = gammaln(others + shapes[:, None]), gammaln(others + 1.0)
    together = gammaln(n - groups + shapes * groups), gammaln(shapes * groups), float(gammaln(n - groups + 1.0))
    best, price = _best_shape(others, mean, shapes, gammaln(shapes), shaped_others, plain_others, *together)
    shape = float(shapes[best])
    if kept and groups > 1:
        shaped_counts, plain_counts = shaped[best], plain
    else:
        counts = np.arange(n, dtype=np.float64)
        shaped_counts, plain_counts = gammaln(counts + shape), gammaln(counts + 1)
    _fill_sizes(mean, shape, float(gammaln(shape)), shaped_counts, plain_counts, table)
    return table, price + math.log(n)


@lru_cache(maxsize=20)
def _log_gammas(n: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the log-gammas of 0 to n - 1 with each shape added, and with 1 added: every description asks for them."""
    counts = np.arange(n, dtype=np.float64)
    return gammaln(counts + _SIZE_SHAPES[:, None]), gammaln(counts + 1)


@inlined
def _log_binomial(x, mean, shape, above, below, factorial):  # type: ignore[no-untyped-def]
    """Return the log-probability of a count under a negative binomial distribution, from its three log-gammas."""
    return above - below - factorial + shape * math.log(shape / (shape + mean)) + x * math.log(mean / (shape + mean))


@compiled
def _best_shape(others, mean, shapes, below, shaped, plain, above_all, below_all, plain_all):  # type: ignore[no-untyped-def]
    """Return which shape describes the sizes most shortly, and the cost of all sizes adding up to what they do."""
    groups, together = len(others), 0.0
    for r in range(groups):
        together += others[r]
    best, least, price = 0, math.inf, 0.0
    for s in range(len(shapes)):
        told = _log_binomial(together, mean * groups, shapes[s] * groups, above_all[s], below_all[s], plain_all)
        told += 0.5 * math.log(groups) if shapes[s] != 1.0 else 0.0
        saved = 0.0
        for r in range(groups):
            saved += _log_binomial(others[r], mean, shapes[s], shaped[s, r], below[s], plain[r])
        if told - saved < least - 1e-9:
            best, least, price = s, told - saved, told
    return best, price


@compiled
def _fill_sizes(mean, shape, below, shaped, plain, table):  # type: ignore[no-untyped-def]
    """Fill in the log-probability of each size from 1 on."""
    for size in range(1, len(table)):
        table[size] = _log_binomial(size - 1.0, mean, shape, shaped[size - 1], below, plain[size - 1])
