"""Linked pairs for the tests of detection."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from clusternet.model.pairs import Pairs


def pairs_of(edges, n, weight=None, layer=None) -> Pairs:
    """Make linked pairs from a list of ends."""
    ends = np.array(sorted((min(edge), max(edge)) for edge in edges), dtype=np.int64).reshape(-1, 2)
    weights = np.ones(len(ends)) if weight is None else np.asarray(weight, dtype=float)
    layers = None if layer is None else np.asarray(layer, dtype=np.uint64)
    return Pairs(ends[:, 0].copy(), ends[:, 1].copy(), weights, n, layers)


def planted_pairs(blocks=4, size=25, inside=0.35, between=0.03, seed=1) -> tuple[Pairs, np.ndarray]:
    """A planted partition and its answer."""
    graph = nx.planted_partition_graph(blocks, size, inside, between, seed=seed)
    return pairs_of(graph.edges, blocks * size), np.arange(blocks * size) // size


@st.composite
def small_graphs(draw, least=2, most=9):
    """Edges and labels of a few nodes."""
    n = draw(st.integers(least, most))
    every = [(i, j) for i in range(n) for j in range(i + 1, n)]
    edges = draw(st.lists(st.sampled_from(every), min_size=1, unique=True))
    labels = draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
    return n, sorted(edges), labels
