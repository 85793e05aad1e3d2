"""Trade: the directed flows among the members, and whether they run in one direction or in circles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import cg, splu

from clusternet.messages import mark
from clusternet.metrics.card import metric
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import grouped_sum, ratio

Values = NDArray[np.float64]

#: Up to this many enterprises in one connected part the levels are solved for directly.
_DIRECT_UP_TO = 1000


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
    network = c.network
    factor = np.array([layer.weight for layer in network.layers], dtype=np.float64)
    chosen = network.of_layers(
        [layer.family == "trade" and layer.counts and (layer.directed or not directed) for layer in network.layers]
    )
    ties = network.ties.where(chosen)
    weight = ties.weight * factor[ties.layer] if len(factor) else ties.weight
    if not directed:
        return Flows(ties.source, ties.target, weight)
    n = max(network.n_nodes, 1)
    keys, group = np.unique(ties.source * n + ties.target, return_inverse=True)
    return Flows(keys // n, keys % n, grouped_sum(weight, group, len(keys)))


def flows_inside(c: ClusteredNetwork) -> Flows:
    """Return the directed flows of trade with both ends in one cluster."""
    flows = trade_ties(c, directed=True)
    inside = (c.cluster_of[flows.source] == c.cluster_of[flows.target]) & (c.cluster_of[flows.source] >= 0)
    return Flows(flows.source[inside], flows.target[inside], flows.weight[inside])


def trophic_levels(flows: Flows, n_nodes: int) -> Values:
    """Return the trophic level of every node, the first node of each connected part at 0, shape (n_nodes,).

    Levels solve (diag(u) - W - W') h = v with u = in + out and v = in - out. The equations fix them up to a constant in
    each part, which no difference of levels feels.
    """
    ends = (flows.source, flows.target)
    matrix = sparse.csr_array((flows.weight, ends), shape=(n_nodes, n_nodes))
    inward, outward = (grouped_sum(flows.weight, side, n_nodes) for side in (flows.target, flows.source))
    part = sparse.csgraph.connected_components(matrix, directed=False)[1]
    fixed = np.unique(part, return_index=True)[1]
    free = np.setdiff1d(np.arange(n_nodes), fixed)
    levels = np.zeros(n_nodes)
    if len(free):
        laplacian = sparse.csc_array(sparse.diags_array(inward + outward) - matrix - matrix.T)
        equations, right = laplacian[free][:, free].tocsc(), (inward - outward)[free]
        if np.bincount(part).max() <= _DIRECT_UP_TO:
            levels[free] = splu(equations).solve(right)
        else:
            # Direct solving would fill the memory; an error of the levels enters the coherence only squared.
            levels[free] = cg(equations, right, rtol=1e-10, M=sparse.diags_array(1 / equations.diagonal()))[0]
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
    levels = trophic_levels(flows, c.network.n_nodes)
    miss = flows.weight * (levels[flows.target] - levels[flows.source] - 1) ** 2
    cluster = c.cluster_of[flows.source]
    incoherence = ratio(grouped_sum(miss, cluster, c.k), grouped_sum(flows.weight, cluster, c.k))
    return 1 - np.clip(incoherence, 0.0, 1.0)
