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
from clusternet.inference.counting import Counter
from clusternet.inference.draws import Draws, Row, draw_seed, scored
from clusternet.inference.matching import nearest_clusters, undivided
from clusternet.inference.rewiring import Bundles, bundles, relinked, rewired, silent_nodes, switched_bundle
from clusternet.inference.workers import NamedMetrics, checked_workers, in_processes, in_threads
from clusternet.messages import mark
from clusternet.metrics import Metric
from clusternet.model import ClusteredNetwork, Partition


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
    workers: int | None = None,
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
    workers : int, optional
        How many cores may work, as in :func:`~clusternet.inference.workers.checked_workers`; the draws are the same.
    progress : callable, optional
        Called as draws are done.

    Returns
    -------
    Draws
        Every score in every draw, and where nothing was found.
    """
    found = Draws.empty(metrics, clustered.network.layers, draws, clustered.k)
    if not metrics:
        return found
    checked_workers(workers)
    parts = bundles(clustered.network, together=together)
    if detect:
        entry, chosen = detection_of(clustered.partition, method, options)
        task = FoundAgain(clustered, parts, metrics, entry, chosen, seed)
        results = in_processes(task, draws, workers=workers, portable=task.portable)
    else:
        results = in_threads(SameMembers(clustered, parts, metrics, seed), draws, workers=workers)
    return found.filled(results, progress)


class SameMembers:
    """Scores the same members in one rewired network.

    Parameters
    ----------
    clustered : ClusteredNetwork
        The network and its clusters.
    parts : sequence of Bundles
        What is rewired as one.
    metrics : sequence of Metric
        What to score. Those that only count links by cluster need no network to be made of the draw.
    seed : int
        The seed.
    """

    def __init__(
        self, clustered: ClusteredNetwork, parts: Sequence[Bundles], metrics: Sequence[Metric], seed: int
    ) -> None:
        self.clustered, self.parts, self.seed = clustered, parts, seed
        self.silent = silent_nodes(clustered.network)
        self.counter = Counter(clustered, clustered.network.flat.weight)
        may_count = bool(parts) and parts[0].flat and self.counter.exact and clustered.k > 0
        self.counted = self.counter.countable(metrics) if may_count else []
        self.others = [metric for metric in metrics if metric not in self.counted]

    def __call__(self, draw: int) -> Row:
        """Return where nothing was found, which is nowhere, and the scores of one draw."""
        seed = draw_seed(self.seed, draw)
        needed = self.parts if self.others else self.parts[:1]
        ends = [switched_bundle(part, self.silent, place, seed=seed) for place, part in enumerate(needed)]
        values: dict[str, NDArray[np.float64]] = {}
        if self.counted:
            values |= scored(self.counted, self.counter.count(ends[0]))
        if self.others:
            network = relinked(self.clustered.network, self.parts, ends)
            values |= scored(self.others, ClusteredNetwork(network, self.clustered.partition))
        return np.zeros(self.clustered.k, dtype=bool), values


class FoundAgain(NamedMetrics):
    """Looks for clusters in one rewired network and scores those that are set beside the observed ones.

    Parameters
    ----------
    clustered : ClusteredNetwork
        The network and its clusters.
    parts : sequence of Bundles
        What is rewired as one.
    metrics : sequence of Metric
        What to score.
    method : Method
        What looks for clusters.
    options : mapping of str to float
        Its options.
    seed : int
        The seed.
    """

    def __init__(
        self,
        clustered: ClusteredNetwork,
        parts: Sequence[Bundles],
        metrics: Sequence[Metric],
        method: Method,
        options: Mapping[str, Any],
        seed: int,
    ) -> None:
        self.network, self.parts, self.metrics = clustered.network, parts, metrics
        self.method, self.options, self.seed = method, dict(options), seed
        self.size, self.whole = clustered.size, undivided(clustered.network, clustered.partition)

    @property
    def portable(self) -> bool:
        """Whether another process can find the metrics and the method, by their names in the catalogues."""
        return super().portable and METHODS.get(self.method.name) == self.method

    def __getstate__(self) -> dict[str, Any]:
        return {**super().__getstate__(), "method": self.method.name}

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__({**state, "method": METHODS[state["method"]]})

    def __call__(self, draw: int) -> Row:
        """Return where nothing was found to compare, and the scores of one draw."""
        again = rewired(self.network, self.parts, seed=draw_seed(self.seed, draw))
        drawn = find(again, self.method, options=self.options, seed=self.seed)
        match = nearest_clusters(self.size, self.whole, drawn.sizes, undivided(again, drawn))
        nothing = match < 0
        chosen = np.unique(match[~nothing])
        if not len(chosen):
            return nothing, {}
        # Only the clusters that are compared with anything are scored; they keep their order when some are left out,
        # so position in ``chosen`` is the new number.
        number = np.full(drawn.n_clusters + 1, -1, dtype=np.int64)
        number[chosen] = np.arange(len(chosen))
        compared = ClusteredNetwork(again, Partition(drawn.enterprise_ids, number[drawn.codes]))
        rows = number[match[~nothing]]
        values = {}
        for key, column in scored(self.metrics, compared).items():
            values[key] = np.full(len(match), np.nan)
            values[key][~nothing] = column[rows]
        return nothing, values
