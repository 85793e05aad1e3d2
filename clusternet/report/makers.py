"""Who makes what, and whom each cluster is linked to: where help for a cluster may come from."""

from __future__ import annotations

import numpy as np

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


def partners_in(network: Network, partition: Partition) -> dict[tuple[str, int], int]:
    """Return how many members of a cluster each enterprise is linked to, where it is to any."""
    flat, ids = network.flat, network.enterprise_ids
    both = (flat.first < len(ids)) & (flat.second < len(ids))
    first, second = flat.first[both], flat.second[both]
    here, code = np.append(first, second), partition.codes[np.append(second, first)]
    pairs, count = np.unique(np.column_stack([here, code])[code >= 0], axis=0, return_counts=True)
    return {(ids[place], int(cluster)): int(times) for (place, cluster), times in zip(pairs, count, strict=True)}
