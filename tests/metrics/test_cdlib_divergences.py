"""Where cdlib 0.4.0 says something else under the same name: its formula in plain Python beside ours.

The last test asks cdlib itself, where it is installed, whether the formulas written here are still its own.
"""

import math
import statistics

import networkx as nx
import numpy as np
import pytest

from clusternet.detect import partition_figures
from clusternet.metrics import METRICS
from clusternet.model import ClusteredNetwork, Network, Partition

# Two cliques of four, and a bridge; nobody has less than half of its partners inside.
CLIQUES = nx.Graph([*nx.complete_graph(4).edges, *nx.complete_graph(range(4, 8)).edges, (3, 4)])
LEFT, RIGHT = {0, 1, 2, 3}, {4, 5, 6, 7}
# The same with one linked pair missing in each clique, so that no cluster is complete.
NEARLY = nx.Graph(edge for edge in CLIQUES.edges if edge not in [(0, 1), (6, 7)])


def seen(graph, *parts):
    network = Network.from_networkx(graph)
    labels = {str(node): next((k for k, part in enumerate(parts) if node in part), -1) for node in graph}
    return ClusteredNetwork(network, Partition.from_labels(network.enterprise_ids, labels))


def ours(graph, part, name):
    return METRICS[name](seen(graph, part))[0]


def leaving(graph, part):
    """Of each member, the number of partners outside."""
    return [graph.degree(node) - graph.subgraph(part).degree(node) for node in part]


def cdlib_max_odf(graph, part):
    return max(leaving(graph, part))


def cdlib_avg_odf(graph, part):
    return sum(leaving(graph, part)) / len(part)


def cdlib_conductance(graph, part):
    return sum(leaving(graph, part)) / (2 * graph.subgraph(part).size() + sum(leaving(graph, part)))


def cdlib_density(graph, part):
    return graph.subgraph(part).size() / (len(part) * (len(part) - 1) / 2)


def cdlib_over_median(graph, part):
    degree = [graph.subgraph(part).degree(node) for node in part]
    return sum(value > statistics.median(degree) for value in degree) / len(part)


def divergence(q, p):
    """What cdlib computes: 0 log 0 is not a number."""
    with np.errstate(all="ignore"):
        q, p = np.float64(q), np.float64(p)
        return float(q * np.log(q / p) + (1 - q) * np.log((1 - q) / (1 - p)))


def cdlib_significance(graph, parts):
    m = graph.size()
    p = m / math.comb(m, 2)
    pairs = [math.comb(len(part), 2) for part in parts]
    return sum(c * divergence(graph.subgraph(part).size() / c, p) for c, part in zip(pairs, parts, strict=True))


def cdlib_surprise(graph, parts):
    m = graph.size()
    q = sum(graph.subgraph(part).size() for part in parts) / m
    return m * divergence(q, sum(math.comb(len(part), 2) for part in parts) / math.comb(len(graph), 2))


def test_out_degree_fractions_are_counts_there_and_shares_here():
    busy = CLIQUES.copy()
    busy.add_edges_from([(3, 5), (3, 6)])
    assert cdlib_max_odf(busy, LEFT) == 3
    assert ours(busy, LEFT, "worst_out_share") == 3 / 6
    assert cdlib_avg_odf(busy, LEFT) == 3 / 4
    assert ours(busy, LEFT, "average_out_share") == (3 / 6) / 4


def test_conductance_looks_at_the_smaller_side_here():
    large = LEFT | {4, 5, 6}
    assert cdlib_conductance(CLIQUES, large) == pytest.approx(3 / 23)
    assert ours(CLIQUES, large, "conductance") == 1
    assert nx.conductance(CLIQUES, large) == 1
    assert cdlib_conductance(CLIQUES, LEFT) == ours(CLIQUES, LEFT, "conductance") == 1 / 13


def test_density_of_directed_graphs_stays_below_one_here():
    both_ways = nx.DiGraph(CLIQUES.to_directed())
    assert cdlib_density(both_ways, LEFT) == 2
    assert ours(both_ways, LEFT, "density") == 1


def test_significance_takes_pairs_of_linkages_for_pairs_of_nodes_there():
    m, n = NEARLY.size(), len(NEARLY)
    c = seen(NEARLY, LEFT, RIGHT)
    mine = partition_figures(c.network, c.partition).loc["significance", "value"]
    assert mine == pytest.approx(2 * 6 * divergence(5 / 6, m / math.comb(n, 2)))
    assert cdlib_significance(NEARLY, [LEFT, RIGHT]) == pytest.approx(2 * 6 * divergence(5 / 6, m / math.comb(m, 2)))
    assert abs(mine - cdlib_significance(NEARLY, [LEFT, RIGHT])) > 0.5


def test_cliques_and_full_coverage_are_defined_here():
    apart = nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(4))
    c = seen(apart, LEFT, RIGHT)
    figures = partition_figures(c.network, c.partition)["value"]
    assert math.isnan(cdlib_significance(apart, [LEFT, RIGHT]))
    assert math.isnan(cdlib_surprise(apart, [LEFT, RIGHT]))
    assert figures["significance"] == pytest.approx(12 * math.log(28 / 12))
    assert figures["surprise"] == pytest.approx(12 * math.log(28 / 12))


def test_surprise_agrees_where_both_are_defined():
    c = seen(NEARLY, LEFT, RIGHT)
    mine = partition_figures(c.network, c.partition).loc["surprise", "value"]
    assert mine == pytest.approx(cdlib_surprise(NEARLY, [LEFT, RIGHT]))


def test_the_median_is_taken_inside_there():
    # The published measure compares with the median of the whole graph: all of a clique are above that of long tails.
    tails = nx.Graph([*nx.complete_graph(4).edges, *[(place, place + 1) for place in range(3, 12)]])
    median = statistics.median(dict(tails.degree()).values())
    published = sum(tails.subgraph(LEFT).degree(node) > median for node in LEFT) / len(LEFT)
    assert published == 1
    assert cdlib_over_median(tails, LEFT) == 0
    assert "fraction_over_median_degree" not in METRICS


@pytest.mark.parametrize(("name", "theirs"), [("conductance", cdlib_conductance), ("average_out_share", cdlib_avg_odf)])
def test_weights_count_here(name, theirs):
    heavy = CLIQUES.copy()
    heavy.edges[3, 4]["weight"] = 6.0
    assert theirs(heavy, LEFT) == theirs(CLIQUES, LEFT)
    assert ours(heavy, LEFT, name) > ours(CLIQUES, LEFT, name)


def test_the_formulas_are_those_of_cdlib_itself():
    pytest.importorskip("cdlib")
    from cdlib import NodeClustering, evaluation

    for graph in (CLIQUES, NEARLY, nx.karate_club_graph()):
        communities = NodeClustering([sorted(LEFT), sorted(set(graph) - LEFT)], graph, "given")
        parts = [set(part) for part in communities.communities]
        for formula, function in (
            (cdlib_max_odf, evaluation.max_odf),
            (cdlib_avg_odf, evaluation.avg_odf),
            (cdlib_conductance, evaluation.conductance),
            (cdlib_density, evaluation.internal_edge_density),
            (cdlib_over_median, evaluation.fraction_over_median_degree),
        ):
            expected = [formula(graph, part) for part in parts]
            np.testing.assert_allclose(function(graph, communities, summary=False), expected)
        for formula, function in (
            (cdlib_significance, evaluation.significance),
            (cdlib_surprise, evaluation.surprise),
        ):
            np.testing.assert_allclose(function(graph, communities).score, formula(graph, parts))
