"""Where everything stands on the map: clusters first, then the members inside each of them."""

from __future__ import annotations

import random

import igraph
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from clusternet.model import Network, Partition

#: Room between two clusters, in the same unit as the distance of neighbouring members (1).
CLUSTER_GAP = 2.5
_MOST_PUSHES = 400
Points = NDArray[np.float64]


def lay_out(network: Network, partition: Partition, *, seed: int = 0) -> Points:
    """Return a position for each node: members close to their cluster, clusters apart.

    The graph of clusters is laid out first; its clusters become discs that are pushed until none overlaps. Members are
    laid out inside their disc. Enterprises in no cluster and outside partners stand on rings around all discs, at
    the side of the clusters they are linked to; those without any linkage in rows below.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Its clusters.
    seed : int
        Seed of the layout; the same seed gives the same positions.

    Returns
    -------
    array of float, shape (n_nodes, 2)
        Positions, in units of about the distance of two neighbouring members; the vertical axis points up.
    """
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 (no secret depends on it)
    try:
        codes = np.concatenate([partition.codes, np.full(len(network.outside_names), -1, dtype=np.int64)])
        positions = np.zeros((network.n_nodes, 2))
        radius = 0.75 * np.sqrt(partition.sizes.astype(np.float64))
        centres = _place_clusters(network, codes, radius)
        _place_members(network, codes, radius, centres, positions)
        _place_others(network, codes, radius, centres, positions)
        return positions
    finally:
        igraph.set_random_number_generator(random)


def _circle(count: int, radius: float = 1.0) -> Points:
    angle = 2 * np.pi * np.arange(count) / max(count, 1)
    return radius * np.column_stack([np.sin(angle), np.cos(angle)])


def _spring(graph: igraph.Graph, weights: NDArray[np.float64] | None = None) -> Points:
    """Lay out a graph by springs from a circle, turned so that its longer axis lies flat, centred."""
    count = graph.vcount()
    if count < 3 or graph.ecount() == 0:
        return _circle(count) if count > 1 else np.zeros((count, 2))
    start = _circle(count, np.sqrt(count))
    rounds = 500 if count <= 1000 else 150
    points = np.array(graph.layout_fruchterman_reingold(weights=weights, seed=start.tolist(), niter=rounds).coords)
    points -= points.mean(axis=0)
    _, _, axes = np.linalg.svd(points, full_matrices=False)
    axes *= np.where(axes[np.arange(2), np.abs(axes).argmax(axis=1)] < 0, -1.0, 1.0)[:, None]
    return points @ axes.T


def _place_clusters(network: Network, codes: NDArray[np.int64], radius: Points) -> Points:
    count = len(radius)
    if count <= 1:
        return np.zeros((count, 2))
    flat = network.flat
    first, second = codes[flat.first], codes[flat.second]
    between = (first >= 0) & (second >= 0) & (first != second)
    low, high = np.minimum(first, second)[between], np.maximum(first, second)[between]
    key, group = np.unique(low * count + high, return_inverse=True)
    weight = np.bincount(group, weights=flat.weight[between], minlength=len(key))
    graph = igraph.Graph(n=count, edges=np.column_stack([key // count, key % count]))
    points = _spring(graph, np.log1p(weight / weight.mean()).tolist() if len(weight) else None)
    spread = np.sqrt((points**2).sum(axis=1)).max(initial=0.0) or 1.0
    points *= 1.3 * np.sqrt(((radius + CLUSTER_GAP) ** 2).sum()) / spread
    return _push_apart(points, radius + CLUSTER_GAP / 2)


def _push_apart(points: Points, radius: Points) -> Points:
    """Move discs until none overlaps another, pulling them gently towards the middle while they still move."""
    points = points.copy()
    for turn in range(_MOST_PUSHES):
        if turn < _MOST_PUSHES // 3:
            points *= 0.985
        pairs = cKDTree(points).query_pairs(2 * radius.max(), output_type="ndarray")
        if not len(pairs):
            continue
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        apart = points[pairs[:, 0]] - points[pairs[:, 1]]
        distance = np.sqrt((apart**2).sum(axis=1))
        overlap = radius[pairs].sum(axis=1) - distance
        touching = overlap > 1e-6
        if not touching.any():
            if turn >= _MOST_PUSHES // 3:
                break
            continue
        pairs, apart, distance, overlap = (values[touching] for values in (pairs, apart, distance, overlap))
        # Two discs on one spot part along an angle of their own, the same in every run.
        spot = distance < 1e-9
        angle = 2.399963 * (pairs[:, 0] + 1)
        apart[spot] = np.column_stack([np.cos(angle), np.sin(angle)])[spot]
        move = apart / np.maximum(distance, 1e-9)[:, None] * (0.5 * overlap)[:, None]
        move[spot] = apart[spot] * (0.5 * overlap[spot])[:, None]
        np.add.at(points, pairs[:, 0], move)
        np.subtract.at(points, pairs[:, 1], move)
    return points


def _place_members(
    network: Network, codes: NDArray[np.int64], radius: Points, centres: Points, positions: Points
) -> None:
    order = np.argsort(codes, kind="stable")
    members = order[codes[order] >= 0]
    starts = np.searchsorted(codes[members], np.arange(len(radius) + 1))
    place = np.zeros(len(codes), dtype=np.int64)
    place[members] = np.arange(len(members)) - starts[codes[members]]
    flat = network.flat
    first, second = codes[flat.first], codes[flat.second]
    inside = np.flatnonzero((first == second) & (first >= 0))
    inside = inside[np.argsort(first[inside], kind="stable")]
    cuts = np.searchsorted(first[inside], np.arange(len(radius) + 1))
    edges = np.column_stack([place[flat.first[inside]], place[flat.second[inside]]])
    for cluster in range(len(radius)):
        nodes = members[starts[cluster] : starts[cluster + 1]]
        graph = igraph.Graph(n=len(nodes), edges=edges[cuts[cluster] : cuts[cluster + 1]])
        positions[nodes] = centres[cluster] + _inside_disc(_spring(graph), radius[cluster])


def _inside_disc(points: Points, radius: float) -> Points:
    """Scale points into a disc; the few that lie far out are drawn in, so that the others keep their room."""
    length = np.sqrt((points**2).sum(axis=1))
    if not len(points) or not length.max():
        return points
    typical = max(float(np.quantile(length, 0.9)), 1e-9)
    squeezed = np.minimum(length / typical, 1.0 + 0.15 * np.tanh(np.maximum(length / typical - 1.0, 0.0)))
    scale = np.divide(squeezed, length, out=np.zeros_like(length), where=length > 0)
    return points * (scale * radius / squeezed.max())[:, None]


def _place_others(
    network: Network, codes: NDArray[np.int64], radius: Points, centres: Points, positions: Points
) -> None:
    others = np.flatnonzero(codes < 0)
    linked = others[network.flat.degree[others] > 0]
    alone = others[network.flat.degree[others] == 0]
    if len(radius) == 0:
        positions[linked] = _unclustered(network, linked)
        reach = np.sqrt((positions[linked] ** 2).sum(axis=1)).max(initial=1.0)
    else:
        reach = (np.sqrt((centres**2).sum(axis=1)) + radius).max()
        reach = _place_rings(network, codes, linked, reach, positions)
    per_row = max(int(2 * reach / 1.5), 10)
    row, column = np.divmod(np.arange(len(alone)), per_row)
    width = np.minimum(len(alone) - row * per_row, per_row)
    positions[alone] = np.column_stack([(column - (width - 1) / 2) * 1.5, -reach - 2.5 - 1.5 * row])


def _unclustered(network: Network, linked: NDArray[np.int64]) -> Points:
    """Lay out a network in which nobody is in a cluster as one drawing."""
    points = _spring(network.flat.graph())[linked]
    spread = np.sqrt((points**2).sum(axis=1)).max(initial=0.0) or 1.0
    return points / spread * np.sqrt(max(len(linked), 1))


def _place_rings(
    network: Network, codes: NDArray[np.int64], linked: NDArray[np.int64], reach: float, positions: Points
) -> float:
    """Set nodes on rings, each near the direction of the members it is linked to; return the outermost radius."""
    if not len(linked):
        return reach
    flat = network.flat
    pull = np.zeros((len(codes), 2))
    for here, there in ((flat.first, flat.second), (flat.second, flat.first)):
        use = (codes[here] < 0) & (codes[there] >= 0)
        np.add.at(pull, here[use], positions[there[use]])
    angle = np.arctan2(pull[linked, 1], pull[linked, 0])
    order = np.lexsort((linked, angle))
    ring, placed, distance = reach, 0, 1.4
    while placed < len(linked):
        ring += 2.0
        room = max(int(2 * np.pi * ring / distance), 1)
        left = len(linked) - placed
        rings_left = max(int(np.ceil(left / room)), 1)
        chosen = order[np.arange(left) % rings_left == 0][:room] if rings_left > 1 else order[:room]
        spread = _spread_angles(angle[chosen], distance / ring)
        positions[linked[chosen]] = ring * np.column_stack([np.cos(spread), np.sin(spread)])
        order = order[~np.isin(order, chosen)]
        placed += len(chosen)
    return ring


def _spread_angles(angle: Points, least: float) -> Points:
    """Move sorted angles so that neighbours are at least so far apart, and the whole stays where it was."""
    count = len(angle)
    if count * least >= 2 * np.pi * 0.98:
        return angle[0] + 2 * np.pi * np.arange(count) / count
    steps = np.arange(count) * least
    pushed = np.maximum.accumulate(angle - steps) + steps
    pushed -= (pushed - angle).mean()
    over = pushed[-1] - pushed[0] - (2 * np.pi - least)
    return pushed if over <= 0 else pushed[0] + (pushed - pushed[0]) * (1 - over / (pushed[-1] - pushed[0]))
