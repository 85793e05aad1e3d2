"""The flat network: every linked pair once, all layers added up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import igraph
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clusternet.model.sums import grouped_sum

#: Layers from here on share one bit in the sets of layers.
LAST_BIT = 63


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
        first, second = np.minimum(source, target), np.maximum(source, target)
        key, group = np.unique(first * n_nodes + second, return_inverse=True)
        ends = key // max(n_nodes, 1), key % max(n_nodes, 1)
        return cls(*ends, grouped_sum(weight, group, len(key)), n_nodes, _layer_sets(layer, group))

    @cached_property
    def strength(self) -> NDArray[np.float64]:
        """The weight at each node, shape (n_nodes,); the same to the last bit in any order."""
        ends = np.concatenate([self.first, self.second])
        return grouped_sum(np.concatenate([self.weight, self.weight]), ends, self.n_nodes)

    @cached_property
    def degree(self) -> NDArray[np.int64]:
        """The number of linked partners of each node, shape (n_nodes,)."""
        return np.bincount(np.concatenate([self.first, self.second]), minlength=self.n_nodes)

    @cached_property
    def total(self) -> float:
        """The weight of all pairs."""
        return float(grouped_sum(self.weight, np.zeros(len(self), dtype=np.intp), 1)[0])

    @cached_property
    def matrix(self) -> sparse.csr_array:
        """The symmetric weighted adjacency matrix, shape (n_nodes, n_nodes)."""
        ends = (np.concatenate([self.first, self.second]), np.concatenate([self.second, self.first]))
        values = np.concatenate([self.weight, self.weight])
        return sparse.csr_array((values, ends), shape=(self.n_nodes, self.n_nodes))

    @cached_property
    def components(self) -> NDArray[np.int64]:
        """The connected component of each node, numbered in the order of first appearance, shape (n_nodes,)."""
        found: NDArray[np.int64] = sparse.csgraph.connected_components(self.matrix, directed=False)[1].astype(np.int64)
        return found

    def graph(self) -> igraph.Graph:
        """Return a new undirected igraph graph with the edge attribute ``weight``; node i is position i."""
        return self._graph.copy()

    @cached_property
    def _graph(self) -> igraph.Graph:
        """The graph that is copied: a copy takes a hundredth of the time of a new one."""
        graph = igraph.Graph(n=self.n_nodes, edges=np.column_stack([self.first, self.second]), directed=False)
        graph.es["weight"] = self.weight
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
