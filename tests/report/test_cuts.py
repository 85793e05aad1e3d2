"""The pieces that a vertex holds together, beside taking it out and counting."""

import igraph
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.report.cuts import cut_parts


def taken_out(graph, vertex):
    """The old way: copy the graph, delete the vertex, count the pieces that its neighbours are in."""
    rest = graph.copy()
    rest.delete_vertices(vertex)
    near = {other - (other > vertex) for other in graph.neighbors(vertex)}
    return [len(part) for part in rest.connected_components() if near & set(part)]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=16))
def test_pieces_are_those_that_remain_without_the_vertex(count, pairs):
    edges = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1] and max(pair) < count})
    graph = igraph.Graph(n=count, edges=edges)
    found = cut_parts(graph)
    assert list(found) == graph.articulation_points()
    assert {vertex: sorted(sizes) for vertex, sizes in found.items()} == {
        vertex: sorted(taken_out(graph, vertex)) for vertex in graph.articulation_points()
    }


def test_a_long_chain_and_a_star_are_no_trouble():
    chain, star = igraph.Graph.Ring(20_000, circular=False), igraph.Graph.Star(20_000)
    assert sorted(cut_parts(chain)[10]) == [10, 19_989]
    assert cut_parts(star) == {0: [1] * 19_999}
