"""A faster null for large networks: the ends of all linked pairs are joined anew, two by two."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from clusternet.inference.counting import CountedClusters, Counter, MemberSums, needing
from clusternet.inference.draws import Draws, Row, draw_seed, scored
from clusternet.inference.workers import in_threads
from clusternet.metrics import Metric
from clusternet.model import ClusteredNetwork

#: A number drawn by chance takes about as long as so many pairs that are joined.
_PAIRS_A_CHANCE = 20


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
        Each takes at most 24 bytes a linked pair.
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
    it takes some fifty times as long where pairs are many and have few different weights.

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

    Notes
    -----
    How many pairs lie inside each cluster depends on nothing but how many ends each cluster has. Where pairs are many,
    and their weights of few values, these numbers are drawn without a pair being written down (:class:`_ByCluster`);
    otherwise the pairs are (:class:`_ByPair`). Both give the same chance to everything.
    """

    def __init__(self, clustered: ClusteredNetwork, metrics: Sequence[Metric], seed: int) -> None:
        self.k, self.seed = clustered.k, seed
        countable = Counter(clustered, clustered.network.flat.weight).countable(metrics) if clustered.k else []
        self.metrics = countable
        self.way: _ByCluster | _ByPair | None = None
        if countable:
            kinds = _Kinds(clustered)
            self.way = (_ByCluster if kinds.few else _ByPair)(clustered, countable, kinds)

    def __call__(self, draw: int) -> Row:
        """Return where nothing was found, which is nowhere, and the scores of one draw."""
        scores = self.way.scored(draw_seed(self.seed, draw)) if self.way else {}
        return np.zeros(self.k, dtype=bool), scores


class _Kinds:
    """The distinct weights of the linked pairs, and the ends that each cluster has.

    Parameters
    ----------
    clustered : ClusteredNetwork
        The network and its clusters.
    """

    def __init__(self, clustered: ClusteredNetwork) -> None:
        flat = clustered.network.flat
        values, count = np.unique(flat.weight, return_counts=True)
        # The usual weight comes last: what is left when the others are dealt.
        order = np.argsort(count == count.max(initial=0), kind="stable")
        self.values: NDArray[np.float64] = values[order]
        self.count: NDArray[np.int64] = count[order].astype(np.int64)
        members, k = clustered.member_nodes, clustered.k
        in_clusters = np.bincount(clustered.member_cluster, weights=flat.degree[members], minlength=k).astype(np.int64)
        #: By cluster, and last of those that are in none.
        self.ends_of: NDArray[np.int64] = np.append(in_clusters, 2 * len(flat) - in_clusters.sum())
        # A kind of few pairs needs few numbers: most clusters have none of its ends.
        numbers = np.minimum(k + 1, 2 * self.count).sum() * (k + 1).bit_length()
        self.few = bool(_PAIRS_A_CHANCE * numbers < len(flat))


class _ByCluster:
    """Draws how many pairs are inside each cluster, and then, where a score asks for it, whose these are."""

    def __init__(self, clustered: ClusteredNetwork, metrics: Sequence[Metric], kinds: _Kinds) -> None:
        self.clustered, self.kinds = clustered, kinds
        network, k = clustered.network, clustered.k
        self.total = network.flat.total
        #: Each cluster stands for its members, and one more node for all who are in none.
        self.cluster_of = np.append(np.arange(k), -1)
        ends = kinds.ends_of.astype(np.float64)
        sums = self._sums(np.zeros(k), ends[:k], np.zeros(k), ends[:k], ends)
        self.of_clusters = needing(sums, metrics)
        self.of_members = [metric for metric in metrics if metric not in self.of_clusters]
        self.degree = network.flat.degree[clustered.member_nodes]
        self.member_of: NDArray[np.int32] = np.repeat(np.arange(len(self.degree), dtype=np.int32), self.degree)
        self.start: NDArray[np.int64] = np.append(0, np.cumsum(kinds.ends_of[:k]))

    def _sums(self, *sums: NDArray[np.float64]) -> CountedClusters:
        pairs, boundary, weight, weight_boundary, strength = sums
        return CountedClusters(
            self.clustered,
            self.total,
            cluster_of=self.cluster_of,
            pairs_inside=pairs,
            pairs_boundary=boundary,
            weight_inside=weight,
            weight_boundary=weight_boundary,
            strength=strength,
        )

    def scored(self, seed: int) -> dict[str, NDArray[np.float64]]:
        """Return the scores of one draw."""
        from clusternet.inference.stub_kernels import dealt_to_members, joined_by_cluster

        kinds, k = self.kinds, self.clustered.k
        state = np.array([seed], dtype=np.uint64)
        inside, ends = joined_by_cluster(state, kinds.ends_of, kinds.count)
        pairs = inside.sum(axis=0)[:k].astype(np.float64)
        weight = _weighed(kinds.values, inside)[:k]
        beyond = _weighed(kinds.values, ends - 2 * inside)
        strength = _weighed(kinds.values, ends)
        found = scored(self.of_clusters, self._sums(pairs, kinds.ends_of[:k] - 2 * pairs, weight, beyond[:k], strength))
        if self.of_members:
            of_each = self.degree * kinds.values[-1]
            within = dealt_to_members(state, inside, ends, kinds.values, of_each, self.start, self.member_of)
            without = np.maximum(of_each - within, 0.0)
            found |= scored(self.of_members, MemberSums(self.clustered, within, without))
        return found


def _weighed(values: NDArray[np.float64], count: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the sums over the kinds of pairs, one after the other, shape (groups,)."""
    total = np.zeros(count.shape[1])
    for value, number in zip(values, count, strict=True):
        total += value * number
    return total


class _ByPair:
    """Joins the ends of all pairs, and counts the pairs."""

    def __init__(self, clustered: ClusteredNetwork, metrics: Sequence[Metric], kinds: _Kinds) -> None:
        flat = clustered.network.flat
        self.clustered, self.metrics = clustered, metrics
        self.usual = float(kinds.values[-1]) if len(kinds.values) else 1.0
        self.unusual = int((flat.weight != self.usual).sum())
        self.weight = np.concatenate([flat.weight[flat.weight != self.usual], flat.weight[flat.weight == self.usual]])
        self.ends: NDArray[np.int32] = np.concatenate([flat.first, flat.second]).astype(np.int32)
        self.cluster_of: NDArray[np.int32] = clustered.cluster_of.astype(np.int32)
        self.ends_of = kinds.ends_of[: clustered.k].astype(np.float64)

    def scored(self, seed: int) -> dict[str, NDArray[np.float64]]:
        """Return the scores of one draw."""
        from clusternet.inference.counting_kernels import joined_at_random, tally_inside

        clustered, k = self.clustered, self.clustered.k
        ends = joined_at_random(self.ends, self.unusual, np.uint64(seed))
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
        return scored(self.metrics, counted)
