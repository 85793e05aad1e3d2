"""Eigenvalues of a cluster's graph, and the split that they point to."""

from __future__ import annotations

import igraph
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import eigsh

#: Up to this many members every split is tried.
EXACT_UP_TO = 12
#: Up to this many members eigenvalues are found with dense matrices.
_DENSE_UP_TO = 1500
#: Entries of an eigenvector that differ by less than this are ties.
_DIGITS = 9


def adjacency(graph: igraph.Graph) -> sparse.csr_array:
    """Return the unweighted adjacency matrix of a graph, shape (n, n)."""
    n = graph.vcount()
    ends = np.array(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    both = (np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]]))
    return sparse.csr_array((np.ones(2 * len(ends)), both), shape=(n, n))


def _second(matrix: sparse.csr_array) -> tuple[float, NDArray[np.float64]]:
    """Return the second smallest eigenvalue of a symmetric positive semidefinite matrix, and its vector."""
    n = matrix.shape[0]
    if n <= _DENSE_UP_TO:
        values, vectors = np.linalg.eigh(matrix.toarray())
        return float(values[1]), vectors[:, 1]
    # Shifted by a little, because the smallest eigenvalue is 0 and the matrix has no inverse.
    start = np.random.default_rng(0).standard_normal(n)
    values, vectors = eigsh(matrix.tocsc(), k=2, sigma=-1e-3, which="LM", v0=start)
    order = np.argsort(values)
    return float(values[order[1]]), vectors[:, order[1]]


def algebraic_connectivity(graph: igraph.Graph) -> float:
    """Return the second smallest Laplacian eigenvalue, 0 for a graph in pieces, NaN for fewer than two nodes."""
    if graph.vcount() < 2:
        return np.nan
    if not graph.is_connected():
        return 0.0
    matrix = adjacency(graph)
    laplacian = sparse.diags_array(np.asarray(matrix.sum(axis=1)).ravel()) - matrix
    return max(_second(sparse.csr_array(laplacian))[0], 0.0)


def inner_conductance(graph: igraph.Graph) -> float:
    """Return the least conductance of a split into two parts that both have links, NaN where there is none.

    Members without links inside are left out: a split that only sets them apart has no defined conductance.
    """
    if graph.ecount() == 0:
        return np.nan
    linked = graph.induced_subgraph([node for node, degree in enumerate(graph.degree()) if degree])
    if not linked.is_connected():
        return 0.0
    matrix = adjacency(linked)
    if linked.vcount() <= EXACT_UP_TO:
        return _least_of_all_splits(matrix.toarray())
    degree = np.asarray(matrix.sum(axis=1)).ravel()
    scale = sparse.diags_array(1 / np.sqrt(degree))
    normalised = sparse.csr_array(sparse.eye_array(len(degree)) - scale @ matrix @ scale)
    order = np.argsort(np.round(_second(normalised)[1] / np.sqrt(degree), _DIGITS), kind="stable")
    return _least_of_sweep(matrix, degree, order)


def _least_of_all_splits(matrix: NDArray[np.float64]) -> float:
    n = len(matrix)
    degree = matrix.sum(axis=1)
    # The last node always stays on one side, so that each split is tried once.
    sides = ((np.arange(1, 2 ** (n - 1))[:, None] >> np.arange(n)) & 1).astype(np.float64)
    volume = sides @ degree
    cut = volume - ((sides @ matrix) * sides).sum(axis=1)
    return float((cut / np.minimum(volume, degree.sum() - volume)).min())


def _least_of_sweep(matrix: sparse.csr_array, degree: NDArray[np.float64], order: NDArray[np.intp]) -> float:
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    ends = sparse.triu(matrix, 1).tocoo()
    first, second = rank[ends.row], rank[ends.col]
    # A link is cut by every prefix that holds its earlier end and not its later one.
    change = np.bincount(np.minimum(first, second), minlength=len(order)) - np.bincount(
        np.maximum(first, second), minlength=len(order)
    )
    cut = np.cumsum(change)[:-1]
    volume = np.cumsum(degree[order])[:-1]
    return float((cut / np.minimum(volume, degree.sum() - volume)).min())
