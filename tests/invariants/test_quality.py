"""I14 to I17: a method is no worse than what anybody could say, finds what is plainly there, and sums are sums."""

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from networkx.algorithms.community import modularity

from clusternet.detect import METHODS, find_clusters, partition_figures
from clusternet.detect.description import description_length
from clusternet.detect.quality import potts_quality
from clusternet.model import ClusteredNetwork, Network, Partition
from tests.strategies import clustered_links, examples, links


def named(graph: nx.Graph) -> Network:
    return Network.from_networkx(nx.relabel_nodes(graph, {node: f"N{node:04d}" for node in graph}))


def largest_part(found) -> nx.Graph:
    """The largest connected part: methods look at each part on its own scale, so that quality is that of the part."""
    graph = nx.Graph()
    graph.add_weighted_edges_from((*sorted(pair), weight) for pair, weight in found.pairs().items())
    assume(len(graph) > 2)
    return graph.subgraph(max(nx.connected_components(graph), key=lambda part: (len(part), min(part)))).copy()


def whole_labels(partition: Partition) -> np.ndarray:
    """Labels in which everybody in no cluster is a group of its own."""
    codes = partition.codes
    return np.where(codes < 0, codes.max(initial=-1) + 1 + np.arange(len(codes)), codes)


@pytest.mark.parametrize("name", ["leiden", "louvain"])
@settings(max_examples=examples(6))
@given(found=links(least=3, most=20))
def test_I14_modularity_is_no_less_than_that_of_the_trivial_partitions(name, found):
    graph = largest_part(found)
    network = Network.from_networkx(graph)
    partition = find_clusters(network, name, seed=1)
    labels = whole_labels(partition)
    groups = [set(network.enterprise_ids[labels == label]) for label in np.unique(labels)]
    quality = modularity(graph, groups, weight="weight")
    trivial = [[set(graph)], [{node} for node in graph]]
    assert quality >= max(modularity(graph, groups, weight="weight") for groups in trivial) - 1e-9
    assert partition_figures(network, partition).loc["modularity", "value"] == pytest.approx(quality, abs=1e-9)


@settings(max_examples=examples(6))
@given(links(least=3, most=20), st.sampled_from([0.05, 0.1, 0.5]))
def test_I14_potts_quality_is_no_less_than_that_of_the_trivial_partitions(found, resolution):
    network = Network.from_networkx(largest_part(found))
    partition = find_clusters(network, "leiden_cpm", seed=1, resolution=resolution)
    # The resolution is told in the mean weight of a linked pair.
    gamma = resolution * network.flat.total / len(network.flat)
    quality = potts_quality(ClusteredNetwork(network, partition), gamma)
    n = network.n_nodes
    assert quality >= max(0.0, network.flat.total - gamma * n * (n - 1) / 2) - 1e-6 * network.flat.total
    graph = network.to_networkx()
    inside = sum(
        graph.subgraph(network.enterprise_ids[partition.codes == code]).size("weight") - gamma * size * (size - 1) / 2
        for code, size in enumerate(partition.sizes)
    )
    assert quality == pytest.approx(inside, rel=1e-9, abs=1e-9 * network.flat.total)


@settings(max_examples=examples(6))
@given(links(least=3, most=20, weights=(1.0,)))
def test_I14_the_default_tells_the_network_no_longer_than_the_trivial_partitions(found):
    network = Network.from_networkx(largest_part(found))
    n, flat = network.n_nodes, network.flat
    length = description_length(flat, whole_labels(find_clusters(network, seed=1)))
    assert length <= min(description_length(flat, labels) for labels in (np.zeros(n, int), np.arange(n))) + 1e-6


#: The resolution of constant Potts is a density: between the one inside and the one between the blocks.
OPTIONS = {"leiden_cpm": {"resolution": 0.08}}
SEEDS = {"natural": 2, "infomap": 5, "walktrap": 2, "label_propagation": 10}


@pytest.mark.parametrize("name", METHODS)
def test_I15_planted_blocks_are_one_partition_from_every_seed(name):
    graph = nx.planted_partition_graph(8, 50, 0.3, 0.005, seed=1)
    network = named(graph)
    truth = Partition.from_labels(network.enterprise_ids, np.arange(400) // 50).codes
    found = [
        find_clusters(network, name, seed=seed, **OPTIONS.get(name, {})).codes for seed in range(SEEDS.get(name, 20))
    ]
    assert len({codes.tobytes() for codes in found}) == 1
    assert found[0].tobytes() == truth.tobytes()


@pytest.mark.slow
def test_I15_twenty_seeds_of_the_default_are_one_partition():
    network = named(nx.planted_partition_graph(8, 50, 0.3, 0.005, seed=1))
    truth = Partition.from_labels(network.enterprise_ids, np.arange(400) // 50).codes
    assert {find_clusters(network, seed=seed).codes.tobytes() for seed in range(20)} == {truth.tobytes()}


@pytest.mark.parametrize("name", ["leiden_cpm", "natural"])
@settings(max_examples=examples(6))
@given(cliques=st.integers(4, 30), size=st.integers(5, 8), seed=st.integers(0, 3))
def test_I16_each_clique_of_a_ring_is_a_cluster(name, cliques, size, seed):
    network = named(nx.ring_of_cliques(cliques, size))
    codes = find_clusters(network, name, seed=seed).codes
    assert codes.tolist() == (np.arange(cliques * size) // size).tolist()


@settings(max_examples=examples(10))
@given(clustered_links(least=2), st.lists(st.integers(0, 2), min_size=5, max_size=5))
def test_I17_the_network_of_clusters_has_the_quality_of_the_clusters(made, merged):
    """What lies inside a cluster is a self-link of the coarse network, and counts twice in its strength."""
    found, labels = made
    network = found.network()
    assume(len(network.flat) > 0)
    # Everybody is in a cluster, so that the coarse network is the whole one.
    fine = Partition.from_labels(network.enterprise_ids, [label + 1 for label in labels])
    between = ClusteredNetwork(network, fine).between.toarray()
    group = np.array([merged[code] for code in range(fine.n_clusters)])
    strength = between.sum(axis=0) + np.diag(between)
    total = strength.sum() / 2
    assert total == pytest.approx(network.flat.total, rel=1e-9)
    coarse = 0.0
    for code in np.unique(group):
        chosen = group == code
        block = between[np.ix_(chosen, chosen)]
        inside = (block.sum() + np.trace(block)) / 2
        coarse += inside / total - (strength[chosen].sum() / (2 * total)) ** 2
    projected = Partition.from_labels(network.enterprise_ids, group[fine.codes])
    expected = partition_figures(network, projected).loc["modularity", "value"]
    assert coarse == pytest.approx(expected, abs=1e-9)
    # igraph says the same where it is told of the self-links, which is where its Leiden goes wrong.
    graph = igraph.Graph.Weighted_Adjacency(between, mode="undirected", loops="once")
    assert graph.modularity(group.tolist(), weights="weight") == pytest.approx(expected, abs=1e-9)
