"""Needs and offers of the members, what of a need a cluster can cover itself, and what resources cost in the survey."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusternet.metrics.memory import made_once
from clusternet.model import ClusteredNetwork, Network
from clusternet.model.sums import grouped_mean, grouped_sum, ratio

OWN = "clusternet's own measure, not from the literature"


def resource_names(network: Network) -> pd.Index:
    """Return the resources of the survey, sorted; a resource's code is its place here."""
    return pd.Index(sorted(set(network.ledger["resource"].dropna())), dtype="object")


def resource_prices(network: Network) -> np.ndarray:
    """Return the median unit cost of all offers of each resource in the survey, NaN without one, shape (resources,)."""
    ledger = network.ledger
    offers = ledger[ledger["role"].eq("offer") & ledger["unit_cost"].notna()]
    median = offers.groupby("resource")["unit_cost"].median()
    prices: np.ndarray = median.reindex(resource_names(network)).to_numpy(dtype=np.float64)
    return prices


def ledger_rows(c: ClusteredNetwork, factor: str | None = None) -> pd.DataFrame:
    """Return the members' rows of the ledger: cluster, resource (a code), enterprise, role, quantity, unit_cost.

    A row without a quantity counts as 1; rows of quantity 0 are left out. A resource belongs to a factor when any row
    of the survey says so; then all its rows do, so that a need and an offer of it meet however each was filed.
    """
    ledger = c.network.ledger
    cluster = c.cluster_of[ledger["enterprise"].to_numpy(dtype=np.int64)]
    quantity = ledger["quantity"].fillna(1.0).to_numpy(dtype=np.float64)
    kept = (cluster >= 0) & (quantity > 0) & ledger["resource"].notna().to_numpy(dtype=bool)
    if factor is not None:
        of_factor = ledger.loc[ledger["factor"].eq(factor), "resource"].unique()
        kept &= ledger["resource"].isin(of_factor).to_numpy(dtype=bool)
    code = resource_names(c.network).get_indexer(pd.Index(ledger["resource"].to_numpy(dtype=object)[kept]))
    rows = ledger[kept]
    return pd.DataFrame(
        {
            "cluster": cluster[kept],
            "resource": code,
            "enterprise": rows["enterprise"].to_numpy(dtype=np.int64),
            "role": rows["role"].to_numpy(dtype=object),
            "quantity": quantity[kept],
            "unit_cost": rows["unit_cost"].to_numpy(dtype=np.float64),
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
    keys = ["cluster", "resource", "enterprise"]
    group = rows.groupby(keys, sort=True).ngroup().to_numpy()
    found = rows[keys].drop_duplicates().sort_values(keys, ignore_index=True)
    for role in ("need", "offer"):
        chosen = rows["role"].eq(role).to_numpy()
        found[role] = grouped_sum(rows["quantity"].to_numpy()[chosen], group[chosen], len(found))
    return found


def covered_needs(table: pd.DataFrame) -> pd.DataFrame:
    """Return, per cluster and resource, the need and what of it the cluster itself can cover.

    No member serves its own need, so besides the sum of needs and the sum of offers, the needs of the others and the
    offers of the others around any one member bound what can be covered. (By the theorem of the largest flow and the
    least cut nothing else does.)
    """
    group = table.groupby(["cluster", "resource"], sort=True).ngroup().to_numpy()
    k = int(group.max(initial=-1)) + 1
    need, offer = (grouped_sum(table[role].to_numpy(), group, k) for role in ("need", "offer"))
    around = (need + offer)[group] - table["need"].to_numpy() - table["offer"].to_numpy()
    least = np.full(k, np.inf)
    np.minimum.at(least, group, around)
    found = table[["cluster", "resource"]].drop_duplicates(ignore_index=True)
    covered = np.clip(np.minimum(np.minimum(need, offer), least), 0.0, None)
    return found.assign(need=need, covered=covered)


def mean_coverage(c: ClusteredNetwork, factor: str | None = None) -> np.ndarray:
    """Return the mean, over resources needed, of the share of the need that is covered, shape (k,)."""
    table = covered_needs(needs_and_offers(c, factor))
    table = table[table["need"] > 0]
    share = np.minimum(ratio(table["covered"].to_numpy(), table["need"].to_numpy()), 1.0)
    return grouped_mean(share, table["cluster"].to_numpy(), c.k)
