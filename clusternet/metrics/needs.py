"""Needs and offers of the members, what of a need a cluster can cover itself, and what resources cost in the survey."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusternet.metrics.memory import made_once
from clusternet.model import ClusteredNetwork, Network
from clusternet.model.sums import grouped_mean, grouped_sum, ratio

OWN = "clusternet's own measure, not from the literature"


@made_once
def coded_resources(network: Network) -> tuple[pd.Index, np.ndarray]:
    """Return the resources of the survey, sorted, and the code of each row of the ledger, -1 without a resource."""
    codes, found = pd.factorize(network.ledger["resource"])
    names = np.array(found, dtype=object)
    order = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
    rank = np.empty(len(names) + 1, dtype=np.int64)
    rank[order], rank[-1] = np.arange(len(names)), -1
    return pd.Index(names[order], dtype="object"), rank[codes]


def resource_names(network: Network) -> pd.Index:
    """Return the resources of the survey, sorted; a resource's code is its place here."""
    return coded_resources(network)[0]


@made_once
def resource_prices(network: Network) -> np.ndarray:
    """Return the median unit cost of all offers of each resource in the survey, NaN without one, shape (resources,)."""
    ledger, (names, code) = network.ledger, coded_resources(network)
    offers = (ledger["role"].eq("offer") & ledger["unit_cost"].notna()).to_numpy(dtype=bool) & (code >= 0)
    median = ledger["unit_cost"][offers].groupby(code[offers]).median()
    prices: np.ndarray = median.reindex(np.arange(len(names))).to_numpy(dtype=np.float64)
    return prices


@made_once
def ledger_rows(c: ClusteredNetwork, factor: str | None = None) -> pd.DataFrame:
    """Return the members' rows of the ledger: cluster, resource (a code), enterprise, role, quantity, unit_cost.

    A row without a quantity counts as 1; rows of quantity 0 are left out. A resource belongs to a factor when any row
    of the survey says so; then all its rows do, so that a need and an offer of it meet however each was filed.
    """
    ledger, (names, code) = c.network.ledger, coded_resources(c.network)
    if factor is not None:
        of_factor = np.zeros(len(names) + 1, dtype=bool)
        of_factor[code[ledger["factor"].eq(factor).to_numpy(dtype=bool)]] = True
        rows = ledger_rows(c)
        return rows[of_factor[rows["resource"].to_numpy()]]
    enterprise = ledger["enterprise"].to_numpy(dtype=np.int64)
    cluster = c.cluster_of[enterprise]
    quantity = ledger["quantity"].fillna(1.0).to_numpy(dtype=np.float64)
    kept = (cluster >= 0) & (quantity > 0) & (code >= 0)
    return pd.DataFrame(
        {
            "cluster": cluster[kept],
            "resource": code[kept],
            "enterprise": enterprise[kept],
            "role": ledger["role"].to_numpy(dtype=object)[kept],
            "quantity": quantity[kept],
            "unit_cost": ledger["unit_cost"].to_numpy(dtype=np.float64)[kept],
        }
    )


@made_once
def needs_and_offers(c: ClusteredNetwork, factor: str | None = None) -> pd.DataFrame:
    """Return what each member needs and offers of each resource.

    A row without a quantity counts as 1; rows of quantity 0 are left out.

    Parameters
    ----------
    c : ClusteredNetwork
        The clusters.
    factor : str, optional
        Only the resources of one factor: those that any row of the survey gives it.

    Returns
    -------
    DataFrame
        One row per member and resource, sorted: cluster, resource (a code, its place in :func:`resource_names`),
        enterprise, need, offer.
    """
    rows = ledger_rows(c, factor)
    cluster, resource, enterprise = (rows[key].to_numpy() for key in ("cluster", "resource", "enterprise"))
    n_resources, n = int(resource.max(initial=0)) + 1, c.network.n_nodes
    if c.k * n_resources * n < np.iinfo(np.int64).max:
        # One number sorts in a fraction of the time; rows with the same one are added up in any order.
        order = np.argsort((cluster * n_resources + resource) * n + enterprise)
    else:
        order = np.lexsort((enterprise, resource, cluster))
    cluster, resource, enterprise = cluster[order], resource[order], enterprise[order]
    new = _new(cluster, resource, enterprise)
    group = np.cumsum(new) - 1
    found = pd.DataFrame({"cluster": cluster[new], "resource": resource[new], "enterprise": enterprise[new]})
    quantity = rows["quantity"].to_numpy()[order]
    for name in ("need", "offer"):
        chosen = rows["role"].eq(name).to_numpy(dtype=bool)[order]
        found[name] = grouped_sum(quantity[chosen], group[chosen], len(found))
    return found


def _new(*columns: np.ndarray) -> np.ndarray:
    """Return which rows of sorted columns differ from the row before."""
    new = np.ones(len(columns[0]), dtype=bool)
    new[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return new


def problem_of(table: pd.DataFrame) -> np.ndarray:
    """Return, for each row of a table sorted by cluster and resource, the number of its cluster and resource."""
    return np.cumsum(_new(table["cluster"].to_numpy(), table["resource"].to_numpy())) - 1


def covered_needs(table: pd.DataFrame) -> pd.DataFrame:
    """Return, per cluster and resource, the need and what of it the cluster itself can cover.

    No member serves its own need, so besides the sum of needs and the sum of offers, the needs of the others and the
    offers of the others around any one member bound what can be covered. (By the theorem of the largest flow and the
    least cut nothing else does.)
    """
    group = problem_of(table)
    k = int(group.max(initial=-1)) + 1
    need, offer = (grouped_sum(table[role].to_numpy(), group, k) for role in ("need", "offer"))
    around = (need + offer)[group] - table["need"].to_numpy() - table["offer"].to_numpy()
    first = np.flatnonzero(np.diff(group, prepend=-1))
    least = np.minimum.reduceat(around, first) if k else np.empty(0)
    found = table[["cluster", "resource"]].take(first).reset_index(drop=True)
    covered = np.clip(np.minimum(np.minimum(need, offer), least), 0.0, None)
    return found.assign(need=need, covered=covered)


@made_once
def covered_inside(c: ClusteredNetwork, factor: str | None = None) -> pd.DataFrame:
    """Return :func:`covered_needs` of all needs and offers of the members, or of those of one factor."""
    return covered_needs(needs_and_offers(c, factor))


def mean_coverage(c: ClusteredNetwork, factor: str | None = None) -> np.ndarray:
    """Return the mean, over resources needed, of the share of the need that is covered, shape (k,)."""
    table = covered_inside(c, factor)
    table = table[table["need"] > 0]
    share = np.minimum(ratio(table["covered"].to_numpy(), table["need"].to_numpy()), 1.0)
    return grouped_mean(share, table["cluster"].to_numpy(), c.k)
