"""A null for cohesion and glue: rewired networks, in which the method looks for clusters again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clusternet.detect import DEFAULT_METHOD, METHODS, Method
from clusternet.detect.finding import find
from clusternet.inference.draws import Draws, key_columns
from clusternet.inference.rewiring import bundles, rewired
from clusternet.metrics import Metric
from clusternet.model import ClusteredNetwork, Network, Partition


def detection_of(partition: Partition) -> tuple[Method, Mapping[str, Any]]:
    """Return the method that found a partition, with its options.

    Clusters that were given, or found by a method outside the catalogue, are compared with what the default method
    finds: the question is then whether clusters as good as the given ones can be found in noise at all.
    """
    method = METHODS.get(partition.method)
    if method is None:
        return METHODS[DEFAULT_METHOD], {}
    steps = [step for step in partition.provenance.steps if step.verb == "find_clusters"]
    return method, steps[-1].arguments.get("options", {}) if steps else {}


def undivided(network: Network, partition: Partition) -> NDArray[np.bool_]:
    """Return which clusters no linked pair of the register leaves, shape (k,).

    Where a method leaves a connected network in one piece it has found nothing in it.
    """
    flat = network.flat
    registered = flat.second < network.n_enterprises
    first, second = partition.codes[flat.first[registered]], partition.codes[flat.second[registered]]
    left = np.concatenate([first[first != second], second[first != second]])
    result = np.ones(partition.n_clusters, dtype=bool)
    result[left[left >= 0]] = False
    return result


def nearest_clusters(
    sizes: NDArray[np.int64],
    whole: NDArray[np.bool_],
    drawn_sizes: NDArray[np.int64],
    drawn_whole: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Return, for each observed cluster, the cluster of a draw to set beside it: of the same kind, nearest in size.

    Parameters
    ----------
    sizes, drawn_sizes : array of int, shapes (k,) and (d,)
        Members of the observed clusters and of those of the draw.
    whole, drawn_whole : array of bool, shapes (k,) and (d,)
        Whether a cluster is undivided (see :func:`undivided`); like is compared with like, because a network that is
        left in one piece has no boundary at all and would beat every cluster on it.

    Returns
    -------
    array of int, shape (k,)
        Position of the cluster in the draw, the first of several equally near; -1 where there is none of the kind.

    Examples
    --------
    >>> whole, none = np.array([True, False]), np.array([False, False])
    >>> nearest_clusters(np.array([9, 4]), none, np.array([12, 6]), none)
    array([0, 1])
    >>> nearest_clusters(np.array([9, 4]), none, np.array([12, 6]), whole)
    array([1, 1])
    """
    if not len(drawn_sizes):
        return np.full(len(sizes), -1, dtype=np.int64)
    distance = np.abs(sizes[:, None] - drawn_sizes).astype(np.float64)
    distance[whole[:, None] != drawn_whole] = np.inf
    return np.where(np.isinf(distance.min(axis=1)), -1, distance.argmin(axis=1))


def rewired_draws(
    clustered: ClusteredNetwork,
    metrics: Sequence[Metric],
    *,
    draws: int,
    seed: int,
    detect: bool = True,
    together: bool = True,
    progress: Callable[[str], None] | None = None,
) -> Draws:
    """Score clusters in rewired networks.

    Parameters
    ----------
    clustered : ClusteredNetwork
        The network and its k clusters.
    metrics : sequence of Metric
        What to score.
    draws : int
        How many rewired networks.
    seed : int
        The seed; draw b has a seed of its own, so more draws leave the first ones as they are.
    detect : bool, default True
        Whether the method that found the clusters looks for clusters in each rewired network; an observed cluster is
        then set beside the one that :func:`nearest_clusters` names. Otherwise the same members are scored again. That
        is circular for clusters that were detected: they were chosen for having links inside, which rewired members
        were not.
    together : bool, default True
        As in :func:`~clusternet.inference.rewiring.bundles`.
    progress : callable, optional
        Called as draws are done.

    Returns
    -------
    Draws
        Every score in every draw, and where nothing was found.
    """
    network, partition = clustered.network, clustered.partition
    found = Draws.empty(metrics, network.layers, draws, clustered.k)
    if not metrics:
        return found
    method, options = detection_of(partition)
    whole = undivided(network, partition)
    parts = bundles(network, together=together)
    for draw in range(draws):
        seeds = np.random.SeedSequence(seed, spawn_key=(0, draw)).generate_state(1, np.uint64)
        again = rewired(network, parts, seed=int(seeds[0]))
        match = np.arange(clustered.k)
        drawn = partition
        if detect:
            drawn = find(again, method, options=options, seed=seed)
            match = nearest_clusters(clustered.size, whole, drawn.sizes, undivided(again, drawn))
        _score_draw(again, drawn, match, metrics, found, draw)
        if progress:
            progress(f"{draw + 1}/{draws}")
    return found


def _score_draw(
    network: Network, partition: Partition, match: NDArray[np.int64], metrics: Sequence[Metric], found: Draws, draw: int
) -> None:
    """Fill one draw; only the clusters that are compared with anything are scored."""
    found.nothing[draw] = match < 0
    chosen = np.unique(match[match >= 0])
    if not len(chosen):
        return
    # Clusters keep their order when some are left out, so position in ``chosen`` is the new number.
    number = np.full(partition.n_clusters + 1, -1, dtype=np.int64)
    number[chosen] = np.arange(len(chosen))
    again = ClusteredNetwork(network, Partition(partition.enterprise_ids, number[partition.codes]))
    rows = number[match[match >= 0]]
    for metric in metrics:
        for key, column in key_columns(metric, metric(again), network.layers):
            found.values[key][draw, match >= 0] = column[rows]
