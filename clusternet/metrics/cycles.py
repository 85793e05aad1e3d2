"""Flows that return to where they came from, found in each strongly connected part of the trade."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import eigs

from clusternet.metrics.trade import Flows

#: Up to this many enterprises in one cyclic part eigenvalues are found with dense matrices.
_DENSE_UP_TO = 1500
#: Up to this many enterprises in one cyclic part the flows that return are worked out.
MOST_IN_CIRCLES = 5000
#: A part from which less than this share of a node's throughflow escapes counts as closed.
_CLOSED = 1e-13


def cyclic_parts(flows: Flows, n_nodes: int) -> Iterator[tuple[NDArray[np.int64], sparse.csr_array]]:
    """Yield each strongly connected part of two or more nodes: their positions, sorted, and the flows among them."""
    matrix = sparse.csr_array((flows.weight, (flows.source, flows.target)), shape=(n_nodes, n_nodes))
    part = sparse.csgraph.connected_components(matrix, connection="strong")[1]
    order = np.argsort(part, kind="stable")
    cuts = np.flatnonzero(np.diff(part[order])) + 1
    for nodes in np.split(order, cuts):
        if len(nodes) > 1:
            yield nodes, matrix[nodes][:, nodes]


def spectral_radius(matrix: sparse.csr_array) -> float:
    """Return the largest eigenvalue of the flows of a strongly connected part, which is real and positive."""
    scale = matrix.max()
    if matrix.shape[0] <= _DENSE_UP_TO:
        return float(scale * np.abs(np.linalg.eigvals(matrix.toarray() / scale)).max())
    start = np.ones(matrix.shape[0])
    found = eigs(matrix / scale, k=1, which="LR", v0=start, return_eigenvectors=False)
    return float(scale * found.real.max())


def return_shares(matrix: sparse.csr_array, throughflow: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, for each node of a strongly connected part, the share of its throughflow that comes from itself.

    It is (n_ii - 1) / n_ii with N = (I - Q)^-1 and q_ij = F_ij / T_j. Only the node's own part matters: a flow that
    leaves it never returns. Where nothing escapes from the part, everything returns in the end, and the share is 1.
    It is NaN for parts of more than :data:`MOST_IN_CIRCLES` nodes, which would take too long.
    """
    n = matrix.shape[0]
    if n > MOST_IN_CIRCLES:
        return np.full(n, np.nan)
    flows = matrix.toarray()
    escaping = (throughflow - flows.sum(axis=0)) / throughflow
    if escaping.max() <= _CLOSED:
        return np.ones(n)
    visits = np.diag(np.linalg.inv(np.eye(n) - flows / throughflow))
    return np.clip(1 - 1 / visits, 0.0, 1.0)
