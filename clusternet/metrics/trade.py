"""Trade: the directed flows among the members, and whether they run in one direction or in circles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clusternet.messages import mark
from clusternet.metrics.card import metric
from clusternet.metrics.memory import made_once
from clusternet.metrics.sorting import distinct
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import grouped_sum, ratio

Values = NDArray[np.float64]

#: What is left of the equations of the levels when they count as solved, as a share of their right side.
_PRECISION = 1e-12


@dataclass(frozen=True, eq=False)
class Flows:
    """Ties of trade, each ordered pair once: who sells, who buys, and the weight; positions of nodes, sorted."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    weight: Values


def trade_ties(c: ClusteredNetwork, *, directed: bool) -> Flows:
    """Return every tie of the layers of trade, in the network's order.

    A weight counts as in the flat network: times the weight of its layer; a layer of weight 0 is left out.

    Parameters
    ----------
    c : ClusteredNetwork
        The clusters.
    directed : bool
        Whether only directed layers are asked for; then the layers are added up, one flow per ordered pair.
    """
    return _trade_ties(c, directed)


@made_once
def _trade_ties(c: ClusteredNetwork, directed: bool) -> Flows:
    network = c.network
    factor = np.array([layer.weight for layer in network.layers], dtype=np.float64)
    chosen = network.of_layers(
        [layer.family == "trade" and layer.counts and (layer.directed or not directed) for layer in network.layers]
    )
    ties = network.ties
    source, target = ties.source[chosen], ties.target[chosen]
    weight = ties.weight[chosen] * factor[ties.layer[chosen]] if len(factor) else ties.weight[chosen]
    if not directed:
        return Flows(source, target, weight)
    n = max(network.n_nodes, 1)
    keys, group = distinct(source * n + target)
    return Flows(keys // n, keys % n, grouped_sum(weight, group, len(keys)))


@made_once
def flows_inside(c: ClusteredNetwork) -> Flows:
    """Return the directed flows of trade with both ends in one cluster."""
    flows = trade_ties(c, directed=True)
    inside = (c.cluster_of[flows.source] == c.cluster_of[flows.target]) & (c.cluster_of[flows.source] >= 0)
    return Flows(flows.source[inside], flows.target[inside], flows.weight[inside])


def trophic_levels(c: ClusteredNetwork) -> Values:
    """Return the trophic level of every node in the trade inside its cluster, shape (n_nodes,).

    Levels solve (diag(u) - W - W') h = v with u = in + out and v = in - out. The equations fix them up to a constant in
    each part, which no difference of levels feels. An error of the levels enters the coherence only squared, because
    the right levels are those that make it largest.
    """
    from clusternet.metrics.flow_kernels import levels_of

    flows, members = flows_inside(c), c.member_nodes
    place = np.zeros(c.network.n_nodes, dtype=np.int64)
    place[members] = np.arange(len(members))
    source, target = place[flows.source], place[flows.target]
    inward, outward = (grouped_sum(flows.weight, side, len(members)) for side in (target, source))
    ends = (np.concatenate([source, target]), np.concatenate([target, source]))
    both = sparse.csr_array((np.tile(flows.weight, 2), ends), shape=(len(members), len(members)))
    rows, others = both.indptr.astype(np.int64), both.indices.astype(np.int64)
    start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(c.size, dtype=np.int64)])
    levels = np.zeros(c.network.n_nodes)
    levels[members] = levels_of(start, rows, others, both.data, inward - outward, _PRECISION)
    return levels


@metric(
    label=mark("Trophic coherence of trade"),
    family="complementarity",
    better="neither",
    formula=r"1 - \frac{\sum_{ij} w_{ij} (h_j - h_i - 1)^2}{\sum_{ij} w_{ij}},"
    r" \quad (\mathrm{diag}(u) - W - W^\top) h = v",
    unit=mark("share of a perfect chain's coherence"),
    range=(0, 1),
    undefined=mark("no directed trade inside the cluster"),
    reference="MacKay, R. S., Johnson, S. & Sansom, B. (2020), How directed is a directed network?",
    null="rewiring",
)
def trophic_coherence(c: ClusteredNetwork) -> Values:
    """How far trade runs in one direction, level by level: 1 for a perfect chain, 0 where goods only go round.

    Levels are found for each connected part of the cluster's directed trade, up to a constant that does not matter.
    """
    flows = flows_inside(c)
    levels = trophic_levels(c)
    miss = flows.weight * (levels[flows.target] - levels[flows.source] - 1) ** 2
    cluster = c.cluster_of[flows.source]
    incoherence = ratio(grouped_sum(miss, cluster, c.k), grouped_sum(flows.weight, cluster, c.k))
    return 1 - np.clip(incoherence, 0.0, 1.0)
