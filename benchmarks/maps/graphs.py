"""A planted network as plain arrays, so that every tool is given the same and none needs clusternet to read it."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

#: Linkages per enterprise.
LINKS_PER_NODE = 4
#: Share of the linkages that are drawn between any two enterprises.
MIXING = 0.3
LAYERS = ("supply", "stock", "knowledge", "finance")
_SHARES = (0.4, 0.2, 0.25, 0.15)
#: Drawn for each linkage that is kept: some fall on one another, or on their own beginning.
_SPARE = 1.5


@dataclass(frozen=True, eq=False)
class Graph:
    """One network.

    Parameters
    ----------
    x, y : array of float, shape (n,)
        Positions, the same for every tool.
    cluster : array of int, shape (n,)
        The planted cluster of each enterprise.
    source, target, layer : array of int, shape (m,)
        Ends and layer of each linkage; no pair stands twice.
    weight : array of float, shape (m,)
        1 to 5.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    cluster: NDArray[np.int64]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    layer: NDArray[np.int64]
    weight: NDArray[np.float64]

    @property
    def names(self) -> list[str]:
        """Names of the enterprises, sorted as their numbers are."""
        return [f"Workshop {place:05d}" for place in range(len(self.x))]

    def save(self, path: Path) -> None:
        """Write it to a file."""
        np.savez(path, **{field.name: getattr(self, field.name) for field in fields(self)})

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read it from a file."""
        with np.load(path) as stored:
            return cls(**{field.name: stored[field.name] for field in fields(cls)})


def planted(n: int, *, seed: int = 0) -> Graph:
    """Return a network of n enterprises in clusters of uneven sizes, without positions yet.

    Parameters
    ----------
    n : int
        Enterprises, at least 100.
    seed : int
        Seed of the chance.

    Returns
    -------
    Graph
        With exactly ``LINKS_PER_NODE * n`` linkages; all positions are 0.
    """
    chance = np.random.default_rng([seed, n])
    count = max(6, round(math.sqrt(n) / 2))
    weight = 0.25 + chance.random(count) ** 2
    cluster = np.sort(chance.choice(count, size=n, p=weight / weight.sum()))
    size = np.bincount(cluster, minlength=count)
    start = np.cumsum(size) - size
    wanted = LINKS_PER_NODE * n
    source = chance.integers(n, size=int(_SPARE * wanted))
    own = cluster[source]
    inside = start[own] + (chance.random(len(source)) * size[own]).astype(np.int64)
    target = np.where(chance.random(len(source)) < MIXING, chance.integers(n, size=len(source)), inside)
    pairs = np.minimum(source, target) * n + np.maximum(source, target)
    _, first = np.unique(pairs, return_index=True)
    kept = np.sort(first[source[first] != target[first]])[:wanted]
    if len(kept) < wanted:
        raise ValueError(f"A network of {n} enterprises is too small for {wanted} different linkages.")
    dealt = chance.permutation(n)
    truth = np.empty(n, dtype=np.int64)
    truth[dealt] = cluster
    layer = chance.choice(len(LAYERS), size=wanted, p=_SHARES)
    weights = chance.integers(1, 6, size=wanted).astype(np.float64)
    return Graph(np.zeros(n), np.zeros(n), truth, dealt[source[kept]], dealt[target[kept]], layer, weights)
