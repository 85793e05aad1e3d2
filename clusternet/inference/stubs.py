"""A faster null for large networks: the ends of all linked pairs are joined anew, two by two."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from clusternet.inference.counting import CountedClusters, Counter
from clusternet.inference.draws import Draws, Row, draw_seed, scored
from clusternet.inference.workers import in_threads
from clusternet.metrics import Metric
from clusternet.model import ClusteredNetwork


def stub_draws(
    clustered: ClusteredNetwork,
    metrics: Sequence[Metric],
    *,
    draws: int,
    seed: int,
    workers: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> Draws:
    """Score the same members where the ends of all linked pairs are joined at random.

    Parameters
    ----------
    clustered : ClusteredNetwork
        The network and its k clusters.
    metrics : sequence of Metric
        What to score. Only those that count links by cluster can be; the others are left out.
    draws : int
        How many times.
    seed : int
        The seed; draw b has a seed of its own, so more draws leave the first ones as they are.
    workers : int, optional
        How many cores may work, as in :func:`~clusternet.inference.workers.checked_workers`; the draws are the same.
        Each takes 16 bytes a linked pair.
    progress : callable, optional
        Called as draws are done.

    Returns
    -------
    Draws
        Every score that can be counted, in every draw.

    Notes
    -----
    This is the configuration model on multigraphs: every linked pair of the flat network is cut into two ends, and all
    ways to join them two by two are equally likely. Everybody keeps the number of their links; weights are dealt among
    the links at random. A draw may join somebody to themselves, which counts as a link inside, and join two more than
    once, and it may join two who did not answer. So it is an approximation of the networks that could have been
    surveyed, which have none of these: good where everybody has few partners beside all there are, poor in small dense
    networks, where it puts too many links inside. There :func:`~clusternet.inference.chance.rewired_draws` is right;
    it takes some ten times as long.

    References
    ----------
    Bollobas, B. (1980), A probabilistic proof of an asymptotic formula for the number of labelled regular graphs.
    Fosdick, B. K. et al. (2018), Configuring random graph models with fixed degree sequences.
    """
    task = Joined(clustered, metrics, seed)
    found = Draws.empty(task.metrics, clustered.network.layers, draws, clustered.k)
    return found.filled(in_threads(task, draws if task.metrics else 0, workers=workers), progress)


class Joined:
    """Scores the same members with the ends of all linked pairs joined at random.

    Parameters
    ----------
    clustered : ClusteredNetwork
        The network and its clusters.
    metrics : sequence of Metric
        What to score, as far as it can be counted.
    seed : int
        The seed.
    """

    def __init__(self, clustered: ClusteredNetwork, metrics: Sequence[Metric], seed: int) -> None:
        flat = clustered.network.flat
        self.clustered, self.seed = clustered, seed
        counter = Counter(clustered, flat.weight)
        self.metrics = counter.countable(metrics) if clustered.k else []
        values, count = np.unique(flat.weight, return_counts=True)
        self.usual = float(values[count.argmax()]) if len(values) else 1.0
        self.unusual = int((flat.weight != self.usual).sum())
        self.weight = np.concatenate([flat.weight[flat.weight != self.usual], flat.weight[flat.weight == self.usual]])
        self.ends: NDArray[np.int32] = np.concatenate([flat.first, flat.second]).astype(np.int32)
        self.cluster_of: NDArray[np.int32] = clustered.cluster_of.astype(np.int32)
        members = clustered.member_nodes
        self.ends_of = np.bincount(clustered.member_cluster, weights=flat.degree[members], minlength=clustered.k)

    def __call__(self, draw: int) -> Row:
        """Return where nothing was found, which is nowhere, and the scores of one draw."""
        from clusternet.inference.counting_kernels import joined_at_random, tally_inside

        clustered, k = self.clustered, self.clustered.k
        ends = joined_at_random(self.ends, self.unusual, np.uint64(draw_seed(self.seed, draw)))
        pairs, weight, within, beyond = tally_inside(ends, self.cluster_of, self.weight, self.usual, k)
        strength = clustered.network.flat.degree * self.usual + beyond
        members = clustered.member_nodes
        volume = np.bincount(clustered.member_cluster, weights=strength[members], minlength=k)
        counted = CountedClusters(
            clustered,
            clustered.network.flat.total,
            pairs_inside=pairs,
            pairs_boundary=self.ends_of - 2 * pairs,
            weight_inside=weight,
            # Differences of what was rounded may fall below 0.
            weight_boundary=np.maximum(volume - 2 * weight, 0.0),
            within=within,
            without=np.maximum(strength - within, 0.0),
        )
        return np.zeros(k, dtype=bool), scored(self.metrics, counted)
