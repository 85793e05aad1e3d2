"""The description length against its definition in plain Python, and what follows from it."""

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clusternet.detect.description import described, description_length, fitting_resolution, renumbered
from clusternet.detect.neighbourhoods import Neighbourhoods
from clusternet.detect.sizes import size_table
from tests.detect import oracle
from tests.detect.graphs import pairs_of, planted_pairs, small_graphs


@settings(max_examples=150)
@given(found=small_graphs())
def test_it_is_that_of_its_definition(found):
    n, edges, labels = found
    assume(any(labels[i] == labels[j] for i, j in edges))
    network = Neighbourhoods(pairs_of(edges, n))
    length = described(network, np.array(labels), corrected=False).length
    assert length == pytest.approx(oracle.description_length(edges, labels), abs=1e-7)


def test_two_pairs_by_hand():
    # A path of four nodes cut in two pairs: both pairs inside are linked, one of the four between, told as 1.5 of 5.
    outside = -1 * math.log(0.3) - 3 * math.log(0.7)
    rates = 2 * 0.5 * math.log(4)
    # Sizes as alike as can be (shape 1e6) against the geometric distribution: half a log 2 is the price of the shape.
    sizes = -2 * math.log(math.exp(-1)) + math.log(math.exp(-2) * 2**2 / 2) + 0.5 * math.log(2)
    geometric = -2 * math.log(1 / 4) + math.log(3 / 16)
    who = math.log(24 / 4) - math.log(2) + min(sizes, geometric) + math.log(4)
    found = description_length(pairs_of([(0, 1), (1, 2), (2, 3)], 4), np.array([0, 0, 1, 1]), corrected=False)
    assert found == pytest.approx(outside + rates + who, abs=1e-4)


@given(found=small_graphs(least=3))
def test_names_of_groups_and_nodes_do_not_matter(found):
    n, edges, labels = found
    turned = [(n - 1 - i, n - 1 - j) for i, j in edges]
    one = description_length(pairs_of(edges, n), np.array(labels))
    other = description_length(pairs_of(turned, n), 7 - np.array(labels)[::-1])
    assert one == pytest.approx(other, abs=1e-9)


@pytest.mark.parametrize("corrected", [False, True])
def test_planted_groups_are_shorter_than_none_or_others(corrected):
    pairs, truth = planted_pairs()
    network = Neighbourhoods(pairs)
    length = described(network, truth, corrected=corrected).length
    shuffled = np.random.default_rng(1).permutation(truth)
    for other in (np.zeros_like(truth), np.arange(len(truth)), shuffled, np.minimum(truth, 2)):
        assert length < described(network, other, corrected=corrected).length


def test_degrees_are_told_where_they_explain_the_links():
    # A star is explained by its hub; in a network linked at random there is nothing to explain.
    star = pairs_of([(0, i) for i in range(1, 60)], 60)
    loose = pairs_of(nx.gnm_random_graph(60, 240, seed=1).edges, 60)
    whole = np.zeros(60, dtype=int)
    for pairs, hub in ((star, True), (loose, False)):
        plain, corrected = (description_length(pairs, whole, corrected=kind) for kind in (False, True))
        assert (corrected < plain) == hub


def test_sizes_that_are_alike_are_cheaper_than_uneven_ones():
    def cost(sizes):
        table, rest = size_table(np.array(sizes, dtype=float), sum(sizes))
        return rest - table[sizes].sum()

    assert cost([10] * 20) < cost([1, 19] * 10) - 10


@given(found=small_graphs())
def test_sizes_of_groups_are_probabilities(found):
    n, _, labels = found
    table, _ = size_table(np.unique(labels, return_counts=True)[1].astype(float), n)
    assert np.exp(table[1:]).sum() <= 1 + 1e-9


def test_the_fitting_resolution_by_hand():
    # Two triangles and a bridge: 14 ends, 7 in each; V = (2 * 49 - 34) / 28 inside, (196 - 34) / 28 in all.
    pairs = pairs_of([(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)], 6)
    found = fitting_resolution(described(Neighbourhoods(pairs), np.array([0, 0, 0, 1, 1, 1]), corrected=True))
    inside, outside = 6 / (64 / 28), 1.5 / (162 / 28 - 64 / 28)
    assert found == pytest.approx((inside - outside) / math.log(inside / outside))
    assert fitting_resolution(described(Neighbourhoods(pairs), np.arange(6), corrected=True)) == 1


@given(labels=st.lists(st.integers(-3, 12), min_size=1, max_size=10))
def test_labels_are_numbered_by_their_rank(labels):
    ranks, groups = renumbered(np.array(labels))
    distinct, expected = np.unique(labels, return_inverse=True)
    np.testing.assert_array_equal(ranks, expected)
    assert groups == len(distinct)
    assert ranks.dtype == np.int64
