"""From a network to its clusters, always in canonical form."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clusternet.detect.method import Found, Method
from clusternet.detect.support import cluster_support
from clusternet.model import Network, Partition
from clusternet.model.pairs import Pairs
from clusternet.model.sums import canonical_weights

#: A single enterprise is no cluster.
SMALLEST_CLUSTER = 2


def find(
    network: Network,
    method: Method,
    *,
    options: Mapping[str, float] = MappingProxyType({}),
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> Partition:
    """Find clusters with one method.

    The method sees the flat network of the register (outside partners are never members), one connected component at a
    time, with weights in canonical form and a seed drawn from the component's own content. So neither the order of
    rows, nor the scale of weights, nor an enterprise elsewhere changes anything. Every cluster is connected and has at
    least two members; enterprises that are left alone are in none (-1).

    Parameters
    ----------
    network : Network
        The network.
    method : Method
        The method.
    options : mapping
        Numbers that the method takes.
    seed : int
        0 to 4,294,967,295.
    progress : callable, optional
        Called with a short text as components are done.

    Returns
    -------
    Partition
        The clusters, larger first.

    Raises
    ------
    InputError
        If an option is unknown or out of range.
    """
    registered = _registered(network)
    return _found(network, registered, _components(registered), method, options, seed, progress)


class Finder:
    """Finds clusters in one network again and again; its connected parts are prepared once, with all they keep.

    Parameters
    ----------
    network : Network
        The network.
    """

    def __init__(self, network: Network) -> None:
        self._network, self._registered = network, _registered(network)
        self._parts = list(_components(self._registered))

    def find(self, method: Method, *, options: Mapping[str, float] = MappingProxyType({}), seed: int = 0) -> Partition:
        """Return what :func:`find` does.

        Raises
        ------
        InputError
            If an option is unknown or out of range.
        """
        return _found(self._network, self._registered, self._parts, method, options, seed, None)


def _registered(network: Network) -> Pairs:
    """Return the linked pairs of the register."""
    return network.flat.among(np.arange(network.n_enterprises))


def _found(
    network: Network,
    registered: Pairs,
    parts: Iterable[tuple[NDArray[np.int64], Pairs]],
    method: Method,
    options: Mapping[str, float],
    seed: int,
    progress: Callable[[str], None] | None,
) -> Partition:
    values = method.checked_options(options)
    result = _Assembly(network.n_enterprises)
    for nodes, part in parts:
        if len(nodes) == SMALLEST_CLUSTER:
            # Two enterprises linked to each other and to nobody else are one cluster, whatever the method.
            found = Found(np.zeros(SMALLEST_CLUSTER, dtype=np.int64))
        else:
            found = method(part, seed=_content_seed(part, method.name, seed), **values)
        result.add(nodes, part, found)
        if progress:
            progress(f"{len(nodes)}")
    codes, membership, stability = result.clusters(int(values.get("smallest", SMALLEST_CLUSTER)))
    return Partition(
        network.enterprise_ids,
        codes,
        result.certainty,
        membership,
        stability,
        cluster_support(registered, codes),
        method=method.name,
    )


class _Assembly:
    """Puts together what a method found in every component."""

    def __init__(self, n: int) -> None:
        self.labels = np.full(n, -1, dtype=np.int64)
        self.certainty = np.full(n, np.nan)
        self.used = 0
        self._measured = False
        self.stability: list[NDArray[np.float64]] = []
        self._entries: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]] = []

    def add(self, nodes: NDArray[np.int64], part: Pairs, found: Found) -> None:
        """Add one component; groups in pieces are split."""
        labels, group_of = _connected(part, found.labels)
        inside = labels >= 0
        self.labels[nodes] = np.where(inside, labels + self.used, -1)
        if found.certainty is not None:
            self.certainty[nodes] = found.certainty
        stability = np.full(len(group_of), np.nan) if found.stability is None else found.stability[group_of]
        self.stability.append(stability)
        self._measured |= found.shares is not None or found.certainty is not None
        if found.shares is not None:
            self._add_shares(nodes, labels, group_of, found.shares)
        else:
            # Whoever stands in a component that was left whole belongs to it wholly.
            share = np.ones(len(nodes)) if found.certainty is None else found.certainty
            self._entries.append((nodes[inside], labels[inside] + self.used, share[inside]))
        self.used += len(group_of)

    def _add_shares(
        self,
        nodes: NDArray[np.int64],
        labels: NDArray[np.int64],
        group_of: NDArray[np.int64],
        shares: NDArray[np.float64],
    ) -> None:
        """Give the shares of a group that fell into pieces to the member's own piece, else to the largest."""
        size = np.bincount(labels[labels >= 0], minlength=len(group_of))
        largest = np.full(shares.shape[1], -1, dtype=np.int64)
        order = np.lexsort((np.arange(len(size)), -size))[::-1]
        largest[group_of[order]] = order
        row, group = np.nonzero(shares)
        column = largest[group]
        own = labels[row]
        at_home = own >= 0
        at_home[at_home] = group_of[own[at_home]] == group[at_home]
        column = np.where(at_home, own, column)
        kept = column >= 0
        self._entries.append((nodes[row[kept]], column[kept] + self.used, shares[row, group][kept]))

    def clusters(self, smallest: int) -> tuple[NDArray[np.int64], sparse.csr_array | None, NDArray[np.float64] | None]:
        """Return codes, membership and stability without clusters of fewer than so many members."""
        size = np.bincount(self.labels[self.labels >= 0], minlength=max(self.used, 1))
        kept = np.flatnonzero(size >= smallest)
        number = np.full(max(self.used, 1), -1, dtype=np.int64)
        number[kept] = np.arange(len(kept))
        codes = np.where(self.labels >= 0, number[self.labels], -1)
        stability = np.concatenate([np.empty(0), *self.stability])[kept] if self.used else np.empty(0)
        if not self._measured:
            return codes, None, stability
        row, column, share = (np.concatenate(values) for values in zip(*self._entries, strict=True))
        column = number[column]
        told = column >= 0
        shape = (len(codes), len(kept))
        return codes, sparse.csr_array((share[told], (row[told], column[told])), shape=shape), stability


def _components(pairs: Pairs) -> Iterator[tuple[NDArray[np.int64], Pairs]]:
    """Give the nodes of every connected component of two or more, and its pairs renumbered with canonical weights."""
    component = pairs.components
    size = np.bincount(component, minlength=1)
    nodes = np.argsort(component, kind="stable")
    node_cuts = np.concatenate([[0], np.cumsum(size)])
    place = np.empty(pairs.n_nodes, dtype=np.int64)
    place[nodes] = np.arange(pairs.n_nodes) - node_cuts[component[nodes]]
    home = component[pairs.first]
    order = np.argsort(home, kind="stable")
    pair_cuts = np.searchsorted(home[order], np.arange(len(size) + 1))
    for number in np.flatnonzero(size >= SMALLEST_CLUSTER):
        chosen = order[pair_cuts[number] : pair_cuts[number + 1]]
        ends = place[pairs.first[chosen]], place[pairs.second[chosen]]
        part = pairs.chosen(chosen, *ends, int(size[number]))
        yield nodes[node_cuts[number] : node_cuts[number + 1]], part.weighing(canonical_weights(part.weight))


def _content_seed(pairs: Pairs, method: str, seed: int) -> int:
    """Draw a seed from the component's own content, so that what stands elsewhere in the network leaves it alone."""
    digest = hashlib.sha256(f"{method} {seed} {pairs.n_nodes}".encode())
    for values in (pairs.first, pairs.second, pairs.weight):
        digest.update(np.ascontiguousarray(values).data)
    return int.from_bytes(digest.digest()[:4], "big")


def _connected(pairs: Pairs, labels: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Split every group into its connected parts; some methods return groups in pieces.

    Returns the part of each node, -1 where the label is negative, and the rank of the label of each part.
    """
    inside = (labels[pairs.first] == labels[pairs.second]) & (labels[pairs.first] >= 0)
    ends = (pairs.first[inside], pairs.second[inside])
    matrix = sparse.csr_array((np.ones(int(inside.sum()), dtype=np.int8), ends), shape=(pairs.n_nodes, pairs.n_nodes))
    parts = sparse.csgraph.connected_components(matrix, directed=False)[1].astype(np.int64)
    member = labels >= 0
    found = np.full(pairs.n_nodes, -1, dtype=np.int64)
    _, first, found[member] = np.unique(parts[member], return_index=True, return_inverse=True)
    return found, labels[member][first]
