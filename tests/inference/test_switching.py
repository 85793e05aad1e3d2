from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from clusternet.inference.switching import switched


@st.composite
def links(draw):
    n = draw(st.integers(2, 12))
    directed = draw(st.booleans())
    possible = [(a, b) for a in range(n) for b in range(n) if (a != b if directed else a < b)]
    chosen = draw(st.lists(st.sampled_from(possible), unique=True, min_size=0, max_size=40))
    return n, directed, np.array(chosen, dtype=np.int64).reshape(-1, 2)


@settings(deadline=None, max_examples=200)
@given(links(), st.integers(0, 2**64 - 1))
def test_degrees_stay_and_no_self_link_or_double_arises(given_links, seed):
    n, directed, ends = given_links
    before = ends.copy()
    after = switched(ends, np.zeros(n, dtype=bool), directed=directed, attempts=10 * len(ends), seed=seed)
    np.testing.assert_array_equal(ends, before)
    for side in ((0,), (1,)) if directed else ((0, 1),):
        np.testing.assert_array_equal(
            np.bincount(after[:, side].ravel(), minlength=n), np.bincount(ends[:, side].ravel(), minlength=n)
        )
    assert (after[:, 0] != after[:, 1]).all()
    assert len({tuple(pair if directed else sorted(pair)) for pair in after.tolist()}) == len(ends)
    if directed:
        np.testing.assert_array_equal(after[:, 0], ends[:, 0])


def test_silent_nodes_are_never_linked_to_each_other():
    ends = np.array([(a, b) for a in range(6) for b in range(6, 12) if (a + b) % 3])
    silent = np.arange(12) >= 9
    for seed in range(50):
        after = switched(ends, silent, directed=False, attempts=500, seed=seed)
        assert not (silent[after[:, 0]] & silent[after[:, 1]]).any()


@pytest.mark.parametrize("degrees", [(2, 2, 2, 1, 1), (3, 2, 2, 2, 1), (2, 2, 2, 2, 2, 2)])
def test_all_graphs_with_these_degrees_are_about_equally_likely(degrees):
    n, m = len(degrees), sum(degrees) // 2
    pairs = list(combinations(range(n), 2))
    possible = [
        graph for graph in combinations(pairs, m) if np.array_equal(np.bincount(np.ravel(graph), minlength=n), degrees)
    ]
    assert len(possible) > 5
    start, silent = np.array(possible[0]), np.zeros(n, dtype=bool)
    met = Counter()
    for seed in range(60 * len(possible)):
        after = switched(start, silent, directed=False, attempts=100, seed=seed)
        met[tuple(sorted(tuple(sorted(pair)) for pair in after.tolist()))] += 1
    assert set(met) == set(possible)
    assert chisquare([met[graph] for graph in possible]).pvalue > 0.001


def test_a_seed_gives_these_bytes_on_every_machine():
    ends = np.array([(0, 1), (2, 3), (4, 5), (6, 7), (0, 2), (4, 6)])
    first = switched(ends, np.zeros(8, dtype=bool), directed=False, attempts=60, seed=7)
    again = switched(ends, np.zeros(8, dtype=bool), directed=False, attempts=60, seed=7)
    assert first.tobytes() == again.tobytes()
    assert first.tolist() == [[1, 2], [6, 0], [4, 0], [2, 3], [6, 5], [7, 4]]
    assert not np.array_equal(first, switched(ends, np.zeros(8, dtype=bool), directed=False, attempts=60, seed=8))
