import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusternet.model import sums
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


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=60), st.integers(0, 9))
def test_differential_the_compiled_sum_is_numpys_to_the_last_bit(found, seed):
    found, groups = np.array(found), np.random.default_rng(seed).integers(0, 3, len(found))
    with np.errstate(over="ignore", invalid="ignore"):
        expected = sums._summed_by_numpy(found, groups, 4)
    compiled = sums._compiled_sum(found, groups, None, 4)
    assert (compiled is None) == (np.abs(found).max() >= 2.0**1000)
    assert compiled is None or compiled.tobytes() == expected.tobytes()


def test_many_values_and_wrong_groups(monkeypatch):
    monkeypatch.setattr(sums, "_FEW_VALUES", 1)
    assert grouped_sum(np.array([0.1, 0.2, np.nan]), np.array([1, 1, 0]), 2)[0] != 0
    assert grouped_sum(np.array([0.1, 0.2], dtype="f4"), np.array([1, 0], dtype=np.int32), 2).dtype == np.float64
    with pytest.raises(ValueError, match="negative"):
        grouped_sum(np.array([0.1]), np.array([-1]), 2)
    with pytest.raises(ValueError, match="shape"):
        grouped_sum(np.array([0.1]), np.array([2]), 2)
