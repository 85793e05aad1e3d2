"""The compiled kernels beside networkx, igraph, numpy and scipy; and what is said where a cluster is too large."""

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusternet.messages import LANGUAGES, translate
from clusternet.metrics import METRICS, core_periphery, reach, score, spectral, splits, squares
from clusternet.metrics.cycles import circles, spectral_radii
from clusternet.metrics.estimates import BY_DEGREE, ESTIMATED, UPPER_BOUND, WITHIN
from clusternet.metrics.graph_kernels import linked_pairs
from clusternet.metrics.inside import inside_graphs, n_parts, parts_and_cuts, triangles_at
from clusternet.metrics.sorting import distinct
from clusternet.metrics.trade import flows_inside, trophic_levels
from clusternet.model import ClusteredNetwork, Network, Partition


def seen(edges, codes, weight=None, layer=None):
    source, target = np.array(edges, dtype=np.int64).reshape(-1, 2).T
    network = Network.from_edges(source, target, weight, layer, nodes=np.arange(len(codes)))
    # Ids are sorted as texts; with two digits each that is the order of the numbers.
    return ClusteredNetwork(network, Partition(network.enterprise_ids, np.array(codes)[order_of(network)]))


def order_of(network):
    return network.enterprise_ids.astype(np.int64)


def random_edges(n, share, seed):
    return list(nx.gnp_random_graph(n, share, seed=seed).edges)


@st.composite
def clusterings(draw):
    """Edges among up to 24 enterprises in up to three clusters, with enterprises in none, isolates and bottlenecks."""
    n = draw(st.integers(1, 24))
    codes = draw(st.lists(st.integers(-1, 2), min_size=n, max_size=n))
    share = draw(st.sampled_from([0.1, 0.3, 0.6, 0.9, 1.0]))
    edges = random_edges(n, share, draw(st.integers(0, 10**6)))
    return seen(edges, codes)


def graphs_of(c):
    return [(graph, nx.Graph([*graph.get_edgelist()])) for graph in c.subgraphs]


@settings(max_examples=30, deadline=None)
@given(clusterings())
def test_the_graphs_inside_are_those_of_igraph_and_networkx(c):
    inside, (part, cut) = inside_graphs(c), parts_and_cuts(c)
    for cluster, (graph, plain) in enumerate(graphs_of(c)):
        here = slice(inside.start[cluster], inside.start[cluster + 1])
        first, second = inside.ends(cluster)
        assert sorted(zip(first, second, strict=True)) == sorted(
            end for a, b in graph.get_edgelist() for end in ((a, b), (b, a))
        )
        assert inside.pairs[cluster] == graph.ecount()
        assert np.flatnonzero(cut[here]).tolist() == sorted(graph.articulation_points())
        assert n_parts(c)[cluster] == len(graph.connected_components()) == len(set(part[here]))
        triangles = nx.triangles(plain)
        assert triangles_at(c)[here].tolist() == [triangles.get(node, 0) for node in range(graph.vcount())]
        member = inside.start[cluster] + np.arange(graph.vcount())
        pairs = np.array([(a, b) for a in member for b in member if a != b], dtype=np.int64).reshape(-1, 2)
        linked = linked_pairs(inside.rows, inside.others, pairs[:, 0].copy(), pairs[:, 1].copy())
        assert linked.sum() == 2 * graph.ecount()


@settings(max_examples=30, deadline=None)
@given(clusterings())
def test_expensive_metrics_agree_with_slow_ways(c):
    value = {name: METRICS[name](c) for name in ("structural_cohesion", "algebraic_connectivity", "reach_efficiency")}
    for cluster, (graph, _) in enumerate(graphs_of(c)):
        n = graph.vcount()
        if n < 2:
            assert all(np.isnan(found[cluster]) for found in value.values())
            continue
        assert value["structural_cohesion"][cluster] == graph.vertex_connectivity()
        laplacian = np.array(graph.laplacian())
        assert value["algebraic_connectivity"][cluster] == pytest.approx(np.linalg.eigvalsh(laplacian)[1], abs=1e-9)
        steps = np.array(graph.distances())
        mean = (1 / steps[(steps > 0) & np.isfinite(steps)]).sum() / (n * (n - 1))
        assert value["reach_efficiency"][cluster] == pytest.approx(mean, rel=1e-12)
        assert METRICS["structural_complementarity"](c)[cluster] == pytest.approx(square_share(graph), nan_ok=True)


def square_share(graph):
    """Chordless squares by looking at every four nodes that igraph finds in the pattern of a square."""
    square, path = igraph.Graph.Ring(4), igraph.Graph([(0, 1), (1, 2), (2, 3)])
    paths = graph.count_subisomorphisms_vf2(path) / 2 if graph.vcount() > 3 else 0
    found = sum(
        graph.induced_subgraph(nodes[:4]).ecount() == 4
        for nodes in (graph.get_subisomorphisms_lad(square) if graph.vcount() > 3 else [])
    )
    return 4 * (found / 8) / paths if paths else np.nan


@pytest.mark.parametrize(("share", "seed"), [(0.06, 1), (0.12, 2), (0.4, 3), (0.9, 4)])
def test_connectivity_of_larger_graphs_is_that_of_igraph(share, seed):
    edges = random_edges(120, share, seed)
    c = seen(edges, [0] * 120)
    assert METRICS["structural_cohesion"](c)[0] == c.subgraph(0).vertex_connectivity()


def bottleneck(n, through):
    """Two dense halves that only a few members join, so that the fewest partners say nothing."""
    halves = nx.disjoint_union(nx.gnp_random_graph(n, 0.7, seed=1), nx.gnp_random_graph(n, 0.7, seed=2))
    joined = [(2 * n + k, node) for k in range(through) for node in range(k, 2 * n, 3)]
    return seen([*halves.edges, *joined], [0] * (2 * n + through))


@pytest.mark.parametrize("through", [3, 5])
def test_a_bottleneck_is_found_although_everybody_has_many_partners(through):
    c = bottleneck(25, through)
    assert inside_graphs(c).degree.min() > through
    assert METRICS["structural_cohesion"](c)[0] == through == c.subgraph(0).vertex_connectivity()


def noted(c, name):
    row = score(c, [METRICS[name]], tables=False).rows.iloc[0]
    return row["value"], row["note"]


def after(note, said):
    assert note.startswith(said + " "), note
    return float(note.removeprefix(said))


@pytest.fixture
def crowd():
    return seen(random_edges(90, 0.25, 5), [0] * 90)


def again(c):
    """The same clusters with nothing kept."""
    return ClusteredNetwork(c.network, c.partition)


def test_squares_beyond_the_limit_are_estimated_and_say_so(crowd, monkeypatch):
    exact, silent = noted(crowd, "structural_complementarity")
    assert silent == ""
    monkeypatch.setattr(squares, "MOST_STEPS", 100)
    value, note = noted(again(crowd), "structural_complementarity")
    error = after(note, ESTIMATED)
    assert 0 < error < 0.002
    assert abs(value - exact) < 5 * error
    assert (value, note) == noted(again(crowd), "structural_complementarity")


def test_reach_beyond_the_limit_is_estimated_and_says_so(monkeypatch):
    c = seen([*random_edges(300, 0.012, 5), *((i, i + 1) for i in range(299))], [0] * 300)
    exact, silent = noted(c, "reach_efficiency")
    assert silent == ""
    monkeypatch.setattr(reach, "MOST_WORK", 100)
    monkeypatch.setattr(reach, "_SAMPLE_WORK", 100)
    value, note = noted(again(c), "reach_efficiency")
    error = after(note, ESTIMATED)
    assert 0 < error < 0.05
    assert 0 < abs(value - exact) < 5 * error
    # Had everybody been drawn, nothing would be left to chance.
    monkeypatch.setattr(reach, "_FEWEST_SOURCES", 300)
    value, note = noted(again(c), "reach_efficiency")
    assert value == pytest.approx(exact, rel=1e-12)
    assert note == ""


def test_splits_beyond_the_limit_are_a_bound_and_say_so(crowd, monkeypatch):
    exact, silent = noted(crowd, "structural_cohesion")
    assert silent == ""
    monkeypatch.setattr(splits, "MOST_STEPS", 0)
    value, note = noted(again(crowd), "structural_cohesion")
    assert value >= exact
    # One round: the member with which it began is one of at most value - 1 of 90 that leave.
    assert after(note, UPPER_BOUND) == pytest.approx((value - 1) / 90, rel=0.05)


def test_a_core_beyond_the_limit_is_a_bound_and_says_so(crowd, monkeypatch):
    exact, silent = noted(crowd, "core_periphery_fit")
    assert silent == ""
    monkeypatch.setattr(core_periphery, "MOST_GROWN", 50)
    value, note = noted(again(crowd), "core_periphery_fit")
    assert 0 < value <= exact + 1e-12
    assert note == BY_DEGREE


@pytest.mark.parametrize("kind", ["mixed", "chain", "hubs"])
def test_eigenvalues_of_large_clusters_are_those_of_dense_matrices(kind, monkeypatch):
    hubs = [(k, node) for k in range(3) for node in range(k + 1, 150) if (node + k) % (k + 1) == 0]
    edges = {"mixed": random_edges(150, 0.08, 3), "chain": [(i, i + 1) for i in range(149)], "hubs": hubs}[kind]
    c = seen(edges, [0] * 150)
    dense = METRICS["algebraic_connectivity"](c)[0]
    monkeypatch.setattr(spectral, "DENSE_UP_TO", 20)
    value, note = noted(again(c), "algebraic_connectivity")
    assert value == pytest.approx(dense, rel=1e-9, abs=1e-12)
    assert note == ""


def test_an_eigenvalue_not_found_to_the_end_says_how_far_off_it_may_be(monkeypatch):
    c = seen([(i, i + 1) for i in range(399)], [0] * 400)
    exact = METRICS["algebraic_connectivity"](c)[0]
    monkeypatch.setattr(spectral, "DENSE_UP_TO", 20)
    monkeypatch.setattr(spectral, "_DIRECT_UP_TO", 20)
    monkeypatch.setattr(spectral, "_RESTARTS", 1)
    monkeypatch.setattr(spectral, "_BLOCK_STEPS", 5)
    value, note = noted(again(c), "algebraic_connectivity")
    assert abs(value - exact) <= after(note, WITHIN) * 1.06
    assert value != pytest.approx(exact, rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(
    st.integers(2, 14).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.lists(
                st.tuples(
                    st.integers(0, n - 1), st.integers(0, n - 1), st.sampled_from([1e-150, 0.5, 1.0, 3.0, 1e150])
                ),
                max_size=40,
            ),
        )
    )
)
def test_flows_agree_with_dense_matrices(case):
    n, ties = case
    edges = [(a, b) for a, b, _ in ties]
    c = seen(edges, [node % 2 for node in range(n)], [weight for *_, weight in ties], "supply")
    flows = flows_inside(c)
    matrix = np.zeros((n, n))
    matrix[flows.source, flows.target] = flows.weight
    radius = np.zeros(c.k)
    found = circles(c)
    np.maximum.at(radius, c.cluster_of[found.nodes[found.start[:-1]]], spectral_radii(found))
    for cluster in range(c.k):
        members = c.members(cluster)
        block = matrix[np.ix_(members, members)]
        # Nearly all eigenvalues of a matrix without circles are rounding errors of zeros; networkx knows whether any is.
        circular = not nx.is_directed_acyclic_graph(nx.DiGraph(block > 0))
        expected = max_root(block) if circular else 0.0
        assert radius[cluster] == pytest.approx(expected, rel=1e-6)
    if np.isin(flows.weight, [0.5, 1.0, 3.0]).all():
        laplacian = np.diag(matrix.sum(axis=0) + matrix.sum(axis=1)) - matrix - matrix.T
        miss = laplacian @ trophic_levels(c) - (matrix.sum(axis=0) - matrix.sum(axis=1))
        assert np.abs(miss).max(initial=0) < 1e-9


def max_root(block):
    """The spectral radius part by part, so that a weak circle is not lost beside a strong one."""
    graph = nx.DiGraph(block > 0)
    roots = [0.0]
    for part in nx.strongly_connected_components(graph):
        if len(part) > 1:
            some = sorted(part)
            inner = block[np.ix_(some, some)]
            roots.append(np.abs(np.linalg.eigvals(inner / inner.max())).max() * inner.max())
    return max(roots)


@given(st.lists(st.integers(0, 9)), st.booleans())
def test_distinct_numbers_are_those_of_numpy(keys, ordered):
    given_keys = np.array(sorted(keys) if ordered else keys, dtype=np.int64)
    found, place = distinct(given_keys)
    assert found.tolist() == sorted(set(keys))
    assert found[place].tolist() == given_keys.tolist()


@pytest.mark.parametrize("said", [ESTIMATED, UPPER_BOUND, WITHIN])
def test_remarks_are_written_so_that_both_languages_can_show_them(said):
    assert said.endswith(":")
    assert ": " not in said
    for language in LANGUAGES:
        assert language == "en" or translate(said, language) != said
