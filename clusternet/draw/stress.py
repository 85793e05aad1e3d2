"""Placing nodes so that what is far in the graph is far on paper: stress majorisation, and springs for large graphs."""

from __future__ import annotations

import igraph
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

#: Up to so many nodes every pair is weighed; beyond, springs between the linked ones do.
MOST_DENSE = 400
ROUNDS = 30
_SPRING_ROUNDS = 80
Points = NDArray[np.float64]


def graph_distances(matrix: sparse.csr_array) -> Points:
    """Return the number of steps, or the length, between every two nodes; parts that are not linked stand apart.

    Parameters
    ----------
    matrix : sparse array, shape (n, n)
        Symmetric lengths of links.

    Returns
    -------
    array of float, shape (n, n)
        Distances, all finite.
    """
    found = np.asarray(csgraph.shortest_path(matrix, directed=False))
    reached = np.isfinite(found)
    if not reached.all():
        typical = float(matrix.data.mean()) if matrix.nnz else 1.0
        found[~reached] = found[reached].max(initial=typical) + typical
    return found


def majorised(start: Points, wanted: Points, *, rounds: int = ROUNDS) -> Points:
    """Move points until their distances are as near to the wanted ones as may be, short ones first.

    Parameters
    ----------
    start : array of float, shape (n, 2)
        Where they begin; no two on one spot.
    wanted : array of float, shape (n, n)
        Symmetric distances above 0 outside the diagonal.
    rounds : int
        Steps.

    Returns
    -------
    array of float, shape (n, 2)
        Places, centred.

    References
    ----------
    Gansner, E. R., Koren, Y. & North, S. (2005), Graph drawing by stress majorization, GD 2004.
    """
    count = len(start)
    if count < 2:
        return np.zeros_like(start)
    distance = wanted + np.eye(count)
    weight = distance**-2
    np.fill_diagonal(weight, 0.0)
    pull = np.diag(weight.sum(axis=1)) - weight
    inverse = np.linalg.inv(pull + 1.0 / count) - 1.0 / count
    weighed = weight * wanted
    points = start - start.mean(axis=0)
    # The best scale of the start, so that no round is lost on it.
    now = _lengths(points)
    points = points * ((weighed * now).sum() / max((weight * now**2).sum(), 1e-300))
    for _ in range(rounds):
        now = _lengths(points)
        ratio = np.divide(weighed, now, out=np.zeros_like(now), where=now > 1e-12)
        points = inverse @ (ratio.sum(axis=1)[:, None] * points - ratio @ points)
    return points


def _lengths(points: Points) -> Points:
    across = points[:, None, 0] - points[None, :, 0]
    along = points[:, None, 1] - points[None, :, 1]
    return np.asarray(np.sqrt(across * across + along * along))


def sprung(start: Points, first: NDArray[np.int64], second: NDArray[np.int64]) -> Points:
    """Move the nodes of a large graph a little by springs, beginning where they are, and centre them.

    Parameters
    ----------
    start : array of float, shape (n, 2)
        Where they begin.
    first, second : array of int, shape (p,)
        The linked pairs.

    Returns
    -------
    array of float, shape (n, 2)
        Places.

    References
    ----------
    Fruchterman, T. M. J. & Reingold, E. M. (1991), Graph drawing by force-directed placement.
    """
    count = len(start)
    graph = igraph.Graph(n=count, edges=np.column_stack([first, second]))
    scaled = start * (0.5 * np.sqrt(count))
    points = np.array(
        graph.layout_fruchterman_reingold(
            seed=scaled.tolist(), niter=_SPRING_ROUNDS, start_temp=np.sqrt(count) / 10
        ).coords
    )
    return np.asarray(points - points.mean(axis=0))
