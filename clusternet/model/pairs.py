"""The flat network: every linked pair once, all layers added up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import igraph
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clusternet.model.sums import grouped_sum


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
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    weight: NDArray[np.float64]
    n_nodes: int

    def __post_init__(self) -> None:
        for values in (self.first, self.second, self.weight):
            values.flags.writeable = False

    def __len__(self) -> int:
        return len(self.first)

    @classmethod
    def from_ties(
        cls, source: NDArray[np.int64], target: NDArray[np.int64], weight: NDArray[np.float64], n_nodes: int
    ) -> Pairs:
        """Add up all ties between the same two nodes, in either direction; none may be a self-link."""
        first, second = np.minimum(source, target), np.maximum(source, target)
        key, group = np.unique(first * n_nodes + second, return_inverse=True)
        return cls(key // max(n_nodes, 1), key % max(n_nodes, 1), grouped_sum(weight, group, len(key)), n_nodes)

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
        graph = igraph.Graph(n=self.n_nodes, edges=np.column_stack([self.first, self.second]), directed=False)
        graph.es["weight"] = self.weight
        return graph

    def among(self, nodes: NDArray[np.int64]) -> Pairs:
        """Return the pairs inside a set of nodes (sorted positions), renumbered 0, 1, ... in their order."""
        place = np.full(self.n_nodes, -1, dtype=np.int64)
        place[nodes] = np.arange(len(nodes))
        first, second = place[self.first], place[self.second]
        inside = (first >= 0) & (second >= 0)
        return Pairs(first[inside], second[inside], self.weight[inside], len(nodes))
