"""From a network to its clusters, always in canonical form."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
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
    component = registered.components
    labels = np.full(network.n_enterprises, -1, dtype=np.int64)
    size = np.bincount(component, minlength=1)
    order = np.argsort(component, kind="stable")
    ends = np.cumsum(size)
    used = 0
    for place in np.flatnonzero(size >= SMALLEST_CLUSTER):
        nodes = order[ends[place] - size[place] : ends[place]]
        part = _canonical(registered.among(nodes)) if len(nodes) < network.n_enterprises else _canonical(registered)
        found = method(part, seed=_content_seed(part, method.name, seed), **values)
        found = _connected(part, np.asarray(found, dtype=np.int64))
        labels[nodes] = found + used
        used += int(found.max()) + 1
        if progress:
            progress(f"{len(nodes)}")
    return Partition(network.enterprise_ids, _without_small(labels), method=method.name)


def _canonical(pairs: Pairs) -> Pairs:
    return Pairs(pairs.first, pairs.second, canonical_weights(pairs.weight), pairs.n_nodes)


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
