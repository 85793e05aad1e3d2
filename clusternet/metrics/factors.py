"""Factors: material, energy, labour and capital, in the quantity needed at the least cost."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.messages import mark
from clusternet.metrics.card import metric
from clusternet.metrics.needs import OWN, mean_coverage
from clusternet.metrics.plan import bought_offers
from clusternet.metrics.trade import trade_ties
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import grouped_sum, ratio

Values = NDArray[np.float64]

_SHARE_OF_NEEDS = mark("share of needs")
_FORMULA = r"\operatorname{mean}_{r \in \text{factor},\, N_r > 0} \frac{\text{covered}_r}{N_r}"


@metric(
    label=mark("Material covered inside"),
    family="factors",
    better="higher",
    formula=_FORMULA,
    unit=_SHARE_OF_NEEDS,
    range=(0, 1),
    undefined=mark("no member needs material"),
    reference=OWN,
)
def material_coverage(c: ClusteredNetwork) -> Values:
    """The mean, over the materials that members need, of the share that other members could cover."""
    return mean_coverage(c, "material")


@metric(
    label=mark("Energy covered inside"),
    family="factors",
    better="higher",
    formula=_FORMULA,
    unit=_SHARE_OF_NEEDS,
    range=(0, 1),
    undefined=mark("no member needs energy"),
    reference=OWN,
)
def energy_coverage(c: ClusteredNetwork) -> Values:
    """The mean, over the kinds of energy that members need, of the share that other members could cover."""
    return mean_coverage(c, "energy")


@metric(
    label=mark("Labour covered inside"),
    family="factors",
    better="higher",
    formula=_FORMULA,
    unit=_SHARE_OF_NEEDS,
    range=(0, 1),
    undefined=mark("no member needs labour"),
    reference=OWN,
)
def labour_coverage(c: ClusteredNetwork) -> Values:
    """The mean, over the kinds of labour that members need, of the share that other members could cover."""
    return mean_coverage(c, "labour")


@metric(
    label=mark("Capital covered inside"),
    family="factors",
    better="higher",
    formula=_FORMULA,
    unit=_SHARE_OF_NEEDS,
    range=(0, 1),
    undefined=mark("no member needs capital"),
    reference=OWN,
)
def capital_coverage(c: ClusteredNetwork) -> Values:
    """The mean, over the kinds of capital that members need, of the share that other members could cover."""
    return mean_coverage(c, "capital")


@metric(
    label=mark("Saving of the least-cost plan"),
    family="factors",
    better="higher",
    formula=r"1 - \frac{\sum_{rij} x_{rij} (u_{ri} + h\, d_{ij})}{\sum_{rij} x_{rij}\, \pi_r}",
    unit=mark("share of the cost at median prices"),
    range=(-np.inf, 1),
    undefined=mark("no need can be covered inside, or what can be has no price"),
    reference="Hitchcock, F. L. (1941), The distribution of a product from several sources to numerous localities",
)
def plan_saving(c: ClusteredNetwork) -> Values:
    """What the least-cost plan saves against buying the same quantities at the survey's median offer prices.

    Haulage is part of the plan's cost, so the saving may be negative. Resources without any price are left out.
    """
    bought = bought_offers(c)
    bought = bought[bought["unit_cost"].notna()]
    quantity, cluster = bought["quantity"].to_numpy(), bought["cluster"].to_numpy(dtype=np.int64)
    price = bought["unit_cost"].to_numpy() + bought["haulage"].to_numpy()
    cost = grouped_sum(quantity * price, cluster, c.k)
    return 1 - ratio(cost, grouped_sum(quantity * bought["median"].to_numpy(), cluster, c.k))


@metric(
    label=mark("Leakage of trade"),
    family="factors",
    better="lower",
    formula=r"\frac{\sum_{t \in T,\, t \text{ joins } i \in S \text{ and an outside partner}} w_t}"
    r"{\sum_{t \in T,\, t \text{ touches } i \in S} w_t}",
    unit=mark("share of trade weight"),
    range=(0, 1),
    undefined=mark("no member trades"),
    reference=OWN,
    null="",
)
def leakage(c: ClusteredNetwork) -> Values:
    """Of the weight of the members' trade, bought or sold, the share that goes to partners outside the register.

    Every tie counts once.
    """
    ties, registered = trade_ties(c, directed=False), c.network.n_enterprises
    source, target = c.cluster_of[ties.source], c.cluster_of[ties.target]
    outside = (ties.source >= registered) | (ties.target >= registered)
    touching = grouped_sum(ties.weight[source >= 0], source[source >= 0], c.k)
    second = (target >= 0) & (target != source)
    touching = touching + grouped_sum(ties.weight[second], target[second], c.k)
    end = np.maximum(source, target)
    leaving = outside & (end >= 0)
    return np.minimum(ratio(grouped_sum(ties.weight[leaving], end[leaving], c.k), touching), 1.0)
