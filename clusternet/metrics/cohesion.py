"""Cohesion: how strongly the members of a cluster hold together, counted over all layers but rivalry.

n members, m linked pairs inside, b linked pairs with one end inside; W and B the same in weight; vol = 2W + B;
M, W_T and vol_T for the whole network; N nodes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.messages import mark
from clusternet.metrics.card import metric
from clusternet.metrics.members import member_weights, per_member
from clusternet.metrics.sorting import distinct
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import grouped_mean, grouped_sum, ratio

Values = NDArray[np.float64]

_ROUNDING = 1e-9
_SHARE_OF_WEIGHT = mark("share of linkage weight")
_SHARE_OF_PAIRS = mark("share of pairs")
_TOO_SMALL = mark("a cluster of one member")
_UNLINKED = mark("no member has linkages")
_WASSERMAN = "Wasserman, S. & Faust, K. (1994), Social Network Analysis: Methods and Applications"
_RADICCHI = "Radicchi, F. et al. (2004), Defining and identifying communities in networks"
_LESKOVEC = "Yang, J. & Leskovec, J. (2015), doi:10.1007/s10115-013-0693-z"


@metric(
    label=mark("Density"),
    family="cohesion",
    better="higher",
    formula=r"\frac{m}{n(n-1)/2}",
    unit=_SHARE_OF_PAIRS,
    range=(0, 1),
    undefined=_TOO_SMALL,
    reference=_WASSERMAN,
    core=True,
)
def density(c: ClusteredNetwork) -> Values:
    """Of all pairs of members, the share that is linked."""
    return ratio(c.pairs_inside, c.size * (c.size - 1) / 2)


@metric(
    label=mark("Internal strength"),
    family="cohesion",
    better="higher",
    formula=r"\frac{2W}{n}",
    unit=mark("linkage weight per member"),
    range=(0, np.inf),
    undefined="",
    reference=_RADICCHI,
)
def internal_strength(c: ClusteredNetwork) -> Values:
    """The mean weight of a member's linkages inside the cluster."""
    return 2 * c.weight_inside / c.size


@metric(
    label=mark("Conductance"),
    family="cohesion",
    better="lower",
    formula=r"\frac{B}{\min(\mathrm{vol}, \mathrm{vol}_T - \mathrm{vol})}",
    unit=_SHARE_OF_WEIGHT,
    range=(0, 1),
    undefined=mark("a cluster without linkages, or one that holds every linkage of the network"),
    reference="Kannan, R., Vempala, S. & Vetta, A. (2004), doi:10.1145/990308.990313",
    core=True,
)
def conductance(c: ClusteredNetwork) -> Values:
    """Of the cluster's linkage weight, the share that leaves it."""
    # What is left is added up and not taken from the whole: where a cluster holds nearly all weight, the difference of
    # two large volumes keeps few true digits of the small one.
    volumes = grouped_sum(c.network.flat.strength, c.cluster_of + 1, c.k + 1)
    before = np.append(0.0, np.cumsum(volumes)[:-1])
    after = np.append(np.cumsum(volumes[::-1])[::-1][1:], 0.0)
    rest = (before + after)[1:]
    return np.minimum(ratio(c.weight_boundary, np.minimum(c.volume, rest)), 1.0)


@metric(
    label=mark("Cut ratio"),
    family="cohesion",
    better="lower",
    formula=r"\frac{b}{n(N-n)}",
    unit=_SHARE_OF_PAIRS,
    range=(0, 1),
    undefined=mark("a cluster that holds every enterprise"),
    reference="Fortunato, S. (2010), doi:10.1016/j.physrep.2009.11.002",
)
def cut_ratio(c: ClusteredNetwork) -> Values:
    """Of all pairs of a member and somebody outside, the share that is linked."""
    return ratio(c.pairs_boundary, c.size * (c.network.n_nodes - c.size))


@metric(
    label=mark("Average share outside"),
    family="cohesion",
    better="lower",
    formula=r"\operatorname{mean}_{i \in S,\, s_i > 0} \frac{\sum_{j \notin S} w_{ij}}{s_i}",
    unit=_SHARE_OF_WEIGHT,
    range=(0, 1),
    undefined=_UNLINKED,
    reference=_LESKOVEC,
    core=True,
)
def average_out_share(c: ClusteredNetwork) -> Values:
    """The mean, over members that have linkages, of the share of a member's linkage weight that leaves the cluster."""
    inside, outside = member_weights(c)
    linked = inside + outside > 0
    share = ratio(outside, inside + outside)
    return grouped_mean(share[linked], c.member_cluster[linked], c.k)


@metric(
    label=mark("Worst share outside"),
    family="cohesion",
    better="lower",
    formula=r"\max_{i \in S,\, s_i > 0} \frac{\sum_{j \notin S} w_{ij}}{s_i}",
    unit=_SHARE_OF_WEIGHT,
    range=(0, 1),
    undefined=_UNLINKED,
    reference=_LESKOVEC,
)
def worst_out_share(c: ClusteredNetwork) -> Values:
    """The largest share of a member's linkage weight that leaves the cluster."""
    inside, outside = member_weights(c)
    share = ratio(outside, inside + outside)
    linked = ~np.isnan(share)
    worst = np.full(c.k, np.nan)
    # Members stand cluster by cluster.
    cluster, share = c.member_cluster[linked], share[linked]
    starts = np.flatnonzero(np.diff(cluster, prepend=-1))
    if len(starts):
        worst[cluster[starts]] = np.maximum.reduceat(share, starts)
    return worst


@metric(
    label=mark("Members tied more outside"),
    family="cohesion",
    better="lower",
    formula=r"\frac{|\{i \in S : \sum_{j \in S} w_{ij} < s_i / 2\}|}{n}",
    unit=mark("share of members"),
    range=(0, 1),
    undefined="",
    reference="Flake, G. W., Lawrence, S. & Giles, C. L. (2000), doi:10.1145/347090.347121",
)
def flake_share(c: ClusteredNetwork) -> Values:
    """The share of members with less than half of their linkage weight inside the cluster."""
    inside, outside = member_weights(c)
    # Halves that differ by rounding only are halves, so that the scale of the weights decides nothing.
    return per_member(c, outside - inside > _ROUNDING * (inside + outside))


@metric(
    label=mark("E-I index"),
    family="cohesion",
    better="lower",
    formula=r"\frac{b - m}{b + m}",
    unit=mark("difference of shares of linked pairs"),
    range=(-1, 1),
    undefined=_UNLINKED,
    reference="Krackhardt, D. & Stern, R. N. (1988), doi:10.2307/2786835",
)
def ei_index(c: ClusteredNetwork) -> Values:
    """Linked pairs that leave the cluster minus those inside, over both: -1 is all inside, 1 is all outside."""
    return ratio(c.pairs_boundary - c.pairs_inside, c.pairs_boundary + c.pairs_inside)


@metric(
    label=mark("Separability"),
    family="cohesion",
    better="higher",
    formula=r"\frac{m}{b}",
    unit=mark("linked pairs inside per linked pair that leaves"),
    range=(0, np.inf),
    undefined=mark("no linked pair leaves the cluster"),
    reference=_LESKOVEC,
)
def separability(c: ClusteredNetwork) -> Values:
    """How many linked pairs lie inside the cluster for each one that leaves it."""
    return ratio(c.pairs_inside, c.pairs_boundary)


@metric(
    label=mark("Contribution to modularity"),
    family="cohesion",
    better="higher",
    formula=r"\frac{W}{W_T} - \left(\frac{\mathrm{vol}}{\mathrm{vol}_T}\right)^2",
    unit=mark("share of linkage weight above expectation"),
    range=(-1, 1),
    undefined=mark("a network without linkages"),
    reference="Newman, M. E. J. & Girvan, M. (2004), doi:10.1103/PhysRevE.69.026113",
)
def modularity_contribution(c: ClusteredNetwork) -> Values:
    """The share of all linkage weight inside the cluster, less what members so strong would have by chance."""
    total = np.full(c.k, c.network.flat.total)
    return ratio(c.weight_inside, total) - ratio(c.volume, 2 * total) ** 2


@metric(
    label=mark("Reciprocity"),
    family="cohesion",
    better="higher",
    formula=r"\frac{|\{(i,j) \in D_S : (j,i) \in D_S\}|}{|D_S|}",
    unit=mark("share of directed ties"),
    range=(0, 1),
    undefined=mark("no directed tie inside the cluster"),
    reference=_WASSERMAN,
)
def reciprocity(c: ClusteredNetwork) -> Values:
    """Of the directed ties inside the cluster, all directed layers together, the share that has its opposite."""
    from clusternet.metrics.flow_kernels import returned_ties

    network, ties = c.network, c.network.ties
    directed = network.of_layers([layer.directed and layer.family != "rivalry" for layer in network.layers])
    chosen = c.ties_inside(directed)
    n = max(network.n_nodes, 1)
    there, _ = distinct(ties.source[chosen] * n + ties.target[chosen])
    source, target = there // n, there % n
    rows = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.bincount(source, minlength=n))])
    returned = returned_ties(rows, target)
    cluster = c.cluster_of[source]
    return ratio(np.bincount(cluster[returned], minlength=c.k), np.bincount(cluster, minlength=c.k))
