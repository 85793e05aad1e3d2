"""The core that makes a cluster look most like a core and its periphery."""

from __future__ import annotations

import igraph
import numpy as np
from numpy.typing import NDArray

from clusternet.metrics.spectral import EXACT_UP_TO, adjacency


def best_fit(graph: igraph.Graph) -> float:
    """Return the best correlation with the ideal pattern, NaN where it is undefined (see the card)."""
    n, m = graph.vcount(), graph.ecount()
    if n < 4 or m == 0 or m == n * (n - 1) // 2:
        return np.nan
    matrix = adjacency(graph).toarray()
    if n <= EXACT_UP_TO:
        cores = ((np.arange(1, 2**n)[:, None] >> np.arange(n)) & 1).astype(np.float64)
        outer = 1 - cores
        return float(np.nanmax(_correlation(n, m, cores.sum(axis=1), ((outer @ matrix) * outer).sum(axis=1) / 2)))
    return _search(matrix, n, m)


def _correlation(n: int, m: int, core: NDArray[np.float64], between_outer: NDArray[np.float64]) -> NDArray[np.float64]:
    """Correlate the links with "one end in the core", given the size of the core and the links of its periphery."""
    pairs = n * (n - 1) / 2
    pattern = pairs - (n - core) * (n - core - 1) / 2
    hits = m - between_outer
    spread = m * (pairs - m) * pattern * (pairs - pattern)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(spread > 0, (pairs * hits - m * pattern) / np.sqrt(spread), np.nan)


def _search(matrix: NDArray[np.float64], n: int, m: int) -> float:
    """Grow the core by the node with most links to the periphery; then exchange single nodes while that helps."""
    outer = np.ones(n)
    links, left = matrix.sum(axis=1), float(m)
    best, best_outer = -np.inf, outer.copy()
    for size in range(1, n - 1):
        chosen = int(np.argmax(np.where(outer > 0, links, -1)))
        left -= links[chosen]
        outer[chosen] = 0
        links = links - matrix[chosen]
        fit = float(_correlation(n, m, np.array([float(size)]), np.array([left]))[0])
        if fit > best:
            best, best_outer = fit, outer.copy()
    outer = best_outer
    while True:
        links = matrix @ outer
        left = float(outer @ links) / 2
        sizes = n - outer.sum() + np.where(outer > 0, 1, -1)
        fits = _correlation(n, m, sizes, np.where(outer > 0, left - links, left + links))
        candidate = int(np.nanargmax(fits))
        if not fits[candidate] > best + 1e-12:
            return best
        best = float(fits[candidate])
        outer[candidate] = 1 - outer[candidate]
