"""Two editions laid side by side: how few enterprises stay over when groups of one are subtracted from the other's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Wider than any number of enterprises: an arc that no cut goes through.
_ENDLESS = 1 << 30


def fewest_left_over(one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]], below: int) -> int:
    """Return the fewest enterprises that groups of one edition together have and groups of the other have not.

    Any groups of the one may be added up, and any of the other be subtracted from them: who has both editions knows the
    sums of either. What counts is how many enterprises are left over on both sides together, where any are.

    Parameters
    ----------
    one, other : mapping of str to sequence of str
        The pseudonyms in each group whose number is told; no enterprise is in two groups of one edition.
    below : int
        Only whether there are fewer than so many matters.

    Returns
    -------
    int
        The fewest that are left over, or ``below`` where that many or more always are.

    Notes
    -----
    Each group is a node, and two groups that share enterprises are joined by an arc as wide as these are many;
    enterprises that one edition does not tell of hang on a node that no sum holds. A choice of groups is a cut and what
    is left over are the arcs across, so that the answer is a minimum cut. Nodes that are joined by an arc too wide to
    be cut are one, again and again, and few are left between which a flow must be found.

    Examples
    --------
    >>> fewest_left_over({"0": ["a", "b", "c", "d"]}, {"0": ["a", "b"], "1": ["c", "d", "e"]}, 3)
    1
    """
    ends, sizes, untold = _shared(one, other)
    ends, sizes, untold = _narrow(ends, sizes, untold, below)
    fewest = below
    if len(sizes):
        graph, places = _network(ends, sizes, untold)
        for source, sink in [*map(tuple, ends.tolist()), *map(tuple, ends[:, ::-1].tolist())]:
            if source != untold:
                fewest = min(fewest, _cut(graph, places, source, sink, fewest))
    return fewest


def _shared(
    one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Return which two groups share enterprises, how many, and the node that stands for no group of either edition."""
    untold = len(one) + len(other)
    first = {member: number for number, members in enumerate(one.values()) for member in members}
    second = {member: number for number, members in enumerate(other.values(), len(one)) for member in members}
    ends = [(first.get(name, untold), second.get(name, untold)) for name in sorted(first.keys() | second.keys())]
    pairs, sizes = np.unique(np.array(ends, dtype=np.int64).reshape(-1, 2), axis=0, return_counts=True)
    return pairs, sizes.astype(np.int64), untold


def _narrow(
    ends: NDArray[np.int64], sizes: NDArray[np.int64], untold: int, below: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Return the network with nodes made one that no cut below the number parts, and its node for no group."""
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    while len(sizes):
        wide = sizes >= below
        if not wide.any():
            break
        count = int(max(ends.max(), untold)) + 1
        joined = sparse.coo_array((np.ones(int(wide.sum())), ends[wide].T), shape=(count, count))
        _, node = connected_components(joined, directed=False)
        node = node.astype(np.int64)
        moved, untold = np.sort(node[ends], axis=1), int(node[untold])
        apart = moved[:, 0] != moved[:, 1]
        ends, place = np.unique(moved[apart], axis=0, return_inverse=True)
        sizes = np.bincount(place.ravel(), sizes[apart], minlength=len(ends)).astype(np.int64)
    return ends, sizes, untold


def _network(ends: NDArray[np.int64], sizes: NDArray[np.int64], untold: int) -> tuple[Any, dict[tuple[int, int], int]]:
    """Return the network with a source and a sink to be joined to any node, and the places of their arcs."""
    from scipy import sparse

    inner = int(max(ends.max(), untold)) + 1
    source, sink, nodes = inner, inner + 1, np.arange(inner)
    draining = np.where(nodes == untold, _ENDLESS, 0)
    none = np.zeros(inner, dtype=np.int64)
    rows = [ends[:, 0], ends[:, 1], np.full(inner, source), nodes, nodes, np.full(inner, sink)]
    columns = [ends[:, 1], ends[:, 0], nodes, np.full(inner, source), np.full(inner, sink), nodes]
    values = np.concatenate([sizes, sizes, none, none, draining, none]).astype(np.int32)
    graph = sparse.csr_array((values, (np.concatenate(rows), np.concatenate(columns))), shape=(inner + 2, inner + 2))
    graph.sort_indices()
    row = np.repeat(np.arange(inner + 2), np.diff(graph.indptr))
    at = np.flatnonzero((row == source) | (graph.indices == sink)).tolist()
    return graph, {(int(row[place]), int(graph.indices[place])): place for place in at}


def _cut(graph: Any, places: Mapping[tuple[int, int], int], source: int, sink: int, most: int) -> int:
    """Return the least that must be cut between two nodes, or ``most`` if it is not below that."""
    from scipy.sparse.csgraph import maximum_flow

    outer, last = graph.shape[0] - 2, graph.shape[0] - 1
    wide = graph.copy()
    wide.data[places[outer, source]] = most
    wide.data[places[sink, last]] = _ENDLESS
    return int(maximum_flow(wide, outer, last).flow_value)
