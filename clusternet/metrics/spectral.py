"""Eigenvalues of a cluster's graph, and the split that they point to."""

from __future__ import annotations

import functools
import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import ArpackNoConvergence, LinearOperator, eigsh, lobpcg

from clusternet.metrics.inside import Positions, inside_graphs, n_parts, parts_and_cuts
from clusternet.metrics.memory import made_once
from clusternet.model import ClusteredNetwork

Values = NDArray[np.float64]

#: Up to this many members every split is tried.
EXACT_UP_TO = 12
#: Up to this many members eigenvalues are found with dense matrices, in steps of the order n^3.
DENSE_UP_TO = 1500
#: Entries of an eigenvector that differ by less than this are ties.
_DIGITS = 9
#: Vectors that the search in a large cluster keeps, and how often it begins anew from the best of them.
_KEPT, _RESTARTS = 80, 60
#: Steps of the second search, from several vectors at once, and what is left over of the equations when it is done.
_BLOCK, _BLOCK_STEPS, _PRECISE = 4, 300, 1e-8
#: Up to this many members equations are solved directly where both searches fail.
_DIRECT_UP_TO = 20_000
_SEED = 0


@functools.cache
def _thread_pools() -> Any:
    from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

    return ThreadpoolController()


def one_thread() -> Any:
    """Return a context in which matrices are worked on by one thread.

    Small matrices take many times longer where threads wait for one another, and sums that are dealt out to threads are
    not the same to the last bit on every machine.
    """
    return _thread_pools().limit(limits=1, user_api="blas")


@made_once
def algebraic_connectivities(c: ClusteredNetwork) -> tuple[Values, Values]:
    """Return the second smallest Laplacian eigenvalue of every cluster.

    Up to :data:`DENSE_UP_TO` members it takes about n^3 steps. Beyond that a search for the eigenvector takes about
    100 to 5,000 products of m + 80 n steps each.

    Returns
    -------
    value : array of float, shape (k,)
        0 for a cluster in pieces, NaN for one member.
    error : array of float, shape (k,)
        How far off it may be where the search did not come to its end; otherwise 0.
    """
    inside = inside_graphs(c)
    value = np.where(inside.size > 1, 0.0, np.nan)
    error = np.zeros(c.k)
    with one_thread():
        for cluster in np.flatnonzero((n_parts(c) == 1) & (inside.size > 1)).tolist():
            degree = inside.degree[inside.start[cluster] : inside.start[cluster + 1]].astype(np.float64)
            first, second = inside.ends(cluster)
            if len(degree) <= DENSE_UP_TO:
                laplacian = np.diag(degree)
                laplacian[first, second] = -1.0
                value[cluster] = max(float(np.linalg.eigvalsh(laplacian)[1]), 0.0)
            else:
                matrix = sparse.csr_array((np.ones(len(first)), (first, second)), shape=(len(degree), len(degree)))
                laplacian = sparse.csr_array(sparse.diags_array(degree) - matrix)
                found, _, error[cluster] = _second_of_large(laplacian, np.ones(len(degree)), 2 * degree.max())
                value[cluster] = max(found, 0.0)
    return value, error


@made_once
def inner_conductances(c: ClusteredNetwork) -> Values:
    """Return the least conductance of a split of each cluster into two parts that both have links, NaN without one.

    Members without links inside are left out: a split that only sets them apart has no defined conductance. Up to
    12 members all 2^(n - 1) splits are tried. Beyond that the split is one of n - 1 along the second eigenvector of the
    normalised Laplacian: an upper bound. The vector takes about n^3 steps up to :data:`DENSE_UP_TO` members, and
    beyond that about 100 to 5,000 products of m + 80 n steps each.
    """
    from clusternet.metrics.core_kernels import least_split_of_all

    inside = inside_graphs(c)
    part, _ = parts_and_cuts(c)
    linked = inside.degree > 0
    several = np.bincount(c.member_cluster[linked & (part == np.arange(len(part)))], minlength=c.k) > 1
    value = np.where(inside.pairs > 0, 0.0, np.nan)
    with one_thread():
        for cluster in np.flatnonzero((inside.pairs > 0) & ~several).tolist():
            low, high = inside.start[cluster], inside.start[cluster + 1]
            here = linked[low:high]
            place = np.cumsum(here) - 1
            first, second = (place[ends] for ends in inside.ends(cluster))
            degree = inside.degree[low:high][here].astype(np.float64)
            if len(degree) <= EXACT_UP_TO:
                masks = np.zeros(len(degree), dtype=np.int64)
                np.bitwise_or.at(masks, first, np.left_shift(1, second))
                value[cluster] = least_split_of_all(masks)
            else:
                order = np.argsort(np.round(_splitting_vector(first, second, degree), _DIGITS), kind="stable")
                value[cluster] = _least_of_sweep(first, second, degree, order)
    return value


def _splitting_vector(first: Positions, second: Positions, degree: Values) -> Values:
    """Return the second eigenvector of the normalised Laplacian of a connected graph, over the roots of degrees."""
    n, scale = len(degree), 1 / np.sqrt(degree)
    if n <= DENSE_UP_TO:
        normalised = np.eye(n)
        normalised[first, second] = -(scale[first] * scale[second])
        vector: Values = np.linalg.eigh(normalised)[1][:, 1]
    else:
        weights = sparse.csr_array((scale[first] * scale[second], (first, second)), shape=(n, n))
        _, vector, _ = _second_of_large(sparse.csr_array(sparse.eye_array(n) - weights), np.sqrt(degree), 2.0)
    return vector / np.sqrt(degree)


def _second_of_large(matrix: sparse.csr_array, null: Values, top: float) -> tuple[float, Values, float]:
    """Return the second smallest eigenvalue of a positive semidefinite matrix, its vector, and how far off it may be.

    ``null`` is the vector of the smallest eigenvalue, 0, which is moved to the upper end, ``top``, of the others.
    """
    n = len(null)
    null = null / np.linalg.norm(null)
    start = np.random.default_rng(_SEED).standard_normal((n, _BLOCK))
    found = _found_by_products(matrix, null, top, start[:, 0])
    if found is not None:
        return *found, 0.0
    with warnings.catch_warnings():
        # What is not precise enough is seen below.
        warnings.simplefilter("ignore", UserWarning)
        values, vectors = lobpcg(
            matrix,
            start,
            M=sparse.diags_array(1 / matrix.diagonal()),
            Y=null[:, None],
            tol=_PRECISE / 10,
            maxiter=_BLOCK_STEPS,
            largest=False,
        )
    off = float(np.linalg.norm(matrix @ vectors[:, 0] - values[0] * vectors[:, 0]))
    if off > _PRECISE and n <= _DIRECT_UP_TO:
        # Shifted by a little, because the matrix has no inverse.
        values, vectors = eigsh(matrix.tocsc(), k=2, sigma=-1e-3, which="LM", v0=start[:, 0])
        order = np.argsort(values)
        return float(values[order[1]]), vectors[:, order[1]], 0.0
    return float(values[0]), vectors[:, 0], 0.0 if off <= _PRECISE else off


def _found_by_products(
    matrix: sparse.csr_array, null: Values, top: float, start: Values
) -> tuple[float, Values] | None:
    """Return the eigenvalue and its vector; None where eigenvalues lie so close together that it takes too long.

    That is so where members differ much in degree, or where the cluster is a long chain.
    """

    def product(x: Values) -> Values:
        moved: Values = matrix @ x.ravel() + top * (null @ x.ravel()) * null
        return moved

    moved = LinearOperator(matrix.shape, matvec=product, dtype=np.float64)
    try:
        values, vectors = eigsh(moved, k=1, which="SA", v0=start, ncv=_KEPT, maxiter=_RESTARTS)
    except ArpackNoConvergence:
        return None
    return float(values[0]), vectors[:, 0]


def _least_of_sweep(first: Positions, second: Positions, degree: Values, order: NDArray[np.intp]) -> float:
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    once = first < second
    first, second = rank[first[once]], rank[second[once]]
    # A link is cut by every prefix that holds its earlier end and not its later one.
    change = np.bincount(np.minimum(first, second), minlength=len(order)) - np.bincount(
        np.maximum(first, second), minlength=len(order)
    )
    cut = np.cumsum(change)[:-1]
    volume = np.cumsum(degree[order])[:-1]
    return float((cut / np.minimum(volume, degree.sum() - volume)).min())
