"""Environment: a descriptive ledger of reuse, distances, energy and circles of trade; it claims no cause."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.messages import mark
from clusternet.metrics.card import metric
from clusternet.metrics.cycles import circles, return_shares, spectral_radii
from clusternet.metrics.distance import distance_km
from clusternet.metrics.members import known_columns
from clusternet.metrics.needs import OWN, mean_coverage
from clusternet.metrics.trade import trade_ties
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import grouped_sum, ratio

Values = NDArray[np.float64]

_DESCRIPTIVE = "a descriptive count; no claim of cause"


@metric(
    label=mark("By-products reused"),
    family="environment",
    better="higher",
    formula=r"\operatorname{mean}_{r \in \text{by-products},\, N_r > 0} \frac{\text{covered}_r}{N_r}",
    unit=mark("share of needs"),
    range=(0, 1),
    undefined=mark("no member needs a by-product"),
    reference=OWN,
    null="attributes",
)
def byproduct_reuse(c: ClusteredNetwork) -> Values:
    """The mean, over the by-products that members need, of the share that other members could cover."""
    return mean_coverage(c, "byproduct")


@metric(
    label=mark("Sourcing distance"),
    family="environment",
    better="lower",
    formula=r"\frac{\sum_{t} w_t\, d_t}{\sum_{t} w_t}, \quad t \text{ in trade inside, both places known}",
    unit=mark("km"),
    range=(0, np.inf),
    undefined=mark("no trade inside between members whose places are known"),
    reference=_DESCRIPTIVE,
)
def sourcing_distance_km(c: ClusteredNetwork) -> Values:
    """The mean great-circle distance of the ties of trade inside, weighted by the ties.

    Only ties whose two ends gave their coordinates count; the mean Earth radius is 6371.0088 km.
    """
    ties = trade_ties(c, directed=False)
    cluster = c.cluster_of[ties.source]
    distance = distance_km(c.network, ties.source, ties.target)
    known = (cluster == c.cluster_of[ties.target]) & (cluster >= 0) & ~np.isnan(distance)
    weight, distance, cluster = ties.weight[known], distance[known], cluster[known]
    return ratio(grouped_sum(weight * distance, cluster, c.k), grouped_sum(weight, cluster, c.k))


@metric(
    label=mark("Energy per worker"),
    family="environment",
    better="lower",
    formula=r"\frac{\sum_{i \in S} \text{energy}_i}{\sum_{i \in S} \text{workers}_i}",
    unit=mark("survey unit of energy per worker"),
    range=(0, np.inf),
    undefined=mark("no member with workers said both its workers and its use of energy"),
    reference=_DESCRIPTIVE,
)
def energy_per_worker(c: ClusteredNetwork) -> Values:
    """The energy used per worker, over the members that gave both numbers."""
    cluster, (energy, workers) = known_columns(c, "energy_use", "workers")
    return ratio(grouped_sum(energy, cluster, c.k), grouped_sum(workers, cluster, c.k))


@metric(
    label=mark("Cyclicity of trade"),
    family="environment",
    better="neither",
    formula=r"\rho(F_S) = \max_i |\lambda_i(F_S)|",
    unit=mark("linkage weight"),
    range=(0, np.inf),
    undefined="",
    reference="Fath, B. D. & Halnes, G. (2007), Cyclic energy pathways in ecological food webs",
)
def cyclicity(c: ClusteredNetwork) -> Values:
    """How strongly the directed trade inside runs in circles: 0 without any circle, otherwise its spectral radius."""
    found, parts = np.zeros(c.k), circles(c)
    np.maximum.at(found, c.cluster_of[parts.nodes[parts.start[:-1]]], spectral_radii(parts))
    return found


@metric(
    label=mark("Finn cycling index"),
    family="environment",
    better="neither",
    formula=r"\frac{\sum_i T_i (n_{ii} - 1) / n_{ii}}{\sum_i T_i}, \quad N = (I - Q)^{-1},\; q_{ij} = F_{ij} / T_j",
    unit=mark("share of throughflow"),
    range=(0, 1),
    undefined=mark("no member has directed trade, or more than 5,000 trade in circles"),
    reference="Finn, J. T. (1976), Measures of ecosystem structure and function derived from analysis of flows",
)
def finn_cycling(c: ClusteredNetwork) -> Values:
    """Of everything that passes through the members in directed trade, the share that has been there before.

    F holds the flows among members. A member's inflow is what it buys from members and from others, its outflow what
    it sells to both; its throughflow T is the larger of the two, the difference being an import or an export that the
    survey did not ask for, so that every member balances. In a circle from which nothing escapes all returns.

    Work: 2 n^3 steps for n members that trade in circles with one another.
    """
    n, everything, parts = c.network.n_nodes, trade_ties(c, directed=True), circles(c)
    inward = grouped_sum(everything.weight, everything.target, n)
    throughflow = np.maximum(inward, grouped_sum(everything.weight, everything.source, n))
    returning = np.zeros(n)
    returning[parts.nodes] = return_shares(parts, throughflow)
    members = c.member_nodes
    unknown = np.bincount(c.member_cluster[np.isnan(returning[members])], minlength=c.k) > 0
    cycled = grouped_sum((throughflow * np.nan_to_num(returning))[members], c.member_cluster, c.k)
    share = np.minimum(ratio(cycled, grouped_sum(throughflow[members], c.member_cluster, c.k)), 1.0)
    return np.where(unknown, np.nan, share)
