"""Rows of ties in their canonical order, in time that grows with the rows alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Below this number of rows numpy's own sort is as quick, and no compiled code need be loaded.
FEW_ROWS = 50_000
#: Keys are packed into numbers below this one.
_ROOM = 2**62


@dataclass(frozen=True, eq=False)
class SortedRows:
    """Rows summed by source, target, layer and reporter, and sorted by these.

    Parameters
    ----------
    source, target, layer : array of int64, shape (s,)
        Positions of the ends and of the layer.
    reporter : array of int64, shape (s,), or None
        Positions of the reporters; None where nobody reported any row.
    weight : array of float, shape (s,)
        The sums.
    self_links, zeros : int
        How many rows were left out because their ends are the same, and of the others, because their weight is 0.
    """

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    layer: NDArray[np.int64]
    reporter: NDArray[np.int64] | None
    weight: NDArray[np.float64]
    self_links: int
    zeros: int


def sorted_rows(
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    layer: NDArray[np.integer] | None,
    reporter: NDArray[np.integer] | None,
    weight: NDArray[np.float64],
    undirected: NDArray[np.bool_],
    nodes: int,
) -> SortedRows:
    """Sort rows and add up those that agree in everything but the weight.

    Self-links and rows of weight 0 are left out; in undirected layers the smaller end becomes the source. What is
    added up was sorted by size before, so that the sums do not depend on the order of the rows.

    Parameters
    ----------
    source, target : array of int, shape (r,)
        Positions of the ends, below ``nodes``.
    layer : array of int, shape (r,), optional
        Positions of the layers; by default all 0.
    reporter : array of int, shape (r,), optional
        Positions of the reporters, -1 for nobody.
    weight : array of float, shape (r,)
        Finite, at least 0.
    undirected : array of bool, shape (layers,)
        Whether a layer has no direction.
    nodes : int
        The number of nodes.

    Returns
    -------
    SortedRows
        The rows.
    """
    reporters = 1 if reporter is None else nodes + 1
    packed = max(nodes, 1) * max(len(undirected), 1) * reporters
    if len(source) < FEW_ROWS or packed >= _ROOM or nodes >= 2**31 - 1:
        return _sorted_by_numpy(source, target, layer, reporter, weight, undirected)
    from clusternet.model.tie_kernels import place_rows, run_starts, sort_stretches

    none = np.zeros(0, dtype=np.int64)
    starts, keys, weights, self_links, zeros = place_rows(
        np.ascontiguousarray(source, dtype=np.int32),
        np.ascontiguousarray(target, dtype=np.int32),
        none if layer is None else np.ascontiguousarray(layer, dtype=np.int64),
        none if reporter is None else np.ascontiguousarray(reporter, dtype=np.int64),
        np.ascontiguousarray(weight),
        undirected,
        reporters,
        nodes,
        True,
    )
    sort_stretches(starts, keys, weights)
    first, begin = run_starts(starts, keys, 1)
    if len(first) < len(keys):
        keys, weights = keys[first], np.add.reduceat(weights, first)
    del first
    by = None
    if reporter is not None:
        keys, by = np.divmod(keys, reporters)
        by -= 1
    if len(undirected) == 1:
        return SortedRows(begin, keys, np.zeros(len(keys), dtype=np.int64), by, weights, self_links, zeros)
    keys, of_layer = np.divmod(keys, len(undirected))
    return SortedRows(begin, keys, of_layer, by, weights, self_links, zeros)


def _sorted_by_numpy(
    source: NDArray[np.integer],
    target: NDArray[np.integer],
    layer: NDArray[np.integer] | None,
    reporter: NDArray[np.integer] | None,
    weight: NDArray[np.float64],
    undirected: NDArray[np.bool_],
) -> SortedRows:
    """Do the same for few rows, where loading compiled code would take longer than the work."""
    self_links = source == target
    zero = (weight == 0) & ~self_links
    kept = ~(self_links | zero)
    none = np.zeros(len(source), dtype=np.int64)
    given = (source, target, none if layer is None else layer, none if reporter is None else reporter)
    begin, end, of_layer, by = (values[kept].astype(np.int64) for values in given)
    weight = weight[kept]
    swap = (undirected[of_layer] if len(undirected) else np.zeros(0, dtype=bool)) & (begin > end)
    begin, end = np.where(swap, end, begin), np.where(swap, begin, end)
    order = np.lexsort((weight, by, of_layer, end, begin))
    begin, end, of_layer, by = (values[order] for values in (begin, end, of_layer, by))
    weight = weight[order]
    first = starts_of_runs(begin, end, of_layer, by)
    weight = np.add.reduceat(weight, first) if len(first) else weight
    begin, end, of_layer, by = (values[first] for values in (begin, end, of_layer, by))
    counted = int(self_links.sum()), int(zero.sum())
    return SortedRows(begin, end, of_layer, None if reporter is None else by, weight, *counted)


def sorted_in_runs(weight: NDArray[np.float64], first: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return weights sorted inside each run, the runs being given by where they begin.

    Examples
    --------
    >>> sorted_in_runs(np.array([3.0, 2.0, 1.0]), np.array([0, 2]))
    array([2., 3., 1.])
    """
    if len(weight) == len(first):
        return weight
    if len(weight) < FEW_ROWS:
        run = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(weight))))
        return weight[np.lexsort((weight, run))]
    from clusternet.model.tie_kernels import sort_stretches

    weight = weight.copy()
    sort_stretches(np.append(first, len(weight)), np.zeros(len(weight), dtype=np.int64), weight)
    return weight


def starts_of_runs(*keys: NDArray[np.generic]) -> NDArray[np.int64]:
    """Return where each run of rows with equal keys begins in sorted arrays, shape (runs,).

    Examples
    --------
    >>> starts_of_runs(np.array([3, 3, 4]), np.array([0, 1, 1]))
    array([0, 1, 2])
    """
    new = np.zeros(len(keys[0]), dtype=bool)
    if len(new):
        new[0] = True
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    found: NDArray[np.int64] = np.flatnonzero(new).astype(np.int64, copy=False)
    return found
