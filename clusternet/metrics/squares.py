"""Counting squares without diagonals and paths over four nodes."""

from __future__ import annotations

import igraph
import numpy as np

from clusternet.metrics.spectral import adjacency


def census(graph: igraph.Graph) -> tuple[int, int]:
    """Count the chordless 4-cycles and the paths over four distinct nodes of a simple undirected graph.

    Every two nodes that are not linked close a square with each pair of their common partners; where that pair is
    linked itself the four nodes are a diamond, and no square. Diamonds follow from the common partners of linked
    nodes, less the complete foursomes.

    Parameters
    ----------
    graph : igraph.Graph
        A simple undirected graph.

    Returns
    -------
    squares : int
        Chordless 4-cycles, each once.
    paths : int
        Paths over four distinct nodes, each once, chords or not.
    """
    if graph.vcount() < 4 or graph.ecount() < 3:
        return 0, 0
    matrix = adjacency(graph)
    degree = np.asarray(matrix.sum(axis=1)).ravel()
    common = (matrix @ matrix).tocsr()
    linked = common.multiply(matrix).tocoo()
    on_links = linked.data  # every link appears twice
    triangles = on_links.sum() / 6
    ends = matrix.tocoo()
    paths = ((degree[ends.row] - 1) * (degree[ends.col] - 1)).sum() / 2 - 3 * triangles
    over_all = (common.data * (common.data - 1)).sum() / 2 - (degree * (degree - 1)).sum() / 2  # without the diagonal
    over_links = (on_links * (on_links - 1)).sum() / 2
    diamonds = over_links / 2 - 6 * _foursomes(graph)
    squares = ((over_all - over_links) / 2 - diamonds) / 2
    return round(squares), round(paths)


def _foursomes(graph: igraph.Graph) -> int:
    """Count the complete foursomes: triangles among the later partners of each node, in an order of few later ones."""
    core = np.array(graph.coreness())
    rank = np.empty(len(core), dtype=np.int64)
    rank[np.lexsort((np.arange(len(core)), core))] = np.arange(len(core))
    later = [[other for other in graph.neighbors(node) if rank[other] > rank[node]] for node in range(len(core))]
    sets = [set(others) for others in later]
    total = 0
    for others in later:
        if len(others) < 3:
            continue
        for node in others:
            both = sets[node].intersection(others)
            total += sum(len(sets[third] & both) for third in both)
    return total
