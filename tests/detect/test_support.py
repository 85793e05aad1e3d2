"""Support against chance: by adding up over pairs, and by asking chance itself."""

import numpy as np
import pytest
from hypothesis import given

from clusternet.detect import find_clusters
from clusternet.detect.support import cluster_support
from clusternet.model import Network
from tests.detect import oracle
from tests.detect.graphs import pairs_of, planted_pairs, small_graphs


@given(found=small_graphs())
def test_it_is_that_of_its_definition(found):
    n, edges, labels = found
    codes = np.unique(labels, return_inverse=True)[1] - 1
    support = cluster_support(pairs_of(edges, n), codes)
    assert len(support) == codes.max() + 1
    for cluster, value in enumerate(support):
        members = set(np.flatnonzero(codes == cluster).tolist())
        assert value == pytest.approx(oracle.support(edges, members, n), abs=1e-9)


def test_a_whole_network_has_none_and_planted_clusters_have_much():
    pairs, truth = planted_pairs()
    assert cluster_support(pairs, np.zeros(100, dtype=int)).tolist() == [0]
    assert cluster_support(pairs, truth).min() > 30


def test_no_links_no_support():
    assert cluster_support(pairs_of([], 3), np.array([0, 0, 1])).tolist() == [0, 0]
    assert cluster_support(pairs_of([], 3), np.array([-1, -1, -1])).tolist() == []


@pytest.mark.parametrize("method", ["leiden", "walktrap", "natural"])
def test_in_random_networks_no_cluster_stands_out(method):
    generator = np.random.default_rng(5)
    beyond = 0
    for _ in range(20):
        edges = generator.integers(0, 80, (240, 2))
        network = Network.from_edges(*edges[edges[:, 0] != edges[:, 1]].T)
        beyond += find_clusters(network, method).clusters["beyond_chance"].any()
    assert beyond == 0
