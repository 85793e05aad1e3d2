"""Gaps: what is there and what is missing on the way to the final product that a cluster comes closest to."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from clusternet.metrics.chains import best_covered_chain, chain_matrix, made_by
from clusternet.model import ClusteredNetwork, Network
from clusternet.model.scores import GAP_COLUMNS


def gaps_table(c: ClusteredNetwork) -> pd.DataFrame:
    """Return, for each cluster, the chain of its best covered final product with who makes what.

    A cluster in which nobody makes anything of any chain has no rows.

    Parameters
    ----------
    c : ClusteredNetwork
        The clusters.

    Returns
    -------
    DataFrame
        One row per cluster and product of the chain, then one per raw input, both sorted by name: cluster,
        final_product, product, stage (of its recipe; several joined by ``;``), status, suppliers (ids of the members
        that make it, or that offer the raw input, joined by ``;``). The status is ``present`` (two makers or more),
        ``single_supplier``, ``missing``, or ``raw`` for an input that no recipe makes.
    """
    products, enterprise, product = made_by(c.network)
    final, belongs = chain_matrix(c.network, products)
    best, share = best_covered_chain(c)
    ids = c.network.enterprise_ids
    who: dict[tuple[int, str], list[str]] = defaultdict(list)
    for maker, made in zip(enterprise.tolist(), product.tolist(), strict=True):
        who[int(c.cluster_of[maker]), products[made]].append(ids[maker])
    offers = _raw_offers(c, set(products))
    stages, inputs = _recipes(c.network)
    rows: list[tuple[int, str, str, str, str, str]] = []
    for cluster in range(c.k):
        if not share[cluster] > 0:
            continue
        name = final[best[cluster]]
        chain = [entry for entry, inside in zip(products, belongs[best[cluster]], strict=True) if inside]
        for entry in chain:
            found = who[cluster, entry]
            status = "missing" if not found else "single_supplier" if len(found) == 1 else "present"
            rows.append((cluster, name, entry, stages[entry], status, ";".join(found)))
        for raw in sorted(set().union(*(inputs[entry] for entry in chain)) - set(products)):
            rows.append((cluster, name, raw, "", "raw", ";".join(offers[cluster, raw])))
    table = pd.DataFrame(rows, columns=list(GAP_COLUMNS))
    kinds = {column: "int64" if column == "cluster" else "str" for column in GAP_COLUMNS}
    return table.astype(kinds)


def _recipes(network: Network) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return the stages of each product, joined, and its inputs."""
    stages: dict[str, set[str]] = defaultdict(set)
    inputs: dict[str, set[str]] = defaultdict(set)
    recipes = network.recipe_table
    for product, stage, entry in zip(recipes["product"], recipes["stage"], recipes["input"], strict=True):
        stages[product].update([stage] if isinstance(stage, str) else [])
        inputs[product].update([entry] if isinstance(entry, str) else [])
    return {product: ";".join(sorted(found)) for product, found in stages.items()}, inputs


def _raw_offers(c: ClusteredNetwork, made: set[str]) -> dict[tuple[int, str], list[str]]:
    """Return the ids of the members that offer what no recipe makes, by cluster and resource."""
    ledger = c.network.ledger
    rows = ledger[ledger["role"].eq("offer") & ~ledger["resource"].isin(made)]
    rows = rows[["enterprise", "resource"]].drop_duplicates()
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for place, resource in zip(rows["enterprise"].tolist(), rows["resource"], strict=True):
        found[int(c.cluster_of[place]), resource].append(c.network.enterprise_ids[place])
    return found
