"""Agreement against brute force."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from clusternet.detect.agreement import compare_partitions, element_similarity
from clusternet.errors import InputError
from clusternet.model import Network, Partition

few = st.lists(st.integers(0, 3), min_size=7, max_size=7).map(np.array)


def affinity(labels, alpha):
    """Where a walker with restarts is found, from each element, in the graph of cliques; solved as linear equations."""
    same = labels[:, None] == labels[None, :]
    step = same / same.sum(axis=1, keepdims=True)
    return (1 - alpha) * np.linalg.inv(np.eye(len(labels)) - alpha * step)


@pytest.mark.parametrize("alpha", [0.5, 0.9])
@given(one=few, other=few)
def test_element_centric_similarity_is_that_of_the_walk(alpha, one, other):
    distance = np.abs(affinity(one, alpha) - affinity(other, alpha)).sum(axis=1)
    np.testing.assert_allclose(element_similarity(one, other), 1 - distance / (2 * alpha), atol=1e-12)


@given(one=few, other=few)
def test_the_others_agree_with_scikit_learn_and_entropies(one, other):
    found = compare_partitions(one, other)
    assert found["ami"] == pytest.approx(metrics.adjusted_mutual_info_score(one, other), abs=1e-9)
    assert found["ari"] == pytest.approx(metrics.adjusted_rand_score(one, other), abs=1e-9)
    assert found["nmi"] == pytest.approx(metrics.normalized_mutual_info_score(one, other), abs=1e-9)

    def entropy(keys):
        return -sum(keys.count(key) / 7 * math.log(keys.count(key) / 7) for key in set(keys))

    joint = entropy(list(zip(one.tolist(), other.tolist(), strict=True)))
    assert found["vi"] == pytest.approx(2 * joint - entropy(one.tolist()) - entropy(other.tolist()), abs=1e-9)
    assert (compare_partitions(one, other) - compare_partitions(other, one)).abs().max() < 1e-9


@given(one=few)
def test_equal_partitions_agree_fully(one):
    found = compare_partitions(one, (one + 1) % 4)
    assert found.round(12).to_dict() == {"ami": 1, "ari": 1, "nmi": 1, "vi": 0, "element_centric": 1}


def test_whoever_is_in_none_is_a_cluster_of_one():
    found = compare_partitions([0, 0, -1, -1], [0, 0, 1, 2])
    assert found["ari"] == 1
    assert compare_partitions([0, 0, -1, -1], [0, 0, 1, 1])["ari"] < 1


def test_partitions_of_other_enterprises_are_refused():
    one, other = (Network.from_edges([a], ["z"]) for a in "ab")
    first, second = (Partition.from_labels(network.enterprise_ids, [0, 0]) for network in (one, other))
    assert compare_partitions(first, first)["ami"] == 1
    with pytest.raises(InputError, match="different enterprises"):
        compare_partitions(first, second)
    with pytest.raises(InputError, match="different enterprises"):
        compare_partitions([0, 1], [0])


def test_nobody_to_compare():
    assert compare_partitions([], []).isna().all()
