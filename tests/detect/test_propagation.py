import numpy as np

from clusternet.detect.neighbourhoods import Neighbourhoods
from clusternet.detect.propagation import propagated
from tests.detect.graphs import pairs_of, planted_pairs


def labels_of(pairs, seed=1):
    network = Neighbourhoods(pairs)
    start, partner, _ = network.lists
    return propagated(start, partner, network.tie_weights, np.array([seed], dtype=np.uint64))


def test_planted_groups():
    pairs, truth = planted_pairs(blocks=10, size=30, inside=0.4, between=0.005)
    labels = labels_of(pairs)
    assert len(np.unique(labels)) <= 14
    assert all(len(np.unique(truth[labels == label])) == 1 for label in np.unique(labels))


def test_every_node_carries_a_label_that_weighs_most_among_its_partners():
    pairs, _ = planted_pairs(blocks=6, size=10, inside=0.8, between=0.01)
    weights = pairs.weighing(1.0 + np.arange(len(pairs)) % 5)
    labels = labels_of(weights)
    matrix = weights.matrix.toarray()
    for node in range(60):
        total = np.bincount(labels, weights=matrix[node], minlength=60)
        assert total[labels[node]] >= total.max() - 1e-9


def test_weights_decide():
    # The middle of a path goes with the end that weighs more.
    labels = labels_of(pairs_of([(0, 1), (1, 2), (2, 3), (3, 4)], 5, weight=[9, 9, 1, 9]))
    assert labels[0] == labels[1] == labels[2]
    assert labels[3] == labels[4]


def test_the_same_seed_gives_the_same():
    pairs, _ = planted_pairs()
    np.testing.assert_array_equal(labels_of(pairs, 3), labels_of(pairs, 3))
