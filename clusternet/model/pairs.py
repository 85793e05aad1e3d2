"""The flat network: every linked pair once, all layers added up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from clusternet.model.ordering import FEW_ROWS
from clusternet.model.sums import both_ends_sum, grouped_sum, total_sum

if TYPE_CHECKING:
    import igraph
    from scipy import sparse

Kind = TypeVar("Kind", bound=np.generic)

#: Layers from here on share one bit in the sets of layers.
LAST_BIT = 63
#: So many pairs may be handed over as tuples.
_FEW_PAIRS = 200_000


@dataclass(frozen=True, eq=False)
class Pairs:
    """Linked pairs of nodes: parallel read-only arrays, sorted, each pair once, the smaller position first.

    Parameters
    ----------
    first, second : array of int, shape (p,)
        Positions of the two ends, ``first < second``.
    weight : array of float, shape (p,)
        Finite and above 0.
    n_nodes : int
        Number of nodes, linked or not.
    layers : array of uint64, shape (p,), optional
        Which layers link each pair: the bit of a layer's position is set (the 64th stands for all later ones). None
        where nobody asked, or where there is one layer only.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    weight: NDArray[np.float64]
    n_nodes: int
    layers: NDArray[np.uint64] | None = None

    def __post_init__(self) -> None:
        for values in (self.first, self.second, self.weight, self.layers):
            if values is not None:
                values.flags.writeable = False

    def __len__(self) -> int:
        return len(self.first)

    @classmethod
    def from_ties(
        cls,
        source: NDArray[np.int64],
        target: NDArray[np.int64],
        weight: NDArray[np.float64],
        n_nodes: int,
        layer: NDArray[np.int64] | None = None,
    ) -> Pairs:
        """Add up all ties between the same two nodes, in either direction; none may be a self-link."""
        if len(source) >= FEW_ROWS:
            found = _from_many_ties(source, target, weight, n_nodes, layer)
            if found is not None:
                return cls(*found[:3], n_nodes, found[3])
        first, second = np.minimum(source, target), np.maximum(source, target)
        key, group = np.unique(first * n_nodes + second, return_inverse=True)
        ends = key // max(n_nodes, 1), key % max(n_nodes, 1)
        return cls(*ends, grouped_sum(weight, group, len(key)), n_nodes, _layer_sets(layer, group))

    @cached_property
    def strength(self) -> NDArray[np.float64]:
        """The weight at each node, shape (n_nodes,); the same to the last bit in any order."""
        return both_ends_sum(self.weight, self.first, self.second, self.n_nodes)

    @cached_property
    def degree(self) -> NDArray[np.int64]:
        """The number of linked partners of each node, shape (n_nodes,)."""
        counts = (np.bincount(ends, minlength=self.n_nodes) for ends in (self.first, self.second))
        degree: NDArray[np.int64] = sum(counts, np.zeros(self.n_nodes, dtype=np.int64))
        return degree

    @cached_property
    def total(self) -> float:
        """The weight of all pairs."""
        return total_sum(self.weight)

    @cached_property
    def matrix(self) -> sparse.csr_array:
        """The symmetric weighted adjacency matrix, shape (n_nodes, n_nodes)."""
        from scipy import sparse

        shape = (self.n_nodes, self.n_nodes)
        if FEW_ROWS <= len(self) < 2**30:
            from clusternet.model.sum_kernels import adjacency, are_sorted_pairs

            ends = _contiguous(self.first), _contiguous(self.second)
            if are_sorted_pairs(*ends):
                matrix = sparse.csr_array(adjacency(*ends, np.array(self.weight), self.n_nodes), shape=shape)
                matrix.has_canonical_format = True
                return matrix
        ends = (np.concatenate([self.first, self.second]), np.concatenate([self.second, self.first]))
        return sparse.csr_array((np.concatenate([self.weight, self.weight]), ends), shape=shape)

    @cached_property
    def components(self) -> NDArray[np.int64]:
        """The connected component of each node, numbered in the order of first appearance, shape (n_nodes,)."""
        from scipy.sparse import csgraph

        found: NDArray[np.int64] = csgraph.connected_components(self.matrix, directed=False)[1].astype(np.int64)
        return found

    def graph(self) -> igraph.Graph:
        """Return a new undirected igraph graph with the edge attribute ``weight``; node i is position i."""
        return self._graph.copy()

    @cached_property
    def _graph(self) -> igraph.Graph:
        """The graph that is copied: a copy takes a hundredth of the time of a new one."""
        import igraph

        graph = igraph.Graph(n=self.n_nodes, directed=False)
        # igraph reads tuples in half the time of an array, but a tuple takes seven times the memory of a row; and an
        # array in half the time where it does not come with the call that makes the graph.
        few = len(self) < _FEW_PAIRS
        ends = zip(self.first.tolist(), self.second.tolist(), strict=True) if few else ()
        graph.add_edges(list(ends) if few else np.column_stack([self.first, self.second]))
        graph.es["weight"] = self.weight.tolist()
        return graph

    def among(self, nodes: NDArray[np.int64]) -> Pairs:
        """Return the pairs inside a set of nodes (sorted positions), renumbered 0, 1, ... in their order."""
        place = np.full(self.n_nodes, -1, dtype=np.int64)
        place[nodes] = np.arange(len(nodes))
        first, second = place[self.first], place[self.second]
        inside = (first >= 0) & (second >= 0)
        return self.chosen(inside, first[inside], second[inside], len(nodes))

    def chosen(
        self,
        pairs: NDArray[np.bool_] | NDArray[np.integer],
        first: NDArray[np.int64],
        second: NDArray[np.int64],
        n_nodes: int,
    ) -> Pairs:
        """Return some of the pairs (one truth value each, or sorted positions) under new positions of their ends."""
        layers = None if self.layers is None else self.layers[pairs]
        return Pairs(first, second, self.weight[pairs], n_nodes, layers)

    def weighing(self, weight: NDArray[np.float64]) -> Pairs:
        """Return the same pairs with other weights."""
        return Pairs(self.first, self.second, weight, self.n_nodes, self.layers)


def _layer_sets(layer: NDArray[np.int64] | None, group: NDArray[np.intp]) -> NDArray[np.uint64] | None:
    """Return, for each group of ties, the set of their layers as bits."""
    if layer is None or not len(layer) or layer.min() == layer.max():
        return None
    bits = np.uint64(1) << np.minimum(layer, LAST_BIT).astype(np.uint64)
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    found: NDArray[np.uint64] = np.bitwise_or.reduceat(bits[order], starts)
    return found


def _from_many_ties(
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    weight: NDArray[np.float64],
    n_nodes: int,
    layer: NDArray[np.int64] | None,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.uint64] | None] | None:
    """Add up many ties in compiled code: ends, weights and sets of layers; None where numpy must do it."""
    layers = 1 if layer is None else int(layer.max()) + 1
    if layer is not None and layer.min() == layer.max():
        layer, layers = None, 1
    if n_nodes >= 2**31 - 1 or n_nodes * layers >= 2**62:
        return None
    from clusternet.model.sum_kernels import are_sorted_pairs
    from clusternet.model.tie_kernels import place_rows, run_starts, sort_stretches

    source, target = _contiguous(source), _contiguous(target)
    if layer is None and are_sorted_pairs(source, target):
        # The ties of one undirected layer are pairs already; arrays that nobody may write to can be shared.
        return _unshared(source), _unshared(target), _unshared(weight), None
    none = np.zeros(0, dtype=np.int64)
    of_layer = none if layer is None else _contiguous(layer)
    narrow = source.astype(np.int32), target.astype(np.int32)
    undirected = np.ones(layers, dtype=bool)
    starts, keys, weights, _, _ = place_rows(
        *narrow, of_layer, none, np.array(weight, dtype=np.float64), undirected, 1, n_nodes, False
    )
    sort_stretches(starts, keys, weights)
    begins, first = run_starts(starts, keys, layers)
    second = keys[begins] // layers
    group = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, len(keys))))
    sets = None
    if layers > 1:
        bits = np.uint64(1) << np.minimum(keys % layers, LAST_BIT).astype(np.uint64)
        sets = np.bitwise_or.reduceat(bits, begins)
    return first, second, grouped_sum(weights, group, len(begins)), sets


def _unshared(values: NDArray[Kind]) -> NDArray[Kind]:
    return values.copy() if values.flags.writeable else values


def _contiguous(values: NDArray[np.integer]) -> NDArray[np.int64]:
    return np.ascontiguousarray(values, dtype=np.int64)
