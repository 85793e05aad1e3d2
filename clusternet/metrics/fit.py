"""Fit: pairs of members of which one offers what the other needs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clusternet.messages import mark
from clusternet.metrics.card import metric
from clusternet.metrics.inside import inside_graphs
from clusternet.metrics.memory import made_once
from clusternet.metrics.needs import OWN, needs_and_offers, problem_of
from clusternet.model import ClusteredNetwork
from clusternet.model.sums import ratio

Values = NDArray[np.float64]
Positions = NDArray[np.int64]

_NO_FIT = mark("no member offers what another one needs")


@made_once
def fitting_pairs(c: ClusteredNetwork) -> tuple[Positions, Positions]:
    """Return the ordered pairs of members of one cluster of which the first offers something that the second needs.

    Parameters
    ----------
    c : ClusteredNetwork
        The clusters.

    Returns
    -------
    first, second : array of int, shape (pairs,)
        Positions of the two, each pair once, sorted.
    """
    table = needs_and_offers(c)
    # A resource within a cluster is one column, so that only members of one cluster can fit.
    column = problem_of(table)
    shape = (c.network.n_nodes, int(column.max(initial=-1)) + 1)
    has = {}
    for role in ("need", "offer"):
        rows = table[role].to_numpy() > 0
        ends = (table["enterprise"].to_numpy()[rows], column[rows])
        has[role] = sparse.csr_array((np.ones(rows.sum()), ends), shape=shape)
    fits = has["offer"] @ has["need"].T
    fits.sort_indices()
    ends = fits.tocoo()
    real = ends.row != ends.col
    return ends.row[real].astype(np.int64), ends.col[real].astype(np.int64)


@made_once
def _unordered(c: ClusteredNetwork) -> tuple[Positions, Positions, Positions]:
    """Return the pairs that fit, each once with the smaller position first, and in how many directions they fit."""
    first, second = fitting_pairs(c)
    n = c.network.n_nodes
    keys, ways = np.unique(np.minimum(first, second) * n + np.maximum(first, second), return_counts=True)
    return keys // max(n, 1), keys % max(n, 1), ways


@metric(
    label=mark("Fitting pairs"),
    family="complementarity",
    better="higher",
    formula=r"\frac{|\{(i,j) : i \ne j,\; \text{offers}_i \cap \text{needs}_j \ne \emptyset\}|}{n(n-1)}",
    unit=mark("share of ordered pairs"),
    range=(0, 1),
    undefined=mark("a cluster of one member, or a survey without needs and offers"),
    reference=OWN,
    core=True,
)
def fit_density(c: ClusteredNetwork) -> Values:
    """Of all ordered pairs of members, the share in which the first offers something that the second needs."""
    if c.network.ledger.empty:
        return np.full(c.k, np.nan)
    first, _ = fitting_pairs(c)
    return ratio(np.bincount(c.cluster_of[first], minlength=c.k), c.size * (c.size - 1))


@metric(
    label=mark("Fit both ways"),
    family="complementarity",
    better="higher",
    formula=r"\frac{|\{\{i,j\} : i \to j \land j \to i\}|}{|\{\{i,j\} : i \to j \lor j \to i\}|}",
    unit=mark("share of the pairs that fit"),
    range=(0, 1),
    undefined=_NO_FIT,
    reference=OWN,
)
def fit_balance(c: ClusteredNetwork) -> Values:
    """Of the pairs of members that fit at all, the share in which each offers something that the other needs."""
    first, _, ways = _unordered(c)
    cluster = c.cluster_of[first]
    return ratio(np.bincount(cluster[ways == 2], minlength=c.k), np.bincount(cluster, minlength=c.k))


@metric(
    label=mark("Fit already used"),
    family="complementarity",
    better="higher",
    formula=r"\frac{|\{\{i,j\} \text{ that fit} : w_{ij} > 0\}|}{|\{\{i,j\} \text{ that fit}\}|}",
    unit=mark("share of the pairs that fit"),
    range=(0, 1),
    undefined=_NO_FIT,
    reference=OWN,
)
def realised_fit(c: ClusteredNetwork) -> Values:
    """Of the pairs of members that fit, the share that is linked already; the others are listed as openings."""
    from clusternet.metrics.graph_kernels import linked_pairs

    first, second, _ = _unordered(c)
    inside, place = inside_graphs(c), np.zeros(c.network.n_nodes, dtype=np.int64)
    place[c.member_nodes] = np.arange(len(c.member_nodes))
    linked = linked_pairs(inside.rows, inside.others, place[first], place[second])
    cluster = c.cluster_of[first]
    return ratio(np.bincount(cluster[linked], minlength=c.k), np.bincount(cluster, minlength=c.k))
