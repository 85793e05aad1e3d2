"""Production chains: which products lead to a final product, and who makes them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from clusternet.metrics.memory import made_once
from clusternet.metrics.sorting import distinct
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


@made_once
def made_by(network: Network) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """Return the products of all recipes, and who makes which: positions of enterprises and products, sorted.

    An enterprise makes a product when it offers it, or when it works at a stage of its recipe.
    """
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
    keys, _ = distinct(np.sort(np.concatenate(who) * max(len(products), 1) + np.concatenate(what)))
    return products, keys // max(len(products), 1), keys % max(len(products), 1)


@made_once
def makers(c: ClusteredNetwork) -> tuple[list[str], NDArray[np.int64]]:
    """Return the products of all recipes, and how many members of each cluster make each, shape (k, products)."""
    products, enterprise, product = made_by(c.network)
    cluster = c.cluster_of[enterprise]
    member = cluster >= 0
    cells = np.bincount(cluster[member] * len(products) + product[member], minlength=c.k * len(products))
    return products, cells.reshape(c.k, len(products))


def chain_matrix(network: Network, products: list[str]) -> tuple[list[str], NDArray[np.bool_]]:
    """Return the final products, sorted, and which products belong to the chain of each, shape (chains, products)."""
    found = chains(network)
    final = sorted(found)
    belongs = np.array([[product in found[name] for product in products] for name in final], dtype=bool)
    return final, belongs.reshape(len(final), len(products))


@made_once
def best_covered_chain(c: ClusteredNetwork) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return which chain each cluster covers best (ties by name) and the share of it that its members make.

    Returns
    -------
    chain : array of int, shape (k,)
        The place of the final product in :func:`chain_matrix`.
    share : array of float, shape (k,)
        The share; NaN without recipes.
    """
    products, made = makers(c)
    belongs = chain_matrix(c.network, products)[1]
    if not len(belongs):
        return np.zeros(c.k, dtype=np.int64), np.full(c.k, np.nan)
    shares = ((made > 0).astype(np.int64) @ belongs.T.astype(np.int64)) / belongs.sum(axis=1)
    best = shares.argmax(axis=1)
    return best, shares[np.arange(c.k), best]
