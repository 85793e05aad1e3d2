"""A null for cohesion and glue: rewired networks, in which the method looks for clusters again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clusternet.detect import DEFAULT_METHOD, METHODS, Method
from clusternet.detect.catalogue import GIVEN
from clusternet.detect.finding import find
from clusternet.errors import InputError
from clusternet.inference.draws import Draws, key_columns
from clusternet.inference.rewiring import bundles, rewired
from clusternet.messages import mark
from clusternet.metrics import Metric
from clusternet.model import ClusteredNetwork, Network, Partition


def detection_of(
    partition: Partition,
    method: str | Method | None = None,
    options: Mapping[str, float] = MappingProxyType({}),
) -> tuple[Method, Mapping[str, Any]]:
    """Return the method that looks for clusters again, with its options.

    Parameters
    ----------
    partition : Partition
        The clusters.
    method : str or Method, optional
        The method; by default the one that found the partition. Clusters that were given are compared with what the
        default method finds: the question is then whether clusters as good as the given ones can be found in noise at
        all.
    options : mapping of str to float
        Its options; by default those with which it found the partition.

    Returns
    -------
    method : Method
        The method.
    options : mapping of str to float
        Its options, as far as they are not its defaults.

    Raises
    ------
    InputError
        If the method or an option is unknown, or if a method found the partition that the catalogue does not have.
    """
    found_by = partition.method
    if method is None and found_by != GIVEN and found_by not in METHODS.names:
        raise InputError(
            mark(
                'The clusters were found by the method "{name}", which the catalogue does not have, so it cannot look '
                "for clusters again; hand it over as method=, as for find_clusters."
            ),
            name=found_by,
        )
    entry = METHODS.resolved(method or (DEFAULT_METHOD if found_by == GIVEN else found_by))
    steps = [step for step in partition.provenance.steps if step.verb == "find_clusters"]
    if not options and entry.name == found_by and steps:
        options = steps[-1].arguments.get("options", {})
    entry.checked_options(options)
    return entry, options


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
    method: str | Method | None = None,
    options: Mapping[str, float] = MappingProxyType({}),
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
    method, options
        What looks for clusters again, as in :func:`detection_of`.
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
    again_by, chosen = detection_of(partition, method, options) if detect else (None, {})
    whole = undivided(network, partition)
    parts = bundles(network, together=together)
    for draw in range(draws):
        seeds = np.random.SeedSequence(seed, spawn_key=(0, draw)).generate_state(1, np.uint64)
        again = rewired(network, parts, seed=int(seeds[0]))
        match = np.arange(clustered.k)
        drawn = partition
        if again_by is not None:
            drawn = find(again, again_by, options=chosen, seed=seed)
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
