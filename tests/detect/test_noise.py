import networkx as nx
import numpy as np
import pytest

from clusternet.detect.noise import beyond_noise, weighted_modularity
from tests.detect.graphs import pairs_of, planted_pairs


def test_random_networks_are_not_beyond_noise_and_planted_ones_are():
    random = [beyond_noise(pairs_of(nx.gnm_random_graph(60, 240, seed=s).edges, 60), seed=1) for s in range(8)]
    assert max(random) < 3.5
    assert abs(np.mean(random)) < 1.5
    assert beyond_noise(planted_pairs()[0], seed=1) > 10


def test_weights_count():
    pairs, truth = planted_pairs(inside=0.2, between=0.2)
    heavy = pairs.weighing(np.where(truth[pairs.first] == truth[pairs.second], 8.0, 1.0))
    assert beyond_noise(pairs, seed=1) < 3.5
    assert beyond_noise(heavy, seed=1) > 5


def test_where_rewiring_changes_nothing_it_is_undefined():
    assert np.isnan(beyond_noise(pairs_of([(0, 1), (0, 2), (1, 2)], 3), seed=1))


def test_modularity_is_that_of_networkx():
    pairs, truth = planted_pairs()
    graph = nx.Graph()
    graph.add_weighted_edges_from(zip(pairs.first.tolist(), pairs.second.tolist(), pairs.weight.tolist(), strict=True))
    expected = nx.community.modularity(graph, [set(np.flatnonzero(truth == block).tolist()) for block in range(4)])
    assert weighted_modularity(pairs, truth) == pytest.approx(expected)
