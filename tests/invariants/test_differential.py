"""I32: the same from others: networkx, igraph, scikit-learn and pandas, on graphs with all that is hard."""

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from networkx.algorithms.community import modularity
from sklearn import metrics

from clusternet.detect import find_clusters, partition_figures
from clusternet.detect.agreement import compare_partitions
from clusternet.metrics import METRICS
from clusternet.model import ClusteredNetwork, Network, Partition
from tests.strategies import clustered_links, examples, links

#: Weights that others can add up too: nothing is lost beside something huge.
PLAIN = (0.0, 0.25, 1.0, 2.0, 7.5)


def seen(made):
    found, labels = made
    network = found.network()
    partition = Partition.from_labels(network.enterprise_ids, dict(zip(found.nodes, labels, strict=True)))
    graph = nx.Graph()
    graph.add_nodes_from(found.nodes)
    graph.add_weighted_edges_from((*sorted(pair), weight) for pair, weight in found.pairs().items())
    return ClusteredNetwork(network, partition), graph


@settings(max_examples=examples(12))
@given(clustered_links(least=2, most=20, weights=PLAIN))
def test_I32_scores_are_those_of_networkx_and_igraph(made):
    c, graph = seen(made)
    names = c.network.enterprise_ids
    peers = {
        "density": lambda s, rest: nx.density(graph.subgraph(s)) if len(s) > 1 else np.nan,
        "internal_strength": lambda s, rest: 2 * graph.subgraph(s).size("weight") / len(s),
        "cut_ratio": lambda s, rest: nx.cut_size(graph, s) / (len(s) * len(rest)) if rest else np.nan,
        "conductance": lambda s, rest: (
            nx.conductance(graph, s, rest, "weight")
            if rest and nx.volume(graph, s, "weight") and nx.volume(graph, rest, "weight")
            else np.nan
        ),
        "transitivity": lambda s, rest: nx.transitivity(graph.subgraph(s)),
        "reach_efficiency": lambda s, rest: nx.global_efficiency(graph.subgraph(s)) if len(s) > 1 else np.nan,
        "structural_cohesion": lambda s, rest: (
            _igraph(graph.subgraph(s)).vertex_connectivity() if len(s) > 1 else np.nan
        ),
    }
    for name, peer in peers.items():
        found = METRICS[name](c)
        for number in range(c.k):
            members = set(names[c.members(number)])
            if name == "transitivity" and np.isnan(found[number]):
                continue  # no two links meet; networkx says 0
            expected = peer(members, set(graph) - members)
            assert found[number] == pytest.approx(expected, abs=1e-9, nan_ok=True), (name, members)


def _igraph(graph: nx.Graph) -> igraph.Graph:
    return igraph.Graph.from_networkx(graph)


@settings(max_examples=examples(12))
@given(clustered_links(least=2, most=20, weights=PLAIN))
def test_I32_modularity_is_that_of_networkx_and_igraph_to_twelve_digits(made):
    c, graph = seen(made)
    assume(graph.size() > 0)
    groups = [set(c.network.enterprise_ids[c.members(number)]) for number in range(c.k)]
    groups += [{name} for name, code in zip(c.network.enterprise_ids, c.partition.codes, strict=True) if code < 0]
    value = partition_figures(c.network, c.partition).loc["modularity", "value"]
    assert value == pytest.approx(modularity(graph, groups, weight="weight"), abs=1e-12)
    home = {name: place for place, group in enumerate(groups) for name in group}
    there = _igraph(graph)
    membership = [home[name] for name in there.vs["_nx_name"]]
    assert value == pytest.approx(there.modularity(membership, weights="weight"), abs=1e-12)


@settings(max_examples=examples(10))
@given(clustered_links(least=2, most=25), clustered_links(least=2, most=25))
def test_I32_agreement_is_that_of_scikit_learn(one, other):
    size = min(len(one[1]), len(other[1]))
    labels = [np.array(made[1][:size]) + 1 for made in (one, other)]
    found = compare_partitions(*labels)
    assert found["ari"] == pytest.approx(metrics.adjusted_rand_score(*labels), abs=1e-9)
    assert found["ami"] == pytest.approx(metrics.adjusted_mutual_info_score(*labels), abs=1e-9)
    assert found["nmi"] == pytest.approx(metrics.normalized_mutual_info_score(*labels), abs=1e-9)


@settings(max_examples=examples(12))
@given(links(least=1, weights=PLAIN))
def test_I32_adding_up_is_that_of_pandas_and_networkx(found):
    network = found.network()
    table = found.frame()
    ends = np.sort(table[["source", "target"]].to_numpy(dtype=str), axis=1).reshape(-1, 2)
    plain = pd.DataFrame({"a": ends[:, 0], "b": ends[:, 1], "weight": table["weight"].astype(float)})
    plain = plain[(plain["a"] != plain["b"]) & (plain["weight"] > 0)]
    expected = plain.groupby(["a", "b"])["weight"].sum()
    names = network.node_ids
    pairs = zip(names[network.flat.first], names[network.flat.second], network.flat.weight, strict=True)
    assert {tuple(sorted(pair[:2])): pair[2] for pair in pairs} == expected.to_dict()
    graph = nx.Graph()
    graph.add_nodes_from(found.nodes)
    graph.add_weighted_edges_from(plain.groupby(["a", "b"], as_index=False)["weight"].sum().itertuples(index=False))
    assert [dict(graph.degree(weight="weight"))[name] for name in names] == network.flat.strength.tolist()
    parts = {frozenset(part) for part in nx.connected_components(graph)}
    components = network.flat.components
    assert {frozenset(names[components == number]) for number in set(components.tolist())} == parts


@pytest.mark.parametrize("seed", range(3))
def test_I32_leiden_is_within_a_hundredth_of_the_best_of_others(seed):
    graph = nx.planted_partition_graph(6, 20, 0.4, 0.05, seed=seed)
    network = Network.from_networkx(nx.relabel_nodes(graph, {node: f"N{node:03d}" for node in graph}))
    ours = partition_figures(network, find_clusters(network, "leiden", seed=seed)).loc["modularity", "value"]
    others = [modularity(graph, nx.community.louvain_communities(graph, seed=seed))]
    leidenalg = None
    try:
        import leidenalg
    except ModuleNotFoundError:  # it is nobody's dependency but the benchmark's
        others.append(_igraph(graph).community_leiden(objective_function="modularity", n_iterations=-1).modularity)
    if leidenalg is not None:
        others.append(
            leidenalg.find_partition(_igraph(graph), leidenalg.ModularityVertexPartition, seed=seed).modularity
        )
    assert ours >= 0.99 * max(others)
