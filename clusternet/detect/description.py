"""How many nats a partition needs to describe the network: the arbiter between candidate partitions."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from clusternet.detect.gains import CORRECTED, KAPPA, LOG_OUT, OUT, SLOPE, UNIFORM, group_gain
from clusternet.detect.neighbourhoods import Neighbourhoods
from clusternet.detect.rates import fitted_rates
from clusternet.detect.sizes import size_table
from clusternet.detect.traits import Odds, odds_of
from clusternet.model.kernels import compiled
from clusternet.model.pairs import Pairs


@compiled
def _group_sums(start, partner, kind, per_kind, labels, degree, sums):  # type: ignore[no-untyped-def]
    """Fill size, volume, squared degrees, links inside (rows of sums); return the nats that traits give inside."""
    told = 0.0
    for i in range(len(labels)):
        r = labels[i]
        sums[0, r] += 1
        sums[1, r] += degree[i]
        sums[2, r] += degree[i] * degree[i]
        for place in range(start[i], start[i + 1]):
            j = partner[place]
            if j > i and labels[j] == r:
                sums[3, r] += 1
                told += per_kind[kind[place]]
    return told


@compiled
def groups_value(sums, rates, log_size):  # type: ignore[no-untyped-def]
    """Return what the groups save, in nats: beside links at the outside rate, and all nodes named one by one."""
    value = 0.0
    groups = 0
    for r in range(sums.shape[1]):
        size = sums[0, r]
        if size > 0:
            groups += 1
            value += group_gain(size, sums[1, r], sums[2, r], sums[3, r], rates)
            value += math.lgamma(size + 1.0) + log_size[np.int64(size)]
    return value + math.lgamma(groups + 1.0)


@dataclass(frozen=True, eq=False)
class Description:
    """A partition with the rates, odds and distribution of sizes that describe the linked pairs most shortly.

    Parameters
    ----------
    network : Neighbourhoods
        The linked pairs.
    labels : array of int, shape (n,)
        The group of each node, 0 to B - 1, none empty.
    sums : array of float, shape (4, B)
        Members, their degrees, their squared degrees, and links inside of each group.
    rates : array of float
        See :mod:`clusternet.detect.rates`.
    odds : Odds
        What traits tell.
    log_size : array of float, shape (n + 1,)
        The log-probability of each size of a group.
    told : float
        What the traits of the links inside give, in nats.
    length : float
        The description length, in nats.
    """

    network: Neighbourhoods
    labels: NDArray[np.int64]
    sums: NDArray[np.float64]
    rates: NDArray[np.float64]
    odds: Odds
    log_size: NDArray[np.float64]
    told: float
    length: float

    @property
    def n_groups(self) -> int:
        """The number of groups."""
        return self.sums.shape[1]

    @property
    def value(self) -> float:
        """What groups and traits save, in nats, beside the same pairs without groups, rates and odds as here."""
        return float(groups_value(self.sums, self.rates, self.log_size)) + self.told


def described(
    network: Neighbourhoods, labels: NDArray[np.int64], *, corrected: bool, odds: Odds | None = None
) -> Description:
    """Describe linked pairs by a partition, with the rates that make the description shortest.

    Parameters
    ----------
    network : Neighbourhoods
        Linked pairs of n nodes.
    labels : array of int, shape (n,)
        The group of each node, any whole numbers.
    corrected : bool
        Whether links are drawn in proportion to degrees.
    odds : Odds, optional
        What traits tell under these labels, where that is known already.

    Returns
    -------
    Description
        Its ``length`` is the description length in nats.

    Notes
    -----
    The planted partition model (Zhang & Peixoto 2020), of Bernoulli links, or of Poisson links in proportion to
    degrees, with three changes that were measured to help: links inside a group follow a rate that may fall with the
    group's size and vary around its mean (:mod:`clusternet.detect.rates`); sizes of groups come from a negative
    binomial distribution; groups have no names, so that their B! orders count as one. To this come the traits of the
    linked pairs (:mod:`clusternet.detect.traits`), half a log of the number of pairs for every fitted rate, and, where
    degrees are used, the cost of telling them.
    """
    labels, groups = renumbered(labels)
    pairs = network.pairs
    if odds is None:
        hits = np.zeros(len(network.traits.design))
        _count_inside(pairs.first, pairs.second, network.traits.kind, labels, hits)
        odds = odds_of(network.traits, hits)
    sums = np.zeros((4, groups))
    told = float(_group_sums(*network.lists, odds.per_kind, labels, network.degree, sums))
    rates = fitted_rates(sums, len(pairs), network.possible[int(corrected)], corrected)
    log_size, size_cost = size_table(sums[0], pairs.n_nodes)
    length = _background(network, rates, sums.shape[1]) + size_cost - odds.gain
    length -= float(groups_value(sums, rates, log_size)) - gammaln(pairs.n_nodes + 1)
    return Description(network, labels, sums, rates, odds, log_size, told, float(length))


def renumbered(labels: NDArray[np.integer]) -> tuple[NDArray[np.int64], int]:
    """Number labels 0, 1, ... by their rank, and count the distinct ones.

    Parameters
    ----------
    labels : array of int, shape (n,)
        Any whole numbers; quicker where they are 0 to n.

    Returns
    -------
    ranks : array of int, shape (n,)
        The rank of each label.
    groups : int
        How many distinct labels there are.
    """
    ranks = np.empty(len(labels), dtype=np.int64)
    groups = int(_rank(np.ascontiguousarray(labels, dtype=np.int64), ranks))
    if groups < 0:
        ranks = np.unique(labels, return_inverse=True)[1].astype(np.int64)
        groups = int(ranks.max()) + 1
    return ranks, groups


@compiled
def _rank(labels, ranks):  # type: ignore[no-untyped-def]
    """Fill in the rank of each label and return how many there are; -1 if one is not from 0 to n."""
    n = len(labels)
    place = np.zeros(n + 1, dtype=np.int64)
    for label in labels:
        if label < 0 or label > n:
            return -1
        place[label] = 1
    groups = 0
    for label in range(n + 1):
        here = place[label]
        place[label] = groups
        groups += here
    for i in range(n):
        ranks[i] = place[labels[i]]
    return groups


@compiled
def _count_inside(first, second, kind, labels, hits):  # type: ignore[no-untyped-def]
    """Count the pairs of each kind of which both ends bear one label."""
    for tie in range(len(first)):
        if labels[first[tie]] == labels[second[tie]]:
            hits[kind[tie]] += 1.0


def _background(network: Neighbourhoods, rates: NDArray[np.float64], groups: int) -> float:
    """Return the nats that all pairs need at the outside rate, with the cost of the rates themselves."""
    linked, corrected = len(network.pairs), bool(rates[CORRECTED])
    possible = network.possible[int(corrected)]
    rest = possible * rates[OUT] if corrected else -(possible - linked) * math.log1p(-rates[OUT])
    told = (1 if groups == 1 else 2) + (rates[SLOPE] != 0) + (rates[KAPPA] < UNIFORM)
    cost = rest - linked * rates[LOG_OUT] + 0.5 * told * math.log(linked + 1)
    return float(cost + (network.degree_cost if corrected else 0.0))


def description_length(pairs: Pairs, labels: NDArray[np.int64], *, corrected: bool | None = None) -> float:
    """Return the description length of linked pairs under a partition, in nats.

    Parameters
    ----------
    pairs : Pairs
        Linked pairs of n nodes.
    labels : array of int, shape (n,)
        The group of each node.
    corrected : bool, optional
        Whether links are drawn in proportion to degrees; by default what is shorter.

    Returns
    -------
    float
        Nats: the groups, their rates, and which pairs are linked. The partition with the least length explains the
        network best without fitting its noise.

    References
    ----------
    Zhang, L. & Peixoto, T. P. (2020), doi:10.1103/PhysRevResearch.2.043271.
    """
    network = Neighbourhoods(pairs)
    kinds = (False, True) if corrected is None else (corrected,)
    return min(described(network, labels, corrected=kind).length for kind in kinds)


def fitting_resolution(description: Description) -> float:
    """Return the resolution at which modularity is greatest for partitions like this one, at least 1.

    Parameters
    ----------
    description : Description
        A partition of links in proportion to degrees.

    Returns
    -------
    float
        From the mean rates inside and outside, beside a network without groups.

    References
    ----------
    Newman, M. E. J. (2016), Equivalence between modularity optimization and maximum likelihood methods for community
    detection, doi:10.1103/PhysRevE.94.052315.
    """
    sums, ends = description.sums, 2.0 * len(description.network.pairs)
    exposed = float((sums[1] ** 2 - sums[2]).sum()) / (2 * ends)
    inside = float(sums[3].sum()) / max(exposed, 1e-9)
    outside = (ends / 2 - float(sums[3].sum()) + 0.5) / max(description.network.possible[1] - exposed, 1e-9)
    return max((inside - outside) / math.log(inside / outside), 1.0) if inside > outside > 0 else 1.0
