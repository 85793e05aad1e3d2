import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clusternet.model.sums import canonical_weights, grouped_mean, grouped_sum

values = st.lists(st.floats(-1e15, 1e15), min_size=1, max_size=60)


@given(values, st.randoms())
def test_i18_sums_do_not_depend_on_order(found, random):
    groups = np.array([random.randrange(3) for _ in found])
    found = np.array(found)
    order = np.array(random.sample(range(len(found)), len(found)))
    first = grouped_sum(found, groups, 3)
    assert first.tobytes() == grouped_sum(found[order], groups[order], 3).tobytes()
    exact = [math.fsum(found[groups == g]) for g in range(3)]
    np.testing.assert_allclose(first, exact, rtol=1e-14, atol=1e-3 * np.finfo(float).eps * np.abs(found).max())


def test_tiny_and_huge_values_are_kept():
    assert grouped_sum(np.array([5e-324, 1e300]), np.array([0, 1]), 2).tolist() == [5e-324, 1e300]
    assert grouped_sum(np.array([]), np.array([], dtype=int), 2).tolist() == [0, 0]
    assert np.isnan(grouped_mean(np.array([1.0]), np.array([1]), 2)[0])


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=50), st.floats(1e-6, 1e6))
def test_i10_scale_leaves_no_trace(weights, scale):
    weights = np.array(weights, dtype=float)
    assert canonical_weights(weights).tobytes() == canonical_weights(weights * scale).tobytes()
