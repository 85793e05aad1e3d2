"""Sums over the members of each cluster."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.model import ClusteredNetwork


def per_member(c: ClusteredNetwork, holds: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the share of members for whom something holds, given cluster by cluster as in ``member_nodes``."""
    return np.bincount(c.member_cluster[holds], minlength=c.k) / c.size


def touched_inside(c: ClusteredNetwork, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which nodes are an end of one of some pairs that lie inside a cluster, shape (n_nodes,)."""
    inside = (c.cluster_of[first] == c.cluster_of[second]) & (c.cluster_of[first] >= 0)
    touched = np.zeros(c.network.n_nodes, dtype=bool)
    touched[first[inside]] = True
    touched[second[inside]] = True
    return touched


def member_weights(c: ClusteredNetwork) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the linkage weight of every member inside its cluster and outside it, as in ``member_nodes``."""
    within, without = c.node_weights
    return within[c.member_nodes], without[c.member_nodes]


def known_columns(c: ClusteredNetwork, *columns: str) -> tuple[NDArray[np.int64], tuple[NDArray[np.float64], ...]]:
    """Return the clusters of the members that gave all of some columns of the register, and those columns."""
    values = [c.network.register[column].to_numpy(dtype=np.float64)[c.member_nodes] for column in columns]
    given = np.logical_and.reduce([~np.isnan(column) for column in values])
    return c.member_cluster[given], tuple(column[given] for column in values)
