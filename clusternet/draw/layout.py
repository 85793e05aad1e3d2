"""Where everything stands on the map: clusters first, then the members inside each of them."""

from __future__ import annotations

import os
import random
from concurrent.futures import ThreadPoolExecutor
from weakref import WeakKeyDictionary

import igraph
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from clusternet.draw.anchors import anchors, rounded_out, smoothed
from clusternet.draw.stress import MOST_DENSE, ROUNDS, graph_distances, majorised, sprung
from clusternet.model import ClusteredNetwork, Network, Partition
from clusternet.model.sums import grouped_mean

#: Room between two clusters, in the same unit as the distance of neighbouring members (1).
CLUSTER_GAP = 2.5
#: Clusters that are linked no more than chance would link them stand so many times as far apart as those that touch.
FARTHEST = 2.2
#: With more enterprises members are placed by a compiled kernel, which takes seconds to load and then a tenth as long.
MOST_PLAIN = 10_000
#: Of many clusters each is drawn to so many of those it is linked to most beyond chance.
MOST_NEAR = 8
_MOST_PUSHES = 300
Points = NDArray[np.float64]

_Made = WeakKeyDictionary[Network, WeakKeyDictionary[Partition, dict[int, Points]]]
#: Layouts made in this process; they go with their network and partition.
_made: _Made = WeakKeyDictionary()


def lay_out(network: Network, partition: Partition, *, seed: int = 0) -> Points:
    """Return a position for each node: members close to their cluster, related clusters near one another.

    Everything starts at places that follow from the ids, smoothed over the linkages, and is moved from there by
    majorising stress: so a map is the same in every run, and hardly changes when one enterprise is added. The graph of
    clusters is laid out first, as discs that do not overlap; members are laid out inside their disc. Enterprises in no
    cluster and outside partners stand on rings around all discs, at the side of the clusters they are linked to;
    those without any linkage in rows below.

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
        Positions, in units of about the distance of two neighbouring members; the vertical axis points up. Read-only:
        the same array is given again to whoever asks for the same layout.
    """
    known = _made.setdefault(network, WeakKeyDictionary()).setdefault(partition, {})
    if seed not in known:
        # Rounded, so that the last digits of a matrix inverse, which hang on the number of threads, leave no trace.
        known[seed] = np.round(_laid_out(network, partition, seed), 5) + 0.0
        known[seed].flags.writeable = False
    return known[seed]


def _laid_out(network: Network, partition: Partition, seed: int) -> Points:
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 (no secret depends on it)
    try:
        seen = ClusteredNetwork(network, partition)
        own = anchors(network.node_ids, seed=seed)
        positions = np.zeros((network.n_nodes, 2))
        radius = 0.75 * np.sqrt(partition.sizes.astype(np.float64))
        centres = _place_clusters(seen, own, radius)
        _place_members(seen, own, radius, centres, positions)
        _place_others(network, own, seen.cluster_of, radius, centres, positions)
        return positions
    finally:
        igraph.set_random_number_generator(random)


def _settled(start: Points, first: NDArray[np.int64], second: NDArray[np.int64]) -> Points:
    """Lay out one graph, unweighted, from a start that is rounded out; an edge is about 1 long."""
    count = len(start)
    start = rounded_out(start)
    if count > MOST_DENSE:
        return sprung(start, first, second)
    ends = (np.concatenate([first, second]), np.concatenate([second, first]))
    steps = sparse.csr_array((np.ones(len(ends[0])), ends), shape=(count, count))
    return majorised(start, graph_distances(steps))


def _place_clusters(seen: ClusteredNetwork, own: Points, radius: Points) -> Points:
    """Return the middle of each cluster's disc: the more linkages between two beyond chance, the nearer they are."""
    count = seen.k
    if count <= 1:
        return np.zeros((count, 2))
    between = sparse.coo_array(seen.between)
    apart = between.coords[0] != between.coords[1]
    row, column, weight = between.coords[0][apart], between.coords[1][apart], between.data[apart]
    volume = seen.volume
    expected = volume[row] * volume[column] / max(float(volume.sum()), 1e-300)
    related = weight / np.maximum(expected, 1e-300)
    own = np.column_stack([_mean_anchor(own[:, axis], seen) for axis in (0, 1)])
    start = rounded_out(smoothed(own, sparse.csr_array((related, (row, column)), shape=(count, count))))
    reach = radius + CLUSTER_GAP / 2
    if count > MOST_DENSE:
        points = sprung(start, *_nearest(row, column, related, count))
        points *= 1.2 * np.sqrt((reach**2).sum() / max((points**2).sum(axis=1).mean(), 1e-300) / 2)
    else:
        length = (reach[row] + reach[column]) * (1 + (FARTHEST - 1) / (1 + related))
        wanted = graph_distances(sparse.csr_array((length, (row, column)), shape=(count, count)))
        points = majorised(start, np.maximum(wanted, reach[:, None] + reach[None, :]))
    return _push_apart(points, reach)


def _nearest(
    row: NDArray[np.int64], column: NDArray[np.int64], related: Points, count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of clusters of which one is among the nearest of the other: by chance all are linked to all."""
    beyond = related > 1
    row, column, related = row[beyond].astype(np.int64), column[beyond].astype(np.int64), related[beyond]
    order = np.lexsort((column, -related, row))
    row, column = row[order], column[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    low, high = np.minimum(row, column)[rank < MOST_NEAR], np.maximum(row, column)[rank < MOST_NEAR]
    pair = np.unique(low * count + high)
    return pair // count, pair % count


def _mean_anchor(values: Points, seen: ClusteredNetwork) -> Points:
    """The anchor of a cluster follows from those of its members, so that a member more hardly moves it."""
    return grouped_mean(values[seen.member_nodes], seen.member_cluster, seen.k) * np.sqrt(seen.size)


def _push_apart(points: Points, radius: Points) -> Points:
    """Move discs until none overlaps another."""
    points = points.copy()
    for _ in range(_MOST_PUSHES):
        pairs = cKDTree(points).query_pairs(2 * radius.max(), output_type="ndarray")
        if not len(pairs):
            break
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        apart = points[pairs[:, 0]] - points[pairs[:, 1]]
        distance = np.sqrt((apart**2).sum(axis=1))
        overlap = radius[pairs].sum(axis=1) - distance
        touching = overlap > 1e-6
        if not touching.any():
            break
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


def _place_members(seen: ClusteredNetwork, own: Points, radius: Points, centres: Points, positions: Points) -> None:
    code, flat, members = seen.cluster_of, seen.network.flat, seen.member_nodes
    starts = np.searchsorted(seen.member_cluster, np.arange(seen.k + 1))
    place = np.zeros(len(code), dtype=np.int64)
    place[members] = np.arange(len(members)) - starts[seen.member_cluster]
    inside = np.flatnonzero((code[flat.first] == code[flat.second]) & (code[flat.first] >= 0))
    first, second = flat.first[inside], flat.second[inside]
    ends = (np.concatenate([first, second]), np.concatenate([second, first]))
    start = smoothed(own, sparse.csr_array((np.ones(2 * len(first)), ends), shape=(len(code), len(code))))
    order = np.argsort(code[first], kind="stable")
    first, second = first[order], second[order]
    cuts = np.searchsorted(code[first], np.arange(seen.k + 1))
    if seen.network.n_enterprises > MOST_PLAIN:
        relaxed = _relaxed(start[members], starts, place[first], place[second], cuts)
        for cluster in range(seen.k):
            own_rows = slice(starts[cluster], starts[cluster + 1])
            positions[members[own_rows]] = centres[cluster] + _inside_disc(relaxed[own_rows], radius[cluster])
        return
    for cluster in range(seen.k):
        nodes = members[starts[cluster] : starts[cluster + 1]]
        pairs = slice(cuts[cluster], cuts[cluster + 1])
        points = _settled(start[nodes], place[first[pairs]], place[second[pairs]])
        positions[nodes] = centres[cluster] + _inside_disc(points, radius[cluster])


def _relaxed(
    points: Points,
    starts: NDArray[np.int64],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    cuts: NDArray[np.int64],
) -> Points:
    """Lay out the members of every cluster, clusters side by side on all processors; each is centred."""
    from clusternet.draw.stress_kernels import relax_parts

    k = len(starts) - 1
    for cluster in range(k):
        nodes, pairs = slice(starts[cluster], starts[cluster + 1]), slice(cuts[cluster], cuts[cluster + 1])
        own = points[nodes]
        points[nodes] = _settled(own, first[pairs], second[pairs]) if len(own) > MOST_DENSE else rounded_out(own)

    def relax(low: int, high: int) -> None:
        relax_parts(points, starts[low : high + 1], first, second, cuts[low : high + 1], ROUNDS, MOST_DENSE)

    # Cut into more shares than there are processors, as clusters differ in size; each has its own rows of the array.
    bounds = np.unique(np.linspace(0, k, 8 * (os.cpu_count() or 1) + 1).astype(np.int64)).tolist()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        list(pool.map(relax, bounds[:-1], bounds[1:]))
    sizes = np.diff(starts)
    middle = np.column_stack([grouped_mean(points[:, axis], np.repeat(np.arange(k), sizes), k) for axis in (0, 1)])
    return points - np.repeat(middle, sizes, axis=0)


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
    network: Network, own: Points, codes: NDArray[np.int64], radius: Points, centres: Points, positions: Points
) -> None:
    others = np.flatnonzero(codes < 0)
    linked = others[network.flat.degree[others] > 0]
    alone = others[network.flat.degree[others] == 0]
    if len(radius) == 0:
        positions[linked] = _unclustered(network, own, linked)
        reach = np.sqrt((positions[linked] ** 2).sum(axis=1)).max(initial=1.0)
    else:
        reach = (np.sqrt((centres**2).sum(axis=1)) + radius).max()
        reach = _place_rings(network, codes, linked, reach, positions)
    per_row = max(int(2 * reach / 1.5), 10)
    row, column = np.divmod(np.arange(len(alone)), per_row)
    width = np.minimum(len(alone) - row * per_row, per_row)
    positions[alone] = np.column_stack([(column - (width - 1) / 2) * 1.5, -reach - 2.5 - 1.5 * row])


def _unclustered(network: Network, own: Points, linked: NDArray[np.int64]) -> Points:
    """Lay out a network in which nobody is in a cluster as one drawing."""
    pairs = network.flat.among(linked)
    points = _settled(smoothed(own[linked], pairs.matrix), pairs.first, pairs.second)
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
