"""Levels: clusters of clusters, and clusters within clusters, where the network gives ground for them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from clusternet.detect.description import groups_value
from clusternet.detect.finding import find
from clusternet.detect.gains import KAPPA, LOG_OUT, OUT, SLOPE, UNIFORM
from clusternet.detect.modularity import leiden
from clusternet.detect.natural import natural
from clusternet.detect.rates import fitted_rates
from clusternet.detect.sizes import size_table
from clusternet.detect.support import cluster_support
from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model import ClusteredNetwork, Network, Partition, recorded
from clusternet.model.levels import Levels
from clusternet.model.pairs import Pairs
from clusternet.model.partition import LEAST_SUPPORT, canonical_labels
from clusternet.model.settings import check_seed
from clusternet.model.sums import canonical_weights

#: Resolutions of modularity at which groups of clusters are looked for.
_RESOLUTIONS = np.geomspace(0.25, 8.0, 16)
#: Fewer clusters have no level between themselves and the whole.
_LEAST_CLUSTERS = 3

Codes = NDArray[np.int64]


@recorded
def find_levels(network: Network, partition: Partition | None = None, *, seed: int = 0, deepest: int = 3) -> Levels:
    """Find levels of clusters: clusters that belong together, and clusters within clusters.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition, optional
        The clusters to start from; by default those of the method ``natural``.
    seed : int, default 0
        0 to 4,294,967,295.
    deepest : int, default 3
        The most levels below the clusters, at least 0.

    Returns
    -------
    Levels
        Nested partitions from coarse to fine; ``base`` is the level of the clusters. Where nothing speaks for another
        level there is only that one.

    Raises
    ------
    InputError
        If the partition is of other enterprises, or the seed or ``deepest`` is out of range.

    Notes
    -----
    Upwards, the clusters are the nodes, and the linked pairs between two clusters the links between them. Groups of
    clusters are looked for by Leiden at 16 resolutions; the one with the shortest description (the planted partition
    model with degrees, as for the clusters themselves) makes a coarser level, if it is more than log 20 nats shorter
    than both all clusters in one group and each by itself. The same is repeated with the groups.

    Downwards, the method ``natural`` looks at each cluster alone, as if there were no other enterprises. Where it
    divides the cluster, the division is kept if at least one part stands out: chance is expected to make less than one
    group like it in all the clusters together (inside its cluster the part has a support above the log of the number of
    clusters, :func:`clusternet.detect.support.cluster_support`). Clusters that are not divided stay as they are on the
    finer level.

    References
    ----------
    Peixoto, T. P. (2014), Hierarchical block structures and high-resolution model selection in large networks,
    doi:10.1103/PhysRevX.4.011047 (levels by description length).
    Zhang, L. & Peixoto, T. P. (2020), doi:10.1103/PhysRevResearch.2.043271 (the planted partition model).

    Examples
    --------
    >>> two_triangles = Network.from_edges(list("abcdefc"), list("bcaefdd"))
    >>> find_levels(two_triangles, Partition.from_labels(two_triangles.enterprise_ids, [0, 0, 0, 1, 1, 1]))
    <Levels: 1, coarse to fine; clusters: 2; made from level 0>
    """
    check_seed(seed)
    if isinstance(deepest, bool) or not isinstance(deepest, int) or deepest < 0:
        raise InputError(
            mark("{name} is {value}, but a whole number of at least {least} is expected."),
            name="deepest",
            value=repr(deepest),
            least=0,
        )
    start = find(network, natural, seed=seed) if partition is None else partition
    pairs = ClusteredNetwork(network, start).network.flat.among(np.arange(network.n_enterprises))
    coarser: list[Partition] = []
    codes = start.codes
    while (groups := _grouped(pairs, codes, seed)) is not None:
        coarser.append(_partition(network, pairs, groups))
        codes = coarser[-1].codes
    finer: list[Partition] = []
    latest, fresh = start, np.ones(len(start.codes), dtype=bool)
    for _ in range(deepest):
        latest, fresh = _divided(network, pairs, latest, fresh, seed)
        if not fresh.any():
            break
        finer.append(latest)
    return Levels((*reversed(coarser), start, *finer), len(coarser))


def _partition(network: Network, pairs: Pairs, codes: Codes, certainty: NDArray[np.float64] | None = None) -> Partition:
    partition = Partition(network.enterprise_ids, codes, certainty, method="levels")
    return replace(partition, cluster_support=cluster_support(pairs, partition.codes))


# ---------------------------------------------------------------------- upwards
def _grouped(pairs: Pairs, codes: Codes, seed: int) -> Codes | None:
    """Return the codes of groups of clusters, or None where no grouping describes the links between them better."""
    clusters = int(codes.max(initial=-1)) + 1
    between = _between(pairs, codes, clusters)
    if clusters < _LEAST_CLUSTERS or not len(between):
        return None
    described = _Between(between)
    alone = min(described.length(labels) for labels in (np.zeros(clusters, dtype=np.int64), np.arange(clusters)))
    graph = between.weighing(canonical_weights(between.weight))
    best, least = None, alone - LEAST_SUPPORT
    for resolution in _RESOLUTIONS:
        labels = np.unique(leiden(graph, seed=seed, resolution=float(resolution)).labels, return_inverse=True)[1]
        length = described.length(labels) if 0 < labels.max() < clusters - 1 else math.inf
        if length < least:
            best, least = labels, length
    return None if best is None else np.where(codes >= 0, best[codes], -1)


def _between(pairs: Pairs, codes: Codes, clusters: int) -> Pairs:
    """Return the clusters as nodes, and how many linked pairs there are between each two as weights."""
    first, second = codes[pairs.first], codes[pairs.second]
    apart = (first >= 0) & (second >= 0) & (first != second)
    one = np.ones(int(apart.sum()))
    return Pairs.from_ties(first[apart], second[apart], one, clusters)


class _Between:
    """The links between clusters, described by groups of clusters in proportion to each cluster's number of links."""

    def __init__(self, between: Pairs) -> None:
        self.between, self.ends = between, between.strength
        self.linked = int(between.weight.sum())
        # No link joins a cluster to itself.
        self.possible = float((self.ends.sum() ** 2 - (self.ends**2).sum()) / (2 * self.ends.sum()))

    def length(self, labels: Codes) -> float:
        """Return the description length in nats, but for what is the same for all groupings."""
        between, groups = self.between, int(labels.max()) + 1
        inside = labels[between.first] == labels[between.second]
        sums = np.array(
            [
                np.bincount(labels, minlength=groups),
                np.bincount(labels, weights=self.ends, minlength=groups),
                np.bincount(labels, weights=self.ends**2, minlength=groups),
                np.bincount(labels[between.first[inside]], weights=between.weight[inside], minlength=groups),
            ]
        )
        rates = fitted_rates(sums, self.linked, self.possible, True)
        log_size, size_cost = size_table(sums[0], between.n_nodes)
        told = (1 if groups == 1 else 2) + (rates[SLOPE] != 0) + (rates[KAPPA] < UNIFORM)
        outside = self.possible * rates[OUT] - self.linked * rates[LOG_OUT] + 0.5 * told * math.log(self.linked + 1)
        saved = float(groups_value(sums, rates, log_size)) - gammaln(between.n_nodes + 1)
        return float(outside + size_cost - saved)


# ---------------------------------------------------------------------- downwards
def _divided(
    network: Network, pairs: Pairs, partition: Partition, fresh: NDArray[np.bool_], seed: int
) -> tuple[Partition, NDArray[np.bool_]]:
    """Return the partition with those fresh clusters divided that stand out as divided, and whose clusters these were.

    Parameters
    ----------
    fresh : array of bool, shape (n,)
        Whether each enterprise's cluster has not been looked at alone yet.
    """
    codes, ties = partition.codes, network.ties
    cluster_of = ClusteredNetwork(network, partition).cluster_of.copy()
    cluster_of[: len(codes)][~fresh] = -1
    inside = (cluster_of[ties.source] == cluster_of[ties.target]) & (cluster_of[ties.source] >= 0)
    # Without linkages between them, clusters are connected parts, each of which is looked at alone.
    found = find(replace(network, ties=ties.where(inside)), natural, seed=seed)
    labels, certainty = codes.copy(), np.array(partition.member_certainty)
    divided = np.zeros(len(codes), dtype=bool)
    least = math.log(max(partition.n_clusters, 1))
    for cluster in range(partition.n_clusters):
        nodes = np.flatnonzero(codes == cluster)
        parts = found.codes[nodes]
        own = canonical_labels(parts)
        if parts.max() == parts.min() or cluster_support(pairs.among(nodes), own).max() <= least:
            continue
        labels[nodes] = np.where(parts < 0, -1, partition.n_clusters + parts)
        certainty[nodes] = found.certainty.to_numpy()[nodes]
        divided[nodes] = True
    return _partition(network, pairs, labels, certainty), divided
