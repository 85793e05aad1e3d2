"""A network seen through a partition, with the sums that every score starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import igraph
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model.network import Network
from clusternet.model.pairs import Pairs
from clusternet.model.partition import Partition
from clusternet.model.provenance import Noun, Provenance
from clusternet.model.sums import grouped_sum


@dataclass(frozen=True, eq=False)
class ClusteredNetwork(Noun):
    """A network and a partition of its enterprises; every sum over a cluster is made once and kept.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Clusters of the same enterprises.

    Raises
    ------
    InputError
        If the two speak of different enterprises.
    """

    network: Network
    partition: Partition

    def __post_init__(self) -> None:
        if not self.partition.enterprise_ids.equals(self.network.enterprise_ids):
            raise InputError(
                mark("The partition ({given} enterprises) is not of this network ({expected}); make it anew."),
                given=len(self.partition.enterprise_ids),
                expected=self.network.n_enterprises,
            )
        object.__setattr__(self, "provenance", Provenance.joined([self.network.provenance, self.partition.provenance]))

    @property
    def k(self) -> int:
        """The number of clusters."""
        return self.partition.n_clusters

    @cached_property
    def cluster_of(self) -> NDArray[np.int64]:
        """The cluster of each node, -1 for none and for every outside partner, shape (n_nodes,)."""
        outside = np.full(len(self.network.outside_names), -1, dtype=np.int64)
        return np.concatenate([self.partition.codes, outside])

    @property
    def size(self) -> NDArray[np.int64]:
        """Members of each cluster (n), shape (k,)."""
        return self.partition.sizes

    @cached_property
    def member_nodes(self) -> NDArray[np.int64]:
        """The positions of all members, cluster by cluster, shape (sum of size,)."""
        order = np.argsort(self.partition.codes, kind="stable")
        return order[self.partition.codes[order] >= 0]

    @cached_property
    def member_cluster(self) -> NDArray[np.int64]:
        """The cluster of each entry of :attr:`member_nodes`."""
        return self.cluster_of[self.member_nodes]

    def members(self, cluster: int) -> NDArray[np.int64]:
        """Return the sorted positions of one cluster's members."""
        return np.flatnonzero(self.partition.codes == cluster)

    # ------------------------------------------------------------------ counting pairs
    @cached_property
    def flat_clusters(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The clusters of both ends of every linked pair of the flat network, each of shape (pairs,)."""
        return self._clusters_of(self.network.flat)

    @cached_property
    def flat_inside(self) -> NDArray[np.bool_]:
        """Which linked pairs of the flat network lie inside a cluster, shape (pairs,)."""
        first, second = self.flat_clusters
        inside: NDArray[np.bool_] = (first == second) & (first >= 0)
        return inside

    def _clusters_of(self, pairs: Pairs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return self.cluster_of[pairs.first], self.cluster_of[pairs.second]

    def _ends(self, pairs: Pairs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the clusters of both ends; those of the flat network are looked up once."""
        return self.flat_clusters if pairs is self.network.flat else self._clusters_of(pairs)

    def sum_inside(self, pairs: Pairs, values: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """Sum something over the pairs inside each cluster (default: count them), shape (k,)."""
        first, second = self._ends(pairs)
        inside = self.flat_inside if pairs is self.network.flat else (first == second) & (first >= 0)
        if values is None:
            return np.bincount(first[inside], minlength=self.k).astype(np.float64)
        return grouped_sum(values[inside], first[inside], self.k)

    def sum_boundary(self, pairs: Pairs, values: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """Sum something over the pairs with exactly one end in each cluster (default: count them), shape (k,)."""
        first, second = self._ends(pairs)
        leaving = first != second
        own, other = leaving & (first >= 0), leaving & (second >= 0)
        ends = np.concatenate([first[own], second[other]])
        if values is None:
            return np.bincount(ends, minlength=self.k).astype(np.float64)
        return grouped_sum(np.concatenate([values[own], values[other]]), ends, self.k)

    @cached_property
    def pairs_inside(self) -> NDArray[np.float64]:
        """Linked pairs inside each cluster (m), shape (k,)."""
        return self.sum_inside(self.network.flat)

    @cached_property
    def pairs_boundary(self) -> NDArray[np.float64]:
        """Linked pairs with one end inside (b), shape (k,)."""
        return self.sum_boundary(self.network.flat)

    @cached_property
    def weight_inside(self) -> NDArray[np.float64]:
        """Weight of the linked pairs inside (W), shape (k,)."""
        return self.sum_inside(self.network.flat, self.network.flat.weight)

    @cached_property
    def weight_boundary(self) -> NDArray[np.float64]:
        """Weight of the linked pairs with one end inside (B), shape (k,)."""
        return self.sum_boundary(self.network.flat, self.network.flat.weight)

    @cached_property
    def volume(self) -> NDArray[np.float64]:
        """2W + B, shape (k,)."""
        return 2 * self.weight_inside + self.weight_boundary

    @cached_property
    def node_weights(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The weight of each node's linked pairs inside its cluster, and of all others, each of shape (n_nodes,)."""
        flat = self.network.flat
        found = []
        for some in (self.flat_inside, ~self.flat_inside):
            ends = np.concatenate([flat.first[some], flat.second[some]])
            found.append(grouped_sum(np.tile(flat.weight[some], 2), ends, flat.n_nodes))
        return found[0], found[1]

    @cached_property
    def between(self) -> sparse.csr_array:
        """Weight between each two clusters, W on the diagonal, symmetric, shape (k, k)."""
        flat = self.network.flat
        first, second = self.flat_clusters
        both = (first >= 0) & (second >= 0)
        low, high = np.minimum(first, second)[both], np.maximum(first, second)[both]
        key, group = np.unique(low * max(self.k, 1) + high, return_inverse=True)
        weight = grouped_sum(flat.weight[both], group, len(key))
        row, column = key // max(self.k, 1), key % max(self.k, 1)
        upper = sparse.csr_array((weight, (row, column)), shape=(self.k, self.k))
        return sparse.csr_array(upper + sparse.triu(upper, 1).T)

    # ------------------------------------------------------------------ linkages and subgraphs
    def ties_inside(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Narrow a choice of linkages to those with both ends in one cluster, shape (linkages,)."""
        ties = self.network.ties
        source, target = self.cluster_of[ties.source], self.cluster_of[ties.target]
        inside: NDArray[np.bool_] = chosen & (source == target) & (source >= 0)
        return inside

    def subgraph(self, cluster: int) -> igraph.Graph:
        """Return G[S] of one cluster: the graph of its linked pairs inside; vertex i is the i-th member."""
        return self.subgraphs[cluster]

    @cached_property
    def subgraphs(self) -> Sequence[igraph.Graph]:
        """G[S] of every cluster, unweighted."""
        flat, (first, _) = self.network.flat, self.flat_clusters
        inside = np.flatnonzero(self.flat_inside)
        inside = inside[np.argsort(first[inside], kind="stable")]
        place = np.zeros(self.network.n_nodes, dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum(self.size)])
        place[self.member_nodes] = np.arange(len(self.member_nodes)) - starts[self.member_cluster]
        cuts = np.searchsorted(first[inside], np.arange(self.k + 1))
        edges = np.column_stack([place[flat.first[inside]], place[flat.second[inside]]])
        return tuple(igraph.Graph(n=int(self.size[c]), edges=edges[cuts[c] : cuts[c + 1]]) for c in range(self.k))
