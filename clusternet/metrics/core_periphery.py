"""The core that makes a cluster look most like a core and its periphery."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.metrics.inside import inside_graphs
from clusternet.metrics.memory import made_once
from clusternet.metrics.spectral import EXACT_UP_TO
from clusternet.model import ClusteredNetwork

Values = NDArray[np.float64]

#: Up to this many members the core grows by the member with most links to the periphery of that moment.
MOST_GROWN = 60_000


@made_once
def best_fits(c: ClusteredNetwork) -> tuple[Values, NDArray[np.bool_]]:
    """Return the best correlation of each cluster with the ideal pattern.

    All 2^n cores are tried up to 12 members. Beyond that the core grows, which takes n^2 / 2 + m steps, and is bettered
    by exchanges of n steps each; beyond :data:`MOST_GROWN` members it grows in the order of all their partners, which
    takes n log n + m steps, and is not bettered.

    Returns
    -------
    fit : array of float, shape (k,)
        NaN where it is undefined (see the card).
    by_degree : array of bool, shape (k,)
        Where only those with most partners were tried.
    """
    from clusternet.metrics.core_kernels import best_core_by_degree, best_core_found, best_core_of_all

    inside = inside_graphs(c)
    size, pairs = inside.size, inside.pairs
    defined = (size >= 4) & (pairs > 0) & (2 * pairs < size * (size - 1))
    by_degree = defined & (size > MOST_GROWN)
    fit = np.full(c.k, np.nan)
    for cluster in np.flatnonzero(defined):
        low, high = inside.start[cluster], inside.start[cluster + 1]
        if by_degree[cluster]:
            order = np.argsort(-inside.degree[low:high], kind="stable")
            fit[cluster] = best_core_by_degree(low, high, inside.rows, inside.others, order)
        else:
            search = best_core_of_all if high - low <= EXACT_UP_TO else best_core_found
            fit[cluster] = search(low, high, inside.rows, inside.others)
    return fit, by_degree
