"""What holds a graph together: the vertices without which it falls apart, and how large the parts are."""

from __future__ import annotations

import igraph


def cut_parts(graph: igraph.Graph) -> dict[int, list[int]]:
    """Return for each vertex without which its part of a graph falls apart how many vertices each piece has.

    Parameters
    ----------
    graph : igraph.Graph
        An undirected graph; it need not be connected.

    Returns
    -------
    dict of int to list of int
        By vertex, in igraph's order of articulation points; the sizes of two or more pieces, in no given order. What
        was apart from the vertex before is not counted.

    Notes
    -----
    One walk over the tree of blocks and cut vertices, in time linear in the graph (Hopcroft & Tarjan 1973).

    Examples
    --------
    >>> {vertex: sorted(sizes) for vertex, sizes in cut_parts(igraph.Graph([(0, 1), (1, 2), (2, 3)])).items()}
    {1: [1, 2], 2: [1, 2]}
    """
    blocks, cuts = graph.biconnected_components(return_articulation_points=True)
    held: dict[int, list[int]] = {vertex: [] for vertex in cuts}
    for place, block in enumerate(blocks):
        for vertex in block:
            if vertex in held:
                held[vertex].append(place)
    inside = {place: [vertex for vertex in block if vertex in held] for place, block in enumerate(blocks)}
    own = [len(block) - len(inside[place]) for place, block in enumerate(blocks)]
    below: dict[int, list[tuple[int, int]]] = {vertex: [] for vertex in cuts}
    seen: set[int] = set()
    for root in range(len(own)):
        if root not in seen:
            _walk(root, held, inside, own, below, seen)
    return {vertex: [size for _, size in below[vertex]] for vertex in cuts}


def _walk(
    root: int,
    held: dict[int, list[int]],
    inside: dict[int, list[int]],
    own: list[int],
    below: dict[int, list[tuple[int, int]]],
    seen: set[int],
) -> None:
    """Fill in, for each cut vertex of one part of the graph, its blocks with the vertices that hang on each."""
    seen.add(root)
    order: list[tuple[int, int | None]] = [(root, None)]  # a block, and the cut vertex through which it was reached
    for block, above in order:
        for vertex in inside[block]:
            if vertex != above:
                fresh = [other for other in held[vertex] if other not in seen]
                seen.update(fresh)
                order += [(other, vertex) for other in fresh]
    # From the leaves up: what hangs on a block, without the cut vertex above it.
    hanging: dict[int, int] = {}
    for block, above in reversed(order):
        size = own[block]
        for vertex in inside[block]:
            if vertex != above:
                size += 1 + sum(found for _, found in below[vertex])
        hanging[block] = size
        if above is not None:
            below[above].append((block, size))
    whole = hanging[root]
    for block, above in order:
        for vertex in inside[block]:
            if vertex != above:
                # What is not below the vertex hangs on the block above it.
                below[vertex].append((block, whole - 1 - sum(found for _, found in below[vertex])))
