"""What part each enterprise plays in its cluster and between clusters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from clusternet.model import ClusteredNetwork, Scores
from clusternet.model.scores import ROLES
from clusternet.model.sums import grouped_sum, ratio

#: Where Guimera and Amaral draw the line for hubs, and for those who connect modules.
HUB_SCORE = 2.5
BRIDGE_PARTICIPATION = 0.62
#: The share of its cluster's ways in that a gatekeeper mediates at least.
GATE_SHARE = 0.25


def within_score(c: ClusteredNetwork) -> NDArray[np.float64]:
    """Return how many standard deviations more partners inside each enterprise has than its cluster's mean.

    Parameters
    ----------
    c : ClusteredNetwork
        The network seen through its clusters.

    Returns
    -------
    array of float, shape (n_enterprises,)
        The within-cluster degree z-score over linked pairs; 0 where all members have as many, NaN in no cluster.
    """
    inside = _partners_by_cluster(c)[0]
    members, cluster, n = c.member_nodes, c.member_cluster, c.network.n_enterprises
    mean = np.bincount(cluster, weights=inside[members], minlength=c.k) / c.size
    square = np.bincount(cluster, weights=inside[members] ** 2, minlength=c.k) / c.size
    # Means of whole numbers leave a trace of rounding where the true spread is 0.
    deviation = np.sqrt(np.where(square - mean**2 > 1e-9, square - mean**2, 0.0))
    score = np.full(n, np.nan)
    spread = deviation[cluster]
    score[members] = np.where(spread > 0, ratio(inside[members] - mean[cluster], spread), 0.0)
    return score


def participation(c: ClusteredNetwork) -> NDArray[np.float64]:
    """Return how evenly each enterprise's partners are spread over clusters.

    Parameters
    ----------
    c : ClusteredNetwork
        The network seen through its clusters.

    Returns
    -------
    array of float, shape (n_enterprises,)
        1 - sum over clusters of (partners there / partners in any cluster) squared, in 0..1: 0 when all are in one
        cluster. Partners in no cluster are not counted; NaN without a partner in any cluster.
    """
    _, squares, total = _partners_by_cluster(c)
    return 1 - ratio(squares, total**2)


def gatekeeping(c: ClusteredNetwork) -> NDArray[np.int64]:
    """Count the ways from other clusters into its own that each enterprise mediates.

    Parameters
    ----------
    c : ClusteredNetwork
        The network seen through its clusters.

    Returns
    -------
    array of int, shape (n_enterprises,)
        For a member j of a cluster C, the number of i in another cluster and l in C such that, over all directed
        layers but rivalry, i leads to j, j to l, and i not to l. 0 without directed layers, and in no cluster.
    """
    network, ties, n = c.network, c.network.ties, c.network.n_enterprises
    directed = network.of_layers([layer.directed and layer.family != "rivalry" for layer in network.layers])
    there = directed & (c.cluster_of[ties.source] >= 0) & (c.cluster_of[ties.target] >= 0)
    key = np.unique(ties.source[there] * n + ties.target[there])
    source, target = key // max(n, 1), key % max(n, 1)
    crossing = c.partition.codes[source] != c.partition.codes[target]

    def matrix(chosen: NDArray[np.bool_]) -> sparse.csr_array:
        return sparse.csr_array((np.ones(int(chosen.sum())), (source[chosen], target[chosen])), shape=(n, n))

    into, within = matrix(crossing), matrix(~crossing)
    paths = np.asarray(into.sum(axis=0)).ravel() * np.asarray(within.sum(axis=1)).ravel()
    # Of the paths i, j, l those are closed where i leads to l as well: (into within')_ij counts such l.
    closed = np.asarray((into @ within.T).multiply(into).sum(axis=0)).ravel()
    return np.rint(paths - closed).astype(np.int64)


def gatekeepers(c: ClusteredNetwork) -> NDArray[np.bool_]:
    """Return who mediates at least a quarter of the ways from other clusters into its own, shape (n_enterprises,).

    Gould and Fernandez count the ways of everybody. In a value chain more than half of all enterprises have one, so
    the word is kept for those without whom the cluster would lose a good part of them.
    """
    ways = gatekeeping(c)
    held = np.zeros(len(ways), dtype=bool)
    members, cluster = c.member_nodes, c.member_cluster
    total = np.bincount(cluster, weights=ways[members], minlength=c.k)
    held[members] = (ways[members] > 0) & (ways[members] >= GATE_SHARE * total[cluster])
    return held


def member_roles(c: ClusteredNetwork) -> pd.DataFrame:
    """Return the role of every enterprise.

    Parameters
    ----------
    c : ClusteredNetwork
        The network seen through its clusters.

    Returns
    -------
    DataFrame
        One row per enterprise, in order of position: ``enterprise_id``, ``cluster`` (-1 in none) and ``role``, the
        first of :data:`ROLES` that fits: isolated (no linkages), hub (:func:`within_score` of at least 2.5), bridge
        (:func:`participation` of at least 0.62), gatekeeper (:func:`gatekeepers`), boundary (less than half of the
        linkage weight inside), member. Empty for an enterprise that has linkages and is in no cluster.

    References
    ----------
    Guimera, R. & Amaral, L. A. N. (2005), Functional cartography of complex metabolic networks,
    doi:10.1038/nature03288 (hub, bridge: their z and P with their thresholds).
    Gould, R. V. & Fernandez, R. M. (1989), Structures of mediation, doi:10.2307/270949 (gatekeeper:
    their count; the share of a quarter is ours).
    Flake, G. W., Lawrence, S. & Giles, C. L. (2000), doi:10.1145/347090.347121 (boundary: its contrary).

    Examples
    --------
    >>> from clusternet.model import Network, Partition
    >>> star = Network.from_edges(list("aaaaaaaa"), list("bcdefghi"), nodes=list("abcdefghij"))
    >>> labels = dict.fromkeys("abcdefghi", 0) | {"j": -1}
    >>> member_roles(ClusteredNetwork(star, Partition.from_labels(star.enterprise_ids, labels)))["role"].tolist()
    ['hub', 'member', 'member', 'member', 'member', 'member', 'member', 'member', 'member', 'isolated']
    """
    n = c.network.n_enterprises
    clustered = c.partition.codes >= 0
    flat = c.network.flat
    ends, weight = np.concatenate([flat.first, flat.second]), np.tile(flat.weight, 2)
    stays = np.tile(c.cluster_of[flat.first] == c.cluster_of[flat.second], 2) & (c.cluster_of[ends] >= 0)
    inside = grouped_sum(weight[stays], ends[stays], c.network.n_nodes)[:n]
    outside = grouped_sum(weight[~stays], ends[~stays], c.network.n_nodes)[:n]
    fits = {
        "isolated": flat.degree[:n] == 0,
        "hub": clustered & (within_score(c) >= HUB_SCORE),
        "bridge": clustered & (participation(c) >= BRIDGE_PARTICIPATION),
        "gatekeeper": clustered & gatekeepers(c),
        "boundary": clustered & (outside - inside > 1e-9 * (inside + outside)),  # rounding is not a side
        "member": clustered,
    }
    role = np.select([fits[name] for name in ROLES], list(ROLES), default="")
    return pd.DataFrame(
        {
            "enterprise_id": pd.Series(c.network.enterprise_ids, dtype="str"),
            "cluster": c.partition.codes,
            "role": pd.Series(role, dtype="str"),
        }
    )


def with_roles(scores: Scores, c: ClusteredNetwork) -> Scores:
    """Return scores with the role of every enterprise in ``members``."""
    return replace(scores, members=member_roles(c))


def _partners_by_cluster(
    c: ClusteredNetwork,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return, for each enterprise: partners in its own cluster, squares of partners by cluster, partners in any."""
    flat, n = c.network.flat, c.network.n_enterprises
    ends = np.concatenate([flat.first, flat.second])
    other = c.cluster_of[np.concatenate([flat.second, flat.first])]
    counted = (other >= 0) & (ends < n)
    key, count = np.unique(ends[counted] * max(c.k, 1) + other[counted], return_counts=True)
    node, cluster = key // max(c.k, 1), key % max(c.k, 1)
    own = c.partition.codes[node] == cluster
    count = count.astype(np.float64)
    inside = np.bincount(node[own], weights=count[own], minlength=n).astype(np.float64)
    squares = np.bincount(node, weights=count**2, minlength=n).astype(np.float64)
    return inside, squares, np.bincount(node, weights=count, minlength=n).astype(np.float64)
