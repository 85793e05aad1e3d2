"""Continuity: what survives a member leaving."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.messages import mark
from clusternet.metrics.card import metric
from clusternet.metrics.inside import parts_and_cuts
from clusternet.metrics.members import per_member
from clusternet.metrics.needs import OWN, covered_inside, mean_coverage, needs_and_offers, problem_of
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import grouped_sum, ratio

Values = NDArray[np.float64]


@metric(
    label=mark("Capabilities held twice"),
    family="continuity",
    better="higher",
    formula=r"\frac{|\{r : \text{two or more members offer } r\}|}{|\{r : \text{some member offers } r\}|}",
    unit=mark("share of resources offered inside"),
    range=(0, 1),
    undefined=mark("no member offers anything"),
    reference=OWN,
    null="attributes",
)
def capability_redundancy(c: ClusteredNetwork) -> Values:
    """Of the resources that members offer, the share that at least two of them offer."""
    table = needs_and_offers(c)
    offers = table[table["offer"] > 0]
    problem = problem_of(offers)
    cluster = offers["cluster"].to_numpy()[np.flatnonzero(np.diff(problem, prepend=-1))]
    twice = np.bincount(problem) > 1
    return ratio(np.bincount(cluster[twice], minlength=c.k), np.bincount(cluster, minlength=c.k))


@metric(
    label=mark("Worst loss when a member leaves"),
    family="continuity",
    better="lower",
    formula=r"\max\left(0,\, \max_{i \in S} \frac{\kappa(S) - \kappa(S \setminus i)}{\kappa(S)}\right)",
    unit=mark("share of the needs covered today"),
    range=(0, 1),
    undefined=mark("no need is covered inside, or nobody's needs are left whoever leaves"),
    reference=OWN,
    null="attributes",
)
def worst_loss(c: ClusteredNetwork) -> Values:
    """The largest drop of need coverage, relative to today's, when one member leaves; 0 where no leaving lowers it.

    Coverage is that of the needs of those who stay. A member after whose leaving nobody needs anything is left out.
    """
    today = mean_coverage(c)
    staying = coverage_without(c)
    drop = ratio(today[c.member_cluster] - staying, today[c.member_cluster])
    worst = np.full(c.k, -np.inf)
    known = ~np.isnan(drop)
    np.maximum.at(worst, c.member_cluster[known], drop[known])
    return np.where(np.isinf(worst), np.nan, np.clip(worst, 0.0, 1.0))


def coverage_without(c: ClusteredNetwork) -> Values:
    """Return the need coverage of those who stay when each member leaves, as in ``member_nodes``; NaN if none needs."""
    table = needs_and_offers(c)
    group, today = problem_of(table), covered_inside(c)
    k = len(today)
    need, offer = table["need"].to_numpy(), table["offer"].to_numpy()
    needers = np.bincount(group[need > 0], minlength=k)
    all_needs, all_offers = (grouped_sum(values, group, k) for values in (need, offer))
    left_needs, left_offers = all_needs[group] - need, all_offers[group] - offer
    # Around anybody else there is less by what both of them need and offer; the largest of these others binds.
    other = _largest_other(need + offer, group, k)
    around = left_needs + left_offers - other
    covered = np.clip(np.minimum(np.minimum(left_needs, left_offers), around), 0.0, None)
    share_then = np.minimum(ratio(covered, left_needs), 1.0)
    needed_then = needers[group] - (need > 0) > 0
    share_today = np.where(today["need"] > 0, ratio(today["covered"].to_numpy(), today["need"].to_numpy()), 0.0)
    change = np.where(needed_then, share_then, 0.0) - np.where(needers[group] > 0, share_today[group], 0.0)
    fewer = (needers[group] > 0) & ~needed_then
    member, n = table["enterprise"].to_numpy(), c.network.n_nodes
    cluster = today["cluster"].to_numpy()
    total = grouped_sum(share_today, cluster, c.k)[c.member_cluster] + grouped_sum(change, member, n)[c.member_nodes]
    count = np.bincount(cluster[needers > 0], minlength=c.k)[c.member_cluster]
    count = count - np.bincount(member[fewer], minlength=n)[c.member_nodes]
    return ratio(total, count)


def _largest_other(values: Values, group: NDArray[np.int64], n_groups: int) -> Values:
    """Return, for each entry, the largest value of the others of its group, 0 where it is alone."""
    order = np.lexsort((values, group))
    last = np.append(np.flatnonzero(np.diff(group[order])), len(order) - 1) if len(order) else np.empty(0, np.int64)
    largest = np.zeros(n_groups)
    second = np.zeros(n_groups)
    largest[group[order[last]]] = values[order[last]]
    paired = last[(last > 0) & (group[order[last - 1]] == group[order[last]])]
    second[group[order[paired]]] = values[order[paired - 1]]
    holder = np.zeros(len(values), dtype=bool)
    holder[order[last]] = True
    return np.where(holder, second[group], largest[group])


@metric(
    label=mark("Members that hold the cluster together"),
    family="continuity",
    better="lower",
    formula=r"\frac{|\{i \in S : G[S \setminus i] \text{ has more parts than } G[S]\}|}{n}",
    unit=mark("share of members"),
    range=(0, 1),
    undefined="",
    reference="Hopcroft, J. & Tarjan, R. (1973), Algorithm 447: efficient algorithms for graph manipulation",
)
def cut_member_share(c: ClusteredNetwork) -> Values:
    """The share of members whose leaving would break the cluster, or a part of it, in two."""
    return per_member(c, parts_and_cuts(c)[1])
