"""Which cluster of a draw is set beside which observed one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.model import Network, Partition


def undivided(network: Network, partition: Partition) -> NDArray[np.bool_]:
    """Return which clusters no linked pair of the register leaves, shape (k,).

    Where a method leaves a connected network in one piece it has found nothing in it.
    """
    flat = network.flat
    registered = flat.second < network.n_enterprises
    first, second = partition.codes[flat.first[registered]], partition.codes[flat.second[registered]]
    left = np.concatenate([first[first != second], second[first != second]])
    result = np.ones(partition.n_clusters, dtype=bool)
    result[left[left >= 0]] = False
    return result


def nearest_clusters(
    sizes: NDArray[np.int64],
    whole: NDArray[np.bool_],
    drawn_sizes: NDArray[np.int64],
    drawn_whole: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Return, for each observed cluster, the cluster of a draw to set beside it: of the same kind, nearest in size.

    Parameters
    ----------
    sizes, drawn_sizes : array of int, shapes (k,) and (d,)
        Members of the observed clusters and of those of the draw.
    whole, drawn_whole : array of bool, shapes (k,) and (d,)
        Whether a cluster is undivided (see :func:`undivided`); like is compared with like, because a network that is
        left in one piece has no boundary at all and would beat every cluster on it.

    Returns
    -------
    array of int, shape (k,)
        Position of the cluster in the draw, the first of several equally near; -1 where there is none of the kind.

    Examples
    --------
    >>> whole, none = np.array([True, False]), np.array([False, False])
    >>> nearest_clusters(np.array([9, 4]), none, np.array([12, 6]), none)
    array([0, 1])
    >>> nearest_clusters(np.array([9, 4]), none, np.array([12, 6]), whole)
    array([1, 1])
    """
    if not len(drawn_sizes):
        return np.full(len(sizes), -1, dtype=np.int64)
    distance = np.abs(sizes[:, None] - drawn_sizes).astype(np.float64)
    distance[whole[:, None] != drawn_whole] = np.inf
    return np.where(np.isinf(distance.min(axis=1)), -1, distance.argmin(axis=1))
