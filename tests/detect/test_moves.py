"""Moves keep their books, never make things worse when they choose, and follow the right law when they draw."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from clusternet.detect.climbing import climbed, common_groups, heated
from clusternet.detect.description import described, groups_value
from clusternet.detect.merging import merged
from clusternet.detect.moves import Walk
from clusternet.detect.neighbourhoods import Neighbourhoods
from tests.detect import oracle
from tests.detect.graphs import pairs_of, planted_pairs, small_graphs


def state(seed=1):
    return np.array([seed], dtype=np.uint64)


def fixed_length(description, labels):
    """The length of other labels at the rates, odds and sizes of a description, worked out anew."""
    labels = np.unique(labels, return_inverse=True)[1]
    again = described(description.network, labels, corrected=bool(description.rates[0]))
    pairs = description.network.pairs
    inside = labels[pairs.first] == labels[pairs.second]
    told = description.odds.per_kind[description.network.traits.kind[inside]].sum()
    value = groups_value(again.sums, description.rates, description.log_size) + told
    return description.length + description.value - value


@settings(max_examples=60)
@given(found=small_graphs(), beta=st.sampled_from([0.0, 0.5, 1.0]), corrected=st.booleans(), alone=st.booleans())
def test_the_books_are_kept(found, beta, corrected, alone):
    n, edges, labels = found
    weight = 1.0 + np.arange(len(edges)) % 3
    description = described(Neighbourhoods(pairs_of(edges, n, weight)), np.array(labels), corrected=corrected)
    walk = Walk(description, state())
    assert walk.length == pytest.approx(description.length)
    for _ in range(3):
        before = walk.length
        walk.step(beta, alone=alone)
        assert walk.length == pytest.approx(fixed_length(description, walk.labels), abs=1e-8)
        if beta == 0.0 and alone:
            assert walk.length <= before + 1e-8
        sizes = np.bincount(walk.labels, minlength=n + 1)
        np.testing.assert_array_equal(sizes, walk.sums[0])


@settings(max_examples=60)
@given(found=small_graphs(), corrected=st.booleans())
def test_merging_never_makes_it_longer(found, corrected):
    n, edges, labels = found
    description = described(Neighbourhoods(pairs_of(edges, n)), np.array(labels), corrected=corrected)
    labels = merged(description)
    assert fixed_length(description, labels) <= description.length + 1e-8
    groups = {frozenset(np.flatnonzero(labels == group)) for group in np.unique(labels)}
    for group in np.unique(description.labels):
        assert any(set(np.flatnonzero(description.labels == group)) <= whole for whole in groups)


def test_random_moves_follow_the_law_of_the_lengths():
    # All partitions of five nodes that are all linked: every group is next to every node, so all can be met.
    pairs = pairs_of(oracle.all_pairs(5), 5, weight=[1, 1, 5, 5, 1, 1, 1, 5, 1, 1])
    description = described(Neighbourhoods(pairs), np.array([0, 0, 1, 1, 1]), corrected=False)
    rates = description.rates.copy()
    rates[1], rates[4:7] = np.log(0.7), [0.4, np.log(0.4), np.log(0.6)]
    description = replace(description, rates=rates)
    walk, met = Walk(description, state(3)), Counter()
    for step in range(60_000):
        walk.step(1.0)
        if step % 3 == 0:
            met[tuple(np.unique(walk.labels, return_index=True, return_inverse=True)[2].tolist())] += 1
    seen = Counter()
    for labels, count in met.items():
        order = list(dict.fromkeys(labels))
        seen[tuple(order.index(label) for label in labels)] += count
    possible = oracle.set_partitions(5)
    weight = np.exp([-fixed_length(description, np.array(labels)) for labels in possible])
    expected = weight / weight.sum() * sum(seen.values())
    often = expected >= 5
    observed = np.array([seen[labels] for labels in possible], dtype=float)
    assert len(possible) == 52
    kept = np.append(observed[often], observed[~often].sum()), np.append(expected[often], expected[~often].sum())
    assert chisquare(*kept).pvalue > 0.001


def test_climbing_finds_planted_groups_from_halves_and_from_fifths():
    pairs, truth = planted_pairs()
    for start in (truth * 2 + np.arange(100) % 2, np.arange(100) // 5):
        description = described(Neighbourhoods(pairs), start, corrected=False)
        found = climbed(description, state())
        assert found.length < description.length
        agreement = [np.bincount(found.labels[truth == block]).max() for block in range(4)]
        assert min(agreement) >= 24


def test_no_group_grows_beyond_the_limit():
    pairs, _ = planted_pairs()
    start = described(Neighbourhoods(pairs), np.arange(100) // 5, corrected=False)
    for found in (climbed(start, state(), 8), heated(start, state(), (0.7, 1.0), 8)):
        assert np.bincount(found.labels).max() <= 8


def test_common_groups():
    found = common_groups([np.array([0, 0, 1, 1, 1]), np.array([0, 0, 0, 1, 1])])
    assert found.tolist() == [0, 0, 1, 2, 2]


def test_the_same_state_gives_the_same_walk():
    pairs, truth = planted_pairs(between=0.1)
    description = described(Neighbourhoods(pairs), truth, corrected=True)
    walks = [Walk(description, state(7)), Walk(description, state(7)), Walk(description, state(8))]
    for walk in walks:
        for _ in range(3):
            walk.step(1.0)
    np.testing.assert_array_equal(walks[0].labels, walks[1].labels)
    assert not np.array_equal(walks[0].labels, walks[2].labels)
