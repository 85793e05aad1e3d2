"""Who makes what, and whom each cluster is linked to: where help for a cluster may come from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusternet.model import Network, Partition


def makers_of(network: Network) -> dict[str, list[str]]:
    """Return who makes each product of the recipes: whoever offers it or works at its stage; ids sorted."""
    ids = network.enterprise_ids
    products = set(network.recipe_table["product"].dropna())
    found: dict[str, set[str]] = {product: set() for product in products}
    offers = network.ledger[network.ledger["role"].eq("offer") & network.ledger["resource"].isin(products)]
    for place, product in zip(offers["enterprise"].tolist(), offers["resource"], strict=True):
        found[product].add(ids[place])
    staged = network.recipe_table[["product", "stage"]].dropna().drop_duplicates()
    workers = network.register[["enterprise_id", "stage"]].merge(staged, on="stage")
    for identifier, product in zip(workers["enterprise_id"], workers["product"], strict=True):
        found[product].add(identifier)
    return {product: sorted(who) for product, who in found.items()}


class Partners:
    """How many members of a cluster each enterprise is linked to; only linked ones are held.

    Parameters
    ----------
    network : Network
        The network.
    partition : Partition
        Its k clusters.
    """

    def __init__(self, network: Network, partition: Partition) -> None:
        flat, count = network.flat, network.n_enterprises
        both = (flat.first < count) & (flat.second < count)
        first, second = flat.first[both], flat.second[both]
        here, code = np.append(first, second), partition.codes[np.append(second, first)]
        self._count = max(count, 1)
        key, self._times = np.unique((code * self._count + here)[code >= 0], return_counts=True)
        self._code, self._here = key // self._count, key % self._count

    def of(self, cluster: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the positions of the enterprises that are linked to members of a cluster, ascending, and how often."""
        rows = slice(*np.searchsorted(self._code, [cluster, cluster + 1]).tolist())
        return self._here[rows], self._times[rows]
