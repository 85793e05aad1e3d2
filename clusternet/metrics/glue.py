"""Social glue: what members share in the layers of the family glue (by default stock, technology, knowledge)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.messages import mark
from clusternet.metrics.card import metric
from clusternet.metrics.members import per_member, touched_inside
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import ratio

Values = NDArray[np.float64]

_BATTISTON = "Battiston, F., Nicosia, V. & Latora, V. (2014), doi:10.1103/PhysRevE.89.032804"
_TOO_SMALL = mark("a cluster of one member")


def _possible_pairs(c: ClusteredNetwork) -> Values:
    return c.size * (c.size - 1) / 2


def _pair_keys_inside(c: ClusteredNetwork, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the distinct pairs inside a cluster that chosen linkages join, each as one number."""
    ties = c.network.ties.where(c.ties_inside(chosen))
    return np.unique(np.minimum(ties.source, ties.target) * c.network.n_nodes + np.maximum(ties.source, ties.target))


def _by_cluster(c: ClusteredNetwork, keys: NDArray[np.int64]) -> Values:
    return np.bincount(c.cluster_of[keys // max(c.network.n_nodes, 1)], minlength=c.k).astype(np.float64)


@metric(
    label=mark("Reach of the glue"),
    family="glue",
    better="higher",
    formula=r"\frac{|\{i \in S : i \text{ has a glue tie inside}\}|}{n}",
    unit=mark("share of members"),
    range=(0, 1),
    undefined="",
    reference="clusternet's own measure",
    core=True,
)
def glue_reach(c: ClusteredNetwork) -> Values:
    """The share of members that share something with another member."""
    ties = c.network.ties.where(c.network.family("glue"))
    return per_member(c, touched_inside(c, ties.source, ties.target)[c.member_nodes])


@metric(
    label=mark("Density of the glue"),
    family="glue",
    better="higher",
    formula=r"\frac{|P_S|}{n(n-1)/2}",
    unit=mark("share of pairs"),
    range=(0, 1),
    undefined=_TOO_SMALL,
    reference=_BATTISTON,
    core=True,
)
def glue_density(c: ClusteredNetwork) -> Values:
    """Of all pairs of members, the share joined by at least one glue layer."""
    return ratio(_by_cluster(c, _pair_keys_inside(c, c.network.family("glue"))), _possible_pairs(c))


@metric(
    label=mark("Breadth of the glue"),
    family="glue",
    better="higher",
    formula=r"\frac{1}{|P_S|} \sum_{p \in P_S} \frac{|\{l : p \in P_S^l\}|}{L}",
    unit=mark("share of glue layers"),
    range=(0, 1),
    undefined=mark("no pair inside shares anything"),
    reference=_BATTISTON,
)
def glue_breadth(c: ClusteredNetwork) -> Values:
    """Of the glue layers of the study, the mean share that joins a pair which shares anything at all."""
    network = c.network
    glue = [place for place, layer in enumerate(network.layers) if layer.family == "glue"]
    by_layer = sum((_by_cluster(c, _pair_keys_inside(c, network.ties.layer == place)) for place in glue), np.zeros(c.k))
    return ratio(by_layer, len(glue) * _by_cluster(c, _pair_keys_inside(c, network.family("glue"))))


@metric(
    label=mark("Overlap of glue and trade"),
    family="glue",
    better="neither",
    formula=r"\frac{|P_S^{glue} \cap P_S^{trade}|}{|P_S^{glue} \cup P_S^{trade}|}",
    unit=mark("share of pairs"),
    range=(0, 1),
    undefined=mark("no pair inside shares anything or trades"),
    reference=_BATTISTON,
)
def glue_overlap(c: ClusteredNetwork) -> Values:
    """Of the pairs inside that share something or trade, the share that does both."""
    glue = _pair_keys_inside(c, c.network.family("glue"))
    trade = _pair_keys_inside(c, c.network.family("trade"))
    return ratio(_by_cluster(c, np.intersect1d(glue, trade)), _by_cluster(c, np.union1d(glue, trade)))


@metric(
    label=mark("Confirmed glue"),
    family="glue",
    better="higher",
    formula=r"\frac{|\{t \in T_S^{glue} : \text{both ends reported } t\}|}{|T_S^{glue}|}",
    unit=mark("share of ties"),
    range=(0, 1),
    undefined=mark("no glue tie inside whose two ends both answered"),
    reference="clusternet's own measure",
)
def glue_confirmed(c: ClusteredNetwork) -> Values:
    """Of the glue ties inside whose two ends both answered, the share that both reported."""
    return confirmed_share_of(c, c.network.family("glue"))


def confirmed_share_of(c: ClusteredNetwork, chosen: NDArray[np.bool_]) -> Values:
    """Return, of chosen reported ties inside whose ends both answered, the share that both reported, shape (k,)."""
    network, ties = c.network, c.network.ties
    asked = c.ties_inside(chosen) & network.answered[ties.source] & network.answered[ties.target] & (ties.n_reports > 0)
    cluster = c.cluster_of[ties.source]
    return ratio(
        np.bincount(cluster[asked & ties.confirmed], minlength=c.k), np.bincount(cluster[asked], minlength=c.k)
    )


@metric(
    label=mark("Density by layer"),
    family="glue",
    better="higher",
    formula=r"\frac{|P_S^l|}{n(n-1)/2}",
    unit=mark("share of pairs"),
    range=(0, 1),
    undefined=_TOO_SMALL,
    reference=_BATTISTON,
    per_layer=True,
)
def layer_density(c: ClusteredNetwork) -> Values:
    """Of all pairs of members, the share linked in one layer."""
    network = c.network
    counts = [_by_cluster(c, _pair_keys_inside(c, network.ties.layer == place)) for place in range(len(network.layers))]
    table = np.column_stack(counts) if counts else np.zeros((c.k, 0))
    return ratio(table, np.broadcast_to(_possible_pairs(c)[:, None], table.shape))
