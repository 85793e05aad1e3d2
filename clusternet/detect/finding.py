"""From a network to its clusters, always in canonical form."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clusternet.detect.method import Method
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
    values = method.checked_options(options)
    registered = network.flat.among(np.arange(network.n_enterprises))
    labels = np.full(network.n_enterprises, -1, dtype=np.int64)
    used = 0
    for nodes, part in _components(registered):
        if len(nodes) == SMALLEST_CLUSTER:
            # Two enterprises linked to each other and to nobody else are one cluster, whatever the method.
            found = np.zeros(SMALLEST_CLUSTER, dtype=np.int64)
        else:
            found = method(part, seed=_content_seed(part, method.name, seed), **values)
            found = _connected(part, np.asarray(found, dtype=np.int64))
        labels[nodes] = found + used
        used += int(found.max()) + 1
        if progress:
            progress(f"{len(nodes)}")
    return Partition(network.enterprise_ids, _without_small(labels), method=method.name)


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
        weight = canonical_weights(pairs.weight[chosen])
        yield nodes[node_cuts[number] : node_cuts[number + 1]], Pairs(*ends, weight, int(size[number]))


def _content_seed(pairs: Pairs, method: str, seed: int) -> int:
    """Draw a seed from the component's own content, so that what stands elsewhere in the network leaves it alone."""
    digest = hashlib.sha256(f"{method} {seed} {pairs.n_nodes}".encode())
    for values in (pairs.first, pairs.second, pairs.weight):
        digest.update(np.ascontiguousarray(values).tobytes())
    return int.from_bytes(digest.digest()[:4], "big")


def _connected(pairs: Pairs, labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Split every group into its connected parts; some methods return groups in pieces."""
    inside = labels[pairs.first] == labels[pairs.second]
    ends = (pairs.first[inside], pairs.second[inside])
    matrix = sparse.csr_array((np.ones(int(inside.sum())), ends), shape=(pairs.n_nodes, pairs.n_nodes))
    return sparse.csgraph.connected_components(matrix, directed=False)[1].astype(np.int64)


def _without_small(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    size = np.bincount(labels[labels >= 0], minlength=1)
    return np.where((labels >= 0) & (size[labels] >= SMALLEST_CLUSTER), labels, -1)
