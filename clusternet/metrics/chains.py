"""Production chains: which products lead to a final product, and who makes them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from clusternet.model import ClusteredNetwork, Network


def chains(network: Network) -> Mapping[str, frozenset[str]]:
    """Return, for every final product, the products needed to make it: itself and every input that has a recipe.

    Final products are those that the settings name, or else every product that is an input of nothing. Raw
    materials, which no recipe makes, are not part of a chain.
    """
    recipes = network.recipe_table
    inputs: dict[str, set[str]] = {product: set() for product in recipes["product"].dropna()}
    for product, entry in zip(recipes["product"], recipes["input"], strict=True):
        if isinstance(entry, str) and entry in inputs:
            inputs[product].add(entry)
    used = {entry for product, entries in inputs.items() for entry in entries if entry != product}
    declared = [product for product in network.settings.final_products if product in inputs]
    final = sorted(declared or (product for product in inputs if product not in used))
    return {product: _closure(product, inputs) for product in final}


def _closure(product: str, inputs: Mapping[str, set[str]]) -> frozenset[str]:
    reached, waiting = {product}, [product]
    while waiting:
        fresh = inputs[waiting.pop()] - reached
        reached |= fresh
        waiting += sorted(fresh)
    return frozenset(reached)


def makers(c: ClusteredNetwork) -> tuple[list[str], NDArray[np.int64]]:
    """Return the products of all recipes, and how many members of each cluster make each, shape (k, products).

    A member makes a product when it offers it, or when it works at a stage of its recipe.
    """
    network = c.network
    recipes = network.recipe_table
    products = sorted(set(recipes["product"].dropna()))
    place = {product: column for column, product in enumerate(products)}
    offers = network.ledger[network.ledger["role"].eq("offer") & network.ledger["resource"].isin(products)]
    who = [offers["enterprise"].to_numpy()]
    what = [offers["resource"].map(place).to_numpy(dtype=np.int64)]
    staged = recipes[["product", "stage"]].dropna().drop_duplicates()
    workers = network.register[["stage"]].assign(enterprise=np.arange(network.n_enterprises)).merge(staged, on="stage")
    who.append(workers["enterprise"].to_numpy(dtype=np.int64))
    what.append(workers["product"].map(place).to_numpy(dtype=np.int64))
    keys = np.unique(np.concatenate(who) * max(len(products), 1) + np.concatenate(what))
    enterprise, product = keys // max(len(products), 1), keys % max(len(products), 1)
    cluster = c.cluster_of[enterprise]
    made = np.zeros((c.k, len(products)), dtype=np.int64)
    np.add.at(made, (cluster[cluster >= 0], product[cluster >= 0]), 1)
    return products, made


def best_covered_share(c: ClusteredNetwork) -> NDArray[np.float64]:
    """Return, for every cluster, the share of the best covered chain that its members make; NaN without recipes."""
    chain_of = chains(c.network)
    if not chain_of:
        return np.full(c.k, np.nan)
    products, made = makers(c)
    place = {product: column for column, product in enumerate(products)}
    shares = [(made[:, [place[product] for product in sorted(chain)]] > 0).mean(axis=1) for chain in chain_of.values()]
    return np.max(np.column_stack(shares), axis=1)
